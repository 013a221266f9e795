"""The task of one municipality as units for exact methods: blocks locked together and touching are one unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sozialraum.blocks import pieces
from sozialraum.delineation.problem import Problem


@dataclass(frozen=True, eq=False)
class Units:
    """u units with everything that the cost and the rules of a set of them need.

    unit_of : int64 (n,), the unit of every block. persons, mass : float64 (u,), inhabitants and weight.
    sums : float64 (u, d), weight x (values - mean). squares : float64 (u,), weight x |values - mean|^2.
    scale : 100 / total spread (0 when there is none). edges : int64 (e, 2). costs : float64 (e,) of cutting them.
    starts, near, near_costs : the same edges from both sides, as CSR. groups : int64 (u,) lock number or -1.
    kept : float64 (u, o), price saved when the unit keeps old number o. moved : float64 (u,), price when it keeps none.
    """

    unit_of: np.ndarray
    persons: np.ndarray
    mass: np.ndarray
    sums: np.ndarray
    squares: np.ndarray
    scale: float
    edges: np.ndarray
    costs: np.ndarray
    starts: np.ndarray
    near: np.ndarray
    near_costs: np.ndarray
    groups: np.ndarray
    kept: np.ndarray
    moved: np.ndarray

    @property
    def number(self) -> int:
        """How many units."""
        return len(self.persons)

    def labels(self, unit_labels: np.ndarray) -> np.ndarray:
        """Labels of units as labels of blocks, (n,)."""
        return np.asarray(unit_labels, dtype=np.int64)[self.unit_of]


def make_units(problem: Problem) -> Units:
    """Contract every connected part of a lock group; contiguity and costs stay those of the blocks."""
    number = len(problem.population)
    first, second = problem.edges[:, 0], problem.edges[:, 1]
    tied = (problem.locks[first] >= 0) & (problem.locks[first] == problem.locks[second])
    unit_of = _by_first(pieces(number, problem.edges[tied]))
    count = int(unit_of.max(initial=-1)) + 1
    centred, squares, scale = centred_values(problem)
    edges, costs = _unit_edges(unit_of, problem)
    starts, near, near_costs = both_sides(count, edges, costs)
    groups = np.full(count, -1, dtype=np.int64)
    groups[unit_of] = problem.locks
    kept, moved = _change(problem, unit_of, count)
    return Units(
        unit_of,
        np.bincount(unit_of, problem.population, count),
        np.bincount(unit_of, problem.weights, count),
        _sum_rows(unit_of, problem.weights[:, None] * centred, count),
        np.bincount(unit_of, problem.weights * squares, count),
        scale, edges, costs, starts, near, near_costs, groups, kept, moved,
    )  # fmt: skip


def centred_values(problem: Problem) -> tuple[np.ndarray, np.ndarray, float]:
    """Values minus their weighted mean (n, d), their squared lengths (n,), and 100 / total spread."""
    total = float(problem.weights.sum())
    if total <= 0:
        return np.zeros_like(problem.values), np.zeros(len(problem.values)), 0.0
    mean = (problem.weights[:, None] * problem.values).sum(axis=0) / total
    centred = problem.values - mean
    squares = (centred * centred).sum(axis=1)
    spread = float((problem.weights * squares).sum())
    return centred, squares, 100.0 / spread if spread > 0 else 0.0


def both_sides(number: int, edges: np.ndarray, costs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """CSR of the edges seen from either end: starts (number + 1,), neighbours and costs (2e,), neighbours ascending."""
    here = np.concatenate([edges[:, 0], edges[:, 1]])
    there = np.concatenate([edges[:, 1], edges[:, 0]])
    order = np.lexsort((there, here))
    starts = np.zeros(number + 1, dtype=np.int64)
    np.cumsum(np.bincount(here, minlength=number), out=starts[1:])
    return starts, there[order].astype(np.int64), np.concatenate([costs, costs])[order].astype(np.float64)


def _by_first(piece: np.ndarray) -> np.ndarray:
    """Pieces renumbered by their smallest block."""
    _names, first, place = np.unique(piece, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[place].astype(np.int64)


def _sum_rows(unit_of: np.ndarray, rows: np.ndarray, count: int) -> np.ndarray:
    columns = [np.bincount(unit_of, column, count) for column in rows.T]
    return np.ascontiguousarray(np.array(columns).T) if columns else np.zeros((count, 0))


def _unit_edges(unit_of: np.ndarray, problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Edges between units, parallel ones added up."""
    pairs = np.sort(unit_of[problem.edges], axis=1).reshape(-1, 2)
    apart = pairs[:, 0] != pairs[:, 1]
    unique, place = np.unique(pairs[apart], axis=0, return_inverse=True)
    return unique.reshape(-1, 2), np.bincount(place.ravel(), problem.edge_costs[apart], len(unique))


def _change(problem: Problem, unit_of: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The price saved by keeping an old number (u, o) and the price of keeping none (u,)."""
    if problem.start is None or problem.change_cost == 0:
        return np.zeros((count, 0)), np.zeros(count)
    known = problem.start >= 0
    names, place = np.unique(problem.start[known], return_inverse=True)
    kept = np.zeros((count, len(names)))
    price = problem.change_cost * problem.population[known]
    np.add.at(kept, (unit_of[known], place), price)
    return kept, np.bincount(unit_of[known], price, count)
