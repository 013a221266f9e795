"""Place grid cells on blocks by their midpoints and add them up.

What the signs mean here: an en dash is "secret or none", so the cell is missing. A block all of whose
cells are missing is missing. A block with some missing cells holds the sum of the known ones and is
uncertain; how many are missing stands at the value. A cell marked KLAMMERN makes its block uncertain.

A block without any midpoint: if a listed cell reaches into it, its dwellings were counted in that
cell's block, so it holds an uncertain 0; if no listed cell touches it, it holds an observed 0 when it
is open land or has no inhabitants, and is missing when people live there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyproj
import shapely

from sozialraum.base import _, plural
from sozialraum.base.numbers import count as shown
from sozialraum.deliveries.cell_places import cell_places
from sozialraum.deliveries.cells import (
    BLOCKED,
    MISSING,
    OBSERVED,
    STATUS_OF_RANK,
    UNCERTAIN,
    Cells,
    carried_cells,
    read_cells,
)
from sozialraum.deliveries.collector import Collector, also
from sozialraum.deliveries.periods import Periods
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import GridRule, KeyRule, Recipe
from sozialraum.deliveries.signs import sign_profiles
from sozialraum.deliveries.table import Table


@dataclass(frozen=True, slots=True)
class Placed:
    """block : position of each cell's block, -1 outside. touched : blocks some listed cell reaches into.

    inside : blocks of municipalities in which at least one cell lies.
    """

    block: np.ndarray
    touched: np.ndarray
    inside: np.ndarray


def place_cells(x: np.ndarray, y: np.ndarray, rule: GridRule, places: Places) -> Placed:
    """Place cells on blocks by their midpoints. x, y : midpoints in metres of the grid's system.

    A midpoint on a common border belongs to the block that comes first.
    """
    blocks = places.blocks.geometry.to_numpy()
    transformer = pyproj.Transformer.from_crs(rule.crs, places.blocks.crs, always_xy=True)
    tree = shapely.STRtree(blocks)
    points = shapely.points(*transformer.transform(x, y))
    cell, block = tree.query(points, predicate="intersects")
    found = np.full(len(x), len(blocks))
    np.minimum.at(found, cell, block)
    found[found == len(blocks)] = -1
    touched = np.zeros(len(blocks), dtype=bool)
    touched[np.unique(tree.query(_squares(x, y, rule, transformer), predicate="intersects")[1])] = True
    towns = places.blocks["municipality"].to_numpy(dtype=object)
    inside = np.isin(towns, sorted(set(towns[found[found >= 0]])))
    return Placed(found, touched, inside)


def read_midpoints(table: Table, key: KeyRule, rule: GridRule, log: Collector) -> tuple[np.ndarray, np.ndarray]:
    """The midpoints of all cells; ids of another form, or that name another corner, become findings."""
    number, everything = sign_profiles()["plain"], np.ones(len(table.rows), dtype=bool)
    x, y = (read_cells(table, name, number, log, measure=True, mask=everything, decimal=_decimal(table, name)).low
            for name in (rule.x, rule.y))  # fmt: skip
    if rule.ids is not None and not log.has_errors:
        _check_ids(table, key, rule, x, y, log)
    return x, y


def _decimal(table: Table, name: str) -> str:
    """Coordinates are whole metres in most tables; where not, a point is a decimal point (metres have no groups)."""
    return "." if any("." in text for text in table.coded(name).texts) else ","


def _check_ids(table: Table, key: KeyRule, rule: GridRule, x: np.ndarray, y: np.ndarray, log: Collector) -> None:
    assert rule.ids is not None
    wrong, first, offer = 0, -1, ""
    for position, text in enumerate(table.cells[key.column]):
        found = rule.ids.fullmatch(text.strip())
        if found and (not found.re.groupindex or _corner(found, rule) == (x[position], y[position])):
            continue
        wrong += 1
        first, offer = (position, "" if found else rule.ids.pattern) if first < 0 else (first, offer)
    if wrong:
        what = _("Die Kennung der Gitterzelle hat nicht die erwartete Form") if offer else _(
            "Die Kennung der Gitterzelle passt nicht zu ihrer Koordinate")  # fmt: skip
        log.add("error", what + also(wrong - 1) + ".", **table.at(key.column, first), code="unknown_key",
                found=str(table.cells[key.column][first]).strip(),
                todo=_("Bitte prüfen, ob Spalten vertauscht sind."))  # fmt: skip


def _corner(found: re.Match[str], rule: GridRule) -> tuple[float, float]:
    """The midpoint of the cell whose lower left corner the id names."""
    return int(found["e"]) * rule.step + rule.size / 2, int(found["n"]) * rule.step + rule.size / 2


def window_of(rule: GridRule, places: Places) -> tuple[float, float, float, float]:
    """West, south, east, north in the grid's system around all blocks, one cell wider."""
    west, south, east, north = places.blocks.to_crs(rule.crs).total_bounds
    return west - rule.size, south - rule.size, east + rule.size, north + rule.size


