"""Plans, deliveries and facilities across versions of the blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd

from sozialraum.base import InputRefused, UsageError
from sozialraum.carrying import Matrix, between_plans, by_lineage
from sozialraum.delineation import Plan
from sozialraum.plans.block_lineage import Step, edit_onto, facilities_onto, links_onto, observations_onto, plan_onto
from sozialraum.plans.block_renewal import BlockRenewal
from sozialraum.project import Project

Read = TypeVar("Read")


def on_blocks_of(project: Project, old: Plan, plan: Plan) -> Plan:
    """Another plan on the blocks of `plan`, so that the two can be compared."""
    steps = project.block_steps()
    return plan_onto(old, steps, project.blocks_of(plan)) if steps else old


@dataclass(frozen=True, eq=False)
class FormerPlan:
    """A plan of blocks that were replaced. onto : weights of its areas onto those of the plan wanted."""

    plan_id: str
    assignment: pd.Series
    areas: pd.DataFrame
    onto: Matrix


def former_onto(project: Project, old: Plan, plan: Plan) -> Plan | FormerPlan:
    """An earlier plan as counts by its areas need it: on the blocks of `plan`, or with weights where those were
    replaced, because a border may run through a new block."""
    steps = project.block_steps()
    same = set(old.assignment.index) == set(plan.assignment.index)
    if same or not any(isinstance(step, BlockRenewal) for step in steps):
        return on_blocks_of(project, old, plan)
    blocks = project.blocks_of(old)
    lineage = by_lineage(links_between(project, old, plan), blocks["block_id"].astype(str))
    return FormerPlan(old.plan_id, old.assignment, old.areas, between_plans(old, plan, blocks, lineage=lineage))


def links_between(project: Project, old: Plan, plan: Plan) -> pd.DataFrame:
    """The blocks of one plan that the other does not have, and those that stand for them: old, new, weight.

    Borders of areas may run through blocks of a renewal, so that counts by area of the one plan reach the areas of
    the other only through these: `carrying.between_plans(old, plan, …, lineage=carrying.by_lineage(links, …))`.
    """
    return links_onto(old.assignment.index, project.block_steps(), set(plan.assignment.index))


def with_history(project: Project, plan: Plan) -> Plan:
    """The plan with the steps of the one it only carries onto newer blocks, and that one's parent."""
    steps = project.block_steps()
    while (before := carried_from(project, plan)) is not None:
        known = set(plan.assignment.index)
        edits = tuple(edit_onto(edit, steps, known) for edit in before.edits)
        plan = replace(plan, edits=edits, parent=before.parent)
    return plan


def carried_from(project: Project, plan: Plan) -> Plan | None:
    """The plan that this one only carries onto newer blocks; None where it is a plan of its own."""
    steps = project.block_steps()
    if not steps or plan.edits or plan.parent not in set(project.plans()["plan_id"]):
        return None
    before = project.plan(plan.parent)
    return before if before is not None and _only_carried(before, plan, steps) else None


def _only_carried(before: Plan, plan: Plan, steps: Sequence[Step]) -> bool:
    """Whether a plan is the one before on newer blocks: other blocks, the same areas."""
    if before.assignment.index.equals(plan.assignment.index):
        return False
    try:
        carried = plan_onto(before, steps, pd.DataFrame({"block_id": plan.assignment.index}))
    except UsageError:
        return False
    return carried.assignment.to_dict() == plan.assignment.to_dict()


def observations_for(project: Project, plan: Plan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Observations and facilities on the blocks of a plan, whatever version they were delivered for."""
    steps = project.block_steps()
    observations, facilities = project.observations(), project.facilities()
    if not steps:
        return observations, facilities
    placed = facilities_onto(facilities, steps, set(plan.assignment.index))
    return observations_onto(observations, steps, plan.assignment), facilities if placed is None else placed


def by_any_version(project: Project, read: Callable[[int | None], Read]) -> Read:
    """Read a delivery with the present blocks, or with the latest others it fits: offices keep old keys a while.

    read : called with the version of the blocks, None = those of the current plan. Raises the first InputRefused.
    """
    try:
        return read(None)
    except InputRefused:
        for version in _other_versions(project):
            try:
                return read(version)
            except InputRefused:
                continue
        raise


def _other_versions(project: Project) -> list[int]:
    """All versions of the blocks but that of the current plan, newest first."""
    newest = project.blocks_version()
    if newest == 1:
        return []
    plan = project.plan()
    present = newest if plan is None else project.blocks_version(plan)
    return [version for version in range(newest, 0, -1) if version != present]
