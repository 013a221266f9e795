"""All names of benefits as a workbook that is changed elsewhere and read back, with a list of what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sozialraum.base import Finding, _, current_language
from sozialraum.base.numbers import day
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.texts import NotADay, parse_day
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.benefit_rows import NameRow, by_code, name_faults, order_faults, validity, with_code
from sozialraum.workflow.benefits import benefit_names, keep, lost_names
from sozialraum.workflow.record_sheets import (
    Line,
    RecordKind,
    differences,
    records_book,
    records_on,
    refuse_faulty,
    twice,
)

SHEET = "Leistungen"


@dataclass(frozen=True)
class NameChanges:
    """What a form or workbook makes of the names. lines : (kind 'new', 'changed', 'gone'; title; what)."""

    rows: tuple[NameRow, ...]
    lines: tuple[Line, ...]


def names_workbook(project: Project) -> bytes:
    """All names as a workbook, one row each. The same names give the same bytes."""
    return records_book(_("Namen von Leistungen"), [(name_kind(), benefit_names(project))])


def read_names(project: Project, file: Path) -> NameChanges:
    """What a returned workbook changes; nothing is kept. Raises InputRefused with every fault and its row."""
    content = open_file(Path(file))
    faults: list[Finding] = []
    numbered = records_on(content, name_kind(), faults)
    kept: list[tuple[int, NameRow]] = []
    for number, row in numbered:
        kept.append((number, with_code(row, [*benefit_names(project), *(one for _number, one in kept)])))
    faults += twice(content, name_kind(), kept)
    rows = [row for _number, row in kept]
    if not faults:
        places = {row: number for number, row in kept}
        faults = [Finding(what, content.name, SHEET, places.get(row)) for row, what in order_faults(rows)]
    if not faults:
        faults = [Finding(what, content.name, SHEET) for what in lost_names(project, rows)]
    refuse_faulty(content, _("„{file}“: Diese Namen von Leistungen können so nicht übernommen werden."), faults)
    return _changes(project, rows)


def apply_names(project: Project, file: Path, role: str = DEFAULT_ROLE) -> NameChanges:
    """Take over what a returned workbook changes. Raises InputRefused as `read_names`."""
    changes = read_names(project, file)
    if changes.lines:
        keep(project, changes.rows, role)
    return changes


def name_labels() -> dict[str, str]:
    """Field of a name -> what it is called; the key stands last."""
    return {
        "title": _("Leistung"), "de": _("Name"), "en": _("Name auf Englisch"), "since": _("gilt ab"),
        "until": _("gilt bis"), "code": _("Schlüssel (bleibt, bei Neuem leer)"),
    }  # fmt: skip


def name_kind() -> RecordKind[NameRow]:
    def texts(row: NameRow) -> list[str]:
        return [row.title, row.de, row.en, _written(row.since), _written(row.until), row.code]

    return RecordKind(
        SHEET,
        name_labels,
        texts,
        lambda row: NameRow(**row | {name: _iso(row[name]) for name in ("since", "until")}),
        name_faults,
        lambda row: f"{row.code} {row.since}",
        lambda row: f"{row.de} ({validity(row, row.until)})",
    )


def _written(iso: str) -> str:
    """A day as it is read again, whatever the language."""
    return day(iso) if current_language() == "de" else iso


def _iso(text: str) -> str:
    """A day as ISO text; what is none stays and is refused with the other faults."""
    try:
        return parse_day(text.removesuffix(" 00:00:00").strip()) if text else ""
    except NotADay:
        return text


def _changes(project: Project, rows: Sequence[NameRow]) -> NameChanges:
    ordered = tuple(row for group in by_code(rows).values() for row in group)
    lines, _gone = differences(name_kind(), benefit_names(project), ordered)
    return NameChanges(ordered, tuple(lines))
