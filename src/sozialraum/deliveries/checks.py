"""Checks inside a delivered table: keys once, sums and parts, a part never above its whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from sozialraum.base import _
from sozialraum.base.numbers import count as shown
from sozialraum.deliveries.cells import BLOCKED, SUPPRESSED, Cells
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.keys import REGION, Unit, Units
from sozialraum.deliveries.periods import Periods
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import AtMostRule, Recipe
from sozialraum.deliveries.table import Table


def check_unique(
    table: Table, columns: tuple[str, ...], periods: Periods, log: Collector, *, quote: bool = True
) -> np.ndarray:
    """Rows that agree in all these columns (and the period) are an error: which one holds?

    Returns a boolean per row: one of several such rows.
    """
    if not columns:
        return np.zeros(len(periods.codes), dtype=bool)
    keys = periods.codes.astype(np.int64)
    for name in columns:
        coded = table.coded(name)
        keys = keys * len(coded.texts) + coded.codes
        keys = np.unique(keys, return_inverse=True)[1]  # keeps the numbers small however many columns
    _distinct, first = np.unique(keys, return_index=True)
    for row in np.setdiff1d(np.arange(len(keys)), first).tolist():
        text = ", ".join(str(table.cells[name][row]).strip() for name in columns)
        earlier = int(table.rows[first[keys[row]]])
        what = _("„{text}“ steht schon in Zeile {earlier}.") if quote else _("Das steht schon in Zeile {earlier}.")
        log.add("error", what.format(text=text, earlier=earlier), **table.at(columns[0], row),
                todo=_("Bitte klären, welche Zeile gilt."), code="duplicate", found=text if quote else "")  # fmt: skip
    return np.bincount(keys)[keys] > 1 if len(keys) else np.zeros(0, dtype=bool)


def check_at_most(table: Table, rule: AtMostRule, cells: Mapping[str, Cells], mask: np.ndarray, log: Collector) -> None:
    """Rows in which even the least of `smaller` is above the most of `larger`."""
    smaller, larger = cells[rule.smaller], cells[rule.larger]
    code = "cases_as_persons" if rule.units else "impossible_share"
    todo = _("Bitte prüfen, ob eine Spalte etwas anderes zählt, als ihr Kopf sagt.") if rule.units else ""
    with np.errstate(invalid="ignore"):
        wrong = np.flatnonzero((smaller.low > larger.high) & mask)
    for row in wrong.tolist():
        log.add(
            rule.severity,
            _("„{smaller}“ ist mit {low} größer als „{larger}“ mit {high}.").format(
                smaller=table.heads[rule.smaller], low=shown(smaller.low[row]),
                larger=table.heads[rule.larger], high=shown(larger.high[row]),
            ),
            **table.at(rule.smaller, row), todo=todo, code=code, found=str(table.cells[rule.smaller][row]).strip(),
        )  # fmt: skip


def check_sums(
    table: Table,
    recipe: Recipe,
    units: Units,
    periods: Periods,
    cells: Mapping[str, Cells],
    log: Collector,
    doubtful: np.ndarray | None = None,
) -> None:
    """Every sum row against its parts, within bounds; hidden parts widen them, holes open them.

    doubtful : boolean per row, of rows with an error in their key or date. Any of them may be part of any sum or not,
    so they add to what the parts can be at most and nothing to what they are at least.
    """  # fmt: skip
    unsure = np.zeros(len(table.rows), dtype=bool) if doubtful is None else doubtful & ~units.are("sum")
    for row, parts in parts_of_sums(units, periods):
        if doubtful is not None and doubtful[row]:
            continue
        unit = units.units[units.codes[row]]
        for name in dict.fromkeys(value.column for value in recipe.values if not value.measure):
            _check_sum(table, name, unit, row, (parts & ~unsure, unsure), cells[name], log)


def parts_of_sums(units: Units, periods: Periods) -> Iterator[tuple[int, np.ndarray]]:
    """Every sum row with its parts (boolean per row): rows of the same date below its key."""
    for row in np.flatnonzero(units.are("sum")).tolist():
        unit = units.units[units.codes[row]]
        yield row, _parts_of(unit, units) & (periods.codes == periods.codes[row])


def _parts_of(unit: Unit, units: Units) -> np.ndarray:
    """Boolean per row: part of this sum."""
    assert unit.rule is not None
    return np.array([_is_part(each, unit) for each in units.units], dtype=bool)[units.codes]


def _is_part(each: Unit, whole: Unit) -> bool:
    if each.role == "place":
        return each.key.startswith(whole.begins)
    if each.role == "residual" and whole.rule is not None and whole.rule.residual:
        return not whole.begins or each.municipality == whole.municipality
    return False


def _check_sum(
    table: Table, name: str, unit: Unit, row: int, rows: tuple[np.ndarray, np.ndarray], cells: Cells, log: Collector
) -> None:
    """rows : the parts, and rows of which nobody knows whether they are."""
    if unit.rule is None or cells.rank[row] <= BLOCKED or cells.rank[row] == SUPPRESSED:
        return  # a hidden total is none to check by
    parts, unsure = rows
    holes = cells.rank <= BLOCKED
    low = float(cells.low[parts & ~holes].sum())
    high = np.inf if holes[parts | unsure].any() else float(cells.high[parts | unsure].sum())
    if cells.high[row] >= low and cells.low[row] <= high:
        return
    log.add(
        unit.rule.severity,
        _("Die Summe „{key}“ ist {there}, ihre Teile ergeben {parts}.").format(
            key=unit.key, there=_bounds(cells.low[row], cells.high[row]), parts=_bounds(low, high)
        ),
        **table.at(name, row),
        todo=_("Bitte prüfen, ob Zeilen fehlen oder doppelt sind."),
        code="sum", found=str(table.cells[name][row]).strip(),
        offer=shown(low) if low == high else "",
    )  # fmt: skip


def check_totals(observations: pd.DataFrame, places: Places, log: Collector) -> None:
    """What was taken over against totals of a municipality or the region that others published, within bounds.

    Rows without a place are part of it; a part without number opens the bounds. The total of the region counts only
    where the file has rows for every municipality.
    """
    if not places.totals:
        return
    towns = dict(zip(places.blocks["block_id"], places.blocks["municipality"], strict=True))
    names = dict(zip(places.municipalities["ags"], places.municipalities["name"], strict=True))
    own = observations[~observations["geography"].isin(("municipality", "region"))]
    own = own.assign(town=[towns.get(unit, str(unit).split("-")[0]) for unit in own["unit"]])
    for (feature, unit, period), (low, high) in sorted(places.totals.items()):
        parts = own[(own["feature"] == feature) & (own["period"] == period)]
        whole = set(parts["town"]) >= set(names) if unit == REGION else unit in set(parts["town"])
        if unit != REGION:
            parts = parts[parts["town"] == unit]
        there = (float(parts["low"].sum()), np.inf if parts["high"].isna().any() else float(parts["high"].sum()))
        if whole and (there[0] > high or there[1] < low):
            what = _("{title}, {place}: zusammen ergibt die Datei {there}, veröffentlicht sind {total}.").format(
                title=places.titles.get(feature, feature), place=names.get(unit, _("ganzer Kreis")),
                there=_bounds(*there), total=_bounds(low, high))  # fmt: skip
            todo = _("Bitte prüfen, ob Zeilen fehlen oder doppelt sind.")
            log.add("warning", what, todo=todo, code="sum")


def _bounds(low: float, high: float) -> str:
    if low == high:
        return shown(low)
    if np.isinf(high):
        return _("mindestens {low}").format(low=shown(low))
    return _("{low} bis {high}").format(low=shown(low), high=shown(high))
