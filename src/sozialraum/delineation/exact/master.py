"""The linear relaxation of 'choose k sets that cover every unit once', by column generation over the whole list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sozialraum.delineation.exact.sets import Sets
from sozialraum.delineation.exact.units import Units

PER_UNIT = 3  # sets taken in per unit and round
MOST_ROUNDS = 2_000
SAFE = 1e-9  # subtracted from every bound: far more than rounding of sums can do


@dataclass(frozen=True, eq=False)
class Relaxation:
    """bound : no plan costs less. reduced : float64 (s,), what a plan with this set costs more than `bound` at least.

    fixed : sum of the dual values that belong to no set (part of `bound`). kept_prices : float64 (o,), price of
    using an old number. rounds, columns : of the column generation.
    """

    bound: float
    reduced: np.ndarray
    least: float
    unit_prices: np.ndarray
    count_price: float
    kept_prices: np.ndarray
    rounds: int
    columns: int


@dataclass(frozen=True, eq=False)
class Columns:
    """Chosen (set, old number) pairs: rows int64 (c,), olds int64 (c,) with -1 = a new number, costs float64 (c,)."""

    rows: np.ndarray
    olds: np.ndarray
    costs: np.ndarray


def relax(units: Units, sets: Sets, areas: int, penalty: float, first: list[tuple[int, int]]) -> Relaxation:
    """Solve the relaxation by exact pricing of every set; the bound holds whatever the tolerance of the solver.

    penalty : cost of leaving a unit uncovered, above the cost of any plan. first : (set, old number) of a known plan.
    With dual values y, v (number of areas) and m <= 0 (old numbers), every plan costs at least
    sum(y) + k v + sum(m) + k x (least reduced cost), because it uses exactly k sets and each old number at most once.
    """
    solver = _solver(units, areas, penalty)
    _add(solver, units, sets, _columns(units, sets, first))
    taken, rounds, best = len(first), 0, None
    while rounds < MOST_ROUNDS:
        rounds += 1
        solver.run()
        duals = np.array(solver.getSolution().row_dual, dtype=np.float64)
        now, chosen = price_all(units, sets, areas, duals)
        if best is None or now.bound > best.bound:
            best = now
        new = np.unique(chosen[chosen >= 0])
        if now.least >= -1e-9 or not len(new):
            break
        pairs = [(row, old) for row in new.tolist() for old in _useful_olds(units, sets, row, now.kept_prices)]
        _add(solver, units, sets, _columns(units, sets, pairs))
        taken += len(pairs)
    assert best is not None
    return Relaxation(
        best.bound, best.reduced, best.least, best.unit_prices, best.count_price, best.kept_prices, rounds, taken
    )


def price_all(units: Units, sets: Sets, areas: int, duals: np.ndarray) -> tuple[Relaxation, np.ndarray]:
    """The bound that dual values give, with the reduced cost of every set above the least one."""
    from sozialraum.delineation.exact import set_kernels  # numba is only needed here

    unit_prices, count_price = duals[: units.number], float(duals[units.number])
    kept_prices = np.minimum(duals[units.number + 1 :], 0.0)
    words = sets.masks.shape[1]
    table = set_kernels.byte_tables(unit_prices, words)
    olds = units.kept.shape[1]
    tables = np.zeros((olds, *table.shape))
    for old in range(olds):
        tables[old] = set_kernels.byte_tables(np.ascontiguousarray(units.kept[:, old]), words)
    reduced = np.empty(len(sets.costs))
    least, chosen = set_kernels.price(
        sets.masks, sets.costs, table, tables, kept_prices, count_price, reduced, PER_UNIT, units.number
    )
    least = float(least) if len(reduced) else 0.0
    reduced -= least
    bound = float(unit_prices.sum()) + areas * count_price + float(kept_prices.sum()) + areas * least
    return Relaxation(bound - SAFE, reduced, least, unit_prices, count_price, kept_prices, 0, 0), chosen


def _useful_olds(units: Units, sets: Sets, row: int, kept_prices: np.ndarray) -> list[int]:
    """A new number, and the old number that is worth most at the present prices."""
    saved = units.kept[sets.members(row)].sum(axis=0)
    if not len(saved) or (saved + kept_prices).max() <= 0:
        return [-1]
    return [-1, int(np.argmax(saved + kept_prices))]


def _columns(units: Units, sets: Sets, pairs: list[tuple[int, int]]) -> Columns:
    rows = np.array([row for row, _old in pairs], dtype=np.int64)
    olds = np.array([old for _row, old in pairs], dtype=np.int64)
    costs = [
        float(sets.costs[row]) - (float(units.kept[sets.members(row), old].sum()) if old >= 0 else 0.0)
        for row, old in pairs
    ]
    return Columns(rows, olds, np.array(costs, dtype=np.float64))


def _solver(units: Units, areas: int, penalty: float) -> Any:
    """HiGHS with one row per unit, one for the number of areas, one per old number, and a dear way out of each."""
    import highspy

    solver = new_solver(solver="simplex", presolve="off")
    for _unit in range(units.number):
        solver.addRow(1.0, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
    solver.addRow(float(areas), float(areas), 0, np.zeros(0, dtype=np.int32), np.zeros(0))
    for _old in range(units.kept.shape[1]):
        solver.addRow(-highspy.kHighsInf, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
    for row in range(units.number + 1):
        solver.addCol(penalty, 0.0, highspy.kHighsInf, 1, np.array([row], dtype=np.int32), np.ones(1))
    solver.addCol(penalty, 0.0, highspy.kHighsInf, 1, np.array([units.number], dtype=np.int32), -np.ones(1))
    return solver


def new_solver(**options: Any) -> Any:
    """HiGHS on one thread, silent, with options by name."""
    import highspy

    make: Any = highspy.Highs
    solver = make()
    for option, value in {"output_flag": False, "threads": 1, "random_seed": 0, **options}.items():
        solver.setOptionValue(option, value)
    return solver


def _add(solver: Any, units: Units, sets: Sets, columns: Columns) -> None:
    import highspy

    count = len(columns.rows)
    if not count:
        return
    entries = [column_rows(units, sets, columns, place) for place in range(count)]
    starts = np.cumsum([0, *[len(rows) for rows in entries]])[:-1].astype(np.int32)
    indices = np.concatenate(entries).astype(np.int32)
    solver.addCols(
        count, columns.costs, np.zeros(count), np.full(count, highspy.kHighsInf), len(indices), starts, indices,
        np.ones(len(indices)),
    )  # fmt: skip


def column_rows(units: Units, sets: Sets, columns: Columns, place: int) -> np.ndarray:
    """The rows of the programme a column stands in: its units, the number of areas, its old number."""
    own = [*sets.members(int(columns.rows[place])), units.number]
    old = int(columns.olds[place])
    return np.array(own if old < 0 else [*own, units.number + 1 + old], dtype=np.int64)


def near_columns(units: Units, sets: Sets, relaxation: Relaxation, distance: float, most: int) -> Columns | None:
    """Every (set, old number) that a plan within `distance` of the bound may use; None when more than `most`."""
    rows = np.flatnonzero(relaxation.reduced <= distance + SAFE)
    if len(rows) > most:
        return None
    pairs: list[tuple[int, int]] = []
    for row in rows.tolist():
        members = sets.members(row)
        saved = units.kept[members].sum(axis=0)
        base = float(sets.costs[row]) - float(relaxation.unit_prices[members].sum()) - relaxation.count_price
        for old in [-1, *range(len(saved))]:
            change = 0.0 if old < 0 else -float(saved[old]) - float(relaxation.kept_prices[old])
            if old >= 0 and saved[old] <= 0:
                continue  # keeping the number of an area without a common person saves nothing
            if base + change - relaxation.least <= distance + SAFE:
                pairs.append((row, old))
    return _columns(units, sets, pairs) if len(pairs) <= most else None
