import re

import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import read_recipe, recipes

SMALL = """
code = "small"
version = 1
title = "Kleine Liste"
source = "Kreis"
formats = ["csv"]
[columns]
block = "Baustein"
number = "Zahl"
day = "Tag"
[key]
column = "block"
kind = "block"
[period]
column = "day"
[[value]]
column = "number"
feature = "things"
signs = "plain"
"""


def refusal(tmp_path, text):
    (tmp_path / "small.toml").write_text(text)
    with pytest.raises(InputRefused) as caught:
        read_recipe(tmp_path / "small.toml")
    return str(caught.value)


def test_each_source_has_its_recipe():
    assert [recipe.code for recipe in recipes()] == [
        "agency_benefits", "agency_employees", "agency_unemployed", "census2011_1km", "census2011_cells",
        "census2022_population", "census2022_population_1km", "census_dwellings", "facilities",
        "genesis_flat_population", "genesis_flat_population_old", "genesis_population", "households",
        "inkar_graduates", "inkar_income", "inkar_school_leavers", "inkar_unemployed", "inkar_working_age",
        "itnrw_land_use", "itnrw_unemployed", "register", "register_records", "school_entry",
        "school_entry_records", "schools_nrw", "social_office", "youth_office",
    ]  # fmt: skip


def test_the_recipes_give_the_features_of_the_contract():
    counted = ("agency_benefits", "agency_employees", "agency_unemployed", "census_dwellings", "facilities",
               "households", "register", "youth_office")  # fmt: skip
    features = {feature for recipe in recipes() if recipe.code in counted for feature in recipe.features()}
    ages = ("00_03", "03_06", "06_15", "15_25", "25_45", "45_65", "65_80", "80_up")
    assert features == {f"pop_{age}_{sex}" for age in ages for sex in "fm"} | {
        "pop_foreign", "households", "hh_children", "hh_single_parent", "dwellings", "dwellings_multi", "unemployed",
        "unemployed_15_25", "employees", "benefit_persons", "benefit_children", "care_03_06", "family_aid",
        "places_under_6",
    }  # fmt: skip


def test_recipes_that_no_file_was_seen_for_say_so():
    assert [recipe.code for recipe in recipes() if not recipe.specimen] == [
        "census2022_population", "census2022_population_1km", "genesis_flat_population",
        "genesis_flat_population_old", "genesis_population", "register_records", "school_entry",
        "school_entry_records", "social_office",
    ]  # fmt: skip


def test_lists_of_single_persons_are_personal():
    assert {recipe.protection for recipe in recipes() if recipe.records} == {"personal"}
    assert {recipe.code for recipe in recipes() if recipe.protection == "personal"} == {
        "register_records", "school_entry_records"
    }  # fmt: skip


def test_a_recipe_of_ones_own_is_read_from_a_file(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL)
    recipe = read_recipe(tmp_path / "small.toml")
    assert (recipe.code, recipe.features()) == ("small", ("things",))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "small"', "", "code: fehlt"),
        ("version = 1", 'version = "eins"', "version: ist nicht von der Art int"),
        ('kind = "block"', 'kind = "street"', "„street“ gibt es nicht; es gibt block, area, agency, grid"),
        ('signs = "plain"', 'signs = "magic"', "„magic“ gibt es nicht"),
        ('formats = ["csv"]', 'formats = ["pdf"]', "„pdf“ gibt es nicht"),
        ('column = "number"', 'column = "numbr"', "„numbr“ wird verwendet, ist aber unter „columns“ nicht erklärt"),
        ('feature = "things"', 'feature = "things_{age}"', "unbekannte Gliederung „age“"),
        ('column = "day"', 'column = "day"\ntitle = "(x)"', "genau eine Stelle"),
        ('column = "day"', 'column = "day"\nfixed = "2011-05-09"', "genau eine Stelle"),
        ('signs = "plain"', 'signs = "plain"\nknown_as = "estimated"', "„known_as“ und „known_why“ gehören zusammen"),
        ('column = "day"', "title = 'Stichtag'", "braucht eine Gruppe"),
        ('column = "day"', "title = '('", "kein gültiges Muster"),
        ('feature = "things"', 'feature = "things"\ncolour = "red"', "colour: ist keine bekannte Angabe"),
        ('[period]\ncolumn = "day"', "", "period: fehlt"),
        (
            'column = "block"\nkind',
            "title = '(.*)'\ncolumn = \"block\"\nkind",
            "genau eine Stelle: „column“ oder „title“",
        ),
        ('kind = "block"', 'kind = "block"\nnames = true', "gibt es nur für Gebiete und Gemeinden"),
        ('column = "number"', 'column = ""', "Zahlen brauchen „column“"),
        (
            'number = "Zahl"',
            "number = { like = 'Zahl .*', many = true }",
            "braucht „year_in_head“, „month_in_head“ oder „day_in_head“",
        ),
        ('signs = "plain"', 'signs = "plain"\nday_of_year = "12-31"', "„day_of_year“ braucht „year_in_head“"),
        ("[columns]", "[columns", "nicht vollständig oder widerspricht sich"),
    ],
)
def test_a_wrong_recipe_is_refused_with_the_reason(tmp_path, old, new, said):
    assert old in SMALL
    assert said in refusal(tmp_path, SMALL.replace(old, new))


def test_all_faults_of_a_recipe_are_said_at_once(tmp_path):
    text = refusal(tmp_path, SMALL.replace('code = "small"', "").replace('kind = "block"', 'kind = "street"'))
    assert "code: fehlt" in text
    assert "„street“" in text


def test_no_recipe_contains_anything_but_data():
    for recipe in recipes():
        assert re.fullmatch(r"[a-z][a-z0-9_]+", recipe.code)
        assert recipe.version >= 1
        assert recipe.title
        assert recipe.source
