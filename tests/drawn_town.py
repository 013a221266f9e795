"""A town drawn by hand for the building of blocks: one square kilometre, streets by coordinates in metres."""

from collections.abc import Sequence

import geopandas as gpd
import shapely

CRS = "EPSG:25832"
EAST, NORTH = 400_000.0, 5_700_000.0
Line = tuple[str, str, Sequence[tuple[float, float]]]


def place(x: float, y: float) -> shapely.Point:
    """A point by its metres from the south-west corner of the town."""
    return shapely.Point(EAST + x, NORTH + y)


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def towns(*squares: tuple[str, str, tuple[float, float, float, float]], **columns: list[object]) -> gpd.GeoDataFrame:
    """Municipalities as rectangles; without any the one town of 1000 by 1000 metres."""
    squares = squares or (("05999001", "Drauf", (0, 0, 1000, 1000)),)
    frame = {"ags": [one[0] for one in squares], "name": [one[1] for one in squares]} | columns
    return gpd.GeoDataFrame(frame, geometry=[box(*one[2]) for one in squares], crs=CRS)


def lines(*drawn: Line) -> gpd.GeoDataFrame:
    """Lines as (kind, name, corners)."""
    shapes = [shapely.LineString([(EAST + x, NORTH + y) for x, y in corners]) for _kind, _name, corners in drawn]
    frame = {"kind": [one[0] for one in drawn], "name": [one[1] for one in drawn]}
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def addresses(*doors: tuple[float, float, int | None]) -> gpd.GeoDataFrame:
    """Addresses as (x, y, inhabitants) in one street, numbered in their order."""
    frame = {"street": "Hofweg", "number": range(1, len(doors) + 1), "population": [door[2] for door in doors]}
    return gpd.GeoDataFrame(frame, geometry=[place(x, y) for x, y, _persons in doors], crs=CRS)
