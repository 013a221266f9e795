"""What a delivery keeps of its shape, so that next year's file can be compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of one delivery; it holds no value of a single unit.

    heads : in the order of the file. columns : short name -> head. keys : units as taken over, sorted.
    sums : feature -> bounds of its sum over all units (open where a part has no number).
    notes : rows above the table and the source's legend. rows : rows of the table. sheet : its name.
    """

    heads: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    sums: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rows: int = 0
    sheet: str = ""

    def content(self) -> dict[str, Any]:
        """The shape as JSON values (an open bound is None); `shape_from` reads them back."""
        sums = {name: [low, None if np.isinf(high) else high] for name, (low, high) in self.sums.items()}
        return {**asdict(self), "sums": sums}


def shape_from(content: Mapping[str, Any]) -> Shape:
    """The shape of what `Shape.content` gave."""
    sums = {
        str(name): (float(low), np.inf if high is None else float(high))
        for name, (low, high) in dict(content.get("sums", {})).items()
    }
    return Shape(
        tuple(content.get("heads", ())),
        dict(content.get("columns", {})),
        tuple(content.get("keys", ())),
        sums,
        tuple(content.get("notes", ())),
        int(content.get("rows", 0)),
        str(content.get("sheet", "")),
    )


def sums_of(observations: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Feature -> bounds of the sum over units and rows without a place; totals the source printed do not count twice.

    Where a source serves municipalities or the region alone, those are its units; of several dates the last counts.
    """
    parts = observations[~observations["geography"].isin(("municipality", "region"))]
    parts = observations if parts.empty else parts
    last = parts["period"] == parts.groupby("feature")["period"].transform("max")
    return _summed(parts[last], "feature")


def sums_of_places(facilities: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """'places_<group>' -> bounds of the sum of places."""
    rows = facilities[facilities["group"].astype(str) != ""]
    return _summed(rows.assign(feature="places_" + rows["group"].astype(str)), "feature")


def _summed(frame: pd.DataFrame, by: str) -> dict[str, tuple[float, float]]:
    low = frame["low"].fillna(0.0).groupby(frame[by]).sum()
    high = frame["high"].fillna(np.inf).groupby(frame[by]).sum()
    return {str(name): (float(low[name]), float(high[name])) for name in sorted(low.index)}
