"""Cells of a grid as source and as weights; and a file nobody knows that names polling districts.

The grid has squares of 100 m over the village (tests/carried_village.py), with a quarter of the inhabitants of a block
in each. Cells come as statistics deliver them, with midpoints in metres of the European grid.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer

import village
from carried_village import DAY, DELIVERED, NORTH, ONE, TWO, TWO_AREAS, WEST, district_map
from sozialraum import workflow
from sozialraum.project import Project
from sozialraum.workflow import carrying_choice
from sozialraum.workflow.geographies import add_geography, geography_rows
from sozialraum.workflow.geography_files import GeographyFile

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "project"))
from project_world import new_project, village_plan

TO_GRID = Transformer.from_crs("EPSG:25832", "EPSG:3035", always_xy=True)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "p", editions=[DAY]) as opened:
        opened.save_plan(village_plan("Gebiete", TWO_AREAS))
        yield opened


def cells(people: dict[str, float]) -> list[tuple[str, float, float, float, float]]:
    """Key, midpoint x and y, inhabitants, dwellings of every grid cell with a midpoint in the village.

    Dwellings stand in block A alone.
    """
    west, south = TO_GRID.transform(WEST - 300, NORTH - 900)
    east, north = TO_GRID.transform(WEST + 900, NORTH + 300)
    back = Transformer.from_crs("EPSG:3035", "EPSG:25832", always_xy=True)
    blocks = village.village_blocks().set_index("block_id").geometry
    found = []
    for x in np.arange(np.floor(west / 100) * 100 + 50, east, 100):
        for y in np.arange(np.floor(south / 100) * 100 + 50, north, 100):
            point = shapely.Point(back.transform(x, y))
            here = next((key for key, shape in blocks.items() if shape.contains(point)), "")
            if here:
                letter = str(here)[-1]
                key = f"CRS3035RES100mN{int(y - 50)}E{int(x - 50)}"
                found.append((key, x, y, people.get(letter, 0.0) / 4, 10.0 if letter == "A" else 0.0))
    return found


def grid_file(folder: Path) -> str:
    lines = [f"{key};{x:.0f};{y:.0f};{people};{flats}" for key, x, y, people, flats in cells(village.PEOPLE)]
    file = folder / "gitter.csv"
    file.write_text("\n".join(["Gitter_ID_100m;x_mp_100m;y_mp_100m;Einwohner;Wohnungen", *lines]) + "\n")
    return str(file)


def test_a_table_of_midpoints_becomes_a_grid(project: Project, tmp_path: Path) -> None:
    add_geography(project, GeographyFile(grid_file(tmp_path)), "Gitter 100 m")
    (row,) = geography_rows(project)
    assert row.kind == "grid"
    units = project.geography_units("gitter_100_m")
    assert units is not None
    assert units.geometry.area.to_numpy() == pytest.approx(10_000, rel=0.01)
    assert 30 <= len(units) <= 42
    assert units["dwellings"].sum() >= 30


def test_its_cells_are_the_weights_of_other_geographies(project: Project, tmp_path: Path) -> None:
    """Households follow dwellings: those stand in A alone, so all of district 0101 goes to area 1."""
    add_geography(project, GeographyFile(district_map(tmp_path)), "Stimmbezirke")
    first = carrying_choice.available_weights(project, "stimmbezirke")
    assert [one.kind for one in first] == ["inhabitants", "area"]
    add_geography(project, GeographyFile(grid_file(tmp_path)), "Gitter 100 m")
    second = carrying_choice.available_weights(project, "stimmbezirke")
    assert [one.kind for one in second] == ["inhabitants", "dwellings", "area"]
    assert second[0].fingerprint() != first[0].fingerprint()
    assert len(project.matrices("stimmbezirke", 1)) == 4  # the earlier one stays
    by_dwellings = second[1].rows()
    own = by_dwellings[(by_dwellings["source"] == "0101") & (by_dwellings["weight"] > 0.05)]
    assert own["target"].tolist() == [f"{village.AGS}-A"]


def test_secret_cells_leave_the_sum_of_the_known_ones(project: Project, tmp_path: Path) -> None:
    add_geography(project, GeographyFile(grid_file(tmp_path)), "Gitter 100 m")
    rule = """
code = "own_cells"
version = 1
title = "Haushalte je Zelle"
source = "Statistik"
formats = ["csv"]
[columns]
key = "Zelle"
number = "Haushalte"
[period]
fixed = "2025-12-31"
[key]
column = "key"
kind = "geography"
geography = "gitter_100_m"
[[value]]
column = "number"
feature = "own_number"
"""
    project.save_recipe(rule)
    known = [key for key, *_rest in cells(village.PEOPLE)][:-1]  # one cell is secret
    file = tmp_path / "zellen.csv"
    file.write_text("\n".join(["Zelle;Haushalte", *(f"{key};10" for key in known)]) + "\n")
    workflow.deliver(project, file)
    workflow.compute(project)
    rows = project.results("area_counts")
    own = rows[(rows["feature"] == "own_number") & (rows["level"] == "area")].set_index("unit")
    assert set(own["status"]) == {"estimated"}  # borders cut cells; no area is missing for one secret cell
    assert own["provenance"].str.contains("davon 1 ohne Angabe").any()
    away = sum(row["low"] for row in project.record("carrying")["outside"])
    assert own["low"].sum() + away == pytest.approx(10 * len(known), abs=1e-9)


def test_a_file_nobody_knows_is_read_by_its_districts(project: Project, tmp_path: Path) -> None:
    add_geography(project, GeographyFile(district_map(tmp_path)), "Stimmbezirke")
    file = tmp_path / "wahl_2025-12-31.csv"
    rows = [f"{unit};{number}" for unit, number in DELIVERED.items()]
    file.write_text("\n".join(["Stimmbezirk;Wahlberechtigte Personen", *rows]) + "\n")
    seen = workflow.receive(project, file)
    assert not seen.recipe_known
    assert any("4 Einheiten einer anderen Gliederung" in sentence for sentence in seen.said), seen.said
    answers = {one.id: one.options[0].value for one in seen.questions if not one.default and one.options}
    if answers:
        seen = workflow.answer(project, seen.review_id, answers)
    assert seen.state == "ready", (seen.headline, [one.finding for one in seen.findings], seen.questions)
    workflow.take_over(project, seen.review_id)
    workflow.compute(project)
    counts = project.results("area_counts")
    (feature,) = project.observations()["feature"].unique()
    own = counts[(counts["feature"] == feature) & (counts["level"] == "area")].set_index("unit")
    assert own.loc[ONE, "low"] == pytest.approx(70 * 5 / 7 + 50 * 0.4 + 30 / 3)
    assert own.loc[TWO, "low"] == pytest.approx(194 - own.loc[ONE, "low"])
