"""What the pages look up: names, order, scopes, marks of single values."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

import invented_report
from sozialraum.publish.facts import Facts, listed, note_words
from sozialraum.publish.value_cells import has_number, measure, value_cells

PLAIN = {
    "count_low": 30.0,
    "count_high": 30.0,
    "base_low": 200.0,
    "base_high": 200.0,
    "share_low": 0.15,
    "share_high": 0.15,
    "status": "observed",
    "ci_low": 0.107,
    "ci_high": 0.206,
    "versus": "same",
    "scope": "",
    "note": "",
}
ZERO = {"count_low": 0, "count_high": 0, "base_low": 0, "base_high": 0}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(invented_report.small())


def cells(definition, **changes):
    found = value_cells(SimpleNamespace(**{**PLAIN, **changes}), measure(definition))
    return [cell.text for cell in (found.count, found.base, found.share, found.interval)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["30", "200", "15,0", "10,7–20,6"]),
        ({"status": "suppressed", "count_low": 1, "count_high": 9}, ["•", "200", "•", "•"]),
        ({"status": "suppressed", "base_low": 190, "base_high": 200}, ["•", "•", "•", "•"]),
        ({"status": "missing", "base_low": math.nan, "base_high": math.nan}, ["n. g.", "n. g.", "n. g.", "n. g."]),
        ({"status": "missing"}, ["n. g.", "200", "n. g.", "n. g."]),
        ({"status": "blocked", "note": "few_cases", "base_low": 12, "base_high": 12}, ["30", "12", "/", "/"]),
        ({"status": "blocked", "note": "base_zero"} | ZERO, ["0", "0", "x", "x"]),
        ({"status": "uncertain", "note": "small_base"}, ["30", "200", "(15,0)", "10,7–20,6"]),
        ({"status": "blocked"}, ["x", "200", "x", "x"]),
    ],
)  # fmt: skip
def test_a_value_prints_count_base_share_interval(facts, changes, expected):
    assert cells(facts.content.definitions[0], **changes) == expected


def test_a_value_that_is_not_there_is_not_delivered(facts):
    found = value_cells(None, measure(facts.content.definitions[0]))
    assert found.share.text == "n. g."


def test_a_suppressed_value_is_not_drawn():
    assert has_number(SimpleNamespace(**PLAIN))
    assert not has_number(SimpleNamespace(**PLAIN | {"status": "suppressed"}))
    assert not has_number(SimpleNamespace(**PLAIN | {"share_high": 0.2}))


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["A"], "A"), (["A", "B"], "A und B"), (["A", "B", "C"], "A, B und C")]
)
def test_names_are_listed(names, expected):
    assert listed(names) == expected


def test_a_scope_names_who_is_left_out(facts):
    assert facts.scope_name("") == "Kreis"
    first = facts.towns[0]
    assert facts.scope_name(first) == "Kreis ohne Ährenfeld"
    assert facts.scope_name(",".join(facts.towns[:2])) == "Kreis ohne Ährenfeld und Auental"


def test_abbreviations_are_different_and_two_letters(facts):
    short = list(facts.abbreviations.values())
    assert len(set(short)) == len(short)
    assert all(len(letters) == 2 and letters == letters.upper() for letters in short)


def test_a_measure_with_its_own_date_keeps_it(facts):
    assert facts.periods["share_multi_family"] == ("2022-05-15", "")
    assert facts.periods["unemployed_share"] == ("2025-12-31", "2023-12-31")


def test_unknown_notes_stand_as_they_are():
    assert note_words("other_date=2024-12-31") == "Anderer Stichtag: 31.12.2024"
    assert note_words("something") == "something"


def test_different_dates_and_estimated_inhabitants_are_said_in_words():
    said = "Zähler und Nenner haben verschiedene Stichtage: 31.12.2024 und 31.12.2025"
    assert note_words("dates_differ=2024-12-31/2025-12-31") == said
    assert note_words("estimated_base").startswith("Einwohnerzahl nach Alter geschätzt")
