"""What the page "Straßenraster" shows, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sozialraum import street_grid
from sozialraum.base import InputRefused, _
from sozialraum.street_grid import AT_LEAST, Format
from sozialraum.web.jobs import finding_json, problem_of
from sozialraum.web.session import Session

PARTNERS = 6


def page(session: Session, plan_id: str) -> dict[str, Any]:
    """The whole page; where plan or register are missing, what is missing and what to do."""
    project = session.project
    shared = {"plans": plans(project), "form": form_json(session), "levels": levels(project)}
    try:
        found = session.work.street_grid_prospect(project, plan_id)
    except InputRefused as missing:
        return shared | {"missing": problem_of(missing), "plan": None}
    return shared | {
        "missing": None,
        "plan": {"plan_id": found.plan.plan_id, "title": found.plan.title, "status": found.plan.status},
        "day": found.day,
        "sentences": session.work.street_grid_sentences(found)[:2],
        "towns": towns(found),
        "groups": [group(found, areas, "confirmed") for areas in found.confirmed]
        + [group(found, areas, "proposed") for areas in found.proposed],
        "findings": [finding_json(finding) for finding in found.findings],
        "written": written_on(project, found.plan.plan_id),
    }


def plans(project: Any) -> list[dict[str, Any]]:
    """All plans of the project, the newest first."""
    rows = project.plans()
    return [
        {"plan_id": str(plan), "title": str(title), "status": str(status)}
        for plan, title, status in zip(rows["plan_id"], rows["title"], rows["status"], strict=True)
    ][::-1]


def towns(found: Any) -> list[dict[str, Any]]:
    """Per municipality: Viertel, inhabitants, streets, lines of `ra`."""
    rows: dict[str, dict[str, Any]] = {}
    town_of = {}
    for unit in found.grid.units:
        if unit.level == "viertel":
            row = rows.setdefault(unit.municipality, _town(unit.municipality, unit.municipality_name))
            row["viertel"] += 1
            row["people"] += unit.inhabitants or 0
            row["smallest"] = min(row["smallest"] or unit.inhabitants, unit.inhabitants)
            town_of[unit.key] = unit.municipality
    streets: dict[str, set[tuple[str, str]]] = {ags: set() for ags in rows}
    for record in found.grid.records:
        ags = town_of[record.key]
        rows[ags]["lines"] += 1
        streets[ags].add((record.postcode, record.street))
    for ags, row in rows.items():
        row["streets"] = len(streets[ags])
    return [rows[ags] for ags in sorted(rows)]


def _town(ags: str, name: str) -> dict[str, Any]:
    return {"ags": ags, "name": name, "viertel": 0, "people": 0, "smallest": None, "streets": 0, "lines": 0}


def group(found: Any, areas: Iterable[str], state: str) -> dict[str, Any]:
    """A delivery group: its areas, its key, and the neighbours the planner may choose instead."""
    members = list(areas)
    rows = found.plan.areas.set_index("area_id")
    labels = street_grid.area_labels(found.plan)
    small = [area for area in members if found.people[area] < AT_LEAST]
    others = street_grid.partners(found.likeness, small)[:PARTNERS] if len(small) == 1 and len(members) == 2 else []
    enough = [area for area in others if found.people[area] + found.people[small[0]] >= AT_LEAST]
    ags = str(rows.at[members[0], "municipality"])
    town = next((unit.municipality_name for unit in found.grid.units if unit.municipality == ags), ags)
    return {
        "state": state,
        "town": town,
        "key": found.grid.keys[members[0]],
        "people": sum(found.people[area] for area in members),
        "areas": [
            {"area_id": area, "label": labels[area], "people": found.people[area], "small": area in small}
            for area in members
        ],
        "partners": [{"area_id": area, "label": labels[area], "people": found.people[area]} for area in enough],
    }


def form_json(session: Session) -> dict[str, Any]:
    """The form of the files: as it is, as it is assumed, and what can be chosen."""
    form: Format = session.work.street_grid_format(session.project)
    labels = street_grid.field_labels()
    return {
        "now": form.to_json(),
        "guess": street_grid.guessed_format().to_json(),
        "changed": form != street_grid.guessed_format(),
        "separators": [{"value": name, "label": _separator(name)} for name in street_grid.SEPARATORS],
        "encodings": [{"value": name, "label": name} for name in street_grid.ENCODINGS],
        "zu_fields": [{"value": name, "label": labels[name]} for name in street_grid.ZU_FIELDS],
        "ra_fields": [{"value": name, "label": labels[name]} for name in street_grid.RA_FIELDS],
    }


def _separator(name: str) -> str:
    names = {";": _("Semikolon"), ",": _("Komma"), "|": _("senkrechter Strich"), "tab": _("Tabulator")}
    return names[name]


def levels(project: Any) -> dict[str, Any]:
    """Groupings of whole areas that can be the middle level, and the one that is chosen."""
    kept = project.settings.get("street_grid") or {}
    fitting = [one for one in project.groupings() if one.relation == "above"]
    return {
        "chosen": str(kept.get("middle") or ""),
        "groupings": [{"value": one.grouping_id, "label": one.title} for one in fitting],
    }


def written_on(project: Any, plan_id: str) -> str:
    """When the files of a plan were last written (ISO), '' = never."""
    kept = project.settings.get("street_grid") or {}
    return str((kept.get("written") or {}).get(plan_id, {}).get("on", ""))


def written_json(plan_id: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The files that can now be fetched."""
    return {
        "plan_id": plan_id,
        "files": [
            {"name": name, "bytes": len(content), "lines": content.count(b"\n")} for name, content in files.items()
        ],
    }
