"""Sections of entries as the sheets of a workbook, and back; each cell is found again by sheet, row and column."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from sozialraum.base import Finding, InputRefused, _, in_language
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.recipe_tables import Locate, Row, Tables
from sozialraum.deliveries.recipe_words import Field, Options, Section

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROWS_MORE = 200  # rows below the table that still offer the choices
_SEVERAL = ("choices", "columns")  # kinds of fields with a choice on each line
LABELS = "Kurznamen"  # hidden sheet: field, code and word of each choice, the same for every reader


def write_tables(
    sections: Sequence[Section], tables: Tables, hints: Sequence[str], extra: Mapping[str, Sequence[Sequence[str]]],
    words: Mapping[str, Options],
) -> bytes:  # fmt: skip
    """A workbook with a sheet of hints, one per section, and `extra` sheets that are only to be read.

    words : choices of fields that depend on the rows, by '<part>.<field>'. They stand on a hidden sheet too, so that
    each word is known again when the workbook comes back. What only experts need stands last and folded away.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E2EEF0"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 1}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _write_rows(book, _hints_title(), [[line] for line in hints], formats["plain"], (100,))
    for section in sections:
        _write_section(book, section, tables.get(section.part, ()), formats, words)
    for title, rows in extra.items():
        _write_rows(book, title, rows, formats["text"], (24, 12, 34, 10, 10, 14, 70), head=formats["head"])
    _write_labels(book, words)
    book.close()
    return buffer.getvalue()


def _write_labels(book: Any, words: Mapping[str, Options]) -> None:
    if not words:
        return
    sheet = book.add_worksheet(LABELS)
    rows = [(place, code, word) for place, options in words.items() for code, word in options]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    sheet.very_hidden()


def _label_range(words: Mapping[str, Options], place: str) -> str:
    """Where the words of a field stand on the hidden sheet, as a source of choices."""
    first = 1
    for each, options in words.items():
        if each == place:
            return f"={LABELS}!$C${first}:$C${first + len(options) - 1}"
        first += len(options)
    return ""


def folded_last(section: Section) -> list[Field]:
    """The fields of a section as they stand on its sheet: first what everybody needs, last patterns and short names."""
    return sorted(section.fields, key=lambda field: _is_folded(section, field))


def _is_folded(section: Section, field: Field) -> bool:
    return field.advanced or field.name == ("name" if section.many else "code")


def _hints_title() -> str:
    return _("Hinweise")


def _write_rows(
    book: Any, title: str, rows: Sequence[Sequence[str]], style: Any, widths: Sequence[int], head: Any = None
) -> None:
    sheet = book.add_worksheet(title[:31])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, head if head is not None and number == 0 else style)


def _write_section(
    book: Any, section: Section, rows: Sequence[Row], formats: Mapping[str, Any], words: Mapping[str, Options]
) -> None:
    sheet = book.add_worksheet(section.title[:31])
    sheet.freeze_panes(1, 1)
    fields = folded_last(section)
    if section.many:
        for column, field in enumerate(fields):
            folded = {"level": 1, "hidden": True} if _is_folded(section, field) else {}
            sheet.set_column(column, column, 30 if field.kind in ("lines", "text", "pattern") else 24, None, folded)
            sheet.write_string(0, column, field.title, formats["head"])
            _offer(sheet, 1, len(rows) + _ROWS_MORE, column, section, field, words)
            for number, row in enumerate(rows, start=1):
                sheet.write_string(number, column, _in_words(row.get(field.name, ""), field, section, words),
                                   formats["text"])  # fmt: skip
        return
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 70)
    for column, head in enumerate(one_heads()):
        sheet.write_string(0, column, head, formats["head"])
    row = rows[0] if rows else {}
    for number, field in enumerate(fields, start=1):
        if _is_folded(section, field):
            sheet.set_row(number, None, None, {"level": 1, "hidden": True})
        sheet.write_string(number, 0, field.title, formats["text"])
        sheet.write_string(number, 1, _in_words(row.get(field.name, ""), field, section, words), formats["text"])
        _offer(sheet, number, number, 1, section, field, words)


def one_heads() -> tuple[str, str]:
    """Heads of a sheet with one record."""
    return _("Angabe"), _("Eintrag")


def _options(section: Section, field: Field, words: Mapping[str, Options]) -> Options:
    if field.kind == "yes":
        return (("true", _("ja")), ("false", _("nein")))
    return words.get(f"{section.part}.{field.name}", field.options)


def _offer(
    sheet: Any, first: int, last: int, column: int, section: Section, field: Field, words: Mapping[str, Options]
) -> None:
    """The choices as a list at the cell: itself where it is short enough for the program, else the hidden sheet's."""
    chosen = [word for _code, word in _options(section, field, words)]
    if not chosen or field.kind in _SEVERAL:
        return
    short = len(",".join(chosen)) <= 255 and not any("," in word for word in chosen)
    source: Any = chosen if short else _label_range(words, f"{section.part}.{field.name}")
    if source:
        sheet.data_validation(first, column, last, column,
                              {"validate": "list", "source": source, "error_type": "warning"})  # fmt: skip


def _in_words(text: str, field: Field, section: Section, words: Mapping[str, Options]) -> str:
    known = dict(_options(section, field, words))
    if field.kind in _SEVERAL:
        return "\n".join(known.get(line, line) for line in text.splitlines())
    return known.get(text, text) if known else text


