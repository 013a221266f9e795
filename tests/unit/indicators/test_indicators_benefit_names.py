"""A text calls a benefit as it was called at the date of its values."""

import pytest

from sozialraum.base import in_language
from sozialraum.indicators import definitions
from sozialraum.indicators.benefit_names import (
    BadBenefitNames,
    benefit_name,
    changes_between,
    names_from,
    naming_on,
    using_names,
    with_benefit_names,
)

OWN = {
    "benefit": [
        {"code": "sgb2", "name": [{"de": "Alt", "en": "Old"}, {"from": "2030-07-01", "de": "Neu", "en": "New"}]}
    ]
}


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2011-05-09", "Arbeitslosengeld II und Sozialgeld"),
        ("2022-12-31", "Arbeitslosengeld II und Sozialgeld"),
        ("2022", "Arbeitslosengeld II und Sozialgeld"),
        ("2023-01-01", "Bürgergeld"),
        ("2023", "Bürgergeld"),
        ("", "Bürgergeld"),
    ],
)
def test_the_name_valid_at_a_date(on, name):
    assert benefit_name("sgb2", on) == name


def test_definitions_use_the_name_of_the_date():
    (share,) = [one for one in definitions() if one.id == "benefit_share"]
    with naming_on("2021-12-31"):
        assert "(SGB II: Arbeitslosengeld II und Sozialgeld)" in share.measured
    assert "(SGB II: Bürgergeld)" in share.measured
    with in_language("en"):
        assert "citizen's benefit" in share.measured


def test_no_definition_keeps_a_place_for_a_name():
    assert not [one.id for one in definitions() if "{benefit" in one.measured + one.why]


def test_a_project_may_bring_names_of_its_own():
    with using_names(OWN), naming_on("2031-01-01"):
        assert with_benefit_names("Wer {benefit:sgb2} erhält") == "Wer Neu erhält"


def test_a_change_between_editions_is_said_once():
    texts = ["{benefit:sgb2}", "mit {benefit:sgb2}"]
    assert changes_between(texts, ["2021-12-31", "2024-12-31"]) == [
        "Bis 31.12.2022: Arbeitslosengeld II und Sozialgeld; ab 01.01.2023: Bürgergeld."
    ]
    assert changes_between(texts, ["2023-12-31", "2024-12-31"]) == []
    assert changes_between(["ohne Namen"], ["2021-12-31", "2024-12-31"]) == []


@pytest.mark.parametrize(
    "names",
    [
        [{"from": "2023-01-01", "de": "Neu", "en": "New"}],
        [{"de": "Alt", "en": "Old"}, {"from": "1. Januar", "de": "Neu", "en": "New"}],
        [{"de": "Alt", "en": "Old"}, {"de": "Neu", "en": "New"}],
    ],
)
def test_a_list_that_contradicts_itself_is_refused(names):
    with pytest.raises(BadBenefitNames, match="sgb2"):
        names_from({"benefit": [{"code": "sgb2", "name": names}]})
