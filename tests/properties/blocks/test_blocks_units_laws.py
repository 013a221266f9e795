"""Laws of units taken as blocks, over rectangles drawn at random that may overlap, leave gaps and reach outside."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_town import CRS, addresses, box, towns
from sozialraum.blocks import check_blocks
from sozialraum.blocks.building import Built, units_as_blocks

TWO = (("05999001", "Drauf", (0, 0, 430, 1000)), ("05999002", "Dran", (430, 0, 1000, 1000)))
sides = st.integers(-50, 1050)
rectangles = st.lists(
    st.tuples(sides, sides, sides, sides).filter(lambda one: one[0] != one[2] and one[1] != one[3]),
    min_size=1,
    max_size=8,
)
doors = st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999), st.integers(0, 9)), min_size=1, max_size=15)
FEW = settings(max_examples=60, deadline=None)


def units(drawn: list[tuple[int, int, int, int]]) -> gpd.GeoDataFrame:
    shapes = [box(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in drawn]
    return gpd.GeoDataFrame({"NR": [f"{n:02d}" for n in range(len(shapes))]}, geometry=shapes, crs=CRS)


def built_of(drawn: list[tuple[int, int, int, int]], at: list[tuple[int, int, int]]) -> Built:
    return units_as_blocks(units(drawn), "NR", "", towns(*TWO), addresses=addresses(*at))


@FEW
@given(rectangles, doors)
def test_blocks_tile_the_municipalities_whatever_the_units_do(drawn: list, at: list) -> None:
    built = built_of(drawn, at)
    assert check_blocks(built.blocks, towns(*TWO)) == ()
    assert built.blocks.area.sum() == pytest.approx(1_000_000, abs=1)
    assert built.blocks["block_id"].is_unique


@FEW
@given(rectangles, doors)
def test_nobody_is_lost(drawn: list, at: list) -> None:
    built = built_of(drawn, at)
    assert built.blocks["population"].sum() == sum(persons for _x, _y, persons in at)


@FEW
@given(rectangles, doors)
def test_a_unit_that_no_other_covers_keeps_its_ground_and_key(drawn: list, at: list) -> None:
    given_units, built = units(drawn), built_of(drawn, at)
    shapes = given_units.geometry.to_numpy()
    inside = shapely.covered_by(shapes, towns(*TWO).geometry.iloc[0])
    for number, key in enumerate(given_units["NR"]):
        others = shapely.union_all([shape for place, shape in enumerate(shapes) if place != number])
        if inside[number] and not shapely.intersects(shapes[number], shapely.buffer(others, 1)):
            own = built.blocks.loc[built.blocks["block_id"] == key].geometry.iloc[0]
            lost = shapely.difference(shapes[number], own).area
            assert lost < 1


@FEW
@given(rectangles, doors)
def test_every_block_is_a_unit_or_named(drawn: list, at: list) -> None:
    built = built_of(drawn, at)
    known = {f"{n:02d}" for n in range(len(drawn))}
    named = {one.block_id for one in built.doubtful}
    assert set(built.blocks["block_id"]) - known <= named
