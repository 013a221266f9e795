"""What a reader can compute: the smallest and largest value of a cell that is not shown.

Exact by linear programming over each connected group of hidden cells and sums, with bounds rounded
inwards where everything is a whole number (DISCLOSURE sections 3c and 4.5).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from sozialraum.protection.system import Flags, Floats, System

Span = tuple[float, float]
EDGE = 1e-6


@dataclass
class Attack:
    """Remembers the spans of groups already solved, so that a change costs only its own group."""

    system: System
    solved: dict[tuple[int, ...], dict[int, Span]] = field(default_factory=dict)

    def spans(self, hidden: Flags, wanted: Flags) -> dict[int, Span]:
        """Smallest and largest value of each wanted hidden cell.

        hidden : cells a reader does not see. wanted : cells to compute, others are left out.
        """
        found: dict[int, Span] = {}
        for cells, numbers in _groups(self.system, hidden):
            ask = tuple(int(cell) for cell in cells if wanted[cell])
            if not ask:
                continue
            key = (*(int(cell) for cell in cells), -1, *ask)
            if key not in self.solved:
                self.solved[key] = _solve(self.system, cells, numbers, ask)
            found.update(self.solved[key])
        return found


def _groups(system: System, hidden: Flags) -> list[tuple[NDArray[np.int64], list[int]]]:
    """Hidden cells connected by sums, each group with the numbers of its sums."""
    cells = np.flatnonzero(hidden)
    position = {int(cell): place for place, cell in enumerate(cells)}
    numbers = sorted({number for cell in position for number in system.sums_of.get(cell, ())})
    rows, columns = [], []
    for place, number in enumerate(numbers):
        for cell in system.sums[number].cells:
            if int(cell) in position:
                rows.append(len(cells) + place)
                columns.append(position[int(cell)])
    size = len(cells) + len(numbers)
    links = csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    _count, label = connected_components(links, directed=False)
    by_label: dict[int, tuple[list[int], list[int]]] = {}
    for place in range(size):
        group = by_label.setdefault(int(label[place]), ([], []))
        if place < len(cells):
            group[0].append(int(cells[place]))
        else:
            group[1].append(numbers[place - len(cells)])
    return [(np.array(members), sums) for members, sums in by_label.values() if members]


def _solve(system: System, cells: NDArray[np.int64], numbers: list[int], ask: tuple[int, ...]) -> dict[int, Span]:
    lower, upper = system.public_low[cells], system.public_high[cells]
    if not numbers:
        return {cell: (float(system.public_low[cell]), float(system.public_high[cell])) for cell in ask}
    place = {int(cell): number for number, cell in enumerate(cells)}
    matrix, right, whole = _equations(system, numbers, place)
    # Integers inside and outside: then every feasible value is a whole number.
    whole = whole and bool(np.all((lower == np.rint(lower)) & (np.isinf(upper) | (upper == np.rint(upper)))))
    if _is_tree(matrix):
        lower, upper = _propagated(matrix, right, lower, upper)
        return {cell: _inwards((float(lower[place[cell]]), float(upper[place[cell]])), whole) for cell in ask}
    bounds = [(low, None if np.isinf(high) else high) for low, high in zip(lower, upper, strict=True)]
    spans = {}
    for cell in ask:
        low, high = (_end(matrix, right, bounds, place[cell], sign) for sign in (1.0, -1.0))
        spans[cell] = _inwards((low, high), whole)
    return spans


def _inwards(span: Span, whole: bool) -> Span:
    """Only whole numbers count where everything is whole."""
    return (float(np.ceil(span[0] - EDGE)), float(np.floor(span[1] + EDGE))) if whole else span


def _is_tree(matrix: csr_array) -> bool:
    """Sums that meet in no circle: a connected group with one link fewer than cells and sums."""
    return int(matrix.nnz) == sum(matrix.shape) - 1


def _propagated(matrix: csr_array, right: Floats, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Bounds narrowed sum by sum until nothing changes; exact, as in a tree, and much faster than an LP."""
    start_lower, start_upper = lower, upper
    lower, upper = lower.copy(), upper.copy()
    sums = [
        (matrix.indices[start:end], matrix.data[start:end], total)
        for start, end, total in zip(matrix.indptr[:-1], matrix.indptr[1:], right, strict=True)
    ]
    for _round in range(2 * len(sums) + 2):
        before = lower.copy(), upper.copy()
        for cells, signs, total in sums:
            _narrow(cells, signs, float(total), lower, upper)
        if np.array_equal(before[0], lower) and np.array_equal(before[1], upper):
            break
    # Contradictory deliveries: nothing follows from them.
    return (lower, upper) if np.all(lower <= upper + EDGE) else (start_lower, start_upper)


def _narrow(cells: NDArray[np.int64], signs: Floats, total: float, lower: Floats, upper: Floats) -> None:
    """What one sum says about each of its cells, given the bounds of the others. Changes the bounds."""
    least = np.where(signs > 0, lower[cells], -upper[cells])
    most = np.where(signs > 0, upper[cells], -lower[cells])
    for place, cell in enumerate(cells):
        others = np.arange(len(cells)) != place
        ends = (total - most[others].sum(), total - least[others].sum())
        low, high = ends if signs[place] > 0 else (-ends[1], -ends[0])
        lower[cell], upper[cell] = max(lower[cell], low), min(upper[cell], high)


def _equations(system: System, numbers: list[int], place: dict[int, int]) -> tuple[csr_array, Floats, bool]:
    rows, columns, data, right = [], [], [], []
    for row, number in enumerate(numbers):
        total = 0.0
        for cell, sign in zip(system.sums[number].cells, system.sums[number].signs, strict=True):
            if int(cell) in place:
                rows.append(row)
                columns.append(place[int(cell)])
                data.append(sign)
            else:
                total -= sign * system.low[cell]
        right.append(total)
    matrix = csr_array((data, (rows, columns)), shape=(len(numbers), len(place)))
    values = np.array(right)
    return matrix, values, bool(np.all(np.abs(values - np.rint(values)) < 1e-9))


def _end(matrix: csr_array, right: Floats, bounds: list[tuple[float, float | None]], cell: int, sign: float) -> float:
    target = np.zeros(matrix.shape[1])
    target[cell] = sign
    result = linprog(target, A_eq=matrix, b_eq=right, bounds=bounds, method="highs")
    if result.status == 3:  # unbounded
        return float(-sign * np.inf)
    if result.fun is None:  # contradictory deliveries: nothing follows from them
        low, high = bounds[cell]
        return low if sign > 0 else np.inf if high is None else high
    return float(sign * result.fun)
