"""Neighbours share a border; a corner is not enough."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sozialraum.base import InputRefused
from sozialraum.blocks import dissolve, neighbours, pieces
from village import draw_blocks, village_blocks


def borders(blocks) -> dict[str, float]:
    found = neighbours(blocks)
    letters = list(blocks["block_id"].str[-1])
    return {
        letters[a] + letters[b]: round(metres, 3)
        for (a, b), metres in zip(found.edges.tolist(), found.lengths.tolist(), strict=True)
    }


def test_borders_of_the_village():
    found = borders(village_blocks())
    assert found["AB"] == 200
    assert found["gh"] == 100
    assert "AE" not in found  # only a corner
    assert "AC" not in found
    assert len(found) == 4 * 2 + 3 * 3


def test_a_long_side_without_corner_point_counts():
    x = shapely.box
    blocks = gpd.GeoDataFrame(
        {"block_id": ["A", "B", "C"]}, geometry=[x(0, 0, 100, 50), x(0, 50, 30, 90), x(30, 50, 100, 90)], crs=25832
    )
    assert borders(blocks) == {"AB": 30, "AC": 70, "BC": 40}


def test_borders_drawn_twice_may_differ_by_a_few_millimetres():
    x = shapely.box
    blocks = gpd.GeoDataFrame({"block_id": ["A", "B"]}, geometry=[x(0, 0, 100, 50), x(20, 50.004, 80, 90)], crs=25832)
    assert borders(blocks) == {"AB": 60}


def test_a_street_of_some_metres_between_separates():
    x = shapely.box
    blocks = gpd.GeoDataFrame({"block_id": ["A", "B"]}, geometry=[x(0, 0, 100, 50), x(0, 53, 100, 90)], crs=25832)
    assert borders(blocks) == {}


def test_an_island_inside_a_ring_is_its_neighbour():
    assert borders(draw_blocks("AAA\nABA\nAAA")) == {"AB": 400}


def test_edges_are_sorted_whatever_the_order_of_rows():
    blocks = village_blocks()
    turned = neighbours(blocks.iloc[::-1].reset_index(drop=True))
    assert (turned.edges[:, 0] < turned.edges[:, 1]).all()
    assert turned.edges.dtype == np.int64
    mirrored = sorted(tuple(sorted((11 - a, 11 - b))) for a, b in turned.edges.tolist())
    assert mirrored == [tuple(edge) for edge in neighbours(blocks).edges.tolist()]


def test_pieces_are_numbered_by_their_first_block():
    assert pieces(5, np.array([[1, 3], [2, 4]])).tolist() == [0, 1, 2, 1, 2]


def test_dissolve_merges_blocks_of_an_area():
    blocks = village_blocks()
    area = dict(zip(blocks["block_id"], ["x-1"] * 3 + ["x-2"] * 9, strict=True))
    merged = dissolve(blocks, blocks.set_index("block_id").index.to_series().map(area))
    assert list(merged["area_id"]) == ["x-1", "x-2"]
    assert list(merged.geometry.area) == [120_000, 240_000]
    assert merged.geom_type.unique().tolist() == ["Polygon"]


def test_dissolve_refuses_blocks_without_area():
    blocks = village_blocks()
    with pytest.raises(InputRefused, match="Ohne Gebiet: 05999004-B"):
        dissolve(blocks.iloc[:2], blocks.set_index("block_id").index.to_series()[:1].map(lambda _block: "x"))
