"""Propose areas, for all municipalities or one; what was adopted already is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from sozialraum import delineation
from sozialraum.base import InputRefused, Progress, Silent, UsageError, _, plural
from sozialraum.plans.deciding import kept_decisions
from sozialraum.project import Project
from sozialraum.workflow.main import now


def propose(
    project: Project,
    municipality: str | None = None,
    areas: int | tuple[int, int] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    created: str = "",
    wishes: delineation.Wishes | None = None,
    workers: int = 1,
) -> delineation.Plan:
    """Propose areas for all municipalities or one, keeping the others of the current plan.

    areas : a number or (fewest, most) for the one municipality. created : ISO date-time text of the proposal, now by
    default. wishes : shape, barriers, families, effort; where they name no number of areas, the agreed one counts.
    workers : processes; the plan is the same with any number.
    """
    blocks, municipalities = project.blocks(), project.municipalities()
    if blocks.empty:
        raise InputRefused(_("Es gibt noch keine Bausteine."), (), _("Lesen Sie zuerst die Bausteine ein."))
    if municipality is not None and municipality not in set(municipalities["ags"]):
        raise UsageError(
            _("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht; es gibt {known}.").format(
                ags=municipality, known=", ".join(sorted(municipalities["ags"]))
            )
        )
    if areas is not None and municipality is None:
        raise UsageError(_("Eine Zahl von Gebieten gilt für eine Gemeinde: Geben Sie auch die Gemeinde an."))
    plan = delineation.propose(
        blocks,
        municipalities,
        wishes=_wishes(municipalities, wishes or delineation.Wishes(), areas),
        only=municipality,
        keep=project.plan(),
        lines=project.lines(),
        workers=workers,
        adopted=None if municipality else _adopted(project),
        seed=seed,
        title=_("Vorschlag"),
        created=created or now(),
        progress=progress or Silent(),
    )
    plan = replace(plan, decisions=kept_decisions(project.plan(), plan))
    project.save_plan(plan)
    return plan


def _wishes(
    municipalities: pd.DataFrame, wishes: delineation.Wishes, areas: int | tuple[int, int] | None
) -> dict[str, delineation.Wishes]:
    """The same wishes for every municipality, with the number asked for, wished for or agreed."""
    found = {}
    for _place, row in municipalities.iterrows():
        number = areas or wishes.areas or delineation.usual_wishes(row).areas
        found[str(row["ags"])] = replace(wishes, areas=number)
    return found


def adopt_plan(
    project: Project, municipality: str, assignment: Path, names: Path | None = None, progress: Progress | None = None
) -> list[str]:
    """Remember a plan that one municipality has already adopted; proposals keep it."""
    adopted = delineation.read_adopted(Path(assignment), Path(names) if names else None)
    settings = dict(project.settings.get("adopted", {}))
    settings[municipality] = {
        "assignment": dict(sorted(adopted.assignment.items())),
        "names": adopted.names.to_dict("records") if adopted.names is not None else None,
    }
    project.settings["adopted"] = settings
    count = adopted.assignment.nunique()
    return [
        plural(
            "Beschlossener Plan mit {count} Gebiet übernommen.",
            "Beschlossener Plan mit {count} Gebieten übernommen.",
            count,
        ).format(count=count)
    ]


def _adopted(project: Project) -> dict[str, delineation.Adopted]:
    """What a proposal keeps: plans that municipalities brought along, and what was decided since."""
    adopted = {}
    for ags, stored in project.settings.get("adopted", {}).items():
        names = pd.DataFrame(stored["names"]) if stored["names"] else None
        adopted[ags] = delineation.Adopted(pd.Series(stored["assignment"], dtype=str), names)
    plan = project.plan()
    if plan is None:
        return adopted
    for ags in plan.decisions:
        own = plan.areas[plan.areas["municipality"] == ags]
        blocks = plan.assignment[plan.assignment.isin(set(own["area_id"]))]
        adopted[ags] = delineation.Adopted(blocks, own[["area_id", "code", "name"]])
    return adopted
