import math

import pytest

from sozialraum.base import Status, Value
from sozialraum.deliveries import UnknownMark, read_value, sign_profiles
from sozialraum.deliveries.sign_words import bounds_in

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
        ("Es wurden keine Sekundärsperrungen vorgenommen", True),
        ("* unter 10. Sekundäre Geheimhaltung findet nicht statt.", True),
        ("ohne weitere Geheimhaltung dürfen die Daten nicht weitergegeben werden", False),
        ("* < 10. Keine weitere Geheimhaltung außer der Sekundärsperrung", False),
        ("Die weitere Geheimhaltung wurde nicht dokumentiert", False),
        ("Zahlen, die ohne weitere Sperrung Rückschlüsse erlauben; diese wurden ebenfalls gesternt", False),
        ("keine weitere Geheimhaltung; zugehörige Gegensperrungen sind gesternt", False),
        ("* Zahlen unter 20; eine weitere Geheimhaltung wurde nicht vorgenommen", False),
        ("Sterne = Werte kleiner 100, ohne weitere Geheimhaltung", False),
        ("* = weniger als 3; keine weitere Geheimhaltung", False),
        ("* = Zahlen < 10, x = Gebiet unter 1.000 Einwohnern; keine weitere Geheimhaltung", True),
        ("* = Arbeitslose unter 25 Jahren, Werte unter zehn; keine weitere Geheimhaltung", True),
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


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("* Werte unter 3 aus Datenschutzgründen", (0, 2)),
        ("Zahlen unter 5 werden nicht ausgewiesen", (0, 4)),
        ("* 1 oder 2 Fälle", (1, 2)),
        ("kleiner 100", (0, 99)),
        ("weniger als drei", (0, 2)),
        ("<10", (0, 9)),
        ("höchstens 4", (0, 4)),
        ("Kinder unter 3 Jahren", None),
        ("Gebiete unter 1.000 Einwohnern", None),
        ("18- bis unter 25-Jährige", None),
        ("vorläufig", None),
    ],
)
def test_bounds_that_a_legend_states(text, bounds):
    assert bounds_in(text) == (() if bounds is None else (bounds,))
