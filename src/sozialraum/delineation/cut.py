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
    order, parent = _tree(graph, units, noise)
    if len(order) < 2 or len(order) < len(units):
        return None
    population, sums = _subtree_sums(graph, order, parent)
    price = _border_prices(graph, order, parent)
    people, whole = population[order[0]], sums[order[0]]
    best: tuple[float, float, int] | None = None
    for node in order[1:]:
        p = population[node]
        q = people - p
        out = fault(p, low, high) + fault(q, low, high)
        if best is not None and out > best[0]:
            continue
        gain = -price.get(node, 0.0)
        if p and q:
            side = [s / p for s in sums[node]]
            rest = [(w - s) / q for w, s in zip(whole, sums[node], strict=True)]
            gain += graph.scale * p * q / people * dist(side, rest) ** 2
        if best is None or (out, -gain) < (best[0], -best[1]):
            best = (out, gain, node)
    if best is None:
        return None
    return Cut(best[1], best[0], frozenset(_below(best[2], order, parent)))


def _tree(graph: Graph, units: Collection[int], noise: np.random.Generator | None) -> tuple[list[int], dict[int, int]]:
    """Minimum spanning tree by attribute distance (Prim): units in the order of joining, and their parents."""
    inside = units if isinstance(units, (set, frozenset)) else set(units)
    order: list[int] = []
    parent: dict[int, int] = {}
    values, beside = graph.values, graph.beside
    queue: list[tuple[float, int, int]] = [(0.0, min(inside), -1)]
    while queue:
        _distance, unit, source = heapq.heappop(queue)
        if unit in parent:
            continue
        parent[unit] = source
        order.append(unit)
        own = values[unit]
        blur = noise.lognormal(0.0, 1.0, len(beside[unit])).tolist() if noise is not None else None
        for place, other in enumerate(beside[unit]):
            if other in inside and other not in parent:
                length = dist(own, values[other]) * (blur[place] if blur else 1.0)
                heapq.heappush(queue, (length, other, unit))
    return order, parent


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


def _border_prices(graph: Graph, order: list[int], parent: dict[int, int]) -> dict[int, float]:
    """Per unit the price of the border between what hangs on it and the rest; {} when borders are free.

    Subtrees are joined from the leaves up; the border of two joined is that of both less twice their common
    one, found by walking the smaller of the two: O(m log m).
    """
    part = {unit: unit for unit in order}
    total = {}
    for unit in order:
        pairs = zip(graph.beside[unit], graph.cost[unit], strict=True)
        total[unit] = sum(cost for other, cost in pairs if other in part)
    if not any(total.values()):
        return {}
    members = {unit: [unit] for unit in order}
    prices: dict[int, float] = {}
    for node in reversed(order[1:]):
        small, large = part[node], part[parent[node]]
        prices[node] = total[small]
        if len(members[small]) > len(members[large]):
            small, large = large, small
        common = 0.0
        for unit in members[small]:
            for other, cost in zip(graph.beside[unit], graph.cost[unit], strict=True):
                if part.get(other) == large:
                    common += cost
        total[large] += total[small] - 2 * common
        for unit in members[small]:
            part[unit] = large
        members[large] += members.pop(small)
    return prices
