"""Pictures of plans: two plans of a municipality on one sheet, and single blocks near a border or to be divided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks.dissolve import merge
from sozialraum.web.proposals import mostly
from sozialraum.web.small_maps import MARGIN, Sheet, ground, paper

WINDOW = 0.6  # how much of the surroundings of a block is shown, as part of its larger side
CLOSE = 420.0  # units of the larger side of such a picture


def side_by_side(
    old: Any, new: Any, moved: set[str], blocks: gpd.GeoDataFrame, lines: gpd.GeoDataFrame, ags: str
) -> dict[str, Any]:
    """A municipality before and after: the same sheet, and each area after names the one before it mostly consists of.

    blocks : those both plans have. moved : block ids that are outlined.
    """
    own: gpd.GeoDataFrame = blocks[blocks["municipality"] == ags].reset_index(drop=True)
    sheet = paper(own)
    codes = [own["block_id"].map(plan.assignment).map(_codes(plan)) for plan in (old, new)]
    sums = [own["population"].groupby(code).sum() for code in codes]
    like = mostly(codes[1], codes[0], own["population"])
    changed = own["block_id"].isin(moved).to_numpy()
    return {
        "ground": ground(sheet, own["population"].to_numpy(dtype=float), lines),
        "before": _drawn(sheet, codes[0], old, ags, {}, sums[0]),
        "after": _drawn(sheet, codes[1], new, ags, like, sums[1]),
        "moved": _outlines(sheet, own, changed, codes),
    }


def _outlines(sheet: Any, own: gpd.GeoDataFrame, changed: np.ndarray, codes: list[pd.Series]) -> str:
    """One outline for the blocks that went from one area to the same other."""
    pairs = pd.Series(list(zip(codes[0], codes[1], strict=True)), index=own.index)
    found = [merge(sheet.shapes[changed & (pairs == pair).to_numpy()]) for pair in sorted(set(pairs[changed]))]
    return "".join(sheet.sheet.path(shape) for shape in found)


def _codes(plan: Any) -> dict[str, str]:
    return dict(zip(plan.areas["area_id"], plan.areas["code"], strict=True))


def _drawn(
    sheet: Any, codes: pd.Series, plan: Any, ags: str, like: dict[str, str], people: pd.Series
) -> list[dict[str, Any]]:
    rows = plan.areas[plan.areas["municipality"] == ags]
    shapes = sheet.areas(codes.to_numpy(dtype=object))
    return [
        {
            "code": str(code),
            "name": str(name),
            "population": int(people.get(str(code), 0)),
            **shapes[str(code)],
            "like": like.get(str(code), str(code)),
        }
        for code, name in rows[["code", "name"]].itertuples(index=False)
    ]


@dataclass(frozen=True)
class CloseUp:
    """A block with its surroundings. box : the ground shown, in metres. sheet : metres to units."""

    sheet: Sheet
    box: shapely.Geometry

    def path(self, shapes: np.ndarray) -> str:
        """Shapes cut to the window, as one SVG path."""
        near = shapes[shapely.intersects(shapes, self.box)]
        return "".join(self.sheet.path(shape) for shape in shapely.intersection(near, self.box))

    def back(self, points: np.ndarray) -> np.ndarray:
        """Units of the picture as metres."""
        return (points - MARGIN) / (self.sheet.scale, -self.sheet.scale) + (self.sheet.west, self.sheet.north)


def close_up(shape: shapely.Geometry) -> CloseUp:
    """The window around a block; the same for the same block."""
    west, south, east, north = shape.bounds
    edge = WINDOW * max(east - west, north - south) / 2
    box = shapely.box(west - edge, south - edge, east + edge, north + edge)
    west, south, east, north = box.bounds
    scale = (CLOSE - 2 * MARGIN) / max(east - west, north - south)
    wide, high = ((span * scale + 2 * MARGIN) for span in (east - west, north - south))
    return CloseUp(Sheet(west, north, scale, round(wide, 1), round(high, 1)), box)


def block_across(found: Any, block_id: str, blocks: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame) -> dict[str, Any]:
    """A block across a border: its neighbours, the foreign areas in it, and where people live."""
    shape = blocks.geometry[blocks["block_id"] == block_id].iloc[0]
    view = close_up(shape)
    areas = [
        {"area": str(area), "path": view.path(np.array([ground], dtype=object))}
        for area, ground in zip(found.shapes["area"], found.shapes.geometry, strict=True)
        if ground.intersects(view.box)
    ]
    return {
        "width": view.sheet.width,
        "height": view.sheet.height,
        "block": view.sheet.path(shape),
        "blocks": view.path(blocks.geometry.to_numpy()),
        "areas": areas,
        "addresses": _points(view, addresses[addresses["block_id"] == block_id]),
    }


def block_alone(
    block_id: str, blocks: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame
) -> dict[str, Any]:
    """A block to be divided: its border, neighbours, buildings and addresses."""
    row = blocks[blocks["block_id"] == block_id].iloc[0]
    view = close_up(row.geometry)
    return {
        "block_id": block_id,
        "municipality": str(row["municipality"]),
        "population": int(row["population"]),
        "width": view.sheet.width,
        "height": view.sheet.height,
        "block": view.sheet.path(row.geometry),
        "blocks": view.path(blocks.geometry.to_numpy()),
        "buildings": view.path(buildings.geometry.to_numpy()) if len(buildings) else "",
        "addresses": _points(view, addresses[addresses["block_id"] == block_id]),
    }


def _points(view: CloseUp, rows: gpd.GeoDataFrame) -> list[list[float]]:
    if rows.empty:
        return []
    return [[float(x), float(y)] for x, y in view.sheet.place(shapely.get_coordinates(rows.geometry.to_numpy()))]
