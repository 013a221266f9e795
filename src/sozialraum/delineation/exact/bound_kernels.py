"""Compiled loops over all pairs of blocks for the lower bound."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def without_empty(borders, empty):
    """Remove blocks without weight from a symmetric matrix of border costs (in place), cheapest placement assumed.

    An empty block may lie partly here, partly there, at the least cost: neighbours i, j of it then have the border
    c_i c_j / (sum of c) in common. No placement in whole areas costs less.
    """
    size = len(borders)
    near = np.empty(size, dtype=np.int64)
    for gone in range(size):
        if not empty[gone]:
            continue
        count, total = 0, 0.0
        for other in range(size):
            if borders[gone, other] > 0:
                near[count] = other
                count += 1
                total += borders[gone, other]
        for one in range(count):
            for two in range(one):
                i, j = near[one], near[two]
                borders[i, j] += borders[gone, i] * borders[gone, j] / total
                borders[j, i] = borders[i, j]
        for one in range(count):
            borders[near[one], gone] = 0.0
        for one in range(count):
            borders[gone, near[one]] = 0.0


@njit(cache=True)
def pair_costs(points, mass, borders, smallest, never, scale):
    """Cost of two blocks sharing an area, per share of that area; `borders` is overwritten with it (n, n).

    never : (n,) numbers; blocks of different numbers >= 0 can never share an area.
    """
    size, width = points.shape
    for i in range(size):
        for j in range(i):
            if never[i] >= 0 and never[j] >= 0 and never[i] != never[j]:
                borders[i, j] = np.inf
                continue
            away = 0.0
            for column in range(width):
                gap = points[i, column] - points[j, column]
                away += gap * gap
            borders[i, j] = scale * mass[i] * mass[j] * away - smallest * borders[i, j]


@njit(cache=True)
def own_costs(prices, mass, costs, base, own):
    """Coefficient of 1 / (weight of the area) of every block when all worthwhile pairs share fully; into `own`."""
    size = len(mass)
    for i in range(size):
        own[i] = base[i] - mass[i] * mass[i] * prices[i]
    for i in range(size):
        for j in range(i):
            gain = costs[i, j] - mass[i] * mass[j] * (prices[i] + prices[j])
            if gain < 0.0:
                own[i] += 0.5 * gain
                own[j] += 0.5 * gain


@njit(cache=True)
def lacking(prices, mass, costs, shares, lack):
    """How far every block is from sharing its area with exactly all of it; into `lack` (the slope of the bound)."""
    size = len(mass)
    for i in range(size):
        lack[i] = 1.0 - mass[i] * shares[i]
    for i in range(size):
        for j in range(i):
            if costs[i, j] - mass[i] * mass[j] * (prices[i] + prices[j]) < 0.0:
                half = 0.5 * (shares[i] + shares[j])
                lack[i] -= mass[j] * half
                lack[j] -= mass[i] * half


@njit(cache=True)
def cheapest_shares(own, mass, order, fewest, areas, least, most, shares):
    """Shares within [least, most] whose mass is `fewest` to `areas`, at the least cost; into `shares`."""
    used = 0.0
    for i in range(len(mass)):
        shares[i] = least
        used += least * mass[i]
    for place in range(len(order)):
        i = order[place]
        limit = areas if own[i] < 0.0 else fewest
        if used >= limit:
            break
        more = min(most - least, (limit - used) / mass[i])
        shares[i] += more
        used += more * mass[i]
