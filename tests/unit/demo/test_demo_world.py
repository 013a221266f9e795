"""The invented region: geometry, counts, names, seeds."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sozialraum.demo import ADOPTED_TOWN, CITY, World, build_world, experts_revision, target
from sozialraum.demo.names import QUARTERS, road_to, street_names
from sozialraum.demo.region import MEMBERS


def test_blocks_cover_the_region_without_gap_or_overlap(demo_world: World) -> None:
    shapes = demo_world.blocks.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    together = shapely.area(demo_world.municipalities.geometry.to_numpy()).sum()
    assert shapely.area(shapes).sum() == pytest.approx(together, rel=1e-9)


def test_blocks_with_the_city_cover_it_too(demo_city_world: World) -> None:
    assert shapely.coverage_is_valid(demo_city_world.blocks.geometry.to_numpy())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7, 99])
def test_every_seed_gives_an_exact_coverage(seed: int) -> None:
    world = build_world(seed)
    shapes = world.blocks.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert 8000 <= len(shapes) <= 10_000


def test_every_municipality_is_one_polygon_without_holes(demo_city_world: World) -> None:
    shapes = demo_city_world.municipalities.geometry
    assert (shapes.geom_type == "Polygon").all()
    assert shapely.get_num_interior_rings(shapes.to_numpy()).sum() == 0


def test_outlines_are_irregular(demo_world: World) -> None:
    for shape in demo_world.municipalities.geometry:
        assert shape.area / shape.minimum_rotated_rectangle.area < 0.85
        assert shapely.get_num_coordinates(shape) > 150


def test_coordinates_are_whole_centimetres(demo_world: World) -> None:
    points = shapely.get_coordinates(demo_world.blocks.geometry.to_numpy())
    assert np.abs(points * 100 - np.round(points * 100)).max() < 1e-4


def test_open_land_and_business_parks_have_no_inhabitants(demo_world: World) -> None:
    blocks = demo_world.blocks
    assert blocks.loc[blocks["land"] == "open", "population"].sum() == 0
    assert blocks.loc[blocks["quarter"] == "Gewerbepark", "population"].sum() == 0


def test_attributes_come_in_three_families_and_are_unknown_where_nobody_lives(demo_world: World) -> None:
    blocks = demo_world.blocks
    for family in ("social_", "building_", "housing_"):
        own = blocks.loc[:, [name for name in blocks.columns if name.startswith(family)]]
        assert 2 <= own.shape[1] <= 4
        assert own[blocks["population"] > 0].notna().all().all()
        assert own[blocks["land"] == "open"].isna().all().all()


def test_courses_run_along_block_borders(demo_world: World) -> None:
    borders = shapely.boundary(demo_world.blocks.geometry.to_numpy())
    edges = {edge for border in borders for edge in _edges(border)}
    for kind in ("river", "railway", "motorway"):
        course = demo_world.lines.loc[demo_world.lines["kind"] == kind, "geometry"]
        assert len(course) == 1
        assert set(_edges(course.iloc[0])) <= edges


def _edges(shape: shapely.Geometry) -> list[tuple]:
    found = []
    for part in shapely.get_parts(shape):
        points = [tuple(point) for point in shapely.get_coordinates(part)]
        found += [tuple(sorted(pair)) for pair in pairwise(points)]
    return found


def test_lines_are_multilines_with_names(demo_world: World) -> None:
    lines = demo_world.lines
    assert (lines.geom_type == "MultiLineString").all()
    assert (lines["name"].str.len() > 2).all()
    assert lines["kind"].value_counts()["street"] > 2000


def test_block_numbers_run_per_municipality(demo_world: World) -> None:
    ids = demo_world.blocks["block_id"]
    assert ids.is_unique
    assert ids.str.fullmatch(r"059990\d\d-\d{4}").all()
    assert (ids.str[:8] == demo_world.blocks["municipality"]).all()


def test_the_same_seed_gives_the_same_region_and_another_seed_another() -> None:
    first, again, other = build_world(5), build_world(5), build_world(6)
    assert first.blocks.equals(again.blocks)
    assert first.hidden_shelter_address == again.hidden_shelter_address
    assert not first.blocks["population"].reset_index().equals(other.blocks["population"].reset_index())


def test_the_city_changes_nothing_in_the_nine_others(demo_world: World, demo_city_world: World) -> None:
    rest = demo_city_world.blocks[demo_city_world.blocks["municipality"] != CITY].reset_index(drop=True)
    own = demo_world.blocks
    columns = ["block_id", "population", "quarter", "street", "land", "social_income"]
    assert rest[columns].equals(own[columns])


def test_the_adopted_plan_is_contiguous_and_within_bounds(demo_world: World) -> None:
    blocks = demo_world.blocks[demo_world.blocks["municipality"] == ADOPTED_TOWN]
    labels = demo_world.adopted.reindex(blocks["block_id"])
    assert labels.notna().all()
    sizes = blocks.set_index("block_id")["population"].groupby(labels).sum()
    assert len(sizes) == 14
    assert sizes.between(700, 8500).all()
    assert _pieces(blocks.geometry.to_numpy(), labels.to_numpy()) == 14


def _pieces(shapes: np.ndarray, labels: np.ndarray) -> int:
    """Connected pieces of equal label, joined by borders of positive length."""
    left, right = shapely.STRtree(shapes).query(shapes, predicate="touches")
    same = (left < right) & (labels[left] == labels[right])
    left, right = left[same], right[same]
    border = shapely.length(shapely.intersection(shapes[left], shapes[right])) > 0.01
    links = coo_array((np.ones(border.sum()), (left[border], right[border])), shape=(len(shapes),) * 2)
    return int(connected_components(links, directed=False)[0])


def test_names_of_the_adopted_areas_are_unique_and_codes_padded(demo_world: World) -> None:
    names = demo_world.adopted_names
    assert names["name"].is_unique
    assert names["area_id"].tolist() == [f"{ADOPTED_TOWN}-{number:02d}" for number in range(1, 15)]


def test_quarters_are_unique_in_their_municipality_and_the_city_has_sixty(demo_city_world: World) -> None:
    blocks = demo_city_world.blocks
    city = blocks[(blocks["municipality"] == CITY) & (blocks["population"] > 0)]
    assert city["quarter"].nunique() == 60


def test_streets_have_a_name_once_per_municipality_pool() -> None:
    names = street_names()
    assert len(names) == len(set(names)) > 1200
    assert road_to("Hallenfeld") == "Hallenfelder Straße"


def test_names_of_quarters_are_used_for_one_kind_only() -> None:
    names = [name for pool in QUARTERS.values() for name in pool]
    assert len(names) == len(set(names))


def test_experts_ask_for_the_largest_areas_of_two_towns_that_adopted_nothing(demo_world: World) -> None:
    blocks = demo_world.blocks
    assignment = pd.Series(
        (blocks["municipality"] + "-" + blocks["quarter"]).to_numpy(), index=blocks["block_id"].to_numpy()
    )
    areas = pd.DataFrame({"area_id": sorted(assignment.unique())})
    areas["municipality"] = areas["area_id"].str[:8]
    wishes = experts_revision(assignment, areas, blocks)
    towns = [area_id[:8] for area_id, *_rest in wishes]
    assert len(set(towns)) == 2
    assert ADOPTED_TOWN not in towns
    sizes = blocks.set_index("block_id")["population"].groupby(assignment).sum()
    for area_id, why, role, when in wishes:
        assert sizes[area_id] == sizes[sizes.index.str[:8] == area_id[:8]].max()
        assert why.endswith(".")
        assert role.startswith("Fachstelle Sozialplanung der Stadt")
        assert len(when) == 10


def test_the_target_names_its_source_and_date() -> None:
    assert 0.3 < target()["rate"] < 1
    assert "erfunden" in target()["source"]
    assert target()["date"] == "2025-03-13"


def test_members_are_invented_keys_in_one_series() -> None:
    assert [int(one.ags[-3:]) % 2 for one in MEMBERS] == [0] * len(MEMBERS)
    assert all(one.ags.startswith("05999") for one in MEMBERS)