class SheetTables:
    """The sections found in a workbook. `tables` are their rows; `locate` says where an entry stands."""

    def __init__(self, path: Path, make: Any, words: Any) -> None:
        """make : () -> sections; words : rows by part -> choices that depend on them; both in the current language."""
        self.file = path.name
        content = open_file(path)
        if not content.sheets or content.format not in ("xlsx", "xls", "ods"):
            raise InputRefused(_("„{file}“ ist keine Excel-Datei.").format(file=path.name))
        self._rows = {sheet.name.strip(): list(sheet.rows) for sheet in content.sheets}
        self.findings: list[Finding] = []
        self._places: dict[tuple[str, int, str], tuple[int, int]] = {}
        self.sections: tuple[Section, ...] = make()
        self._names = self._both(make)
        self.tables: dict[str, list[dict[str, str]]] = {}
        for section in self.sections:
            self.tables[section.part] = self._read(section)
        self._to_codes(words)

    def _both(self, make: Any) -> dict[str, list[Section]]:
        """Each section in both languages: a workbook may have been written under the other one."""
        found: dict[str, list[Section]] = {}
        for language in ("de", "en"):
            with in_language(language):
                for section in make():
                    found.setdefault(section.part, []).append(section)
        return found

    def rows_of(self, title: str) -> list[list[str]] | None:
        """The rows of a sheet that is no section, None when it is not there."""
        found = self._rows.get(title)
        return None if found is None else [list(row) for row in found]

    def _say(
        self, section: Section, what: str, row: int | None = None, column: int | None = None, found: str = ""
    ) -> None:
        cell = xl_rowcol_to_cell(row, column) if row is not None and column is not None else ""
        self.findings.append(
            Finding(what, self.file, section.title, None if row is None else row + 1, cell=cell, found=found)
        )

    def _read(self, section: Section) -> list[dict[str, str]]:
        titles = {each.title[:31] for each in self._names[section.part]}
        rows = next((self._rows[title] for title in titles if title in self._rows), None)
        if rows is None:
            self._say(section, _("Das Blatt „{title}“ fehlt.").format(title=section.title))
            return []
        return self._many(section, rows) if section.many else self._one(section, rows)

    def _titles(self, section: Section) -> dict[str, str]:
        """Field by the title it may stand under."""
        return {
            field.title.casefold(): field.name for each in self._names[section.part] for field in each.fields
        }  # fmt: skip

    def _many(self, section: Section, rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
        titles = self._titles(section)
        heads = [str(text).strip() for text in rows[0]] if rows else []
        names = [titles.get(head.casefold(), "") for head in heads]
        for column, head in enumerate(heads):
            if head and not names[column]:
                self._say(section, _("Eine Spalte „{head}“ gibt es hier nicht.").format(head=head), 0, column, head)
        for field in section.fields:
            if field.name not in names:
                self._say(section, _("Die Spalte „{head}“ fehlt.").format(head=field.title), 0)
        found: list[dict[str, str]] = []
        for number, row in enumerate(rows[1:], start=1):
            entry = {name: str(text) for name, text in zip(names, row, strict=False) if name}
            if not any(text.strip() for text in row):
                continue
            for column, name in enumerate(names):
                self._places[section.part, len(found), name] = (number, column)
            found.append(entry)
        return found

    def _one(self, section: Section, rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
        titles = self._titles(section)
        entry: dict[str, str] = {}
        for number, row in enumerate(rows[1:], start=1):
            title, text = (*(str(each) for each in row[:2]), "", "")[:2]
            name = titles.get(title.strip().casefold(), "")
            if not name:
                if title.strip() or text.strip():
                    self._say(section, _("Eine Angabe „{title}“ gibt es hier nicht.").format(title=title.strip()),
                              number, 0, title.strip())  # fmt: skip
                continue
            if name in entry:
                self._say(section, _("„{text}“ steht zweimal da.").format(text=title.strip()), number, 0, title.strip())
            entry[name] = text
            self._places[section.part, 0, name] = (number, 1)
        for field in section.fields:
            if field.name not in entry:
                self._say(section, _("Die Angabe „{title}“ fehlt.").format(title=field.title))
        return [entry] if any(text.strip() for text in entry.values()) else []

    def _to_codes(self, words: Any) -> None:
        """Words of choices become their codes; other texts stay and are refused where they mean nothing."""
        choices: dict[tuple[str, str], dict[str, str]] = {}
        for language in ("de", "en"):
            with in_language(language):
                own = words(self.tables)
                for part, several in self._names.items():
                    for field in several[0 if language == "de" else 1].fields:
                        for code, word in _options(several[0], field, own):
                            choices.setdefault((part, field.name), {}).setdefault(word.casefold(), code)
                        if field.kind == "yes":
                            choices[part, field.name] |= {_("ja").casefold(): "true", _("nein").casefold(): "false"}
        for place, code, word in (row[:3] for row in self.rows_of(LABELS) or [] if len(row) >= 3):
            part, _dot, name = place.rpartition(".")
            choices.setdefault((part, name), {}).setdefault(word.casefold(), code)
        for part, rows in self.tables.items():
            several_codes = {field.name for field in self._names[part][0].fields if field.kind in _SEVERAL}
            for row in rows:
                for name, text in row.items():
                    known = choices.get((part, name))
                    if known and name in several_codes:
                        row[name] = "\n".join(known.get(line.strip().casefold(), line) for line in text.splitlines())
                    elif known:
                        row[name] = known.get(text.strip().casefold(), text)

    def locate(self, section: Section, number: int, field: Field | None) -> Finding:
        """Where an entry stands in the workbook."""
        row, column = self._places.get((section.part, number, field.name if field else ""), (None, None))
        cell = xl_rowcol_to_cell(row, column) if row is not None and column is not None else ""
        title = field.title if field else ""
        return Finding("", self.file, section.title, None if row is None else row + 1, title, cell=cell)


def locator(found: SheetTables) -> Locate:
    """The function that places findings in this workbook."""
    return found.locate


def text_rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Rows for an extra sheet, with their head."""
    return [list(head), *(list(row) for row in rows)]
