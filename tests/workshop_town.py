"""Musterstadt: an invented town of six quarters on a crooked grid, for a workshop played in the browser.

27 columns and 18 rows of blocks of about one hectare. Each quarter has its own houses and rents, so six areas are found
again by the proposal. The third ("Bahnhof") is crossed by a railway between its columns 24 and 25 (from 1): 940 people
live east of it, while its newer houses begin one column further west. One block there has two inhabitants.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

AGS, NAME = "05999099", "Musterstadt"
COLUMNS, ROWS, METRES = 27, 18, 100.0
EAST, NORTH, CRS = 404_000.0, 6_030_000.0, "EPSG:25832"
QUARTERS = (("Nordfeld", "Am Markt", "Bahnhof"), ("Westheide", "Lindenhof", "Südstadt"))
# people per block, storeys, flats in larger houses, rent, support: one row per quarter in reading order
KINDS = {
    "Nordfeld": (52, 2.0, 18, 8.9, 4.0),
    "Am Markt": (60, 3.4, 82, 8.1, 13.0),
    "Bahnhof": (34, 1.8, 30, 5.6, 17.0),
    "Westheide": (48, 1.6, 9, 9.6, 3.0),
    "Lindenhof": (57, 4.8, 95, 6.4, 21.0),
    "Südstadt": (54, 2.3, 38, 7.8, 8.0),
}
NEW_FROM, RAILWAY = 23, 24  # columns of "Bahnhof" (from 0) where newer houses begin, and where the railway runs
EAST_OF_RAILWAY = 940
SMALL = (25, 4)  # column and row of the block with two inhabitants
STREETS = (
    "Nordring", "Ahornweg", "Birkenweg", "Schulstraße", "Feldstraße", "Rosenweg", "Gartenstraße", "Kirchstraße",
    "Bahnhofstraße", "Marktstraße", "Lindenallee", "Mühlenweg", "Bergstraße", "Talstraße", "Amselweg", "Drosselweg",
    "Heideweg", "Waldstraße", "Südring",
)  # fmt: skip


def corners() -> np.ndarray:
    """(rows + 1, columns + 1, 2): crossings of the grid, shifted a little by chance; the outer ones stay in line."""
    chance = np.random.default_rng(2026)
    x, y = np.meshgrid(np.arange(COLUMNS + 1.0), np.arange(ROWS + 1.0))
    points = np.dstack([EAST + METRES * x, NORTH - METRES * y])
    points[1:-1, 1:-1] += chance.uniform(-20, 20, points[1:-1, 1:-1].shape)
    return points.round(2)


def quarter_of(column: int, row: int) -> str:
    return QUARTERS[row // 9][column // 9]


def people_of(column: int, row: int, chance: np.random.Generator) -> int:
    """Inhabitants of a block; the south-western corner is a wood."""
    if column < 3 and row > 14:
        return 0
    if (column, row) == SMALL:
        return 2
    return round(KINDS[quarter_of(column, row)][0] * chance.uniform(0.8, 1.2))


def blocks() -> gpd.GeoDataFrame:
    """486 blocks in contract columns."""
    chance, points, rows = np.random.default_rng(7), corners(), []
    for row in range(ROWS):
        for column in range(COLUMNS):
            quarter = quarter_of(column, row)
            _people, storeys, flats, rent, support = KINDS[quarter]
            newer = quarter == "Bahnhof" and column >= NEW_FROM
            rows.append(
                {
                    "block_id": f"{AGS}-{row * COLUMNS + column + 1:04d}",
                    "municipality": AGS,
                    "population": people_of(column, row, chance),
                    "quarter": quarter,
                    "street": STREETS[row],
                    "building_storeys": round(storeys + 0.7 * newer + chance.normal(0, 0.15), 1),
                    "housing_multi": round(min(100, max(0, flats + 14 * newer + chance.normal(0, 3))), 1),
                    "housing_rent": round(rent - 0.4 * newer + chance.normal(0, 0.15), 2),
                    "social_support": round(max(0, support + 4 * newer + chance.normal(0, 1)), 1),
                    "geometry": shapely.Polygon(
                        points[[row, row, row + 1, row + 1], [column, column + 1, column + 1, column]]
                    ),
                }
            )
    frame = gpd.GeoDataFrame(rows, crs=CRS)
    frame["land"] = np.where(frame["population"] > 0, "settlement", "open")
    return _exactly_east_of_the_railway(frame)


def _exactly_east_of_the_railway(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One block takes what is missing from, or is too much for, the number that the story names."""
    column = np.arange(len(frame)) % COLUMNS
    east = (frame["quarter"] == "Bahnhof") & (column >= RAILWAY)
    last = frame.index[east][-1]
    frame.loc[last, "population"] += EAST_OF_RAILWAY - int(frame.loc[east, "population"].sum())
    return frame


def municipality(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    row = {"ags": [AGS], "name": [NAME], "kind": ["town"], "size_low": [700.0], "size_high": [8500.0], "areas": [6]}
    return gpd.GeoDataFrame(row, geometry=[shapely.coverage_union_all(frame.geometry.to_numpy())], crs=CRS)


def lines() -> gpd.GeoDataFrame:
    """Streets along the rows, the railway, a stream along the southern edge."""
    points = corners()
    found = [("street", name, shapely.LineString(points[row])) for row, name in enumerate(STREETS)]
    found.append(("railway", "Bahnlinie", shapely.LineString(points[:, RAILWAY])))
    found.append(("river", "Merz", shapely.LineString(points[9])))
    kind, name, line = zip(*found, strict=True)
    return gpd.GeoDataFrame({"kind": kind, "name": name}, geometry=list(line), crs=CRS)


def addresses(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Two houses per inhabited block on the street to its north (odd numbers) and to its south (even numbers)."""
    found = []
    for place, block in enumerate(frame.itertuples()):
        row, column = divmod(place, COLUMNS)
        if not block.population:
            continue
        for street, number, side in ((row, 2 * column + 1, 0.25), (row + 1, 2 * column + 2, 0.75)):
            x, y = block.geometry.centroid.x, block.geometry.bounds[3] - side * METRES
            found.append((STREETS[street], number, "", "59999", block.block_id, shapely.Point(x, y)))
    columns = ["street", "number", "suffix", "postcode", "block_id", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(found, columns=columns), crs=CRS)


def places(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A town hall, a school and a church, and the names of the quarters."""
    spots = [
        ("town_hall", "Rathaus", 13, 4),
        ("school", "Grundschule am Bahnhof", 20, 3),
        ("church", "St. Anna", 12, 6),
    ]
    found = [(kind, name, frame.geometry[row * COLUMNS + column].centroid) for kind, name, column, row in spots]
    for name, own in frame.groupby("quarter", sort=True):
        found.append(("district", str(name), own.geometry.union_all().centroid))
    kind, name, point = zip(*found, strict=True)
    return gpd.GeoDataFrame({"kind": kind, "name": name}, geometry=list(point), crs=CRS)


def write_town(path: Path) -> Path:
    """The town as the file a planner drops on the page."""
    frame = blocks()
    layers = {"municipalities": municipality(frame), "blocks": frame, "lines": lines()}
    layers |= {"addresses": addresses(frame), "places": places(frame)}
    for name, layer in layers.items():
        layer.to_file(path, layer=name, driver="GPKG")
    return path
