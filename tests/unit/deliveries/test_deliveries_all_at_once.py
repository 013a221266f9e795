"""Sums and parts are compared beside other errors, within what is still known."""

from __future__ import annotations

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery

T = specimens.TOWN
GOOD = specimens.YOUTH_ROWS


def found(folder, *rows):
    path = specimens.youth(folder, rows)
    with pytest.raises(InputRefused) as caught:
        read_delivery(path, find_recipe(path), specimens.places())
    return {(each.code, each.cell) for each in caught.value.findings}


def test_an_unreadable_cell_and_a_part_above_its_whole_are_found_together(tmp_path):
    rows = (GOOD[0], (f"{T}-02", "Nord", 25, "ca. 20", 1), (f"{T}-03", "Hof", 64, 99, 0), GOOD[3],
            ("Summe", "", 130, 155, 16))  # fmt: skip
    assert found(tmp_path, *rows) == {("unknown_sign", "D7"), ("impossible_share", "D8")}


def test_a_total_below_the_parts_that_could_be_read_is_found_beside_one_that_could_not(tmp_path):
    rows = (GOOD[0], (f"{T}-02", "Nord", 25, "ca. 20", 1), GOOD[2], GOOD[3], ("Summe", "", 71, 30, 16))
    assert found(tmp_path, *rows) == {("unknown_sign", "D7"), ("sum", "D10")}


def test_a_total_the_unreadable_cell_can_explain_is_no_finding(tmp_path):
    rows = (GOOD[0], (f"{T}-02", "Nord", 25, "ca. 20", 1), GOOD[2], GOOD[3], ("Summe", "", 71, 61, 16))
    assert found(tmp_path, *rows) == {("unknown_sign", "D7")}


@pytest.mark.parametrize(("total", "is_wrong"), [(71, False), (46, False), (72, True), (45, True)])
def test_a_row_of_an_unknown_key_may_be_part_of_the_total(tmp_path, total, is_wrong):
    rows = (GOOD[0], (f"{T}-99", "Nord", 25, 20, "*"), GOOD[2], GOOD[3], ("Summe", "", total, 45, 16))
    expected = {("unknown_key", "A7")} | ({("sum", "C10")} if is_wrong else set())
    assert found(tmp_path, *rows) == expected


def test_rows_that_stand_twice_make_no_second_finding_of_a_total_one_of_them_explains(tmp_path):
    assert found(tmp_path, *GOOD[:2], *GOOD[1:]) == {("duplicate", "A8")}
