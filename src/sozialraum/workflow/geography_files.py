"""Units of a source geography read from a file: shapes, cells of a grid, or a table of units and their blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from sozialraum.base import Finding, InputRefused, _, plural
from sozialraum.base.numbers import count
from sozialraum.carrying import by_key, grid_cells
from sozialraum.deliveries.texts import NotANumber, parse_number
from sozialraum.workflow.address_tables import AddressTable, read_address_table
from sozialraum.workflow.blocks_sources import CELL_HEADS, TABLES, BlockFiles, read_block_files

KEY_NAMES = ("unit", "key", "schluessel", "schlüssel", "kennung", "id", "nummer", "nr", "code", "gid")
NAME_NAMES = ("name", "bezeichnung", "bez", "titel", "label")
DWELLING_NAMES = ("wohnungen", "wohnungen_insgesamt", "dwellings")
KEY_HEADS = {
    "source": ("einheit", "quelle", "source", *KEY_NAMES),
    "target": ("baustein", "block", "block_id", "ziel", "target"),
    "weight": ("anteil", "gewicht", "weight"),
}
GRID_HEADS = {
    **{name: heads for name, heads in CELL_HEADS.items() if name != "population"},
    "inhabitants": CELL_HEADS["population"], "dwellings": DWELLING_NAMES,
}  # fmt: skip
_SIZE = re.compile(r"(\d+)(k?)m", re.IGNORECASE)


@dataclass(frozen=True)
class GeographyFile:
    """path : file, a layer of several behind '#'. key, name : columns of the units, '' = the usual ones.

    reading : code of the coordinates the file is read with, as a finding offered; '' = as it says.
    """

    path: str
    key: str = ""
    name: str = ""
    reading: str = ""


@dataclass(frozen=True, eq=False)
class ReadGeography:
    """kind : 'shapes', 'grid', 'keys'. units : as `Project.save_geography` takes them. notes : what to know first."""

    kind: str
    units: pd.DataFrame
    notes: tuple[Finding, ...] = ()


def read_geography(file: GeographyFile, municipalities: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> ReadGeography:
    """The units of a file: a map layer; a table with midpoints of cells; or a table of units and their blocks.

    Raises InputRefused with all findings: no such file, columns, coordinates that lie elsewhere, keys twice, unknown
    blocks, units without shares.
    """
    path = Path(file.path.partition("#")[0])
    if path.suffix.lower() not in TABLES:
        return _shapes(file, municipalities)
    if not path.is_file():
        raise _refused(_("Die Datei „{file}“ gibt es nicht.").format(file=path.name))
    cells = _table(path, GRID_HEADS, ("cell_id", "x", "y"))
    if cells is not None:
        return _grid(cells, blocks)
    return _keys(path, file, blocks)


def columns_of(path: str) -> tuple[str, ...]:
    """The columns of a map layer that can be a key or a name; () for a table or a file that cannot be read."""
    name, _sign, layer = path.partition("#")
    if Path(name).suffix.lower() in TABLES:
        return ()
    try:
        return tuple(map(str, pyogrio.read_info(_source(name), layer=layer or None)["fields"]))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        return ()


def _source(name: str) -> str:
    return f"/vsizip/{Path(name).absolute()}" if name.lower().endswith(".zip") else name


def _shapes(file: GeographyFile, municipalities: gpd.GeoDataFrame) -> ReadGeography:
    columns = columns_of(file.path)
    key = file.key or _usual(columns, KEY_NAMES)
    if columns and not key:
        todo = _("Vorhandene Spalten: {names}.").format(names=", ".join(columns))
        raise _refused(_("Welche Spalte der Schlüssel ist, steht nicht fest."), todo)
    files = BlockFiles(
        units=file.path, key=key, name=file.name or _usual(columns, NAME_NAMES),
        readings={"units": file.reading} if file.reading else {},
    )  # fmt: skip
    found = read_block_files(files, municipalities)
    assert found.units is not None  # asked for; else it was refused
    units = found.units
    written = {str(name).lower(): name for name in units.columns}
    dwellings = next((written[name] for name in DWELLING_NAMES if name in written), None)
    frame = pd.DataFrame({
        "unit": units["unit"].astype(object).where(units["unit"].notna(), "").map(_text),
        "name": units["name"].map(_text) if "name" in units else "",
        "inhabitants": pd.to_numeric(units["population"], errors="coerce") if "population" in units else np.nan,
        "dwellings": pd.to_numeric(units[dwellings], errors="coerce") if dwellings is not None else np.nan,
    }, index=units.index)  # fmt: skip
    return ReadGeography("shapes", gpd.GeoDataFrame(frame, geometry=units.geometry, crs=units.crs), found.notes)


def _text(value: object) -> str:
    """Keys are text; a whole number that a map program kept as 17.0 is '17'."""
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _usual(columns: Sequence[str], names: Sequence[str]) -> str:
    written = {column.lower(): column for column in columns}
    return next((written[name] for name in names if name in written), "")


def _table(path: Path, heads: dict[str, tuple[str, ...]], needed: Sequence[str]) -> AddressTable | None:
    try:
        return read_address_table(path, heads, needed)
    except InputRefused:
        return None


def _grid(table: AddressTable, blocks: gpd.GeoDataFrame) -> ReadGeography:
    parts = table.parts()
    numbers = pd.DataFrame({name: _numbers(parts[name]) for name in parts.columns if name != "cell_id"})
    frame = numbers.assign(cell_id=parts["cell_id"].astype(str).str.strip().to_numpy(dtype=object))
    lost = frame["x"].isna() | frame["y"].isna()
    if lost.any():
        rows = ", ".join(str(row) for row in parts.index[lost.to_numpy()][:5])
        raise _refused(_("Die Koordinate fehlt oder ist keine Zahl: Zeile {rows}.").format(rows=rows))
    ground = grid_cells(frame.rename(columns={"cell_id": "unit"}), blocks.crs, key="unit", size=_size(frame))
    units = gpd.GeoDataFrame({"unit": list(ground.units)}, geometry=ground.shapes, crs=ground.crs)
    near = units.geometry.intersects(blocks.union_all().envelope)
    by_unit = frame.set_index("cell_id")
    units = units[near].reset_index(drop=True).assign(name="")
    for name in ("inhabitants", "dwellings"):
        units[name] = units["unit"].map(by_unit[name]) if name in by_unit else np.nan
    away = int((~near).sum())
    text = plural("1 Gitterzelle liegt nicht in der Region.", "{count} Gitterzellen liegen nicht in der Region.", away)
    notes = (Finding(text.format(count=count(away)), severity="note"),) if away else ()
    if units.empty:
        raise _refused(_("Keine Gitterzelle liegt in der Region."))
    return ReadGeography("grid", units, notes)


def _size(frame: pd.DataFrame) -> int:
    """Length of a cell's side in metres: as its key says ('CRS3035RES100mN…', '1kmN…'), else the smallest distance."""
    said = _SIZE.search(str(frame["cell_id"].iloc[0])) if len(frame) else None
    if said:
        return int(said[1]) * (1000 if said[2] else 1)
    steps = np.diff(np.unique(frame["x"].to_numpy(dtype=float)))
    return int(steps.min()) if len(steps) else 100


