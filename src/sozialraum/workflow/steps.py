"""Where the report stands: the seven steps, what is open in each, and the one next action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from sozialraum.base import _, plural
from sozialraum.base.numbers import counted, day
from sozialraum.delineation import Plan
from sozialraum.delineation.fingerprint import changed_inputs
from sozialraum.project import Project
from sozialraum.workflow.review_record import with_ids
from sozialraum.workflow.withdrawing import withdrawn_in_use

LAYERS = "_layers"  # when the blocks were last taken in
# What was found last: comparing reads all blocks, and nothing changes between two imports.
_CHANGED: dict[tuple[str, str, str | None], list[str]] = {}

State = Literal["not_started", "working", "done", "look"]


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of the work.

    state : not_started, working (begun), done, look (something wants attention).
    bar : share done, 0 to 1. points : open points as sentences, possibly none.
    action : what the next button does (import_blocks, propose, deliver, compute, confirm,
        report, open_report) or '' when nothing is to do; action_text : its words.
    """

    key: str
    title: str
    state: State
    bar: float
    bar_text: str
    points: tuple[str, ...] = ()
    action: str = ""
    action_text: str = ""


def state(project: Project) -> list[StepState]:
    """The seven steps in order."""
    return [
        _areas(project),
        _data(project),
        _indicators(project),
        _index(project),
        _need(project),
        _release(project),
        _report(project),
    ]


def next_step(steps: list[StepState]) -> StepState:
    """The first step that is not finished; the report when all are."""
    return next((step for step in steps if step.state != "done" and step.action), steps[-1])


def _areas(project: Project) -> StepState:
    title = _("Gebiete")
    municipalities = project.municipalities()
    if municipalities.empty:
        return StepState(
            "areas", title, "not_started", 0, _("noch keine Bausteine"), (), "import_blocks", _("Bausteine einlesen")
        )
    plan = project.plan()
    total = len(municipalities)
    if plan is None:
        bar = _("Bausteine aus {count} gelesen").format(count=counted(total, _("Gemeinde"), _("Gemeinden")))
        return StepState(
            "areas", title, "working", 0.3, bar, (_("Es gibt noch keine Gebiete."),), "propose", _("Vorschlag rechnen")
        )
    count = len(plan.areas)
    bar = plural("{areas} Gebiet in {municipalities}", "{areas} Gebiete in {municipalities}", count).format(
        areas=count, municipalities=counted(total, _("Gemeinde"), _("Gemeinden"))
    )
    points = (_("Vorschlag, noch nicht beschlossen"),) if plan.status == "proposal" else ()
    return StepState("areas", title, "done", 1, bar, (*points, *_changed(project, plan)))


def _changed(project: Project, plan: Plan) -> list[str]:
    """Proposed municipalities whose blocks or lines are no longer those the proposal was made from."""
    known = (str(project.folder), plan.plan_id, project.record(LAYERS))
    if known not in _CHANGED:
        found = changed_inputs(plan, project.blocks(), project.municipalities(), project.lines())
        _CHANGED.clear()
        _CHANGED[known] = [finding.what for finding in found]
    return _CHANGED[known]


def _data(project: Project) -> StepState:
    title, deliveries = _("Daten"), project.deliveries()
    deliveries = deliveries[deliveries["in_force"]]
    points = _waiting_deliveries(project)
    if deliveries.empty:
        state: State = "working" if points else "not_started"
        bar = _("noch keine Lieferung")
        return StepState("data", title, state, 0, bar, tuple(points), "deliver", _("Lieferung aufnehmen"))
    if warnings := _undecided(deliveries):
        points.append(
            plural("{count} Befund zu den Lieferungen", "{count} Befunde zu den Lieferungen", warnings).format(
                count=warnings
            )
        )
    points += _holes(project)
    bar = counted(len(deliveries), _("Lieferung übernommen"), _("Lieferungen übernommen"))
    if project.review_rows():
        return StepState("data", title, "look", 0.7, bar, tuple(points[:3]), "deliver", _("Lieferung prüfen"))
    return StepState("data", title, "done", 1, bar, tuple(points[:3]))


def _undecided(deliveries: pd.DataFrame) -> int:
    """Warnings of deliveries that no person decided on; what a command took over waits for a look."""
    count = 0
    for findings, decisions in zip(deliveries["findings"], deliveries["decisions"], strict=True):
        decided = {one["finding"] for one in decisions if one["decision"] and not one.get("by_command")}
        count += sum(one.severity == "warning" and key not in decided for key, one in with_ids(findings).items())
    return count


def _waiting_deliveries(project: Project) -> list[str]:
    """Received files that wait, and withdrawn deliveries that the results still rest on."""
    points = []
    if waiting := project.review_rows():
        text = plural(
            "{count} Lieferung zu klären: „{file}“", "{count} Lieferungen zu klären, zuerst „{file}“", len(waiting)
        )
        points.append(text.format(count=len(waiting), file=waiting[0].file_name))
    if gone := len(withdrawn_in_use(project)):
        text = plural(
            "{count} zurückgezogene Lieferung steckt noch in den Ergebnissen",
            "{count} zurückgezogene Lieferungen stecken noch in den Ergebnissen",
            gone,
        )
        points.append(text.format(count=gone))
    return points


