"""Which blocks changed their area between two plans, and for which of the recorded reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sozialraum.base import UsageError, code_key
from sozialraum.delineation import Edit, Plan, begin_revision, municipality_of_key
from sozialraum.delineation.applying import Board

MOVED_COLUMNS = ("ags", "block_id", "from_id", "from_code", "to_id", "to_code", "persons", "why")


@dataclass
class Touched:
    """What one step did: blocks that changed their area, and blocks of the areas it touched."""

    edit: Edit
    moved: frozenset[str] = frozenset()
    around: frozenset[str] = field(default=frozenset())


def moved_blocks(
    old: Plan, new: Plan, population: Mapping[str, int], edits: Sequence[Edit] = (), *, released_only: bool = True
) -> pd.DataFrame:
    """Blocks whose area has another key or other blocks, one row each: ags, block_id, from_id, from_code, to_id,
    to_code, persons, why.

    An area that only got another key, its blocks being the same, moved no block. Blocks that only one plan knows are
    left out. edits : the steps from old to new. why : reasons released for publication, '' where there are none;
    all reasons with released_only=False, for the desk of the planner alone.
    """
    both = old.assignment.index.intersection(new.assignment.index)
    before, after = old.assignment[both], new.assignment[both]
    same = set(_same_areas(old, new))
    pairs = zip(both, before, after, strict=True)
    rows = [(block, source, target) for block, source, target in pairs if (source, target) not in same]
    reasons = reasons_of_blocks(old, edits, {row[0] for row in rows}, released_only)
    from_code, to_code, town = _codes(old), _codes(new), _towns(new)
    made = [
        (
            town[target], block, source, from_code[source], target, to_code[target],
            int(population.get(block, 0)), reasons.get(block, ""),
        )
        for block, source, target in rows
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(MOVED_COLUMNS))


def reasons_of_blocks(old: Plan, edits: Sequence[Edit], blocks: set[str], released_only: bool = True) -> dict[str, str]:
    """The reasons of the steps that moved a block, else of those that touched its area, joined in order."""
    found: dict[str, str] = {}
    told = [one for one in replay(old, edits) if one.edit.why and (one.edit.public or not released_only)]
    for block in blocks:
        direct = [one.edit.why for one in told if block in one.moved]
        texts = direct or [one.edit.why for one in told if block in one.around]
        found[block] = " ".join(dict.fromkeys(texts))
    return found


def replay(old: Plan, edits: Sequence[Edit]) -> list[Touched]:
    """The steps applied again to the plan they began with; where that cannot be, what they name themselves."""
    towns = sorted({municipality_of_key(edit.area) for edit in edits if edit.area} & set(old.areas["municipality"]))
    plan = old
    for ags in towns:
        plan = begin_revision(plan, ags, "")
    board, found = Board(plan), []
    for edit in edits:
        before = dict(board.assignment)
        areas = {edit.area, edit.into} | {before.get(block, "") for block in edit.blocks}
        try:
            board.apply(edit)
        except UsageError:
            found.append(Touched(edit, frozenset(edit.blocks)))
            continue
        moved = frozenset(block for block, area in board.assignment.items() if before[block] != area)
        around = {block for block, area in before.items() if area in areas} if moved else set()
        found.append(Touched(edit, moved, frozenset(around)))
    return found


def change_groups(
    old: Plan, new: Plan, population: Mapping[str, int], edits: Sequence[Edit] = (), *, released_only: bool = True
) -> list[dict[str, Any]]:
    """Moved blocks by the pair of areas they moved between, in the order of the plans' codes.

    Each with from_area, to_area, from_code, to_code, ags, blocks (ids), population, why (see `moved_blocks`), and role
    and when of the last step that touched them ('' where none is recorded).
    """
    moved = moved_blocks(old, new, population, edits, released_only=released_only)
    steps = replay(old, edits)
    found = []
    for (ags, source, target), rows in moved.groupby(["ags", "from_id", "to_id"], sort=False):
        blocks = set(rows["block_id"])
        own = [one for one in steps if one.moved & blocks] or [one for one in steps if one.around & blocks]
        reasons = dict.fromkeys(text for text in rows["why"] if text)
        found.append(
            {
                "ags": ags, "from_area": source, "to_area": target,
                "from_code": rows["from_code"].iloc[0], "to_code": rows["to_code"].iloc[0],
                "blocks": sorted(blocks), "population": int(rows["persons"].sum()), "why": " ".join(reasons),
                "role": own[-1].edit.role if own else "", "when": own[-1].edit.when if own else "",
            }
        )  # fmt: skip
    return sorted(found, key=lambda row: (row["ags"], code_key(row["from_code"]), code_key(row["to_code"])))


def _same_areas(old: Plan, new: Plan) -> list[tuple[str, str]]:
    """Pairs of areas (old key, new key) that consist of the same blocks."""
    in_new = {blocks: key for key, blocks in area_sets(new).items()}
    return [(key, in_new[blocks]) for key, blocks in area_sets(old).items() if blocks in in_new]


def area_sets(plan: Plan) -> dict[str, frozenset[str]]:
    """area_id -> its blocks, in the order of the plan."""
    groups: dict[str, list[str]] = {str(key): [] for key in plan.areas["area_id"]}
    for block, area in zip(plan.assignment.index, plan.assignment.to_numpy(), strict=True):
        groups[area].append(block)
    return {key: frozenset(blocks) for key, blocks in groups.items()}


def _codes(plan: Plan) -> dict[str, str]:
    return dict(zip(plan.areas["area_id"], plan.areas["code"], strict=True))


def _towns(plan: Plan) -> dict[str, str]:
    return dict(zip(plan.areas["area_id"], plan.areas["municipality"], strict=True))
