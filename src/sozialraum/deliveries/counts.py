"""Observations from a table of counts: one value per unit, feature and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialraum.base import _
from sozialraum.deliveries.cell_places import cell_places
from sozialraum.deliveries.cells import BLOCKED, OBSERVED, STATUS_OF_RANK, Cells, carried_cells
from sozialraum.deliveries.keys import REGION, Unit, Units, is_taken_over
from sozialraum.deliveries.periods import Periods, periods_of
from sozialraum.deliveries.reading import OBSERVATION_COLUMNS, Places, no_observations
from sozialraum.deliveries.recipe import KeyRule, Recipe, ValueRule
from sozialraum.deliveries.table import Table


@dataclass(frozen=True, slots=True)
class Sums:
    """Cells added up by group; `codes` : the group of each row."""

    keys: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rank: np.ndarray
    codes: np.ndarray


def add_up(keys: np.ndarray, cells: Cells) -> Sums:
    """Add cells with the same key: bounds add, the weakest status wins, no number stays none.

    The same law as base.add, for many rows at once.
    """
    distinct, codes = np.unique(keys, return_inverse=True)
    low = np.bincount(codes, weights=cells.low, minlength=len(distinct)).astype(float)
    high = np.bincount(codes, weights=cells.high, minlength=len(distinct)).astype(float)
    rank = np.full(len(distinct), OBSERVED)
    np.minimum.at(rank, codes, cells.rank)
    none = rank <= BLOCKED
    low[none], high[none] = np.nan, np.nan
    return Sums(distinct, low, high, rank, codes)


def observe(
    table: Table,
    recipe: Recipe,
    key: KeyRule,
    places: Places,
    units: Units,
    periods: Periods,
    cells: Mapping[str, Cells],
    codes: Mapping[str, np.ndarray],
) -> pd.DataFrame:
    """Observations of all carried columns, sorted by geography, unit, feature, period.

    units, periods, cells, codes : per row, as read from the table. Complete lists get an observed 0
    for every block (of municipalities in the file) and feature without a row.
    """
    frames = []
    for value in recipe.values:
        if value.feature:
            dated = periods_of(value, table, periods)
            own = carried_cells(value, cells)
            frames.append(_observe_column(table, recipe, key, places, units, dated, own, codes, value))
    frame = pd.concat(frames, ignore_index=True) if frames else no_observations()
    return frame.sort_values(["geography", "unit", "feature", "period"], kind="stable", ignore_index=True)


def _observe_column(
    table: Table,
    recipe: Recipe,
    key: KeyRule,
    places: Places,
    units: Units,
    periods: Periods,
    cells: Cells,
    codes: Mapping[str, np.ndarray],
    value: ValueRule,
) -> pd.DataFrame:
    features = recipe.features_of(value)
    found = {unit: place for place, unit in enumerate(_distinct(units.units))}
    names = list(found) + (_unlisted(key, places, units, set(found)) if key.complete else [])
    mask = units.taken_over()
    for name, code in value.where.items():
        mask &= codes[name] == code
    rows = np.flatnonzero(mask)
    unit = np.array([found.get((each.role, each.name), -1) for each in units.units])[units.codes][rows]
    feature = _feature_positions(recipe, value, features, codes, rows)
    keys = (periods.codes[rows] * len(names) + unit) * len(features) + feature
    sums = add_up(keys, Cells(cells.low[rows], cells.high[rows], cells.rank[rows]))
    where = cell_places(table, rows, sums.codes, value.column)
    frame = _frame(sums.keys, names, features, periods.texts, places, key)
    frame["low"], frame["high"] = sums.low, sums.high
    frame["status"], frame["cell"] = STATUS_OF_RANK[sums.rank], where
    if not key.complete:
        return frame
    absent = np.setdiff1d(np.arange(len(periods.texts) * len(names) * len(features)), sums.keys)
    zeros = _frame(absent, names, features, periods.texts, places, key)
    zeros["low"], zeros["high"] = 0.0, 0.0
    zeros["status"], zeros["cell"] = "observed", _("keine Zeile in der vollständigen Liste")
    return pd.concat([frame, zeros], ignore_index=True)[list(OBSERVATION_COLUMNS)]


def _distinct(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """(role, name) of units taken over, each once: padded and exact keys are the same unit."""
    return sorted({(unit.role, unit.name) for unit in units if is_taken_over(unit)})


def _unlisted(key: KeyRule, places: Places, units: Units, found: set[tuple[str, str]]) -> list[tuple[str, str]]:
    if key.kind == "geography":
        return [("place", unit) for unit in sorted(places.geographies[key.geography]) if ("place", unit) not in found]
    towns = set(units.municipalities())
    blocks = places.blocks.loc[places.blocks["municipality"].isin(towns), "block_id"]
    return [("place", block) for block in sorted(blocks) if ("place", block) not in found]


def _feature_positions(
    recipe: Recipe, value: ValueRule, features: tuple[str, ...], codes: Mapping[str, np.ndarray], rows: np.ndarray
) -> np.ndarray:
    """Position of each row's feature, counted as `Recipe.features_of` lists them."""
    position = np.zeros(len(rows), dtype=np.int64)
    for dimension in recipe.dimensions:
        if "{" + dimension.name + "}" in value.feature:
            order = {code: place for place, code in enumerate(dimension.all_codes())}
            position = position * len(order) + pd.Series(codes[dimension.name][rows]).map(order).to_numpy(np.int64)
    return position


def _geography(role: str, name: str, ground: str) -> str:
    if role == "sum":
        return "region" if name == REGION else "municipality"
    return "residual" if role == "residual" else ground


def _frame(
    keys: np.ndarray,
    names: Sequence[tuple[str, str]],
    features: Sequence[str],
    periods: Sequence[str],
    places: Places,
    key: KeyRule,
) -> pd.DataFrame:
    """Geography, unit, feature and period that the keys stand for."""
    own = {"block": "block", "municipality": "municipality", "district": "region", "geography": f"geo:{key.geography}"}
    ground = own.get(key.kind, f"plan:{places.plan_id}")
    geography = np.array([_geography(role, name, ground) for role, name in names], dtype=object)
    unit = np.array([name for _role, name in names], dtype=object)
    place = keys // len(features) % len(names)
    return pd.DataFrame({
        "geography": geography[place],
        "unit": unit[place],
        "feature": np.array(features, dtype=object)[keys % len(features)],
        "period": np.array(periods, dtype=object)[keys // len(features) // len(names)],
    })  # fmt: skip
