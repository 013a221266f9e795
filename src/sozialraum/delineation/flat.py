"""The graph of a problem as flat arrays for the compiled search."""

from __future__ import annotations

import numpy as np

from sozialraum.delineation.kernels.records import Graph
from sozialraum.delineation.problem import Problem


def flat_graph(problem: Problem) -> Graph:
    """Neighbours, values around their mean and weights by which the spread of the whole is 100."""
    number = len(problem.population)
    both = np.vstack([problem.edges, problem.edges[:, ::-1]])
    order = np.lexsort((both[:, 1], both[:, 0]))
    both, cost = both[order], np.concatenate([problem.edge_costs, problem.edge_costs])[order]
    weight, value = problem.weights, problem.values
    if weight.sum() > 0:
        value = value - np.average(value, axis=0, weights=weight)
    spread = float((weight[:, None] * value**2).sum())
    return Graph(
        first=np.searchsorted(both[:, 0], np.arange(number + 1)).astype(np.int64),
        near=np.ascontiguousarray(both[:, 1]),
        cost=np.ascontiguousarray(cost),
        person=problem.population.copy(),
        weight=weight * (100.0 / spread) if spread > 0 else np.zeros(number),
        value=np.ascontiguousarray(value),
        lock=problem.locks.copy(),
        home=np.full(number, -1, dtype=np.int64),
        stay=np.zeros(number),
    )
