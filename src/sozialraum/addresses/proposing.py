"""The block proposed for an address of a newer register: under its point, else that of its neighbours by number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

import numpy as np
import pandas as pd

Side = tuple[str, str, int]


def propose_blocks(
    rows: pd.DataFrame, old: pd.DataFrame, fresh: pd.DataFrame, areas: Mapping[str, str]
) -> pd.DataFrame:
    """Rows of changes with `block_id`, `basis` and `doubt`; see `changes.Changes`.

    rows : with `inside` (block under the point of the new register). old, fresh : registers with plain keys.
    areas : block -> area; a block without an area counts as an area of its own.
    """
    before_sides, new_sides = _known_sides(old, "block"), _known_sides(fresh, "inside")
    keys = fresh["key"].to_numpy(dtype=object)
    found = []
    for kind, town, number, inside, before, position in zip(
        rows["kind"], rows["municipality"], rows["number"], rows["inside"], rows["old_block"], rows["new_position"],
        strict=True,
    ):  # fmt: skip
        if kind == "gone":
            found.append(("", "before", ""))
            continue
        side = (town, keys[position], number % 2)
        around = _neighbours(before_sides, side, number) or _neighbours(new_sides, side, number, without=True)
        found.append(_proposal(kind, inside, before, around, areas))
    columns = list(zip(*found, strict=True)) if found else [(), (), ()]
    names = ("block_id", "basis", "doubt")
    return rows.assign(**{name: np.array(column, dtype=object) for name, column in zip(names, columns, strict=True)})


def _proposal(
    kind: str, inside: str, before: str, around: tuple[str, ...], areas: Mapping[str, str]
) -> tuple[str, str, str]:
    """Block, basis and doubt. around : blocks of the nearest lower and higher number of the same side."""
    near = {areas.get(block, block) for block in around}
    if before and kind in ("renamed", "renumbered", "postcode") and (not inside or _one(areas, inside, before)):
        return before, "before", ""
    if not inside:
        block = around[0] if around else before
        return (
            (block, "neighbours", "" if len(near) == 1 else "neighbours_differ") if block else ("", "none", "no_place")
        )
    if before and not _one(areas, inside, before):
        return inside, "position", "area_changes"
    if near and areas.get(inside, inside) not in near and len(around) > 1 and len(near) == 1:
        return inside, "position", "neighbours_differ"
    return inside, "position", ""


def _one(areas: Mapping[str, str], one: str, other: str) -> bool:
    return areas.get(one, one) == areas.get(other, other)


def _known_sides(register: pd.DataFrame, column: str) -> dict[Side, tuple[list[int], list[str]]]:
    """Municipality, street and side -> sorted numbers and their blocks (in `column`)."""
    placed = register[register[column] != ""]
    sides: dict[Side, dict[int, str]] = {}
    rows = zip(placed["municipality"], placed["key"], placed["number"].tolist(), placed[column], strict=True)
    for town, key, number, block in rows:
        sides.setdefault((town, key, number % 2), {}).setdefault(number, block)
    return {side: (sorted(known), [known[one] for one in sorted(known)]) for side, known in sides.items()}


def _neighbours(
    sides: Mapping[Side, tuple[list[int], list[str]]], side: Side, number: int, *, without: bool = False
) -> tuple[str, ...]:
    """Blocks of the nearest lower and higher number; the nearer one first, at the same distance the lower one.

    without : the number itself does not count.
    """
    numbers, blocks = sides.get(side, ([], []))
    low, high = bisect_left(numbers, number), (bisect_right if without else bisect_left)(numbers, number)
    lower = [(number - numbers[low - 1], blocks[low - 1])] if low else []
    higher = [(numbers[high] - number, blocks[high])] if high < len(numbers) else []
    return tuple(block for _distance, block in sorted([*lower, *higher], key=lambda one: one[0]))
