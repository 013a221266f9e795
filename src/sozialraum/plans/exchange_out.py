"""A plan as a file for other programs: GeoPackage, GeoJSON, Shapefile with the areas drawn, CSV with the blocks.

Nothing leaves but which block lies in which area, how the areas are called, and reasons that somebody released.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from sozialraum.base import UsageError, _, plural
from sozialraum.blocks import dissolve
from sozialraum.delineation import Plan, plan_to_csv

FORMATS = ("gpkg", "geojson", "csv", "shp")
ENDINGS = MappingProxyType({".gpkg": "gpkg", ".geojson": "geojson", ".json": "geojson", ".csv": "csv", ".shp": "shp"})
COLUMNS = ("area_id", "code", "name", "municipality", "valid_from", "status", "reasons")
LAYER = "areas"
# The endings a file of each format may have; programs go by them.
FITTING = MappingProxyType(
    {"gpkg": (".gpkg",), "geojson": (".geojson", ".json"), "csv": (".csv", ".txt", ""), "shp": (".shp", ".zip")}
)
DIGITS = 9  # of a degree: a tenth of a millimetre, so that nothing moves on the way out and back
# A Shapefile knows names of ten letters and texts of 254 bytes.
SHORT_NAMES = MappingProxyType({"municipality": "ags"})
LONGEST_TEXT = 254
# GDAL writes the moment into a GeoPackage; the same plan shall give the same file.
NO_MOMENT = "2000-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Written:
    """The file that was written and what a person should know of it, as sentences."""

    file: Path
    notes: tuple[str, ...] = ()


def format_of(file: Path, wanted: str = "") -> str:
    """The format asked for, else the one the ending names ('.zip' holds a Shapefile). Raises UsageError."""
    ending = file.suffix.lower()
    found = wanted.lower() or ("shp" if ending == ".zip" else ENDINGS.get(ending, ""))
    if found not in FORMATS:
        raise UsageError(
            _("Das Format von „{file}“ ist nicht bekannt. Es gibt: {formats}.").format(
                file=file.name, formats=", ".join(FORMATS)
            )
        )
    return found


def drawn_plan(plan: Plan, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The areas of a plan with COLUMNS and geometry, in the plan's order and the blocks' coordinate system."""
    shapes = dissolve(blocks, plan.assignment).set_index("area_id").geometry
    rows = plan.areas[["area_id", "code", "name", "municipality"]].astype(str).reset_index(drop=True)
    why = released_reasons(plan)
    rows = rows.assign(
        valid_from=plan.valid_from,
        status=plan.status,
        reasons=[" · ".join(why.get(area, ())) for area in rows["area_id"]],
    )
    return gpd.GeoDataFrame(rows[list(COLUMNS)], geometry=shapes.reindex(rows["area_id"]).to_numpy(), crs=blocks.crs)


