"""Plans, deliveries and facilities across versions of the blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from sozialraum.base import InputRefused
from sozialraum.delineation import Plan
from sozialraum.plans.block_lineage import edit_onto, facilities_onto, observations_onto, parts_of, plan_onto
from sozialraum.plans.block_split import BlockSplit
from sozialraum.project import Project

Read = TypeVar("Read")


def on_blocks_of(project: Project, old: Plan, plan: Plan) -> Plan:
    """Another plan on the blocks of `plan`, so that the two can be compared."""
    splits = project.block_splits()
    return plan_onto(old, splits, project.blocks_of(plan)) if splits else old


def with_history(project: Project, plan: Plan) -> Plan:
    """The plan with the steps of the one it only carries onto newer blocks, and that one's parent."""
    splits = project.block_splits()
    while (before := carried_from(project, plan)) is not None:
        known = set(plan.assignment.index)
        edits = tuple(edit_onto(edit, splits, known) for edit in before.edits)
        plan = replace(plan, edits=edits, parent=before.parent)
    return plan


def carried_from(project: Project, plan: Plan) -> Plan | None:
    """The plan that this one only carries onto newer blocks; None where it is a plan of its own."""
    splits = project.block_splits()
    if not splits or plan.edits or plan.parent not in set(project.plans()["plan_id"]):
        return None
    before = project.plan(plan.parent)
    return before if before is not None and _only_carried(before, plan, splits) else None


def _only_carried(before: Plan, plan: Plan, splits: Sequence[BlockSplit]) -> bool:
    """Whether a plan is the one before on newer blocks: other blocks, the same areas."""
    if before.assignment.index.equals(plan.assignment.index):
        return False
    known = set(plan.assignment.index)
    pairs = [(part, area) for block, area in before.assignment.items() for part in parts_of(str(block), splits, known)]
    return dict(pairs) == plan.assignment.to_dict()


def observations_for(project: Project, plan: Plan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Observations and facilities on the blocks of a plan, whatever version they were delivered for."""
    splits = project.block_splits()
    observations, facilities = project.observations(), project.facilities()
    if not splits:
        return observations, facilities
    placed = facilities_onto(facilities, splits, set(plan.assignment.index))
    return observations_onto(observations, splits, plan.assignment), facilities if placed is None else placed


def by_any_version(project: Project, read: Callable[[int | None], Read]) -> Read:
    """Read a delivery with the present blocks, or with the latest former ones it fits: offices keep old keys a while.

    read : called with the version of the blocks, None = those of the current plan. Raises the first InputRefused.
    """
    try:
        return read(None)
    except InputRefused:
        for version in range(project.blocks_version() - 1, 0, -1):
            try:
                return read(version)
            except InputRefused:
                continue
        raise
