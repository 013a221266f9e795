"""The quiet background of the map, drawn from the project's own layers without any network."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.web.editor_desk import Board, board_of
from sozialraum.web.editor_models import Background, Building, Line, Place
from sozialraum.web.session import Session

MARGIN = 200.0  # metres around the municipality that are still drawn
DETAIL = 4.0  # units; finer corners of lines are left out
LAYERS = {"street": "streets", "railway": "rails", "river": "waters", "motorway": "motorways"}


def background(session: Session, ags: str) -> Background:
    """Streets, railways, water, motorways, buildings, places and districts near a municipality."""
    return session.drawn(("editor-background", ags), lambda: _background(session, board_of(session, ags)))


def _background(session: Session, board: Board) -> Background:
    project = session.project
    lines, places = near(project.lines(), board), near(project.places(), board)
    drawn = {layer: list(_lines(lines[lines["kind"] == kind], board)) for kind, layer in LAYERS.items()}
    points = list(_points(places, board))
    return Background(
        **drawn,
        buildings=list(_buildings(near(project.buildings(), board), board)),
        places=[place for place in points if place.kind != "district"],
        districts=[place for place in points if place.kind == "district"],
    )


def near(layer: gpd.GeoDataFrame, board: Board) -> gpd.GeoDataFrame:
    """The rows of a layer within reach of a municipality, in the project's coordinates."""
    if layer.empty:
        return layer
    if layer.crs is not None and board.blocks.crs is not None and layer.crs != board.blocks.crs:
        layer = layer.to_crs(board.blocks.crs)
    west, south, east, north = board.blocks.total_bounds
    frame = shapely.box(west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
    inside = layer[shapely.intersects(layer.geometry.to_numpy(), frame)]
    tree = shapely.STRtree(board.blocks.geometry.to_numpy())
    found = np.unique(tree.query(inside.geometry.to_numpy(), predicate="dwithin", distance=MARGIN)[0])
    return inside.iloc[found]


def _lines(layer: gpd.GeoDataFrame, board: Board) -> Iterator[Line]:
    """One path per piece of line."""
    if layer.empty:
        return
    shapes = shapely.simplify(board.grid.units(layer.geometry), DETAIL)
    names = layer["name"].fillna("").astype(str).tolist()
    parts, owner = shapely.get_parts(shapely.line_merge(shapes), return_index=True)
    for part, row in zip(parts, owner.tolist(), strict=True):
        if not part.is_empty:
            yield Line(name=names[row], path=_path(part))


def _buildings(layer: gpd.GeoDataFrame, board: Board) -> Iterator[Building]:
    if layer.empty:
        return
    shapes = board.grid.units(layer.geometry)
    for shape, kind, name in zip(shapes, layer["kind"], _texts(layer["name"]), strict=True):
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                rings = [_path(part.exterior), *(_path(ring) for ring in part.interiors)]
                yield Building(kind=str(kind), name=name, rings=rings)


def _points(layer: gpd.GeoDataFrame, board: Board) -> Iterator[Place]:
    if layer.empty:
        return
    points = shapely.get_coordinates(shapely.centroid(board.grid.units(layer.geometry)))
    for (x, y), kind, name in zip(
        points.round().astype(int).tolist(), layer["kind"], _texts(layer["name"]), strict=True
    ):
        yield Place(kind=str(kind), name=name, x=x, y=y)


def _texts(column: pd.Series) -> list[str]:
    return column.fillna("").astype(str).tolist()


def _path(shape: shapely.Geometry) -> list[int]:
    return shapely.get_coordinates(shape).round().astype(int).ravel().tolist()
