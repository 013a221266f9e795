"""The graph the search works on: inhabited units, with uninhabited blocks joined to them beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sozialraum.delineation.problem import Problem


@dataclass(frozen=True)
class Graph:
    """Units with neighbours as flat Python lists, quick to walk.

    beside : per unit its neighbours, sorted. cost : per unit the cost of cutting each of these edges.
    population : per unit > 0. values : per unit a tuple of d floats. unit : per block its unit.
    scale : 100 by the whole spread, so that one single area has 100.
    """

    beside: list[list[int]]
    cost: list[list[float]]
    population: list[float]
    values: list[tuple[float, ...]]
    unit: np.ndarray
    scale: float


def build_graph(problem: Problem) -> Graph:
    """Join each uninhabited block to an inhabited one and sum edges between the resulting units."""
    seed = grow(problem.population > 0, problem.edges, np.ones(len(problem.edges)))
    heads, unit = np.unique(seed, return_inverse=True)
    ends = unit[problem.edges] if len(problem.edges) else np.empty((0, 2), dtype=np.int64)
    between = ends[:, 0] != ends[:, 1]
    pairs = np.sort(ends[between], axis=1)
    edges, position = np.unique(pairs, axis=0, return_inverse=True)
    costs = np.bincount(position.ravel(), problem.edge_costs[between], len(edges))
    beside: list[list[int]] = [[] for _unit in heads]
    cost: list[list[float]] = [[] for _unit in heads]
    for (a, b), price in zip(edges.tolist(), costs.tolist(), strict=True):
        for own, other in ((a, b), (b, a)):
            beside[own].append(other)
            cost[own].append(price)
    population = problem.population[heads].astype(float)
    values = problem.values[heads].astype(float)
    values = values - (np.average(values, axis=0, weights=population) if population.sum() else 0.0)
    spread = float((population[:, None] * values**2).sum())
    scale = 100.0 / spread if spread > 0 else 0.0
    return Graph(beside, cost, population.tolist(), list(map(tuple, values.tolist())), unit, scale)


def grow(lived_in: np.ndarray, edges: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """For each block the inhabited block it belongs to; uninhabited ones join layer by layer.

    Within a layer a block joins the group with the longest common border. A piece without any
    inhabitant stays a unit of its own under its first block.
    """
    number = len(lived_in)
    beside: list[list[tuple[int, float]]] = [[] for _block in range(number)]
    for (a, b), length in zip(edges.tolist(), lengths.tolist(), strict=True):
        beside[a].append((b, length))
        beside[b].append((a, length))
    group = np.where(lived_in, np.arange(number), -1).tolist()
    waiting = [block for block in range(number) if group[block] < 0]
    while waiting:
        found = {block: head for block in waiting if (head := _longest_border(block, beside, group)) >= 0}
        if not found:
            found = {waiting[0]: waiting[0]}
        for block, head in found.items():
            group[block] = head
        waiting = [block for block in waiting if block not in found]
    return np.array(group, dtype=np.int64)


def _longest_border(block: int, beside: list[list[tuple[int, float]]], group: list[int]) -> int:
    border: dict[int, float] = {}
    for other, length in beside[block]:
        if group[other] >= 0:
            border[group[other]] = border.get(group[other], 0.0) + length
    return max(border, key=lambda head: (border[head], -head)) if border else -1
