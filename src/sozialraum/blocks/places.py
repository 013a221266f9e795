"""Addresses, buildings and places: layers a delivered file may hold beside its blocks; absent is empty.

Used for the background of maps, the search for an address and the street grid; no figure is computed from them.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, _, plural
from sozialraum.blocks.coordinates import check_coordinates
from sozialraum.blocks.regions import Region

ADDRESS_COLUMNS = ("street", "number", "suffix", "postcode", "block_id")
BUILDING_KINDS = ("building", "school", "church", "town_hall", "care_home", "daycare")
PLACE_KINDS = ("school", "church", "town_hall", "district")
REQUIRED_OF_PLACES = {"addresses": ("street", "number", "postcode"), "buildings": ("kind",), "places": ("kind", "name")}
SHAPES = {"addresses": (0,), "buildings": (3, 6), "places": (0,)}
# '12', '12a', '12 a', '12-14': the number that counts is the first; what follows is the suffix
HOUSE_NUMBER = r"^\s*(\d{1,4})\s*(.*?)\s*$"
NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Places:
    """The three layers in contract columns.

    addresses : `street, number` (int), `suffix, postcode, block_id` ('' = in no block), point; `street_key` where
    the file has one.
    buildings : `kind, name`, polygon. places : `kind, name`, point.
    """

    addresses: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    places: gpd.GeoDataFrame


def no_addresses(crs: object = None) -> gpd.GeoDataFrame:
    """Addresses without a row."""
    kinds = {"street": "str", "number": "i8", "suffix": "str", "postcode": "str", "block_id": "str"}
    return _empty(kinds, crs)


def no_buildings(crs: object = None) -> gpd.GeoDataFrame:
    """Buildings without a row; the same columns hold for places."""
    return _empty({"kind": "str", "name": "str"}, crs)


no_places = no_buildings


def _empty(kinds: dict[str, str], crs: object) -> gpd.GeoDataFrame:
    nothing = {column: pd.Series([], dtype=kind) for column, kind in kinds.items()}
    return gpd.GeoDataFrame(nothing, geometry=gpd.GeoSeries([], crs=crs), crs=crs)


def check_places(frame: pd.DataFrame, kind: str, expected: Region | None = None) -> list[Finding]:
    """All findings of one layer ('addresses', 'buildings', 'places') that stop the intake.

    expected : where it lies, None = in Germany.
    """
    absent = [column for column in REQUIRED_OF_PLACES[kind] if column not in frame.columns]
    names = ", ".join(map(str, frame.columns))
    findings = [
        Finding(
            what=_("Die Spalte „{column}“ fehlt.").format(column=column),
            sheet=kind,
            todo=_("Vorhandene Spalten: {names}.").format(names=names),
        )
        for column in absent
    ]
    if not isinstance(frame, gpd.GeoDataFrame):
        return [*findings, Finding(what=_("Die Ebene enthält keine Punkte oder Flächen."), sheet=kind)]
    found = [one.finding for one in check_coordinates(frame, expected, kind).faults if one.finding.severity == "error"]
    if not found and frame.crs is None:
        todo = _("Bitte speichern Sie die Ebene mit Koordinatensystem, zum Beispiel EPSG:25832.")
        found.append(Finding(what=_("Die Ebene nennt kein Koordinatensystem."), sheet=kind, todo=todo))
    findings += found
    findings += _shape_findings(frame, kind)
    return findings if absent or kind != "addresses" else findings + _address_findings(frame)


def _shape_findings(frame: gpd.GeoDataFrame, kind: str) -> list[Finding]:
    shapes = frame.geometry.to_numpy()
    wrong = np.flatnonzero(~np.isin(shapely.get_type_id(shapes), SHAPES[kind]) | shapely.is_empty(shapes))
    if not len(wrong):
        return []
    text = _("Kein Punkt in Zeile {rows}.") if SHAPES[kind] == (0,) else _("Keine Fläche in Zeile {rows}.")
    todo = _("Bitte berichtigen Sie die Geometrie im Kartenprogramm.")
    return [Finding(what=text.format(rows=_rows(wrong)), sheet=kind, todo=todo)]


def _address_findings(frame: pd.DataFrame) -> list[Finding]:
    number, street = _as_text(frame["number"]), _as_text(frame["street"])
    postcode = _postcodes(frame["postcode"])
    unread = np.flatnonzero((number != "") & ~number.str.match(HOUSE_NUMBER))
    no_street = np.flatnonzero(street == "")
    no_postcode = np.flatnonzero(~postcode.str.fullmatch(r"\d{5}"))
    found = []
    for rows, column, text, todo in (
        (unread, "number", _("Keine Hausnummer in Zeile {rows}."),
         _("Eine Hausnummer beginnt mit einer Zahl, zum Beispiel „12“ oder „12a“.")),
        (no_street, "street", _("Ohne Straßennamen: Zeile {rows}."), _("Ergänzen Sie den Namen der Straße.")),
        (no_postcode, "postcode", _("Keine Postleitzahl aus fünf Ziffern: Zeile {rows}."),
         _("Die Postleitzahl ist ein Text aus fünf Ziffern mit führender Null.")),
    ):  # fmt: skip
        if len(rows):
            found.append(Finding(what=text.format(rows=_rows(rows)), sheet="addresses", column=column, todo=todo))
    return found


def _rows(rows: np.ndarray) -> str:
    shown = ", ".join(str(row + 1) for row in rows[:NAMED_AT_MOST])
    more = len(rows) - NAMED_AT_MOST
    return shown if more <= 0 else _("{names} und {count} weitere").format(names=shown, count=more)


def complete_places(
    blocks: gpd.GeoDataFrame,
    addresses: gpd.GeoDataFrame | None = None,
    buildings: gpd.GeoDataFrame | None = None,
    places: gpd.GeoDataFrame | None = None,
) -> tuple[Places, list[Finding]]:
    """Frames that passed the checks in contract columns and the coordinate system of the blocks, with notes.

    Addresses without a house number and buildings or places of a kind that is not known are left out and counted.
    An address without a known block gets the block it lies in.
    """
    notes: list[Finding] = []
    crs = blocks.crs
    whole = Places(
        no_addresses(crs) if addresses is None else _complete_addresses(addresses, blocks, notes),
        no_buildings(crs) if buildings is None else _complete_kinds(buildings, crs, BUILDING_KINDS, notes),
        no_places(crs) if places is None else _complete_kinds(places, crs, PLACE_KINDS, notes),
    )
    return whole, notes


def _complete_addresses(frame: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, notes: list[Finding]) -> gpd.GeoDataFrame:
    parts = _as_text(frame["number"]).str.extract(HOUSE_NUMBER)
    number = pd.to_numeric(parts[0], errors="coerce").fillna(0).astype(np.int64)
    written = _as_text(frame["suffix"]) if "suffix" in frame.columns else pd.Series("", index=frame.index)
    columns = {
        "street": _as_text(frame["street"]).str.replace(r"\s+", " ", regex=True),
        "number": number,
        "suffix": written.where(written != "", parts[1].fillna("")).astype(object),
        "postcode": _postcodes(frame["postcode"]),
        "block_id": _as_text(frame["block_id"]) if "block_id" in frame.columns else "",
    }
    if "street_key" in frame.columns:  # of the official list of streets; a street keeps it under another name
        columns["street_key"] = _as_text(frame["street_key"])
    whole = gpd.GeoDataFrame(columns, geometry=_in_crs(frame, blocks.crs).geometry.to_numpy(), crs=blocks.crs)
    without = int((whole["number"] < 1).sum())
    if without:
        text = plural("1 Anschrift ohne Hausnummer wurde nicht übernommen.",
                      "{count} Anschriften ohne Hausnummer wurden nicht übernommen.", without)  # fmt: skip
        notes.append(Finding(what=text.format(count=without), sheet="addresses", severity="note"))
        whole = whole[whole["number"] >= 1]
    whole = whole.sort_values(["postcode", "street", "number", "suffix"], ignore_index=True, kind="stable")
    return _placed(whole, blocks, notes)


def _placed(addresses: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, notes: list[Finding]) -> gpd.GeoDataFrame:
    placed = place_addresses(addresses, blocks)
    nowhere = int((placed["block_id"] == "").sum())
    if nowhere:
        text = plural(
            "1 Anschrift liegt in keinem Baustein.", "{count} Anschriften liegen in keinem Baustein.", nowhere
        )
        notes.append(Finding(what=text.format(count=nowhere), sheet="addresses", severity="note"))
    return placed


def place_addresses(addresses: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Addresses whose block is not among `blocks` with the block their point lies in, '' = in none.

    Both frames in one coordinate system. A point on a common border goes to the first of its blocks.
    """
    known = addresses["block_id"].isin(blocks["block_id"]).to_numpy()
    if known.all():
        return addresses
    points = addresses.geometry.to_numpy()[~known]
    inside, block = shapely.STRtree(blocks.geometry.to_numpy()).query(points, predicate="intersects")
    order = np.lexsort((block, inside))[::-1]
    found = np.full(len(points), "", dtype=object)
    found[inside[order]] = blocks["block_id"].to_numpy()[block[order]]
    placed = addresses["block_id"].to_numpy(dtype=object).copy()
    placed[~known] = found
    return addresses.assign(block_id=placed)


