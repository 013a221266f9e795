"""Open land goes with the nearest settlement, on this side of a river and inside of a present area."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.delineation import Wishes
from sozialraum.delineation.settlements import nearest_inhabited
from sozialraum.delineation.town import prepare_town
from village import EAST, NORTH, draw_blocks, draw_municipality

FIELDS, PEOPLE = "AbcdE", {"A": 900, "E": 900}


def heads(present=None, people=PEOPLE, river: float | None = None, **wishes) -> str:
    """The letter of the block with which each of A to E goes."""
    lines = None
    if river is not None:
        line = shapely.LineString([(EAST + river, NORTH + 50), (EAST + river, NORTH - 150)])
        lines = gpd.GeoDataFrame({"kind": ["river"], "name": ["Inde"]}, geometry=[line], crs="EPSG:25832")
    row = draw_municipality(FIELDS, areas=2).iloc[0]
    town = prepare_town(draw_blocks(FIELDS, people), row, Wishes(**wishes), lines=lines)
    return "".join("AEbcd"[unit] for unit in nearest_inhabited(town, present))[:5]


def in_order(**options) -> str:
    """The same from west to east; blocks are sorted by letter, capitals first: A, E, b, c, d."""
    found = heads(**options)
    return "".join(found[place] for place in (0, 2, 3, 4, 1))


def test_each_field_goes_with_the_nearer_village_the_middle_one_with_the_first():
    assert in_order() == "AAAEE"


def test_a_river_is_a_detour_unless_barriers_are_ignored():
    assert in_order(river=100) == "AEEEE"
    assert in_order(river=100, barriers=0.0) == "AAAEE"


def test_ways_stay_inside_of_present_areas():
    """A and b are one area, c alone another, d and E a third: the field c stays on its own."""
    assert in_order(present=np.array([0, 2, 0, 1, 2])) == "AAcEE"


def test_without_inhabitants_every_block_stays_alone():
    assert in_order(people={"A": 0, "E": 0, "b": 0}) == "AbcdE"
