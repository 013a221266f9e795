import math

import pytest

from sozialraum.base import Status, Value
from sozialraum.deliveries import UnknownMark, read_value, sign_profiles

NO_MORE_HIDDEN = ("Zeichenerklärung: * = 1 bis 9; keine weitere Geheimhaltung",)


def test_a_star_of_the_agency_is_under_ten_where_the_legend_says_nothing_else_is_hidden():
    profile = sign_profiles()["agency"].under(NO_MORE_HIDDEN)
    assert read_value("*", profile) == Value(0, 9, Status.SUPPRESSED)


def test_a_star_of_the_agency_has_no_bounds_where_the_legend_is_silent():
    assert read_value("*", "agency") == Value(0, math.inf, Status.SUPPRESSED)
    assert [sign.text for sign in sign_profiles()["agency"].unconfirmed(("Stand der Daten",))] == ["*"]


@pytest.mark.parametrize(
    ("line", "confirmed"),
    [
        ("* = 1 bis 9; keine weitere Geheimhaltung", True),
        ("* = Wert von 1 bis 9; eine weitere Geheimhaltung wurde nicht vorgenommen.", True),
        ("* = 1 bis 9, ohne zusätzliche Sperrungen", True),
        ("* = 1 bis 9; weitere Geheimhaltung wurde vorgenommen.", False),
        ("* = Wert unter 10 oder aus Gründen der Geheimhaltung verdeckt", False),
    ],
)
def test_only_a_clear_sentence_of_the_legend_narrows_a_star(line, confirmed):
    assert (sign_profiles()["agency"].unconfirmed((line,)) == ()) is confirmed


@pytest.mark.parametrize("line", ["Ein Stern steht für 1 oder 2 Fälle.", "2) * = 1 oder 2 Fälle"])
def test_a_star_of_a_youth_office_is_one_or_two_where_it_says_so(line):
    assert read_value("*", sign_profiles()["youth"].under((line,))) == Value(1, 2, Status.SUPPRESSED)
    assert read_value("*", "youth") == Value(0, math.inf, Status.SUPPRESSED)


def test_the_same_sign_means_different_things_in_different_sources():
    assert read_value("–", "destatis") == Value(0, 0, Status.OBSERVED)
    assert read_value("–", "census2022") == Value(None, None, Status.MISSING)
    with pytest.raises(UnknownMark):
        read_value("–", "agency")


def test_a_number_in_brackets_is_uncertain_only_where_the_source_uses_brackets():
    assert read_value("(12)", "destatis") == Value(12, 12, Status.UNCERTAIN)
    with pytest.raises(UnknownMark):
        read_value("(12)", "plain")


def test_an_empty_cell_is_never_zero():
    for code, profile in sign_profiles().items():
        try:
            assert read_value("", profile).status is Status.MISSING, code
        except UnknownMark:
            continue


def test_an_unknown_mark_says_which_text_and_which_source():
    with pytest.raises(UnknownMark) as caught:
        read_value("k. A.", "agency")
    assert caught.value.text == "k. A."
    assert caught.value.profile.code == "agency"


def test_provenance_stays_with_the_value():
    assert read_value("7", "plain", "Zeile 3").provenance == "Zeile 3"
