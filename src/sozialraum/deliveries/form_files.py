"""Write the workbooks that come back: the empty table of a request, and the table of questions."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from sozialraum.base import _
from sozialraum.base.whole_files import write_whole
from sozialraum.deliveries.form_recipes import recipe_of_form
from sozialraum.deliveries.form_signs import signs_of_column
from sozialraum.deliveries.forms import (
    Form,
    FormColumn,
    FormMark,
    QuestionRow,
    answer_heads,
    mark_lines,
)
from sozialraum.deliveries.letters import LetterTable
from sozialraum.deliveries.table import COVER_SHEET, FORM_SHEET

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LIST_ROWS = 200  # free rows of a list
_WIDTHS_OF_QUESTIONS = (5, 14, 7, 18, 20, 26, 22, 48, 40)


def write_form(file: Path, form: Form, *, project: str, request: str, written: str) -> None:
    """Write an empty table that comes back without a recipe; see `form_bytes`. OSError."""
    write_whole({file: form_bytes(form, project=project, request=request, written=written)})


def form_bytes(
    form: Form, *, project: str, request: str, written: str, cover: Sequence[str | LetterTable] = ()
) -> bytes:
    """The workbook of an empty table: keys and names stand in it, only the cells of numbers can be changed.

    project : mark of the project. request : key of the request. written : ISO date-time. cover : lines and tables of
    a sheet before the table, for people; () = none. The same form gives the same bytes.
    """
    buffer = io.BytesIO()
    book, formats = _workbook(buffer, form.title, written)
    if cover:
        _cover(book, form, cover, formats)
    sheet = book.add_worksheet(_("Tabelle"))
    sheet.write_string(0, 0, form.title, formats["title"])
    sheet.write_string(1, 0, f"Stichtag: {_german_day(form.period)}")
    for place, line in enumerate(form.lines, 2):
        sheet.write_string(place, 0, line)
    head = 3 + len(form.lines)
    _table_head(sheet, head, form, formats)
    first = len(form.heads) - len(form.columns)
    rows = form.units or (((),) * LIST_ROWS)
    for place, unit in enumerate(rows, head + 1):
        for column, text in enumerate(unit):
            sheet.write_string(place, column, text, formats["key"])
        for column in range(first, len(form.heads)):
            sheet.write_blank(place, column, None, formats["input"])
    last = head + len(rows)
    for column, wanted in enumerate(form.columns if form.units else (), first):
        sheet.data_validation(head + 1, column, last, column, _validation(wanted, head + 2, column))
    for place, line in enumerate(form.legend, last + 2):
        sheet.write_string(place, 0, line, formats["note"])
    _set_up(sheet, head, _widths(form))
    sheet.set_row(head, _head_height(form.heads))
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    mark = FormMark("table", form.code, project, request, recipe_of_form(form))
    _mark_sheet(book, mark)
    book.close()
    return buffer.getvalue()


def write_question_rows(
    file: Path, rows: Sequence[QuestionRow], *, query: str, project: str, title: str, lines: Sequence[str], written: str
) -> None:
    """Write a table of questions that is known when it comes back; see `question_bytes`. OSError."""
    write_whole({file: question_bytes(rows, query=query, project=project, title=title, lines=lines, written=written)})


def question_bytes(
    rows: Sequence[QuestionRow], *, query: str, project: str, title: str, lines: Sequence[str], written: str
) -> bytes:
    """The workbook of questions: one row each, only the column of the answers can be changed.

    query : key of the query. project : mark of the project. lines : what stands above the table.
    written : ISO date-time. The same rows give the same bytes.
    """
    buffer = io.BytesIO()
    book, formats = _workbook(buffer, title, written)
    sheet = book.add_worksheet(_("Rückfragen"))
    sheet.write_string(0, 0, title, formats["title"])
    for place, line in enumerate(lines, 1):
        sheet.write_string(place, 0, line)
    head = 2 + len(lines)
    for column, text in enumerate(answer_heads()):
        sheet.write_string(head, column, text, formats["head"])
    for number, row in enumerate(rows, 1):
        place = head + number
        texts = (row.sheet, "" if row.row is None else str(row.row), row.key, row.name, row.column, row.view)
        sheet.write_string(place, 0, str(number), formats["key"])
        for column, text in enumerate((*texts, row.question), 1):
            sheet.write_string(place, column, text, formats["text"])
        sheet.write_blank(place, 8, None, formats["answer"])
    sheet.write_comment(head, 8, _("Bitte hier antworten. Die anderen Spalten bleiben, wie sie sind."), _quiet())
    _set_up(sheet, head, _WIDTHS_OF_QUESTIONS)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    _mark_sheet(book, FormMark("answers", query, project, findings=tuple(row.finding for row in rows)))
    book.close()
    return buffer.getvalue()


def _workbook(buffer: io.BytesIO, title: str, written: str) -> tuple[Any, dict[str, Any]]:
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": title, "created": datetime.fromisoformat(written[:19])})
    edge = {"border": 1, "border_color": "#D8DBDD", "valign": "top"}
    return book, {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "head": book.add_format({**edge, "bold": True, "bg_color": "#E2EEF0", "text_wrap": True}),
        "key": book.add_format({**edge, "num_format": "@"}),
        "text": book.add_format({**edge, "num_format": "@", "text_wrap": True}),
        "input": book.add_format({**edge, "locked": False, "bg_color": "#FFFDF3"}),
        "answer": book.add_format({**edge, "locked": False, "bg_color": "#FFFDF3", "text_wrap": True}),
        "caption": book.add_format({"bold": True}),
        "line": book.add_format({"text_wrap": True, "valign": "top"}),
        "note": book.add_format({"font_color": "#444E56"}),
    }


def _cover(book: Any, form: Form, parts: Sequence[str | LetterTable], formats: dict[str, Any]) -> None:
    """The sheet that is seen first: lines, and tables with their captions."""
    sheet = book.add_worksheet(COVER_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, 78)
    sheet.write_string(0, 0, form.title, formats["title"])
    place = 2
    for before, part in zip((None, *parts), parts, strict=False):
        if isinstance(part, str):
            sheet.merge_range(place, 0, place, 1, part, formats["line"])
            sheet.set_row(place, 15 * _lines(part, 120))
            place += 1
            continue
        place += isinstance(before, str)
        sheet.write_string(place, 0, part.caption, formats["caption"])
        for row in part.rows:
            place += 1
            sheet.set_row(place, 15 * max(_lines(row[0], 40), _lines(row[1], 78)))
            for column, text in enumerate(row):
                sheet.write_string(place, column, text, formats["text"])
        place += 2
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    sheet.activate()


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a cell this many letters wide."""
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))


