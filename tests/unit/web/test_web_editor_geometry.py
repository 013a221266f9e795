"""The bytes of the blocks: read by an independent reader they are the blocks, each common border once."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from benchmarks.editor_town import invent
from geometry_reader import Geometry, numbers, read

from sozialraum.blocks import neighbours
from sozialraum.web.editor_geometry import LONGEST, SCALE, Grid, encode, grid_of, numbers_as_bytes
from sozialraum.web.editor_topology import make_topology
from village import draw_blocks, village_blocks


def sent(blocks: gpd.GeoDataFrame) -> tuple[Geometry, Grid]:
    joined, grid = neighbours(blocks), grid_of(blocks)
    kinds = np.zeros(len(joined.edges), dtype=np.uint8)
    flags = np.zeros(len(blocks), dtype=np.uint8)
    content = encode(blocks, grid, flags=flags, edges=joined.edges, lengths=joined.lengths, kinds=kinds)
    return read(content), grid


def island_in_a_lake() -> gpd.GeoDataFrame:
    """A block with a hole that another block fills, and a block of two parts."""
    return draw_blocks("AAAAA\nABBBA\nABCBA\nABBBA\nAAAAA\n....D\n.D...")


@pytest.mark.parametrize("blocks", [village_blocks(), island_in_a_lake(), invent(100, seed=5)[1]], ids=["a", "b", "c"])
def test_what_is_read_is_what_was_written(blocks: gpd.GeoDataFrame) -> None:
    found, grid = sent(blocks)
    assert found.ids == blocks["block_id"].tolist()
    assert found["population"] == blocks["population"].tolist()
    drawn = grid.units(blocks.geometry)
    for shape, expected in zip(found.shapes(), drawn, strict=True):
        assert shape.is_valid
        assert shapely.hausdorff_distance(shape.boundary, expected.boundary) <= 0.75  # half a unit each way
        assert abs(shape.area - expected.area) <= shape.length
    inside = np.array(found["inside"]).reshape(-1, 2)
    assert all(shape.covers(shapely.Point(point)) for shape, point in zip(found.shapes(), inside, strict=True))


@pytest.mark.parametrize("blocks", [village_blocks(), island_in_a_lake(), invent(100, seed=5)[1]], ids=["a", "b", "c"])
def test_each_common_border_is_sent_once_with_both_its_sides(blocks: gpd.GeoDataFrame) -> None:
    found, _grid = sent(blocks)
    corners = [found.arc(number) for number in range(len(found["arc_left"]))]
    steps = [frozenset(pair) for arc in corners for pair in pairwise(arc)]
    assert len(steps) == len(set(steps))
    joined = neighbours(blocks)
    beside = {tuple(sorted(pair)) for pair in zip(found["arc_left"], found["arc_right"], strict=True) if -1 not in pair}
    assert {tuple(pair) for pair in joined.edges.tolist()} <= beside
    for number, (start, end) in enumerate(pairwise(found["ring_start"])):
        for reference in found["ring_arcs"][start:end]:
            side = "arc_left" if reference >= 0 else "arc_right"
            assert found[side][reference if reference >= 0 else -1 - reference] == found["ring_block"][number]


def test_long_steps_get_corners_in_between() -> None:
    wide = gpd.GeoDataFrame(
        {"block_id": ["a"], "population": [1]}, geometry=[shapely.box(0, 0, 4 * LONGEST * SCALE, 10)], crs="EPSG:3857"
    )
    found, _grid = sent(wide)
    assert max(map(abs, found["steps"])) <= LONGEST
    assert found.shapes()[0].area == pytest.approx(4 * LONGEST * 10 / SCALE)


def test_a_sliver_smaller_than_a_unit_stays_a_block() -> None:
    shapes = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 10.2, 0.2)], dtype=object)
    found = make_topology(shapes)
    assert found.ring_block.tolist() == [0, 1]
    assert found.ring_refs.tolist()[1] >= 1


@pytest.mark.parametrize("kind", ["v", "z", "d"])
def test_numbers_of_any_size_come_back(kind: str) -> None:
    given = [0, 1, 127, 128, 16_383, 16_384, 2**31 - 1, 5]
    given = given if kind == "v" else [*given, -1, -64, -65, -(2**30)]
    for stride in (1, 2, 3):
        content = numbers_as_bytes(np.array(given, dtype=np.int64), kind, stride)
        assert numbers(content, kind, stride, len(given)) == given


def test_nothing_is_nothing() -> None:
    assert numbers_as_bytes(np.zeros(0, dtype=np.int64), "d", 2) == b""


def test_units_and_coordinates_of_the_project_come_back() -> None:
    grid = grid_of(village_blocks())
    assert grid.project(*grid.local(300_123.0, 5_599_876.0)) == pytest.approx((300_123.0, 5_599_876.0), abs=0.2)
