"""Source geographies as a person calls them in the terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import village
from sozialraum import workflow
from sozialraum.cli.commands import run
from sozialraum.project import Project

sys.path.insert(0, str(Path(__file__).parents[1] / "project"))
from project_world import new_project, village_plan

WEST, NORTH = village.EAST, village.NORTH
RECIPE = """
code = "own_voters"
version = 1
title = "Wahlberechtigte"
source = "Wahlamt"
formats = ["csv"]
[columns]
key = "Stimmbezirk"
voters = "Wahlberechtigte"
[period]
fixed = "2025-12-31"
[key]
column = "key"
kind = "geography"
geography = "stimmbezirke"
[[value]]
column = "voters"
feature = "own_voters"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The village with two areas of columns; four columns of districts, the last one reaching 100 m beyond."""
    halves = dict.fromkeys("ADgJ", f"{village.AGS}-01") | dict.fromkeys("BCEFhiKL", f"{village.AGS}-02")
    with new_project(tmp_path / "p", editions=["2025-12-31"]) as project:
        project.save_plan(village_plan("Gebiete", halves))
        project.save_recipe(RECIPE)
    shapes = [
        shapely.box(WEST, NORTH - 600, WEST + 300, NORTH),
        shapely.box(WEST + 300, NORTH - 600, WEST + 700, NORTH),
    ]
    frame = gpd.GeoDataFrame({"NR": ["1", "2"]}, geometry=shapes, crs="EPSG:25832")
    frame.to_file(tmp_path / "bezirke.gpkg")
    (tmp_path / "wahl.csv").write_text("Stimmbezirk;Wahlberechtigte\n1;700\n2;900\n")
    return tmp_path / "p"


def called(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    assert run([str(one) for one in ("geographies", *arguments)]) == code
    written = capsys.readouterr()
    return written.out + written.err


def test_a_geography_from_file_to_outside(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder.parent / "bezirke.gpkg"
    said = called(capsys, "add", folder, file, "Stimmbezirke", "--valid-on", "2025-01-01")
    assert "Aufgenommen: Stimmbezirke, 2 Einheiten, Kennung stimmbezirke." in said
    with Project.open(folder) as project:
        workflow.deliver(project, folder.parent / "wahl.csv")
        workflow.compute(project)
    assert "stimmbezirke: Stimmbezirke, 2 Einheiten; Lieferungen: Wahlberechtigte" in called(capsys, "list", folder)
    shown = called(capsys, "show", folder, "stimmbezirke")
    assert "Wahlberechtigte: inhabitants – Geteilte Einheiten werden nach Einwohnerzahl übertragen." in shown
    assert "(möglich: inhabitants, area)" in shown
    assert "Wahlberechtigte: Abweichung" in shown
    unit = called(capsys, "unit", folder, "stimmbezirke", "1").replace("\u202f", " ")
    assert unit.splitlines()[:2] == ["1 Gebiet 1: 68,3 %", "2 Gebiet 2: 31,7 %"]


def test_a_choice_needs_a_reason_and_shows_what_lies_outside(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    called(capsys, "add", folder, folder.parent / "bezirke.gpkg", "Stimmbezirke")
    assert "Nennen Sie den Grund" in called(capsys, "choose", folder, "stimmbezirke", "area", code=2)
    called(capsys, "choose", folder, "stimmbezirke", "area", "--reason", "Probe")
    with Project.open(folder) as project:
        workflow.deliver(project, folder.parent / "wahl.csv")
        workflow.compute(project)
    shown = called(capsys, "show", folder, "stimmbezirke").replace("\u202f", " ")
    assert "Wahlberechtigte, 31.12.2025: außerhalb 225,0 14,1 %" in shown
    answer = json.loads(called(capsys, "list", folder, "--json"))
    assert "stimmbezirke" in json.dumps(answer)


def test_wrong_calls_are_said_without_a_traceback(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "gibt es nicht" in called(capsys, "add", folder, folder.parent / "fehlt.gpkg", "Stimmbezirke", code=3)
    assert "Welche Spalte" not in called(capsys, "add", folder, folder.parent / "bezirke.gpkg", "Stimmbezirke")
    assert "gibt es schon" in called(capsys, "add", folder, folder.parent / "bezirke.gpkg", "Stimmbezirke", code=2)
    assert "ist kein Datum" in called(
        capsys, "add", folder, folder.parent / "bezirke.gpkg", "Neu", "--valid-on", "2025", code=2
    )
    assert "gibt es nicht" in called(capsys, "show", folder, "nirgends", code=2)
    assert "gibt es nicht" in called(capsys, "unit", folder, "stimmbezirke", "9", code=2)
    assert "Entfernt: stimmbezirke" in called(capsys, "remove", folder, "stimmbezirke")
