"""Plans out and in and blocks divided, as a person calls it."""

import sys
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import village
from sozialraum import deliveries
from sozialraum.cli.commands import run
from sozialraum.project import Project

sys.path.insert(0, str(Path(__file__).parents[1] / "project"))
from project_world import WHEN, new_project, some_reading, village_plan, write_delivery

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


def waiting(folder: str) -> list[str]:
    with Project.open(folder) as project:
        return list(project.plan_imports()["state"])


DECISIONS = [
    # what the file holds, None = no file; the exit code; a part of the answer
    (None, 3, "gibt es nicht"),
    (b"", 3, "block_id;area_id"),
    (bytes(range(256)), 3, "block_id;area_id"),
    (b'block_id;area_id\n"05999004-B;1\n', 3, "block_id;area_id"),
    ("block_id;area_id\n05999004-ä;1\n".encode("latin1"), 3, "05999004-ä"),
    (b"block_id;area_id\n05999004-B;9\n", 3, "„9“"),
]


@pytest.mark.parametrize(("content", "code", "said"), DECISIONS)
def test_a_file_of_decisions_that_fails_leaves_nothing_waiting(
    folder: str, viertel: str, tmp_path: Path, content: bytes | None, code: int, said: str, capsys
) -> None:  # type: ignore[no-untyped-def]
    if content is not None:
        (tmp_path / "d.csv").write_bytes(content)
    call = ["plan", "import", folder, viertel, "--role", "x", "--decisions", str(tmp_path / "d.csv")]
    assert run(call) == code
    answer = capsys.readouterr().err
    assert said in answer
    assert "Es wurde nichts übernommen" in answer
    assert "open" not in waiting(folder)


def test_a_folder_is_no_file_of_decisions(folder: str, viertel: str, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert run(["plan", "import", folder, viertel, "--role", "x", "--decisions", str(tmp_path)]) == 3
    assert "gibt es nicht" in capsys.readouterr().err
    assert "open" not in waiting(folder)


def test_whatever_stops_the_import_nothing_waits(folder: str, viertel: str, capsys) -> None:  # type: ignore[no-untyped-def]
    call = ["plan", "import", folder, viertel, "--role", "x", "--majority", "--body", "Rat", "--decided-on", "20260101"]
    assert run(call) == 3
    assert "JJJJ-MM-TT" in capsys.readouterr().err
    assert waiting(folder) == ["dropped"]


def test_decisions_as_windows_writes_them_are_read(folder: str, tmp_path: Path) -> None:
    east, north = village.EAST, village.NORTH
    boxes = [shapely.box(east, north - 600, east + 250, north), shapely.box(east + 250, north - 600, east + 600, north)]
    frame = gpd.GeoDataFrame({"nr": ["Süd", "Ost"]}, geometry=boxes, crs="EPSG:25832")
    frame.to_file(tmp_path / "viertel.gpkg")
    (tmp_path / "d.csv").write_bytes(f"block_id;area_id\r\n{village.AGS}-B;Süd\r\n".encode("cp1252"))
    call = ["plan", "import", folder, str(tmp_path / "viertel.gpkg"), "--role", "x", "--majority"]
    assert run([*call, "--decisions", str(tmp_path / "d.csv")]) == 0
    with Project.open(folder) as project:
        made = project.plan().parameters["adoption"]["decisions"]
        assert [one["area"] for one in made if one["block_id"] == f"{village.AGS}-B"] == ["Süd"]


WRONG_TARGETS = [
    ("b.csv", "gpkg", "passt nicht zum Format gpkg"),
    ("b.gpkg", "csv", "passt nicht zum Format csv"),
    ("b", "gpkg", "passt nicht zum Format gpkg"),
    ("b.geojson", "shp", "passt nicht zum Format shp"),
    ("no/b.csv", "", "Den Ordner"),
    ("dir.csv", "", "ist ein Ordner"),
]


@pytest.mark.parametrize(("name", "format", "said"), WRONG_TARGETS)
def test_a_plan_is_not_written_where_it_does_not_fit(folder, tmp_path, name, format, said, capsys) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "dir.csv").mkdir()
    options = ["--format", format] if format else []
    assert run(["plan", "export", folder, str(tmp_path / name), *options]) == 2
    answer = capsys.readouterr().err
    assert said in answer
    assert ".part-" not in answer
    assert not (tmp_path / "b.csv").exists()


@pytest.mark.parametrize("content", [bytes(range(256)), b"a\rb\x00;", b'block_id;area_id\n"05999004-A;1'])
def test_an_adopted_plan_that_is_no_table_is_refused(folder: str, tmp_path: Path, content: bytes, capsys) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "bin").write_bytes(content)
    assert run(["plan", "adopt", folder, village.AGS, str(tmp_path / "bin")]) == 3
    assert run(["plan", "import", folder, str(tmp_path / "bin"), "--format", "csv", "--role", "x"]) == 3
    assert "kann nicht übernommen werden" in capsys.readouterr().err


def test_what_was_decided_stays_in_force(folder: str, viertel: str, capsys) -> None:  # type: ignore[no-untyped-def]
    call = ["plan", "import", folder, viertel, "--role", "x", "--majority"]
    assert run([*call, "--title", "Beschluss", "--body", "Rat", "--decided-on", "2026-02-03"]) == 0
    capsys.readouterr()
    assert run([*call, "--title", "Anderer"]) == 0
    said = capsys.readouterr().out
    assert "„Anderer“ liegt als Vorschlag daneben, gerechnet wird weiter mit „Beschluss“" in said
    assert "--decided-on" in said
    with Project.open(folder) as project:
        assert project.plan().title == "Beschluss"


def test_a_person_names_parts_and_shares_in_the_terminal(folder: str, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    with Project.open(folder) as project:
        rows = [("E1", "Kita Linde", "daycare", A, "under_6", 4.0, 4.0, "observed", "Zeile 2", "2025-12-31", False)]
        facilities = pd.DataFrame(rows, columns=list(deliveries.FACILITY_COLUMNS))
        project.add_delivery(write_delivery(tmp_path), replace(some_reading(), facilities=facilities), WHEN)
    y = village.NORTH - 100
    line = f"{village.EAST - 9} {y}, {village.EAST + 209} {y}"
    call = ["blocks", "split", folder, A, "--line", line, "--role", "Fachstelle"]
    assert run([*call, "--facility", "E1"]) == 2
    assert run([*call, "--share", "population=viel"]) == 2
    assert run([*call, "--share", "banana=0.2"]) == 2
    capsys.readouterr()
    assert run([*call, "--facility", "E1=2", "--share", "population=0,6", "--share", "*=0.6"]) == 0
    said = capsys.readouterr().out
    assert f"{A}.1 mit 300, {A}.2 mit 200 Einwohnern" in said
    assert f"Kita Linde: in {A}.2, wie festgelegt" in said
    with Project.open(folder) as project:
        assert project.block_splits()[0].share_of("households").share == 0.6