def _complete_kinds(
    frame: gpd.GeoDataFrame, crs: object, kinds: tuple[str, ...], notes: list[Finding]
) -> gpd.GeoDataFrame:
    name = _as_text(frame["name"]) if "name" in frame.columns else ""
    whole = gpd.GeoDataFrame(
        {"kind": _as_text(frame["kind"]), "name": name}, geometry=_in_crs(frame, crs).geometry.to_numpy(), crs=crs
    )
    known = whole["kind"].isin(kinds)
    if not known.all():
        text = _("Nicht übernommen, weil die Art nicht bekannt ist: {kinds}.")
        others = ", ".join(sorted(set(whole.loc[~known, "kind"])))
        sheet = "buildings" if kinds is BUILDING_KINDS else "places"
        notes.append(Finding(what=text.format(kinds=others or "''"), sheet=sheet, severity="note"))
    return whole[known].reset_index(drop=True)


def _as_text(column: pd.Series) -> pd.Series:
    """Trimmed text; whole numbers without '.0', missing as ''."""
    if pd.api.types.is_float_dtype(column):
        column = column.round().astype("Int64")
    return column.astype(object).where(column.notna(), "").astype(str).str.strip().astype(object)


def _postcodes(column: pd.Series) -> pd.Series:
    """Postcodes as text, with the leading zero that programs lose."""
    text = _as_text(column)
    return text.where(~text.str.fullmatch(r"[0-9]{4}"), "0" + text)


def _in_crs(frame: gpd.GeoDataFrame, crs: object) -> gpd.GeoDataFrame:
    return frame if frame.crs == crs else frame.to_crs(crs)


__all__ = ["Places", "check_places", "complete_places", "no_addresses", "no_buildings", "no_places", "place_addresses"]
