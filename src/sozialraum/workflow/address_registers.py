"""An address register from a file: a map layer of points, or a table with coordinates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio

from sozialraum.addresses import plain
from sozialraum.base import Finding, InputRefused, _, quoted
from sozialraum.blocks import check_places, complete_places
from sozialraum.blocks.coordinates import Reading, check_coordinates, read_as
from sozialraum.deliveries.texts import decimals
from sozialraum.workflow.address_tables import REGISTER_HEADS, read_address_table

MAPS = (".gpkg", ".geojson", ".json", ".shp", ".zip")
NEEDED = ("street", "number", "postcode")
KEPT = (*NEEDED, "suffix", "street_key")


def read_register(
    file: Path, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, *, read_coordinates: str = ""
) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    """A register in contract columns (with `street_key` where the file has one), and what is to be said of it.

    file : GeoPackage (layer `addresses` or the only one), GeoJSON, Shapefile, or a table (CSV, XLSX) with street,
    number, postcode and two columns of coordinates. read_coordinates : how to read them, a code as offered in a
    finding ('EPSG:4647'), where the file says otherwise or nothing.
    Raises InputRefused with every finding: no such file, columns missing, coordinates that lie elsewhere.
    """
    file = Path(file)
    if not file.is_file():
        raise InputRefused(
            _("Die Datei „{file}“ gibt es nicht.").format(file=file), (), _("Bitte prüfen Sie Ordner und Dateinamen.")
        )
    frame = _from_map(file) if file.suffix.lower() in MAPS else _from_table(file, blocks.crs)
    if read_coordinates:
        frame = read_as(frame, Reading.of(read_coordinates))
    findings = [_as_file(finding, file.name) for finding in check_places(frame, "addresses")]
    found = check_coordinates(frame, municipalities, "addresses")
    wrong = [fault.finding for fault in found.faults]
    findings += [finding for finding in wrong if finding.severity == "error"]
    if any(finding.severity == "error" for finding in findings):
        raise InputRefused(_("Das Adressregister „{file}“ kann nicht gelesen werden.").format(file=file.name), findings)
    places, notes = complete_places(blocks, frame)
    return places.addresses, (*(finding for finding in wrong if finding.severity != "error"), *notes)


def _as_file(finding: Finding, name: str) -> Finding:
    """A finding on our columns in the words of a register; which layer or sheet it was is the file's own affair."""
    words = {"street": _("Straße"), "number": _("Hausnummer"), "postcode": _("Postleitzahl")}
    return replace(finding, file=name, sheet="", column=words.get(finding.column, finding.column))


def _from_map(file: Path) -> gpd.GeoDataFrame:
    path = f"/vsizip/{file.absolute()}" if file.suffix.lower() == ".zip" else file
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except pyogrio.errors.DataSourceError as error:
        raise InputRefused(
            _("Die Datei „{file}“ ist keine lesbare Datei mit Kartenebenen.").format(file=file.name),
            todo=_("Erwartet wird ein GeoPackage (Endung .gpkg)."),
        ) from error
    chosen = "addresses" if "addresses" in layers else layers[0] if len(layers) == 1 else ""
    if not chosen:
        names = ", ".join(quoted(name) for name in layers) or _("keine")
        finding = Finding(
            _("Welche Ebene die Adressen enthält, ist nicht eindeutig."),
            file=file.name,
            todo=_("Vorhandene Ebenen: {names}.").format(names=names),
        )
        raise InputRefused(
            _("Das Adressregister „{file}“ kann nicht gelesen werden.").format(file=file.name), [finding]
        )
    frame = pyogrio.read_dataframe(path, layer=chosen)
    return frame.rename(columns=_usual_names([str(name) for name in frame.columns if name != frame.geometry.name]))


def _usual_names(names: list[str]) -> dict[str, str]:
    """Column of the file -> our column, for columns under one of their usual heads."""
    written = {" ".join(plain(name).split()): name for name in reversed(names)}
    found = {}
    for part in KEPT:
        heads = (part, *REGISTER_HEADS[part])
        name = next((written[head] for head in heads if head in written), "")
        if name:
            found[name] = part
    return found


def _from_table(file: Path, crs: object) -> gpd.GeoDataFrame:
    """Rows without coordinates stop the intake: nobody could say where they lie."""
    table = read_address_table(file, REGISTER_HEADS, (*NEEDED, "x", "y"))
    parts = table.parts()
    x, y = decimals(parts["x"]), decimals(parts["y"])
    unread = np.flatnonzero(np.isnan(x) | np.isnan(y))
    if len(unread):
        rows = ", ".join(str(parts.index[at]) for at in unread[:5]) + (", …" if len(unread) > 5 else "")
        finding = Finding(
            _("Die Koordinate fehlt oder ist keine Zahl: Zeile {rows}.").format(rows=rows),
            file=file.name, sheet=table.sheet, todo=_("Lassen Sie die Datei mit allen Koordinaten neu ausgeben."),
        )  # fmt: skip
        raise InputRefused(
            _("Das Adressregister „{file}“ kann nicht gelesen werden.").format(file=file.name), [finding]
        )
    return gpd.GeoDataFrame(parts.drop(columns=["x", "y"]), geometry=gpd.points_from_xy(x, y), crs=crs)
