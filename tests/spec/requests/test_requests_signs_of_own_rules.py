"""A form asked for by a rule of one's own is read back with the meaning the rule gives to signs.

The rule below reads three columns of a youth office. Its profile is the one of youth offices, where `*` is 1 or 2:

| column    | signs of the column itself                   | what the form reads                       |
|-----------|----------------------------------------------|-------------------------------------------|
| Fälle     | `#` is 0 to 4, `*` is 0 to 9 (a person said) | `#` 0 to 4, `*` 0 to 9                    |
| Kinder    | none                                         | `*` 1 or 2, as youth offices write        |
| Haushalte | `*` 0 to 4 where the source says so (quoted) | `*` 0 to 4: the form quotes these words   |
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from request_village import AREAS, CARE, asking_project, filled
from sozialraum import workflow
from sozialraum.project import Project
from sozialraum.workflow import request_files, requesting
from village import AGS

SAYS = "Werte unter 5 werden durch * ersetzt. Keine weitere Geheimhaltung."
RULE = """
code = "own_office"
version = 1
title = "Eigene Tabelle"
source = "Jugendamt Musterdorf"
formats = ["xlsx"]

[columns]
area = "Sozialraum"
cases = "Fälle"
children = "Kinder"
homes = "Haushalte"

[key]
column = "area"
kind = "area"
unique = ["area"]

[period]
fixed = "2025-12-31"
form = "day"

