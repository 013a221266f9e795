"""`sozialraum benefits list|export|import` in a terminal."""

from __future__ import annotations

import json

import openpyxl
import pytest

from sozialraum.cli.commands import run
from sozialraum.project import Project


@pytest.fixture
def folder(tmp_path):
    Project.create(tmp_path / "p", name="Musterkreis").close()
    return tmp_path / "p"


def test_names_go_out_are_looked_at_and_come_back(folder, tmp_path, capsys):
    file = tmp_path / "namen.xlsx"
    assert run(["benefits", "export", str(folder), str(file)]) == 0
    book = openpyxl.load_workbook(file)
    book["Leistungen"]["B3"] = "Neugeld"
    book.save(file)
    capsys.readouterr()
    assert run(["benefits", "import", str(folder), str(file), "--look"]) == 0
    said = "geändert: Neugeld (ab 01.01.2023) – Name: „Bürgergeld“ jetzt „Neugeld“\n"
    assert capsys.readouterr().out == said
    run(["benefits", "list", str(folder)])
    assert "Bürgergeld (ab 01.01.2023)" in capsys.readouterr().out
    assert run(["benefits", "import", str(folder), str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["saved"] is True
    run(["benefits", "list", str(folder)])
    assert "Grundsicherung für Arbeitsuchende (SGB II): Neugeld (ab 01.01.2023)" in capsys.readouterr().out
    assert run(["benefits", "import", str(folder), str(file)]) == 0
    assert capsys.readouterr().out == "Nichts geändert.\n"


def test_a_workbook_with_faults_is_refused(folder, tmp_path, capsys):
    file = tmp_path / "namen.xlsx"
    run(["benefits", "export", str(folder), str(file)])
    book = openpyxl.load_workbook(file)
    book["Leistungen"]["D3"] = "bald"
    book.save(file)
    assert run(["benefits", "import", str(folder), str(file)]) == 3
    assert "„bald“ ist kein Datum" in capsys.readouterr().err
