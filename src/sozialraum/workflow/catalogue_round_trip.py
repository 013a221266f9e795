"""Sources and data sets as a workbook that is changed elsewhere and read back, with a list of what it changes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from sozialraum.base import Finding, InputRefused, _, current_language, in_language
from sozialraum.base.language import LANGUAGES
from sozialraum.base.text import shown
from sozialraum.deliveries.catalogue_records import (
    COUNTS,
    GEOGRAPHIES,
    VISIBLE_TO,
    DataSet,
    Source,
    counts_words,
    geography_words,
    visible_words,
)
from sozialraum.deliveries.files import Content, Sheet, open_file
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.catalogue_search import data_set_faults, known_data_sets, source_faults

SOURCES, DATA_SETS = "Quellen", "Datensätze"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class RecordChanges:
    """What a returned workbook changes. lines : (kind 'new', 'changed', 'gone'; title; what), in that order."""

    sources: tuple[Source, ...]
    data_sets: tuple[DataSet, ...]
    without: tuple[str, ...]
    lines: tuple[tuple[str, str, str], ...]


def source_labels() -> dict[str, str]:
    """Field of a source -> what it is called."""
    return {
        "source_id": _("Schlüssel"), "holder": _("Stelle"), "contact": _("Funktion"),
        "legal_basis": _("Rechtsgrundlage"), "note": _("Bemerkung"),
    }  # fmt: skip


def data_set_labels() -> dict[str, str]:
    """Field of a data set -> what it is called."""
    return {
        "data_set_id": _("Schlüssel"), "source_id": _("Schlüssel der Quelle"), "title": _("Titel"),
        "theme": _("Thema"), "geography": _("Raumbezug"), "rhythm": _("Rhythmus in Monaten"),
        "terms": _("Bedingungen"), "threshold": _("Schwelle"), "visible_to": _("Einsicht"),
        "recipe": _("Einleseregel"), "counts": _("Gezählt werden"),
    }  # fmt: skip


def records_workbook(project: Project) -> bytes:
    """The sources and data sets, one row each; heads in the current language. The same records give the same bytes."""
    sources, data_sets = known_data_sets(project)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": _("Quellen und Datensätze"), "created": datetime(2000, 1, 1)})
    _write(book, SOURCES, source_labels(), [_texts(one) for one in sources], {})
    choices = {
        "geography": [geography_words()[code] for code in GEOGRAPHIES],
        "visible_to": [visible_words()[code] for code in VISIBLE_TO],
        "counts": [counts_words()[code] for code in COUNTS],
    }
    _write(book, DATA_SETS, data_set_labels(), [_texts(one) for one in data_sets], choices)
    book.close()
    return buffer.getvalue()


def read_records(project: Project, file: Path) -> RecordChanges:
    """What a returned workbook changes against the records there are; nothing is kept.

    Raises InputRefused with every fault and its row: no such sheets, columns missing, records that cannot be.
    """
    content = open_file(Path(file))
    faults: list[Finding] = []
    sources = _sheet(content, SOURCES, source_labels, _source, faults)
    data_sets = _sheet(content, DATA_SETS, data_set_labels, _data_set, faults)
    known = {one.source_id for one in sources}
    for row, one in enumerate(data_sets, 2):
        if one.source_id not in known:
            what = _("Die Quelle „{key}“ gibt es nicht.").format(key=shown(one.source_id))
            faults.append(Finding(what, content.name, DATA_SETS, row))
    faults += _twice(content.name, SOURCES, [one.source_id for one in sources])
    faults += _twice(content.name, DATA_SETS, [one.data_set_id for one in data_sets])
    if faults:
        raise InputRefused(
            _("„{file}“: Quellen und Datensätze können so nicht übernommen werden.").format(file=shown(content.name)),
            faults,
            _("Es wurde nichts geändert. Berichtigen Sie die Datei und lesen Sie sie erneut ein."),
        )
    return _changes(project, sources, data_sets)


def apply_records(project: Project, file: Path, role: str = DEFAULT_ROLE) -> RecordChanges:
    """Take over what a returned workbook changes. Raises InputRefused as `read_records`."""
    changes = read_records(project, file)
    if changes.lines:
        project.save_catalogue_records(changes.sources, changes.data_sets, without=changes.without, role=role)
    return changes


def _texts(record: Source | DataSet) -> list[str]:
    """The fields of a record as they stand in the workbook."""
    words = {"geography": geography_words(), "visible_to": visible_words(), "counts": counts_words()}
    return [
        words[one.name][getattr(record, one.name)] if one.name in words else str(getattr(record, one.name))
        for one in fields(record)
    ]


def _write(
    book: Any, name: str, labels: Mapping[str, str], rows: Sequence[Sequence[str]], choices: Mapping[str, list[str]]
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#E2EEF0", "border": 1, "border_color": "#D8DBDD"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, (field, label) in enumerate(labels.items()):
        sheet.write_string(0, column, label, head)
        sheet.set_column(column, column, 22, text)
        if field in choices:
            sheet.data_validation(1, column, 999, column, {"validate": "list", "source": choices[field]})
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            sheet.write_string(place, column, value, text)
    sheet.freeze_panes(1, 1)


def _sheet(
    content: Content,
    name: str,
    known: Callable[[], dict[str, str]],
    make: Callable[[dict[str, str]], Any],
    faults: list[Finding],
) -> list[Any]:
    """The records of one sheet, in whatever language it was written; what is wrong goes to `faults`."""
    sheet: Sheet | None = next((one for one in content.sheets if one.name == name), None)
    if sheet is None or not sheet.rows:
        faults.append(Finding(_("Das Blatt „{sheet}“ fehlt.").format(sheet=name), content.name))
        return []
    heads = [cell.strip() for cell in sheet.rows[0]]
    language, labels = _labels_of(heads, known)
    lost = [label for label in labels.values() if label not in heads]
    if lost:
        faults.append(Finding(_("Diese Spalten fehlen: {heads}.").format(heads=", ".join(lost)), content.name, name, 1))
        return []
    places = {field: heads.index(label) for field, label in labels.items()}
    made = []
    for number, row in enumerate(sheet.rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        with in_language(language):
            record = make({field: row[place].strip() if place < len(row) else "" for field, place in places.items()})
        wrong = source_faults(record) if isinstance(record, Source) else data_set_faults(record)
        faults += [Finding(what, content.name, name, number) for what in wrong]
        made.append(record)
    return made


def _labels_of(heads: Sequence[str], labels: Callable[[], dict[str, str]]) -> tuple[str, dict[str, str]]:
    """The language a sheet is written in, with its labels; the current one when none fits."""
    for language in dict.fromkeys((current_language(), *LANGUAGES)):
        with in_language(language):
            found = labels()
        if set(found.values()) <= set(heads):
            return language, found
    return current_language(), labels()


def _source(row: dict[str, str]) -> Source:
    return Source(**row)


def _data_set(row: dict[str, str]) -> DataSet:
    """A data set of its texts; a word that is none stays and is refused with the others."""
    words = {"geography": geography_words(), "visible_to": visible_words(), "counts": counts_words()}
    codes = {field: {word: code for code, word in known.items()} for field, known in words.items()}
    plain = {field: codes[field].get(text, text) if field in codes else text for field, text in row.items()}
    rhythm = plain.pop("rhythm")
    return DataSet(**plain, rhythm=int(rhythm) if rhythm.isascii() and rhythm.isdecimal() else 0)


def _twice(file: str, sheet: str, keys: Sequence[str]) -> list[Finding]:
    return [
        Finding(_("Der Schlüssel „{key}“ steht zweimal da.").format(key=shown(key)), file, sheet)
        for key in dict.fromkeys(keys)
        if keys.count(key) > 1
    ]


def _changes(project: Project, sources: Sequence[Source], data_sets: Sequence[DataSet]) -> RecordChanges:
    before: dict[str, Any] = {f"q {one.source_id}": one for one in project.sources()}
    before |= {f"d {one.data_set_id}": one for one in project.data_sets()}
    now: dict[str, Any] = {f"q {one.source_id}": one for one in sources}
    now |= {f"d {one.data_set_id}": one for one in data_sets}
    lines = [("new", _title(now[key]), "") for key in now if key not in before]
    lines += [
        ("changed", _title(now[key]), _what(before[key], now[key]))
        for key in now
        if key in before and before[key] != now[key]
    ]
    gone = [key for key in before if key not in now]
    lines += [("gone", _title(before[key]), "") for key in gone]
    return RecordChanges(tuple(sources), tuple(data_sets), tuple(key[2:] for key in gone), tuple(lines))


def _title(record: Source | DataSet) -> str:
    return record.holder if isinstance(record, Source) else record.title


def _what(before: Source | DataSet, now: Source | DataSet) -> str:
    labels = source_labels() if isinstance(now, Source) else data_set_labels()
    pairs = zip(labels.values(), _texts(before), _texts(now), strict=True)
    return "; ".join(
        _("{what}: „{old}“ jetzt „{new}“").format(what=label, old=old, new=new)
        for label, old, new in pairs
        if old != new
    )
