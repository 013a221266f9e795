"""What blocks are built from, checked and in one coordinate system."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, InputRefused, _
from sozialraum.blocks.building.rule import BuildingRule
from sozialraum.blocks.layers import some


@dataclass(frozen=True)
class Ground:
    """Inputs in the coordinate system of the municipalities.

    municipalities : `ags, name`, may be `population`, sorted by ags. lines : `kind, name`. addresses, buildings : None
    where there are none. units : `unit, name`, sorted by unit, or None.
    """

    municipalities: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    addresses: gpd.GeoDataFrame | None
    buildings: gpd.GeoDataFrame | None
    units: gpd.GeoDataFrame | None

    def borders(self) -> np.ndarray:
        """Borders of municipalities and units, which nothing is merged across."""
        shapes = [self.municipalities.geometry.to_numpy()]
        if self.units is not None:
            shapes.append(self.units.geometry.to_numpy())
        return np.asarray(shapely.boundary(np.concatenate(shapes)), dtype=object)

    def barriers(self, rule: BuildingRule) -> np.ndarray:
        """Lines of the kinds that part."""
        found: np.ndarray = self.lines.geometry.to_numpy()[self.lines["kind"].isin(rule.barriers).to_numpy()]
        return found


def take_ground(
    municipalities: gpd.GeoDataFrame,
    lines: gpd.GeoDataFrame | None,
    addresses: gpd.GeoDataFrame | None = None,
    buildings: gpd.GeoDataFrame | None = None,
    units: gpd.GeoDataFrame | None = None,
) -> Ground:
    """Check the inputs and bring them together. Raises InputRefused with all findings at once."""
    findings = _polygon_findings(municipalities, "ags", "municipalities")
    if units is not None:
        findings += _polygon_findings(units, "unit", "units")
    crs = municipalities.crs
    if crs is not None and crs.is_geographic:
        what = _("Die Koordinaten sind Längen- und Breitengrade; für Bausteine sind Meter nötig.")
        findings.append(Finding(what, sheet="municipalities", todo=_("Speichern Sie die Ebene in EPSG:25832.")))
    for frame, sheet in ((lines, "lines"), (addresses, "addresses"), (buildings, "buildings")):
        if frame is not None and len(frame) and frame.crs is None:
            findings.append(_no_crs(sheet))
    if findings:
        raise InputRefused(_("So lassen sich keine Bausteine bilden."), findings)
    return Ground(
        _flat(municipalities).sort_values("ags", ignore_index=True),
        _lines(lines, crs),
        _with_shape(addresses, crs, (0,)),
        _with_shape(buildings, crs, (3, 6)),
        None if units is None else _units(units, crs),
    )


def _polygon_findings(frame: gpd.GeoDataFrame, key: str, sheet: str) -> list[Finding]:
    if key not in frame.columns:
        return [Finding(_("Die Spalte „{column}“ fehlt.").format(column=key), sheet=sheet)]
    if frame.empty:
        return [Finding(_("Die Ebene enthält keine Flächen."), sheet=sheet)]
    findings = [] if frame.crs is not None else [_no_crs(sheet)]
    shapes, names = frame.geometry.to_numpy(), frame[key].astype(str)
    twice = names[names.duplicated()]
    if len(twice):
        what = _("Schlüssel kommen mehrfach vor: {names}.").format(names=some(sorted(set(twice))))
        findings.append(Finding(what, sheet=sheet, column=key))
    wrong = ~np.isin(shapely.get_type_id(shapes), (3, 6)) | shapely.is_empty(shapes) | ~shapely.is_valid(shapes)
    if wrong.any():
        what = _("Keine Fläche oder eine mit fehlerhaftem Rand: {names}.").format(names=some(list(names[wrong])))
        todo = _("Bitte berichtigen Sie die Geometrie im Kartenprogramm.")
        findings.append(Finding(what, sheet=sheet, column=key, todo=todo))
    return findings


def _no_crs(sheet: str) -> Finding:
    todo = _("Bitte speichern Sie die Ebene mit Koordinatensystem, zum Beispiel EPSG:25832.")
    return Finding(_("Die Ebene nennt kein Koordinatensystem."), sheet=sheet, todo=todo)


def _lines(frame: gpd.GeoDataFrame | None, crs: object) -> gpd.GeoDataFrame:
    """Line parts with their kind ('street' where none is given) and name; outlines of water areas count as lines."""
    if frame is None or frame.empty:
        nothing = {"kind": np.array([], dtype=object), "name": np.array([], dtype=object)}
        return gpd.GeoDataFrame(nothing, geometry=[], crs=crs)
    frame = _in(frame, crs)
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    areas = np.isin(shapely.get_type_id(shapes), (3, 6))
    shapes = np.where(areas, shapely.boundary(shapes), shapes)
    parts, row = shapely.get_parts(shapes, return_index=True)
    usable = (shapely.get_dimensions(parts) == 1) & ~shapely.is_empty(parts)
    columns = {
        column: _text(frame[column])[row][usable] if column in frame.columns else default
        for column, default in (("kind", "street"), ("name", ""))
    }
    return gpd.GeoDataFrame(columns, geometry=parts[usable], crs=crs, index=range(int(usable.sum())))


def _with_shape(frame: gpd.GeoDataFrame | None, crs: object, kinds: tuple[int, ...]) -> gpd.GeoDataFrame | None:
    if frame is None or frame.empty:
        return None
    shapes = frame.geometry.to_numpy()
    usable = np.isin(shapely.get_type_id(shapes), kinds) & ~shapely.is_empty(shapes)
    return _in(_flat(frame[usable].reset_index(drop=True)), crs)


def _units(frame: gpd.GeoDataFrame, crs: object) -> gpd.GeoDataFrame:
    name = _text(frame["name"]) if "name" in frame.columns else ""
    whole = _in(_flat(frame), crs).assign(unit=_text(frame["unit"]), name=name)
    return whole.sort_values("unit", ignore_index=True)


def _flat(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Shapes without heights."""
    return frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)


def _in(frame: gpd.GeoDataFrame, crs: object) -> gpd.GeoDataFrame:
    return frame if frame.crs == crs else frame.to_crs(crs)


def _text(column: pd.Series) -> np.ndarray:
    return column.astype(object).where(column.notna(), "").astype(str).str.strip().to_numpy(dtype=object)
