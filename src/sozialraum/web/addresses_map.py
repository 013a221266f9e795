"""The small map beside changes of addresses: areas around them, what they were, and the numbers of their street."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.addresses import Changes, street_key
from sozialraum.blocks.dissolve import merge
from sozialraum.street_grid import area_labels
from sozialraum.web.small_maps import Sheet, line_paths, sheet_for

AROUND = 80.0  # metres of ground shown around the addresses at least
NEIGHBOURS = 200
LABELLED_FROM = 0.04  # part of the sheet an area must fill to be named


@dataclass(frozen=True)
class Ground:
    """Areas of the present plan, or municipalities without one: labels (k,), shapes (k,); lines (kind, geometry)."""

    labels: tuple[str, ...]
    shapes: np.ndarray
    lines: gpd.GeoDataFrame


def ground_of(project: Any) -> Ground:
    """What every small map of a project lies on."""
    plan = project.plan()
    if plan is None:
        towns = project.municipalities()
        return Ground(tuple(map(str, towns["name"])), towns.geometry.to_numpy(), project.lines())
    blocks, labels = project.blocks_of(plan), area_labels(plan)
    area = blocks["block_id"].map({str(block): str(one) for block, one in plan.assignment.items()})
    keys = sorted(set(area.dropna()))
    shapes = [merge(blocks.geometry[area == key].to_numpy()) for key in keys]
    return Ground(tuple(labels[key] for key in keys), np.array(shapes, dtype=object), project.lines())


def change_map(rows: pd.DataFrame, changes: Changes, ground: Ground) -> dict[str, Any] | None:
    """The map of changes (rows of one group), in units of its sheet; None where none of them has a place.

    marks : one per row in its order, with the place before where that is another one; x is None without a place.
    """
    now = rows[["x", "y"]].to_numpy(dtype=float)
    before = _before(rows, changes)
    known = np.vstack([now, before])
    known = known[~np.isnan(known).any(axis=1)]
    if not len(known):
        return None
    window = _window(known)
    sheet = sheet_for(window)
    return {
        "width": sheet.width,
        "height": sheet.height,
        "areas": _areas(ground, window, sheet),
        "borders": _borders(ground, window, sheet),
        "lines": line_paths(ground.lines, window, sheet),
        "neighbours": _neighbours(rows, changes, window, sheet),
        "marks": [_mark(one, old, sheet) for one, old in zip(now, before, strict=True)],
    }


def _window(points: np.ndarray) -> shapely.Geometry:
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    room = max(AROUND, 0.2 * max(east - west, north - south))
    return shapely.box(west - room, south - room, east + room, north + room)


def _before(rows: pd.DataFrame, changes: Changes) -> np.ndarray:
    """(n, 2) places in the last register, NaN where there was none or it is the same."""
    found = np.full((len(rows), 2), np.nan)
    positions = rows["old_position"].to_numpy(dtype=np.int64)
    held = (positions >= 0) & rows["kind"].isin(("moved", "renumbered", "renamed")).to_numpy()
    points = changes.last.geometry.to_numpy()[positions[held]]
    found[held] = np.column_stack([shapely.get_x(points), shapely.get_y(points)])
    near = np.hypot(*(found - rows[["x", "y"]].to_numpy(dtype=float)).T) < 1.0
    found[near] = np.nan
    return found


def _mark(now: np.ndarray, before: np.ndarray, sheet: Sheet) -> dict[str, float | None]:
    x, y = sheet.place(now) if not np.isnan(now).any() else (None, None)
    old_x, old_y = sheet.place(before) if not np.isnan(before).any() else (None, None)
    named = {"x": x, "y": y, "old_x": old_x, "old_y": old_y}
    return {name: None if value is None else float(value) for name, value in named.items()}


def _areas(ground: Ground, window: shapely.Geometry, sheet: Sheet) -> list[dict[str, Any]]:
    found = []
    for at in np.flatnonzero(shapely.intersects(ground.shapes, window)):
        shape = shapely.intersection(ground.shapes[at], window)
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if not parts:
            continue
        largest = max(parts, key=shapely.area)
        x, y = sheet.place(shapely.get_coordinates(shapely.point_on_surface(largest)))[0]
        named = shapely.area(largest) >= LABELLED_FROM * shapely.area(window)
        path = sheet.path(shapely.multipolygons(shapely.simplify(parts, 0.3 / sheet.scale)))
        found.append({"path": path, "x": float(x), "y": float(y), "label": ground.labels[at] if named else ""})
    return found


def _borders(ground: Ground, window: shapely.Geometry, sheet: Sheet) -> str:
    near = ground.shapes[shapely.intersects(ground.shapes, window)]
    lines = shapely.intersection(shapely.boundary(near), window)
    return sheet.path(shapely.simplify(shapely.line_merge(shapely.union_all(lines)), 0.3 / sheet.scale))


def _neighbours(
    rows: pd.DataFrame, changes: Changes, window: shapely.Geometry, sheet: Sheet
) -> list[dict[str, float | str]]:
    """Numbers of the same streets that stay as they are, the nearest of the register first."""
    keys = {street_key(name) for name in {*rows["street"], *rows["old_street"]} if name}
    kept = changes.last.iloc[changes.kept[:, 0]]
    same = kept["street"].map({name: street_key(name) in keys for name in kept["street"].unique()})
    kept = kept[same.to_numpy(dtype=bool)] if len(kept) else kept
    points = kept.geometry.to_numpy()
    inside = shapely.intersects(points, window) if len(points) else np.zeros(0, dtype=bool)
    kept, points = kept[inside][:NEIGHBOURS], points[inside][:NEIGHBOURS]
    places = sheet.place(np.column_stack([shapely.get_x(points), shapely.get_y(points)]))
    return [
        {"x": float(x), "y": float(y), "label": f"{number}{suffix}"}
        for (x, y), number, suffix in zip(places, kept["number"], kept["suffix"], strict=True)
    ]
