"""The small map of one unit: its outline over the areas, each shaded by the part of the unit that goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.blocks.dissolve import merge
from sozialraum.delineation import Plan
from sozialraum.web.small_maps import DETAIL, Sheet, line_paths, sheet_for
from sozialraum.workflow.carrying_view import Weight, part_text

AROUND = 0.15  # of the unit's extent, shown around it
LEAST = 150.0  # metres
STEPS = (0.0, 0.1, 0.3, 0.6)  # parts from which an area is one step darker


def areas_of(project: Any, plan: Plan | None) -> gpd.GeoDataFrame:
    """The areas of the plan, or the blocks without one: `area_id`, polygon."""
    if plan is None:
        return project.blocks()[["block_id", "geometry"]].rename(columns={"block_id": "area_id"})
    return project.areas()[["area_id", "geometry"]]


def unit_shape(project: Any, code: str, unit: str, weights: Sequence[Weight], areas: gpd.GeoDataFrame) -> Any:
    """The ground of a unit; of one without a shape that of the areas it goes to. None where there is neither."""
    units = project.geography_units(code)
    if units is not None:
        own = units.geometry[units["unit"] == unit]
        return own.iloc[0] if len(own) else None
    reached = {one.area for one in weights}
    shapes = areas.geometry[areas["area_id"].isin(reached)].to_numpy()
    return merge(shapes) if len(shapes) else None


def unit_map(
    shape: shapely.Geometry, weights: Sequence[Weight], areas: gpd.GeoDataFrame, lines: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Paths in units of the sheet: areas (path, step, label and its place), the unit's outline, lines."""
    window = _window(shape)
    sheet = sheet_for(window)
    part = {one.area: one.part for one in weights}
    name = {one.area: one.name for one in weights}
    shapes = areas.geometry.to_numpy()
    found = []
    for at in np.flatnonzero(shapely.intersects(shapes, window)).tolist():
        inside = shapely.intersection(shapes[at], window)
        path = sheet.path(shapely.simplify(inside, DETAIL / sheet.scale))
        if not path:
            continue
        key = str(areas["area_id"].iloc[at])
        share = part.get(key, 0.0)
        label = f"{name[key]}: {part_text(share)}" if key in part else ""
        found.append({"path": path, "step": _step(share), "label": label, **_place(shapes[at], shape, window, sheet)})
    outline = sheet.path(shapely.intersection(shapely.boundary(shape), window))
    return {
        "width": sheet.width, "height": sheet.height, "areas": found, "unit": outline,
        "lines": line_paths(lines, window, sheet),
    }  # fmt: skip


def _window(shape: shapely.Geometry) -> shapely.Geometry:
    west, south, east, north = shape.bounds
    room = max(LEAST, AROUND * max(east - west, north - south))
    return shapely.box(west - room, south - room, east + room, north + room)


def _step(part: float) -> int:
    """0 = nothing of the unit goes there, 4 = most of it."""
    return sum(1 for least in STEPS if part > least)


def _place(area: shapely.Geometry, unit: shapely.Geometry, window: shapely.Geometry, sheet: Sheet) -> dict[str, float]:
    """Where a label stands: in the part of the unit, else in the part of the window."""
    common = shapely.intersection(area, unit)
    shown = common if shapely.area(common) > 0 else shapely.intersection(area, window)
    x, y = sheet.place(shapely.get_coordinates(shapely.point_on_surface(shown))[:1])[0]
    return {"x": float(x), "y": float(y)}
