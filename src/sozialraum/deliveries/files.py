"""Open delivered files: text, packed text, workbooks, map files. Every cell stays text."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sozialraum.base import _
from sozialraum.deliveries.archives import damaged_is_refused, look_into, unpacked_size
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.encodings import decode
from sozialraum.deliveries.large_text import LargeText, Window, look_through
from sozialraum.deliveries.limits import MEBIBYTE, MOST_TEXT, MOST_WORKBOOK, WHOLE_TEXT, too_large
from sozialraum.deliveries.recipe import FileFormat
from sozialraum.deliveries.vector_files import read_table_of
from sozialraum.deliveries.workbooks import Merged, read_workbook

DELIMITERS = (";", "\t", "|", ",")
LINES_FOR_THE_HEAD = 60
HELD = 24 * MEBIBYTE  # a text up to this size is held, a longer one passed through
_GZIP = b"\x1f\x8b"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_SQLITE, _PARQUET = b"SQLite format 3\0", b"PAR1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"%PDF-")
_MAP_FORMATS: dict[str, FileFormat] = {".shp": "shp", ".gpkg": "gpkg", ".geojson": "geojson"}
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet (name '' for a text file): rows of texts, and merged ranges (first, last cell; from 0).

    numbers : of the rows as a person counts, where rows were left out; () = all rows from 1. left_out : how many.
    """

    name: str
    rows: Rows
    merged: tuple[Merged, ...] = ()
    numbers: Sequence[int] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: either a text that still has to be cut into fields, or sheets.

    text : the text, or its beginning where it is `large`. encoding : how it was decoded, '' for workbooks.
    member : name inside a ZIP archive.
    """

    format: FileFormat
    name: str = ""
    text: str = ""
    encoding: str = ""
    member: str = ""
    sheets: tuple[Sheet, ...] = ()
    large: LargeText | None = None

    def cut(self, delimiter: str, lines: int | None = None, window: Window | None = None) -> tuple[Sheet, ...]:
        """The sheets; a text is cut at the delimiter.

        lines : its first lines only. window : of a large text, only the rows inside.
        Raises InputRefused for a field without end, and for a large text that would have to be held whole.
        """
        if self.sheets:
            return self.sheets
        try:
            if self.large is not None and lines is None:
                return (self._cut_large(self.large, delimiter, window),)
            text = self.text if lines is None else first_lines(self.text, lines)
            return (Sheet("", list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))),)
        except csv.Error:  # a field without end, or a lone carriage return
            raise refuse(self.name, *unclosed()) from None

    def _cut_large(self, large: LargeText, delimiter: str, window: Window | None) -> Sheet:
        if window is None:
            if large.size > WHOLE_TEXT:
                raise too_large(self.name, large.size, WHOLE_TEXT)
            return Sheet("", large.all_rows(delimiter))
        rows, numbers, read = large.kept(delimiter, window.holds, window.first)
        return Sheet("", rows, numbers=numbers, left_out=read - len(rows))


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

    path : also a `HeldFile`, whose bytes are in memory; a table of it is read without writing anything. Map and
    Parquet files need a place on the disk and are laid into a folder of their own while they are read.
    Raises InputRefused: no such file, empty, no text, damaged archive or workbook, larger than is read.
    """
    size = _size(path)
    with path.open("rb") as stream:
        beginning = stream.read(16)
    if beginning.startswith(b"PK"):
        return _open_archive(path)
    if beginning.startswith(_GZIP):
        return _open_packed(path)
    if beginning.startswith(_OLD_WORKBOOK):
        return _workbook(path, "xls")
    if beginning.startswith(_SQLITE):
        return _map(path, "gpkg")
    if beginning.startswith(_PARQUET):
        return Content("parquet", path.name, sheets=_plain(read_table_of(path.name, path, "parquet")))
    if path.suffix.lower() in _WORKBOOKS and _is_picture(beginning):
        raise refuse(path.name, _("Das ist keine Tabelle."), _(
            "Die Datei enthält ein Bild oder ein PDF. Bitte die Tabelle selbst anfordern."))  # fmt: skip
    if path.suffix.lower() in _WORKBOOKS:
        raise refuse(path.name, _("Die Datei ist trotz ihrer Endung keine Excel-Datei."), _(
            "Bitte in Excel öffnen und als Excel-Arbeitsmappe (.xlsx) neu speichern."))  # fmt: skip
    if path.suffix.lower() == ".zip":
        raise refuse(path.name, _("Die Datei ist trotz ihrer Endung kein ZIP-Archiv."), _again())
    if path.suffix.lower() == ".shp":
        raise refuse(path.name, _("Eine Shape-Datei besteht aus mehreren Dateien."), _(
            "Bitte alle zusammen in einem ZIP-Archiv liefern lassen."))  # fmt: skip
    return _open_text(path, size)


