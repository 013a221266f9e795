"""One number of the report on the former Kreis Aachen, followed down to its census cell and looked up in the file."""

from __future__ import annotations

import pandas as pd
import pytest
from test_aachen_example import DATA, ROETGEN, load, out, pytestmark  # noqa: F401

from sozialraum.project import Project
from sozialraum.workflow.trace_steps import lines, walk
from sozialraum.workflow.tracing import trace

CELLS = DATA / "aachen-zensus2011-grid" / "bausteine_100m_abgeleitet.csv.gz"


@pytest.fixture(scope="module")
def project(out):  # noqa: F811
    with Project.open(out) as found:
        yield found


@pytest.fixture(scope="module")
def table():
    """The delivered file as text, indexed by the number of its row in the file (the head is row 1)."""
    rows = pd.read_csv(CELLS, sep=";", dtype=str, keep_default_na=False)
    return rows.set_axis(range(2, len(rows) + 2))


def area(project):
    return str(project.plan().areas["area_id"].iloc[0])


def test_a_share_leads_to_the_file_and_its_date(project):
    found = trace(project, "indicator", "share_under_10", area(project))
    said = "\n".join(lines(found))
    assert "Datei „bausteine_100m_abgeleitet.csv.gz“" in said
    assert "Stichtag 09.05.2011" in said
    assert "ganze Bausteine zusammengezählt" in said


def test_every_cell_of_a_number_stands_in_the_file_with_its_value(project, table):
    """The cells the trace names add up to the released number: read from the delivered file itself."""
    chosen = area(project)
    found = trace(project, "count", "c11_under_10", chosen, internal=True, limit=None)
    places = [step for step in walk(found.steps) if step.row is not None]
    rows = [row for step in places for row in rows_of(step.sentence)]
    released = project.results("released_counts")
    number = released[(released["unit"] == chosen) & (released["feature"] == "c11_under_10")]["low"].iloc[0]
    assert len(rows) == len(set(rows)) > 100
    assert table.loc[rows, "unter10"].astype(float).sum() == number > 0


def test_one_cell_is_the_one_of_its_block(project, table):
    found = trace(project, "count", "c11_under_10", area(project), internal=True, limit=None)
    step = next(step for step in walk(found.steps) if step.row is not None and step.value_text[:1].isdigit())
    block = step.sentence.split(":")[0].removeprefix("Baustein ")
    cell = table.loc[step.row]
    blocks = project.blocks().set_index("block_id")
    point = pd.DataFrame({"x": [float(cell["x"])], "y": [float(cell["y"])]})
    assert inside(blocks.loc[[block]], point)


def inside(blocks, point) -> bool:
    import geopandas as gpd

    middle = gpd.GeoSeries(gpd.points_from_xy(point["x"], point["y"]), crs="EPSG:3035").to_crs(blocks.crs)
    return bool(blocks.geometry.iloc[0].buffer(0.01).contains(middle.iloc[0]))


def rows_of(sentence: str) -> list[int]:
    """The rows a place names."""
    from sozialraum.workflow.trace_places import parse

    return list(parse(sentence.split(": ", 1)[1].rstrip(".")).rows)
