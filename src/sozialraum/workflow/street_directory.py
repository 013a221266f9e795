"""The street directory of a plan: which streets and house numbers belong to which area."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sozialraum.base import InputRefused, UsageError, _, code_key, current_language, in_language, name_key
from sozialraum.base.whole_files import write_whole
from sozialraum.blocks import place_addresses
from sozialraum.delineation import Plan
from sozialraum.project import Project
from sozialraum.publish.street_directory import (
    AreaStreets,
    Ends,
    StreetDirectory,
    StreetLine,
    directory_pdf,
    directory_workbook,
)
from sozialraum.street_grid import OPEN_EVEN, OPEN_ODD, Record, area_labels, make_records
from sozialraum.workflow import words
from sozialraum.workflow.main import current_plan, now

FORMS = {".pdf": directory_pdf, ".xlsx": directory_workbook}


def street_directory(
    project: Project,
    *,
    plan_id: str = "",
    ags: str = "",
    area_id: str = "",
    today: str = "",
    language: str | None = None,
) -> StreetDirectory:
    """The directory of a plan, of one municipality or of one area; ready to be printed or written.

    plan_id : '' = the current plan. today : ISO date of making, today by default.
    Numbers nobody has yet belong to the nearer house of their side, as in the street grid.
    Raises InputRefused without plan or register, UsageError for an unknown municipality or area.
    """
    plan = (project.plan(plan_id) if plan_id else None) or current_plan(project)
    addresses = project.addresses()
    if addresses.empty:
        raise InputRefused(
            _("Im Projekt gibt es kein Adressregister."),
            (),
            _("Lesen Sie es mit den Bausteinen oder als eigene Datei ein."),
        )
    wanted = _wanted(plan, ags, area_id)
    register = pd.DataFrame(place_addresses(addresses, project.blocks_of(plan)))
    key = register["block_id"].map({str(block): str(area) for block, area in plan.assignment.items()})
    records, _findings = make_records(register.assign(key=key.where(key.notna(), "")), area_labels(plan))
    towns = project.municipalities().set_index("ags")["name"].to_dict()
    versions = project.address_versions()
    with in_language(language or str(project.settings.get("language", "de"))):
        return StreetDirectory(
            region=str(project.settings.get("name", "")),
            plan=plan.title,
            register=str(versions["title"].iloc[-1]) if len(versions) else "",
            areas=_areas(plan, wanted, records, {str(town): str(name) for town, name in towns.items()}),
            created_on=today or now()[:10],
            notice=words.notice(project),
            language=current_language(),
        )


def write_street_directory(
    project: Project, file: Path, *, plan_id: str = "", ags: str = "", area_id: str = "", today: str = "",
    language: str | None = None,
) -> Path:  # fmt: skip
    """Write the directory as PDF or XLSX, by the ending; whole or not at all. Raises as `street_directory`."""
    file = Path(file)
    make = FORMS.get(file.suffix.lower())
    if make is None:
        raise UsageError(_("Das Straßenverzeichnis gibt es als PDF (.pdf) und als Arbeitsmappe (.xlsx)."))
    content = street_directory(
        project, plan_id=plan_id, ags=ags, area_id=area_id, today=today, language=language
    )  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole({file: make(content)})
    return file


def _wanted(plan: Plan, ags: str, area_id: str) -> pd.DataFrame:
    """The areas asked for, by municipality and code."""
    rows = plan.areas
    if area_id:
        rows = rows[rows["area_id"] == area_id]
        if rows.empty:
            raise UsageError(_("Das Gebiet „{name}“ gibt es nicht.").format(name=area_id))
    if ags:
        rows = rows[rows["municipality"] == ags]
        if rows.empty:
            raise UsageError(_("Die Gemeinde „{name}“ gibt es nicht.").format(name=ags))
    order = sorted(rows.index, key=lambda at: (rows.at[at, "municipality"], code_key(str(rows.at[at, "code"]))))
    return rows.loc[order]


def _areas(plan: Plan, wanted: pd.DataFrame, records: list[Record], towns: dict[str, str]) -> tuple[AreaStreets, ...]:
    labels = area_labels(plan)
    areas_of: dict[tuple[str, str], set[str]] = {}
    for record in records:
        areas_of.setdefault((record.postcode, record.street), set()).add(record.key)
    lines: dict[str, list[StreetLine]] = {}
    for record in records:
        alone = len(areas_of[record.postcode, record.street]) == 1
        lines.setdefault(record.key, []).append(_line(record, alone))
    return tuple(
        AreaStreets(
            str(area), labels[str(area)], towns.get(str(town), str(town)),
            tuple(sorted(lines.get(str(area), []), key=_order)),
        )
        for area, town in zip(wanted["area_id"], wanted["municipality"], strict=True)
    )  # fmt: skip


def _line(record: Record, whole: bool) -> StreetLine:
    return StreetLine(
        record.street, record.postcode, record.odd, record.even, whole,
        _is_open(record.odd, OPEN_ODD), _is_open(record.even, OPEN_EVEN),
    )  # fmt: skip


def _is_open(ends: Ends, open_end: int) -> bool:
    return ends is not None and ends[1] == open_end


def _order(line: StreetLine) -> tuple[str, str, int]:
    starts = [ends[0] for ends in (line.odd, line.even) if ends]
    return name_key(line.street), line.postcode, min(starts, default=0)
