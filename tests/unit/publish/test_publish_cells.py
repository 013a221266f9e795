"""Cells: the text on paper and the number in the spreadsheet come from one place."""

from __future__ import annotations

import math

import pytest

from sozialraum.publish.cells import (
    count_cell,
    difference_cell,
    interval_cell,
    mark_cell,
    number_cell,
    signed_count_cell,
)
from sozialraum.publish.xlsx import number_format, sheet_name


@pytest.mark.parametrize(
    ("low", "high", "status", "text", "number"),
    [
        (0.115, 0.115, "observed", "11,5", 11.5),
        (0.0, 0.0, "observed", "0,0", 0.0),
        (0.115, 0.115, "rounded", "11,5", 11.5),
        (0.115, 0.115, "uncertain", "(11,5)", 11.5),
        (0.115, 0.115, "estimated", "11,5\u00a0s", 11.5),
        (0.01, 0.09, "suppressed", "•", None),
        (math.nan, math.nan, "missing", "n. g.", None),
        (math.nan, math.nan, "blocked", "x", None),
        (math.nan, math.nan, "observed", "/", None),
    ],
)
def test_a_share_prints_its_number_or_why_there_is_none(low, high, status, text, number):
    cell = number_cell(low, high, status, "share", 1, 100)
    assert (cell.text, cell.number) == (text, number)


def test_an_observed_zero_is_a_zero():
    assert count_cell(0).text == "0"
    assert count_cell(0).mark == ""


def test_a_difference_is_that_of_the_printed_values():
    now, before = (number_cell(share, share, "observed", "share", 1, 100) for share in (0.11649, 0.10951))
    assert (now.text, before.text, difference_cell(now, before).text) == ("11,6", "11,0", "+0,6")


@pytest.mark.parametrize("mark", ["•", "n. g.", "/"])
def test_a_mark_wins_over_a_difference(mark):
    now = number_cell(0.1, 0.1, "observed", "share", 1, 100)
    assert difference_cell(now, mark_cell(mark)).text == mark
    assert difference_cell(mark_cell(mark), now).text == mark


def test_an_interval_has_two_numbers():
    cell = interval_cell(0.3111, 0.3721)
    assert (cell.text, cell.number, cell.upper) == ("31,1–37,2", 31.1, 37.2)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(-81, -81, "−81"), (14, 14, "+14"), (0, 0, "0"), (-95, -67, "−95 bis −67"), (math.nan, math.nan, "x")],
)
def test_places_missing_are_signed(low, high, text):
    assert signed_count_cell(low, high).text == text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (count_cell(1234), "#,##0;−#,##0"),
        (number_cell(0.1, 0.1, "uncertain", "share", 1, 100), '"("0.0"\u202f%"")"'),
        (number_cell(0.1, 0.1, "estimated", "share", 1, 100), '0.0"\u202f%""\u00a0s"'),
        (signed_count_cell(-3, -3), "+#,##0;−#,##0;0"),
    ],
)
def test_a_spreadsheet_cell_looks_as_printed(cell, expected):
    assert number_format(cell) == expected


def test_sheet_names_are_short_and_different():
    used: set[str] = set()
    names = [sheet_name("Menschen ohne deutsche Staatsangehörigkeit", used) for _ in range(3)]
    assert len(set(names)) == 3
    assert max(map(len, names)) <= 31
    assert sheet_name("a/b: c?", used) == "a b c"
