"""What is printed of blocks and moves: short numbers, dashes, groups with released reasons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sozialraum.plans.lineage import LINEAGE_COLUMNS
from sozialraum.plans.moved import MOVED_COLUMNS
from sozialraum.publish.comparison_content import letter, living_on, moves_of
from sozialraum.publish.work_map_content import people_text, short_number, told_people
from sozialraum.publish.work_map_layers import mixed


@pytest.mark.parametrize(
    ("block", "short"),
    [
        ("05999004-0123", "0123"),
        ("059990040123", "0123"),
        ("0599900412a", "12a"),
        ("B7", "B7"),
        ("05999004", "05999004"),
    ],
)
def test_short_number(block: str, short: str) -> None:
    assert short_number(block, "05999004") == short


@pytest.mark.parametrize(
    ("people", "printed"),
    [
        ([0, 0, 50, 60], ["0", "0", "50", "60"]),  # nobody is not few
        ([2, 50, 60], ["–", "–", "60"]),  # the total would tell the two
        ([1, 0, 9, 1_200], ["–", "0", "–", "1.200"]),
        ([2, 2, 50], ["–", "–", "50"]),  # together four: each has one, two or three
        ([1, 1, 1, 50], ["–", "–", "–", "–"]),  # together three: each would have one
        ([3, 4], ["3", "4"]),
        ([1], ["–"]),
    ],
)
def test_few_people_are_a_dash(people: list[int], printed: list[str]) -> None:
    blocks, _areas = told_people(np.array(people), np.array(["a"] * len(people), dtype=object))
    assert [people_text(number) for number in blocks] == printed


def test_areas_protect_themselves_one_by_one() -> None:
    people, owner = np.array([2, 50, 60, 70]), np.array(["a", "a", "b", "b"], dtype=object)
    assert told_people(people, owner) == ([None, None, 60, 70], {"a": 52, "b": 130})


def test_an_area_of_few_is_withheld_with_another() -> None:
    """The inhabitants of the municipality are known, so one area alone would follow from all others."""
    people, owner = np.array([2, 50, 60, 70]), np.array(["a", "b", "b", "c"], dtype=object)
    assert told_people(people, owner) == ([None, None, 60, 70], {"a": None, "b": None, "c": 70})


def lineage(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    """old, new, kind, blocks, persons."""
    made = [("05", old, old, "", new, new, "", kind, blocks, persons) for old, new, kind, blocks, persons in rows]
    return pd.DataFrame(made, columns=list(LINEAGE_COLUMNS))


def moved(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """block, old, new, why."""
    made = [("05", block, old, old, new, new, 10, why) for block, old, new, why in rows]
    return pd.DataFrame(made, columns=list(MOVED_COLUMNS))


def pieces(rows: pd.DataFrame) -> pd.DataFrame:
    """The lineage of moved blocks, one row per pair of areas."""
    made = rows.groupby(["from_id", "to_id"])["persons"].agg(["size", "sum"])
    return lineage(
        *[(str(old), str(new), "X", int(row["size"]), int(row["sum"])) for (old, new), row in made.iterrows()]
    )


def test_moves_are_grouped_and_lettered_in_the_order_of_codes() -> None:
    rows = moved(
        ("z", "10", "2", ""), ("x", "2", "1", "Schulweg"), ("y", "2", "1", "Schulweg"), ("w", "2", "10", "Bahn")
    )
    found = moves_of(rows, pieces(rows))
    assert [(move.letter, move.from_code, move.to_code, move.blocks, move.people) for move in found] == [
        ("A", "2", "1", ("x", "y"), 20),
        ("B", "2", "10", ("w",), 10),
        ("C", "10", "2", ("z",), 10),
    ]
    assert [move.reason for move in found] == ["Schulweg", "Bahn", "Grund intern"]


def test_partly_released_reasons_say_so() -> None:
    rows = moved(("x", "1", "2", "Schulweg"), ("y", "1", "2", ""))
    (move,) = moves_of(rows, pieces(rows))
    assert move.reason == "Schulweg (weitere Gründe intern)"


def test_nothing_moved() -> None:
    assert moves_of(moved(), lineage()) == []


def test_inhabitants_of_a_group_are_those_of_its_piece_as_told() -> None:
    rows = moved(("x", "1", "2", ""), ("y", "1", "2", ""))
    (move,) = moves_of(rows, pieces(rows).assign(persons=pd.array([pd.NA], dtype="Int64")))
    assert move.people is None


def test_areas_live_on_in_their_largest_part() -> None:
    assert living_on(lineage(("1", "1", "M", 9, 900), ("2", "1", "M", 5, 500))) == {("1", "1")}
    assert living_on(lineage(("3", "3a", "S", 5, 900), ("3", "3b", "S", 4, 400))) == {("3", "3a")}
    across = lineage(("1", "1", "X", 9, 900), ("1", "2", "X", 2, 90), ("2", "2", "X", 9, 800))
    assert living_on(across) == {("1", "1"), ("2", "2")}


def test_tones_do_not_tell_which_withheld_part_has_more() -> None:
    rows = lineage(("3", "3a", "S", 4, 2), ("3", "3b", "S", 5, 1))
    assert living_on(rows) == {("3", "3a")}
    assert living_on(rows.assign(persons=pd.array([pd.NA, pd.NA], dtype="Int64"))) == {("3", "3b")}


def test_areas_without_inhabitants_go_by_blocks() -> None:
    rows = lineage(("1", "1a", "S", 2, 0), ("1", "1b", "S", 7, 0))
    assert living_on(rows) == {("1", "1b")}


@pytest.mark.parametrize(("place", "sign"), [(0, "A"), (25, "Z"), (26, "AA"), (53, "BB")])
def test_letters(place: int, sign: str) -> None:
    assert letter(place) == sign


def test_people_text() -> None:
    assert [people_text(number) for number in (0, None, pd.NA, 3, 1_500)] == ["0", "–", "–", "3", "1.500"]


def test_mixed_colours() -> None:
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#112233", "#ffffff", 0) == "#112233"
