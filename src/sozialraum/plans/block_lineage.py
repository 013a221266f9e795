"""Plans, counts and facilities of one version of the blocks, brought onto another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import accumulate, pairwise
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.base import Status, UsageError, _
from sozialraum.base.value import STRENGTH
from sozialraum.delineation import Edit, Plan
from sozialraum.plans.block_renewal import BlockRenewal
from sozialraum.plans.block_split import BlockSplit, shared_out

ESTIMATED = STRENGTH[Status.ESTIMATED.value]
NO_NUMBER = STRENGTH[Status.BLOCKED.value]
MOST = 0.5  # share of a new block's people from which a step about their former blocks is about it

Step = BlockSplit | BlockRenewal
Shares = tuple[tuple[str, float], ...]


def onwards(step: Step, block: str, attribute: str = "population") -> Shares:
    """The blocks of the next version that stand for a block that ended with a step, with their shares; () = it goes on.

    attribute : a count that may have a share of its own, where somebody decided it.
    """
    if isinstance(step, BlockRenewal):
        return step.forward.get(block, ())
    if step.block_id != block:
        return ()
    share = step.share_of(attribute).share
    return ((step.parts[0], share), (step.parts[1], 1 - share))


def backwards(step: Step, block: str) -> Shares:
    """The blocks of the version before that a block which began with a step comes from, with their shares of it."""
    if isinstance(step, BlockRenewal):
        return step.backward.get(block, ())
    return ((step.block_id, 1.0),) if block in step.parts else ()


def shares_of(block: str, steps: Sequence[Step], known: Collection[str]) -> dict[str, float]:
    """The blocks of a version that stand for a block of any other, with their shares (sum 1); {} when there are none.

    steps : all of them in their order. Onwards a block may have become several; backwards several parts are one
    block, and a block of a renewal may come from several.
    """
    if block in known:
        return {block: 1.0}
    for way, order in ((onwards, steps), (backwards, tuple(reversed(steps)))):
        now = {block: 1.0}
        for step in order:
            now = _replaced(now, {one: way(step, one) for one in now if one not in known})
        if all(one in known for one in now):
            return now
    return {}


def _replaced(now: Mapping[str, float], by: Mapping[str, Shares]) -> dict[str, float]:
    found: dict[str, float] = {}
    for block, own in now.items():
        for part, share in by.get(block) or ((block, 1.0),):
            found[part] = found.get(part, 0.0) + own * share
    return found


def parts_of(block: str, steps: Sequence[Step], known: Collection[str]) -> tuple[str, ...]:
    """The blocks of a version that stand for a block of any other; () when there are none."""
    return tuple(shares_of(block, steps, known))


def links_onto(blocks: Collection[str], steps: Sequence[Step], known: Collection[str]) -> pd.DataFrame:
    """Blocks of one version that end before another, and those that stand for them: old, new, weight (sum 1 each).

    blocks : of the one version. known : of the other. What `carrying.by_lineage` takes.
    Raises UsageError when the versions have nothing to do with each other.
    """
    rows = []
    for block in sorted(set(map(str, blocks)) - set(known)):
        shares = shares_of(block, steps, known)
        if not shares:
            raise UsageError(_("Für Baustein {block} steht in diesem Stand keiner.").format(block=block))
        rows += [(block, part, share) for part, share in sorted(shares.items())]
    return pd.DataFrame(rows, columns=["old", "new", "weight"]).astype({"weight": float})


def plan_onto(plan: Plan, steps: Sequence[Step], blocks: pd.DataFrame) -> Plan:
    """The plan on other blocks, with the same areas and everything else as it was; its plan_id stays.

    blocks : of the wanted version. A block goes to the area in which most of its inhabitants are, then to the first
    by key; an area left without a block ends.
    Raises UsageError when the versions have nothing to do with each other.
    """
    known = set(blocks["block_id"])
    if set(plan.assignment.index) == known:
        return plan
    found = areas_of_blocks(plan, steps, blocks["block_id"])
    holes = sorted(block for block, areas in found.items() if not areas)
    if holes:
        text = _("Der Plan „{title}“ gehört zu anderen Bausteinen; ohne Gebiet wären {blocks}.")
        raise UsageError(text.format(title=plan.title, blocks=", ".join(holes[:5])))
    index = pd.Index(sorted(found), name="block_id", dtype=object)
    assignment = pd.Series([_heaviest(found[block]) for block in index], index=index, name="area_id", dtype=object)
    areas = plan.areas[plan.areas["area_id"].isin(set(assignment))].reset_index(drop=True)
    locks = frozenset(part for block in plan.locks for part in parts_of(block, steps, known))
    return replace(plan, assignment=assignment, areas=areas, locks=locks)


def areas_of_blocks(plan: Plan, steps: Sequence[Step], blocks: Collection[str]) -> dict[str, dict[str, float]]:
    """The areas of a plan in which the people of each block of another version are, with their shares."""
    of_plan = set(plan.assignment.index)
    area = plan.assignment.to_dict()
    found: dict[str, dict[str, float]] = {}
    for block in blocks:
        sums: dict[str, float] = {}
        for own, share in _whence(str(block), steps, of_plan):
            sums[str(area[own])] = sums.get(str(area[own]), 0.0) + share
        found[str(block)] = sums
    return found


def crossed_blocks(plan: Plan, steps: Sequence[Step], blocks: Collection[str]) -> pd.DataFrame:
    """Blocks of another version through which a border of the plan runs: block_id, area_id, share, others.

    area_id : where most of its people are, with their share. others : the further areas, comma separated.
    """
    rows = []
    for block, sums in sorted(areas_of_blocks(plan, steps, blocks).items()):
        if len(sums) > 1:
            first, *others = sorted(sums, key=lambda one: (-round(sums[one], 9), one))
            rows.append((block, first, sums[first], ", ".join(others)))
    return pd.DataFrame(rows, columns=["block_id", "area_id", "share", "others"])


def _whence(block: str, steps: Sequence[Step], known: Collection[str]) -> Shares:
    """The blocks of a plan a block of another version is made of. Undivided, it is the sum of its parts."""
    if block in known:
        return ((block, 1.0),)
    back = shares_of(block, steps, known)
    return tuple(back.items())


def _heaviest(areas: Mapping[str, float]) -> str:
    return min(areas, key=lambda area: (-round(areas[area], 9), area))


def edit_onto(edit: Edit, steps: Sequence[Step], known: Collection[str]) -> Edit:
    """A step of a revision on other blocks: a divided block is named by its parts, a former one by the blocks in which
    most people come from the blocks of the step."""
    named = set(edit.blocks)
    blocks = {part for block in edit.blocks for part in parts_of(block, steps, known)}
    kept = {part for part in blocks if part in named or _from(part, steps, named) >= MOST}
    return replace(edit, blocks=tuple(sorted(kept)))


def _from(block: str, steps: Sequence[Step], named: Collection[str]) -> float:
    """The share of a block that comes from named blocks of earlier versions, or is what became of them."""
    if any(block in parts_of(one, steps, {block}) for one in named):
        return 1.0
    now, share = {block: 1.0}, 0.0
    for step in reversed(steps):
        now = _replaced(now, {one: backwards(step, one) for one in now if one not in named})
    share += sum(part for one, part in now.items() if one in named)
    return share


def observations_onto(observations: pd.DataFrame, steps: Sequence[Step], assignment: pd.Series) -> pd.DataFrame:
    """Observations by block of any version, on the blocks of a plan; every total survives exactly.

    assignment : Series block_id -> area_id. Where all parts of a block lie in one area nothing is estimated:
    its value stands at the first part. Else each part gets its share, `estimated`, and the column `carried` is True.
    A hidden count has a part between 0 and its upper bound.
    """
    known = set(assignment.index)
    rows = observations.assign(carried=False)
    other = (rows["geography"] == "block") & ~rows["unit"].isin(known)
    if not steps or not other.any():
        return rows
    moved = rows[other]
    places = {unit: parts_of(str(unit), steps, known) for unit in moved["unit"].unique()}
    together = {unit: len({assignment[part] for part in parts}) <= 1 for unit, parts in places.items()}
    whole = moved[moved["unit"].map(together)]
    whole = whole.assign(unit=[places[unit][0] if places[unit] else unit for unit in whole["unit"]])
    divided = moved[~moved["unit"].map(together)]
    records: list[dict[Any, Any]] = divided.to_dict("records")
    next_shares = cache(partial(_next_shares, steps=steps, known=known))
    made = [_divided(row, next_shares, known) for row in records]
    parts = pd.DataFrame([part for parts in made for part in parts], columns=rows.columns)
    found = [frame for frame in (rows[~other], whole, parts) if len(frame)]
    joined = pd.concat(found, ignore_index=True)
    joined["carried"] = joined["carried"].astype(bool)
    return joined


def _divided(
    row: Mapping[str, object], next_shares: Callable[[str, str], Shares], known: Collection[str]
) -> list[dict[str, object]]:
    """One observation as one row per part, divided again where a part was."""
    unit = str(row["unit"])
    if unit in known:
        return [dict(row)]
    shares = next_shares(unit, str(row["feature"]))
    rank = STRENGTH[str(row["status"])]
    own = [share for _part, share in shares]
    lows, highs = apportioned(_number(row["low"]), own), apportioned(_number(row["high"]), own)
    if rank <= NO_NUMBER:
        lows = highs = [np.nan] * len(own)
    elif row["status"] == Status.SUPPRESSED.value and max(own) < 1:
        lows, highs = [0.0] * len(own), [_number(row["high"])] * len(own)
    found = []
    for (part, share), low, high in zip(shares, lows, highs, strict=True):
        some = 0 < share < 1
        status = Status.ESTIMATED.value if some and rank > ESTIMATED else row["status"]
        made = {**row, "unit": part, "low": low, "high": high, "status": status, "carried": some or row["carried"]}
        found += _divided(made, next_shares, known)
    return found


def _next_shares(unit: str, feature: str, steps: Sequence[Step], known: Collection[str]) -> Shares:
    """One step towards the known blocks: onwards if that leads there, else back."""
    first = next((onwards(step, unit, feature) for step in steps if onwards(step, unit, feature)), ())
    if first and all(shares_of(part, steps, known) for part, _share in first):
        return first
    return next(backwards(step, unit) for step in reversed(steps) if backwards(step, unit))


def apportioned(total: float, shares: Sequence[float]) -> list[float]:
    """A count in parts that add up to it exactly; whole counts stay whole.

    Two parts as a division shares them out; more by rounding the running sum, so that none is off by more than one.
    """
    if len(shares) == 2:
        return list(shared_out(total, shares[0]))
    if not isfinite(total):
        return [total] * len(shares)
    ends = [total * part for part in accumulate(shares)]
    if total == int(total):
        ends = [float(round(end)) for end in ends]
    ends[-1] = total
    return [end - begin for begin, end in pairwise([0.0, *ends])]


def _number(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]
    return 0.0 if np.isnan(number) else number


def place_of(facility: str, split: BlockSplit) -> str:
    """The part a facility stands in: the one somebody named, else where more people live."""
    larger = split.parts[0 if split.share_of("population").share >= 0.5 else 1]
    return split.facilities.get(facility, larger)


def facilities_onto(
    facilities: pd.DataFrame | None, steps: Sequence[Step], known: Collection[str]
) -> pd.DataFrame | None:
    """Facilities on other blocks: each stays whole, in the part somebody decided, else where more people live."""
    if facilities is None or not steps or facilities.empty:
        return facilities

    def place(block: str, facility: str) -> str:
        for step in steps:
            if not block or block in known:
                return block
            block = _place_after(step, block, facility)
        return block if block in known or not block else _largest(shares_of(block, steps, known), block)

    pairs = zip(facilities["block_id"].fillna("").astype(str), facilities["facility_id"].astype(str), strict=True)
    return facilities.assign(block_id=[place(block, facility) for block, facility in pairs])


def _place_after(step: Step, block: str, facility: str) -> str:
    if isinstance(step, BlockSplit) and step.block_id == block:
        return place_of(facility, step)
    return _largest(dict(onwards(step, block)), block)


def _largest(shares: Mapping[str, float], default: str) -> str:
    return min(shares, key=lambda block: (-round(shares[block], 9), block)) if shares else default
