"""Cut a connected set of units in two along a spanning tree of similar neighbours."""

from __future__ import annotations

import heapq
from collections.abc import Collection
from dataclasses import dataclass
from math import dist

import numpy as np

from sozialraum.delineation.graph import Graph


@dataclass(frozen=True)
class Cut:
    """One side of the best cut found. gain : fall of the objective. fault : inhabitants out of bounds."""

    gain: float
    fault: float
    side: frozenset[int]


def fault(population: float, low: float, high: float) -> float:
    """By how many inhabitants an area is out of bounds."""
    return max(low - population, population - high, 0.0)


def best_cut(
    graph: Graph, units: Collection[int], low: float, high: float, noise: np.random.Generator | None = None
) -> Cut | None:
    """The tree edge whose two sides are least out of [low, high] and, among those, most different.

    The tree joins similar neighbours first; `noise` blurs the similarity to get other trees.
    None when there is nothing to cut (one unit, or not connected). O(m d) for m units.
    """
    order, parent, price = _tree(graph, units, noise)
    if len(order) < 2 or len(order) < len(units):
        return None
    population, sums = _subtree_sums(graph, order, parent)
    people, whole = population[order[0]], sums[order[0]]
    best: tuple[float, float, int] | None = None
    for node in order[1:]:
        p = population[node]
        q = people - p
        out = fault(p, low, high) + fault(q, low, high)
        if best is not None and out > best[0]:
            continue
        gain = -price[node]
        if p and q:
            side = [s / p for s in sums[node]]
            rest = [(w - s) / q for w, s in zip(whole, sums[node], strict=True)]
            gain += graph.scale * p * q / people * dist(side, rest) ** 2
        if best is None or (out, -gain) < (best[0], -best[1]):
            best = (out, gain, node)
    if best is None:
        return None
    side_units = frozenset(_below(best[2], order, parent))
    return Cut(best[1] - _more_cut_edges(graph, units, side_units, price[best[2]]), best[0], side_units)


def _tree(
    graph: Graph, units: Collection[int], noise: np.random.Generator | None
) -> tuple[list[int], dict[int, int], dict[int, float]]:
    """Minimum spanning tree by attribute distance (Prim): units in order of joining, parent, cost of the tree edge."""
    inside = units if isinstance(units, (set, frozenset)) else set(units)
    start = min(inside)
    order: list[int] = []
    parent: dict[int, int] = {}
    price: dict[int, float] = {}
    values, beside, costs = graph.values, graph.beside, graph.cost
    queue: list[tuple[float, int, int, float]] = [(0.0, start, -1, 0.0)]
    while queue:
        _distance, unit, source, cost = heapq.heappop(queue)
        if unit in parent:
            continue
        parent[unit], price[unit] = source, cost
        order.append(unit)
        own = values[unit]
        blur = noise.lognormal(0.0, 1.0, len(beside[unit])).tolist() if noise is not None else None
        for place, other in enumerate(beside[unit]):
            if other in inside and other not in parent:
                length = dist(own, values[other]) * (blur[place] if blur else 1.0)
                heapq.heappush(queue, (length, other, unit, costs[unit][place]))
    return order, parent, price


def _subtree_sums(
    graph: Graph, order: list[int], parent: dict[int, int]
) -> tuple[dict[int, float], dict[int, list[float]]]:
    population = {unit: graph.population[unit] for unit in order}
    sums = {unit: [graph.population[unit] * x for x in graph.values[unit]] for unit in order}
    for unit in reversed(order[1:]):
        above = parent[unit]
        population[above] += population[unit]
        sums[above] = [a + b for a, b in zip(sums[above], sums[unit], strict=True)]
    return population, sums


def _below(node: int, order: list[int], parent: dict[int, int]) -> set[int]:
    """The node and everything that hangs on it; parents come before children in `order`."""
    found = {node}
    for unit in order:
        if parent[unit] in found:
            found.add(unit)
    return found


def _more_cut_edges(graph: Graph, units: Collection[int], side: frozenset[int], tree_edge: float) -> float:
    """Cost of the edges a cut severs besides the tree edge itself."""
    inside = units if isinstance(units, (set, frozenset)) else set(units)
    total = 0.0
    for unit in sorted(side):
        for other, cost in zip(graph.beside[unit], graph.cost[unit], strict=True):
            if other in inside and other not in side:
                total += cost
    return total - tree_edge
