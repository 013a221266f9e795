"""First plan: merge the two most similar neighbours again and again, never above the upper bound."""

from __future__ import annotations

import heapq
from math import dist

from sozialraum.delineation.graph import Graph

Entry = tuple[float, float, int, int]


def bounded_ward(graph: Graph, number: int, high: float) -> tuple[list[int], int]:
    """Merge neighbours by smallest rise of the objective while they stay within `high`.

    Returns (label per unit, number of areas). More than `number` areas are left only when no two
    neighbours fit together any more. Method: Ward with a bound; heap with stale entries dropped on meeting.
    """
    merging = _Merging(graph)
    left = len(graph.population)
    queue = [merging.entry(a, b) for a in range(left) for b in graph.beside[a] if a < b]
    heapq.heapify(queue)
    while left > number and queue:
        _cost, _people, a, b = heapq.heappop(queue)
        if not (merging.alive[a] and merging.alive[b]):
            continue
        if merging.population[a] + merging.population[b] > high:
            continue
        new = merging.merge(a, b)
        left -= 1
        for other in merging.beside[new]:
            heapq.heappush(queue, merging.entry(other, new))
    return merging.labels()


class _Merging:
    """Clusters that merge; every merge makes a new number, so old heap entries are recognised."""

    def __init__(self, graph: Graph) -> None:
        self.scale = graph.scale
        self.population = list(graph.population)
        self.centre = list(graph.values)
        self.beside = [dict(zip(near, cost, strict=True)) for near, cost in zip(graph.beside, graph.cost, strict=True)]
        self.alive = [True] * len(self.population)
        self.parent = list(range(len(self.population)))
        self.units = len(self.population)

    def entry(self, a: int, b: int) -> Entry:
        p, q = self.population[a], self.population[b]
        people = p + q
        rise = self.scale * p * q / people * dist(self.centre[a], self.centre[b]) ** 2 if p and q else 0.0
        return (rise - self.beside[a][b], people, a, b)

    def merge(self, a: int, b: int) -> int:
        new = len(self.parent)
        p, q = self.population[a], self.population[b]
        people = p + q
        weight = p / people if people else 0.5
        self.population.append(people)
        self.centre.append(
            tuple([weight * x + (1 - weight) * y for x, y in zip(self.centre[a], self.centre[b], strict=True)])
        )
        self.parent[a] = self.parent[b] = new
        self.parent.append(new)
        self.alive[a] = self.alive[b] = False
        self.alive.append(True)
        joined: dict[int, float] = {}
        for old in (a, b):
            for other, cost in self.beside[old].items():
                if other not in (a, b):
                    joined[other] = joined.get(other, 0.0) + cost
                    del self.beside[other][old]
            self.beside[old] = {}
        for other, cost in joined.items():
            self.beside[other][new] = cost
        self.beside.append(joined)
        return new

    def labels(self) -> tuple[list[int], int]:
        top = self.parent
        for node in range(len(top) - 1, -1, -1):  # parents have larger numbers than children
            top[node] = top[top[node]]
        area: dict[int, int] = {}
        label = [area.setdefault(top[unit], len(area)) for unit in range(self.units)]
        return label, len(area)
