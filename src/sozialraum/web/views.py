"""What the pages show, taken from the project as it is. Nothing is computed here.

Values come only from tables that were made of released counts; observations and area counts never leave.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd

from sozialraum.base import ProjectRefused, _, code_key, name_key
from sozialraum.base.language import catalogue
from sozialraum.web import shapes
from sozialraum.web.jobs import finding_json
from sozialraum.web.session import Session
from sozialraum.web.tables import from_text, plain, records

SHOWN_EVENTS = 6


def state(session: Session) -> dict[str, Any]:
    """Everything the frame of every page needs: project, steps, running job, latest events."""
    running = session.jobs.running()
    answer: dict[str, Any] = {
        "home": str(session.home),
        "project": None,
        "steps": [],
        "events": [],
        "job": running.as_json() if running else None,
    }
    if session.is_open:
        project = session.project
        answer["project"] = session.drawn(("project",), lambda: about(project))
        answer["steps"] = session.drawn(
            ("steps", _("Gebiete")), lambda: [plain(dataclasses.asdict(step)) for step in session.work.state(project)]
        )
        answer["events"] = records(project.events.tail(SHOWN_EVENTS).iloc[::-1])
    return answer


def about(project: Any) -> dict[str, Any]:
    """Name, mark and size of the project."""
    plan, values = project.plan(), project.results("indicator_values")
    return {
        "name": project.settings.get("name", ""),
        "folder": str(project.folder),
        "notice": project.settings.get("notice", ""),
        "language": project.settings.get("language", "de"),
        "municipalities": len(project.municipalities()),
        "areas": 0 if plan is None else len(plan.areas),
        "plan": "" if plan is None else plan.title,
        "period": "" if values.empty else str(values["period"].max()),
    }


def areas(session: Session) -> dict[str, Any]:
    """Municipalities with their limits, and the areas of the current plan."""
    project = session.project
    plan, municipalities = project.plan(), project.municipalities()
    columns = ["ags", "name", "kind", "size_low", "size_high", "areas"]
    answer: dict[str, Any] = {
        "municipalities": records(municipalities.sort_values("name", key=lambda names: names.map(name_key)), columns),
        "plan": None,
        "areas": [],
        "changes": [],
        "notes": [],
    }
    if plan is not None:
        answer["plan"] = {
            "plan_id": plan.plan_id,
            "title": plan.title,
            "status": plan.status,
            "created": plan.created,
        }
        answer["areas"] = area_rows(session, plan)
        answer["changes"] = [plain(dataclasses.asdict(change)) for change in plan.changes]
        answer["notes"] = plain(plan.parameters.get("notes", ()))
    return answer


def area_rows(session: Session, plan: Any) -> list[dict[str, Any]]:
    """The areas by municipality and code, with their inhabitants."""
    people = shapes.populations(shapes.areas(session))
    rows = records(plan.areas, ["area_id", "code", "name", "municipality", "origin"])
    rows.sort(key=lambda row: (row["municipality"], code_key(row["code"])))
    return [{**row, "population": plain(people.get(row["area_id"]))} for row in rows]


def deliveries(session: Session) -> list[dict[str, Any]]:
    """Deliveries, the latest first: what was read, skipped and assumed."""
    frame = session.project.deliveries()
    return [delivery(row) for row in frame.iloc[::-1].to_dict("records")]


def delivery(row: dict[str, Any]) -> dict[str, Any]:
    findings = row.get("findings")
    parts = findings if isinstance(findings, list | tuple) else []
    shown = {key: plain(value) for key, value in row.items() if key not in ("findings", "hash", "stored_as")}
    return {**shown, "findings": [finding_json(part) for part in parts]}


def indicators(session: Session) -> dict[str, Any]:
    """The indicators in print order with their themes, and the periods there are values for."""
    from sozialraum import indicators as station

    values = session.project.results("indicator_values")
    return {
        "definitions": [plain(definition_json(definition)) for definition in station.definitions()],
        "themes": plain(session.drawn(("themes", _("Gebiete")), lambda: themes(station.themes()))),
        "periods": sorted({str(period) for period in values["period"]}) if not values.empty else [],
    }


def definition_json(definition: Any) -> dict[str, Any]:
    if dataclasses.is_dataclass(definition) and not isinstance(definition, type):
        return {field.name: getattr(definition, field.name) for field in dataclasses.fields(definition)}
    return definition.model_dump()


def themes(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        return [{"id": key, "title": plain(title)} for key, title in found.items()]
    return [theme if isinstance(theme, dict) else definition_json(theme) for theme in found]


def indicator_values(session: Session, indicator: str, period: str) -> list[dict[str, Any]]:
    """The released values of one indicator at one date, areas, municipalities and region."""
    values = session.project.results("indicator_values")
    return records(values[(values["indicator"] == indicator) & (values["period"] == period)])


def index(session: Session) -> dict[str, Any]:
    """Classes and dynamics of all areas, and how the index was computed."""
    project = session.project
    return {"values": records(project.results("index_values")), "record": plain(project.record().get("index", {}))}


def need(session: Session) -> dict[str, Any]:
    project = session.project
    record = project.record()
    return {
        "values": records(project.results("supply_values")),
        "target": plain(project.settings.get("target")),
        "record": plain(record.get("target", {})),
    }


def impulses(session: Session) -> list[dict[str, Any]]:
    """The impulses by area, with the figures that fired them."""
    rows = records(session.project.results("impulses"))
    return [{**row, "figures": from_text(row.get("figures"))} for row in rows]


def profile(session: Session, area_id: str) -> dict[str, Any]:
    """Everything released about one area, with its municipality and the region beside it."""
    project = session.project
    plan = project.plan()
    chosen = plan.areas[plan.areas["area_id"] == area_id] if plan is not None else pd.DataFrame()
    if chosen.empty:
        raise ProjectRefused(_("Dieses Gebiet gibt es im geltenden Plan nicht."))
    area = records(chosen)[0]
    units = {area_id, area["municipality"], "region"}

    def rows(name: str) -> list[dict[str, Any]]:
        frame = project.results(name)
        return [] if frame.empty else records(frame[frame["unit"].isin(units)])

    return {
        "area": area,
        "values": rows("indicator_values"),
        "index": rows("index_values"),
        "supply": rows("supply_values"),
        "impulses": [row for row in impulses(session) if row.get("area_id") == area_id],
    }


def protection(session: Session) -> dict[str, Any]:
    """What is hidden and why, as counts."""
    record = session.project.record()
    return plain(record.get("release", {}))


def releases(session: Session) -> list[dict[str, Any]]:
    frame = session.project.releases()
    return [] if frame.empty else records(frame.sort_values("created", ascending=False))


def words(language: str) -> dict[str, Any]:
    """The catalogue of a language for the pages: German text to text, or to singular and plural."""
    found = getattr(catalogue(language), "_catalog", {})
    texts: dict[str, Any] = {}
    for key, text in found.items():
        if isinstance(key, tuple):
            forms = texts.setdefault(key[0], ["", ""])
            if isinstance(forms, list):
                forms[min(key[1], 1)] = text
        elif key:
            texts[key] = text
    return texts
