"""Plans out and in and blocks divided, as a person calls it."""

import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import village
from sozialraum.cli.commands import run
from sozialraum.project import Project

sys.path.insert(0, str(Path(__file__).parents[1] / "project"))
from project_world import new_project, village_plan

A = f"{village.AGS}-A"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    with new_project(tmp_path / "p") as project:
        project.save_plan(village_plan())
    return str(tmp_path / "p")


@pytest.fixture
def viertel(tmp_path: Path) -> str:
    east, north = village.EAST, village.NORTH
    boxes = [shapely.box(east, north - 600, east + 250, north), shapely.box(east + 250, north - 600, east + 600, north)]
    gpd.GeoDataFrame({"nr": ["1", "2"]}, geometry=boxes, crs="EPSG:25832").to_file(tmp_path / "viertel.gpkg")
    return str(tmp_path / "viertel.gpkg")


@pytest.mark.parametrize("name", ["plan.gpkg", "plan.geojson", "plan.shp", "plan.zip", "plan.csv", "plan"])
def test_a_plan_goes_out_and_in_again(folder: str, tmp_path: Path, name: str, capsys) -> None:  # type: ignore[no-untyped-def]
    assert run(["plan", "export", folder, str(tmp_path / name)]) == 0
    assert "Geschrieben" in capsys.readouterr().out
    options = ["--format", "csv"] if name == "plan" else []
    assert run(["plan", "import", folder, str(tmp_path / name), "--role", "Fachstelle", *options]) == 0
    with Project.open(folder) as project:
        assert project.plan().assignment.to_dict() == village_plan().assignment.to_dict()
        assert len(project.plans()) == 2


def test_blocks_on_a_border_stop_the_import_until_they_are_decided(
    folder: str, viertel: str, tmp_path: Path, capsys
) -> None:  # type: ignore[no-untyped-def]
    call = ["plan", "import", folder, viertel, "--role", "Fachstelle"]
    assert run(call) == 3
    said = capsys.readouterr().err
    assert "4 Bausteine liegen auf einer Grenze" in said
    assert "--majority oder --decisions" in said
    with Project.open(folder) as project:
        assert len(project.plans()) == 1
        assert list(project.plan_imports()["state"]) == ["dropped"]
    (tmp_path / "d.csv").write_text(f"block_id;area_id\n{village.AGS}-B;1\n", encoding="utf-8")
    decided = ["--decisions", str(tmp_path / "d.csv"), "--majority", "--body", "Rat", "--decided-on", "2026-02-03"]
    assert run([*call, *decided]) == 0
    assert "2\xa0Gebiete, 4\xa0Bausteine auf Grenzen entschieden" in capsys.readouterr().out
    with Project.open(folder) as project:
        assert project.plan().status == "adopted"


def test_a_role_is_needed(folder: str, viertel: str, capsys) -> None:  # type: ignore[no-untyped-def]
    assert run(["plan", "import", folder, viertel]) == 2
    assert "--role" in capsys.readouterr().err


def test_an_unknown_format_is_a_wrong_call(folder: str, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert run(["plan", "export", folder, str(tmp_path / "plan.xlsx")]) == 2
    assert "gpkg, geojson, csv, shp" in capsys.readouterr().err


def test_decisions_that_cannot_be_read_are_refused(folder: str, viertel: str, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "d.csv").write_text("x;y\n1;2\n", encoding="utf-8")
    call = ["plan", "import", folder, viertel, "--role", "x", "--decisions", str(tmp_path / "d.csv")]
    assert run(call) == 3
    assert "block_id;area_id" in capsys.readouterr().err


def test_a_block_is_divided_after_a_look(folder: str, capsys) -> None:  # type: ignore[no-untyped-def]
    y = village.NORTH - 100
    line = f"{village.EAST - 9} {y}, {village.EAST + 209} {y}"
    call = ["blocks", "split", folder, A, "--line", line, "--role", "Fachstelle"]
    assert run([*call, "--look"]) == 0
    assert run(call) == 0
    assert capsys.readouterr().out.count(f"{A}.1 mit 250, {A}.2 mit 250 Einwohnern") == 2
    assert run(call) == 2  # it is gone now
    with Project.open(folder) as project:
        assert project.blocks_version() == 2


@pytest.mark.parametrize("line", ["", "1 2", "a b, c d", "1 2 3, 4 5 6"])
def test_a_line_that_is_none_is_a_wrong_call(folder: str, line: str, capsys) -> None:  # type: ignore[no-untyped-def]
    assert run(["blocks", "split", folder, A, "--line", line, "--role", "x"]) == 2
    assert "zwei Punkte" in capsys.readouterr().err
