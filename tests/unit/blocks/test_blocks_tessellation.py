"""Grid cells become blocks that tile the municipality."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from sozialraum.base import InputRefused
from sozialraum.blocks import check_blocks, neighbours, pieces, tessellate_cells
from sozialraum.blocks.tessellation import whole_persons

TO_METRES = pyproj.Transformer.from_crs("EPSG:3035", "EPSG:25832", always_xy=True)
CENTRE = np.array([4_050_000.0, 3_080_000.0])


def outline(*points) -> shapely.Polygon:
    """A polygon given by offsets in metres from the centre, in the grid's own coordinates."""
    x, y = (np.array(points, dtype=float) + CENTRE).T
    return shapely.Polygon(np.column_stack(TO_METRES.transform(x, y)))


def cells(*offsets, people=10.0) -> pd.DataFrame:
    x, y = (np.array(offsets, dtype=float) * 100 + 50 + CENTRE[:, None].T).T
    names = [f"Z{int(column)}_{int(row)}" for column, row in offsets]
    return pd.DataFrame({"cell_id": names, "x": x, "y": y, "population": people, "social_a": 0.5})


TOWN = outline((-730, -610), (820, -660), (790, 580), (120, 610), (-690, 540))


def test_blocks_tile_the_municipality():
    blocks = tessellate_cells(cells((0, 0), (1, 0), (3, 2)), TOWN, ags="05999004")
    assert blocks.geometry.area.sum() == pytest.approx(TOWN.area, rel=1e-9)
    municipality = draw_town(TOWN)
    assert check_blocks(blocks, municipality) == ()
    assert pieces(len(blocks), neighbours(blocks).edges).max() == 0


def draw_town(shape):
    return gpd.GeoDataFrame({"ags": ["05999004"], "name": ["Rasterdorf"]}, geometry=[shape], crs="EPSG:25832")


def test_every_inhabited_cell_is_one_block_and_open_land_is_empty():
    blocks = tessellate_cells(cells((0, 0), (1, 0), (3, 2)), TOWN, ags="05999004")
    lived_in = blocks[blocks["land"] == "settlement"]
    assert sorted(lived_in["block_id"]) == ["Z0_0", "Z1_0", "Z3_2"]
    assert lived_in["population"].tolist() == [10, 10, 10]
    assert blocks[blocks["land"] == "open"]["population"].sum() == 0
    assert blocks["block_id"].is_unique
    assert lived_in["social_a"].tolist() == [0.5, 0.5, 0.5]


def test_open_land_is_merged_inside_larger_squares():
    coarse = tessellate_cells(cells((0, 0)), TOWN, open_size=500)
    fine = tessellate_cells(cells((0, 0)), TOWN, open_size=100)
    assert len(coarse) < 20 < len(fine)
    assert coarse[coarse["land"] == "open"].geometry.area.max() <= 1.6 * 250_000


def test_a_cell_across_the_border_keeps_its_part_inside():
    blocks = tessellate_cells(cells((-8, 0), (0, 0)), TOWN)
    part = blocks[blocks["block_id"] == "Z-8_0"].geometry.iloc[0]
    assert 0 < part.area < 9_000
    assert shapely.covers(TOWN.buffer(0.01), part)


def test_an_exclave_without_any_inhabitant_is_kept():
    exclave = outline((3020, 3020), (3060, 3020), (3060, 3060))
    whole = shapely.MultiPolygon([TOWN, exclave])
    blocks = tessellate_cells(cells((0, 0)), whole)
    assert blocks.geometry.area.sum() == pytest.approx(whole.area, rel=1e-9)


def test_cells_outside_or_given_twice_are_refused():
    with pytest.raises(InputRefused, match="ganz außerhalb der Gemeinde: Z50_50"):
        tessellate_cells(cells((0, 0), (50, 50)), TOWN)
    with pytest.raises(InputRefused, match="mehrfach vor: Z0_0"):
        tessellate_cells(cells((0, 0), (0, 0)), TOWN)


def test_whole_persons_keep_the_total():
    assert whole_persons(np.array([0.4, 0.4, 0.4, 2.8])).tolist() == [1, 0, 0, 3]
    assert whole_persons(np.array([3.0, 0.0])).tolist() == [3, 0]


def test_the_order_of_cells_does_not_matter():
    given = cells((0, 0), (1, 0), (3, 2))
    one, other = tessellate_cells(given, TOWN), tessellate_cells(given.iloc[::-1], TOWN)
    assert one.drop(columns="geometry").equals(other.drop(columns="geometry"))
    assert shapely.equals_exact(one.geometry.to_numpy(), other.geometry.to_numpy()).all()
