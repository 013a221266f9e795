"""Groupings of areas or blocks: made by ticking areas, or read from a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sozialraum import plans
from sozialraum.base import Finding, InputRefused, UsageError, _, plural
from sozialraum.blocks.layers import some
from sozialraum.plans.groupings import RELATIONS, Grouping
from sozialraum.project import Project
from sozialraum.workflow.main import current_plan, now

KEYS = ("block_id", "area_id")


def group_areas(
    project: Project, units: Mapping[str, str], *, title: str, role: str, ags: str = "",
    names: Mapping[str, str] | None = None, purpose: str = "", level: str = "", relation: str = "above",
) -> Grouping:  # fmt: skip
    """Group whole areas of the current plan and keep it: area_id -> unit, areas without a unit stay out.

    Raises UsageError: no title, no role, no unit, an unknown municipality, an area the plan does not have.
    """
    chosen = {area: unit.strip() for area, unit in units.items() if unit.strip()}
    _refuse_nameless(title, role, relation)
    _refuse_unknown_town(project, ags)
    if not chosen:
        raise UsageError(_("Es ist keinem Gebiet eine Einheit zugeordnet."))
    made = plans.group_areas(
        current_plan(project), chosen, grouping_id=_new_id(project), title=title.strip(), ags=ags, names=names,
        purpose=purpose.strip(), level=level.strip(), created=now(), role=role.strip(),
    )  # fmt: skip
    project.save_grouping(made)
    return made


def read_grouping(
    project: Project, file: Path, *, title: str, role: str, ags: str = "", purpose: str = "", level: str = "",
    relation: str = "above",
) -> Grouping:  # fmt: skip
    """Read a grouping from a table block_id;unit or area_id;unit (and name) and keep it.

    Raises InputRefused with every finding: no such columns, empty cells, unknown blocks or areas, one given twice.
    """
    _refuse_nameless(title, role, relation)
    _refuse_unknown_town(project, ags)
    plan = current_plan(project)
    key, rows = _table(Path(file))
    known = set(plan.assignment.index) if key == "block_id" else set(plan.areas["area_id"])
    findings = _findings(rows, key, known)
    if findings:
        raise _refused(file, findings)
    unit_of = {row[key]: row["unit"] for row in rows}
    names = {row["unit"]: row["name"] or row["unit"] for row in reversed(rows)}
    assignment = plan.assignment.map(unit_of).dropna() if key == "area_id" else pd.Series(unit_of, dtype=object)
    assignment = assignment.astype(object).rename("unit").rename_axis("block_id").sort_index()
    made = Grouping(
        _new_id(project), ags, title.strip(), purpose.strip(), level.strip(), relation,  # type: ignore[arg-type]
        assignment, dict(sorted(names.items())), plan.plan_id if key == "area_id" else "", now(), role.strip(),
    )  # fmt: skip
    project.save_grouping(made)
    return made


def _refuse_nameless(title: str, role: str, relation: str) -> None:
    if not title.strip():
        raise UsageError(_("Geben Sie der Gliederung einen Namen."))
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie die Gliederung anlegen."))
    if relation not in RELATIONS:
        raise UsageError(_("Eine Gliederung fasst Gebiete zusammen, teilt sie oder ist davon unabhängig."))


def _refuse_unknown_town(project: Project, ags: str) -> None:
    if ags and ags not in set(project.municipalities()["ags"]):
        raise UsageError(_("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht.").format(ags=ags))


def _new_id(project: Project) -> str:
    taken = {one.grouping_id for one in project.groupings()}
    number = 1
    while f"g{number}" in taken:
        number += 1
    return f"g{number}"


def _table(file: Path) -> tuple[str, list[dict[str, str]]]:
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    separator = max(";,\t", key=lambda sign: (text.partition("\n")[0].count(sign), sign == ";"))
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        todo = _("Erwartet wird die Kopfzeile {head}.").format(head="area_id;unit;name")
        raise _refused(file, [Finding(_("Die Datei ist keine lesbare Tabelle."), todo=todo)]) from error
    lines = [[cell.strip() for cell in row] for row in found]
    head = lines[0] if lines else []
    key = next((name for name in KEYS if name in head), "")
    if not key or "unit" not in head:
        what = _("Die Spalten block_id oder area_id und unit fehlen.")
        todo = _("Erwartet wird die Kopfzeile {head}.").format(head="area_id;unit;name")
        raise _refused(file, [Finding(what, row=1, todo=todo)])
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if any(cells):
            row = {name: cells[place] if place < len(cells) else "" for place, name in enumerate(head)}
            rows.append({key: row[key], "unit": row["unit"], "name": row.get("name", ""), "row": str(number)})
    return key, rows


def _findings(rows: list[dict[str, str]], key: str, known: set[str]) -> list[Finding]:
    if not rows:
        return [Finding(_("Die Tabelle ist leer."))]
    findings, seen = [], set()
    for row in rows:
        for column in (key, "unit"):
            if not row[column]:
                findings.append(Finding(_("Die Zelle ist leer."), row=int(row["row"]), column=column))
        if row[key] in seen:
            what = _("„{text}“ steht mehrfach in der Tabelle.").format(text=row[key])
            findings.append(Finding(what, row=int(row["row"]), column=key))
        seen.add(row[key])
    strange = sorted(seen - known - {""})
    if strange:
        text = plural("Unbekannter Schlüssel: {names}.", "Unbekannte Schlüssel: {names}.", len(strange))
        findings.append(Finding(text.format(names=some(strange)), column=key))
    return findings


def _refused(file: Path, findings: list[Finding]) -> InputRefused:
    headline = _("Die Gliederung in „{file}“ kann nicht übernommen werden.").format(file=Path(file).name)
    return InputRefused(headline, findings, _("Es wurde nichts übernommen."))
