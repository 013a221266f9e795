"""Files from which blocks are built: borders, lines, addresses, buildings, units; every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from sozialraum.base import Finding, InputRefused, _, plural, quoted
from sozialraum.base.numbers import count
from sozialraum.blocks import check_layer
from sozialraum.blocks.building.line_kinds import with_kinds
from sozialraum.blocks.coordinates import Reading, check_coordinates, read_as
from sozialraum.blocks.layer_files import expected_region
from sozialraum.blocks.regions import Region
from sozialraum.deliveries.texts import decimals
from sozialraum.workflow.address_tables import REGISTER_HEADS, AddressTable, read_address_table

TABLES = (".csv", ".txt", ".xlsx", ".xls", ".ods")
PEOPLE_HEADS = ("einwohner", "einwohnerzahl", "einwohnende", "ew", "personen", "population")
CELL_HEADS = {
    "cell_id": ("cell_id", "gitter_id_100m", "gitter_id_1km", "gitter_id"),
    "x": ("x", "x_mp_100m", "x_mp_1km", "x_mp"),
    "y": ("y", "y_mp_100m", "y_mp_1km", "y_mp"),
    "population": (*PEOPLE_HEADS, "einwohner_geschaetzt", "insgesamt_bevoelkerung"),
}
MUNICIPALITY_HEADS = {"ags": ("ags",), "name": ("name", "gen", "gemeinde"), "population": PEOPLE_HEADS}
LINE_KINDS = {"lines": "street", "rails": "railway", "water": "river", "motorways": "motorway"}


@dataclass(frozen=True)
class BlockFiles:
    """Files to build from; a layer of a file with several is named behind '#': `netz.gpkg#strassen`.

    municipalities : '' = those of the project. lines, rails, water, motorways : lines of that kind, unless a column
    names the kind. addresses : map layer or table with coordinates, may have inhabitants. units : taken as blocks.
    cells : table of inhabited grid cells, taken as blocks. nesting : units whose borders no block crosses. key, name :
    columns of the units. readings : role -> code of the coordinates a file is read with, as a finding offered.
    """

    municipalities: str = ""
    lines: Sequence[str] = ()
    rails: Sequence[str] = ()
    water: Sequence[str] = ()
    motorways: Sequence[str] = ()
    addresses: str = ""
    buildings: str = ""
    nesting: str = ""
    units: str = ""
    cells: str = ""
    key: str = ""
    name: str = ""
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class BlockSources:
    """What the files hold; notes : lines that were left out and the like. units serve as blocks or as nesting."""

    municipalities: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    addresses: gpd.GeoDataFrame | None
    buildings: gpd.GeoDataFrame | None
    units: gpd.GeoDataFrame | None
    cells: pd.DataFrame | None
    notes: tuple[Finding, ...]


def read_block_files(files: BlockFiles, known: gpd.GeoDataFrame | None = None) -> BlockSources:
    """Read the files. known : municipalities of the project, used where no file brings others.

    Raises InputRefused with all findings of all files: no such file or layer, columns, coordinates that lie elsewhere.
    """
    reader = _Reader(files.readings)
    towns = known
    if files.municipalities:
        layer = reader.layer(files.municipalities, "municipalities")
        towns = None if layer is None else reader.with_columns(layer, MUNICIPALITY_HEADS, ("ags", "name"))
    if towns is None or towns.empty:
        reader.findings += [] if reader.findings else [_no_towns()]
        towns = None
    else:
        reader.region, reader.crs = expected_region(towns), towns.crs
        if files.municipalities:
            # the sizes of areas are no part of a map of borders; they are given when blocks are taken over
            sized = towns.assign(**{column: 1.0 for column in ("size_low", "size_high") if column not in towns.columns})
            name = Path(files.municipalities.partition("#")[0]).name
            reader.findings += [
                replace(one, file=name)
                for one in check_layer(sized, "municipalities", reader.region)
                if one.code != "coordinates"
            ]
    reader.placing = towns is not None
    lines = reader.lines(files)
    addresses = reader.addresses(files.addresses)
    buildings = reader.layer(files.buildings, "buildings") if files.buildings else None
    units, cells = reader.units(files), reader.cells(files.cells)
    reader.refuse()
    assert towns is not None  # without them refuse() has raised
    return BlockSources(towns, lines, addresses, buildings, units, cells, tuple(reader.notes))


class _Reader:
    """Reads one file after another and collects what is wrong with them."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        self.readings = readings
        self.region: Region | None = None
        self.crs: object = None
        self.placing = True  # False: without municipalities nobody can say where the rest should lie
        self.findings: list[Finding] = []
        self.notes: list[Finding] = []

    def refuse(self) -> None:
        if self.findings:
            raise InputRefused(_("Die Dateien können so nicht gelesen werden."), self.findings)

    def layer(self, given: str, role: str) -> gpd.GeoDataFrame | None:
        """One layer of shapes with coordinates where they should lie, None with findings."""
        path, _sign, wanted = given.partition("#")
        file = Path(path)
        if not file.is_file():
            what = _("Die Datei „{file}“ gibt es nicht.").format(file=file)
            self.findings.append(Finding(what, todo=_("Bitte prüfen Sie Ordner und Dateinamen.")))
            return None
        source = f"/vsizip/{file.absolute()}" if file.suffix.lower() == ".zip" else file
        try:
            layers = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
            chosen = _choose(layers, wanted, role)
            frame = pyogrio.read_dataframe(source, layer=chosen) if chosen else None
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
            what = _("Die Datei „{file}“ ist keine lesbare Datei mit Kartenebenen.").format(file=file.name)
            self.findings.append(Finding(what, todo=_("Erwartet wird ein GeoPackage (Endung .gpkg).")))
            return None
        if frame is None:
            names = ", ".join(quoted(name) for name in layers) or _("keine")
            what = _("{file}: Welche Ebene gemeint ist, ist nicht eindeutig.").format(file=file.name)
            todo = _("Vorhandene Ebenen: {names}. Nennen Sie die Ebene hinter der Datei: {file}#Ebene.")
            self.findings.append(Finding(what, file=file.name, todo=todo.format(names=names, file=file.name)))
            return None
        return self.placed(frame, role, file)

    def placed(self, frame: gpd.GeoDataFrame, role: str, file: Path) -> gpd.GeoDataFrame | None:
        """The frame, read with other coordinates where that was asked for; None when it lies elsewhere."""
        if role in self.readings:
            frame = read_as(frame, Reading.of(self.readings[role]))
        if not self.placing:
            return frame
        found = [replace(fault.finding, file=file.name) for fault in check_coordinates(frame, self.region, role).faults]
        errors = [finding for finding in found if finding.severity == "error"]
        if not errors and frame.crs is None:
            todo = _("Bitte speichern Sie die Ebene mit Koordinatensystem, zum Beispiel EPSG:25832.")
            errors = [Finding(_("Die Ebene nennt kein Koordinatensystem."), file=file.name, sheet=role, todo=todo)]
        self.findings += errors
        self.notes += [finding for finding in found if finding.severity != "error"]
        return None if errors else frame

    def with_columns(
        self, frame: gpd.GeoDataFrame, heads: Mapping[str, Sequence[str]], needed: Iterable[str], sheet: str = ""
    ) -> gpd.GeoDataFrame | None:
        """Columns under our names, found by their usual ones."""
        shape = frame.geometry.name
        written = {str(name).strip().lower(): name for name in reversed(frame.columns.to_list()) if name != shape}
        usual = {ours: _first_of((ours, *words), written) for ours, words in heads.items()}
        absent = [ours for ours in needed if usual[ours] is None]
        for column in absent:
            todo = _("Vorhandene Spalten: {names}.").format(names=", ".join(map(str, written.values())))
            what = _("Die Spalte „{column}“ fehlt.").format(column=column)
            self.findings.append(Finding(what, sheet=sheet or "municipalities", todo=todo))
        return None if absent else frame.rename(columns={was: ours for ours, was in usual.items() if was is not None})

    def lines(self, files: BlockFiles) -> gpd.GeoDataFrame:
        """All lines of all files, with their kinds."""
        found: list[gpd.GeoDataFrame] = []
        left_out: dict[str, int] = {}
        for role, kind in LINE_KINDS.items():
            for given in getattr(files, role):
                layer = self.layer(given, "lines")
                if layer is None:
                    continue
                whole, without = with_kinds(layer, kind)
                found.append(whole if not found else whole.to_crs(found[0].crs))
                for word, number in without.items():
                    left_out[word] = left_out.get(word, 0) + number
        if left_out:
            names = ", ".join(f"{word} ({count(number)})" for word, number in sorted(left_out.items()))
            what = _("Nicht als Grenzen verwendet: {names}.").format(names=names)
            self.notes.append(Finding(what, sheet="lines", severity="note"))
        if not found:
            return gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs=None)
        return gpd.GeoDataFrame(pd.concat(found, ignore_index=True), crs=found[0].crs)

    def addresses(self, given: str) -> gpd.GeoDataFrame | None:
        """Points with what is known of them; inhabitants as `population`."""
        if not given:
            return None
        heads = {**REGISTER_HEADS, "population": PEOPLE_HEADS}
        path = Path(given.partition("#")[0])
        if path.suffix.lower() in TABLES:
            return self._address_table(path, heads)
        layer = self.layer(given, "addresses")
        known = {ours: heads[ours] for ours in ("street", "number", "suffix", "postcode", "population")}
        return None if layer is None else self.with_columns(layer, known, ())

    def _table(self, file: Path, heads: Mapping[str, Sequence[str]], needed: Sequence[str]) -> AddressTable | None:
        try:
            return read_address_table(file, heads, needed)
        except InputRefused as refused:
            self.findings += refused.findings or [Finding(refused.headline, todo=refused.todo)]
            return None

    def cells(self, given: str) -> pd.DataFrame | None:
        """Inhabited grid cells: `cell_id, x, y, population`; cells whose number is secret or missing are named."""
        table = self._table(Path(given), CELL_HEADS, tuple(CELL_HEADS)) if given else None
        if table is None:
            return None
        parts = table.parts()
        numbers = {part: decimals(parts[part]) for part in ("x", "y", "population")}
        unknown = int((~(numbers["population"] >= 0)).sum())
        if unknown:
            text = plural(
                "Bei 1 Gitterzelle ist die Einwohnerzahl unbekannt; sie gilt als offenes Land.",
                "Bei {count} Gitterzellen ist die Einwohnerzahl unbekannt; sie gelten als offenes Land.",
                unknown,
            )
            self.notes.append(Finding(text.format(count=count(unknown)), file=Path(given).name, severity="warning"))
        frame = pd.DataFrame({"cell_id": parts["cell_id"].astype(str).to_numpy(dtype=object), **numbers})
        return frame[(frame["population"] > 0) & frame["x"].notna() & frame["y"].notna()].reset_index(drop=True)

    def _address_table(self, file: Path, heads: Mapping[str, Sequence[str]]) -> gpd.GeoDataFrame | None:
        table = self._table(file, heads, ("x", "y"))
        if table is None:
            return None
        parts = table.parts()
        x, y = decimals(parts["x"]), decimals(parts["y"])
        unread = np.flatnonzero(np.isnan(x) | np.isnan(y))
        if len(unread):
            rows = ", ".join(str(parts.index[at]) for at in unread[:5]) + (", …" if len(unread) > 5 else "")
            what = _("Die Koordinate fehlt oder ist keine Zahl: Zeile {rows}.").format(rows=rows)
            self.findings.append(Finding(what, file=file.name, sheet=table.sheet))
            return None
        if "population" in parts.columns:
            parts = parts.assign(population=decimals(parts["population"]))
        columns = parts.drop(columns=["x", "y"]).reset_index(drop=True)
        # a table names no coordinate system: it is read in that of the municipalities, and checked against them
        frame = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(x, y), crs=self.crs)
        return self.placed(frame, "addresses", file)

    def units(self, files: BlockFiles) -> gpd.GeoDataFrame | None:
        """Units under `unit`, `name` and, where known, `population`."""
        given = files.units or files.nesting
        if not given:
            return None
        layer = self.layer(given, "units")
        if layer is None:
            return None
        key, name = files.key.lower() or "key", files.name.lower() or "name"
        heads = {"unit": (key,), "name": (name,), "population": PEOPLE_HEADS}
        return self.with_columns(layer, heads, ("unit",), "units")


def _first_of(heads: Sequence[str], written: Mapping[str, object]) -> object:
    """The column under the first of the heads that is there, None without one."""
    return next((written[head] for head in heads if head in written), None)


def _choose(layers: Sequence[str], wanted: str, role: str) -> str:
    if wanted:
        return wanted if wanted in layers else ""
    if role in layers:
        return role
    return layers[0] if len(layers) == 1 else ""


def _no_towns() -> Finding:
    todo = _("Geben Sie eine Datei mit den Gemeindegrenzen an.")
    return Finding(_("Das Projekt hat noch keine Gemeinden."), todo=todo)
