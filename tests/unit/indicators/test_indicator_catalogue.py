from dataclasses import asdict, replace

import pytest

from sozialraum.base import in_language
from sozialraum.indicators import BadDefinition, base_features, definitions, features, fingerprint, themes
from sozialraum.indicators.registry import check_list, read_definition


def test_three_themes_hold_thirteen_indicators_in_order():
    assert [theme.title for theme in themes()] == [
        "Bevölkerung und Wohnen",
        "Arbeit und Einkommen",
        "Kinder, Jugendliche und Familien",
    ]
    assert [sum(one.theme == theme.id for one in definitions()) for theme in themes()] == [5, 4, 4]


def test_the_index_takes_four_indicators():
    assert {one.id for one in definitions() if one.in_index} == {
        "unemployed_share",
        "benefit_share",
        "child_benefit_share",
        "single_parent_share",
    }


def test_every_count_is_a_feature_with_a_source_and_profile():
    for one in definitions():
        for code in (*one.numerator_features, *one.denominator_features):
            assert features()[code].profile


def test_a_sum_names_its_parts():
    assert base_features("pop_03_06") == ("pop_03_06_f", "pop_03_06_m")
    assert base_features("unemployed") == ("unemployed",)


def test_titles_follow_the_language():
    employment = next(one for one in definitions() if one.id == "employment_rate")
    assert employment.title == "Beschäftigung"
    with in_language("en"):
        assert employment.title == "Employment"


def test_the_hash_changes_with_a_definition():
    first, *rest = definitions()
    changed = (replace(first, version=2), *rest)
    assert fingerprint() == fingerprint(definitions()) != fingerprint(changed)


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("breaks", [0.1, 0.1, 0.2, 0.3], "four rising breaks"),
        ("numerator", "nobody", "numerator is not a feature"),
        ("direction", 2, "direction"),
        ("period", "monthly", "period"),
        ("age_under", 1, "ages rise"),
    ],
)
def test_a_definition_that_contradicts_itself_is_refused(field, value, what):
    row = asdict(next(one for one in definitions() if one.id == "care_rate_03_06")) | {field: value}
    with pytest.raises(BadDefinition, match=f"care_rate_03_06.*{what}"):
        read_definition(row)


def test_an_unknown_field_is_refused_by_name():
    row = asdict(definitions()[0]) | {"colour": "blue"}
    with pytest.raises(BadDefinition, match="colour"):
        read_definition(row)


def test_two_indicators_cannot_share_a_place():
    first = definitions()[0]
    with pytest.raises(BadDefinition, match="defined twice"):
        check_list([first, replace(first, id="another")])
