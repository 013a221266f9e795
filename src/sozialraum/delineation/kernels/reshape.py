"""Moves of whole areas: recombine two neighbours, dissolve one area and split another.

They carry areas from one neighbourhood to another and areas into their bounds, which moves of single units cannot.
"""

from __future__ import annotations

import numpy as np

from sozialraum.delineation.kernels.areas import fault, objective, recount
from sozialraum.delineation.kernels.chance import TABLE, below
from sozialraum.delineation.kernels.compiling import compiled
from sozialraum.delineation.kernels.tree import best_cut, take_side

NOTHING = 1e-9  # persons or percent; a gain below is rounding


@compiled
def neighbouring_pairs(graph, areas):  # type: ignore[no-untyped-def]
    """All pairs of neighbouring areas, ascending: (one, other, cost of the edges between them)."""
    label, k = areas.label, len(areas.units)
    count = 0
    for i in range(len(label)):
        for e in range(graph.first[i], graph.first[i + 1]):
            if label[graph.near[e]] > label[i]:
                count += 1
    keys, costs = np.empty(count, np.int64), np.empty(count)
    count = 0
    for i in range(len(label)):
        for e in range(graph.first[i], graph.first[i + 1]):
            if label[graph.near[e]] > label[i]:
                keys[count] = label[i] * k + label[graph.near[e]]
                costs[count] = graph.cost[e]
                count += 1
    order = np.argsort(keys, kind="mergesort")
    one, other, cost = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count)
    found = 0
    for t in order:
        a, b = keys[t] // k, keys[t] % k
        if found == 0 or one[found - 1] != a or other[found - 1] != b:
            one[found], other[found], cost[found] = a, b, 0.0
            found += 1
        cost[found - 1] += costs[t]
    return one[:found], other[:found], cost[:found]


@compiled
def heads_and_stays(graph, areas, room):  # type: ignore[no-untyped-def]
    """The first unit of each area, and the price of all units that are at home in it."""
    heads, stays = room.heads, room.stays
    heads[:] = -1
    stays[:] = 0.0
    for i in range(len(areas.label) - 1, -1, -1):
        a = areas.label[i]
        heads[a] = i
        if graph.home[i] == a:
            stays[a] += graph.stay[i]


@compiled
def merge_rise(areas, stays, a, b, cost):  # type: ignore[no-untyped-def]
    """How much the objective rises when areas a and b become one."""
    total = min(stays[a], stays[b]) - cost
    p, q = areas.weight[a], areas.weight[b]
    if p > 0.0 and q > 0.0:
        gap = 0.0
        for j in range(areas.mean.shape[1]):
            difference = areas.mean[a, j] - areas.mean[b, j]
            gap += difference * difference
        total += p * q / (p + q) * gap
    return total


@compiled
def lock_free(areas, a, b):  # type: ignore[no-untyped-def]
    """Whether two areas may become one."""
    return areas.lock[a] < 0 or areas.lock[b] < 0 or areas.lock[a] == areas.lock[b]


@compiled
def recombine(graph, areas, a, b, cost, low, high, blur, heat, room):  # type: ignore[no-untyped-def]
    """Cut two neighbours anew where that brings persons into bounds or, at equal bounds, lowers the objective.

    heat : a rise of the objective up to heat x a waiting time is accepted too. Returns whether it was done.
    """
    unit, out, fall, swapped, count = best_cut(graph, areas, a, b, low, high, blur, room)
    if unit < 0 or count < areas.units[a] + areas.units[b]:
        return False
    now = fault(areas.person[a], low, high) + fault(areas.person[b], low, high)
    # both gains are measured against one undivided area called a
    present = merge_rise(areas, room.stays, a, b, cost)
    present += room.stays[b] - min(room.stays[a], room.stays[b])
    present -= moved_stay(graph, areas, a, b)
    bar = present + NOTHING
    if heat > 0.0:
        bar = present - heat * room.table[below(room.state, TABLE)]
    if out > now + NOTHING or (out > now - NOTHING and fall <= bar):
        return False
    inside, outside = (b, a) if swapped else (a, b)
    take_side(areas.label, unit, count, inside, outside, room)
    recount_two(graph, areas, room.order, count, a, b)
    return True


@compiled
def moved_stay(graph, areas, a, b):  # type: ignore[no-untyped-def]
    """Price of the units that are at home in a but now in b."""
    total = 0.0
    for i in range(len(areas.label)):
        if areas.label[i] == b and graph.home[i] == a:
            total += graph.stay[i]
    return total


@compiled
def recount_two(graph, areas, order, count, a, b):  # type: ignore[no-untyped-def]
    """Sums of areas a and b, whose units are the first `count` of `order`."""
    for c in (a, b):
        areas.units[c] = 0
        areas.person[c] = 0.0
        areas.weight[c] = 0.0
        areas.lock[c] = -1
        areas.mean[c, :] = 0.0
    for t in range(count):
        i = order[t]
        c = areas.label[i]
        areas.units[c] += 1
        areas.person[c] += graph.person[i]
        areas.weight[c] += graph.weight[i]
        if graph.lock[i] >= 0:
            areas.lock[c] = graph.lock[i]
        for j in range(areas.mean.shape[1]):
            areas.mean[c, j] += graph.weight[i] * graph.value[i, j]
    for c in (a, b):
        if areas.weight[c] > 0.0:
            for j in range(areas.mean.shape[1]):
                areas.mean[c, j] /= areas.weight[c]


