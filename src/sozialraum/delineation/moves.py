"""Make a plan better without leaving its bounds: move blocks at borders, recombine pairs, dissolve and split."""

from __future__ import annotations

from math import dist

import numpy as np

from sozialraum.delineation.repair import Bounded
from sozialraum.delineation.state import Areas

SMALLEST_GAIN = 1e-7  # percent of the spread; less is rounding
SWEEPS = 60


def descend(areas: Areas, low: float, high: float) -> float:
    """Move single units to the neighbouring area where the objective falls most, until none does.

    Bounds and contiguity hold after every move. Returns by how much the objective fell.
    """
    gained = 0.0
    for _sweep in range(SWEEPS):
        fall = sum(_move_if_better(areas, unit, low, high) for unit in range(len(areas.label)))
        gained += fall
        if fall <= 0:
            break
    return gained


def _move_if_better(areas: Areas, unit: int, low: float, high: float) -> float:
    label = areas.label
    own = label[unit]
    beside = areas.graph.beside[unit]
    for other in beside:  # most units are inside their area; leave quickly
        if label[other] != own:
            break
    else:
        return 0.0
    left = areas.population[own] - areas.graph.population[unit]
    if left < low or len(areas.members[own]) == 1:
        return 0.0
    change, target = _best_target(areas, unit, own, left, high)
    if change > -SMALLEST_GAIN or not areas.stays_connected(unit):
        return 0.0
    areas.move(unit, target)
    return -change


def _best_target(areas: Areas, unit: int, own: int, left: float, high: float) -> tuple[float, int]:
    """Change of the objective and the area, for the best neighbouring area of a unit."""
    graph, label, population = areas.graph, areas.label, areas.population
    tie: dict[int, float] = {}
    for other, cost in zip(graph.beside[unit], graph.cost[unit], strict=True):
        tie[label[other]] = tie.get(label[other], 0.0) + cost
    weight, values = graph.population[unit], graph.values[unit]
    leaving = population[own] / left * dist(values, areas.centre[own]) ** 2 if left > 0 else 0.0
    best, target = 0.0, own
    for area, cost in tie.items():
        people = population[area]
        if area == own or people + weight > high:
            continue
        joining = people / (people + weight) * dist(values, areas.centre[area]) ** 2 if people else 0.0
        change = graph.scale * weight * (joining - leaving) + tie.get(own, 0.0) - cost
        if change < best - 1e-12 or (abs(change - best) <= 1e-12 and target != own and area < target):
            best, target = change, area
    return best, target


def recombine_pairs(bounded: Bounded) -> float:
    """Cut each pair of neighbouring areas anew where that lowers the objective; returns by how much it fell."""
    areas, gained = bounded.areas, 0.0
    for one in range(len(areas.members)):
        for other in list(areas.beside(one)):
            border = areas.beside(one).get(other)
            if other < one or border is None:
                continue
            cut = bounded.recombination(one, other)
            gain = cut.gain - areas.merge_cost(one, other, border) if cut is not None and not cut.fault else 0.0
            if cut is not None and gain > SMALLEST_GAIN:
                bounded.recombine(one, other, cut)
                gained += gain
    return gained


def dissolve_and_split(bounded: Bounded) -> float:
    """Carry areas from where they are of little use to where they help, as long as the objective falls."""
    gained = 0.0
    for _round in range(2 * len(bounded.areas.members)):
        best = _best_exchange(bounded)
        if best is None:
            break
        gain, one, other, third = best
        cut = bounded.split(third)
        assert cut is not None
        bounded.dissolve_and_split(one, other, third, cut)
        gained += gain
    return gained


def _best_exchange(bounded: Bounded) -> tuple[float, int, int, int] | None:
    areas = bounded.areas
    splits = [(cut.gain, area) for area in range(len(areas.members)) if (cut := bounded.split(area)) and not cut.fault]
    splits.sort(key=lambda item: (-item[0], item[1]))
    best: tuple[float, int, int, int] | None = None
    for one in range(len(areas.members)):
        for other, border in areas.beside(one).items():
            if other < one or areas.population[one] + areas.population[other] > bounded.high:
                continue
            gain, third = next(((g, area) for g, area in splits if area not in (one, other)), (0.0, -1))
            gain -= areas.merge_cost(one, other, border)
            if third >= 0 and gain > SMALLEST_GAIN and (best is None or gain > best[0]):
                best = (gain, one, other, third)
    return best


def explore(bounded: Bounded, random: np.random.Generator, tries: int) -> float:
    """Leave local optima: cut a pair anew along a blurred tree, let moves settle, keep what is better.

    tries : number of proposals, so that the result never depends on time. Returns by how much the objective fell.
    """
    areas, gained = bounded.areas, 0.0
    for _try in range(tries if len(areas.members) > 1 else 0):
        one = int(random.integers(len(areas.members)))
        near = areas.beside(one)
        if not near:
            continue
        other = list(near)[int(random.integers(len(near)))]
        cut = bounded.recombination(one, other, random)
        if cut is None or cut.fault:
            continue
        before = list(areas.label)
        change = cut.gain - areas.merge_cost(one, other, near[other])
        bounded.recombine(one, other, cut)
        change += descend(areas, bounded.low, bounded.high)
        if change > SMALLEST_GAIN:
            gained += change
            bounded.forget_all()
        else:
            _restore(areas, before)
    return gained


def _restore(areas: Areas, label: list[int]) -> None:
    """Bring back earlier labels and the exact sums of the areas that differ."""
    for area in sorted({area for unit, area in enumerate(label) if areas.label[unit] != area}):
        areas.relabel({unit for unit, before in enumerate(label) if before == area}, area)
