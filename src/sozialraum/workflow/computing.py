"""Compute what pages and report show: counts on areas, their protection, and results from released values alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sozialraum import delineation, indicators, need, protection
from sozialraum.base import Progress, ReleaseRefused, Silent, _
from sozialraum.base.numbers import counted
from sozialraum.indicators.carried_pieces import outside_areas
from sozialraum.project import Project
from sozialraum.workflow.carrying_choice import weights_for
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.main import current_plan
from sozialraum.workflow.versions import FormerPlan, former_onto, observations_for

TARGET_COLUMNS = ("target_rate", "target_source", "target_date")


def compute(project: Project, progress: Progress | None = None) -> list[str]:
    """Carry all observations onto the areas, protect them, and compute all results from what was released."""
    with counting_as(project):
        return _compute(project, progress or Silent())


def _compute(project: Project, progress: Progress) -> list[str]:
    plan = current_plan(project)
    editions = _editions(project)
    progress.stage(_("Angaben werden auf die Gebiete übertragen"))
    observations, facilities = observations_for(project, plan)
    others = weights_for(project, plan, observations)
    counts = indicators.carry(
        observations,
        facilities,
        plan,
        project.blocks(),
        project.municipalities(),
        editions,
        former=former_plans(project, observations, plan),
        bases=project.settings.get("base_population"),
        others=others,
    )
    if counts.empty:
        raise ReleaseRefused(_("Es gibt noch keine Angaben. Nehmen Sie zuerst Lieferungen auf."))
    progress.stage(_("Kleine Zahlen werden geschützt"))
    release = protection.release(counts, protection.default_rules())
    progress.stage(_("Indikatoren, Index und Bedarf werden berechnet"))
    results, records = _results(release, plan, project, editions)
    project.save_results(
        {"area_counts": counts, "released_counts": release.values, **results},
        {
            "release": {
                "summary": release.summary,
                "fingerprint": release.fingerprint,
                "plan_id": plan.plan_id,
                "editions": list(editions),
            },
            "carrying": {"outside": _kept(outside_areas(observations, others))},
            **records,
        },
    )
    hidden = int((release.values["status"] == "suppressed").sum())
    return [
        _("Berechnet: {indicators} für {areas}.").format(
            indicators=counted(len(indicators.definitions()), _("Indikator"), _("Indikatoren")),
            areas=counted(len(plan.areas), _("Gebiet"), _("Gebiete")),
        ),
        _("Geschützt: {cells} verborgen.").format(cells=counted(hidden, _("Zelle"), _("Zellen"))),
    ]


def _kept(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as a record; a number without bound is None."""
    bounded = rows.replace([float("inf"), float("nan")], None)
    return [{str(name): value for name, value in row.items()} for row in bounded.to_dict("records")]


def _results(
    release: protection.Release, plan: delineation.Plan, project: Project, editions: tuple[str, ...]
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Indicators, index, supply and impulses, from released values alone."""
    values = indicators.compute(release.values, plan)
    index = indicators.index(values, plan, _populations(project, plan), editions)
    results = {"indicator_values": values, "index_values": index.values}
    records: dict[str, Any] = {"index": index.record}
    target = project.settings.get("target")
    if target:
        aim = need.Target(**target)
        supply = need.supply(release.values, plan, values, aim)
        impulses = need.find_impulses(supply, values, plan, group=aim.group, need=aim.need)
        # The target is one for the whole table; it is kept once, as a record.
        results |= {"supply_values": supply.drop(columns=[*TARGET_COLUMNS]), "impulses": impulses}
        records["target"] = target
    return results, records


def _populations(project: Project, plan: delineation.Plan) -> pd.Series:
    blocks = project.blocks().set_index("block_id")["population"]
    return blocks.groupby(plan.assignment.reindex(blocks.index)).sum()


def former_plans(
    project: Project, observations: pd.DataFrame, plan: delineation.Plan
) -> list[delineation.Plan | FormerPlan]:
    """Earlier plans that deliveries were made for; their values are carried onto the current areas."""
    named = {text.removeprefix("plan:") for text in observations["geography"].unique() if text.startswith("plan:")}
    found = [project.plan(plan_id) for plan_id in sorted(named - {plan.plan_id, ""})]
    return [former_onto(project, former, plan) for former in found if former is not None]


def _editions(project: Project) -> tuple[str, ...]:
    """The reference dates of the project: as set, else the full dates its register deliveries carry."""
    editions = project.settings.get("editions")
    if editions:
        return tuple(sorted(editions))
    observations = project.observations()
    dates = observations.loc[observations["geography"] == "block", "period"]
    dated = sorted({period for period in dates.unique() if len(period) == 10})
    if not dated:
        raise ReleaseRefused(_("Es gibt noch keine Angaben. Nehmen Sie zuerst Lieferungen auf."))
    return tuple(dated[-3:])