def _squares(x: np.ndarray, y: np.ndarray, rule: GridRule, transformer: pyproj.Transformer) -> np.ndarray:
    half = rule.size / 2
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    rings = [np.column_stack(transformer.transform(x + dx, y + dy)) for dx, dy in corners]
    return shapely.polygons(np.stack(rings, axis=1))


def observe_grid(
    table: Table, recipe: Recipe, rule: GridRule, places: Places, placed: Placed, periods: Periods,
    cells: Mapping[str, Cells], log: Collector,
) -> pd.DataFrame:  # fmt: skip
    """Observations by block for every carried column, sorted by unit and feature."""
    _say_placed(placed, rule, log)
    carried = [value for value in recipe.values if value.feature]
    if rule.to == "municipality":
        frames = [
            _by_town(each.feature, places, placed, periods.texts[0], carried_cells(each, cells)) for each in carried
        ]
        return pd.concat(frames, ignore_index=True).sort_values(["unit", "feature"], ignore_index=True)
    frames = []
    for each in carried:
        own = _observe_column(each.feature, places, placed, periods.texts[0], carried_cells(each, cells))
        frames.append(own.assign(cell=own["cell"] + _rows_of_cells(table, placed, each.column)[own.index]))
    frame = pd.concat(frames, ignore_index=True)
    _say_blocks(frame, recipe, log)
    return frame.sort_values(["unit", "feature"], kind="stable", ignore_index=True)


def _observe_column(feature: str, places: Places, placed: Placed, period: str, cells: Cells) -> pd.DataFrame:
    size = len(places.blocks)
    known = (placed.block >= 0) & (cells.rank > BLOCKED)
    none = (placed.block >= 0) & (cells.rank <= BLOCKED)
    low = np.bincount(placed.block[known], weights=cells.low[known], minlength=size).astype(float)
    high = np.bincount(placed.block[known], weights=cells.high[known], minlength=size).astype(float)
    rank = np.full(size, OBSERVED)
    np.minimum.at(rank, placed.block[known], cells.rank[known])
    number = np.bincount(placed.block[known], minlength=size)
    lost = np.bincount(placed.block[none], minlength=size)
    rank[lost > 0] = np.minimum(rank[lost > 0], UNCERTAIN)
    rank[(lost > 0) & (number == 0)] = MISSING
    empty = (lost == 0) & (number == 0)
    rank[empty & placed.touched] = UNCERTAIN
    rank[empty & ~placed.touched & _lived_in(places)] = MISSING
    low[rank <= BLOCKED], high[rank <= BLOCKED] = np.nan, np.nan
    frame = pd.DataFrame({
        "geography": "block", "unit": places.blocks["block_id"].to_numpy(dtype=object), "feature": feature,
        "period": period, "low": low, "high": high, "status": STATUS_OF_RANK[rank],
        "cell": [_cells(int(n), int(m)) for n, m in zip(number, lost, strict=True)],
    })  # fmt: skip
    return frame[placed.inside]


