"""A comparison for others in every form: the same numbers withheld, said once, and never told again."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl

import few_people
from sozialraum.plans.comparison_files import about_lines, comparison_tables, write_csv, write_xlsx
from sozialraum.workflow import comparison_lines

COMPARED = few_people.compared("AAAABBBBCCCC", "AAAAABBBCCCC", [100] * 4 + [2] + [100] * 7)
NOTE = "Einwohnerzahlen: – = unter 3 oder zu deren Schutz nicht genannt."


def test_the_desk_keeps_all_numbers() -> None:
    assert [row["persons"] for row in COMPARED.to_json()["moved"]] == [2]
    assert NOTE not in COMPARED.notes


def test_it_can_be_written_as_json() -> None:
    body = json.loads(json.dumps(COMPARED.for_others().to_json()))
    assert [row["persons"] for row in body["moved"]] == [None]
    assert [town["persons_moved"] for town in body["towns"]] == [None]
    assert body["notes"] == [NOTE]


def test_withholding_twice_changes_nothing() -> None:
    once = COMPARED.for_others()
    assert once.for_others() is once


def test_tables_have_a_dash_and_say_what_it_means() -> None:
    towns, origin, moved = comparison_tables(COMPARED).values()
    assert origin["Einwohner/-innen"].tolist() == [400, "–", "–", 400]
    assert origin["Hinweis"].tolist() == ["", NOTE, NOTE, ""]
    assert moved["Einwohner/-innen"].tolist() == ["–"]
    assert towns["Einwohner/-innen gewechselt"].tolist() == ["–"]


def test_files_tell_what_the_tables_tell(tmp_path: Path) -> None:
    written = write_csv(COMPARED, tmp_path / "vergleich.csv")
    assert [file.read_text("utf-8-sig").count("–;") for file in written] == [2, 1, 1]
    book = openpyxl.load_workbook(write_xlsx(COMPARED, tmp_path / "vergleich.xlsx"))
    cells = [cell for row in book["Herkunft der Gebiete"].iter_rows(values_only=True) for cell in row]
    assert cells.count("–") == 2
    assert 300 not in cells
    assert about_lines(COMPARED).count(NOTE) == 1


def test_lines_of_the_terminal() -> None:
    lines = comparison_lines(COMPARED)
    assert lines == comparison_lines(COMPARED.for_others())
    assert "  X  2 Gebiet 2 → 1 Gebiet 1: 1\u00a0Baustein, – EW" in lines
    assert "1\u00a0Baustein mit – EW gewechselt" in lines[2]
    assert lines[-1] == NOTE
