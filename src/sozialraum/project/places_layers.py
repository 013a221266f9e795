"""Addresses, buildings and places as layers of the project file; a project may do without them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import geopandas as gpd
from sqlalchemy import Connection

from sozialraum.blocks import Places, no_addresses, no_buildings, no_places
from sozialraum.project.geopackage import drop_layer, read_layer, write_layer

TITLES = {"addresses": "Anschriften", "buildings": "Gebäude", "places": "Orte"}
EMPTY: Mapping[str, Callable[[object], gpd.GeoDataFrame]] = {
    "addresses": no_addresses,
    "buildings": no_buildings,
    "places": no_places,
}


def write_places(connection: Connection, places: Places, srs: int) -> None:
    """Replace the three layers; a layer without rows is taken away."""
    for name, title in TITLES.items():
        frame: gpd.GeoDataFrame = getattr(places, name)
        if frame.empty:
            drop_layer(connection, name)
            continue
        frame = frame.set_crs(srs) if frame.crs is None else frame.to_crs(srs)
        write_layer(connection, name, frame, srs, title)


def read_places_layer(connection: Connection, name: str, srs: int) -> gpd.GeoDataFrame:
    """One of the three layers; without rows but with the contract's columns when the project has none."""
    frame = read_layer(connection, name)
    return EMPTY[name](srs) if frame is None else frame
