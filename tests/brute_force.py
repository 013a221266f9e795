"""Every plan of a small task, one after the other; shares no code with the engine it judges.

For at most nine blocks. Also measures and checks plans of any size, from nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


@dataclass(frozen=True, eq=False)
class Task:
    """What `partition` is asked, as arrays; None stands for an argument left out."""

    edges: np.ndarray
    population: np.ndarray
    values: np.ndarray
    bounds: tuple[float, float]
    weights: np.ndarray | None = None
    locks: np.ndarray | None = None
    start: np.ndarray | None = None
    edge_costs: np.ndarray | None = None
    change_cost: float = 0.0

    @property
    def arguments(self) -> dict[str, Any]:
        """All arguments of `partition` but the number of areas."""
        names = ("edges", "population", "values", "bounds", "weights", "locks", "start", "edge_costs", "change_cost")
        return {name: getattr(self, name) for name in names}

    def __repr__(self) -> str:
        """A call that can be copied into an interpreter."""
        parts = []
        for name, given in self.arguments.items():
            if given is not None and name != "bounds":
                parts.append(f"{name}={given.tolist() if isinstance(given, np.ndarray) else given}")
        return f"Task({', '.join(parts)}, bounds={self.bounds})"

    @cached_property
    def mass(self) -> np.ndarray:
        """Weight of each block in the objective."""
        return np.asarray(self.population if self.weights is None else self.weights, dtype=float)

    @cached_property
    def costs(self) -> np.ndarray:
        return np.zeros(len(self.edges)) if self.edge_costs is None else np.asarray(self.edge_costs, dtype=float)


@dataclass(frozen=True)
class Figures:
    """The four figures of a plan as the formula has them."""

    ssd: float
    cut_cost: float
    changed_persons: float
    objective: float


def spread(mass: np.ndarray, values: np.ndarray) -> float:
    """Weighted sum of squared deviations from the weighted mean."""
    total = mass.sum()
    if total <= 0:
        return 0.0
    mean = (mass[:, None] * values).sum(axis=0) / total
    return float((mass[:, None] * (values - mean) ** 2).sum())


def _percent(task: Task) -> float:
    whole = spread(task.mass, task.values)
    return 100.0 / whole if whole > 1e-12 else 0.0


def figures(task: Task, labels: np.ndarray) -> Figures:
    """Measure a plan of any size from its labels; areas take the numbers of `start` that change fewest persons."""
    percent = _percent(task)
    parts = [np.flatnonzero(labels == area) for area in np.unique(labels)]
    ssd = percent * sum(spread(task.mass[part], task.values[part]) for part in parts)
    cut = labels[task.edges[:, 0]] != labels[task.edges[:, 1]]
    cut_cost = float(task.costs[cut].sum())
    changed = fewest_changed(task, parts)
    return Figures(ssd, cut_cost, changed, ssd + cut_cost + task.change_cost * changed)


def fewest_changed(task: Task, parts: list[np.ndarray]) -> float:
    """Persons in another area than in `start`, when each area takes the number of at most one old area."""
    if task.start is None:
        return 0.0
    old = np.unique(task.start)
    kept = [[float(task.population[part][task.start[part] == number].sum()) for number in old] for part in parts]
    return float(task.population.sum()) - _most_kept(kept)


def _most_kept(kept: list[list[float]]) -> float:
    """Largest sum of entries with at most one from each row and each column, by sets of columns used."""
    best = {0: 0.0}
    for row in kept:
        after = dict(best)
        for used, worth in best.items():
            for column, gain in enumerate(row):
                bit = 1 << column
                if gain > 0 and not used & bit and worth + gain > after.get(used | bit, -1.0):
                    after[used | bit] = worth + gain
        best = after
    return max(best.values())


def faults(task: Task, labels: np.ndarray, areas: int) -> list[str]:
    """Every hard rule that a plan of any size breaks, in words; [] = feasible."""
    found = []
    numbers = np.unique(labels)
    if len(labels) != len(task.population):
        return [f"{len(labels)} labels for {len(task.population)} blocks"]
    if len(numbers) != areas:
        found.append(f"{len(numbers)} areas, not {areas}")
    low, high = task.bounds
    slack = 1e-9 * max(1.0, float(task.population.sum()))
    for number in numbers.tolist():
        persons = float(task.population[labels == number].sum())
        if not low - slack <= persons <= high + slack:
            found.append(f"area {number} has {persons}, outside {low} to {high}")
    if components(len(labels), task.edges[labels[task.edges[:, 0]] == labels[task.edges[:, 1]]]) != len(numbers):
        found.append("an area is torn")
    return found + _broken_locks(task, labels)


def _broken_locks(task: Task, labels: np.ndarray) -> list[str]:
    if task.locks is None:
        return []
    areas_of = {group: set(labels[task.locks == group].tolist()) for group in np.unique(task.locks) if group >= 0}
    found = [f"lock {group} is torn" for group, areas in areas_of.items() if len(areas) > 1]
    found += [f"locks {a} and {b} share an area" for a, b in combinations(areas_of, 2) if areas_of[a] & areas_of[b]]
    return found


def components(blocks: int, edges: np.ndarray) -> int:
    """Number of connected parts of a graph."""
    ones = np.ones(len(edges))
    return int(connected_components(coo_array((ones, (edges[:, 0], edges[:, 1])), shape=(blocks, blocks)))[0])


@dataclass(frozen=True)
class Plan:
    """One plan: its areas as sets of bits, and its objective."""

    areas: tuple[int, ...]
    objective: float

    def labels(self, blocks: int) -> np.ndarray:
        """Areas numbered 0.. in the order they are held: by smallest block."""
        return np.array([next(a for a, area in enumerate(self.areas) if area >> i & 1) for i in range(blocks)])


def all_plans(task: Task, areas: int) -> list[Plan]:
    """Every plan that keeps all hard rules, the best first."""
    if areas < 1:
        return []
    allowed = _allowed_areas(task)
    found = [Plan(chosen, _objective(task, allowed, chosen)) for chosen in _covers(task, allowed, areas)]
    return sorted(found, key=lambda plan: plan.objective)


def _allowed_areas(task: Task) -> dict[int, float]:
    """Sets of blocks that may be an area, with their share of ssd less the costs of the edges inside."""
    blocks, percent = len(task.population), _percent(task)
    neighbours = [0] * blocks
    for a, b in task.edges.tolist():
        neighbours[a] |= 1 << b
        neighbours[b] |= 1 << a
    worth = {}
    for area in range(1, 1 << blocks):
        part = np.array([i for i in range(blocks) if area >> i & 1])
        if _connected(area, neighbours) and _within(task, part) and _locks_kept(task, part):
            inside = np.isin(task.edges, part).all(axis=1)
            worth[area] = percent * spread(task.mass[part], task.values[part]) - float(task.costs[inside].sum())
    return worth


def _connected(area: int, neighbours: list[int]) -> bool:
    reached = fresh = area & -area
    while fresh:
        block = (fresh & -fresh).bit_length() - 1
        fresh &= fresh - 1
        more = neighbours[block] & area & ~reached
        reached, fresh = reached | more, fresh | more
    return reached == area


def _within(task: Task, part: np.ndarray) -> bool:
    return bool(task.bounds[0] - 1e-9 <= task.population[part].sum() <= task.bounds[1] + 1e-9)


def _locks_kept(task: Task, part: np.ndarray) -> bool:
    """At most one group of locks inside, and that one whole."""
    if task.locks is None:
        return True
    groups = np.unique(task.locks[part][task.locks[part] >= 0])
    return len(groups) == 0 or (len(groups) == 1 and set(np.flatnonzero(task.locks == groups[0])) <= set(part))


def _covers(task: Task, allowed: dict[int, float], areas: int) -> Iterator[tuple[int, ...]]:
    """All ways to take `areas` sets that hold each block once."""
    by_smallest: dict[int, list[int]] = {}
    for area in allowed:
        by_smallest.setdefault(area & -area, []).append(area)

    def extend(rest: int, chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if not rest or len(chosen) == areas:
            if not rest and len(chosen) == areas:
                yield chosen
            return
        for area in by_smallest.get(rest & -rest, ()):
            if not area & ~rest:
                yield from extend(rest & ~area, (*chosen, area))

    yield from extend((1 << len(task.population)) - 1, ())


def _objective(task: Task, allowed: dict[int, float], chosen: tuple[int, ...]) -> float:
    objective = float(task.costs.sum()) + sum(allowed[area] for area in chosen)
    if task.start is None or not task.change_cost:
        return objective
    parts = [np.array([i for i in range(len(task.population)) if area >> i & 1]) for area in chosen]
    return objective + task.change_cost * fewest_changed(task, parts)


def one_pair_apart(one: Plan, other: Plan) -> bool:
    """Whether two plans differ in two areas only."""
    return len(set(one.areas) & set(other.areas)) == len(one.areas) - 2
