"""`sozialraum recipe list|export|import` in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from sozialraum.cli.commands import run
from sozialraum.deliveries.files import open_file
from sozialraum.project import Project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Project.create(tmp_path / "p", name="Musterkreis").close()
    return tmp_path / "p"


def renamed(file: Path) -> None:
    """Another holder in the workbook."""
    sheets = open_file(file).sheets
    with xlsxwriter.Workbook(file) as book:
        for sheet in sheets:
            target = book.add_worksheet(sheet.name)
            for number, row in enumerate(sheet.rows):
                for column, text in enumerate(row):
                    holder = sheet.name == "Angaben" and text == "Jugendämter"
                    target.write_string(number, column, "Jugendamt Musterstadt" if holder else text)


def test_the_list_names_every_source(capsys):
    assert run(["recipe", "list", "--json"]) == 0
    listed = {one["code"]: one for one in json.loads(capsys.readouterr().out)["recipes"]}
    assert listed["youth_office"]["source"] == "Jugendämter"


def test_a_recipe_goes_out_as_a_workbook_and_comes_back_changed(folder, tmp_path, capsys):
    file = tmp_path / "regel.xlsx"
    assert run(["recipe", "export", "youth_office", str(file)]) == 0
    assert run(["recipe", "import", str(folder), str(file)]) == 0
    assert "Nichts geändert." in capsys.readouterr().out
    renamed(file)
    assert run(["recipe", "import", str(folder), str(file), "--look"]) == 0
    assert "vorher „Jugendämter“" in capsys.readouterr().out
    with Project.open(folder) as project:
        assert project.own_recipes().empty
    assert run(["recipe", "import", str(folder), str(file), "--role", "Statistik"]) == 0
    assert "Gespeichert als Fassung 2." in capsys.readouterr().out
    assert run(["recipe", "list", "--project", str(folder), "--json"]) == 0
    listed = {one["code"]: one for one in json.loads(capsys.readouterr().out)["recipes"]}
    assert (listed["youth_office"]["source"], listed["youth_office"]["version"]) == ("Jugendamt Musterstadt", 2)


def test_what_does_not_exist_or_is_no_recipe_is_refused(folder, tmp_path, capsys):
    assert run(["recipe", "export", "keine", str(tmp_path / "x.xlsx")]) == 2
    (tmp_path / "leer.csv").write_text("a;b\n", encoding="utf-8")
    assert run(["recipe", "import", str(folder), str(tmp_path / "leer.csv")]) == 3
    assert "keine Excel-Datei" in capsys.readouterr().err
