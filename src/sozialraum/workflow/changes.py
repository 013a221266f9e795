"""What changed between a plan and the one before it: for the report (released reasons) and the planner's desk (all)."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sozialraum import plans, publish
from sozialraum.base import _
from sozialraum.base.numbers import counted, day
from sozialraum.delineation import Plan, municipality_of_key
from sozialraum.plans.withholding import FEWEST_TOLD
from sozialraum.project import Project
from sozialraum.workflow.versions import on_blocks_of, with_history

SHOWN = ("from_area", "to_area", "blocks", "population", "why", "role", "when")


def change_rows(project: Project, plan: Plan) -> list[dict[str, Any]]:
    """Moved blocks since the parent of a plan by pair of areas, with all reasons: for the planner's desk only."""
    plan = with_history(project, plan)
    before = parent_of(project, plan)
    if before is None:
        return []
    groups = plans.change_groups(before, plan, populations(project), plan.edits, released_only=False)
    return [{name: group[name] for name in SHOWN} for group in groups]


def comparison(project: Project, plan: Plan) -> publish.Comparison | None:
    """Before and after of the municipality whose areas were revised last, None when nothing was."""
    plan = with_history(project, plan)
    before = parent_of(project, plan)
    towns = [municipality_of_key(edit.area) for edit in plan.edits if edit.area and edit.kind in EFFECTIVE]
    if before is None or not towns:
        return None
    ags = towns[-1]
    groups = plans.change_groups(before, plan, populations(project), plan.edits)
    groups = [group for group in groups if group["ags"] == ags]
    if not groups:
        return None
    blocks = project.blocks_of(plan)
    own = blocks[blocks["municipality"] == ags]
    shown = own.assign(
        before=own["block_id"].map(before.assignment).map(_codes(before)),
        after=own["block_id"].map(plan.assignment).map(_codes(plan)),
    )[["block_id", "population", "before", "after", "geometry"]]
    # One or two people of a moved group could be told from the totals of the areas too: then no number is printed.
    few = any(0 < group["population"] < FEWEST_TOLD for group in groups)
    name = str(project.municipalities().set_index("ags")["name"][ags])
    old, new = shown["before"].nunique(), shown["after"].nunique()
    lead = _("Fachleute von {name} haben den Zuschnitt überarbeitet: Aus {old} wurden {new}.")
    return publish.Comparison(
        municipality=name,
        title_before=_title(before, ags),
        title_after=_title(plan, ags),
        blocks=shown,
        names={code: area for version in (before, plan) for code, area in _names(version, ags).items()},
        lead=lead.format(
            name=name, old=counted(old, _("Gebiet"), _("Gebieten")), new=counted(new, _("Gebiet"), _("Gebiete"))
        ),
        changes=pd.DataFrame([_printed(group, few) for group in groups]),
        populations=None if few else _populations(shown),
    )


EFFECTIVE = ("move", "split", "merge")


def parent_of(project: Project, plan: Plan) -> Plan | None:
    """The plan before on the blocks of this one, or None when the plan has no steps or no parent."""
    before = project.plan(plan.parent) if plan.edits and plan.parent else None
    return None if before is None else on_blocks_of(project, before, plan)


def populations(project: Project) -> dict[str, int]:
    """block_id -> inhabitants, also of blocks that were divided since."""
    return project.populations()


def _title(plan: Plan, ags: str) -> str:
    """'Beschlossen am 03.02.2022' or 'Vorschlag vom 13.09.2021'."""
    if ags in plan.decisions:
        return _("Beschlossen am {day}").format(day=day(plan.decisions[ags].date))
    if plan.status == "proposal":
        return _("Vorschlag vom {day}").format(day=day(plan.created[:10]))
    return _("Stand vom {day}").format(day=day(plan.created[:10]))


def _printed(group: dict[str, Any], few: bool) -> dict[str, Any]:
    """One row of the report: codes instead of keys; a reason that was not released is an en dash.

    few : no inhabitants are told.
    """
    return {
        "from_area": group["from_code"],
        "to_area": group["to_code"],
        "blocks": len(group["blocks"]),
        "population": math.nan if few else group["population"],
        "why": group["why"] or "–",
        "role": group["role"],
        "when": group["when"][:10],
    }


def _codes(plan: Plan) -> dict[str, str]:
    return dict(zip(plan.areas["area_id"], plan.areas["code"], strict=True))


def _names(plan: Plan, ags: str) -> dict[str, str]:
    own = plan.areas[plan.areas["municipality"] == ags]
    return dict(zip(own["code"], own["name"], strict=True))


def _populations(shown: pd.DataFrame) -> pd.DataFrame:
    before = shown.groupby("before")["population"].sum().rename("before")
    after = shown.groupby("after")["population"].sum().rename("after")
    return pd.concat([before, after], axis=1).rename_axis("code").reset_index()
