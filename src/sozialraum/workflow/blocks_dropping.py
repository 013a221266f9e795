"""Files dropped to build blocks from: which layers they hold, what each is good for, and where it would lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from sozialraum.base import Finding, InputRefused, _
from sozialraum.blocks.coordinates import Coordinates, Reading, check_coordinates, read_as
from sozialraum.blocks.layer_files import expected_region
from sozialraum.blocks.tessellation import GRID
from sozialraum.workflow.address_tables import REGISTER_HEADS, read_address_table
from sozialraum.workflow.blocks_sources import CELL_HEADS, MUNICIPALITY_HEADS, PEOPLE_HEADS, TABLES, BlockFiles

Shape = Literal["area", "line", "point", "table", "cells"]
AREA_ROLES = ("municipalities", "buildings", "nesting", "units")
LINE_ROLES = ("lines", "rails", "water", "motorways")
ROLES: Mapping[Shape, tuple[str, ...]] = {
    "area": AREA_ROLES,
    "line": LINE_ROLES,
    "point": ("addresses",),
    "table": ("addresses",),
    "cells": ("cells",),
}
ONCE = ("municipalities", "addresses", "buildings")
UNITS = ("units", "nesting", "cells")
# parts of names of files and layers by which a role is guessed; the first that fits
NAMED = {
    "motorways": ("autobahn", "motorway"),
    "rails": ("bahn", "rail", "schiene"),
    "water": ("gewaess", "gewäss", "fluss", "fluess", "wasser", "water", "river"),
    "buildings": ("gebaeude", "gebäude", "building", "haus", "umring"),
}
KEY_HEADS = ("key", "schluessel", "schlüssel", "block_id", "unit", "nr", "nummer", "id", "bezirk", "kennung",
             "baublock", "blocknummer", "wahlbezirk", "stimmbezirk", "ortsteil_nr")  # fmt: skip
NAME_HEADS = ("name", "bezeichnung", "bez", "title", "titel")
BESIDE = (".dbf", ".shx", ".prj", ".cpg", ".qpj", ".sbn", ".sbx", ".xml", ".qmd", ".gpkg-wal", ".gpkg-shm")


@dataclass(frozen=True, eq=False)
class Part:
    """One layer of a dropped file, or one table.

    layer : '' for a table, be it of addresses or of grid cells. rows : how many. columns : of the layer. role : as
    `BlockFiles` names it, '' = not used. boxes : the box of every shape with the system it names; `ags` where it is
    known. reading : code of the coordinates it is read with, '' = as named. key, name : columns of units.
    """

    path: Path
    layer: str
    shape: Shape
    rows: int
    columns: tuple[str, ...]
    boxes: gpd.GeoDataFrame
    role: str = ""
    reading: str = ""
    key: str = ""
    name: str = ""

    @property
    def as_read(self) -> gpd.GeoDataFrame:
        """The boxes where the chosen reading puts them."""
        return read_as(self.boxes, Reading.of(self.reading)) if self.reading else self.boxes


def parts_of(path: Path) -> tuple[Part, ...]:
    """The layers of a file with the role each seems to have; () for a file that only goes with another one.

    Raises InputRefused when it can be read neither as layers nor as a table of addresses.
    """
    if path.suffix.lower() in BESIDE:
        return ()
    found = [_table(path)] if path.suffix.lower() in TABLES else _layers(path)
    return tuple(replace(part, role=_role(part)) for part in found)


def shapes_of(part: Part) -> gpd.GeoDataFrame:
    """The shapes of a part as they stand in the file; the boxes for a table, which has none."""
    if not part.layer:
        return part.boxes
    return pyogrio.read_dataframe(_opened(part.path), layer=part.layer, columns=[])


def with_roles(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Guessed roles that can be held only once are left to the first part that has them."""
    taken: set[str] = set()
    found = []
    for part in parts:
        role = "" if part.role in taken else part.role
        taken |= {role} & {*ONCE, *UNITS}
        found.append(replace(part, role=role))
    return tuple(found)


