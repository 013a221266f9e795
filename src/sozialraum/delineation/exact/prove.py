"""Proof of the best plan of a small municipality: every possible area is listed, the best choice proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sozialraum.delineation.exact.master import Columns, Relaxation, column_rows, near_columns, new_solver, relax
from sozialraum.delineation.exact.sets import MOST_SETS, MOST_STEPS, Sets, count_sets, list_sets
from sozialraum.delineation.exact.units import Units, make_units
from sozialraum.delineation.problem import Problem
from sozialraum.delineation.rules import keeps_rules
from sozialraum.delineation.score import numbered, score

MOST_COLUMNS = 30_000
MOST_NODES = 20_000
SAME = 1e-7  # plans whose objectives differ by less (in percent of the whole spread) count as equally good


@dataclass(frozen=True, eq=False)
class Proof:
    """labels : int64 (n,) of the best plan known, or None. lower_bound : no plan has a smaller objective, or None.

    kind : 'optimal' (the labels are a best plan), 'bound' (only the bound is proven), 'impossible' (proven that no
    plan exists), 'none' (too many possible areas to list). report : figures by name.
    """

    labels: np.ndarray | None
    lower_bound: float | None
    kind: str
    report: dict[str, Any]


def small_enough(problem: Problem, *, most_sets: int = 400_000, most_steps: int = 1_500_000) -> bool:
    """Whether all possible areas can be listed at once within about a second (one counting run, capped)."""
    units = make_units(problem)
    return count_sets(units, *_limits(problem), most_sets=most_sets, most_steps=most_steps) is not None


def prove(
    problem: Problem, labels: np.ndarray | None, *, most_sets: int = MOST_SETS, most_steps: int = MOST_STEPS
) -> Proof:
    """Find the best plan of all and prove it, or prove a bound, or that there is no plan.

    labels : a known plan (n,) or None; one that breaks a rule is ignored. Memory: about 24 bytes per possible area.
    Method: ../shared/DELINEATION.md 4.6 - all connected sets, column generation with exact pricing, then an
    integer programme over the sets that a plan within q of the bound may use; its best value is the optimum when
    it lies within q of the bound. Optimal up to 1e-6 of a percentage point, the tolerance of the programme.
    """
    units = make_units(problem)
    sets = list_sets(units, *_limits(problem), most_sets=most_sets, most_steps=most_steps)
    known = labels if labels is not None and keeps_rules(problem, labels) else None
    if sets is None:
        return Proof(known, None, "none", {"sets": None})
    top = highest_objective(problem)
    first = [] if known is None else _first_columns(units, sets, known, problem)
    relaxation = relax(units, sets, problem.areas, 4.0 * top + 100.0, first)
    report = {"sets": len(sets.costs), "rounds": relaxation.rounds, "relaxation": relaxation.bound}
    if relaxation.bound > top:
        return Proof(None, None, "impossible", report)
    return _close(problem, units, sets, relaxation, known, top, report)


def highest_objective(problem: Problem) -> float:
    """A number no plan's objective exceeds."""
    people = float(problem.population[problem.start >= 0].sum()) if problem.start is not None else 0.0
    return 100.0 + float(np.maximum(problem.edge_costs, 0.0).sum()) + problem.change_cost * people + 1e-6


def _limits(problem: Problem) -> tuple[float, float]:
    return problem.low - problem.slack, problem.high + problem.slack


