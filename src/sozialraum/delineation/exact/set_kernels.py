"""Compiled loops over connected sets of units, kept as bit masks of 63 bits per word."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit

BITS = 63  # per word: the sign of an int64 stays free, so that no step can overflow
FULL, TOO_MANY = 0, 1


@njit(cache=True)
def list_sets(
    starts, near, near_costs, near_masks, persons, mass, sums, squares, fixed, groups, group_first, group_sizes,
    low, high, scale, most_sets, most_steps, masks, costs,
):  # fmt: skip
    """List every connected set within [low, high] once; returns (status, sets, steps).

    A set grows from its smallest unit by larger neighbours only; a neighbour once passed over is barred from all
    later growth of the same set. With empty `masks` the sets are only counted.
    """
    units, words, width = len(persons), near_masks.shape[1], sums.shape[1]
    inside = np.zeros((units + 1, words), dtype=np.int64)
    open_to = np.zeros((units + 1, words), dtype=np.int64)
    barred = np.zeros((units + 1, words), dtype=np.int64)
    people, weight = np.zeros(units + 1), np.zeros(units + 1)
    square, extra = np.zeros(units + 1), np.zeros(units + 1)
    total = np.zeros((units + 1, width))
    group = np.full(units + 1, -1, dtype=np.int64)
    members = np.zeros(units + 1, dtype=np.int64)
    place = _places()
    store = len(costs) > 0
    found = 0
    steps = 0
    for root in range(units):
        if persons[root] > high or (groups[root] >= 0 and group_first[groups[root]] < root):
            continue
        top = 0
        for word in range(words):
            inside[0, word] = 0
            barred[0, word] = 0
        for unit in range(root + 1):
            barred[0, unit // BITS] |= np.int64(1) << (unit % BITS)
        inside[0, root // BITS] = np.int64(1) << (root % BITS)
        for word in range(words):
            open_to[0, word] = near_masks[root, word] & ~barred[0, word]
        people[0], weight[0], square[0], extra[0] = persons[root], mass[root], squares[root], fixed[root]
        for edge in range(starts[root], starts[root + 1]):
            extra[0] += 0.5 * near_costs[edge]
        for column in range(width):
            total[0, column] = sums[root, column]
        group[0], members[0] = groups[root], 1
        fresh = True
        while top >= 0:
            if fresh:
                fresh = False
                steps += 1
                if steps > most_steps:
                    return TOO_MANY, found, steps
                complete = group[top] < 0 or members[top] == group_sizes[group[top]]
                if complete and people[top] >= low:
                    if found >= most_sets:
                        return TOO_MANY, found, steps
                    if store:
                        length = 0.0
                        for column in range(width):
                            length += total[top, column] * total[top, column]
                        spread = square[top] - length / weight[top] if weight[top] > 0 else 0.0
                        costs[found] = scale * max(0.0, spread) + extra[top]
                        for word in range(words):
                            masks[found, word] = inside[top, word]
                    found += 1
            unit = -1
            for word in range(words):
                if open_to[top, word] != 0:
                    bit = open_to[top, word] & -open_to[top, word]
                    unit = word * BITS + place[bit % 67]
                    open_to[top, word] ^= bit
                    barred[top, word] |= bit
                    break
            if unit < 0:
                top -= 1
                continue
            if people[top] + persons[unit] > high:
                continue
            own = groups[unit]
            if own >= 0 and ((group[top] >= 0 and group[top] != own) or group_first[own] < root):
                continue
            up = top + 1
            for word in range(words):
                inside[up, word] = inside[top, word]
                barred[up, word] = barred[top, word]
            inside[up, unit // BITS] |= np.int64(1) << (unit % BITS)
            for word in range(words):
                open_to[up, word] = (open_to[top, word] | near_masks[unit, word]) & ~barred[up, word]
            people[up] = people[top] + persons[unit]
            group[up] = own if own >= 0 else group[top]
            members[up] = members[top] + (1 if own >= 0 else 0) if group[top] >= 0 else 1
            if store:
                weight[up], square[up] = weight[top] + mass[unit], square[top] + squares[unit]
                extra[up] = extra[top] + fixed[unit]
                for edge in range(starts[unit], starts[unit + 1]):
                    other = near[edge]
                    joined = (inside[top, other // BITS] >> (other % BITS)) & 1
                    extra[up] += -0.5 * near_costs[edge] if joined else 0.5 * near_costs[edge]
                for column in range(width):
                    total[up, column] = total[top, column] + sums[unit, column]
            top = up
            fresh = True
    return FULL, found, steps


@njit(cache=True)
def _places():
    """Which bit is set, looked up by the remainder modulo 67 (different for every power of two below 2^66)."""
    place = np.zeros(67, dtype=np.int64)
    for bit in range(BITS):
        place[(np.int64(1) << bit) % 67] = bit
    return place


@njit(cache=True)
def byte_tables(values, words):
    """Sums of `values` for each of the 256 contents of each byte of a mask, float64 (8 * words, 256)."""
    tables = np.zeros((8 * words, 256))
    for row in range(8 * words):
        for bit in range(8):
            inner = (row % 8) * 8 + bit
            unit = (row // 8) * BITS + inner
            if inner >= BITS or unit >= len(values):
                continue
            for content in range(256):
                if (content >> bit) & 1:
                    tables[row, content] += values[unit]
    return tables


@njit(cache=True)
def mask_sum(masks, row, table):
    """Sum of a value over the members of one set."""
    total = 0.0
    for word in range(masks.shape[1]):
        rest = masks[row, word]
        for byte in range(8):
            total += table[8 * word + byte, rest & 255]
            rest >>= 8
    return total


@njit(cache=True)
def price(masks, costs, table, kept_tables, kept_prices, constant, reduced, per_unit, units):
    """Reduced cost of every set (best old number chosen) into `reduced`; returns its least value and candidates.

    The candidates are the `per_unit` cheapest sets with negative reduced cost of every unit, int64 (units, per_unit).
    """
    best = np.full((units, per_unit), -1e-9)
    chosen = np.full((units, per_unit), -1, dtype=np.int64)
    place = _places()
    least = np.inf
    for row in range(len(costs)):
        value = costs[row] - constant - mask_sum(masks, row, table)
        cheapest = 0.0
        for old in range(len(kept_prices)):
            cheapest = min(cheapest, -kept_prices[old] - mask_sum(masks, row, kept_tables[old]))
        value += cheapest
        reduced[row] = value
        least = min(least, value)
        if value < -1e-9:
            _offer(masks, row, value, best, chosen, place)
    return least, chosen


@njit(cache=True)
def _offer(masks, row, value, best, chosen, place):
    """Put a set into the lists of its members where it is among the cheapest."""
    deep = best.shape[1]
    for word in range(masks.shape[1]):
        rest = masks[row, word]
        while rest != 0:
            bit = rest & -rest
            rest ^= bit
            unit = word * BITS + place[bit % 67]
            if value >= best[unit, deep - 1]:
                continue
            slot = deep - 1
            while slot > 0 and value < best[unit, slot - 1]:
                best[unit, slot], chosen[unit, slot] = best[unit, slot - 1], chosen[unit, slot - 1]
                slot -= 1
            best[unit, slot], chosen[unit, slot] = value, row
