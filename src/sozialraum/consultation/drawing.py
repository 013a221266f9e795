"""The map of one municipality for the package: shapes as short paths of whole metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks import neighbours
from sozialraum.blocks.dissolve import merge
from sozialraum.delineation.bridges import bridge_edges, find_bridges

DETAIL = 1.5  # metres; finer corners are left out
AROUND = 60.0  # metres of background beyond the border
PLACES = ("school", "church", "town_hall", "district")  # nothing else is ever drawn as a place


@dataclass(frozen=True)
class Drawing:
    """What the map shows. Units are metres from the upper left corner, x to the right, y downwards.

    west, north : that corner in the project's coordinates. paths : outline of each block. points : int (n, 2),
    a place inside each block. edges : int (m, 2), row positions of blocks that touch or count as touching.
    """

    west: int
    north: int
    width: int
    height: int
    paths: tuple[str, ...]
    points: np.ndarray
    edges: np.ndarray
    background: dict[str, Any]


def draw(blocks: gpd.GeoDataFrame, lines: gpd.GeoDataFrame, places: gpd.GeoDataFrame | None = None) -> Drawing:
    """Draw the blocks of one municipality (n rows) with streets, rails, waters and places around them.

    lines : `kind, name`, geometry. places : `kind, name`, geometry Point; only schools, churches, town halls and
    names of districts are taken. No attribute of a block is looked at.
    """
    shapes = blocks.geometry.to_numpy()
    if shapely.coverage_is_valid(shapes):
        shapes = shapely.coverage_simplify(shapes, tolerance=DETAIL)
    outline = merge(shapes)
    west, south, east, north = outline.bounds
    corner = (int(np.floor(west)), int(np.ceil(north)))
    touching = neighbours(blocks).edges
    bridges = bridge_edges(find_bridges(blocks, touching), blocks["block_id"].astype(str).tolist())
    return Drawing(
        *corner,
        width=int(np.ceil(east)) - corner[0],
        height=corner[1] - int(np.floor(south)),
        paths=tuple(path(shape, corner) for shape in shapes),
        points=_flat(shapely.get_coordinates(shapely.point_on_surface(shapes)), corner),
        edges=np.vstack([touching, bridges]).astype(int),
        background=_background(lines, places, outline, corner),
    )


def _background(
    lines: gpd.GeoDataFrame, places: gpd.GeoDataFrame | None, outline: shapely.Geometry, corner: tuple[int, int]
) -> dict[str, Any]:
    around = shapely.buffer(outline, AROUND)
    shapely.prepare(around)
    found = lines[shapely.intersects(lines.geometry.to_numpy(), around)]
    inside = shapely.simplify(shapely.intersection(found.geometry.to_numpy(), around), DETAIL)
    kinds = found["kind"].to_numpy()
    names = found["name"].fillna("").astype(str).to_numpy()

    def drawn(*wanted: str) -> list[dict[str, str]]:
        rows = [(names[row], path(inside[row], corner)) for row in np.flatnonzero(np.isin(kinds, wanted))]
        return [{"name": name, "path": text} for name, text in rows if text]

    return {
        "streets": drawn("street"),
        "motorways": drawn("motorway"),
        "rails": drawn("railway"),
        "waters": drawn("river"),
        "places": [] if places is None else _places(places, outline, corner),
    }


def _places(places: gpd.GeoDataFrame, outline: shapely.Geometry, corner: tuple[int, int]) -> list[dict[str, Any]]:
    kept: pd.DataFrame = places[places["kind"].isin(PLACES) & shapely.intersects(places.geometry.to_numpy(), outline)]
    points = _flat(shapely.get_coordinates(kept.geometry.to_numpy()), corner)
    return [
        {"kind": str(kind), "name": str(name), "x": int(x), "y": int(y)}
        for kind, name, (x, y) in zip(kept["kind"], kept["name"].fillna(""), points, strict=True)
    ]


def path(shape: shapely.Geometry, corner: tuple[int, int]) -> str:
    """A polygon or line as SVG path of whole metres, each point as the step from the one before."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "LineString")]
    rings = [
        (shapely.get_coordinates(ring), part.geom_type == "Polygon")
        for part in parts
        for ring in ([part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part])
    ]
    return "".join(_steps(_flat(points, corner), closed) for points, closed in rings)


def _flat(points: np.ndarray, corner: tuple[int, int]) -> np.ndarray:
    return np.rint((points - corner) * (1, -1)).astype(int)


def _steps(points: np.ndarray, closed: bool) -> str:
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (points[1:] != points[:-1]).any(axis=1)
    kept = points[moved]
    if len(kept) < (4 if closed else 2):
        return ""
    body = kept[:-1] if closed else kept
    steps = " ".join(f"{x} {y}" for x, y in np.diff(body, axis=0).tolist())
    return f"M{body[0][0]} {body[0][1]}l{steps.replace(' -', '-')}{'z' if closed else ''}"