def _rows_of_cells(table: Table, placed: Placed, column: str) -> np.ndarray:
    """': Zeilen 17 und 18, Spalte F' for each block with cells, '' for the others; array of text."""
    rows = np.flatnonzero(placed.block >= 0)
    blocks, codes = np.unique(placed.block[rows], return_inverse=True)
    texts = np.full(len(placed.touched), "", dtype=object)
    texts[blocks] = [f": {place}" for place in cell_places(table, rows, codes, column)]
    return texts


def _by_town(feature: str, places: Places, placed: Placed, period: str, cells: Cells) -> pd.DataFrame:
    """Cells added up to municipalities: the sum of the known ones; with a hidden or missing one it is uncertain."""
    names = np.array(sorted(set(places.blocks["municipality"].astype(str))), dtype=object)
    town_of_block = np.searchsorted(names, places.blocks["municipality"].astype(str).to_numpy(dtype=object))
    there = placed.block >= 0
    town = town_of_block[placed.block[there]]
    low, high, rank = cells.low[there], cells.high[there], cells.rank[there]
    known = rank > BLOCKED
    sums = [np.bincount(town[known], weights=each[known], minlength=len(names)) for each in (low, high)]
    number = np.bincount(town[known], minlength=len(names))
    lost = np.bincount(town[~known], minlength=len(names))
    worst = np.full(len(names), OBSERVED)
    np.minimum.at(worst, town[known], rank[known])
    worst[lost > 0] = np.minimum(worst[lost > 0], UNCERTAIN)
    worst[(number == 0)] = MISSING
    frame = pd.DataFrame({
        "geography": "municipality", "unit": names, "feature": feature, "period": period,
        "low": np.where(number > 0, sums[0], np.nan), "high": np.where(number > 0, sums[1], np.nan),
        "status": STATUS_OF_RANK[worst],
        "cell": [_cells(int(n), int(m)) for n, m in zip(number, lost, strict=True)],
    })  # fmt: skip
    return frame[np.bincount(town, minlength=len(names)) > 0]


def _lived_in(places: Places) -> np.ndarray:
    return ((places.blocks["land"] == "settlement") & (places.blocks["population"] > 0)).to_numpy()


def _cells(known: int, lost: int) -> str:
    """What a block's value rests on."""
    if not known and not lost:
        return _("kein Gittermittelpunkt im Baustein")
    text = plural("{count} Gitterzelle", "{count} Gitterzellen", known + lost).format(count=known + lost)
    return text + (", " + _("davon {lost} ohne Angabe").format(lost=lost) if lost else "")


def _say_placed(placed: Placed, rule: GridRule, log: Collector) -> None:
    outside = int((placed.block < 0).sum())
    if outside:
        log.skipped.append(
            plural(
                "{count} Gitterzelle liegt außerhalb der Bausteine.",
                "{count} Gitterzellen liegen außerhalb der Bausteine.",
                outside,
            ).format(count=shown(outside))
        )
    log.assumed.append(
        _("Jede Gitterzelle zählt ganz zu der Gemeinde, in der ihr Mittelpunkt liegt.")
        if rule.to == "municipality"
        else _("Jede Gitterzelle zählt ganz zu dem Baustein, in dem ihr Mittelpunkt liegt.")
    )
    if not placed.inside.all():
        log.add("warning", _("In Gemeinden ohne Gitterzelle liegt für {count} Bausteine nichts vor.").format(
            count=shown(int((~placed.inside).sum()))))  # fmt: skip


def _say_blocks(frame: pd.DataFrame, recipe: Recipe, log: Collector) -> None:
    first = frame[frame["feature"] == recipe.features()[0]]
    by_status = first["status"].value_counts()
    log.assumed.append(
        _(
            "Bausteine ohne Gittermittelpunkt zählen 0: unsicher, wo eine Gitterzelle hineinragt; fehlend, "
            "wo Menschen wohnen und keine Gitterzelle liegt ({uncertain} unsichere, {missing} fehlende Bausteine)."
        ).format(uncertain=shown(by_status.get("uncertain", 0)), missing=shown(by_status.get("missing", 0)))
    )
