"""The units of one geography with their ground, checked before anything is measured on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from sozialraum.base import Finding, InputRefused, _
from sozialraum.blocks.layers import some
from sozialraum.blocks.tessellation import GRID


@dataclass(frozen=True, eq=False)
class Geography:
    """Units with polygons.

    name : of the geography ('grid100', 'block', 'plan:<plan_id>'). units : keys, sorted text.
    shapes : polygons or multipolygons, one per unit. crs : metric coordinate system.
    """

    name: str
    units: tuple[str, ...]
    shapes: NDArray[Any]
    crs: pyproj.CRS

    @classmethod
    def of(cls, frame: gpd.GeoDataFrame, key: str, name: str) -> Geography:
        """The units of a frame, by the column `key`, sorted.

        Raises InputRefused: no or geographic coordinate system, keys missing or twice, rings that cross themselves.
        """
        findings = [] if frame.crs is not None else [Finding(_("Die Ebene nennt kein Koordinatensystem."), sheet=name)]
        if frame.crs is not None and frame.crs.is_geographic:
            findings.append(Finding(_("Die Koordinaten sind Grad, gebraucht werden Meter."), sheet=name))
        keys = frame[key].astype(object).where(frame[key].notna(), "").astype(str)
        shapes = frame.geometry.to_numpy()
        for mask, text in (
            (keys == "", _("Einheiten ohne Schlüssel: {names}.")),
            (keys.duplicated(), _("Schlüssel kommen mehrfach vor: {names}.")),
            (shapely.is_missing(shapes) | shapely.is_empty(shapes), _("Ohne Fläche: {names}.")),
            (~shapely.is_valid(shapes), _("Fläche mit fehlerhaftem Rand (überschneidet sich selbst): {names}.")),
        ):
            if np.any(mask):
                findings.append(Finding(text.format(names=some(list(keys[mask]))), sheet=name, column=key))
        if findings:
            raise InputRefused(_("Die Gliederung „{name}“ kann nicht verwendet werden.").format(name=name), findings)
        order = np.argsort(keys.to_numpy(dtype=object), kind="stable")
        return cls(name, tuple(keys.to_numpy(dtype=object)[order].tolist()), shapes[order], frame.crs)

    def in_crs(self, crs: pyproj.CRS) -> Geography:
        """The same units in another coordinate system."""
        if self.crs == crs:
            return self
        moved = gpd.GeoSeries(self.shapes, crs=self.crs).to_crs(crs).to_numpy()
        return replace(self, shapes=moved, crs=crs)

    def check_sum(self) -> str:
        """Twelve characters that change with any key or border."""
        return check_sum([self.crs.to_string(), *self.units, *shapely.to_wkb(self.shapes)])


def check_sum(parts: Iterable[str | bytes]) -> str:
    """Twelve characters that change with any of the parts or their order."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()[:12]


def grid_cells(cells: pd.DataFrame, crs: pyproj.CRS | str, *, key: str = "cell_id", size: int = 100) -> Geography:
    """Squares of a statistical grid (EPSG:3035) as a geography in the coordinate system of the areas.

    cells : `key`, and `x, y`, the centres in metres of EPSG:3035. size : length of a side in metres.
    Corners are rounded to millimetres, so that neighbours have the same ones bit for bit.
    """
    wanted = pyproj.CRS.from_user_input(crs)
    x, y = (np.floor(cells[axis].to_numpy(dtype=float) / size) * size for axis in ("x", "y"))
    corner_x = np.stack([x, x + size, x + size, x], axis=1)
    corner_y = np.stack([y, y, y + size, y + size], axis=1)
    moved = pyproj.Transformer.from_crs(GRID, wanted, always_xy=True).transform(corner_x, corner_y)
    frame = gpd.GeoDataFrame(
        {key: cells[key].astype(str)}, geometry=shapely.polygons(np.round(np.stack(moved, axis=-1), 3)), crs=wanted
    )
    return Geography.of(frame, key, f"grid{size}")