def _holes(project: Project) -> list[str]:
    """Municipalities that have delivered nothing for a theme in the latest edition."""
    counts = project.results("released_counts")
    if counts.empty:
        return []
    latest = counts[(counts["level"] == "municipality") & (counts["status"] == "missing")]
    latest = latest[latest["period"] == counts["period"].max()]
    names = dict(zip(project.municipalities()["ags"], project.municipalities()["name"], strict=True))
    return [
        _("{name}: nicht alles geliefert").format(name=names.get(ags, ags)) for ags in sorted(latest["unit"].unique())
    ]


def _waiting(key: str, title: str, for_what: str) -> StepState:
    return StepState(key, title, "not_started", 0, _("wartet auf: {step}").format(step=for_what))


def _indicators(project: Project) -> StepState:
    title, values = _("Indikatoren"), project.results("indicator_values")
    if project.plan() is None or not project.deliveries()["in_force"].any():
        return _waiting("indicators", title, _("Gebiete und Daten"))
    if values.empty:
        return StepState(
            "indicators", title, "not_started", 0, _("noch nicht gerechnet"), (), "compute", _("Indikatoren rechnen")
        )
    # They rest on another plan or on other deliveries than there are now.
    if project.results_are_stale():
        return StepState(
            "indicators",
            title,
            "look",
            0.5,
            _("neue Angaben liegen vor"),
            (_("Bis zum Rechnen gelten die alten Werte."),),
            "compute",
            _("Neu rechnen"),
        )
    areas = values[values["level"] == "area"]
    known = areas["status"].ne("missing").groupby(areas["indicator"]).any()
    bar = _("{known} von {all} Indikatoren mit Werten").format(known=int(known.sum()), all=len(known))
    return StepState("indicators", title, "done", float(known.mean()), bar)


def _index(project: Project) -> StepState:
    title, values = _("Index"), project.results("index_values")
    if values.empty:
        return _waiting("index", title, _("Indikatoren"))
    values = values[values["period"] == values["period"].max()]
    classed = int((values["status_class"] > 0).sum())
    unsure = int((~values["certain"].astype(bool) & (values["status_class"] > 0)).sum())
    points = (
        (
            plural(
                "{count} Gebiet mit unsicherer Einstufung", "{count} Gebiete mit unsicherer Einstufung", unsure
            ).format(count=unsure),
        )
        if unsure
        else ()
    )
    bar = _("{classed} von {all} Gebieten eingestuft").format(classed=classed, all=len(values))
    return StepState("index", title, "done", classed / max(len(values), 1), bar, points)


def _need(project: Project) -> StepState:
    title, supply, impulses = _("Bedarf"), project.results("supply_values"), project.results("impulses")
    if project.results("indicator_values").empty:
        return _waiting("need", title, _("Indikatoren"))
    if supply.empty:
        return StepState(
            "need",
            title,
            "look",
            0,
            _("kein Zielwert festgelegt"),
            (_("Ohne Zielwert wird kein Bedarf gerechnet."),),
            "target",
            _("Zielwert festlegen"),
        )
    open_ = int((impulses["state"] == "arisen").sum()) if not impulses.empty else 0
    decided = len(impulses) - open_
    bar = _("{decided} von {all} Impulsen entschieden").format(decided=decided, all=len(impulses))
    if open_:
        points = (
            plural("{count} Impuls noch nicht bestätigt", "{count} Impulse noch nicht bestätigt", open_).format(
                count=open_
            ),
        )
        return StepState(
            "need", title, "working", decided / max(len(impulses), 1), bar, points, "confirm", _("Impulse ansehen")
        )
    return StepState("need", title, "done", 1, bar)


def _release(project: Project) -> StepState:
    title, counts = _("Freigabe"), project.results("released_counts")
    if counts.empty:
        return _waiting("release", title, _("Indikatoren"))
    hidden = int((counts["status"] == "suppressed").sum())
    return StepState("release", title, "done", 1, counted(hidden, _("Zelle verborgen"), _("Zellen verborgen")))


def _report(project: Project) -> StepState:
    title, releases = _("Bericht"), project.releases()
    if project.results("indicator_values").empty:
        return _waiting("report", title, _("Indikatoren"))
    if releases.empty:
        return StepState(
            "report", title, "not_started", 0, _("noch nicht geschrieben"), (), "report", _("Bericht schreiben")
        )
    latest = releases.sort_values("created").iloc[-1]
    bar = _("geschrieben am {day}").format(day=day(str(latest["created"])[:10]))
    if _newer_results(project, latest):
        return StepState(
            "report",
            title,
            "look",
            0.7,
            bar,
            (_("Seitdem wurde neu gerechnet oder entschieden."),),
            "report",
            _("Bericht neu schreiben"),
        )
    return StepState("report", title, "done", 1, bar, (), "open_report", _("Bericht ansehen"))


def _newer_results(project: Project, release: pd.Series) -> bool:
    changed = project.last_change_of_results()
    return bool(changed and changed > str(release["created"]))
