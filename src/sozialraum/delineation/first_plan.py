"""The first areas of a search: from a start plan, or by merging similar neighbours; always the right number."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from sozialraum.blocks import pieces
from sozialraum.delineation.joining import glue_of
from sozialraum.delineation.kernels.areas import fault, recount
from sozialraum.delineation.kernels.records import Areas, Graph, Room, make_areas, make_room
from sozialraum.delineation.kernels.reshape import heads_and_stays, merge_rise, neighbouring_pairs
from sozialraum.delineation.kernels.tree import best_cut, take_side
from sozialraum.delineation.kernels.ward import bounded_ward
from sozialraum.delineation.problem import NoPlanFound, Problem
from sozialraum.delineation.rules import keeps_shape


def first_areas(
    problem: Problem, graph: Graph, low: float, high: float, state: np.ndarray, table: np.ndarray
) -> tuple[np.ndarray, int]:
    """Labels of exactly `problem.areas` connected areas that keep the locks; their sizes may be out of bounds.

    A start plan is kept where its areas are connected and keep the locks, else its pieces are joined anew.
    """
    if problem.start is not None and keeps_shape(problem, problem.start):
        return np.unique(problem.start, return_inverse=True)[1].astype(np.int64), problem.areas
    glue = _pieces_of_start(problem) if problem.start is not None else glue_of(problem)
    label, number = bounded_ward(graph, glue, problem.areas, high)
    if number == problem.areas:
        return label, number
    areas = make_areas(graph, label, number)
    recount(graph, areas, -1)
    room = make_room(graph, max(number, problem.areas), state, table)
    label = merged_down(graph, areas, room, problem.areas, low, high)
    if int(label.max()) >= problem.areas:  # parts or locked groups that nothing joins; kernels must not see more areas
        raise NoPlanFound(np.asarray(label), (), ())
    if number < problem.areas:
        label = split_up(graph, label, room, problem.areas, low, high)
    return label, problem.areas


def _pieces_of_start(problem: Problem) -> np.ndarray:
    """The connected pieces of the start plan, each cut where it would mix locked groups."""
    assert problem.start is not None
    own = problem.start.copy()
    joined = glue_of(problem)
    for area in np.unique(own):
        inside = own == area
        groups = np.unique(joined[inside & (joined >= 0)])
        if len(groups) > 1:  # free blocks stay together, every group becomes a piece of its own
            own[inside & (joined >= 0)] = -1
    own[joined >= 0] = np.where(_whole(problem, own, joined)[joined >= 0], own[joined >= 0], -1)
    keys = np.where(own >= 0, own, own.max(initial=0) + 1 + np.where(joined >= 0, joined, np.arange(len(own))))
    same = keys[problem.edges[:, 0]] == keys[problem.edges[:, 1]]
    return pieces(len(own), problem.edges[same])


def _whole(problem: Problem, own: np.ndarray, joined: np.ndarray) -> np.ndarray:
    """For each block whether its locked group lies in one area of the start plan."""
    whole = np.ones(len(own), dtype=bool)
    for group in np.unique(joined[joined >= 0]):
        inside = joined == group
        whole[inside] = len(np.unique(own[inside])) == 1
    return whole


def merged_down(graph: Graph, areas: Areas, room: Room, number: int, low: float, high: float) -> np.ndarray:
    """Merge the pairs that put fewest persons out of bounds, then the most similar, until `number` are left."""
    label, left = areas.label, len(areas.units)
    while left > number:
        heads_and_stays(graph, areas, room)
        one, other, cost = neighbouring_pairs(graph, areas)
        options = [
            (fault(areas.person[a] + areas.person[b], 0.0, high), merge_rise(areas, room.stays, a, b, c), a, b)
            for a, b, c in zip(one.tolist(), other.tolist(), cost.tolist(), strict=True)
            if areas.lock[a] < 0 or areas.lock[b] < 0 or areas.lock[a] == areas.lock[b]
        ]
        if not options:
            break
        _out, _rise, into, gone = min(options)
        left -= 1
        label[label == gone] = into
        label[label == left] = gone if gone != left else left
        areas = make_areas(graph, label, left)
        label = areas.label
        recount(graph, areas, -1)
    return label


def split_up(graph: Graph, label: np.ndarray, room: Room, number: int, low: float, high: float) -> np.ndarray:
    """Split the area where it puts fewest persons out of bounds, then gains most, until there are `number`."""
    areas = make_areas(graph, label, number)
    recount(graph, areas, -1)
    for new in range(int(label.max()) + 1, number):
        heads_and_stays(graph, areas, room)
        options = []
        for area in range(new):
            if areas.units[area] > 1:
                unit, out, fall, _swapped, _count = best_cut(graph, areas, area, area, low, high, 0.0, room)
                if unit >= 0:
                    options.append((out - fault(areas.person[area], low, high), -fall, area))
        if not options:
            break
        area = min(options)[2]
        unit, _out, _fall, _swapped, count = best_cut(graph, areas, area, new, low, high, 0.0, room)
        take_side(areas.label, unit, count, new, area, room)
        recount(graph, areas, -1)
    return areas.label


def homes_of(problem: Problem, graph: Graph, label: np.ndarray) -> Graph:
    """The graph with the start plan's areas under the numbers of the present ones, by most persons in common."""
    if problem.start is None or problem.change_cost == 0.0:
        return graph
    known = problem.start >= 0
    old, place = np.unique(problem.start[known], return_inverse=True)
    number = int(label.max()) + 1
    shared = np.zeros((number, len(old)))
    np.add.at(shared, (label[known], place), problem.population[known])
    rows, columns = linear_sum_assignment(shared, maximize=True)
    name = np.full(len(old), -1, dtype=np.int64)
    name[columns] = rows
    home = np.full(len(label), -1, dtype=np.int64)
    home[known] = name[place]
    return graph._replace(home=home, stay=np.where(home >= 0, problem.change_cost * problem.population, 0.0))
