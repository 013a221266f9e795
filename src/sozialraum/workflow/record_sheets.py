"""Records as sheets of a workbook that is changed elsewhere and read back, with a list of what it changes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import xlsxwriter

from sozialraum.base import Finding, InputRefused, _, current_language, in_language
from sozialraum.base.language import LANGUAGES
from sozialraum.base.text import shown
from sozialraum.deliveries.files import Content, Sheet

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROWS = 1_000  # rows that offer the choices of a column
_LONGEST_LIST = 255  # letters of a list of choices that stands at the cells themselves

Line = tuple[str, str, str]
R = TypeVar("R")


@dataclass(frozen=True)
class RecordKind(Generic[R]):
    """How one kind of record stands on its sheet.

    sheet : its name, the same for every reader. labels : field -> head, in the current language; the key stands last.
    texts : the cells of a record in the order of the labels. make : a record of the texts of a row, by field.
    faults : what is wrong with one, as sentences. key : what tells records apart. title : what people call one.
    choices : field -> texts offered at its cells.
    """

    sheet: str
    labels: Callable[[], dict[str, str]]
    texts: Callable[[R], list[str]]
    make: Callable[[dict[str, str]], R]
    faults: Callable[[R], list[str]]
    key: Callable[[R], str]
    title: Callable[[R], str]
    choices: Callable[[], Mapping[str, Sequence[str]]] = dict


def records_book(title: str, sheets: Sequence[tuple[RecordKind[Any], Sequence[Any]]]) -> bytes:
    """A workbook with a sheet for each kind, one row a record; heads in the current language.

    The same records give the same bytes.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
    for kind, records in sheets:
        _write(book, kind, records)
    book.close()
    return buffer.getvalue()


def _write(book: Any, kind: RecordKind[Any], records: Sequence[Any]) -> None:
    sheet = book.add_worksheet(kind.sheet)
    head = book.add_format(
        {"bold": True, "bg_color": "#E2EEF0", "border": 1, "border_color": "#D8DBDD", "text_wrap": True}
    )
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    choices = kind.choices()
    for column, (field, label) in enumerate(kind.labels().items()):
        sheet.write_string(0, column, label, head)
        sheet.set_column(column, column, 24, text)
        offered = list(choices.get(field, ()))
        if offered and len(",".join(offered)) <= _LONGEST_LIST and not any("," in one for one in offered):
            sheet.data_validation(1, column, _ROWS - 1, column, {"validate": "list", "source": offered})
    for place, record in enumerate(records, 1):
        for column, value in enumerate(kind.texts(record)):
            sheet.write_string(place, column, value, text)
    sheet.freeze_panes(1, 1)


def records_on(content: Content, kind: RecordKind[R], faults: list[Finding]) -> list[tuple[int, R]]:
    """The records of a sheet with their rows, in whatever language it was written; what is wrong goes to `faults`."""
    sheet: Sheet | None = next((one for one in content.sheets if one.name == kind.sheet), None)
    if sheet is None or not sheet.rows:
        faults.append(Finding(_("Das Blatt „{sheet}“ fehlt.").format(sheet=kind.sheet), content.name))
        return []
    heads = [cell.strip() for cell in sheet.rows[0]]
    language, labels = _labels_of(heads, kind.labels)
    lost = [label for label in labels.values() if label not in heads]
    if lost:
        what = _("Diese Spalten fehlen: {heads}.").format(heads=", ".join(lost))
        faults.append(Finding(what, content.name, kind.sheet, 1))
        return []
    places = {field: heads.index(label) for field, label in labels.items()}
    made = []
    for number, row in enumerate(sheet.rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        with in_language(language):
            record = kind.make(
                {field: row[place].strip() if place < len(row) else "" for field, place in places.items()}
            )
        faults += [Finding(what, content.name, kind.sheet, number) for what in kind.faults(record)]
        made.append((number, record))
    return made


def _labels_of(heads: Sequence[str], labels: Callable[[], dict[str, str]]) -> tuple[str, dict[str, str]]:
    """The language a sheet is written in, with its labels; the current one when none fits."""
    for language in dict.fromkeys((current_language(), *LANGUAGES)):
        with in_language(language):
            found = labels()
        if set(found.values()) <= set(heads):
            return language, found
    return current_language(), labels()


def twice(content: Content, kind: RecordKind[R], rows: Sequence[tuple[int, R]]) -> list[Finding]:
    """A finding for each record that stands there again, at its row."""
    seen: set[str] = set()
    found = []
    for number, record in rows:
        if kind.key(record) in seen:
            what = _("„{title}“ steht zweimal da.").format(title=shown(kind.title(record)))
            found.append(Finding(what, content.name, kind.sheet, number))
        seen.add(kind.key(record))
    return found


def refuse_faulty(content: Content, what: str, faults: Sequence[Finding]) -> None:
    """Raise InputRefused with all faults, when there are any. what : says of the file what cannot be taken over."""
    if faults:
        raise InputRefused(
            what.format(file=shown(content.name)),
            faults,
            _("Es wurde nichts geändert. Berichtigen Sie die Datei und lesen Sie sie erneut ein."),
        )


def differences(kind: RecordKind[R], before: Sequence[R], now: Sequence[R]) -> tuple[list[Line], list[str]]:
    """What is new, changed or gone: (kind 'new', 'changed', 'gone'; title; what), in that order; and the gone keys."""
    old, new = ({kind.key(one): one for one in each} for each in (before, now))
    lines = [("new", kind.title(new[key]), "") for key in new if key not in old]
    lines += [
        ("changed", kind.title(new[key]), _changed(kind, old[key], new[key]))
        for key in new
        if key in old and old[key] != new[key]
    ]
    gone = [key for key in old if key not in new]
    return lines + [("gone", kind.title(old[key]), "") for key in gone], gone


def in_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of several kinds: first all that is new, then what changed, then what is gone."""
    return tuple(sorted(lines, key=lambda line: ("new", "changed", "gone").index(line[0])))


def _changed(kind: RecordKind[R], before: R, now: R) -> str:
    pairs = zip(kind.labels().values(), kind.texts(before), kind.texts(now), strict=True)
    return "; ".join(
        _("{what}: „{old}“ jetzt „{new}“").format(what=label, old=old, new=new)
        for label, old, new in pairs
        if old != new
    )
