"""The two files read back, line by line, with every fault of their form."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sozialraum.base import Finding, _
from sozialraum.base.text import shown
from sozialraum.street_grid.format import SEPARATORS, Format

ZU_AT_MOST = 8
NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What UTF-8 looks like when it is read as Windows-1252.
GARBLED = ("Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã„", "Ã–", "Ãœ")


@dataclass(frozen=True)
class Line:
    """One line of a file: its number (from 1) and field -> text, trimmed."""

    number: int
    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(frozen=True)
class Content:
    """A file read. kind : 'zu' or 'ra', '' when it cannot be told. lines : those with the right number of columns."""

    name: str
    kind: str
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = field(default=())


def read_file(name: str, raw: bytes, form: Format, kind: str = "") -> Content:
    """A file by the settings; `kind` is told by its number of columns when it is not given.

    A file in another encoding or with another separator is a finding that says what it looks like; the rest is then
    not looked at, since nothing in it would be what it seems.
    """
    text, findings = _decoded(name, raw, form)
    if text is None:
        return Content(name, kind, (), tuple(findings))
    try:
        rows = _rows(text, SEPARATORS[form.separator])
    except csv.Error:
        what = _("Die Datei ist keine Tabelle: Ein Feld nimmt kein Ende.")
        todo = _("Prüfen Sie Trennzeichen und Anführungszeichen.")
        return Content(name, kind, (), (*findings, Finding(what, file=name, todo=todo)))
    if not rows:
        return Content(name, kind, (), (*findings, Finding(_("Die Datei ist leer."), file=name)))
    other = _other_separator(rows[0][1], text, form)
    if other:
        what = _("Die Spalten sind nicht durch „{given}“ getrennt, sondern vermutlich durch „{other}“.")
        todo = _("Stellen Sie das Trennzeichen in den Einstellungen ein oder speichern Sie die Datei neu.")
        finding = Finding(what.format(given=form.separator, other=other), file=name, row=1, todo=todo)
        return Content(name, kind, (), (*findings, finding))
    strange = _no_grid(rows, form)
    if strange:
        return Content(name, kind, (), (*findings, replace(strange, file=name)))
    kind = kind or _kind(row for _number, row in rows)
    columns = form.columns(kind)
    rows, headed = _without_header(name, rows, kind, form)
    lines: list[Line] = []
    wrong: list[Finding] = []
    for number, row in rows:
        if len(row) != len(columns):
            what = _("Die Zeile hat {there} Spalten statt {number}.").format(there=len(row), number=len(columns))
            wrong.append(Finding(what, file=name, row=number, todo=_("Prüfen Sie Trennzeichen und Anführungszeichen.")))
            continue
        cells = {column.field: cell.strip() for column, cell in zip(columns, row, strict=True)}
        lines.append(Line(number, cells))
    if not rows:
        wrong.append(Finding(_("Unter den Spaltentiteln steht keine Zeile."), file=name))
    return Content(name, kind, tuple(lines), (*findings, *headed, *wrong))


def _rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Rows that are not empty, with the number of the line they begin in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows, begins = [], 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append((begins, row))
        begins = reader.line_num + 1
    return rows


def is_text(raw: bytes) -> bool:
    """Whether bytes can be a table in any of the known encodings: they have no control characters but ends of lines."""
    if raw.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        return False
    return not NO_TEXT.search(raw)


def _decoded(name: str, raw: bytes, form: Format) -> tuple[str | None, list[Finding]]:
    if not is_text(raw):
        what = _("Die Datei ist keine Textdatei.")
        if raw.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            what = _("Die Datei ist keine Textdatei, sondern vermutlich eine Arbeitsmappe (.xlsx, .xls, .ods).")
        elif raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            what = _("Die Datei ist im Zeichensatz UTF-16 geschrieben.")
        save = _("Speichern Sie sie als CSV im eingestellten Zeichensatz {encoding}.").format(encoding=form.encoding)
        return None, [Finding(what, file=name, todo=save)]
    todo = _("Stellen Sie den Zeichensatz in den Einstellungen ein oder speichern Sie die Datei neu.")
    utf8 = form.encoding.startswith("utf-8")
    try:
        # a mark at the beginning is no letter of the first title
        text = raw.decode("utf-8-sig" if utf8 else form.encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = _("Die Datei ist nicht im Zeichensatz {encoding} geschrieben.").format(encoding=form.encoding)
        return None, [Finding(what, file=name, row=line, todo=todo)]
    if not utf8 and (raw.startswith(b"\xef\xbb\xbf") or any(sign in text for sign in GARBLED)):
        line = next((n for n, one in enumerate(text.split("\n"), 1) if any(sign in one for sign in GARBLED)), 1)
        what = _("Die Datei ist vermutlich in utf-8 geschrieben; Umlaute sind in {encoding} nicht lesbar.")
        return None, [Finding(what.format(encoding=form.encoding), file=name, row=line, todo=todo)]
    return text, []


def _other_separator(first: list[str], text: str, form: Format) -> str:
    if len(first) > 1:
        return ""
    line = text.split("\n", 1)[0]
    votes = {name: line.count(sign) for name, sign in SEPARATORS.items() if name != form.separator}
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] >= ZU_AT_MOST // 4 + 1 else ""


def _no_grid(rows: list[tuple[int, list[str]]], form: Format) -> Finding | None:
    """A table without a single line as wide as `zu` or `ra` is none of them; said once, not for every line."""
    widths = Counter(len(row) for _number, row in rows)
    wanted = [len(form.columns(kind)) for kind in ("zu", "ra")]
    if any(width in widths for width in wanted):
        return None
    usual = widths.most_common(1)[0][0]
    what = _("Keine Zeile hat {zu} Spalten („zu“) oder {ra} Spalten („ra“); die meisten haben {usual}.")
    todo = _("Prüfen Sie, ob es die richtige Datei ist, und das Trennzeichen.")
    return Finding(what.format(zu=wanted[0], ra=wanted[1], usual=usual), todo=todo)


def _kind(rows: Iterable[list[str]]) -> str:
    widths = [len(row) for row in rows]
    return "zu" if sorted(widths)[len(widths) // 2] <= ZU_AT_MOST else "ra"


def _without_header(
    name: str, rows: list[tuple[int, list[str]]], kind: str, form: Format
) -> tuple[list[tuple[int, list[str]]], list[Finding]]:
    """The rows below the titles; titles that are missing, unexpected or different are findings."""
    titles = [column.title for column in form.columns(kind)]
    number, first = rows[0]
    looks_like_titles = not any(cell.strip().isdigit() for cell in first)
    if form.header and not looks_like_titles:
        what = _("In der ersten Zeile stehen keine Spaltentitel.")
        todo = _("Ergänzen Sie sie oder stellen Sie in den Einstellungen „ohne Titelzeile“ ein.")
        return rows, [Finding(what, file=name, row=number, severity="warning", todo=todo)]
    if not form.header and looks_like_titles:
        what = _("In der ersten Zeile stehen Spaltentitel, erwartet werden keine.")
        todo = _("Löschen Sie die Zeile oder stellen Sie in den Einstellungen „mit Titelzeile“ ein.")
        return rows[1:], [Finding(what, file=name, row=number, severity="warning", todo=todo)]
    if not form.header:
        return rows, []
    if len(first) != len(titles):
        what = _("Die erste Zeile hat {there} Spalten statt {number}.").format(there=len(first), number=len(titles))
        todo = _("Prüfen Sie Trennzeichen und Anführungszeichen.")
        return rows[1:], [Finding(what, file=name, row=number, todo=todo)]
    if [cell.strip() for cell in first] == titles:
        return rows[1:], []
    there = ", ".join(cell.strip() for cell, title in zip(first, titles, strict=True) if cell.strip() != title)
    what = _("Andere Spaltentitel als eingestellt: {names}.").format(names=shown(there, 200))
    todo = _("Prüfen Sie, ob die Spalten in der eingestellten Reihenfolge stehen.")
    return rows[1:], [Finding(what, file=name, row=number, severity="warning", todo=todo)]