def look_at_places(parts: Sequence[Part], known: gpd.GeoDataFrame | None) -> tuple[Coordinates, ...]:
    """For every part whether it lies where the municipalities are, with the readings that would put it there.

    known : municipalities of the project. Where neither names any, Germany is where everything should lie.
    """
    towns = next((part.as_read for part in parts if part.role == "municipalities"), known)
    region = None if towns is None or towns.empty else expected_region(towns)
    found = []
    for part in parts:
        boxes = part.as_read
        if boxes.crs is None and part.shape == "table":
            # a table names no system: it is read in that of the municipalities
            boxes = boxes if towns is None else boxes.set_crs(towns.crs)
        unused = not part.role or (part.shape == "table" and boxes.crs is None)
        judged = Coordinates() if unused else check_coordinates(boxes, region, part.role)
        # the grid is always that of Europe: cells that lie elsewhere are of another region, and read in no other way
        found.append(replace(judged, proposals=()) if part.shape == "cells" else judged)
    return tuple(found)


def as_block_files(parts: Sequence[Part], folder: Path) -> BlockFiles:
    """The parts as files to build from. folder : where they are written that are no files yet, to be put away after.

    Tables may be held in memory, as they may list single persons until somebody says what they are.
    Raises InputRefused when a role that can be held once is held twice, and when units have no key.
    """
    findings = list(_held_twice(parts))
    units = [part for part in parts if part.role in UNITS]
    if len(units) > 1:
        what = _("Einheiten können nur aus einer Datei kommen: als Bausteine oder als Grenzen.")
        findings.append(Finding(what, todo=_("Wählen Sie bei den übrigen „nicht verwenden“.")))
    findings += [
        Finding(_("{file}: Welche Spalte den Schlüssel nennt, ist nicht gewählt.").format(file=part.path.name))
        for part in units
        if part.layer and not part.key
    ]
    if findings:
        raise InputRefused(_("So lassen sich keine Bausteine bilden."), findings)
    given: dict[str, str] = {}
    lines: dict[str, list[str]] = {role: [] for role in LINE_ROLES}
    readings: dict[str, str] = {}
    for place, part in enumerate(parts):
        if not part.role:
            continue
        if not part.layer:
            readings |= {part.role: part.reading} if part.reading else {}
            given[part.role] = _table_file(part, folder / str(place))
        elif part.role in LINE_ROLES:
            lines[part.role].append(_source(part, folder / str(place)))
        else:
            given[part.role] = _source(part, folder / str(place))
    unit = units[0] if units else None
    return BlockFiles(
        **given,
        lines=tuple(lines["lines"]),
        rails=tuple(lines["rails"]),
        water=tuple(lines["water"]),
        motorways=tuple(lines["motorways"]),
        key=unit.key if unit else "",
        name=unit.name if unit else "",
        readings=readings,
    )


def role_title(role: str) -> str:
    """What people call a role."""
    return {
        "municipalities": _("Gemeindegrenzen"),
        "lines": _("Straßen, oder Linien mit ihrer Art"),
        "rails": _("Bahnlinien"),
        "water": _("Flüsse und Gewässer"),
        "motorways": _("Autobahnen"),
        "addresses": _("Anschriften"),
        "buildings": _("Gebäude"),
        "nesting": _("Einheiten, über deren Grenze kein Baustein geht"),
        "units": _("Einheiten, die selbst die Bausteine sind"),
        "cells": _("Gitterzellen, die selbst die Bausteine sind"),
        "": _("nicht verwenden"),
    }[role]


def _held_twice(parts: Iterable[Part]) -> Iterable[Finding]:
    roles = [part.role for part in parts]
    for role in ONCE:
        if roles.count(role) > 1:
            what = _("Zweimal gewählt: „{role}“.").format(role=role_title(role))
            yield Finding(what, todo=_("Wählen Sie bei den übrigen „nicht verwenden“."))


def _source(part: Part, folder: Path) -> str:
    """The layer as a file; where it is read with other coordinates, a copy that lies where it should."""
    if not part.reading:
        return f"{part.path}#{part.layer}"
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{part.path.stem}.gpkg"
    copy.unlink(missing_ok=True)
    frame = pyogrio.read_dataframe(_opened(part.path), layer=part.layer)
    pyogrio.write_dataframe(read_as(frame, Reading.of(part.reading)), copy, layer=part.layer, driver="GPKG")
    return f"{copy}#{part.layer}"


