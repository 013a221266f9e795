"""Addresses, buildings and places of the invented region."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from sozialraum.blocks import Places, check_places
from sozialraum.demo import World
from sozialraum.demo.places import draw_places


@pytest.fixture(scope="module")
def drawn(demo_world: World) -> Places:
    return draw_places(demo_world)


def test_the_layers_pass_the_checks_of_a_delivered_file(drawn: Places) -> None:
    for kind in ("addresses", "buildings", "places"):
        assert check_places(getattr(drawn, kind), kind) == []


def test_every_inhabited_block_has_an_address_and_no_other(drawn: Places, demo_world: World) -> None:
    blocks = demo_world.blocks
    assert set(drawn.addresses["block_id"]) == set(blocks.loc[blocks["population"] > 0, "block_id"])


def test_every_address_lies_in_its_block(drawn: Places, demo_world: World) -> None:
    shapes = demo_world.blocks.set_index("block_id").geometry.loc[drawn.addresses["block_id"]].to_numpy()
    # coordinates are rounded to a centimetre, a few points stand that near to a border
    assert (shapely.distance(drawn.addresses.geometry.to_numpy(), shapes) < 0.02).all()


def test_no_address_occurs_twice(drawn: Places) -> None:
    assert not drawn.addresses.duplicated(["postcode", "street", "number", "suffix"]).any()


def test_odd_and_even_numbers_stand_on_different_sides(drawn: Places, demo_world: World) -> None:
    addresses, lines = drawn.addresses, demo_world.lines
    streets = lines[lines["kind"] == "street"]
    longest = streets.iloc[int(np.argmax(streets.length))]
    near = addresses[(addresses["street"] == longest["name"]) & (addresses.distance(longest.geometry) < 20)]
    line = shapely.get_parts(longest.geometry)[0]
    own = near[(near["suffix"] == "") & (near.distance(line) < 9.5)]
    along = shapely.line_locate_point(line, own.geometry.to_numpy())
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, along + 1))
    here = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    door = shapely.get_coordinates(own.geometry.to_numpy())
    (dx, dy), (x, y) = (ahead - here).T, (door - here).T
    left = dx * y - dy * x > 0
    assert left.tolist() == (own["number"] % 2 == 1).tolist()
    assert 5 < left.sum() < len(left) - 5


def test_each_municipality_has_a_postcode_of_its_own(drawn: Places) -> None:
    towns = drawn.addresses["block_id"].str[:8]
    assert (drawn.addresses.groupby("postcode")["block_id"].agg(lambda ids: ids.str[:8].nunique()) == 1).all()
    assert drawn.addresses["postcode"].nunique() == towns.nunique() == 9


def test_the_street_and_number_of_the_shelter_occur_nowhere(drawn: Places, demo_world: World) -> None:
    truth = demo_world.truth.facilities
    addresses = drawn.addresses
    there = (addresses["street"] == truth.shelter_street) & (addresses["number"] == truth.shelter_number)
    assert not there.any()
    assert not drawn.buildings["name"].str.contains("Frauenhaus").any()


def test_missing_numbers_are_so_usual_that_one_says_nothing(drawn: Places) -> None:
    addresses = drawn.addresses[drawn.addresses["suffix"] == ""]
    side = addresses.assign(odd=addresses["number"] % 2).groupby(["postcode", "street", "odd"])["number"]
    possible = (side.max() - side.min()) // 2 + 1
    assert 0.04 < 1 - side.size().sum() / possible.sum() < 0.2


def test_houses_stand_apart_and_inside_the_blocks(drawn: Places, demo_world: World) -> None:
    shapes = drawn.buildings.geometry.to_numpy()
    houses = shapes[(drawn.buildings["kind"] == "building").to_numpy()]
    one, other = shapely.STRtree(houses).query(houses, predicate="intersects")
    assert (one == other).all()
    inside, _block = shapely.STRtree(demo_world.blocks.geometry.to_numpy()).query(shapes, predicate="within")
    assert len(inside) == len(shapes)


def test_every_quarter_has_its_name_and_every_municipality_its_town_hall(drawn: Places, demo_world: World) -> None:
    quarters = demo_world.blocks[["municipality", "quarter"]].drop_duplicates()
    counts = drawn.places["kind"].value_counts()
    assert counts["district"] == (quarters["quarter"] != "").sum()
    assert counts["town_hall"] == len(demo_world.municipalities)
    assert counts["school"] > 50
    assert set(drawn.buildings["kind"]) == {"building", "school", "church", "town_hall", "care_home", "daycare"}


def test_the_same_seed_gives_the_same_places(drawn: Places, demo_world: World) -> None:
    again = draw_places(demo_world)
    assert again.addresses.equals(drawn.addresses)
    assert again.buildings.equals(drawn.buildings)
    assert again.places.equals(drawn.places)


def test_the_city_changes_no_address_of_the_others(drawn: Places, demo_city_world: World) -> None:
    with_city = draw_places(demo_city_world).addresses
    others = with_city[with_city["postcode"] != "05902"].drop(columns="geometry").reset_index(drop=True)
    assert others.equals(drawn.addresses.drop(columns="geometry"))