@compiled
def recombine_all(graph, areas, low, high, blur, heat, room):  # type: ignore[no-untyped-def]
    """Try once to cut every pair of neighbouring areas anew. Returns how many were."""
    one, other, cost = neighbouring_pairs(graph, areas)
    done = 0
    fresh = np.ones(len(areas.units), np.bool_)
    heads_and_stays(graph, areas, room)
    for t in range(len(one)):
        a, b = one[t], other[t]
        if not (fresh[a] and fresh[b]):
            continue  # the cost between them is no longer known
        if recombine(graph, areas, a, b, cost[t], low, high, blur, heat, room):
            fresh[a] = fresh[b] = False
            done += 1
    return done


@compiled
def split_gains(graph, areas, low, high, room, known, unit, out, fall):  # type: ignore[no-untyped-def]
    """The best split of every area that is not `known` yet."""
    for c in range(len(areas.units)):
        if known[c]:
            continue
        unit[c] = -1
        if areas.units[c] > 1:
            unit[c], out[c], fall[c], _swapped, count = best_cut(graph, areas, c, c, low, high, 0.0, room)
            if count < areas.units[c]:
                unit[c] = -1
        known[c] = True


@compiled
def dissolve_and_split(graph, areas, low, high, steps, room):  # type: ignore[no-untyped-def]
    """Merge the cheapest two areas and split the one that gains most, as long as persons out of bounds or the
    objective fall. Returns the steps done.
    """
    k = len(areas.units)
    known = np.zeros(k, np.bool_)
    unit, out, fall = np.full(k, -1), np.zeros(k), np.zeros(k)
    value = objective(graph, areas)
    for step in range(steps):
        heads_and_stays(graph, areas, room)
        split_gains(graph, areas, low, high, room, known, unit, out, fall)
        one, other, cost = neighbouring_pairs(graph, areas)
        a, b, c, fewer = best_exchange(areas, low, high, room.stays, one, other, cost, unit, out, fall)
        if a < 0:
            return step
        room.before[:] = areas.label
        exchange(graph, areas, a, b, c, low, high, 0.0, room)
        worth = objective(graph, areas)
        if fewer > -NOTHING and worth >= value - NOTHING:
            areas.label[:] = room.before
            recount(graph, areas, -1)
            return step
        value = worth
        known[a] = known[b] = known[c] = False
    return steps


@compiled
def best_exchange(areas, low, high, stays, one, other, cost, unit, out, fall):  # type: ignore[no-untyped-def]
    """The pair to merge and the area to split: fewest persons out of bounds, then the lowest objective.

    Returns (one, other, split, change of persons out of bounds); one is -1 when nothing gets better.
    """
    best_a, best_b, best_c, fewer, lower = -1, -1, -1, 0.0, 0.0
    for t in range(len(one)):
        a, b = one[t], other[t]
        if not lock_free(areas, a, b):
            continue
        joined = fault(areas.person[a] + areas.person[b], low, high)
        joined -= fault(areas.person[a], low, high) + fault(areas.person[b], low, high)
        rise = merge_rise(areas, stays, a, b, cost[t])
        for c in range(len(areas.units)):
            if c in (a, b) or unit[c] < 0:
                continue
            persons = joined + out[c] - fault(areas.person[c], low, high)
            if persons > fewer + NOTHING:
                continue
            worth = rise - fall[c]
            if persons < fewer - NOTHING or worth < lower - NOTHING:
                best_a, best_b, best_c, fewer, lower = a, b, c, persons, worth
    return best_a, best_b, best_c, fewer


@compiled
def exchange(graph, areas, a, b, c, low, high, blur, room):  # type: ignore[no-untyped-def]
    """Merge a and b; the number that keeps fewer persons at home goes to one side of area c."""
    into, gone = (a, b) if room.stays[a] >= room.stays[b] else (b, a)
    for i in range(len(areas.label)):
        if areas.label[i] == gone:
            areas.label[i] = into
    recount(graph, areas, -1)
    unit, _out, _fall, swapped, count = best_cut(graph, areas, c, gone, low, high, blur, room)
    if unit >= 0:
        inside, outside = (gone, c) if swapped else (c, gone)
        take_side(areas.label, unit, count, inside, outside, room)
    recount(graph, areas, -1)


@compiled
def exchange_by_chance(graph, areas, low, high, blur, room):  # type: ignore[no-untyped-def]
    """Merge a pair of neighbours drawn by chance and split another area, drawn too; bounds may be left.

    Returns False where there is nothing to merge or to split.
    """
    one, other, _cost = neighbouring_pairs(graph, areas)
    if len(one) == 0 or len(areas.units) < 3:
        return False
    t = below(room.state, len(one))
    a, b = one[t], other[t]
    c = below(room.state, len(areas.units))
    if c in (a, b) or areas.units[c] < 2 or not lock_free(areas, a, b):
        return False
    heads_and_stays(graph, areas, room)
    exchange(graph, areas, a, b, c, low, high, blur, room)
    return areas.units[a] > 0 and areas.units[b] > 0
