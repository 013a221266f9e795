"""How far two divisions of the same cells agree: adjusted Rand index and best one-to-one matching."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment


def shared_weight(one: np.ndarray, other: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
    """Weight that each area of `one` shares with each area of `other`: the contingency table.

    one, other : (n,) labels of any kind. weight : (n,) whole numbers, 1 each when None.
    Returns float64 (areas of one, areas of other), both in sorted order of their labels.
    """
    _names, row = np.unique(one, return_inverse=True)
    _names, column = np.unique(other, return_inverse=True)
    table = np.zeros((row.max(initial=-1) + 1, column.max(initial=-1) + 1))
    np.add.at(table, (row, column), 1.0 if weight is None else weight)
    return table


def adjusted_rand_index(one: np.ndarray, other: np.ndarray, weight: np.ndarray | None = None) -> float:
    """Agreement of two divisions on pairs, corrected for chance: 1 = the same, 0 = as by chance.

    weight : (n,) whole numbers; a block of weight w counts as w items that are always together.
    Follows Hubert and Arabie 1985, Journal of Classification 2, equation 5.
    """
    table = shared_weight(one, other, weight)
    together = pairs(table).sum()
    in_one, in_other = pairs(table.sum(axis=1)).sum(), pairs(table.sum(axis=0)).sum()
    everything = float(pairs(table.sum()))
    expected = in_one * in_other / everything if everything else 0.0
    most = (in_one + in_other) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def pairs(number: np.ndarray | float) -> np.ndarray:
    """How many pairs so many items make."""
    items = np.asarray(number, dtype=float)
    return items * (items - 1) / 2


def placed_alike(one: np.ndarray, other: np.ndarray, weight: np.ndarray | None = None) -> float:
    """Share of the weight in matching areas when each area of `one` is matched with at most one of `other`.

    The matching is the best there is (assignment problem), so no other naming of the areas gives more.
    """
    table = shared_weight(one, other, weight)
    rows, columns = linear_sum_assignment(table, maximize=True)
    total = float(table.sum())
    return float(table[rows, columns].sum()) / total if total else 1.0
