"""Blocks on real ground: Berlin's planning areas taken as units and drawn from their borders, the grid of Aachen."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from sozialraum.blocks import check_blocks
from sozialraum.blocks.building import BuildingRule, Built, build_blocks, cells_as_blocks, units_as_blocks

DATA = Path(__file__).parents[3] / "shared" / "data"
LOR = DATA / "berlin-lor-bis2020" / "lor_bis2020.gpkg"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not LOR.is_file(), reason="needs the shared real data: berlin-lor-bis2020"),
]


@pytest.fixture(scope="module")
def districts() -> gpd.GeoDataFrame:
    """The twelve districts in the place of municipalities."""
    frame = pyogrio.read_dataframe(LOR, layer="bezirke")
    frame = frame.assign(ags="110000" + frame["id"].astype(str).str.zfill(2))
    return frame[["ags", "name", "geometry"]]


@pytest.fixture(scope="module")
def areas() -> gpd.GeoDataFrame:
    """The 448 planning areas; the key that comes twice is told apart as the README says."""
    frame = pyogrio.read_dataframe(LOR, layer="planungsraeume").sort_values("id", kind="stable")
    twice = np.flatnonzero((frame["id"] == "06010102").to_numpy())
    keys = frame["id"].to_numpy(dtype=object).copy()
    keys[twice[int(np.argmax(shapely.get_y(shapely.centroid(frame.geometry.to_numpy()[twice]))))]] = "04030417"
    return frame.assign(id=keys)


@pytest.fixture(scope="module")
def borders(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The borders of the planning areas as lines, each drawn twice, with the differences of their drawing."""
    return gpd.GeoDataFrame(
        {"kind": ["street"] * len(areas), "name": [""] * len(areas)}, geometry=areas.geometry.boundary, crs=areas.crs
    )


def alike(areas: gpd.GeoDataFrame, built: Built) -> np.ndarray:
    """For each planning area the largest share of common ground with a block, by the area of their union."""
    known, blocks = areas.geometry.to_numpy(), built.blocks.geometry.to_numpy()
    one, other = shapely.STRtree(blocks).query(known, predicate="intersects")
    common = shapely.area(shapely.intersection(known[one], blocks[other]))
    share = common / (shapely.area(known[one]) + shapely.area(blocks[other]) - common)
    return pd.Series(share).groupby(one).max().to_numpy()


def test_planning_areas_drawn_as_lines_are_found_again(
    areas: gpd.GeoDataFrame, borders: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> None:
    built = build_blocks(districts, borders, rule=BuildingRule(row_of_ends=0, open_from=0))
    assert alike(areas, built).min() > 0.99
    assert len(built.blocks) == 451  # three pieces along the districts' borders are no planning area of theirs
    assert check_blocks(built.blocks, districts) == ()


def test_regions_as_nesting_are_not_crossed(
    areas: gpd.GeoDataFrame, borders: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> None:
    regions = pyogrio.read_dataframe(LOR, layer="bezirksregionen").rename(columns={"id": "unit"})
    built = build_blocks(districts, borders, rule=BuildingRule(row_of_ends=0, open_from=0), nesting=regions)
    assert alike(areas, built).min() > 0.99
    assert built.doubtful == ()
    inside = built.blocks[built.blocks["unit"] != ""].merge(regions[["unit", "geometry"]], on="unit")
    over = shapely.difference(inside["geometry_x"].to_numpy(), inside["geometry_y"].to_numpy())
    # what reaches over are remainders of a region drawn into another district: small or narrow, as the rule says
    parts = shapely.get_parts(over)
    narrow = 2 * shapely.area(parts) < BuildingRule().narrowest_width * shapely.length(parts)
    assert (narrow | (shapely.area(parts) < BuildingRule().smallest_area)).all()


def test_planning_areas_as_units_keep_their_keys_and_their_known_faults_are_named(
    areas: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> None:
    built = units_as_blocks(areas, "id", "name", districts)
    assert set(areas["id"]) <= set(built.blocks["block_id"])
    assert check_blocks(built.blocks, districts) == ()
    assert sorted((one.kind, one.block_id) for one in built.doubtful) == [
        ("crossing", "03030716-11000011"),
        ("uncovered", "11000009-frei-01"),
        ("uncovered", "11000009-frei-02"),
    ]
    assert alike(areas, built).min() > 0.98


AACHEN = DATA / "aachen-gemeinden" / "gemeinden_staedteregion_aachen.gpkg"
GRID = DATA / "aachen-zensus2011-grid" / "bausteine_100m_abgeleitet.csv.gz"


@pytest.fixture(scope="module")
def towns() -> gpd.GeoDataFrame:
    """The ten municipalities of the StädteRegion Aachen, one of them in two parts."""
    frame = pyogrio.read_dataframe(AACHEN, layer="gemeinden")
    return frame.rename(columns={"AGS": "ags", "GEN": "name"})[["ags", "name", "geometry"]]


def test_real_borders_without_lines_are_tiled_by_squares(towns: gpd.GeoDataFrame) -> None:
    built = build_blocks(towns, gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs=towns.crs))
    assert check_blocks(built.blocks, towns) == ()
    assert built.blocks.area.sum() == pytest.approx(towns.area.sum(), abs=10)
    assert built.blocks.area.max() < 1.6e6
    assert built.people == "missing"


def test_the_grid_of_ten_municipalities_becomes_blocks(towns: gpd.GeoDataFrame) -> None:
    cells = pd.read_csv(GRID, sep=";").rename(
        columns={"GITTER_ID_100m": "cell_id", "einwohner_geschaetzt": "population"}
    )
    cells = cells.loc[cells["population"] > 0, ["cell_id", "x", "y", "population"]]
    built = cells_as_blocks(cells, towns)
    assert check_blocks(built.blocks, towns) == ()
    assert built.notes == ()
    assert int(built.blocks["population"].sum()) == pytest.approx(cells["population"].sum(), abs=10)
    assert built.blocks["block_id"].is_unique
