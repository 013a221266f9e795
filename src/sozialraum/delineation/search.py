"""Cut one municipality into areas: feasibility, first plan, repair, improvement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.delineation.graph import Graph, build_graph
from sozialraum.delineation.moves import descend, dissolve_and_split, explore, recombine_pairs
from sozialraum.delineation.problem import NoPlanFound, NoPlanPossible, Problem, reasons_against
from sozialraum.delineation.repair import Bounded, repair
from sozialraum.delineation.state import Areas
from sozialraum.delineation.ward import bounded_ward

CYCLES = 6
MOST_TRIES = 200
EFFORT = 50_000  # units times tries of the exploration
WORTH_A_CYCLE = 0.002  # share of the objective; below that another cycle is not worth its time


@dataclass(frozen=True)
class Partition:
    """The result for one municipality.

    labels : int (n,), areas numbered 0.. by their first block. ssd : spread left inside the areas,
    percent of the whole. population : float (k,), inhabitants per area.
    """

    labels: np.ndarray
    ssd: float
    population: np.ndarray


def partition(
    edges: np.ndarray,
    population: Sequence[float] | np.ndarray,
    values: np.ndarray,
    *,
    areas: int,
    bounds: tuple[float, float],
    seed: int = 0,
    name: str | None = None,
    lengths: np.ndarray | None = None,
    compactness: float = 0.0,
    blocks: Sequence[str] = (),
    centres: np.ndarray | None = None,
) -> Partition:
    """Cut a graph of n blocks into exactly `areas` connected areas within the bounds, similar inside.

    edges : (m, 2) row positions. population : (n,) >= 0. values : (n, d) standardised attributes, without
    gaps. bounds : (low, high) inhabitants per area, both included. lengths : (m,) metres of common
    border (1 when left out). compactness : price of cutting all borders between inhabited blocks at once,
    as a multiple of the whole spread; 0 asks for similarity only. name, blocks, centres : for the sentences.
    Raises NoPlanPossible (proven, with all reasons), NoPlanFound (the search gave up).
    Method: bounded Ward, repair by dissolving and splitting along spanning trees, local moves.
    """
    problem = make_problem(edges, population, values, areas, bounds, name, lengths, compactness, blocks, centres)
    reasons = reasons_against(problem)
    if reasons:
        raise NoPlanPossible(reasons)
    graph = build_graph(problem)
    found = _feasible(graph, problem, seed)
    _improve(found)
    random = np.random.default_rng([seed, 1, len(graph.population), areas])
    explore(found, random, min(MOST_TRIES, EFFORT // len(graph.population)))
    _improve(found)
    unit_label = np.array(found.areas.label, dtype=np.int64)
    labels = smooth_empty(problem, unit_label[graph.unit])
    return finish(problem, labels)


def make_problem(
    edges: np.ndarray,
    population: Sequence[float] | np.ndarray,
    values: np.ndarray,
    areas: int,
    bounds: tuple[float, float],
    name: str | None = None,
    lengths: np.ndarray | None = None,
    compactness: float = 0.0,
    blocks: Sequence[str] = (),
    centres: np.ndarray | None = None,
) -> Problem:
    """The task in plain arrays."""
    edges = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    people = np.asarray(population, dtype=float)
    metres = np.ones(len(edges)) if lengths is None else np.asarray(lengths, dtype=float)
    # only borders between inhabited blocks have a price: a border through open land is what one wishes for
    priced = metres * ((people[edges[:, 0]] > 0) & (people[edges[:, 1]] > 0))
    whole = float(priced.sum())
    costs = 100.0 * compactness * priced / whole if whole > 0 else np.zeros(len(edges))
    table = np.asarray(values, dtype=float).reshape(len(people), -1)
    return Problem(
        edges, metres, costs, people, table, areas, float(bounds[0]), float(bounds[1]), name or "", blocks, centres
    )


def _feasible(graph: Graph, problem: Problem, seed: int) -> Bounded:
    """A plan within bounds, from the similar start and, if that fails, from starts of equal size."""
    random = np.random.default_rng([seed, len(graph.population), problem.areas])
    plain = replace(graph, scale=0.0, cost=[[0.0] * len(cost) for cost in graph.cost])
    starts = [(graph, problem.high), (plain, problem.high), (graph, (problem.low + problem.high) / 2), (plain, np.inf)]
    closest: Bounded | None = None
    for start, high in starts:
        bounded = Bounded(_start(graph, start, problem.areas, high), problem.low, problem.high)
        if repair(bounded, random):
            return bounded
        if closest is None or bounded.total_fault() < closest.total_fault():
            closest = bounded
    assert closest is not None
    raise NoPlanFound(_leftover(problem, closest))


def _start(graph: Graph, start: Graph, number: int, high: float) -> Areas:
    label, found = bounded_ward(start, number, high)
    areas = Areas(graph, label, found)
    while len(areas.members) > number:
        # nothing fits together any more: join the two smallest neighbours and leave the rest to the repair
        pairs = [
            (areas.population[one] + areas.population[other], one, other)
            for one in range(len(areas.members))
            for other in areas.beside(one)
            if one < other
        ]
        _people, one, other = min(pairs)
        label = [one if area == other else area - (area > other) for area in areas.label]
        areas = Areas(graph, label, len(areas.members) - 1)
    return areas


def _leftover(problem: Problem, bounded: Bounded) -> list[str]:
    head = f"{problem.name}: " if problem.name else ""
    text = _(
        "In {areas} Gebieten bleiben beim besten Versuch {bad} außerhalb von {low} bis {high} "
        "Einwohnerinnen und Einwohnern ({sizes}). Bitte ändern Sie die Zahl der Gebiete oder die Grenzen."
    )
    sizes = ", ".join(count(bounded.areas.population[area]) for area in bounded.bad())
    low, high = count(problem.low), count(problem.high)
    return [head + text.format(areas=problem.areas, bad=len(bounded.bad()), low=low, high=high, sizes=sizes)]


def _improve(bounded: Bounded) -> None:
    """Alternate moves of single units with recombinations until a cycle brings next to nothing."""
    for cycle in range(CYCLES):
        gained = descend(bounded.areas, bounded.low, bounded.high)
        if gained or not cycle:
            bounded.forget_all()
        for area in range(len(bounded.areas.members)):
            bounded.areas.recount(area)  # sums changed step by step drift by rounding
        more = dissolve_and_split(bounded)
        more += recombine_pairs(bounded)
        if more <= WORTH_A_CYCLE:
            break
    descend(bounded.areas, bounded.low, bounded.high)


def smooth_empty(problem: Problem, labels: np.ndarray) -> np.ndarray:
    """Give each uninhabited block to the neighbouring area with the longest common border, contiguity kept."""
    number = len(problem.population)
    beside: list[list[int]] = [[] for _block in range(number)]
    length: list[list[float]] = [[] for _block in range(number)]
    for (a, b), metres in zip(problem.edges.tolist(), problem.lengths.tolist(), strict=True):
        for own, other in ((a, b), (b, a)):
            beside[own].append(other)
            length[own].append(metres)
    graph = Graph(beside, length, problem.population.tolist(), [()] * number, np.arange(number), 0.0)
    areas = Areas(graph, labels.tolist(), problem.areas)
    empty = np.flatnonzero(problem.population == 0).tolist()
    for _sweep in range(10):
        moved = 0
        for block in empty:
            moved += _to_longest_border(areas, block)
        if not moved:
            break
    return np.array(areas.label, dtype=np.int64)


def _to_longest_border(areas: Areas, block: int) -> bool:
    border: dict[int, float] = {}
    for other, metres in zip(areas.graph.beside[block], areas.graph.cost[block], strict=True):
        border[areas.label[other]] = border.get(areas.label[other], 0.0) + metres
    own = areas.label[block]
    best = max(border, key=lambda area: (border[area], area == own, -area), default=own)
    if best == own or border[best] <= border.get(own, 0.0) or not areas.stays_connected(block):
        return False
    areas.move(block, best)
    return True


def finish(problem: Problem, labels: np.ndarray) -> Partition:
    """Number areas by their first block and measure the result."""
    _values, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    numbered = rank[inverse].astype(np.int64)
    population = np.bincount(numbered, problem.population, len(first))
    return Partition(numbered, spread_inside(problem.population, problem.values, numbered), population)


def spread_inside(population: np.ndarray, values: np.ndarray, labels: np.ndarray) -> float:
    """Spread left inside the areas in percent of the whole; 0 when there is none at all."""
    total = float(population.sum())
    if not total or not values.shape[1]:
        return 0.0
    centred = values - np.average(values, axis=0, weights=population)
    whole = float((population[:, None] * centred**2).sum())
    people = np.bincount(labels, population)
    people[people == 0] = 1.0
    between = sum(float((np.bincount(labels, population * column) ** 2 / people).sum()) for column in centred.T)
    return 100.0 * (whole - between) / whole if whole > 0 else 0.0
