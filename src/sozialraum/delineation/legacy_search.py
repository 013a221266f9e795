"""Cut one municipality into areas: feasibility, first plan, repair, improvement."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.delineation.graph import Graph, build_graph
from sozialraum.delineation.moves import descend, dissolve_and_split, explore, recombine_pairs
from sozialraum.delineation.problem import NoPlanFound, Problem
from sozialraum.delineation.repair import Bounded, repair
from sozialraum.delineation.state import Areas
from sozialraum.delineation.ward import bounded_ward

CYCLES = 6
MOST_TRIES = 200
EFFORT = 50_000  # units times tries of the exploration
WORTH_A_CYCLE = 0.002  # share of the objective; below that another cycle is not worth its time


def search_labels(problem: Problem) -> np.ndarray:
    """Labels of the first engine (replaced by the compiled one)."""
    graph = build_graph(problem)
    found = _feasible(graph, problem, problem.seed)
    _improve(found)
    random = np.random.default_rng([problem.seed, 1, len(graph.population), problem.areas])
    explore(found, random, min(MOST_TRIES, EFFORT // len(graph.population)))
    _improve(found)
    return np.array(found.areas.label, dtype=np.int64)[graph.unit]


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
    raise NoPlanFound(np.array(closest.areas.label)[graph.unit], closest.bad(), _leftover(problem, closest))


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
