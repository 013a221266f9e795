"""Layers inside the project file, written by our own transaction so that QGIS can read them.

The format is OGC GeoPackage 1.3 (12-128r17): geometry = header with srs and envelope + WKB,
registered in `gpkg_contents` and `gpkg_geometry_columns`. No spatial index: its triggers call
functions that plain SQLite does not have, and a project has few enough rows to do without.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, insert, inspect

from sozialraum.base import UsageError, _
from sozialraum.project import tables
from sozialraum.project.frames import insert_rows, quoted, read_rows

APPLICATION_ID = 0x47504B47  # 'GPKG'
USER_VERSION = 10300
GEOMETRY = "geom"
ROW = "fid"
# Envelope indicator of the header -> doubles that follow it.
ENVELOPE_DOUBLES = (0, 4, 6, 6, 8)
HEADER_BYTES = 8
# shapely's number of a geometry type -> its GeoPackage name, for single shapes and for collections of them
SINGLE = {0: "POINT", 1: "LINESTRING", 3: "POLYGON"}
MULTI = {4: 0, 5: 1, 6: 3}
COLLECT = {0: shapely.multipoints, 1: shapely.multilinestrings, 3: shapely.multipolygons}


def srs_id(crs: object) -> int:
    """The EPSG number of a coordinate system in metres; raises UsageError for any other."""
    try:
        known = pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as error:
        raise UsageError(_("Das Koordinatensystem „{crs}“ ist nicht bekannt.").format(crs=crs)) from error
    number = known.to_epsg()
    if number is None or not known.is_projected:
        raise UsageError(
            _("Das Koordinatensystem „{crs}“ rechnet nicht in Metern. Üblich ist EPSG:25832.").format(crs=crs)
        )
    return number


def encode(shapes: np.ndarray, srs: int) -> list[bytes]:
    """Geometries -> GeoPackage binaries: little-endian header with x-y envelope, then WKB."""
    shapes = shapely.force_2d(shapes)
    bounds = shapely.bounds(shapes)[:, [0, 2, 1, 3]]
    body = shapely.to_wkb(shapes, byte_order=1)
    head = struct.Struct("<2sBBi4d")
    return [head.pack(b"GP", 0, 0b0011, srs, *box) + wkb for box, wkb in zip(bounds.tolist(), body, strict=True)]


def decode(binaries: Sequence[bytes]) -> np.ndarray:
    """GeoPackage binaries (of any writer) -> geometries."""
    starts = (HEADER_BYTES + 8 * ENVELOPE_DOUBLES[(binary[3] >> 1) & 0b111] for binary in binaries)
    bodies = [binary[start:] for binary, start in zip(binaries, starts, strict=True)]
    return shapely.from_wkb(np.array(bodies, dtype=object)) if bodies else np.array([], dtype=object)


def write_layer(connection: Connection, name: str, frame: gpd.GeoDataFrame, srs: int, description: str) -> None:
    """Replace the layer `name` by the rows of a frame, in the transaction of `connection`.

    frame : GeoDataFrame in the coordinate system `srs`; columns may be text, whole numbers,
    numbers or flags. Registers the layer with the bounding box of its rows.
    """
    drop_layer(connection, name)
    kinds = {str(column): column_kind(frame[column]) for column in frame.columns if column != frame.geometry.name}
    shapes, geometry_type = _uniform(frame.geometry.to_numpy())
    table = Table(
        name,
        MetaData(),
        Column(ROW, Integer, primary_key=True),
        Column(GEOMETRY, tables.Declared(geometry_type)),
        *(Column(column, tables.KINDS[kind]) for column, kind in kinds.items()),
        sqlite_autoincrement=True,
    )
    table.create(connection)
    insert_rows(connection, name, kinds, frame, {GEOMETRY: encode(shapes, srs)})
    register_srs(connection, srs)
    box = shapely.total_bounds(shapes).tolist() if len(shapes) else [None] * 4
    connection.execute(
        insert(tables.contents).values(
            table_name=name,
            data_type="features",
            identifier=name,
            description=description,
            srs_id=srs,
            **dict(zip(("min_x", "min_y", "max_x", "max_y"), box, strict=True)),
        )
    )
    connection.execute(
        insert(tables.geometry_columns).values(
            table_name=name, column_name=GEOMETRY, geometry_type_name=geometry_type, srs_id=srs, z=0, m=0
        )
    )


def read_layer(connection: Connection, name: str) -> gpd.GeoDataFrame | None:
    """The rows of a layer in their order, as EPSG given; None when there is no such layer."""
    where = tables.geometry_columns.c.table_name == name
    srs = connection.execute(
        tables.geometry_columns.select().with_only_columns(tables.geometry_columns.c.srs_id).where(where)
    ).scalar()
    if srs is None:
        return None
    kinds = _kinds_of(connection, name)
    frame = read_rows(connection, name, {GEOMETRY: "binary"} | kinds)
    shapes = decode(frame.pop(GEOMETRY).tolist())
    return gpd.GeoDataFrame(frame, geometry=_simple(shapes), crs=srs)


def drop_layer(connection: Connection, name: str) -> None:
    """Remove a layer, what registers it, and what QGIS may have added to it: spatial index and row count."""
    there = set(inspect(connection).get_table_names())
    if name not in there:
        return
    connection.execute(delete(tables.geometry_columns).where(tables.geometry_columns.c.table_name == name))
    for keeper in ("gpkg_extensions", "gpkg_ogr_contents"):
        if keeper in there:
            connection.exec_driver_sql(f"DELETE FROM {keeper} WHERE table_name = ?", (name,))
    connection.execute(delete(tables.contents).where(tables.contents.c.table_name == name))
    Table(name, MetaData()).drop(connection)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {quoted(f'rtree_{name}_{GEOMETRY}')}")


def register_srs(connection: Connection, srs: int) -> None:
    """Add a coordinate system to those of the file; nothing happens when it is there."""
    table = tables.spatial_ref_sys
    if connection.execute(table.select().where(table.c.srs_id == srs)).first() is None:
        connection.execute(insert(table).values(**_definition(srs)))


def _definition(srs: int) -> dict[str, Any]:
    crs = pyproj.CRS.from_epsg(srs)
    return {
        "srs_name": crs.name,
        "srs_id": srs,
        "organization": "EPSG",
        "organization_coordsys_id": srs,
        "definition": crs.to_wkt("WKT1_GDAL"),
        "description": "",
    }


def prepare_file(connection: Connection, srs: int) -> None:
    """Make a file with our tables a GeoPackage: identity, required coordinate systems, listed tables."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")
    undefined = {"organization": "NONE", "definition": "undefined", "description": ""}
    for number, name in ((-1, "Undefined Cartesian SRS"), (0, "Undefined geographic SRS")):
        row = {"srs_name": name, "srs_id": number, "organization_coordsys_id": number, **undefined}
        connection.execute(insert(tables.spatial_ref_sys).values(**row))
    for number in dict.fromkeys((4326, srs)):
        register_srs(connection, number)
    for name, description in tables.LISTED.items():
        row = {"table_name": name, "data_type": "attributes", "identifier": name, "description": description}
        connection.execute(insert(tables.contents).values(**row, srs_id=0))


