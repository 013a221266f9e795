"""Carrying against tobler and exactextract: the same numbers where they can do the same."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from sozialraum.carrying import Geography, by_area, carry, of_cells

CRS, DAY = "EPSG:3035", "2025-12-31"
SIDE, CELL = 3000, 100


def divided(seed, parts, letter):
    random = np.random.default_rng(seed)
    square = shapely.box(0, 0, SIDE, SIDE)
    shapes = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(random.uniform(0, SIDE, (parts, 2))), extend_to=square)
    )
    names = [f"{letter}{number:02d}" for number in range(parts)]
    return gpd.GeoDataFrame({"key": names}, geometry=shapely.intersection(shapes, square), crs=CRS)


AREAS, DISTRICTS = divided(3, 15, "A"), divided(4, 6, "D")


@pytest.fixture(scope="module")
def cells():
    x, y = (part.ravel() for part in np.meshgrid(np.arange(0, SIDE, CELL), np.arange(0, SIDE, CELL)))
    people = np.random.default_rng(5).poisson(20, len(x)).astype(float)
    names = [f"c{number:04d}" for number in range(len(x))]
    return gpd.GeoDataFrame({"key": names, "people": people}, geometry=shapely.box(x, y, x + CELL, y + CELL), crs=CRS)


def carried(frame, matrix):
    counts = pd.DataFrame({"unit": frame["key"], "feature": "people", "period": DAY, "low": frame["people"]})
    values = carry(counts.assign(high=counts["low"], status="observed"), matrix, {"people": "count"}).values
    return values.set_index("unit")["low"]


def test_by_area_gives_what_tobler_gives():
    tobler = pytest.importorskip("tobler.area_weighted", reason="tobler (extra `peers`) is not installed")
    districts = DISTRICTS.assign(people=np.arange(6) * 100.0 + 7)
    theirs = tobler.area_interpolate(districts, AREAS, extensive_variables=["people"])["people"].to_numpy()
    matrix = by_area(Geography.of(districts, "key", "d"), Geography.of(AREAS, "key", "a"), sliver=0.0)
    ours = carried(districts, matrix)
    assert ours[AREAS["key"]].to_numpy() == pytest.approx(theirs, rel=1e-6)


def test_cells_give_what_tobler_and_exactextract_give(cells):
    exactextract = pytest.importorskip("exactextract", reason="exactextract (extra `peers`) is not installed")
    tobler = pytest.importorskip("tobler.area_weighted", reason="tobler (extra `peers`) is not installed")
    ours = carried(cells, of_cells(Geography.of(cells, "key", "grid100"), Geography.of(AREAS, "key", "a")))
    raster = exactextract.raster.NumPyRasterSource(
        cells["people"].to_numpy().reshape(SIDE // CELL, -1)[::-1].copy(), 0, 0, SIDE, SIDE, srs_wkt=AREAS.crs.to_wkt()
    )
    found = exactextract.exact_extract(raster, AREAS, ["sum"], include_cols=["key"], output="pandas")
    summed = found.set_index("key")["sum"]
    weighted = tobler.area_interpolate(cells, AREAS, extensive_variables=["people"])["people"].to_numpy()
    assert ours[AREAS["key"]].to_numpy() == pytest.approx(weighted, rel=2e-3)
    assert ours[AREAS["key"]].to_numpy() == pytest.approx(summed[AREAS["key"]].to_numpy(), rel=2e-3)
