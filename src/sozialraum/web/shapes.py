"""Shapes for the map, in longitude and latitude and without anything that was not asked for."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from sozialraum.blocks import dissolve
from sozialraum.web.session import Session

SIX_DIGITS = 1e-6  # about ten centimetres


def areas(session: Session) -> dict[str, Any]:
    """The areas of the current plan, dissolved from its blocks."""
    project = session.project
    plan = project.plan()
    if plan is None:
        return collection(gpd.GeoDataFrame(geometry=[], crs="EPSG:4326"))
    return session.drawn(("areas", plan.plan_id), lambda: _areas(project, plan))


def _areas(project: Any, plan: Any) -> dict[str, Any]:
    blocks = project.blocks()
    shapes = dissolve(blocks, plan.assignment)
    people = blocks.set_index("block_id")["population"].groupby(plan.assignment).sum().rename("population")
    named = shapes.merge(plan.areas[["area_id", "code", "name", "municipality"]], on="area_id")
    named = named.join(people, on="area_id")
    return collection(named[["area_id", "code", "name", "municipality", "population", "geometry"]])


def municipalities(session: Session) -> dict[str, Any]:
    project = session.project
    return session.drawn(("municipalities",), lambda: collection(project.municipalities()[["ags", "name", "geometry"]]))


def lines(session: Session) -> dict[str, Any]:
    """Rivers, railways and motorways; streets would be too many for a map of a Kreis."""

    def draw() -> dict[str, Any]:
        frame = session.project.lines()
        return collection(frame.loc[frame["kind"] != "street", ["kind", "name", "geometry"]])

    return session.drawn(("lines",), draw)


def collection(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    """A GeoJSON collection in EPSG:4326 with each feature's label point, on a grid of six decimals."""
    if frame.empty:
        return {"type": "FeatureCollection", "features": []}
    points = frame.geometry.representative_point().to_crs(4326)
    there = frame.to_crs(4326)
    there = there.assign(label_x=points.x.round(6), label_y=points.y.round(6))
    there = there.set_geometry(_rounded(there.geometry))
    return json.loads(there.to_json(drop_id=True, na="null"))


def _rounded(geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    """Coordinates to six decimals, point by point: shared borders stay shared."""
    rounded = shapely.transform(geometry.to_numpy(), lambda points: (points / SIX_DIGITS).round() * SIX_DIGITS)
    return gpd.GeoSeries(rounded, index=geometry.index, crs=geometry.crs)


def populations(collection_of_areas: dict[str, Any]) -> pd.Series:
    """Inhabitants by area_id, as drawn."""
    rows = [feature["properties"] for feature in collection_of_areas["features"]]
    return pd.Series({row["area_id"]: row["population"] for row in rows}, dtype="float64")
