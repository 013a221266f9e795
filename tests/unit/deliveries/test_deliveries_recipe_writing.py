"""A recipe written as text reads back as the same recipe."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialraum.deliveries import recipes
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.recipe import (
    AtMostRule,
    Column,
    Dimension,
    KeyRule,
    PeriodRule,
    Recipe,
    SumRule,
    ValueRule,
)
from sozialraum.deliveries.recipe_writing import recipe_text


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.code)
def test_every_recipe_of_the_package_survives_being_written(recipe):
    assert recipe_from(recipe_text(recipe), "again.toml", {}) == recipe


def test_a_recipe_is_written_as_a_person_would():
    recipe = next(each for each in recipes() if each.code == "youth_office")
    lines = recipe_text(recipe).splitlines()
    assert lines[:2] == ['code = "youth_office"', "version = 1"]
    assert 'area = "Sozialraum"' in lines
    assert "specimen = true" not in lines  # what holds anyway is not said


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
WORDS = st.lists(TEXT, max_size=3).map(tuple)


@st.composite
def made_recipes(draw):
    heads = draw(st.lists(TEXT, min_size=3, max_size=6))
    columns = {f"c{i}": Column(f"c{i}", head, None, draw(WORDS)) for i, head in enumerate(heads)}
    title = draw(st.sampled_from(["", "Hunde"]))
    columns["like"] = Column("like", "", re.compile("Zahl \\| (\\d{4})"), (), many=True, title=title)
    names = st.sampled_from(sorted(columns))
    dimension = Dimension("sex", (draw(names),), {draw(TEXT): "f"}, {}, False, draw(st.sampled_from(["", "other"])))
    plain = ValueRule(
        draw(st.sampled_from(["c0", "c1", "c2"])), "plain", "things_{sex}", {"sex": "f"}, measure=draw(st.booleans())
    )
    yearly = ValueRule("like", "plain", "more", year_in_head=re.compile("(\\d{4})"), day_of_year="12-31")
    days = draw(st.dictionaries(TEXT, TEXT, max_size=3))
    return Recipe(
        code="made",
        version=draw(st.integers(1, 99)),
        title=draw(TEXT),
        source=draw(TEXT),
        formats=draw(st.sampled_from([("csv",), ("xlsx", "ods"), ("gpkg",)])),
        columns=columns,
        period=PeriodRule(column=draw(names), days=days),
        key=KeyRule(
            draw(names),
            "area",
            residual=re.compile(re.escape(draw(TEXT))),
            unique=(draw(names),),
            names=True,
            regional=draw(st.booleans()),
        ),
        values=(replace(plain, year_in_head=None), yearly),
        dimensions=(dimension,),
        sums=(SumRule(re.compile("()Summe"), draw(st.booleans()), "warning"),),
        at_most=(AtMostRule(draw(names), draw(names), units=draw(st.booleans())),),
        head_rows=draw(st.integers(1, 4)),
        sheet=draw(st.sampled_from(["", "Wohngeld 2025"])),
        legend=draw(WORDS),
        specimen=draw(st.booleans()),
        protection=draw(st.sampled_from(["personal", "restricted", "public"])),
        noise=draw(st.sampled_from(["", "cell_key"])),
        counts=draw(st.sampled_from(["persons", "households", "cases", "units"])),
    )


@given(made_recipes())
def test_any_recipe_survives_being_written(recipe):
    assert recipe_from(recipe_text(recipe), "again.toml", {}) == recipe
