"""What the page "Übertragung" is told: geographies, ways of their features, errors, what lies outside, one unit."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sozialraum.base import UsageError, _, current_language
from sozialraum.carrying import class_name, method_name
from sozialraum.web.carrying_map import areas_of, unit_map, unit_shape
from sozialraum.web.session import Session
from sozialraum.workflow import carrying_view as view
from sozialraum.workflow.blocks_sources import TABLES
from sozialraum.workflow.carrying_choice import Way
from sozialraum.workflow.geographies import geography_rows
from sozialraum.workflow.geography_files import KEY_NAMES, NAME_NAMES, columns_of


def page_json(session: Session) -> dict[str, Any]:
    """All geographies, and what there is to divide by."""
    project = session.project
    rows = geography_rows(project)
    named = view.titles(project, {feature for row in rows for feature in row.features})
    kinds = {"shapes": _("Flächen"), "grid": _("Gitterzellen"), "keys": _("Liste von Bausteinen")}
    return {
        "blocks": len(project.blocks()),
        "addresses": len(project.addresses()),
        "geographies": [
            {
                **asdict(row),
                "kind": kinds[row.kind],
                "features": [{"code": code, "title": named[code]} for code in row.features],
            }
            for row in rows
        ],
    }


def look_json(path: Path) -> dict[str, Any]:
    """Which columns of a dropped file may be key and name; for a table nothing has to be chosen."""
    columns = columns_of(str(path))
    written = {column.lower(): column for column in columns}
    usual = [next((written[name] for name in names if name in written), "") for names in (KEY_NAMES, NAME_NAMES)]
    return {
        "file": path.name,
        "table": path.suffix.lower() in TABLES,
        "columns": list(columns),
        "key": usual[0],
        "name": usual[1],
    }


def geography_json(session: Session, code: str) -> dict[str, Any]:
    """One geography: its units, how each feature is divided, errors, what lies outside."""
    project = session.project
    row = next((row for row in geography_rows(project) if row.code == code), None)
    if row is None:
        raise UsageError(_("Die Gliederung „{code}“ gibt es nicht.").format(code=code))
    names, ways = project.geography_names(code), view.ways(project, code)
    named = view.titles(project, [way.feature for way in ways])
    return {
        "code": code,
        "title": row.title,
        "units": [{"key": key, "name": name} for key, name in names.items()],
        "ways": [_way_json(way, named[way.feature]) for way in ways],
        "errors": [asdict(one) for one in view.errors_of(project, code)],
        "outside": [asdict(one) for one in view.outside_of(project, code)],
        "stale": project.results_are_stale(),
    }


def _way_json(way: Way, title: str) -> dict[str, Any]:
    return {
        "feature": way.feature,
        "title": title,
        "kind": way.matrix.kind,
        "method": method_name(way.matrix.kind),
        "error_class": way.matrix.error_class if way.matrix.steps else "A",
        "reason": way.reason,
        "sentence": view.ended(way.reason),
        "chosen": way.chosen,
        "sentences": view.matrix_sentences(way.matrix),
        "alternatives": [
            {
                "kind": one.kind,
                "method": method_name(one.kind),
                "what": class_name(one.error_class if one.steps else "A"),
            }
            for one in way.alternatives
        ],
    }


def unit_json(session: Session, code: str, unit: str, feature: str) -> dict[str, Any]:
    """Where the parts of a unit go, as a list and on a small map."""
    project = session.project
    weights = view.weights_of_unit(project, code, feature, unit)
    plan = project.plan()
    key = ("carrying", "areas", current_language())
    areas = session.drawn(key, lambda: areas_of(project, plan))
    shape = unit_shape(project, code, unit, weights, areas)
    return {
        "unit": unit,
        "weights": [{"name": one.name, "part": view.part_text(one.part), "outside": not one.area} for one in weights],
        "map": None if shape is None else unit_map(shape, weights, areas, project.lines()),
    }