def _widths(form: Form) -> list[int]:
    """Widths of the columns in letters: as wide as the head, between limits; keys and names as wide as they are."""
    wide = [max(14, min(30, len(text) + 2)) for text in form.heads]
    for column in range(len(form.heads) - len(form.columns)):
        wide[column] = max([wide[column], *(min(60, len(unit[column]) + 2) for unit in form.units)])
    return wide


def _head_height(heads: Sequence[str]) -> int:
    # columns are 14 to 30 letters wide
    return 16 * max(_lines(head, max(12, min(28, len(head)))) for head in heads)


def _table_head(sheet: Any, head: int, form: Form, formats: dict[str, Any]) -> None:
    for column, text in enumerate(form.heads):
        sheet.write_string(head, column, text, formats["head"])
    first = len(form.heads) - len(form.columns)
    if first:
        sheet.write_comment(head, 0, _("Schlüssel bitte nicht ändern; an ihm wird das Gebiet erkannt."), _quiet())
    for column, wanted in enumerate(form.columns, first):
        if wanted.note:
            sheet.write_comment(head, column, wanted.note, _quiet())


def _validation(column: FormColumn, row: int, place: int) -> dict[str, Any]:
    """Numbers that are not negative, whole ones for counts, and the signs of the profile."""
    cell = f"{_letters(place)}{row}"
    number = (
        f"AND(ISNUMBER({cell}),{cell}>=0)" if column.measure else f"AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell}))"
    )
    signs = [sign for sign in signs_of_column(column).signs if sign]
    choices = [number, *[f'EXACT({cell},"{sign}")' for sign in signs]]
    allowed = _("eine Zahl ab 0") if column.measure else _("eine ganze Zahl ab 0")
    also = _(" oder eines der Zeichen {signs}").format(signs=" ".join(signs)) if signs else ""
    return {
        "validate": "custom",
        "value": f"=OR({','.join(choices)})" if len(choices) > 1 else f"={number}",
        "error_title": _("Bitte prüfen"),
        "error_message": _("Vorgesehen ist {what}.").format(what=allowed + also),
    }


def _letters(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


def _set_up(sheet: Any, head: int, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(head + 1, 1)
    sheet.repeat_rows(head)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_comments_author("")


def _mark_sheet(book: Any, mark: FormMark) -> None:
    sheet = book.add_worksheet(FORM_SHEET)
    for place, (name, text) in enumerate(mark_lines(mark)):
        sheet.write_string(place, 0, name)
        sheet.write_string(place, 1, text)
    sheet.very_hidden()


def _german_day(iso: str) -> str:
    # as the recipe of the form reads it, in whatever language the letter is
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


def _quiet() -> dict[str, Any]:
    return {"visible": False, "author": ""}
