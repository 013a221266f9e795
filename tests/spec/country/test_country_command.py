"""The command itself: what it prints, and its exit codes."""

import json

import pytest
from country_grids import TOWN, areas, small_country, write

from sozialraum.cli.commands import run as command


def test_programs_get_one_object_and_nothing_else(grid, tmp_path, at_once, capsys):
    code = command(["propose-country", str(grid), str(tmp_path / "out"), "--effort", "draft", "--json"])
    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    found = json.loads(said.out)
    assert (found["ok"], found["municipalities"], found["divided"], found["not_possible"]) == (True, 4, 2, 1)


def test_people_read_what_became_of_the_municipalities(grid, tmp_path, at_once, capsys):
    assert command(["propose-country", str(grid), str(tmp_path / "out"), "--effort", "draft"]) == 0
    said = capsys.readouterr()
    assert "2 in 5 Gebiete geteilt, 1 als ein einziges Gebiet" in said.out
    assert "Ohne Vorschlag: 1." in said.out
    assert "269 von 269 Zellen" in said.err


def test_bounds_and_size_are_options(grid, tmp_path, at_once):
    arguments = ["--effort", "draft", "--bounds", "500", "3000", "--target", "2000", "--seed", "4"]
    assert command(["propose-country", str(grid), str(tmp_path / "out"), *arguments]) == 0
    assert len(set(areas(tmp_path / "out", TOWN).values())) == 5
    made_with = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["parameters"]
    assert [made_with[name] for name in ("low", "high", "target", "seed", "effort")] == [500, 3000, 2000, 4, "draft"]


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--bounds", "900", "800"], 2), (["--effort", "quick"], 2), (["--bounds", "900"], 2)]
)
def test_a_wrong_call_ends_with_2(grid, tmp_path, capsys, arguments, code):
    assert command(["propose-country", str(grid), str(tmp_path / "out"), *arguments]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_a_refused_grid_ends_with_3_and_says_where(tmp_path, capsys):
    grid = write(tmp_path / "grid.parquet", small_country(), population=None)
    assert command(["propose-country", str(grid), str(tmp_path / "out")]) == 3
    assert "Spalte „population“: Die Spalte fehlt." in capsys.readouterr().err
