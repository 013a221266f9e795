"""Compiled search for the best cut of two neighbouring areas; masks of up to 63 units in one int64.

Calls no kernel of another file: the compiler's cache only notices changes of the file itself.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def best_cut(
    starts, near, near_costs, near_masks, persons, mass, sums, squares, first_price, second_price, root, forced_in,
    forced_out, low, high, scale, to_beat, most_steps,
):  # fmt: skip
    """Best cut of m units in two connected sides within [low, high]; returns (mask, value, steps, finished).

    The side of `root` grows by one neighbouring unit at a time, which is either taken in or barred. A branch ends
    when the barred units no longer hang together outside, when a side cannot keep its bounds, or when its lower
    bound reaches `to_beat`. Bound: joining a set G to a side of weight W raises its spread by at least
    W / (W + W_G) x sum of w_i |x_i - mean|^2, so every free unit adds the smaller of its two shares.
    first_price, second_price : (m,), cost of a unit on the side of root and on the other (price of change).
    mask : -1 when nothing cheaper than `to_beat` was found.
    """
    units, width = len(persons), sums.shape[1]
    everything = (np.int64(1) << units) - 1 if units < 63 else np.int64(9223372036854775807)
    depth = 2 * units + 4
    taken = np.zeros(depth, dtype=np.int64)
    barred = np.zeros(depth, dtype=np.int64)
    total = np.zeros((depth, 2, width))
    facts = np.zeros((depth, 2, 3))  # persons, weight, squares of either side
    fixed = np.zeros(depth)
    all_persons, all_mass, negative = persons.sum(), mass.sum(), 0.0
    for edge in range(len(near_costs)):
        negative += 0.5 * min(0.0, near_costs[edge])
    place = bit_places()
    taken[0] = np.int64(1) << root
    _join(total, facts, 0, 0, root, persons, mass, sums, squares)
    fixed[0] = first_price[root]
    for unit in range(units):
        if (forced_out >> unit) & 1:
            fixed[0] += second_price[unit] + _cut_to(taken[0], unit, starts, near, near_costs)
            barred[0] |= np.int64(1) << unit
            _join(total, facts, 0, 1, unit, persons, mass, sums, squares)
    best, value, steps, top = np.int64(-1), to_beat, 0, 0
    while top >= 0:
        steps += 1
        if steps > most_steps:
            return best, value, steps, False
        inside, outside = taken[top], barred[top]
        if facts[top, 0, 0] > high or facts[top, 1, 0] > high or all_persons - facts[top, 1, 0] < low:
            top -= 1
            continue
        rest = everything & ~inside
        if rest == 0 or all_persons - facts[top, 0, 0] < low or not _together(outside, rest, near_masks, place):
            top -= 1
            continue
        frontier = _around(inside, near_masks, place) & rest & ~outside
        if frontier == 0:
            if (
                forced_in & rest == 0
                and facts[top, 0, 0] >= low
                and all_persons - facts[top, 0, 0] <= high
                and _together(rest, rest, near_masks, place)
            ):
                reached = _value(
                    inside, starts, near, near_costs, mass, sums, squares, first_price, second_price, scale
                )
                if reached < value:
                    best, value = inside, reached
            top -= 1
            continue
        least, unit, prefer_in = _bound(
            inside, outside, frontier, total[top], facts[top], fixed[top], negative, all_mass, starts, near, near_costs,
            mass, sums, squares, first_price, second_price, scale,
        )  # fmt: skip
        if least >= value:
            top -= 1
            continue
        bit = np.int64(1) << unit
        must = (forced_in >> unit) & 1
        slot_in, slot_out = top, top + 1
        if prefer_in and not must:
            slot_in, slot_out = top + 1, top
        in_fixed = fixed[top] + first_price[unit] + _cut_to(outside, unit, starts, near, near_costs)
        out_fixed = fixed[top] + second_price[unit] + _cut_to(inside, unit, starts, near, near_costs)
        total[top + 1] = total[top]
        facts[top + 1] = facts[top]
        taken[slot_in], barred[slot_in], fixed[slot_in] = inside | bit, outside, in_fixed
        _join(total, facts, slot_in, 0, unit, persons, mass, sums, squares)
        if must:
            continue
        taken[slot_out], barred[slot_out], fixed[slot_out] = inside, outside | bit, out_fixed
        _join(total, facts, slot_out, 1, unit, persons, mass, sums, squares)
        top += 1
    return best, value, steps, True


@njit(cache=True)
def bit_places():
    """Which bit is set, looked up by the remainder modulo 67 (different for every power of two below 2^66)."""
    place = np.zeros(67, dtype=np.int64)
    for bit in range(63):
        place[(np.int64(1) << bit) % 67] = bit
    return place


@njit(cache=True)
def _join(total, facts, slot, side, unit, persons, mass, sums, squares):
    facts[slot, side, 0] += persons[unit]
    facts[slot, side, 1] += mass[unit]
    facts[slot, side, 2] += squares[unit]
    for column in range(sums.shape[1]):
        total[slot, side, column] += sums[unit, column]


@njit(cache=True)
def _length(total, side):
    """Squared length of a row, summed from left to right with and without the compiler."""
    length = 0.0
    for column in range(total.shape[1]):
        length += total[side, column] * total[side, column]
    return length


@njit(cache=True)
def _cut_to(mask, unit, starts, near, near_costs):
    """Cost of the edges between a unit and the members of a mask."""
    cost = 0.0
    for edge in range(starts[unit], starts[unit + 1]):
        if (mask >> near[edge]) & 1:
            cost += near_costs[edge]
    return cost


@njit(cache=True)
def _around(mask, near_masks, place):
    """All neighbours of the members of a mask."""
    reach = np.int64(0)
    while mask != 0:
        bit = mask & -mask
        mask ^= bit
        reach |= near_masks[place[bit % 67]]
    return reach


@njit(cache=True)
def _together(some, allowed, near_masks, place):
    """Whether `some` (part of `allowed`) lies in one connected part of `allowed`; True when it is empty."""
    if some == 0:
        return True
    reached = some & -some
    front = reached
    while front != 0:
        if some & ~reached == 0:
            return True
        bit = front & -front
        fresh = near_masks[place[bit % 67]] & allowed & ~reached
        reached |= fresh
        front = (front ^ bit) | fresh
    return some & ~reached == 0


@njit(cache=True)
def _bound(
    inside, outside, frontier, total, facts, fixed, negative, all_mass, starts, near, near_costs, mass, sums, squares,
    first_price, second_price, scale,
):  # fmt: skip
    """Lower bound of a branch; the frontier unit that decides most; whether it rather belongs inside."""
    units, width = len(mass), sums.shape[1]
    first, second = facts[0, 1], facts[1, 1]
    least = fixed + negative
    share, other_share = 0.0, 0.0
    if first > 0:
        least += scale * max(0.0, facts[0, 2] - _length(total, 0) / first)
        share = scale * first / (all_mass - second)
    if second > 0:
        least += scale * max(0.0, facts[1, 2] - _length(total, 1) / second)
        other_share = scale * second / (all_mass - first)
    decided = inside | outside
    unit, prefer_in, widest = -1, True, -1.0
    for free in range(units):
        if (decided >> free) & 1:
            continue
        taken_in, barred_out = first_price[free], second_price[free]
        for edge in range(starts[free], starts[free + 1]):
            if (inside >> near[edge]) & 1:
                barred_out += max(0.0, near_costs[edge])
            elif (outside >> near[edge]) & 1:
                taken_in += max(0.0, near_costs[edge])
        if mass[free] > 0:
            if first > 0:
                away = 0.0
                for column in range(width):
                    gap = sums[free, column] / mass[free] - total[0, column] / first
                    away += gap * gap
                taken_in += share * mass[free] * away
            if second > 0:
                away = 0.0
                for column in range(width):
                    gap = sums[free, column] / mass[free] - total[1, column] / second
                    away += gap * gap
                barred_out += other_share * mass[free] * away
        least += min(taken_in, barred_out)
        # the first one counts whatever its figures: weights far apart can round to figures that are no numbers
        if (frontier >> free) & 1 and (unit < 0 or abs(taken_in - barred_out) > widest):
            unit, prefer_in, widest = free, taken_in <= barred_out, abs(taken_in - barred_out)
    return least, unit, prefer_in


@njit(cache=True)
def _value(mask, starts, near, near_costs, mass, sums, squares, first_price, second_price, scale):
    """Spread of both sides in percent of the whole, cost of the edges between them, price of change."""
    width = sums.shape[1]
    total = np.zeros((2, width))
    weight, square = np.zeros(2), np.zeros(2)
    cost = 0.0
    for unit in range(len(mass)):
        side = 0 if (mask >> unit) & 1 else 1
        weight[side] += mass[unit]
        square[side] += squares[unit]
        cost += first_price[unit] if side == 0 else second_price[unit]
        for column in range(width):
            total[side, column] += sums[unit, column]
        if side == 0:
            cost += _cut_to(~mask, unit, starts, near, near_costs)
    for side in range(2):
        if weight[side] > 0:
            cost += scale * max(0.0, square[side] - _length(total, side) / weight[side])
    return cost


@njit(cache=True)
def cut_value(mask, starts, near, near_costs, mass, sums, squares, first_price, second_price, scale):
    """The value of a given cut, as `best_cut` counts it."""
    return _value(mask, starts, near, near_costs, mass, sums, squares, first_price, second_price, scale)
