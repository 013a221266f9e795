"""Blocks drawn: the shapes of the map, and the small map of where a layer would lie under other coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks import Fault
from sozialraum.blocks.dissolve import merge
from sozialraum.web.shapes import collection
from sozialraum.web.small_maps import sheet_for

DETAIL = 0.7  # metres that borders may lie off on the map
MOST_DRAWN = 500
NEAR = 150.0  # metres around a place within which streets are drawn
METRES = 25832


def ground_json(
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    lines: gpd.GeoDataFrame,
    faults: Sequence[Fault] = (),
    places: Sequence[shapely.Geometry] = (),
) -> dict[str, Any]:
    """Blocks with key and inhabitants, municipalities, lines, and the places of faults by number.

    places : where somebody will look; of the streets only those near to them and to faults are drawn, for all of a
    Kreis would be too many.
    """
    numbered = [(number, fault) for number, fault in enumerate(faults, start=1) if fault.geometry is not None]
    shown = gpd.GeoDataFrame(
        {"number": [number for number, _fault in numbered], "kind": [fault.kind for _number, fault in numbered]},
        geometry=[fault.geometry for _number, fault in numbered],
        crs=blocks.crs,
    )
    drawn = gpd.GeoDataFrame(
        {"block_id": blocks["block_id"].astype(str), "population": _numbers(blocks["population"])},
        geometry=_simple(blocks.geometry.to_numpy()),
        crs=blocks.crs,
    )
    looked_at = [*places, *(fault.geometry for _number, fault in numbered)]
    return {
        "blocks": collection(drawn),
        "municipalities": collection(municipalities[["ags", "name", "geometry"]]),
        "lines": collection(_lines_near(lines, looked_at)),
        "faults": collection(shown),
    }


def _lines_near(lines: gpd.GeoDataFrame, places: Sequence[shapely.Geometry]) -> gpd.GeoDataFrame:
    """Rivers, railways and motorways, and the streets near to places."""
    if lines.empty:
        return lines
    wanted = (lines["kind"] != "street").to_numpy(copy=True)
    if len(places):
        tree = shapely.STRtree(lines.geometry.to_numpy())
        _place, near = tree.query(np.array(places, dtype=object), predicate="dwithin", distance=NEAR)
        wanted[near] = True
    return lines.loc[wanted, ["kind", "name", "geometry"]]


def _numbers(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(value) else int(value) for value in column]


def _simple(shapes: np.ndarray) -> np.ndarray:
    """Shapes with as many corners as a map can show; those with faults as they are."""
    if not shapely.is_valid(shapes).all() or not shapely.coverage_is_valid(shapes):
        return shapes
    return shapely.coverage_simplify(shapes, tolerance=DETAIL)


def where_json(layer: gpd.GeoDataFrame, towns: gpd.GeoDataFrame | None) -> dict[str, Any]:
    """A sheet with the outlines of the municipalities and the shapes of a layer as it would lie.

    layer : read as proposed; of many shapes some are drawn, points as `points`, others as `drawn`. towns : None where
    no municipalities are known; then the layer stands alone.
    """
    there = layer.to_crs(METRES)
    shapes = there.geometry.to_numpy()
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    reach = [shapely.box(*there.total_bounds)]
    outline = ""
    if towns is not None and len(towns) and towns.crs is not None:
        known = merge(shapely.make_valid(towns.to_crs(METRES).geometry.to_numpy()))
        reach.append(known)
    sheet = sheet_for(shapely.union_all(shapely.envelope(reach)).envelope)
    if len(reach) > 1:
        outline = sheet.path(shapely.simplify(reach[1], 1 / sheet.scale))
    some = shapes[:: max(1, len(shapes) // MOST_DRAWN)]
    are_points = shapely.get_dimensions(some) == 0
    paths = [sheet.path(shape) for shape in shapely.simplify(some[~are_points], 1 / sheet.scale)]
    places = shapely.get_coordinates(shapely.centroid(some[are_points]))
    return {
        "width": sheet.width,
        "height": sheet.height,
        "towns": outline,
        "drawn": "".join(paths),
        "points": sheet.place(places).tolist(),
    }
