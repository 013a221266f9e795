"""Where coordinates are expected: a box in degrees around known layers, a state, or Germany."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pyproj

from sozialraum.base import _

MARGIN = 0.15  # degrees, 10 to 17 km: neighbours, generalised borders, streets that go on

# Outermost degrees of the states by the first two digits of the municipality key, rounded outwards to a tenth.
_STATES = {
    "01": (7.8, 53.3, 11.4, 55.1), "02": (8.4, 53.3, 10.4, 54.0), "03": (6.3, 51.2, 11.7, 54.0),
    "04": (8.4, 53.0, 9.0, 53.7), "05": (5.8, 50.3, 9.5, 52.6), "06": (7.7, 49.3, 10.3, 51.7),
    "07": (6.1, 48.9, 8.6, 51.0), "08": (7.5, 47.5, 10.5, 49.8), "09": (8.9, 47.2, 13.9, 50.6),
    "10": (6.3, 49.1, 7.5, 49.7), "11": (13.0, 52.3, 13.8, 52.7), "12": (11.2, 51.3, 14.8, 53.6),
    "13": (10.5, 53.1, 14.5, 54.7), "14": (11.8, 50.1, 15.1, 51.7), "15": (10.5, 50.9, 13.3, 53.1),
    "16": (9.8, 50.2, 12.7, 51.7),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """A box in degrees (WGS 84); name is where it is, as sentences say it: "liegen nicht {name}"."""

    name: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, points: np.ndarray) -> np.ndarray:
        """Which points (n, 2: longitude, latitude) lie in the box; what is no number lies nowhere."""
        x, y = points[:, 0], points[:, 1]
        with np.errstate(invalid="ignore"):
            inside: np.ndarray = (x >= self.west) & (x <= self.east) & (y >= self.south) & (y <= self.north)
        return inside


def germany() -> Region:
    """The box around Germany with a margin."""
    return Region(_("in Deutschland"), 5.5, 47.0, 15.4, 55.3)


def region_of_keys(keys: Iterable[str]) -> Region | None:
    """The box around the states of municipality keys; None where a key names no state."""
    found = {str(key)[:2] for key in keys}
    if not found or not found <= set(_STATES):
        return None
    boxes = np.array([_STATES[state] for state in sorted(found)])
    return _with_margin(_("im Bundesland der Gemeindeschlüssel"), boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0))


def region_of(frame: gpd.GeoDataFrame, name: str = "") -> Region | None:
    """The box around a layer whose coordinates are right, with a margin; None for one without rows or system."""
    if frame.empty or frame.crs is None:
        return None
    try:
        there = pyproj.Transformer.from_crs(frame.crs, 4326, always_xy=True)
        west, south, east, north = frame.total_bounds.tolist()
        box: np.ndarray = np.array(there.transform_bounds(west, south, east, north, densify_pts=5))
    except pyproj.exceptions.ProjError:
        return None
    if not np.isfinite(box).all():
        return None
    return _with_margin(name or _("in der Region"), box[:2], box[2:])


def _with_margin(name: str, low: np.ndarray, high: np.ndarray) -> Region:
    return Region(name, *(low - MARGIN).tolist(), *(high + MARGIN).tolist())
