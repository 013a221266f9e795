"""A form that is written, filled in by anybody and read back gives what was filled in, with statuses."""

from __future__ import annotations

import io
import math
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.deliveries import forms, read_delivery
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.form_files import form_bytes, question_bytes
from sozialraum.deliveries.form_signs import legend_lines
from sozialraum.deliveries.forms import Form, FormColumn, FormMark, QuestionRow
from sozialraum.deliveries.heads import clean_head
from sozialraum.deliveries.reading import Places
from village import draw_municipality, village_blocks

WRITTEN = "2026-11-28T10:00:00+00:00"
BLOCKS = village_blocks()
UNITS = tuple(BLOCKS["block_id"])
# What a person may write in a cell, and what it has to become: low, high, status
SIGNS: dict[str, tuple[float | None, float | None, str]] = {
    "*": (1, 2, "suppressed"),
    "x": (None, None, "blocked"),
    "": (None, None, "missing"),
}
CELLS = st.one_of(st.integers(0, 10**6), st.sampled_from(["*", "x", ""]), st.integers(0, 999).map(str))
WORDS = st.text("abcdefghijklmnopqrstuvwxyzäöüßABC 0123456789-/().,:;&\"'+%", min_size=1, max_size=40).map(str.strip)

# A head is a word at least, other than those of key and name; it may end in what looks like a mark of a footnote.
HEADS = st.builds("{}{}".format, WORDS, st.sampled_from(["", " 1)", "²", "3", ":"])).filter(
    lambda head: clean_head(head) not in ("", "Schlüssel", "Name")
)


def expected(cell: int | str) -> tuple[float | None, float | None, str]:
    return SIGNS.get(str(cell)) or (float(cell), float(cell), "observed")


def number_or_none(number: float) -> float | None:
    return None if math.isnan(number) else number


@st.composite
def filled_forms(draw: Any) -> tuple[tuple[str, ...], list[list[int | str]]]:
    """Heads of columns, and a cell for each unit and column."""
    heads = draw(st.lists(HEADS, min_size=1, max_size=4, unique_by=clean_head))
    cells = [[draw(CELLS) for _head in heads] for _unit in UNITS]
    return tuple(heads), cells


@settings(max_examples=40, deadline=None)
@given(filled_forms(), st.dates(min_value=date(1991, 1, 1), max_value=date(2090, 12, 31)))
def test_what_is_filled_in_is_what_is_read(given_form: tuple[tuple[str, ...], list[list[int | str]]], day: Any) -> None:
    heads, cells = given_form
    form = Form(
        code="own",
        title="Eigene Angaben",
        source="Amt",
        period=day.isoformat(),
        kind="block",
        units=tuple((unit, "") for unit in UNITS),
        columns=tuple(FormColumn(head, f"own_{place}") for place, head in enumerate(heads)),
        legend=tuple(legend_lines([FormColumn("Kinder", "")])),
    )
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(form, project="p", request="A1", written=WRITTEN)))
    for row, values in enumerate(cells, 5):
        for column, value in enumerate(values, 3):
            book.worksheets[0].cell(row, column).value = value if value != "" else None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "formblatt.xlsx"
        book.save(file)
        mark = forms.form_in(open_file(file))
        assert mark is not None
        reading = read_delivery(file, forms.form_recipe(mark), Places(BLOCKS, draw_municipality()))
    assert reading.periods == (day.isoformat(),)
    assert not [one for one in reading.findings if one.severity == "error"]
    found = {
        (row.unit, row.feature): (
            None if row.low != row.low else row.low,
            None if row.high != row.high else row.high,
            row.status,
        )
        for row in reading.observations.itertuples()
    }
    wanted = {
        (unit, f"own_{place}"): expected(cell)
        for unit, values in zip(UNITS, cells, strict=True)
        for place, cell in enumerate(values)
    }
    assert found == wanted


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(WORDS.filter(bool), st.one_of(st.just(""), WORDS.filter(bool))), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_answers_come_back_whatever_the_order_of_their_rows(asked: list[tuple[str, str]], chance: Any) -> None:
    rows = [QuestionRow(f"f{place}", question) for place, (question, _answer) in enumerate(asked)]
    content = question_bytes(rows, query="R1", project="p", title="Rückfrage", lines=("Bis bald.",), written=WRITTEN)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    for line, (_question, answer) in zip(lines, asked, strict=True):
        line[8] = answer or None
    chance.shuffle(lines)
    for row, line in enumerate(lines, 5):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column).value = value
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "antwort.xlsx"
        book.save(file)
        opened = open_file(file)
        mark = forms.form_in(opened)
        assert mark == FormMark("answers", "R1", "p", findings=tuple(row.finding for row in rows))
        read = forms.read_answer_rows(opened, mark)
    assert read.texts == {place: answer for place, (_question, answer) in enumerate(asked, 1) if answer}
    assert len(read.findings) == sum(not answer for _question, answer in asked)
