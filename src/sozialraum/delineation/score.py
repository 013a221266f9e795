"""What a partition is worth: spread inside, cut borders, people who change their area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sozialraum.delineation.problem import Problem


@dataclass(frozen=True, slots=True)
class Score:
    """ssd : spread inside the areas, percent of the whole. cut_cost : of the borders cut.
    changed_persons : persons in another area than in `start`. objective : the sum the search makes small.
    """

    ssd: float
    cut_cost: float
    changed_persons: float
    objective: float


def score(problem: Problem, labels: np.ndarray) -> Score:
    """Measure labels from nothing; they must keep the numbers of `start` where there is a price of change."""
    ssd = spread_inside(problem.weights, problem.values, labels)
    cut = labels[problem.edges[:, 0]] != labels[problem.edges[:, 1]]
    cut_cost = float(problem.edge_costs[cut].sum())
    changed = (
        0.0
        if problem.start is None
        else float(problem.population[(labels != problem.start) & (problem.start >= 0)].sum())
    )
    return Score(ssd, cut_cost, changed, ssd + cut_cost + problem.change_cost * changed)


def spread_inside(weights: np.ndarray, values: np.ndarray, labels: np.ndarray) -> float:
    """Weighted sum of squared deviations from the area means in percent of the whole; 0 when there is none at all."""
    total = float(weights.sum())
    if not total or not values.shape[1]:
        return 0.0
    centred = values - np.average(values, axis=0, weights=weights)
    whole = float((weights[:, None] * centred**2).sum())
    _numbers, area = np.unique(labels, return_inverse=True)
    mass = np.bincount(area, weights)
    mass[mass == 0] = 1.0
    between = sum(float((np.bincount(area, weights * column) ** 2 / mass).sum()) for column in centred.T)
    return 100.0 * max(0.0, whole - between) / whole if whole > 0 else 0.0


def numbered(problem: Problem, labels: np.ndarray) -> np.ndarray:
    """Areas numbered 0.. by their smallest block, or by the numbers of `start`.

    With a start plan each area takes the number of at most one old area, so that as few persons as possible
    change (ties: blocks); areas left over get numbers above the largest old one, by their smallest block.
    """
    _numbers, first, area = np.unique(labels, return_index=True, return_inverse=True)
    area = np.argsort(np.argsort(first))[area].astype(np.int64)
    if problem.start is None:
        return area
    from scipy.optimize import linear_sum_assignment  # takes half a second to load

    known = problem.start >= 0
    old, old_place = np.unique(problem.start[known], return_inverse=True)
    shared = np.zeros((len(first), len(old)))
    np.add.at(shared, (area[known], old_place), problem.population[known])
    blocks = np.zeros_like(shared)
    np.add.at(blocks, (area[known], old_place), 1.0)
    # a block counts far less than any person, but decides between areas that share no person
    worth = shared + blocks * (1e-6 / len(area))
    rows, columns = linear_sum_assignment(worth, maximize=True)
    number = np.full(len(first), -1, dtype=np.int64)
    keep = blocks[rows, columns] > 0
    number[rows[keep]] = old[columns[keep]]
    new = number < 0
    number[new] = int(old.max(initial=-1)) + 1 + np.arange(int(new.sum()))
    return number[area]
