"""Barriers are measured where borders follow them, and only there."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sozialraum.blocks import neighbours
from sozialraum.delineation.barriers import barrier_name, find_barriers
from sozialraum.delineation.town import TIDY, border_costs
from village import EAST, NORTH, draw_blocks

FOUR = """
AABB
AABB
CCDD
CCDD
"""  # each block 200 m by 200 m


def lines(*drawn, crs="EPSG:25832"):
    """(kind, name, points in metres east and south of the upper left corner), one point for a crossing."""
    shapes = []
    for _kind, _name, points in drawn:
        placed = [(EAST + x, NORTH - y) for x, y in points]
        shapes.append(shapely.Point(placed[0]) if len(placed) == 1 else shapely.LineString(placed))
    columns = {"kind": [kind for kind, *_rest in drawn], "name": [name for _kind, name, _points in drawn]}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:25832").to_crs(crs)


def measured(*drawn, **options):
    blocks = draw_blocks(FOUR, {})
    edges = neighbours(blocks).edges
    found = find_barriers(blocks, edges, lines(*drawn, **options))
    letters = blocks["block_id"].str[-1].to_numpy()
    pairs = ["".join(letters[edge]) for edge in edges]
    return found, dict(zip(pairs, found.along.round(), strict=True))


RIVER = ("river", "Inde", [(0, 200), (400, 200)])
CASES = [
    # drawn line, metres along per pair of neighbours
    ([(0, 200), (400, 200)], {"AB": 0, "AC": 200, "BD": 200, "CD": 0}),
    ([(0, 210), (400, 210)], {"AB": 0, "AC": 200, "BD": 200, "CD": 0}),  # 10 m beside the border
    ([(0, 230), (400, 230)], {"AB": 0, "AC": 0, "BD": 0, "CD": 0}),  # 30 m beside it: through the blocks
    ([(200, 0), (200, 400)], {"AB": 200, "AC": 0, "BD": 0, "CD": 200}),
    ([(0, 200), (200, 200), (200, 400)], {"AB": 0, "AC": 200, "BD": 0, "CD": 200}),
    ([(0, 0), (400, 400)], {"AB": 0, "AC": 0, "BD": 0, "CD": 0}),  # crosses in a point
]


@pytest.mark.parametrize(("points", "expected"), CASES)
def test_metres_along_a_border(points, expected):
    assert measured(("river", "Inde", points))[1] == pytest.approx(expected, abs=13)


def test_a_barrier_through_a_block_is_measured_inside():
    found, along = measured(("railway", "", [(0, 300), (400, 300)]))
    assert sum(along.values()) == 0
    assert found.names == ("Bahnstrecke ohne Namen",)
    assert found.block_metres.round().tolist() == [170, 170]  # 200 m less the tolerance on both sides


def test_streets_are_no_barriers():
    assert sum(measured(("street", "Hauptstraße", RIVER[2]))[1].values()) == 0


def test_other_coordinates_are_converted():
    assert measured(RIVER, crs="EPSG:4326")[1]["AC"] == pytest.approx(200, abs=1)


def test_two_barriers_side_by_side_do_not_count_twice():
    beside = ("railway", "Bahn", [(0, 206), (400, 206)])
    found, along = measured(RIVER, beside)
    assert along["AC"] == pytest.approx(200)
    assert found.names == ("Bahnstrecke Bahn", "Fluss Inde")


def test_a_crossing_ties_what_the_river_separates():
    found, along = measured(RIVER, ("bridge", "", [(100, 200)]))
    assert along["AC"] == 200
    separating = found.separating.round(1)
    assert separating[1] == -200  # the whole border of A and C lies within reach
    assert separating[2] == 200


def test_the_price_of_a_border_along_a_barrier():
    blocks = draw_blocks(FOUR, {})
    joined = neighbours(blocks)
    found = find_barriers(blocks, joined.edges, lines(RIVER))
    people = blocks["population"].to_numpy(dtype=float)

    def costs(barriers):
        return border_costs(
            joined.edges, joined.lengths, people, 1.0, separating=found.separating, barriers=barriers
        ).round(6)

    assert costs(0.0).tolist() == [25, 25, 25, 25]
    assert costs(1.0).tolist() == [25, 0, 0, 25]
    assert costs(2.0).tolist() == [25, -25, -25, 25]


def test_a_metre_of_border_through_open_land_costs_far_less():
    edges, lengths = np.array([[0, 1], [1, 2]]), np.array([100.0, 900.0])
    costs = border_costs(edges, lengths, np.array([5.0, 5.0, 0.0]), 1.0)
    assert costs.tolist() == [100.0, pytest.approx(100 * TIDY * 900 / 1000)]
    assert costs[1] / lengths[1] < 0.05 * costs[0] / lengths[0]


NAMES = [
    ("river", "Inde", "Fluss Inde"),
    ("motorway", "A 4", "Autobahn A 4"),
    ("motorway", " ", "Autobahn ohne Namen"),
    ("railway", "Bahnstrecke Köln–Aachen", "Bahnstrecke Köln–Aachen"),
]


@pytest.mark.parametrize(("kind", "name", "words"), NAMES)
def test_barriers_have_plain_names(kind, name, words):
    assert barrier_name(kind, name) == words
