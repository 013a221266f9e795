"""Workbooks that come back: the empty table of a request and the table of questions."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import forms, read_delivery
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.form_files import form_bytes, question_bytes
from sozialraum.deliveries.form_signs import legend_lines
from sozialraum.deliveries.forms import Form, FormColumn, FormMark, QuestionRow
from sozialraum.deliveries.reading import Places
from village import AGS, draw_municipality, village_blocks

WRITTEN = "2026-11-28T10:00:00+00:00"
BLOCKS = village_blocks()
FORM = Form(
    code="care",
    title="Tagesbetreuung",
    source="Jugendamt",
    period="2025-12-31",
    kind="block",
    units=(*((block, f"Block {block[-1]}") for block in BLOCKS["block_id"]), (f"{AGS}-ohne", "ohne Angabe")),
    columns=(FormColumn("Kinder", "", note="alle Kinder"), FormColumn("betreute Kinder", "care_03_06")),
    at_most=((1, 0),),
    lines=("Bitte ausfüllen.",),
    legend=tuple(legend_lines([FormColumn("Kinder", "")])),
)
ROWS = (
    QuestionRow("f1", "Welche Zahl gilt?", "Tabelle1", 12, "Summe", "", "Plätze", "820, gelesen als Summe"),
    QuestionRow("f2", "Was bedeutet „*“?", column="Kinder"),
)


def written(folder: Path) -> Path:
    file = folder / "formblatt.xlsx"
    file.write_bytes(form_bytes(FORM, project="p1", request="A1", written=WRITTEN))
    return file


def fill(file: Path, values: dict[str, object]) -> Path:
    book = openpyxl.load_workbook(file)
    for cell, value in values.items():
        book.worksheets[0][cell] = value
        if isinstance(value, str):
            book.worksheets[0][cell].data_type = "s"
    book.save(file)
    return file


def questions(folder: Path) -> Path:
    file = folder / "rueckfrage.xlsx"
    file.write_bytes(
        question_bytes(ROWS, query="R1", project="p1", title="Rückfrage", lines=("Bis 1.1.",), written=WRITTEN)
    )
    return file


def test_a_form_has_the_keys_of_all_units_and_its_hidden_sheet(tmp_path):
    book = openpyxl.load_workbook(written(tmp_path))
    sheet = book.worksheets[0]
    assert [sheet.cell(5, column).value for column in range(1, 5)] == ["Schlüssel", "Name", "Kinder", "betreute Kinder"]
    keys = [sheet.cell(row, 1).value for row in range(6, 19)]
    assert keys == [unit[0] for unit in FORM.units]
    assert book["sozialraum"].sheet_state == "veryHidden"
    assert sheet["C5"].comment.text == "alle Kinder"
    assert sheet["C6"].protection.locked is False
    assert sheet["A6"].protection.locked is True
    assert len(sheet.data_validations.dataValidation) == 2


def test_a_filled_form_is_read_without_a_recipe(tmp_path):
    file = fill(written(tmp_path), {"D6": 5, "D7": "*", "D8": "x", "C6": 9, "D18": 3})
    mark = forms.form_in(open_file(file))
    assert (mark.kind, mark.code, mark.project, mark.request) == ("table", "care", "p1", "A1")
    reading = read_delivery(file, forms.form_recipe(mark), Places(BLOCKS, draw_municipality()))
    values = reading.observations.set_index("unit")
    assert values.loc[f"{AGS}-A", ["low", "high", "status"]].tolist() == [5, 5, "observed"]
    assert values.loc[f"{AGS}-B", ["low", "high", "status"]].tolist() == [1, 2, "suppressed"]
    assert values.loc[f"{AGS}-C", "status"] == "blocked"
    assert values.loc[f"{AGS}-D", "status"] == "missing"
    assert values.loc[AGS, ["geography", "low"]].tolist() == ["residual", 3]
    assert reading.periods == ("2025-12-31",)
    assert not [line for line in reading.remarks if "recipe" in line]


def test_more_than_there_is_and_a_strange_sign_are_findings_with_their_row(tmp_path):
    file = fill(written(tmp_path), {"C6": 4, "D6": 5, "D7": "viele"})
    recipe = forms.form_recipe(forms.form_in(open_file(file)))
    with pytest.raises(InputRefused) as refused:
        read_delivery(file, recipe, Places(BLOCKS, draw_municipality()))
    assert 7 in [finding.row for finding in refused.value.findings]


def test_the_same_form_and_the_same_questions_are_the_same_bytes():
    twice = [form_bytes(FORM, project="p", request="A1", written=WRITTEN) for _ in range(2)]
    assert twice[0] == twice[1]
    asked = [question_bytes(ROWS, query="R1", project="p", title="t", lines=(), written=WRITTEN) for _ in range(2)]
    assert asked[0] == asked[1]


def test_answers_come_back_by_the_number_of_their_question(tmp_path):
    content = open_file(fill(questions(tmp_path), {"I5": " 832 "}))
    mark = forms.form_in(content)
    assert mark == FormMark("answers", "R1", "p1", findings=("f1", "f2"))
    answers = forms.read_answer_rows(content, mark)
    assert answers.texts == {1: "832"}
    (open_one,) = answers.findings
    assert (open_one.row, open_one.severity) == (6, "warning")
    assert "2" in open_one.what


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"A5": "7"}, "Nummer „7“"),
        ({"A6": "1", "I5": "832", "I6": "820"}, "zwei verschiedene"),
        ({"I5": "#DIV/0!"}, "fehlerhafte Formel"),
        ({"I5": "x" * 2_001}, "2001 Zeichen"),
    ],
)
def test_answers_that_cannot_be_right_are_refused_with_their_row(tmp_path, cells, words):
    content = open_file(fill(questions(tmp_path), cells))
    with pytest.raises(InputRefused) as refused:
        forms.read_answer_rows(content, forms.form_in(content))
    assert words in str(refused.value)
    assert refused.value.findings[0].row in (5, 6)


def test_rows_sorted_by_somebody_keep_their_answers(tmp_path):
    file = questions(tmp_path)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    first = [sheet.cell(5, column).value for column in range(1, 10)]
    for column in range(1, 10):
        sheet.cell(5, column).value, sheet.cell(6, column).value = sheet.cell(6, column).value, first[column - 1]
    sheet["I5"], sheet["I6"] = "zum zweiten", "zum ersten"
    book.save(file)
    content = open_file(file)
    assert forms.read_answer_rows(content, forms.form_in(content)).texts == {2: "zum zweiten", 1: "zum ersten"}


def test_other_workbooks_are_no_forms_and_a_changed_sheet_is_refused(tmp_path):
    other = openpyxl.Workbook()
    other.active["A1"] = "Schlüssel"
    other.save(tmp_path / "andere.xlsx")
    assert forms.form_in(open_file(tmp_path / "andere.xlsx")) is None
    file = questions(tmp_path)
    book = openpyxl.load_workbook(file)
    book["sozialraum"]["B2"] = "anderes"
    book.save(file)
    with pytest.raises(InputRefused, match="verborgene Blatt"):
        forms.form_in(open_file(file))


def test_a_workbook_without_its_questions_says_so(tmp_path):
    file = questions(tmp_path)
    book = openpyxl.load_workbook(file)
    book.worksheets[0].delete_rows(1, 10)
    book.save(file)
    content = open_file(file)
    with pytest.raises(InputRefused, match="Tabelle der Fragen"):
        forms.read_answer_rows(content, forms.form_in(content))
