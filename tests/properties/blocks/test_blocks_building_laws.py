"""Laws of the building of blocks, over lines and addresses drawn at random."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_town import addresses, lines, towns
from sozialraum.blocks import check_blocks
from sozialraum.blocks.building import BuildingRule, Built, build_blocks

TWO = (("05999001", "Drauf", (0, 0, 430, 1000)), ("05999002", "Dran", (430, 0, 1000, 1000)))
points = st.tuples(st.integers(-50, 1050), st.integers(-50, 1050))
kinds = st.sampled_from(["street", "street", "street", "river", "railway", "motorway"])
drawn_lines = st.lists(
    st.tuples(kinds, st.sampled_from(["", "Weg", "Gasse"]), st.lists(points, min_size=2, max_size=4, unique=True)),
    max_size=12,
)
doors = st.lists(
    st.tuples(st.integers(1, 999), st.integers(1, 999), st.integers(0, 9)), min_size=1, max_size=20, unique=True
)
rules = st.builds(
    BuildingRule,
    smallest_area=st.sampled_from([0.0, 1_000.0, 30_000.0]),
    narrowest_width=st.sampled_from([0.0, 8.0, 40.0]),
    snapping=st.sampled_from([0.0, 5.0, 60.0]),
    open_square=st.sampled_from([0.0, 300.0]),
    smallest_settlement=st.sampled_from([1, 3]),
)
FEW = settings(max_examples=40, deadline=None)


def built_of(drawn: list, at: list, rule: BuildingRule) -> tuple[Built, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    network = lines(*drawn) if drawn else lines()
    homes = addresses(*at)
    return build_blocks(towns(*TWO), network, addresses=homes, rule=rule), network, homes


@FEW
@given(drawn_lines, doors, rules)
def test_blocks_tile_the_municipalities(drawn: list, at: list, rule: BuildingRule) -> None:
    built, _network, _homes = built_of(drawn, at, rule)
    assert shapely.is_valid(built.blocks.geometry.to_numpy()).all()
    assert not [finding for finding in check_blocks(built.blocks, towns(*TWO)) if finding.severity == "error"]
    assert built.blocks.area.sum() == pytest.approx(1_000_000, abs=3)
    assert built.blocks["block_id"].is_unique


@FEW
@given(drawn_lines, doors, rules)
def test_nobody_is_lost_or_invented(drawn: list, at: list, rule: BuildingRule) -> None:
    built, _network, homes = built_of(drawn, at, rule)
    assert built.blocks["population"].sum() == homes["population"].sum()


@FEW
@given(drawn_lines, doors, rules, st.integers(0, 999))
def test_the_order_of_rows_changes_nothing(drawn: list, at: list, rule: BuildingRule, seed: int) -> None:
    built, network, homes = built_of(drawn, at, rule)
    shuffled = np.random.default_rng(seed)
    again = build_blocks(
        towns(*TWO)[::-1],
        network.iloc[shuffled.permutation(len(network))],
        addresses=homes.iloc[shuffled.permutation(len(homes))],
        rule=rule,
    )
    assert again.blocks.drop(columns="geometry").equals(built.blocks.drop(columns="geometry"))
    assert shapely.equals_identical(again.blocks.geometry.to_numpy(), built.blocks.geometry.to_numpy()).all()
    assert again.doubtful == built.doubtful


@FEW
@given(drawn_lines, doors)
def test_no_block_lies_on_both_sides_of_a_barrier_that_crosses_the_town(drawn: list, at: list) -> None:
    river = ("river", "Lohe", [(-10, 371), (1010, 371)])
    built, _network, _homes = built_of([*drawn, river], at, BuildingRule())
    south = shapely.box(*towns().total_bounds[[0, 1]], *(towns().total_bounds[[0, 1]] + [1000, 371]))
    shapes = built.blocks.geometry.to_numpy()
    common = shapely.area(shapely.intersection(shapes, south))
    either = np.minimum(common, shapely.area(shapes) - common)
    between = built.merged.loc[built.merged["why"].str.contains("Trennlinien"), "into"]
    assert (either[~built.blocks["block_id"].isin(between)] < 1).all()


@FEW
@given(drawn_lines, doors)
def test_without_remainders_no_line_runs_through_a_block(drawn: list, at: list) -> None:
    streets = [("street", name, corners) for _kind, name, corners in drawn]
    rule = BuildingRule(smallest_area=0, narrowest_width=0, snapping=0, row_of_ends=0, open_from=0)
    built, network, _homes = built_of(streets, at, rule)
    assert len(built.merged) == 0
    faces = shapely.get_parts(
        shapely.polygonize([shapely.unary_union([*network.geometry, *towns(*TWO).geometry.boundary], grid_size=0.001)])
    )
    inside = shapely.contains(towns().geometry.iloc[0], shapely.point_on_surface(faces))
    assert len(built.blocks) == inside.sum()