def _table_file(part: Part, folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / part.path.name
    copy.write_bytes(part.path.read_bytes())
    return str(copy)


def _opened(path: Path) -> Path | str:
    return f"/vsizip/{path.absolute()}" if path.suffix.lower() == ".zip" else path


def _layers(path: Path) -> list[Part]:
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(_opened(path)) if kind is not None]
        return [part for part in (_layer(path, name) for name in names) if part is not None]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputRefused(
            _("Die Datei „{file}“ ist keine lesbare Datei mit Kartenebenen.").format(file=path.name),
            todo=_("Erwartet werden Kartenebenen (Endung .gpkg) oder eine Tabelle mit Anschriften."),
        ) from error


def _layer(path: Path, layer: str) -> Part | None:
    info = pyogrio.read_info(_opened(path), layer=layer)
    columns = tuple(str(name) for name in info["fields"])
    key = next((name for name in columns if name.lower() in MUNICIPALITY_HEADS["ags"]), None)
    frame = pyogrio.read_dataframe(_opened(path), layer=layer, columns=[] if key is None else [key])
    shapes = frame.geometry.to_numpy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if not there.any():
        return None
    dimension = int(shapely.get_dimensions(shapes[there]).max())
    kinds: tuple[Shape, ...] = ("point", "line", "area")
    boxes = gpd.GeoDataFrame(geometry=shapely.box(*shapely.bounds(shapes[there]).T), crs=frame.crs)
    if key is not None:
        boxes["ags"] = frame[key].astype(str).to_numpy()[there]
    names = {name.lower(): name for name in reversed(columns)}
    chosen = [next((names[head] for head in heads if head in names), "") for heads in (KEY_HEADS, NAME_HEADS)]
    return Part(path, layer, kinds[dimension], len(frame), columns, boxes, key=chosen[0], name=chosen[1])


def _table(path: Path) -> Part:
    cells = _cells(path)
    if cells is not None:
        return cells
    heads = {**REGISTER_HEADS, "population": PEOPLE_HEADS}
    table = read_address_table(path, heads, ("x", "y"))
    parts = table.parts()
    boxes = gpd.GeoDataFrame(geometry=_points(parts))
    role = "addresses" if "street" in table.columns else ""  # points without a street may be anything
    return Part(path, "", "table", len(parts), tuple(map(str, table.rows.columns)), boxes, role)


def _cells(path: Path) -> Part | None:
    """A table of grid cells, None for any other one."""
    try:
        table = read_address_table(path, CELL_HEADS, tuple(CELL_HEADS))
    except InputRefused:
        return None
    boxes = gpd.GeoDataFrame(geometry=_points(table.parts()), crs=GRID)
    return Part(path, "", "cells", len(boxes), tuple(map(str, table.rows.columns)), boxes)


def _points(parts: pd.DataFrame) -> np.ndarray:
    x, y = (pd.to_numeric(parts[one].astype(str).str.replace(",", "."), errors="coerce") for one in ("x", "y"))
    return shapely.points(x.to_numpy(dtype=float), y.to_numpy(dtype=float))


def _role(part: Part) -> str:
    named = f"{part.path.stem} {part.layer}".lower()
    there = {name.lower() for name in part.columns}
    if not part.layer:
        return "cells" if part.shape == "cells" else part.role
    if part.shape == "point":
        # places and facilities are points as well; addresses have a street
        return "addresses" if there & {"street", *REGISTER_HEADS["street"]} else ""
    if part.shape == "line":
        return next((role for role in NAMED if role in LINE_ROLES and _has(named, NAMED[role])), "lines")
    if there & set(MUNICIPALITY_HEADS["ags"]) and there & set(MUNICIPALITY_HEADS["name"]):
        return "municipalities"
    if _has(named, NAMED["buildings"]):
        return "buildings"
    return "nesting" if there & set(PEOPLE_HEADS) == set() else "units"


def _has(named: str, words: Iterable[str]) -> bool:
    return any(word in named for word in words)