def _close(
    problem: Problem, units: Units, sets: Sets, relaxation: Relaxation, known: np.ndarray | None, top: float,
    report: dict[str, Any],
) -> Proof:  # fmt: skip
    """Widen the distance q from the bound until the best plan within it is the best of all."""
    best = None if known is None else numbered(problem, known)
    value = top if best is None else score(problem, best).objective
    q = max(1e-6, 0.01 * abs(relaxation.bound))
    while True:
        whole = max(0.0, value - relaxation.bound) + SAME  # every better plan lies within this distance
        q = min(q, whole)
        columns = near_columns(units, sets, relaxation, q, MOST_COLUMNS)
        report |= {"distance": q, "columns": None if columns is None else len(columns.rows)}
        if columns is None:
            return Proof(best, relaxation.bound, "bound", report)
        finished, unit_labels = solve(units, sets, columns, problem.areas)
        if not finished:
            return Proof(best, relaxation.bound, "bound", report)
        if unit_labels is not None:
            found = numbered(problem, units.labels(unit_labels))
            reached = score(problem, found).objective
            if best is None or reached < value - SAME:
                best, value = found, reached
        if best is not None and value <= relaxation.bound + q + SAME:
            return Proof(best, value, "optimal", report)
        if q >= whole:
            return Proof(None, None, "impossible", report) if best is None else Proof(best, value, "optimal", report)
        q *= 2.0


def solve(units: Units, sets: Sets, columns: Columns, areas: int) -> tuple[bool, np.ndarray | None]:
    """The cheapest choice of k columns that covers every unit once: (searched to the end, labels of units or None)."""
    import highspy
    from scipy.sparse import csc_array

    if not len(columns.rows):
        return True, None
    entries = [column_rows(units, sets, columns, place) for place in range(len(columns.rows))]
    starts = np.cumsum([0, *[len(rows) for rows in entries]])
    height = units.number + 1 + units.kept.shape[1]
    matrix = csc_array((np.ones(starts[-1]), np.concatenate(entries), starts), shape=(height, len(entries)))
    upper = np.ones(height)
    upper[units.number] = areas
    lower = np.where(np.arange(height) <= units.number, upper, -highspy.kHighsInf)
    # HiGHS ends a few programmes with an error that the same programme without its simplifications does not meet
    for presolve in ("choose", "off"):
        solver = _integer_solver(matrix, columns.costs, lower, upper, presolve)
        solver.run()
        status = solver.getModelStatus()
        if status != highspy.HighsModelStatus.kSolveError:
            break
    if status == highspy.HighsModelStatus.kInfeasible:
        return True, None
    if status != highspy.HighsModelStatus.kOptimal:
        return False, None
    chosen = np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)
    labels = np.full(units.number, -1, dtype=np.int64)
    for area, place in enumerate(chosen.tolist()):
        labels[sets.members(int(columns.rows[place]))] = area
    return True, labels


def _integer_solver(matrix: Any, costs: np.ndarray, lower: np.ndarray, upper: np.ndarray, presolve: str) -> Any:
    """HiGHS with whole numbers, one thread, no gap, a limit on nodes and none on time."""
    import highspy

    solver = new_solver(
        mip_rel_gap=0.0, mip_abs_gap=0.0, mip_max_nodes=MOST_NODES, mip_feasibility_tolerance=1e-9, presolve=presolve
    )  # fmt: skip
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = matrix.shape[1], matrix.shape[0]
    model.col_cost_, model.row_lower_, model.row_upper_ = costs, lower, upper
    model.col_lower_, model.col_upper_ = np.zeros(len(costs)), np.ones(len(costs))
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    solver.passModel(model)
    return solver


def _first_columns(units: Units, sets: Sets, labels: np.ndarray, problem: Problem) -> list[tuple[int, int]]:
    """The areas of a known plan as (set, old number), so that the relaxation starts from it."""
    named = numbered(problem, labels)
    olds = np.zeros(0, dtype=np.int64)
    if units.kept.shape[1] and problem.start is not None:
        olds = np.unique(problem.start[problem.start >= 0])
    pairs = []
    for name in np.unique(named).tolist():
        members = np.unique(units.unit_of[named == name])
        row = _row_of(sets, members)
        old = np.flatnonzero(olds == name)
        pairs.append((row, int(old[0]) if len(old) else -1))
    return [pair for pair in pairs if pair[0] >= 0]


def _row_of(sets: Sets, members: np.ndarray) -> int:
    mask = [0] * sets.masks.shape[1]
    for unit in members.tolist():
        mask[unit // 63] |= 1 << unit % 63
    rows = np.flatnonzero((sets.masks == np.array(mask, dtype=np.int64)).all(axis=1))
    return int(rows[0]) if len(rows) else -1
