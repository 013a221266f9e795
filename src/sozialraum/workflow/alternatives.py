"""Alternatives for one municipality: compute and keep them, show them again, take one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sozialraum import delineation
from sozialraum.base import InputRefused, Progress, Silent, UsageError, _
from sozialraum.delineation.alternatives import Alternative, propose_alternatives, take_alternative, told
from sozialraum.delineation.wishes import Wishes, usual_wishes
from sozialraum.plans.deciding import kept_decisions
from sozialraum.project import Project

LAYERS = "_layers"  # when the blocks were last taken in


def suggest(
    project: Project, ags: str, wishes: Wishes, *, seed: int = 0, progress: Progress | None = None
) -> tuple[Alternative, ...]:
    """Compute alternatives for one municipality and keep them with the wishes in the project."""
    municipality = _municipality(project, ags)
    found = propose_alternatives(
        project.blocks(),
        municipality,
        wishes,
        project.lines(),
        present=project.plan(),
        seed=seed,
        progress=progress or Silent(),
    )
    project.settings[_key(ags)] = {
        "wishes": wishes.to_json(),
        "seed": seed,
        "layers": project.record(LAYERS),
        "alternatives": [alternative.to_json() for alternative in found],
    }
    return found


def suggestions(project: Project, ags: str) -> tuple[Wishes, tuple[Alternative, ...]] | None:
    """The wishes and alternatives computed last; None when there are none or the blocks were taken in anew since."""
    stored: dict[str, Any] | None = project.settings.get(_key(ags))
    if stored is None or stored["layers"] != project.record(LAYERS):
        return None
    found = told([Alternative.from_json(alternative) for alternative in stored["alternatives"]])
    return Wishes.from_json(stored["wishes"]), found


def first_wishes(project: Project, ags: str) -> Wishes:
    """The wishes a municipality starts with: its agreed number of areas and its limits of size."""
    return usual_wishes(_municipality(project, ags))


def take(project: Project, ags: str, key: str, *, when: str) -> delineation.Plan:
    """Put one alternative into the present plan; the new plan becomes the current one. when : ISO date-time text.

    Raises UsageError for an alternative that is not there, InputRefused when other municipalities have no areas yet.
    """
    _municipality(project, ags)
    stored = suggestions(project, ags)
    chosen = [one for one in (stored[1] if stored else ()) if one.key == key]
    if not chosen:
        text = _("Den Vorschlag „{key}“ gibt es für diese Gemeinde nicht. Rechnen Sie die Vorschläge neu.")
        raise UsageError(text.format(key=key))
    present, blocks = project.plan(), project.blocks()
    if present is None and set(blocks["municipality"]) != {ags}:
        raise InputRefused(
            _("Es gibt noch keine Gebiete für die anderen Gemeinden."), (), _("Rechnen Sie zuerst einen Vorschlag.")
        )
    title = present.title if present is not None and present.status == "proposal" else _("Vorschlag")
    plan = take_alternative(present, chosen[0], blocks, ags, title=title, created=when)
    plan = replace(plan, decisions=kept_decisions(present, plan))
    project.save_plan(plan)
    return plan


def _municipality(project: Project, ags: str) -> Any:
    municipalities = project.municipalities().set_index("ags", drop=False)
    if ags not in municipalities.index:
        raise UsageError(
            _("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht; es gibt {known}.").format(
                ags=ags, known=", ".join(sorted(municipalities.index))
            )
        )
    return municipalities.loc[ags]


def _key(ags: str) -> str:
    return f"suggestions:{ags}"