def column_kind(column: pd.Series) -> str:
    """'flag', 'integer', 'number' or 'text', by what the column holds."""
    if pd.api.types.is_bool_dtype(column):
        return "flag"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    held = pd.api.types.infer_dtype(column, skipna=True)
    return {"integer": "integer", "floating": "number", "mixed-integer-float": "number", "boolean": "flag"}.get(
        held, "text"
    )


def _uniform(shapes: np.ndarray) -> tuple[np.ndarray, str]:
    """All shapes as one geometry type: single where all are, else multi; mixed kinds as GEOMETRY."""
    types = {int(kind) for kind in shapely.get_type_id(shapes)} or {3}
    singles = {MULTI.get(kind, kind) for kind in types}
    if len(singles) > 1 or not singles <= set(SINGLE):
        return shapes, "GEOMETRY"
    single = singles.pop()
    if types == {single}:
        return shapes, SINGLE[single]
    made = [shape if shapely.get_type_id(shape) in MULTI else COLLECT[single]([shape]) for shape in shapes]
    return np.array(made, dtype=object), f"MULTI{SINGLE[single]}"


def _simple(shapes: np.ndarray) -> np.ndarray:
    """Multi shapes of one part as plain ones, as they came in."""
    one = np.isin(shapely.get_type_id(shapes), list(MULTI)) & (shapely.get_num_geometries(shapes) == 1)
    if one.any():
        shapes = shapes.copy()
        shapes[one] = shapely.get_geometry(shapes[one], 0)
    return shapes


def _kinds_of(connection: Connection, name: str) -> dict[str, str]:
    by_type = {"BOOLEAN": "flag", "FLOAT": "number", "DOUBLE": "number", "REAL": "number"}
    kinds = {}
    for column, declared in _columns_of(connection, name):
        if column not in (ROW, GEOMETRY):
            kinds[column] = "integer" if "INT" in declared else by_type.get(declared, "text")
    return kinds


def _columns_of(connection: Connection, name: str) -> list[tuple[str, str]]:
    rows = connection.exec_driver_sql(f"PRAGMA table_info({quoted(name)})").all()
    return [(str(row[1]), str(row[2]).upper()) for row in rows]
