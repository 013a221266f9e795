"""Comparisons of abstract plans with few inhabitants, and a reader who tries every possibility.

The reader knows a document and nothing of how it was made: he lists all ways to fill blocks and pieces with people
that agree with every number he is told, and looks which values are left to the numbers he is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from plan_edits import AGS, BLOCKS, plain_plan
from sozialraum.plans import lineage, moved_blocks
from sozialraum.plans.comparing import Comparison, PlanLabel, TownComparison
from sozialraum.plans.comparison_withholding import area_totals

LABEL = PlanLabel("p1", "Plan", "adopted", "2026-01-01T00:00:00+00:00", "", "")
Number = tuple[frozenset[str], int | None]
"""Parts of a number in a document, and the number; None where it is withheld."""


def compared(old: str, new: str, people: Sequence[int]) -> Comparison:
    """Two plans of twelve blocks, one letter per block for its area, and the inhabitants of the blocks."""
    before, after, known = plain_plan(old), plain_plan(new), dict(zip(BLOCKS, people, strict=True))
    origin = lineage(before, after, known)
    moved = moved_blocks(before, after, known).sort_values("block_id", ignore_index=True)
    town = TownComparison(
        AGS, "Musterdorf", len(set(old)), len(set(new)), len(moved), int(moved["persons"].sum()),
        None, None, None, None, True,
    )  # fmt: skip
    return Comparison(LABEL, LABEL, (town,), origin, moved, area_totals(origin))


def numbers_of(document: Mapping[str, Any]) -> tuple[list[str], list[Number]]:
    """Every number of inhabitants in a comparison as JSON, over its smallest parts."""
    moved: dict[tuple[str, str], list[str]] = {}
    numbers: list[Number] = []
    for row in document["moved"]:
        moved.setdefault((row["from_id"], row["to_id"]), []).append(row["block_id"])
        numbers.append((frozenset([row["block_id"]]), row["persons"]))
    areas: dict[tuple[str, str], set[str]] = {}
    parts = [row["block_id"] for row in document["moved"]]
    for row in document["lineage"]:
        own = list(moved.get((row["old_id"], row["new_id"]), []))
        if len(own) < row["blocks"]:
            own.append(f"{row['old_id']} stays {row['new_id']}")
            parts.append(own[-1])
        numbers.append((frozenset(own), row["persons"]))
        for version, area in (("before", row["old_id"]), ("after", row["new_id"])):
            areas.setdefault((version, area), set()).update(own)
    numbers += [(frozenset(areas[row["version"], row["area_id"]]), row["persons"]) for row in document["areas"]]
    gone = frozenset(row["block_id"] for row in document["moved"])
    numbers += [(gone, town["persons_moved"]) for town in document["towns"] if gone]
    return parts, numbers


def values_left(
    parts: Sequence[str], numbers: Iterable[Number], people: int, *, known: bool
) -> dict[frozenset[str], set[int]]:
    """The possible values of every withheld number. people : the inhabitants of the municipality.

    known : the reader knows them; else up to four more are tried, and all fewer.
    """
    numbers = list(numbers)
    ways = fillings(people if known else people + 4, len(parts) + (not known))[:, : len(parts)]
    place = {part: column for column, part in enumerate(parts)}
    for own, number in numbers:
        sums = ways[:, [place[part] for part in own]].sum(axis=1)
        # nobody is told as 0, so a withheld number is at least 1
        ways = ways[sums >= 1] if number is None else ways[sums == number]
    return {
        own: set(ways[:, [place[part] for part in own]].sum(axis=1).tolist())
        for own, number in numbers
        if number is None
    }


def how_many(people: int, parts: int) -> int:
    """How many ways there are to fill some parts with people."""
    return comb(people + parts - 1, parts - 1)


def fillings(people: int, parts: int) -> np.ndarray:
    """All of them, one row each."""
    chosen = list(combinations(range(people + parts - 1), parts - 1))
    bars = np.array(chosen, dtype=np.int64).reshape(len(chosen), parts - 1)
    ends = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), people + parts - 1)])
    found: np.ndarray = np.diff(ends, axis=1) - 1
    return found
