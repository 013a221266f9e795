"""Open delivered files: text, text in a ZIP archive, workbooks. Every cell stays text."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from sozialraum.base import _
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.recipe import FileFormat
from sozialraum.deliveries.texts import number_text

DELIMITERS = (";", "\t", "|", ",")
LINES_FOR_THE_HEAD = 60
_GZIP = b"\x1f\x8b"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

Rows = Sequence[Sequence[str]]
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet (name '' for a text file): rows of texts, and merged ranges (first, last cell; from 0)."""

    name: str
    rows: Rows
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: either a text that still has to be cut into fields, or sheets.

    encoding : how the text was decoded, '' for workbooks. member : name inside a ZIP archive.
    """

    format: FileFormat
    name: str = ""
    text: str = ""
    encoding: str = ""
    member: str = ""
    sheets: tuple[Sheet, ...] = ()

    def cut(self, delimiter: str, lines: int | None = None) -> tuple[Sheet, ...]:
        """The sheets; a text is cut at the delimiter, its first `lines` lines only when given."""
        if self.sheets:
            return self.sheets
        text = self.text if lines is None else first_lines(self.text, lines)
        try:
            return (Sheet("", list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))),)
        except csv.Error:  # a field without end, or a lone carriage return
            raise refuse(self.name, *unclosed()) from None


def unclosed() -> tuple[str, str]:
    """What is said where a quotation mark swallowed lines."""
    return (
        _("Ein Feld reicht über mehrere Zeilen; vermutlich fehlt ein schließendes Anführungszeichen."),
        _("Bitte die Datei neu ausgeben lassen."),
    )


def first_lines(text: str, lines: int) -> str:
    end = 0
    for _line in range(lines):
        found = text.find("\n", end)
        if found < 0:
            return text
        end = found + 1
    return text[:end]


def open_file(path: Path) -> Content:
    """Open a delivered file by what it is, not by what it is called.

    Raises InputRefused: no such file, empty, no text, damaged archive or workbook.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise refuse(path.name, _("Diese Datei gibt es nicht."), _("Bitte den Dateinamen prüfen.")) from None
    except OSError as error:
        raise refuse(path.name, _("Die Datei lässt sich nicht öffnen ({error}).").format(
            error=error.strerror)) from None  # fmt: skip
    if not data.strip():
        raise refuse(path.name, _("Die Datei ist leer."), _("Bitte die Datei neu anfordern."))
    if data.startswith(b"PK"):
        return _open_archive(path.name, data)
    if data.startswith(_GZIP):
        return _unpacked(path.name, data)
    if data.startswith(_OLD_WORKBOOK):
        return Content("xlsx", path.name, sheets=_sheets(path.name, data))
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        raise refuse(path.name, _("Die Datei ist trotz ihrer Endung keine Excel-Datei."), _(
            "Bitte in Excel öffnen und als Excel-Arbeitsmappe (.xlsx) neu speichern."))  # fmt: skip
    if path.suffix.lower() == ".zip":
        raise refuse(path.name, _("Die Datei ist trotz ihrer Endung kein ZIP-Archiv."), _again())
    text, encoding = decode(path.name, data)
    return Content("csv", path.name, text, encoding)


def _again() -> str:
    return _("Bitte die Datei neu herunterladen oder neu anfordern.")


def _unpacked(name: str, data: bytes) -> Content:
    """A table packed alone, as statistical offices put large ones on the net (.csv.gz)."""
    try:
        inside = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        raise refuse(name, _("Die gepackte Datei ist beschädigt."), _again()) from None
    if not inside.strip():
        raise refuse(name, _("Die gepackte Datei ist leer."))
    text, encoding = decode(name, inside)
    return Content("gz+csv", name, text, encoding)


def _open_archive(name: str, data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
            if "[Content_Types].xml" in members:
                return Content("xlsx", name, sheets=_sheets(name, data))
            tables = [each for each in members if each.lower().endswith((".csv", ".txt"))]
            if len(tables) != 1:
                raise refuse(
                    name,
                    _("Im ZIP-Archiv wird genau eine Tabelle (.csv) erwartet, gefunden: {members}.").format(
                        members=", ".join(sorted(members)) or _("nichts")
                    ),
                )
            inside = archive.read(tables[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise refuse(name, _("Das ZIP-Archiv ist beschädigt."), _again()) from None
    if not inside.strip():
        raise refuse(name, _("Die Tabelle „{member}“ im ZIP-Archiv ist leer.").format(member=tables[0]))
    text, encoding = decode(name, inside)
    return Content("zip+csv", name, text, encoding, tables[0])


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Text and its encoding: byte-order mark, strict UTF-8, else Windows-1252; refused if no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif b"\0" in data:
        candidates = []
    else:
        candidates = ["utf-8-sig", "cp1252"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if not _is_binary(text):
            return text, encoding
    raise refuse(name, _("Die Datei ist keine Textdatei."), _(
        "Bitte prüfen, ob die richtige Datei geliefert wurde (erwartet: CSV, ZIP mit CSV oder Excel)."))  # fmt: skip


def _is_binary(text: str) -> bool:
    beginning = text[:20_000]
    return any(letter < " " and letter not in "\t\r\n\x0b\x0c\x1a" for letter in beginning)


def _sheets(name: str, data: bytes) -> tuple[Sheet, ...]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [workbook.get_sheet_by_name(each) for each in workbook.sheet_names]
        return tuple(
            Sheet(sheet.name, _texts(sheet.to_python(skip_empty_area=False)), _merged(sheet.merged_cell_ranges))
            for sheet in sheets
        )
    except PasswordError:
        raise refuse(name, _("Die Arbeitsmappe ist mit einem Kennwort geschützt."), _(
            "Bitte ohne Kennwortschutz liefern lassen."))  from None  # fmt: skip
    except CalamineError:
        raise refuse(name, _("Die Arbeitsmappe ist beschädigt oder keine Excel-Datei."), _again()) from None


def _merged(ranges: Iterable[Merged] | None) -> tuple[Merged, ...]:
    return tuple(sorted(ranges or ()))


def _texts(rows: Iterable[Iterable[Any]]) -> Rows:
    return [[cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: Any) -> str:
    """A spreadsheet cell as the German text a reader of the sheet would write down."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "WAHR" if cell else "FALSCH"
    if isinstance(cell, (int, float)):
        return number_text(cell)
    if isinstance(cell, (date, datetime)):
        return f"{cell.day:02d}.{cell.month:02d}.{cell.year:04d}"
    return str(cell)
