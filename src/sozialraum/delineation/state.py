"""Areas while they are being searched: labels with sums per area, changed step by step."""

from __future__ import annotations

from math import dist

from sozialraum.delineation.graph import Graph


class Areas:
    """A partition of the units of a graph with population and attribute sums kept per area.

    label : area number per unit. members : units per area. population, centre : per area.
    """

    def __init__(self, graph: Graph, label: list[int], number: int) -> None:
        self.graph, self.label = graph, list(label)
        self.members: list[set[int]] = [set() for _area in range(number)]
        for unit, area in enumerate(label):
            self.members[area].add(unit)
        self.population = [0.0] * number
        self.sums: list[list[float]] = [[] for _area in range(number)]
        self.centre: list[tuple[float, ...]] = [() for _area in range(number)]
        for area in range(number):
            self.recount(area)

    def recount(self, area: int) -> None:
        """Compute the sums of one area anew, in the order of its units."""
        units = sorted(self.members[area])
        population, values = self.graph.population, self.graph.values
        weights = [population[unit] for unit in units]
        self.population[area] = sum(weights)
        columns = zip(*(values[unit] for unit in units), strict=True) if units else ()
        self.sums[area] = [sum(w * x for w, x in zip(weights, column, strict=True)) for column in columns]
        self._centre(area)

    def _centre(self, area: int) -> None:
        people = self.population[area] or 1.0
        self.centre[area] = tuple([total / people for total in self.sums[area]])

    def move(self, unit: int, target: int) -> None:
        """Move one unit; says nothing about contiguity or bounds."""
        source, weight = self.label[unit], self.graph.population[unit]
        self.label[unit] = target
        self.members[source].discard(unit)
        self.members[target].add(unit)
        self.population[source] -= weight
        self.population[target] += weight
        self.sums[source] = [s - weight * x for s, x in zip(self.sums[source], self.graph.values[unit], strict=True)]
        self.sums[target] = [s + weight * x for s, x in zip(self.sums[target], self.graph.values[unit], strict=True)]
        self._centre(source)
        self._centre(target)

    def relabel(self, units: set[int], target: int) -> None:
        """Give many units to one area and recount all areas touched."""
        touched = {target}
        for unit in units:
            source = self.label[unit]
            touched.add(source)
            self.members[source].discard(unit)
            self.label[unit] = target
        self.members[target] |= units
        for area in sorted(touched):
            self.recount(area)

    def beside(self, area: int) -> dict[int, float]:
        """Neighbouring areas and the cost of the cut edges between them, in ascending order."""
        label, graph = self.label, self.graph
        found: dict[int, float] = {}
        for unit in sorted(self.members[area]):
            for other, cost in zip(graph.beside[unit], graph.cost[unit], strict=True):
                if label[other] != area:
                    found[label[other]] = found.get(label[other], 0.0) + cost
        return dict(sorted(found.items()))

    def merge_cost(self, one: int, other: int, cut: float) -> float:
        """How much the objective rises when two areas become one."""
        p, q = self.population[one], self.population[other]
        if not p or not q:
            return -cut
        return self.graph.scale * p * q / (p + q) * dist(self.centre[one], self.centre[other]) ** 2 - cut

    def stays_connected(self, unit: int) -> bool:
        """Whether the area of `unit` is still connected without it: search until its neighbours there are met."""
        beside, label = self.graph.beside, self.label
        area = label[unit]
        wanted = [other for other in beside[unit] if label[other] == area]
        if len(wanted) <= 1:
            return len(self.members[area]) > 1
        missing = set(wanted[1:])
        seen = {unit, wanted[0]}
        queue = [wanted[0]]
        for node in queue:
            for other in beside[node]:
                if label[other] == area and other not in seen:
                    seen.add(other)
                    missing.discard(other)
                    if not missing:
                        return True
                    queue.append(other)
        return False