def released_reasons(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Per area the reasons of the steps that touched it, each once and only those released for publication.

    A step names the areas of its moment; what it touched is where its blocks lie now.
    """
    found: dict[str, list[str]] = {}
    known = set(plan.areas["area_id"])
    for edit in plan.edits:
        if not edit.public or not edit.why:
            continue
        touched = {str(plan.assignment[block]) for block in edit.blocks if block in plan.assignment.index}
        for area in sorted(touched | ({edit.area, edit.into} & known)):
            if edit.why not in found.setdefault(area, []):
                found[area].append(edit.why)
    return {area: tuple(reasons) for area, reasons in found.items()}


def write_plan_file(plan: Plan, blocks: gpd.GeoDataFrame, file: Path, wanted: str = "") -> Written:
    """Write a plan to a file; it appears complete or not at all.

    blocks : of the version the plan rests on. wanted : one of FORMATS, else by the ending of the file.
    A Shapefile is several files beside each other; with the ending .zip they come in one.
    Raises UsageError for a format that is not known or does not fit the ending, and for a place that is none.
    """
    file = Path(file)
    found = format_of(file, wanted)
    _refuse_place(file, found)
    write = WRITERS[found]
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".part-") as folder:
        notes = write(plan, blocks, Path(folder), file)
        for made in sorted(Path(folder).iterdir()):
            made.replace(file.with_name(made.name))
    return Written(file, tuple(notes))


def _refuse_place(file: Path, found: str) -> None:
    if file.suffix.lower() not in FITTING[found]:
        text = _("Die Endung von „{file}“ passt nicht zum Format {format}. Dazu gehört: {endings}.")
        endings = ", ".join(ending for ending in FITTING[found] if ending)
        raise UsageError(text.format(file=file.name, format=found, endings=endings))
    if file.is_dir():
        raise UsageError(_("„{file}“ ist ein Ordner. Nennen Sie eine Datei.").format(file=file))
    if not file.parent.is_dir():
        raise UsageError(_("Den Ordner „{folder}“ gibt es nicht.").format(folder=file.parent))


def _csv(plan: Plan, blocks: gpd.GeoDataFrame, folder: Path, file: Path) -> list[str]:
    (folder / file.name).write_text(plan_to_csv(plan), encoding="utf-8", newline="")
    return []


def _gpkg(plan: Plan, blocks: gpd.GeoDataFrame, folder: Path, file: Path) -> list[str]:
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": NO_MOMENT})
    try:
        path = folder / file.name
        pyogrio.write_dataframe(drawn_plan(plan, blocks), path, layer=LAYER, driver="GPKG", promote_to_multi=True)
        table = pd.DataFrame({"block_id": plan.assignment.index, "area_id": plan.assignment.to_numpy()}).astype(str)
        pyogrio.write_dataframe(table, path, layer="assignment", driver="GPKG", append=True)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
    return []


def _geojson(plan: Plan, blocks: gpd.GeoDataFrame, folder: Path, file: Path) -> list[str]:
    there = drawn_plan(plan, blocks).to_crs(4326)
    scale = 10.0**DIGITS
    rounded = shapely.transform(there.geometry.to_numpy(), lambda points: (points * scale).round() / scale)
    # RFC 7946: outer rings run against the clock.
    turned = shapely.orient_polygons(rounded, exterior_cw=False)
    shaped = there.set_geometry(gpd.GeoSeries(turned, index=there.index, crs=there.crs))
    content = json.loads(shaped.to_json(drop_id=True))
    content = {"type": content["type"], "name": plan.title, "features": content["features"]}
    (folder / file.name).write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8", newline="")
    return []


def _shp(plan: Plan, blocks: gpd.GeoDataFrame, folder: Path, file: Path) -> list[str]:
    frame, notes = _fit_for_shapefile(drawn_plan(plan, blocks))
    is_archive = file.suffix.lower() == ".zip"
    made = Path(tempfile.mkdtemp(dir=folder))
    stem = file.stem.removesuffix(".shp")
    pyogrio.write_dataframe(frame, made / f"{stem}.shp", driver="ESRI Shapefile", encoding="UTF-8")
    (made / f"{stem}.cpg").write_text("UTF-8", encoding="ascii")
    parts = sorted(made.iterdir())
    if is_archive:
        _archive(parts, folder / file.name)
    else:
        for part in parts:
            part.replace(folder / part.name)
    shutil.rmtree(made)
    return notes


def _fit_for_shapefile(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Short column names and texts, and the sentences that say what was shortened."""
    renamed = ", ".join(f"{name} → {short}" for name, short in SHORT_NAMES.items())
    notes = [_("Ein Shapefile kennt nur kurze Spaltennamen: {names}.").format(names=renamed)]
    fitted = frame.rename(columns=dict(SHORT_NAMES))
    for column in [name for name in fitted.columns if name != "geometry"]:
        texts = fitted[column].astype(str)
        short = texts.map(_shortened)
        cut = int((texts != short).sum())
        if cut:
            text = plural(
                "Spalte „{column}“: {count} Text auf die Länge gekürzt, die ein Shapefile fasst.",
                "Spalte „{column}“: {count} Texte auf die Länge gekürzt, die ein Shapefile fasst.",
                cut,
            )
            notes.append(text.format(column=column, count=cut))
        fitted[column] = short
    return fitted, notes


def _shortened(text: str) -> str:
    raw = text.encode()
    if len(raw) <= LONGEST_TEXT:
        return text
    return raw[: LONGEST_TEXT - 3].decode(errors="ignore") + "…"


def _archive(parts: list[Path], target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            # a fixed moment, so that the same plan gives the same file
            archive.writestr(zipfile.ZipInfo(part.name, (2000, 1, 1, 0, 0, 0)), part.read_bytes())


Writer = Callable[[Plan, gpd.GeoDataFrame, Path, Path], list[str]]
WRITERS: Mapping[str, Writer] = MappingProxyType({"csv": _csv, "gpkg": _gpkg, "geojson": _geojson, "shp": _shp})
