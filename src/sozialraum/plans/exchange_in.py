"""A plan from a file: areas drawn by somebody (GeoPackage, GeoJSON, Shapefile) or a table block_id;area_id."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from sozialraum.base import Finding, InputRefused, _, code_key, name_key, plural, quoted
from sozialraum.blocks.layers import single_parts, some
from sozialraum.blocks.regions import Region
from sozialraum.plans.exchange_coordinates import placed
from sozialraum.plans.exchange_out import format_of

# Names under which other programs write what we need; the first that is there counts.
KEY_NAMES = ("area_id", "gebiet_id", "schluessel", "schlüssel", "key", "id", "gid", "objectid", "nr", "nummer")
CODE_NAMES = ("code", "nummer", "nr", "kuerzel", "kürzel", "number")
NAME_NAMES = ("name", "bezeichnung", "bezeichnun", "titel", "gebiet", "sozialraum", "lebensraum", "label")
BLOCK_NAMES = ("block_id", "baustein", "baublock", "block", "baublocknummer")
UNREADABLE = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    UnicodeDecodeError,
    ValueError,
)
AREA_NAMES = ("area_id", "gebiet", "sozialraum", "gebiet_id", "area", "schluessel", "schlüssel")


@dataclass(frozen=True, eq=False)
class Foreign:
    """A plan as it came, not yet brought onto our blocks.

    areas : GeoDataFrame `area, code, name, geometry` with one row per area, empty for a table.
    table : Series block_id -> area, empty for drawn areas. notes : what was assumed or mended.
    """

    file: str
    areas: gpd.GeoDataFrame
    table: pd.Series
    notes: tuple[Finding, ...] = field(default=())

    @property
    def is_drawn(self) -> bool:
        return self.table.empty


def read_plan_file(
    file: Path,
    crs: object,
    *,
    wanted: str = "",
    layer: str = "",
    key: str = "",
    name: str = "",
    source_crs: str = "",
    expected: Region | None = None,
) -> Foreign:
    """Read a plan.

    crs : the coordinate system wanted. wanted : format, else by the ending. layer : of a GeoPackage with several.
    key, name : columns with the key and the name of an area, else found by their usual names.
    source_crs : for files that name no coordinate system, or a wrong one. expected : where the areas lie.
    Raises InputRefused with every finding: no such file, no such layer or column, areas without key, no area
    at all, nothing but points or lines, no coordinate system; a block given twice.
    """
    file = Path(file)
    if not file.is_file():
        raise InputRefused(
            _("Die Datei „{file}“ gibt es nicht.").format(file=file), (), _("Prüfen Sie Ordner und Namen.")
        )
    if format_of(file, wanted) == "csv":
        return _read_table(file, key)
    frame = _read_drawn(file, layer)
    return _as_foreign(frame, file, crs, key, name, source_crs, expected)


def _refused(file: Path, findings: Sequence[Finding]) -> InputRefused:
    headline = _("Der Plan in „{file}“ kann nicht übernommen werden.").format(file=file.name)
    return InputRefused(headline, findings, _("Es wurde nichts übernommen."))


# A table


def _read_table(file: Path, key: str) -> Foreign:
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=lambda sign: (first.count(sign), sign == ";"))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        todo = _("Erwartet wird die Kopfzeile {head}.").format(head="block_id;area_id")
        raise _refused(file, [Finding(_("Die Datei ist keine lesbare Tabelle."), todo=todo)]) from error
    head = [cell.strip() for cell in lines[0]] if lines else []
    block = _column(head, BLOCK_NAMES)
    area = _column([name for name in head if name != block], AREA_NAMES, key)
    findings = [
        Finding(
            _("Eine Spalte mit dem Schlüssel des {what} fehlt.").format(what=what),
            row=1,
            todo=_("Erwartet wird die Kopfzeile block_id;area_id; vorhanden: {names}.").format(
                names=", ".join(quoted(name) for name in head) or _("keine")
            ),
        )
        for what, found in ((_("Bausteins"), block), (_("Gebiets"), area))
        if not found
    ]
    if findings:
        raise _refused(file, findings)
    table, findings = _rows(lines, head.index(block), head.index(area), block, area)
    if not table and not findings:
        findings.append(Finding(_("Die Tabelle ist leer.")))
    if findings:
        raise _refused(file, findings)
    return Foreign(file.name, no_areas(), pd.Series(table, name="area", dtype=object).rename_axis("block_id"))


def _rows(
    lines: list[list[str]], block: int, area: int, block_name: str, area_name: str
) -> tuple[dict[str, str], list[Finding]]:
    table: dict[str, str] = {}
    findings = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        found = [cells[place].strip() if place < len(cells) else "" for place in (block, area)]
        for text, column in zip(found, (block_name, area_name), strict=True):
            if not text:
                findings.append(Finding(_("Die Zelle ist leer."), row=number, column=column))
        if found[0] in table and table[found[0]] != found[1]:
            what = _("Der Baustein {block} steht mit zwei Gebieten in der Tabelle: {first} und {second}.")
            named = what.format(block=found[0], first=table[found[0]], second=found[1])
            findings.append(Finding(named, row=number, column=block_name))
        table.setdefault(*found)
    return table, findings


def _column(head: list[str], usual: Sequence[str], asked: str = "") -> str:
    """The column asked for or the first usual one there is; '' when there is none."""
    if asked:
        return asked if asked in head else ""
    plain = {name.strip().lower(): name for name in reversed(head)}
    return next((plain[name] for name in usual if name in plain), "")


def no_areas() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"area": [], "code": [], "name": []}, geometry=[], crs=None)


# Drawn areas


def _read_drawn(file: Path, layer: str) -> gpd.GeoDataFrame:
    path = _inside(file)
    try:
        listed = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    except pyogrio.errors.DataSourceError as error:
        todo = _("Erwartet wird GeoPackage, GeoJSON, Shapefile oder eine Tabelle mit der Endung .csv.")
        raise _refused(file, [Finding(_("Die Datei ist keine lesbare Datei mit Gebieten."), todo=todo)]) from error
    drawn = [name for name, kind in listed if kind is not None]
    chosen = layer or ("areas" if "areas" in drawn else drawn[0] if len(drawn) == 1 else "")
    if chosen not in drawn:
        names = ", ".join(quoted(name) for name in drawn) or _("keine")
        what = _("Welche Ebene die Gebiete enthält, ist nicht eindeutig.")
        if layer:
            what = _("Die Ebene „{layer}“ gibt es in der Datei nicht.").format(layer=layer)
        raise _refused(file, [Finding(what, todo=_("Vorhandene Ebenen: {names}.").format(names=names))])
    try:
        # keys are text also where a program stored them as numbers; a table of texts keeps leading zeros
        return pyogrio.read_dataframe(path, layer=chosen)
    except UNREADABLE as error:
        raise _refused(file, [Finding(_("Die Ebene „{layer}“ ist nicht lesbar.").format(layer=chosen))]) from error


def _inside(file: Path) -> str | Path:
    """The path GDAL reads: of an archive the one Shapefile in it."""
    if file.suffix.lower() != ".zip":
        return file
    try:
        with zipfile.ZipFile(file) as archive:
            found = [entry for entry in archive.namelist() if entry.lower().endswith(".shp")]
    except zipfile.BadZipFile as error:
        raise _refused(file, [Finding(_("Das Archiv ist beschädigt."))]) from error
    if len(found) != 1:
        what = plural(
            "Das Archiv enthält {count} Shapefile statt genau eines.",
            "Das Archiv enthält {count} Shapefiles statt genau eines.",
            len(found),
        )
        raise _refused(file, [Finding(what.format(count=len(found)))])
    return f"/vsizip/{file.resolve()}/{found[0]}"


def _as_foreign(
    frame: pd.DataFrame, file: Path, crs: object, key: str, name: str, source_crs: str, expected: Region | None
) -> Foreign:
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise _refused(file, [Finding(_("Die Datei enthält keine Gebiete."))])
    head = [str(column) for column in frame.columns if column != frame.geometry.name]
    key_column = _column(head, KEY_NAMES, key) or ("" if key else _column(head, (*CODE_NAMES, *NAME_NAMES)))
    name_column = _column(head, NAME_NAMES, name)
    code_column = _column(head, CODE_NAMES)
    findings = _column_findings(head, key, key_column, name, name_column)
    frame, notes, wrong = placed(frame, crs, source_crs, expected)
    findings += wrong
    if findings:
        raise _refused(file, findings)
    keys = _texts(frame[key_column])
    names = _texts(frame[name_column]) if name_column else pd.Series("", index=frame.index)
    codes = _texts(frame[code_column]) if code_column else pd.Series("", index=frame.index)
    rows = gpd.GeoDataFrame({"area": keys, "code": codes, "name": names}, geometry=frame.geometry, crs=frame.crs)
    mended, wrong, said = _shapes_mended(rows, key_column)
    if wrong:
        raise _refused(file, wrong)
    return Foreign(file.name, _one_row_each(mended), pd.Series(dtype=object), (*notes, *said))


def _column_findings(head: list[str], key: str, key_column: str, name: str, name_column: str) -> list[Finding]:
    there = ", ".join(quoted(column) for column in head) or _("keine")
    todo = _("Vorhandene Spalten: {names}.").format(names=there)
    findings = []
    if not key_column:
        what = _("Die Spalte „{column}“ fehlt.").format(column=key) if key else _("Keine Spalte nennt die Gebiete.")
        findings.append(Finding(what, todo=todo))
    if name and not name_column:
        findings.append(Finding(_("Die Spalte „{column}“ fehlt.").format(column=name), todo=todo))
    return findings


def _texts(column: pd.Series) -> pd.Series:
    """Keys as text: 7.0 becomes '7', missing becomes ''."""
    if pd.api.types.is_float_dtype(column) and (column.dropna() == column.dropna().round()).all():
        column = column.astype("Int64")
    return column.astype(object).where(column.notna(), "").astype(str).str.strip()


def _shapes_mended(rows: gpd.GeoDataFrame, key: str) -> tuple[gpd.GeoDataFrame, list[Finding], list[Finding]]:
    """Areas as valid polygons; findings that stop, findings that are said."""
    shapes = shapely.force_2d(rows.geometry.to_numpy())
    names = np.array([text or _("Zeile {row}").format(row=place + 1) for place, text in enumerate(rows["area"])])
    none = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    kinds = ~none & ~np.isin(shapely.get_type_id(shapes), (3, 6))
    wrong = [
        Finding(text.format(names=some(list(names[mask]))), column=column)
        for mask, text, column in (
            ((rows["area"] == "").to_numpy(), _("Ohne Schlüssel: {names}."), key),
            (none, _("Ohne Fläche: {names}."), ""),
            (kinds, _("Keine Fläche, sondern Punkt oder Linie: {names}."), ""),
        )
        if mask.any()
    ]
    said = []
    broken = ~none & ~kinds & ~shapely.is_valid(shapes)
    if broken.any():
        shapes[broken] = [_polygons(shapely.make_valid(shape)) for shape in shapes[broken]]
        what = _("Fehlerhafter Rand (überschneidet sich selbst), bereinigt: {names}.")
        todo = _("Prüfen Sie die Form auf der Karte.")
        said.append(Finding(what.format(names=some(list(names[broken]))), todo=todo, severity="warning"))
        lost = broken & shapely.is_empty(shapes)
        if lost.any():
            wrong.append(Finding(_("Ohne Fläche: {names}.").format(names=some(list(names[lost])))))
    return rows.set_geometry(gpd.GeoSeries(shapes, index=rows.index, crs=rows.crs)), wrong, said


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all(parts[shapely.get_type_id(parts) == 3])


def _one_row_each(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Areas of several rows joined; in the order of their codes or keys."""
    made = []
    for area, own in rows.groupby("area", sort=False):
        shape = own.geometry.iloc[0] if len(own) == 1 else shapely.union_all(own.geometry.to_numpy())
        made.append((str(area), own["code"].iloc[0], own["name"].iloc[0], shape))
    made.sort(key=lambda row: (code_key(row[1] or row[0]), name_key(row[2]), row[0]))
    columns = {name: [row[place] for row in made] for place, name in enumerate(("area", "code", "name"))}
    shapes = single_parts(np.array([row[3] for row in made], dtype=object))
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=rows.crs)
