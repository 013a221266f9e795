"""The counts of a release as one system: cells, and the sums in which a reader can subtract.

Cells are the printed counts and three kinds that are never printed but follow from printed ones:
the residual of a municipality (its total minus its areas), the rest of a base (households with
children that are not single parents) and values nobody delivered under a total somebody did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sozialraum.base.value import Status
from sozialraum.indicators import features
from sozialraum.protection.rules import Rules

LEVELS = {"area": 0, "municipality": 1, "region": 2, "residual": 3, "rest": 4}
PRINTED = ("area", "municipality", "region")
Key = tuple[str, str, str, str]  # level, unit, feature, period
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Sum:
    """One relation: the cells with their signs add up to zero."""

    cells: NDArray[np.int64]
    signs: Floats


@dataclass(frozen=True)
class System:
    """Cells by position and the sums over them.

    low, high : the value as we know it. public_low, public_high : what a reader knows of the cell
    when it is not shown. minimum, width : thresholds of its source. printed : stands in an output.
    by_source : hidden by its holder. protect : must stay unsure although no count of ours hides it.
    """

    keys: tuple[Key, ...]
    low: Floats
    high: Floats
    public_low: Floats
    public_high: Floats
    minimum: Floats
    width: Floats
    complement: Flags
    printed: Flags
    by_source: Flags
    blocked: Flags
    sums: tuple[Sum, ...]
    sums_of: Mapping[int, tuple[int, ...]]

    @property
    def known(self) -> Flags:
        """Cells with one exact number."""
        return self.low == self.high


def build(counts: pd.DataFrame, municipality_of: Mapping[str, str], rules: Rules) -> System:
    """The system of all counts (declared sums included) of all dates.

    counts : area counts of docs/architecture.md after `indicators.combine`, with their residual rows.
    municipality_of : area_id -> AGS.
    """
    rows = counts.reset_index(drop=True)
    keys: list[Key] = list(zip(rows["level"], rows["unit"], rows["feature"], rows["period"], strict=True))
    place = {key: position for position, key in enumerate(keys)}
    low, high = rows["low"].to_list(), rows["high"].to_list()
    scopes = {place[key]: scope for key, scope in zip(keys, rows["scope"], strict=True) if key[0] == "region"}
    relations = [
        *_feature_sums(place, low),
        *_place_sums(place, low, scopes, municipality_of),
        *_rests(keys, place, low, high),
    ]
    # Rests were appended to keys, low and high; they have no row in the counts.
    extra = len(keys) - len(rows)
    status = np.array(rows["status"].to_list() + ["rest"] * extra, dtype=object)
    return _system(keys, np.array(low, float), np.array(high, float), status, relations, rules)


def _system(
    keys: list[Key], low: Floats, high: Floats, status: NDArray, relations: list[list[tuple[int, float]]], rules: Rules
) -> System:
    profiles = {feature: rules.profile_of(feature) for feature in {key[2] for key in keys}}
    of_cell = [profiles[key[2]] for key in keys]
    by_source = status == Status.SUPPRESSED.value
    open_mark = np.array([profile.mark_is_public for profile in of_cell])
    shown_as_interval = ~by_source & (low < high)
    told = (by_source & open_mark) | shown_as_interval
    lows, highs = low.tolist(), high.tolist()
    sums = tuple(
        Sum(np.array([cell for cell, _sign in relation]), np.array([sign for _cell, sign in relation]))
        for relation in relations
        if _holds(relation, lows, highs)
    )
    sums_of: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(sums):
        for cell in one.cells:
            sums_of[int(cell)].append(number)
    levels = np.array([key[0] for key in keys], dtype=object)
    return System(
        keys=tuple(keys),
        low=low,
        high=high,
        public_low=np.where(told, np.nan_to_num(low, nan=0.0), 0.0),
        public_high=np.where(told, np.nan_to_num(high, nan=np.inf), np.inf),
        minimum=np.array([profile.minimum for profile in of_cell], float),
        width=np.array([profile.width for profile in of_cell], float),
        complement=np.array([profile.complement for profile in of_cell]),
        printed=np.isin(levels, PRINTED),
        by_source=by_source,
        blocked=status == Status.BLOCKED.value,
        sums=sums,
        sums_of={cell: tuple(numbers) for cell, numbers in sums_of.items()},
    )


def _holds(relation: list[tuple[int, float]], low: list[float], high: list[float]) -> bool:
    """A sum of noisy or separately delivered numbers that cannot add up is no relation."""
    least = most = 0.0
    for cell, sign in relation:
        # A value nobody delivered can be anything from 0 on.
        bottom, top = (low[cell], high[cell]) if low[cell] == low[cell] else (0.0, inf)
        least += bottom if sign > 0 else -top
        most += top if sign > 0 else -bottom
    return least <= 1e-6 and most >= -1e-6


def _feature_sums(place: Mapping[Key, int], low: list[float]) -> Iterator[list[tuple[int, float]]]:
    """Age bands: all children under six = girls and boys under three and from three on."""
    declared = {code: feature.parts for code, feature in features().items() if feature.parts}
    for (level, unit, feature, period), total in place.items():
        parts = [place.get((level, unit, part, period)) for part in declared.get(feature, ())]
        found = [part for part in parts if part is not None]
        # At the residual they follow from those of the total and the areas.
        if found and level != "residual" and len(found) == len(parts) and not np.isnan(low[total]):
            yield [(total, 1.0), *((part, -1.0) for part in found)]


def _place_sums(
    place: Mapping[Key, int], low: list[float], scopes: Mapping[int, str], municipality_of: Mapping[str, str]
) -> Iterator[list[tuple[int, float]]]:
    """A municipality is its areas and its residual; the region its municipalities and its own."""
    inside: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for (level, unit, feature, period), cell in place.items():
        if level == "area":
            inside[(municipality_of[unit], feature, period)].append(cell)
        elif level == "residual":
            inside[(unit, feature, period)].append(cell)
        elif level == "municipality" and ("region", "region", feature, period) in place:
            scope = scopes[place[("region", "region", feature, period)]]
            if unit not in scope.split(","):
                inside[("region", feature, period)].append(cell)
    for (level, unit, feature, period), total in place.items():
        parts = inside.get((unit, feature, period), [])
        if level in ("municipality", "region") and parts and not np.isnan(low[total]):
            yield [(total, 1.0), *((part, -1.0) for part in parts)]


def _rests(
    keys: list[Key], place: Mapping[Key, int], low: list[float], high: list[float]
) -> Iterator[list[tuple[int, float]]]:
    """What a base holds besides the part: a small rest says as much as a small part."""
    contained = {code: feature.part_of for code, feature in features().items() if feature.part_of}
    for level, unit, feature, period in list(place):
        part = place[(level, unit, feature, period)]
        base = place.get((level, unit, contained.get(feature, ""), period))
        if base is None or np.isnan(low[part]) or np.isnan(low[base]) or high[base] < high[part]:
            continue
        if level == "region" or level == "residual":
            continue  # scopes may differ, and nobody prints a residual
        keys.append(("rest", f"{level}:{unit}", feature, period))
        low.append(max(low[base] - high[part], 0.0))
        high.append(high[base] - low[part])
        yield [(base, 1.0), (part, -1.0), (len(keys) - 1, -1.0)]
