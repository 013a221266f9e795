"""Small maps: the areas of a municipality as SVG paths on one sheet, so that several can be laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.blocks import neighbours
from sozialraum.blocks.dissolve import merge

WIDTH, HEIGHT, MARGIN = 320.0, 300.0, 6.0
DETAIL = 0.3  # units of the sheet; finer corners are left out
DRAWN_LINES = ("river", "railway", "motorway")


@dataclass(frozen=True)
class Sheet:
    """How a municipality lies on paper: metres to units, north up, the same for every map of it.

    west, north : corner of the municipality in metres. scale : units per metre. width, height : in units.
    """

    west: float
    north: float
    scale: float
    width: float
    height: float

    def place(self, points: np.ndarray) -> np.ndarray:
        """Coordinates (n, 2) in metres as units of the sheet, to a tenth."""
        return np.round((points - (self.west, self.north)) * (self.scale, -self.scale) + MARGIN, 1)

    def path(self, shape: shapely.Geometry) -> str:
        """A polygon or line as SVG path; '' when nothing is left of it."""
        parts = shapely.get_parts(shape)
        rings = [ring for part in parts for ring in (_rings(part) if part.geom_type == "Polygon" else [part])]
        return "".join(_drawn(self.place(shapely.get_coordinates(ring)), ring.geom_type) for ring in rings)


def sheet_for(shape: shapely.Geometry) -> Sheet:
    """The sheet on which a municipality fills width or height."""
    west, south, east, north = shape.bounds
    scale = min((WIDTH - 2 * MARGIN) / max(east - west, 1), (HEIGHT - 2 * MARGIN) / max(north - south, 1))
    wide, high = ((span * scale + 2 * MARGIN) for span in (east - west, north - south))
    return Sheet(west, north, scale, round(wide, 1), round(high, 1))


def simplified(blocks: gpd.GeoDataFrame, sheet: Sheet) -> np.ndarray:
    """The blocks with as many corners as the sheet can show; common borders stay common.

    Blocks that overlap a little are no coverage; they are drawn as they are.
    """
    shapes = blocks.geometry.to_numpy()
    if not shapely.coverage_is_valid(shapes):
        return shapes
    return shapely.coverage_simplify(shapes, tolerance=DETAIL / sheet.scale)


def ground(own: Paper, people: np.ndarray, lines: gpd.GeoDataFrame) -> dict[str, Any]:
    """What all maps of a municipality share: size, outline, uninhabited land, rivers, railways and motorways.

    people : (n,) inhabitants of the blocks. lines : `kind`, `name`, geometry. Paths are in the units of the sheet.
    """
    outline = merge(own.shapes)
    empty = own.shapes[people == 0]
    return {
        "width": own.sheet.width,
        "height": own.sheet.height,
        "outline": own.sheet.path(outline),
        "empty": own.sheet.path(merge(empty)) if len(empty) else "",
        "lines": line_paths(lines, outline, own.sheet),
    }


def line_paths(lines: gpd.GeoDataFrame, outline: shapely.Geometry, sheet: Sheet) -> list[dict[str, str]]:
    """Rivers, railways and motorways inside the outline, one path of each kind."""
    paths = []
    for kind in DRAWN_LINES:
        shapes = lines.geometry[lines["kind"] == kind].to_numpy()
        inside = shapely.intersection(shapes[shapely.intersects(shapes, outline)], outline)
        path = "".join(sheet.path(shape) for shape in shapely.simplify(inside, DETAIL / sheet.scale))
        if path:
            paths.append({"kind": kind, "path": path})
    return paths


@dataclass(frozen=True)
class Paper:
    """The blocks of one municipality (n rows) ready to be drawn, with their neighbours found once.

    shapes : object (n,), simplified polygons. edges : int64 (m, 2), row positions.
    """

    sheet: Sheet
    shapes: np.ndarray
    edges: np.ndarray

    def areas(self, code: np.ndarray) -> dict[str, dict[str, Any]]:
        """Each area by code: path, place and width of its label, codes of its neighbours; code : str (n,).

        The label stands in the middle of the largest circle inside.
        """
        beside = touching(self.edges, code)
        merged = {str(one): merge(self.shapes[code == one]) for one in sorted(set(code))}
        return {one: _drawing(shape, self.sheet, beside[one]) for one, shape in merged.items()}

    def borders(self, code: np.ndarray, without: np.ndarray | None = None) -> str:
        """The borders between areas as one path, without those that another division has as well."""
        lines = self._inner(code)
        if without is not None:
            lines = shapely.difference(lines, self._inner(without))
        return self.sheet.path(shapely.line_merge(lines))

    def _inner(self, code: np.ndarray) -> shapely.Geometry:
        merged = [merge(self.shapes[code == one]) for one in sorted(set(code))]
        around = shapely.boundary(merge(self.shapes))
        return shapely.difference(shapely.union_all(shapely.boundary(merged)), around)


def paper(blocks: gpd.GeoDataFrame) -> Paper:
    """The blocks of one municipality on its sheet."""
    sheet = sheet_for(merge(blocks.geometry.to_numpy()))
    return Paper(sheet, simplified(blocks, sheet), neighbours(blocks).edges)


def _drawing(shape: shapely.Geometry, sheet: Sheet, beside: set[str]) -> dict[str, Any]:
    largest = max(shapely.get_parts(shape), key=shapely.area)
    radius = shapely.maximum_inscribed_circle(largest, tolerance=2 / sheet.scale)
    x, y = sheet.place(shapely.get_coordinates(radius)[:1])[0]
    room = round(2 * float(shapely.length(radius)) * sheet.scale, 1)
    return {"path": sheet.path(shape), "x": float(x), "y": float(y), "room": room, "beside": sorted(beside)}


def touching(edges: np.ndarray, code: np.ndarray) -> dict[str, set[str]]:
    """Codes of the areas that have a common border, by code."""
    beside: dict[str, set[str]] = {str(one): set() for one in set(code)}
    for first, second in zip(code[edges[:, 0]], code[edges[:, 1]], strict=True):
        if first != second:
            beside[str(first)].add(str(second))
            beside[str(second)].add(str(first))
    return beside


def _rings(polygon: shapely.Geometry) -> list[shapely.Geometry]:
    return [polygon.exterior, *polygon.interiors]


def _drawn(points: np.ndarray, kind: str) -> str:
    """Points as a path, without those that fall onto the one before."""
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (points[1:] != points[:-1]).any(axis=1)
    kept = points[moved]
    closed = kind in ("LinearRing", "Polygon")
    if len(kept) < (4 if closed else 2):
        return ""
    body = "L".join(f"{x:g} {y:g}" for x, y in (kept[:-1] if closed else kept))
    return f"M{body}{'Z' if closed else ''}"
