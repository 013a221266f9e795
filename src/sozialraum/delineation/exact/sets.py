"""Every connected set of units that could be one area, each once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sozialraum.delineation.exact.units import Units

MOST_SETS, MOST_STEPS = 6_000_000, 30_000_000
MOST_UNITS = 504  # eight words of bits


@dataclass(frozen=True, eq=False)
class Sets:
    """masks : int64 (s, words), 63 units per word. costs : float64 (s,), spread inside in percent of the whole,
    half of every cut edge around, and the price of all its blocks changing their area.
    """

    masks: np.ndarray
    costs: np.ndarray

    def members(self, row: int) -> list[int]:
        """The units of one set, ascending."""
        return [word * 63 + bit for word, mask in enumerate(self.masks[row].tolist()) for bit in _bits(mask)]


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(63) if mask >> bit & 1]


def list_sets(
    units: Units, low: float, high: float, *, most_sets: int = MOST_SETS, most_steps: int = MOST_STEPS
) -> Sets | None:
    """Every connected set of units with low <= persons <= high that keeps the locks; None when there are too many.

    low, high : persons, slack for rounding included. most_steps : of the search, so that it ends on any machine
    at the same point. Memory: 16 bytes per set and word.
    """
    found = count_sets(units, low, high, most_sets=most_sets, most_steps=most_steps)
    if found is None:
        return None
    words = _words(units)
    masks, costs = np.zeros((found, words), dtype=np.int64), np.zeros(found)
    if found:
        _run(units, low, high, most_sets, most_steps, masks, costs)
    return Sets(masks, costs)


def count_sets(
    units: Units, low: float, high: float, *, most_sets: int = MOST_SETS, most_steps: int = MOST_STEPS
) -> int | None:
    """How many sets `list_sets` would list; None when there are too many."""
    if units.number > MOST_UNITS:
        return None
    most_sets = 2 * most_sets // (_words(units) + 1)  # the same memory for longer masks
    status, found, _steps = _run(units, low, high, most_sets, most_steps, np.zeros((0, 1), dtype=np.int64), np.zeros(0))
    return int(found) if status == 0 else None


def _run(
    units: Units, low: float, high: float, most_sets: int, most_steps: int, masks: np.ndarray, costs: np.ndarray
) -> tuple[int, int, int]:
    from sozialraum.delineation.exact import set_kernels  # numba is only needed here

    numbers, first, sizes = _group_facts(units)
    result = set_kernels.list_sets(
        units.starts, units.near, units.near_costs, _near_masks(units), units.persons, units.mass, units.sums,
        units.squares, units.moved, numbers, first, sizes, float(low), float(high), float(units.scale),
        most_sets, most_steps, masks, costs,
    )  # fmt: skip
    return int(result[0]), int(result[1]), int(result[2])


def _words(units: Units) -> int:
    return max(1, -(-units.number // 63))


def _near_masks(units: Units) -> np.ndarray:
    words = _words(units)
    masks = np.zeros((units.number, words), dtype=np.int64)
    for one, other in units.edges.tolist():
        masks[one, other // 63] |= np.int64(1) << np.int64(other % 63)
        masks[other, one // 63] |= np.int64(1) << np.int64(one % 63)
    return masks


def _group_facts(units: Units) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lock groups numbered 0.. per unit (-1 free), their smallest unit and their number of units."""
    locked = units.groups >= 0
    names, first, place, sizes = np.unique(
        units.groups[locked], return_index=True, return_inverse=True, return_counts=True
    )
    numbers = np.full(units.number, -1, dtype=np.int64)
    numbers[locked] = place
    if not len(names):
        return numbers, np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)
    return numbers, np.flatnonzero(locked)[first].astype(np.int64), sizes.astype(np.int64)
