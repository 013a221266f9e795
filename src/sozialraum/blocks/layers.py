"""Read municipalities, blocks and lines from a delivered file of layers, completely or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, InputRefused, _, plural, quoted
from sozialraum.blocks.coordinates import check_coordinates
from sozialraum.blocks.layer_files import expected_region, no_lines, open_layers
from sozialraum.blocks.places import Places, check_places, complete_places
from sozialraum.blocks.regions import Region

FAMILIES = ("social", "building", "housing")
MUNICIPALITY_COLUMNS = ("ags", "name", "kind", "size_low", "size_high", "areas")
BLOCK_COLUMNS = ("block_id", "municipality", "population", "quarter", "street", "land")
LINE_COLUMNS = ("kind", "name")
REQUIRED = {
    "municipalities": ("ags", "name", "size_low", "size_high"),
    "blocks": ("block_id", "municipality", "population"),
    "lines": ("kind",),
}
NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Layers:
    """The layers of one file in contract columns; notes say what was completed or rounded.

    places : addresses, buildings and places, without rows where the file holds none.
    """

    municipalities: gpd.GeoDataFrame
    blocks: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    places: Places
    notes: tuple[Finding, ...] = ()


def attribute_columns(blocks: pd.DataFrame) -> list[str]:
    """The attribute columns of the three families, in the order of the frame."""
    starts = tuple(f"{family}_" for family in FAMILIES)
    return [column for column in map(str, blocks.columns) if column.startswith(starts)]


def some(names: list[str]) -> str:
    """The first few names and how many more there are."""
    shown = ", ".join(names[:NAMED_AT_MOST])
    more = len(names) - NAMED_AT_MOST
    return shown if more <= 0 else _("{names} und {count} weitere").format(names=shown, count=more)


def read_layers(
    path: Path,
    blocks_layer: str = "blocks",
    *,
    expected: Region | None = None,
    readings: Mapping[str, str] | None = None,
) -> Layers:
    """Read the layers `municipalities`, `blocks_layer` and, where there are any, `lines, addresses, buildings, places`.

    path : a GeoPackage (or another file of layers that GDAL reads). expected : where the layers lie, by default in the
    states their municipality keys name. readings : layer -> code of the coordinates it is read with instead of those
    it names ('EPSG:4647'), as a finding of code 'coordinates' offered.
    Returns contract columns and coordinates as given; optional columns that are absent are filled.
    Raises InputRefused with all findings at once: missing file, missing layer (names those there are),
    missing columns, duplicate keys, empty or invalid geometry, no or geographic coordinates, coordinates elsewhere.
    """
    frames, more, name = open_layers(path, blocks_layer, readings)
    findings: list[Finding] = []
    region = expected or expected_region(frames["municipalities"])
    for kind, frame in frames.items():
        findings += check_layer(frame, kind, region)
    for kind, frame in more.items():
        findings += check_places(frame, kind, region)
    findings = [replace(finding, file=name) for finding in findings]
    if findings:
        raise InputRefused(_("Die Datei „{file}“ kann nicht übernommen werden.").format(file=name), findings)
    return complete_layers(frames["municipalities"], frames["blocks"], frames["lines"], more)


def complete_layers(
    municipalities: gpd.GeoDataFrame,
    blocks: gpd.GeoDataFrame,
    lines: gpd.GeoDataFrame | None = None,
    places: Mapping[str, gpd.GeoDataFrame] | None = None,
) -> Layers:
    """Bring frames that passed the checks into contract columns, types and one coordinate system.

    places : what there is of 'addresses', 'buildings', 'places'.
    """
    notes: list[Finding] = []
    lines = no_lines(blocks) if lines is None else lines
    if municipalities.crs != blocks.crs:
        municipalities = municipalities.to_crs(blocks.crs)
        notes.append(_note(_("Die Gemeinden wurden in das Koordinatensystem der Bausteine umgerechnet.")))
    if len(lines) and lines.crs != blocks.crs:
        lines = lines.to_crs(blocks.crs)
    whole_blocks = _complete_blocks(blocks, notes)
    whole_places, said = complete_places(whole_blocks, **(places or {}))
    towns = _complete_municipalities(municipalities)
    return Layers(towns, whole_blocks, _complete_lines(lines), whole_places, (*notes, *said))


def check_layer(
    frame: pd.DataFrame, kind: str, expected: Region | None = None, *, placed: bool = False
) -> list[Finding]:
    """All findings of one layer ('municipalities', 'blocks', 'lines') that stop the intake.

    expected : where it lies, None = in Germany. placed : leave out coordinates, shapes and keys of blocks that come
    twice; `check_ground` finds them with their place.
    """
    absent = [column for column in REQUIRED[kind] if column not in frame.columns]
    findings = [
        Finding(
            what=_("Die Spalte „{column}“ fehlt.").format(column=column),
            sheet=kind,
            todo=_("Vorhandene Spalten: {names}.").format(names=some(list(map(str, frame.columns)))),
        )
        for column in absent
    ]
    if not isinstance(frame, gpd.GeoDataFrame):
        return [*findings, Finding(what=_("Die Ebene enthält keine Flächen oder Linien."), sheet=kind)]
    if absent:
        return findings if placed else findings + coordinate_findings(frame, kind, expected)
    findings += [] if placed else coordinate_findings(frame, kind, expected)
    if kind == "lines":
        return findings
    if frame.empty:
        findings.append(Finding(what=_("Die Ebene ist leer."), sheet=kind))
    key = "ags" if kind == "municipalities" else "block_id"
    placed = placed and kind == "blocks"
    findings += _key_findings(frame, key, kind, twice=not placed)
    findings += [] if placed else _geometry_findings(frame, key, kind)
    return findings + (_number_findings(frame, key, kind))


def coordinate_findings(frame: gpd.GeoDataFrame, kind: str, expected: Region | None) -> list[Finding]:
    """What is wrong with the coordinates of a whole layer; none named is wrong even where there are no rows."""
    found = [one.finding for one in check_coordinates(frame, expected, kind).faults if one.finding.severity == "error"]
    if not found and frame.crs is None:
        todo = _("Bitte speichern Sie die Ebene mit Koordinatensystem, zum Beispiel EPSG:25832.")
        return [Finding(what=_("Die Ebene nennt kein Koordinatensystem."), sheet=kind, todo=todo)]
    return found


def _key_findings(frame: pd.DataFrame, key: str, kind: str, *, twice: bool) -> list[Finding]:
    findings = []
    keys = frame[key].astype("string").str.strip()
    empty = keys.isna() | (keys == "")
    if empty.any():
        what = plural("Zeile {row} hat keinen Schlüssel.", "{count} Zeilen ohne Schlüssel, die erste ist Zeile {row}.",
                      int(empty.sum()))  # fmt: skip
        findings.append(
            Finding(
                what=what.format(count=int(empty.sum()), row=int(np.flatnonzero(empty)[0]) + 1), sheet=kind, column=key
            )
        )
    repeated = sorted(set(keys[keys.duplicated() & ~empty]))
    if twice and repeated:
        what = _("Schlüssel kommen mehrfach vor: {names}.").format(names=some(repeated))
        findings.append(
            Finding(what=what, sheet=kind, column=key, todo=_("Jeder Schlüssel darf nur einmal vorkommen."))
        )
    column = "ags" if kind == "municipalities" else "municipality"
    ags = frame[column].astype("string").str.strip()
    wrong = sorted(set(ags[~ags.str.fullmatch(r"\d{8}").fillna(False)].fillna("")))
    if wrong:
        what = _("Gemeindeschlüssel ohne acht Ziffern: {names}.").format(names=some([quoted(name) for name in wrong]))
        todo = _("Der Schlüssel ist ein Text aus acht Ziffern mit führender Null.")
        findings.append(Finding(what=what, sheet=kind, column=column, todo=todo))
    return findings


def _geometry_findings(frame: gpd.GeoDataFrame, key: str, kind: str) -> list[Finding]:
    shapes, names = frame.geometry.to_numpy(), frame[key].astype(str).to_numpy()
    none = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    wrong_kind = ~none & ~np.isin(shapely.get_type_id(shapes), (3, 6))
    broken = ~none & ~wrong_kind & ~shapely.is_valid(shapes)
    findings = []
    for mask, text in (
        (none, _("Ohne Fläche: {names}.")),
        (wrong_kind, _("Keine Fläche, sondern Punkt oder Linie: {names}.")),
        (broken, _("Fläche mit fehlerhaftem Rand (überschneidet sich selbst): {names}.")),
    ):
        if mask.any():
            todo = _("Bitte berichtigen Sie die Geometrie im Kartenprogramm.")
            findings.append(Finding(what=text.format(names=some(list(names[mask]))), sheet=kind, todo=todo))
    return findings


def _number_findings(frame: pd.DataFrame, key: str, kind: str) -> list[Finding]:
    columns = ("size_low", "size_high") if kind == "municipalities" else ("population",)
    findings = []
    for column in columns:
        numbers = pd.to_numeric(frame[column], errors="coerce")
        wrong = (numbers.isna() | (numbers < 0)).to_numpy()
        if wrong.any():
            names = some(list(frame[key].astype(str).to_numpy()[wrong]))
            what = _("Keine Zahl ab 0 bei: {names}.").format(names=names)
            findings.append(Finding(what=what, sheet=kind, column=column))
    for column in attribute_columns(frame) if kind == "blocks" else []:
        if not pd.api.types.is_numeric_dtype(frame[column]):
            findings.append(Finding(what=_("Die Spalte enthält keine Zahlen."), sheet=kind, column=column))
    return findings


def _note(what: str) -> Finding:
    return Finding(what=what, severity="note")


def _text(frame: pd.DataFrame, column: str, default: str = "") -> pd.Series:
    if column not in frame.columns:
        return pd.Series(default, index=frame.index, dtype=object)
    return frame[column].astype(object).where(frame[column].notna(), default).astype(str).str.strip().astype(object)


def _complete_municipalities(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    areas = pd.to_numeric(frame["areas"], errors="coerce") if "areas" in frame.columns else np.nan
    columns = {
        "ags": _text(frame, "ags"),
        "name": _text(frame, "name"),
        "kind": _text(frame, "kind"),
        "size_low": pd.to_numeric(frame["size_low"]).astype(float),
        "size_high": pd.to_numeric(frame["size_high"]).astype(float),
        "areas": pd.Series(areas, index=frame.index, dtype=float).round().astype("Int64"),
    }
    whole = gpd.GeoDataFrame(columns, geometry=frame.geometry.to_numpy(), crs=frame.crs)
    return whole.sort_values("ags", ignore_index=True)


def _complete_blocks(frame: gpd.GeoDataFrame, notes: list[Finding]) -> gpd.GeoDataFrame:
    population = pd.to_numeric(frame["population"]).astype(float)
    fractions = int((population != population.round()).sum())
    if fractions:
        text = plural(
            "Bei 1 Baustein war die Zahl der Einwohnerinnen und Einwohner nicht ganz; sie wurde gerundet.",
            "Bei {count} Bausteinen war die Zahl der Einwohnerinnen und Einwohner nicht ganz; sie wurde gerundet.",
            fractions,
        )
        notes.append(_note(text.format(count=fractions)))
    population = population.round().astype(np.int64)
    land = _text(frame, "land")
    land = land.where(land.isin(["settlement", "open"]), np.where(population > 0, "settlement", "open"))
    columns = {
        "block_id": _text(frame, "block_id"),
        "municipality": _text(frame, "municipality"),
        "population": population,
        "quarter": _text(frame, "quarter"),
        "street": _text(frame, "street"),
        "land": land,
    }
    columns |= {name: frame[name].astype(float) for name in attribute_columns(frame)}
    shapes = single_parts(frame.geometry.to_numpy())
    scattered = np.array(columns["block_id"])[shapely.get_num_geometries(shapes) > 1]
    if len(scattered):
        text = _("Bausteine aus mehreren getrennten Teilen: {names}.")
        notes.append(_note(text.format(names=some(list(scattered)))))
    whole = gpd.GeoDataFrame(columns, geometry=shapes, crs=frame.crs)
    return whole.sort_values("block_id", ignore_index=True)


def single_parts(shapes: np.ndarray) -> np.ndarray:
    """Multipolygons of one part as plain polygons; others as they are."""
    shapes = np.array(shapes, dtype=object)
    one = (shapely.get_type_id(shapes) == 6) & (shapely.get_num_geometries(shapes) == 1)
    shapes[one] = shapely.get_geometry(shapes[one], 0)
    return shapes


def _complete_lines(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    columns = {column: _text(frame, column) for column in LINE_COLUMNS}
    return gpd.GeoDataFrame(columns, geometry=frame.geometry.to_numpy(), crs=frame.crs)