def _keys(path: Path, file: GeographyFile, blocks: gpd.GeoDataFrame) -> ReadGeography:
    own = {"source": (file.key.lower(),) if file.key else KEY_HEADS["source"]}
    table = _table(path, KEY_HEADS | own, ("source", "target"))
    if table is None:
        todo = _("Erwartet werden Spalten „Einheit“ und „Baustein“, bei geteilten Einheiten auch „Anteil“.")
        raise _refused(_("In „{file}“ steht keine Liste von Einheiten.").format(file=path.name), todo)
    parts = table.parts()
    keys = pd.DataFrame({
        "source": parts["source"].astype(str).str.strip(), "target": parts["target"].astype(str).str.strip(),
        "weight": _numbers(parts["weight"]) if "weight" in parts else np.nan,
    })  # fmt: skip
    keys = keys[keys["source"] != ""].reset_index(drop=True)
    by_key(keys, path.name, "block", targets=blocks["block_id"].astype(str))  # refuses what cannot be carried
    return ReadGeography("keys", keys)


def _numbers(column: pd.Series) -> np.ndarray:
    """Numbers with point or comma, '25 %' as 0.25; NaN where there is none."""
    found = np.full(len(column), np.nan)
    for place, text in enumerate(column.astype(str)):
        plain = text.strip().replace(",", ".")
        try:
            found[place] = parse_number(plain.rstrip("% "), ".") / (100 if plain.endswith("%") else 1)
        except NotANumber:
            continue
    return found


def _refused(what: str, todo: str = "") -> InputRefused:
    return InputRefused(_("Die Gliederung kann so nicht aufgenommen werden."), [Finding(what, todo=todo)])
