"""Sections of entries as the sheets of a workbook; `workbook_tables` reads them back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from sozialraum.base import _
from sozialraum.deliveries.recipe_fields import Field, Options, Section
from sozialraum.deliveries.recipe_tables import Row, Tables

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROWS_MORE = 200  # rows below the table that still offer the choices
_LINE = 16  # points
SEVERAL = ("choices", "columns")  # kinds of fields with a choice on each line
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
    _on_paper(sheet)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, head if head is not None and number == 0 else style)


def _on_paper(sheet: Any) -> None:
    """A4 across, as wide as the sheet."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _height(texts: Iterable[str]) -> int:
    """Height of a row whose texts may have several lines, in points."""
    return _LINE * max((text.count("\n") + 1 for text in texts), default=1)


def _write_section(
    book: Any, section: Section, rows: Sequence[Row], formats: Mapping[str, Any], words: Mapping[str, Options]
) -> None:
    sheet = book.add_worksheet(section.title[:31])
    sheet.freeze_panes(1, 1)
    _on_paper(sheet)
    fields = folded_last(section)
    if section.many:
        sheet.set_row(0, 2 * _LINE)
        for number, row in enumerate(rows, start=1):
            sheet.set_row(number, _height(row.values()))
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
        folded = {"level": 1, "hidden": True} if _is_folded(section, field) else {}
        sheet.set_row(number, _height([row.get(field.name, "")]), None, folded)
        sheet.write_string(number, 0, field.title, formats["text"])
        sheet.write_string(number, 1, _in_words(row.get(field.name, ""), field, section, words), formats["text"])
        _offer(sheet, number, number, 1, section, field, words)


def one_heads() -> tuple[str, str]:
    """Heads of a sheet with one record."""
    return _("Angabe"), _("Eintrag")


def options_of(section: Section, field: Field, words: Mapping[str, Options]) -> Options:
    """The choices of a field; `words` as in `write_tables`."""
    if field.kind == "yes":
        return (("true", _("ja")), ("false", _("nein")))
    return words.get(f"{section.part}.{field.name}", field.options)


def _offer(
    sheet: Any, first: int, last: int, column: int, section: Section, field: Field, words: Mapping[str, Options]
) -> None:
    """The choices as a list at the cell: itself where it is short enough for the program, else the hidden sheet's."""
    chosen = [word for _code, word in options_of(section, field, words)]
    if not chosen or field.kind in SEVERAL:
        return
    short = len(",".join(chosen)) <= 255 and not any("," in word for word in chosen)
    source: Any = chosen if short else _label_range(words, f"{section.part}.{field.name}")
    if source:
        sheet.data_validation(first, column, last, column,
                              {"validate": "list", "source": source, "error_type": "warning"})  # fmt: skip


def _in_words(text: str, field: Field, section: Section, words: Mapping[str, Options]) -> str:
    known = dict(options_of(section, field, words))
    if field.kind in SEVERAL:
        return "\n".join(known.get(line, line) for line in text.splitlines())
    return known.get(text, text) if known else text


def text_rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Rows for an extra sheet, with their head."""
    return [list(head), *(list(row) for row in rows)]