[[value]]
column = "cases"
feature = "own_cases"
signs = "youth"
own_signs = ["# = 0-4", "* = 0-9"]
"""
CHILDREN = """
[[value]]
column = "children"
feature = "own_children"
signs = "youth"
"""
HOMES = f"""
[[value]]
column = "homes"
feature = "own_homes"
signs = "plain"
own_signs = ["* = 0-4 stated: {SAYS}"]
"""


@pytest.fixture(autouse=True)
def _early(monkeypatch):
    """Before the due dates of the tests."""
    monkeypatch.setattr(requesting, "now", lambda: "2026-01-05T08:00:00.000000+00:00")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with asking_project(tmp_path / "p") as made:
        yield made


def form_of(project: Project, folder: Path, rule: str) -> Path:
    project.save_recipe(rule)
    project.save_catalogue_records(data_sets=[replace(CARE, recipe="own_office")])
    made = requesting.request(project, "betreuung", [AGS], "2025", due="2026-06-30")
    return request_files.write_request(project, made.request_id, folder / "out")[1]


def read_back(
    project: Project, file: Path, cells: dict[str, object]
) -> dict[tuple[str, str], tuple[float, float, str]]:
    review = workflow.receive(project, filled(file, cells))
    for one in review.findings:
        assert one.finding.severity != "error", one.finding
        if one.finding.severity == "warning":
            workflow.decide(project, review.review_id, one.id, "accepted", "gesehen", "Planung")
    workflow.take_over(project, review.review_id)
    rows = project.observations()
    return {
        (row.unit, row.feature): (row.low, row.high, row.status)
        for row in rows.itertuples()
        if row.geography.startswith("plan:")
    }


def test_signs_of_a_column_come_back_with_its_own_bounds(project, tmp_path):
    file = form_of(project, tmp_path, RULE + CHILDREN)
    empty = dict.fromkeys(("C8", "D8"), 0)
    read = read_back(project, file, {"C6": "#", "C7": "*", "D6": "*", "D7": 17} | empty)
    assert read[AREAS[0], "own_cases"] == (0, 4, "suppressed")
    assert read[AREAS[1], "own_cases"] == (0, 9, "suppressed")
    assert read[AREAS[1], "own_children"] == (17, 17, "observed")
    assert read[AREAS[0], "own_children"] == (1, 2, "suppressed")


def test_words_of_the_source_that_bounds_rest_on_are_quoted_on_the_form(project, tmp_path):
    file = form_of(project, tmp_path, RULE.split("[[value]]")[0] + HOMES)
    read = read_back(project, file, {"C6": "*", "C7": 12, "C8": 0})
    assert read[AREAS[0], "own_homes"] == (0, 4, "suppressed")
    texts = [str(row[0].value) for row in openpyxl.load_workbook(file)["Tabelle"].iter_rows()]
    assert SAYS in texts


def test_letter_cover_and_cells_offer_the_signs_of_the_column(project, tmp_path):
    file = form_of(project, tmp_path, RULE + CHILDREN)
    book = openpyxl.load_workbook(file)
    cover = [[cell.value for cell in row] for row in book["Deckblatt"].iter_rows()]
    assert ["#", "unter 5, verdeckt (in „Fälle“)"] in cover
    assert ["*", "1 bis 2, verdeckt (in „Kinder“)"] in cover
    formulas = [one.formula1 for one in book["Tabelle"].data_validations.dataValidation]
    assert 'EXACT(C6,"#")' in formulas[0]
    assert '"#"' not in formulas[1]
    letter = request_files.request_preview(project, requesting.requests(project)[0])
    assert "# | unter 5, verdeckt (in „Fälle“)" in letter


def test_a_profile_of_the_project_holds_as_it_was_when_the_form_went_out(project, tmp_path):
    sign = '{ text = "~", status = "suppressed", low = 0, high = 7, meaning = "unter 8", legend = "~ unter 8" }'
    profile = f'title = "Eigene"\nsigns = [{sign}]\n'
    project.save_signs("own_signs_of_office", profile)
    rule = RULE.split("[[value]]")[0] + CHILDREN.replace('"youth"', '"own_signs_of_office"')
    file = form_of(project, tmp_path, rule)
    project.save_signs("own_signs_of_office", profile.replace("high = 7", "high = 3"))
    read = read_back(project, file, {"C6": "~", "C7": 12, "C8": 0})
    assert read[AREAS[0], "own_children"] == (0, 7, "suppressed")


def test_what_a_person_settled_for_the_rule_holds_on_its_form(project, tmp_path, monkeypatch):
    rule = RULE.split("[[value]]")[0] + CHILDREN.replace('"youth"', '"agency"')
    project.save_recipe(rule)
    wide = form_of(project, tmp_path / "wide", rule)
    assert "own_signs" not in text_of_mark(wide)
    settled = {"own_office": ("*",)}
    monkeypatch.setattr(type(project), "explained_signs", lambda _self, code: settled.get(code, ()))
    read = read_back(project, form_of(project, tmp_path / "narrow", rule), {"C6": "*", "C7": 12, "C8": 0})
    assert read[AREAS[0], "own_children"] == (0, 9, "suppressed")


def test_a_sum_over_the_year_and_a_share_stay_what_they_are(project, tmp_path):
    rule = RULE.split("[[value]]")[0].replace('fixed = "2025-12-31"\nform = "day"', 'fixed = "2025"\nform = "year"')
    share = CHILDREN + 'measure = true\nmost = 100\nknown_as = "estimated"\nknown_why = "geschätzt"\n'
    file = form_of(project, tmp_path, rule + share)
    sheet = openpyxl.load_workbook(file)["Tabelle"]
    assert sheet["C5"].value == "Kinder, im Jahr 2025"
    assert "Summe über das Jahr 2025" in sheet["C5"].comment.text
    assert "(höchstens 100)" in sheet["C5"].comment.text
    read = read_back(project, file, {"C6": 12.5, "C7": 100, "C8": 0})
    assert read[AREAS[0], "own_children"] == (12.5, 12.5, "estimated")
    assert set(project.observations()["period"]) == {"2025"}


def test_an_average_stays_weighted_by_its_number(project, tmp_path):
    average = 'column = "homes"\nfeature = "own_homes"\nsigns = "plain"\nmeasure = true\nweight = "children"\n'
    rule = RULE.split("[[value]]")[0] + CHILDREN + "[[value]]\n" + average
    file = form_of(project, tmp_path, rule)
    sheet = openpyxl.load_workbook(file)["Tabelle"]
    assert [sheet["C5"].value, sheet["D5"].value] == ["Kinder", "Haushalte"]
    read = read_back(project, file, {"C6": 40, "D6": 2.5, "C7": 10, "D7": 3, "C8": 0, "D8": 0})
    assert read[AREAS[0], "own_homes"][:2] == (100, 100)


def text_of_mark(file: Path) -> str:
    """What the hidden sheet of a form says."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    return "\n".join(str(row[1].value) for row in book["sozialraum"].iter_rows())
