"""Municipalities, blocks, lines and the drawn areas of each plan as layers of the project file."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, inspect, select

from sozialraum.base import Finding, InputRefused, _
from sozialraum.project import tables
from sozialraum.project.geopackage import read_layer, write_layer

TITLES = {"municipalities": "Gemeinden", "blocks": "Bausteine", "lines": "Linien"}
EMPTY: Mapping[str, dict[str, str]] = {
    "municipalities": {
        "ags": "str", "name": "str", "kind": "str", "size_low": "f8", "size_high": "f8", "areas": "Int64",
    },
    "blocks": {
        "block_id": "str", "municipality": "str", "population": "i8", "quarter": "str", "street": "str", "land": "str",
    },
    "lines": {"kind": "str", "name": "str"},
}  # fmt: skip


def write_layers(connection: Connection, layers: Mapping[str, gpd.GeoDataFrame], srs: int) -> None:
    """Replace the three layers; frames in another coordinate system are converted."""
    for name, frame in layers.items():
        write_layer(connection, name, _in_srs(frame, srs), srs, TITLES[name])


def read_layer_or_empty(connection: Connection, name: str, srs: int) -> gpd.GeoDataFrame:
    """One of the three layers; before the import a frame without rows but with the contract's columns."""
    frame = read_layer(connection, name)
    if frame is not None:
        return frame
    nothing = {column: pd.Series([], dtype=kind) for column, kind in EMPTY[name].items()}
    return gpd.GeoDataFrame(nothing, geometry=gpd.GeoSeries([], crs=srs), crs=srs)


def refuse_other_blocks(connection: Connection, blocks: pd.DataFrame) -> None:
    """Raise InputRefused when plans or deliveries rest on blocks that a new import would change."""
    if not inspect(connection).has_table("blocks"):
        return
    rests_on_them = (
        connection.execute(select(tables.plans.c.plan_id)).first()
        or connection.execute(select(tables.deliveries.c.delivery_id)).first()
    )
    known = connection.exec_driver_sql("SELECT block_id, municipality FROM blocks").all()
    if not rests_on_them or {tuple(row) for row in known} == set(
        zip(blocks["block_id"], blocks["municipality"], strict=True)
    ):
        return
    raise InputRefused(
        _("Die Bausteine können nicht ausgetauscht werden."),
        [
            Finding(
                _("Schlüssel oder Gemeinden weichen ab, und es gibt schon Gebiete oder Lieferungen dazu."),
                todo=_("Übernehmen Sie sie als neuen Stand der Bausteine, oder legen Sie ein neues Projekt an."),
            )
        ],
    )


def write_areas_layer(connection: Connection, layer: str, areas: gpd.GeoDataFrame, srs: int, title: str) -> None:
    """Replace the drawn areas of one plan: area_id, name, municipality, population, geometry."""
    write_layer(connection, layer, _in_srs(areas, srs), srs, title)


def _in_srs(frame: gpd.GeoDataFrame, srs: int) -> gpd.GeoDataFrame:
    if frame.crs is None:
        return frame.set_crs(srs)
    return frame if frame.crs.to_epsg() == srs else frame.to_crs(srs)
