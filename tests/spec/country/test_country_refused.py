"""What is refused: with every reason at once, in sentences, and without touching anything."""

import builtins

import numpy as np
import pytest
from country_grids import TOWN, small_country, write

from sozialraum.base import InputRefused, UsageError
from sozialraum.country import Rule, propose_country

DRAFT = Rule(effort="draft")


def refused(tmp_path, **changed):
    grid = write(tmp_path / "grid.parquet", small_country(), **changed)
    with pytest.raises(InputRefused) as caught:
        propose_country(grid, tmp_path / "out", DRAFT)
    assert not (tmp_path / "out").exists()
    return str(caught.value)


def test_keys_of_municipalities_stored_as_numbers(tmp_path):
    text = refused(tmp_path, municipality=np.full(269, 5334002))
    assert "führende Nullen" in text
    assert "als Text" in text


def test_a_key_that_lost_its_zero(tmp_path):
    keys = small_country()["municipality"]
    keys[20:30] = "5334002"
    text = refused(tmp_path, municipality=keys)
    assert "Zeile 21, Spalte „municipality“: 10 Zeilen ohne achtstelligen Gemeindeschlüssel" in text


def test_missing_columns_are_all_named(tmp_path):
    text = refused(tmp_path, x=None, population=None)
    assert "Spalte „x“: Die Spalte fehlt." in text
    assert "Spalte „population“: Die Spalte fehlt." in text


def test_a_grid_without_attributes(tmp_path):
    text = refused(tmp_path, **{"social:young": None, "housing:rent": None})
    assert "Familie:Name" in text


def test_attributes_that_are_no_numbers(tmp_path):
    text = refused(tmp_path, **{"social:young": np.full(269, "viel", dtype=object)})
    assert "Spalte „social:young“: Die Spalte enthält keine Zahlen." in text


def test_unknown_inhabitants_are_not_zero(tmp_path):
    people = small_country()["population"].astype(float)
    people[[3, 5]] = np.nan
    assert "2 Zeilen ohne brauchbare Zahl der Einwohnerinnen und Einwohner" in refused(tmp_path, population=people)


def test_corners_instead_of_midpoints(tmp_path):
    text = refused(tmp_path, x=small_country()["x"] - 50, y=small_country()["y"] + 1e9)
    assert "Spalte „x“: 269 Zeilen ohne Mittelpunkt" in text
    assert "Spalte „y“: 269 Zeilen ohne Mittelpunkt" in text


def test_a_cell_named_twice(tmp_path):
    columns = small_country()
    x, y = columns["x"].copy(), columns["y"].copy()
    x[1], y[1] = x[0], y[0]
    assert f"1 Zelle kommt mehrfach vor (x {x[0]:.0f}, y {y[0]:.0f})" in refused(tmp_path, x=x, y=y)


def test_a_key_of_a_cell_named_twice(tmp_path):
    keys = np.array([f"c{number}" for number in range(269)], dtype=object)
    keys[7] = "c8"
    assert "1 Schlüssel kommt mehrfach vor, zuerst „c8“" in refused(tmp_path, block_id=keys)


def test_a_file_that_is_no_grid(tmp_path):
    file = tmp_path / "grid.parquet"
    with pytest.raises(InputRefused, match="gibt es nicht"):
        propose_country(file, tmp_path / "out", DRAFT)
    file.write_text("municipality;x;y\n")
    with pytest.raises(InputRefused, match="keine lesbare Parquet-Datei"):
        propose_country(file, tmp_path / "out", DRAFT)


def test_a_folder_with_other_things(grid, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("dear")
    with pytest.raises(InputRefused, match="enthält schon anderes"):
        propose_country(grid, tmp_path / "out", DRAFT)


def test_a_folder_begun_with_other_parameters(grid, tmp_path, at_once):
    propose_country(grid, tmp_path / "out", DRAFT)
    with pytest.raises(InputRefused, match="Untergrenze 700 statt 800, Startzahl 0 statt 3"):
        propose_country(grid, tmp_path / "out", Rule(800, effort="draft", seed=3))


def test_a_folder_begun_with_another_grid(grid, tmp_path, at_once):
    propose_country(grid, tmp_path / "out", DRAFT)
    write(grid, small_country(), **{"social:young": np.arange(269.0)})
    with pytest.raises(InputRefused, match="ein anderes Gitter"):
        propose_country(grid, tmp_path / "out", DRAFT)


def test_a_folder_in_which_another_process_computes(grid, tmp_path, at_once):
    from sozialraum.country.folder import open_folder
    from sozialraum.country.grid import open_grid
    from sozialraum.country.run import record_of

    with open_folder(tmp_path / "out", record_of(open_grid(grid), DRAFT)), pytest.raises(InputRefused, match="gerade"):
        propose_country(grid, tmp_path / "out", DRAFT)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"low": 900, "high": 800}, "passen nicht zusammen"),
        ({"target": 0}, "muss über 0 liegen"),
        ({"effort": "quick"}, "draft, standard, thorough, exact"),
    ],
)
def test_rules_that_make_no_sense(given, said):
    with pytest.raises(UsageError, match=said):
        Rule(**given)


@pytest.mark.parametrize(("missing", "scheduler"), [("pyarrow", ""), ("distributed", "tcp://127.0.0.1:1")])
def test_a_missing_extra_is_named(grid, tmp_path, monkeypatch, missing, scheduler):
    extra = {"pyarrow": "parquet", "distributed": "cluster"}[missing]
    known = builtins.__import__

    def without(name, *rest, **more):
        if name.partition(".")[0] == missing:
            raise ImportError(name)
        return known(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=rf"sozialraum\[{extra}\]"):
        propose_country(grid, tmp_path / "out", DRAFT, scheduler=scheduler)


def test_a_cluster_that_does_not_answer(grid, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    from sozialraum.country import workers

    monkeypatch.setattr(workers, "SECONDS_TO_CONNECT", 0.5)
    with pytest.raises(UsageError, match="antwortet kein Rechnerverbund"):
        propose_country(grid, tmp_path / "out", DRAFT, scheduler="tcp://127.0.0.1:9")
    assert not list((tmp_path / "out").glob(f"{TOWN}*"))
