"""Plans, counts and facilities of one version of the blocks, brought onto another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.base import Status, UsageError, _
from sozialraum.base.value import STRENGTH
from sozialraum.delineation import Edit, Plan
from sozialraum.plans.block_split import BlockSplit, shared_out

ESTIMATED = STRENGTH[Status.ESTIMATED.value]
NO_NUMBER = STRENGTH[Status.BLOCKED.value]


def parts_of(block: str, splits: Sequence[BlockSplit], known: Collection[str]) -> tuple[str, ...]:
    """The blocks of a version that stand for a block of any other; () when there are none.

    Onwards a block may have become several, backwards several parts are one block.
    """
    if block in known:
        return (block,)
    forward = {split.block_id: split.parts for split in splits}
    if block in forward:
        found = [parts_of(part, splits, known) for part in forward[block]]
        if all(found):
            return tuple(name for names in found for name in names)
    backward = {part: split.block_id for split in splits for part in split.parts}
    while block in backward:
        block = backward[block]
        if block in known:
            return (block,)
    return ()


def plan_onto(plan: Plan, splits: Sequence[BlockSplit], blocks: pd.DataFrame) -> Plan:
    """The plan on other blocks, with the same areas and everything else as it was; its plan_id stays.

    blocks : of the wanted version. Going back, a block takes the area in which most of its inhabitants would be,
    then the first by key. Raises UsageError when the versions have nothing to do with each other.
    """
    known = set(blocks["block_id"])
    if set(plan.assignment.index) == known:
        return plan
    found: dict[str, list[tuple[str, float]]] = {block: [] for block in blocks["block_id"]}
    weight = _weights(splits)
    for block, area in plan.assignment.items():
        for part in parts_of(str(block), splits, known):
            found[part].append((str(area), weight.get(str(block), 1.0)))
    holes = sorted(block for block, areas in found.items() if not areas)
    if holes:
        text = _("Der Plan „{title}“ gehört zu anderen Bausteinen; ohne Gebiet wären {blocks}.")
        raise UsageError(text.format(title=plan.title, blocks=", ".join(holes[:5])))
    index = pd.Index(sorted(found), name="block_id", dtype=object)
    assignment = pd.Series([_heaviest(found[block]) for block in index], index=index, name="area_id", dtype=object)
    areas = plan.areas[plan.areas["area_id"].isin(set(assignment))].reset_index(drop=True)
    locks = frozenset(part for block in plan.locks for part in parts_of(block, splits, known))
    return replace(plan, assignment=assignment, areas=areas, locks=locks)


def _weights(splits: Sequence[BlockSplit]) -> dict[str, float]:
    """How much of the undivided block each part is."""
    weight: dict[str, float] = {}
    for split in splits:
        share = split.share_of("population").share
        for part, own in zip(split.parts, (share, 1 - share), strict=True):
            weight[part] = own * weight.get(split.block_id, 1.0)
    return weight


def _heaviest(areas: list[tuple[str, float]]) -> str:
    sums: dict[str, float] = {}
    for area, weight in areas:
        sums[area] = sums.get(area, 0.0) + weight
    return min(sums, key=lambda area: (-sums[area], area))


def edit_onto(edit: Edit, splits: Sequence[BlockSplit], known: Collection[str]) -> Edit:
    """A step of a revision on other blocks: a divided block is named by its parts."""
    blocks = {part for block in edit.blocks for part in parts_of(block, splits, known)}
    return replace(edit, blocks=tuple(sorted(blocks)))


def observations_onto(observations: pd.DataFrame, splits: Sequence[BlockSplit], assignment: pd.Series) -> pd.DataFrame:
    """Observations by block of any version, on the blocks of a plan; every total survives exactly.

    assignment : Series block_id -> area_id. Where all parts of a divided block lie in one area nothing is estimated:
    its value stands at the first part. Else each part gets its share, `estimated`, and the column `carried` is True.
    A hidden count has a part between 0 and its upper bound.
    """
    known = set(assignment.index)
    rows = observations.assign(carried=False)
    other = (rows["geography"] == "block") & ~rows["unit"].isin(known)
    if not splits or not other.any():
        return rows
    moved = rows[other]
    places = {unit: parts_of(str(unit), splits, known) for unit in moved["unit"].unique()}
    together = {unit: len({assignment[part] for part in parts}) <= 1 for unit, parts in places.items()}
    whole = moved[moved["unit"].map(together)]
    whole = whole.assign(unit=[places[unit][0] if places[unit] else unit for unit in whole["unit"]])
    divided = moved[~moved["unit"].map(together)]
    records: list[dict[Any, Any]] = divided.to_dict("records")
    made = [_divided(row, splits, known) for row in records]
    parts = pd.DataFrame([part for parts in made for part in parts], columns=rows.columns)
    found = [frame for frame in (rows[~other], whole, parts) if len(frame)]
    joined = pd.concat(found, ignore_index=True)
    joined["carried"] = joined["carried"].astype(bool)
    return joined


def _divided(
    row: Mapping[str, object], splits: Sequence[BlockSplit], known: Collection[str]
) -> list[dict[str, object]]:
    """One observation as one row per part, divided again where a part was."""
    if row["unit"] in known:
        return [dict(row)]
    split = next(one for one in splits if one.block_id == row["unit"])
    share = split.share_of(str(row["feature"])).share
    rank = STRENGTH[str(row["status"])]
    lows, highs = shared_out(_number(row["low"]), share), shared_out(_number(row["high"]), share)
    if rank <= NO_NUMBER:
        lows = highs = (np.nan, np.nan)
    elif row["status"] == Status.SUPPRESSED.value and 0 < share < 1:
        lows, highs = (0.0, 0.0), (_number(row["high"]), _number(row["high"]))
    found = []
    for part, own, low, high in zip(split.parts, (share, 1 - share), lows, highs, strict=True):
        status = Status.ESTIMATED.value if 0 < own < 1 and rank > ESTIMATED else row["status"]
        made = {**row, "unit": part, "low": low, "high": high, "status": status, "carried": 0 < own < 1}
        found += _divided(made, splits, known)
    return found


def _number(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]
    return 0.0 if np.isnan(number) else number


def place_of(facility: str, split: BlockSplit) -> str:
    """The part a facility stands in: the one somebody named, else where more people live."""
    larger = split.parts[0 if split.share_of("population").share >= 0.5 else 1]
    return split.facilities.get(facility, larger)


def facilities_onto(
    facilities: pd.DataFrame | None, splits: Sequence[BlockSplit], known: Collection[str]
) -> pd.DataFrame | None:
    """Facilities on other blocks: each stays whole, in the part somebody decided, else where more people live."""
    if facilities is None or not splits or facilities.empty:
        return facilities
    forward = {split.block_id: split for split in splits}

    def place(block: str, facility: str) -> str:
        while block and block not in known and block in forward:
            block = place_of(facility, forward[block])
        return block if block in known or not block else next(iter(parts_of(block, splits, known)), block)

    pairs = zip(facilities["block_id"].fillna("").astype(str), facilities["facility_id"].astype(str), strict=True)
    return facilities.assign(block_id=[place(block, facility) for block, facility in pairs])
