"""Boundary moves that cool down: single units change to a neighbouring area."""

from __future__ import annotations

import numpy as np

from sozialraum.delineation.kernels.areas import change, fault, faults, move, objective, recount, stays_connected
from sozialraum.delineation.kernels.chance import TABLE, below
from sozialraum.delineation.kernels.compiling import compiled

INFINITE = float("inf")
WINDOW = 4096  # entries of `near` visited together, so that they stay in the processor's cache
STEPS_TO_MEET = 48  # of the search for contiguity while hot; longer detours count as torn


@compiled
def anneal(graph, areas, low, high, heat, cooling, levels, tries, price, stiffen, room):  # type: ignore[no-untyped-def]
    """Try `tries` moves at each of `levels` temperatures, each `cooling` times the one before.

    Bounds are soft while it is hot: a person out of bounds costs `price`, at each level `stiffen` times as much.
    room.best receives the best labels that keep the bounds. Returns (their objective or infinity, moves).
    """
    ends, state, table, seen = room.ends, room.state, room.table, room.seen
    found = INFINITE
    moves = 0
    stamp = 1
    seen[:] = 0
    temperature = heat
    recount(graph, areas, -1)
    for _level in range(levels):
        for begin in range(0, len(ends), WINDOW):
            width = min(WINDOW, len(ends) - begin)
            part = tries * (begin + width) // len(ends) - tries * begin // len(ends)
            for _try in range(part):
                e = begin + below(state, width)
                i, b = ends[e], areas.label[graph.near[e]]
                a = areas.label[i]
                if a == b or graph.lock[i] >= 0 or areas.units[a] == 1:
                    continue
                p = graph.person[i]
                out = fault(areas.person[a] - p, low, high) + fault(areas.person[b] + p, low, high)
                out -= fault(areas.person[a], low, high) + fault(areas.person[b], low, high)
                worse = change(graph, areas, i, b) + price * out
                if worse > 0.0 and worse > temperature * table[below(state, TABLE)]:
                    continue
                stamp += 2
                if stays_connected(graph, areas.label, i, seen, room.queue, stamp, STEPS_TO_MEET):
                    move(graph, areas, i, b)
                    moves += 1
        recount(graph, areas, -1)
        if faults(areas, low, high) == 0.0:
            worth = objective(graph, areas)
            if worth < found:
                found = worth
                room.best[:] = areas.label
        temperature *= cooling
        price *= stiffen
    return found, moves


@compiled
def descend(graph, areas, low, high, sweeps, room):  # type: ignore[no-untyped-def]
    """Move units to the neighbouring area that lowers the objective most, within bounds, until none is left.

    Units in an order drawn anew for each sweep. Areas already out of bounds may only come nearer. Returns moves.
    """
    n = len(areas.label)
    seen, order = room.seen, np.arange(n)
    moves = 0
    stamp = 1
    seen[:] = 0
    recount(graph, areas, -1)
    for _sweep in range(sweeps):
        before = moves
        for place in range(n - 1, 0, -1):
            other = below(room.state, place + 1)
            order[place], order[other] = order[other], order[place]
        for place in range(n):
            i = order[place]
            a = areas.label[i]
            if graph.lock[i] >= 0 or areas.units[a] == 1:
                continue
            b = best_neighbour(graph, areas, i, low, high)
            if b < 0:
                continue
            stamp += 2
            if stays_connected(graph, areas.label, i, seen, room.queue, stamp, n):
                move(graph, areas, i, b)
                moves += 1
        recount(graph, areas, -1)
        if moves == before:
            break
    return moves


@compiled
def best_neighbour(graph, areas, i, low, high):  # type: ignore[no-untyped-def]
    """The neighbouring area that lowers the objective most when unit i joins it, -1 when none does."""
    a = areas.label[i]
    p = graph.person[i]
    now = fault(areas.person[a], low, high)
    best, least = -1, -1e-10
    for e in range(graph.first[i], graph.first[i + 1]):
        b = areas.label[graph.near[e]]
        if b in (a, best):
            continue
        out = fault(areas.person[a] - p, low, high) + fault(areas.person[b] + p, low, high)
        if out > now + fault(areas.person[b], low, high):
            continue
        less = change(graph, areas, i, b)
        if less < least:
            best, least = b, less
    return best


@compiled
def settle_empty(graph, areas, sweeps, room):  # type: ignore[no-untyped-def]
    """Give uninhabited units that cost nothing anywhere to the area most of their neighbours belong to."""
    n = len(areas.label)
    room.seen[:] = 0
    stamp = 1
    for _sweep in range(sweeps):
        moves = 0
        for i in range(n):
            a = areas.label[i]
            if graph.weight[i] > 0.0 or graph.person[i] > 0.0 or graph.lock[i] >= 0 or areas.units[a] == 1:
                continue
            b = commonest(graph, areas.label, i)
            if b == a or change(graph, areas, i, b) > 0.0:
                continue
            stamp += 2
            if stays_connected(graph, areas.label, i, room.seen, room.queue, stamp, n):
                move(graph, areas, i, b)
                moves += 1
        if moves == 0:
            return


@compiled
def commonest(graph, label, i):  # type: ignore[no-untyped-def]
    """The area most neighbours of unit i belong to; its own at a tie."""
    best, most = label[i], -1
    for turn in range(2):
        for e in range(graph.first[i], graph.first[i + 1]):
            b = label[graph.near[e]]
            if (turn == 0) != (b == label[i]):
                continue
            number = 0
            for other in range(graph.first[i], graph.first[i + 1]):
                number += 1 if label[graph.near[other]] == b else 0
            if number > most:
                best, most = b, number
    return best
