"""Which blocks changed their area between two plans, and for which of the recorded reasons."""

from __future__ import annotations

from collections import Counter
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
    """Blocks that moved to another area, one row each: ags, block_id, from_id, from_code, to_id, to_code, persons, why.

    An area goes on where its blocks are the same, or where it keeps its key or code and most of its blocks; the blocks
    that stay in it did not move. Both parts of a split have other codes, so their blocks count. Blocks that only one
    plan knows are left out. edits : the steps from old to new. why : reasons released for publication, '' where there
    are none; all reasons with released_only=False, for the desk of the planner alone.
    """
    both = old.assignment.index.intersection(new.assignment.index)
    before, after = old.assignment[both], new.assignment[both]
    same = continuations(old, new)
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
    steps = replay(old, edits)
    for block in blocks:
        # a step that moved the block explains it alone, released or not; another's reason would be a wrong one
        chosen = [one.edit for one in steps if block in one.moved] or [one.edit for one in steps if block in one.around]
        texts = [edit.why for edit in chosen if edit.why and (edit.public or not released_only)]
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


def continuations(old: Plan, new: Plan) -> set[tuple[str, str]]:
    """Pairs (old key, new key) in which the area goes on: same blocks, or same key or code and most of the blocks.

    Most is meant both ways: no other area got more blocks of the old one, and none gave more to the new one.
    """
    before, after = area_sets(old), area_sets(new)
    known = dict(zip(old.assignment.index, old.assignment.to_numpy(), strict=True))
    shared: Counter[tuple[str, str]] = Counter()
    for block, target in zip(new.assignment.index, new.assignment.to_numpy(), strict=True):
        source = known.get(block)
        if source is not None:
            shared[source, target] += 1
    most_of_old, most_of_new = Counter[str](), Counter[str]()
    for (source, target), number in shared.items():
        most_of_old[source] = max(most_of_old[source], number)
        most_of_new[target] = max(most_of_new[target], number)
    from_code, to_code = _codes(old), _codes(new)
    return {
        (source, target)
        for (source, target), number in shared.items()
        if before[source] == after[target]
        or (
            (source == target or from_code[source] == to_code[target])
            and number == most_of_old[source] == most_of_new[target]
        )
    }


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