def _is_picture(beginning: bytes) -> bool:
    """Whether a file is a picture or a PDF, by how it begins, whatever it is called."""
    return beginning.startswith(_PICTURES) or beginning[4:8] == b"ftyp"


def _size(path: Path) -> int:
    """Bytes of the file; refused when it is not there, empty, or larger than is read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            empty = not size or (size < MEBIBYTE and not stream.read().strip())
    except FileNotFoundError:
        raise refuse(path.name, _("Diese Datei gibt es nicht."), _("Bitte den Dateinamen prüfen.")) from None
    except OSError as error:
        raise refuse(path.name, _("Die Datei lässt sich nicht öffnen ({error}).").format(
            error=error.strerror)) from None  # fmt: skip
    if empty:
        raise refuse(path.name, _("Die Datei ist leer."), _("Bitte die Datei neu anfordern."))
    if size > MOST_TEXT:
        raise too_large(path.name, size, MOST_TEXT)
    return size


def _again() -> str:
    return _("Bitte die Datei neu herunterladen oder neu anfordern.")


def _open_text(path: Path, size: int) -> Content:
    if size > HELD:
        return _passed(path, "csv", "", "")
    text, encoding = decode(path.name, path.read_bytes())
    if _is_map(text):
        return _map(path, "geojson")
    return Content("csv", path.name, text, encoding)


def _is_map(text: str) -> bool:
    return text.lstrip()[:1] == "{" and '"FeatureCollection"' in text


def _passed(path: Path, file_format: FileFormat, packed: str, member: str) -> Content:
    """A text that is too long to be held."""
    large, beginning = look_through(path.name, path, packed, member)
    return Content(file_format, path.name, beginning, large.encoding, member, large=large)


def _open_packed(path: Path) -> Content:
    """A table packed alone, as statistical offices put large ones on the net (.csv.gz)."""
    size = unpacked_size(path.name, path)
    if size > HELD:
        with damaged_is_refused(path.name, "gz"):
            return _passed(path, "gz+csv", "gz", "")
    inside = gzip.decompress(path.read_bytes())
    if not inside.strip():
        raise refuse(path.name, _("Die gepackte Datei ist leer."))
    text, encoding = decode(path.name, inside)
    if _is_map(text):
        return _map(path, "geojson", ".gz")
    return Content("gz+csv", path.name, text, encoding)


def _open_archive(path: Path) -> Content:
    found = look_into(path.name, path)
    if found.kind == "workbook":
        return _workbook(path, "xlsx" if found.member else "ods")
    if found.kind == "map":
        return _map(path, _MAP_FORMATS[Path(found.member).suffix.lower()], found.member)
    if found.size > HELD:
        with damaged_is_refused(path.name):
            return _passed(path, "zip+csv", "zip", found.member)
    with damaged_is_refused(path.name), path.open("rb") as file, zipfile.ZipFile(file) as archive:
        inside = archive.read(found.member)
    if not inside.strip():
        raise refuse(path.name, _("Die Tabelle „{member}“ im ZIP-Archiv ist leer.").format(member=found.member))
    text, encoding = decode(path.name, inside)
    return Content("zip+csv", path.name, text, encoding, found.member)


def _workbook(path: Path, file_format: FileFormat = "xlsx") -> Content:
    size = path.stat().st_size
    if size > MOST_WORKBOOK:
        raise too_large(path.name, size, MOST_WORKBOOK)
    sheets = tuple(
        Sheet(name, rows, tuple(merged)) for name, rows, merged in read_workbook(path.name, path.read_bytes())
    )
    return Content(file_format, path.name, sheets=sheets)


def _map(path: Path, file_format: FileFormat, member: str = "") -> Content:
    sheets = _plain(read_table_of(path.name, path, "map", member))
    return Content(file_format, path.name, member=member, sheets=sheets)


def _plain(tables: list[tuple[str, list[list[str]]]]) -> tuple[Sheet, ...]:
    return tuple(Sheet(name, rows) for name, rows in tables)
