"""The laws by which intervals flow: sums, differences, weights, shares, rates, averages.

All functions take and give lower and upper ends as arrays (numbers broadcast), NaN where there is no
number, inf where there is no bound. Every result holds the true value whenever the operands hold
theirs; where it says so, both ends are reached. Status goes beside them (`base.value.weakest`).
Sources: Moore, Kearfott and Cloud 2009 (chapters 2 and 5); DISCLOSURE, how intervals flow.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Span = tuple[Floats, Floats]


def _span(low: ArrayLike, high: ArrayLike) -> Span:
    return np.asarray(low, float), np.asarray(high, float)


def added(low: ArrayLike, high: ArrayLike, axis: int = 0) -> Span:
    """Sum along an axis: the ends add. A part without number leaves none."""
    bottom, top = _span(low, high)
    return bottom.sum(axis=axis), top.sum(axis=axis)


def rest_of(whole: tuple[ArrayLike, ArrayLike], part: tuple[ArrayLike, ArrayLike]) -> Span:
    """What the whole holds besides the part, counts that are known apart from each other; never below 0.

    Where the whole was itself made by adding the part, add up the others instead: that is narrower.
    """
    whole_low, whole_high = _span(*whole)
    part_low, part_high = _span(*part)
    low = np.where(np.isinf(part_high), 0.0, whole_low - np.where(np.isinf(part_high), 0.0, part_high))
    none = np.isnan(whole_low) | np.isnan(part_low)
    return np.where(none, np.nan, np.maximum(low, 0.0)), np.where(none, np.nan, np.maximum(whole_high - part_low, 0.0))


def weighted(low: ArrayLike, high: ArrayLike, weight: ArrayLike) -> Span:
    """A share of a value, as when counts are carried between boundaries: the weight multiplies both ends.

    weight : not negative; a weight of 0 gives 0 even of an unbounded value.
    """
    bottom, top = _span(low, high)
    factor = np.asarray(weight, float)
    with np.errstate(invalid="ignore"):
        return np.where(factor == 0, 0.0, bottom * factor), np.where(factor == 0, 0.0, top * factor)


def product(one: tuple[ArrayLike, ArrayLike], other: tuple[ArrayLike, ArrayLike]) -> Span:
    """Product of two intervals known apart from each other; 0 times no bound is 0. Both ends are reached."""
    low, high = _span(*one)
    other_low, other_high = _span(*other)
    corners = [_times(a, b) for a in (low, high) for b in (other_low, other_high)]
    return np.minimum.reduce(corners), np.maximum.reduce(corners)


def _times(one: Floats, other: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        found = one * other
    none = np.isnan(one) | np.isnan(other)
    return np.where(~none & ((one == 0) | (other == 0)), 0.0, found)


def rate(count: tuple[ArrayLike, ArrayLike], base: tuple[ArrayLike, ArrayLike]) -> Span:
    """Cases per base, the two known apart from each other: lowest count over largest base and the other way.

    A base that may be 0 leaves the rate unbounded; NaN only where the base is surely 0 or there is no number.
    """
    count_low, count_high = _span(*count)
    base_low, base_high = _span(*base)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(np.isinf(base_high) | (count_low == 0), 0.0, count_low / base_high)
        high = np.where(base_low > 0, count_high / base_low, np.inf)
        high = np.where(count_high == 0, 0.0, high)
    none = np.isnan(count_low) | np.isnan(base_low) | (base_high <= 0)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def share_of_base(part: tuple[ArrayLike, ArrayLike], base: tuple[ArrayLike, ArrayLike]) -> Span:
    """Share of a part in a base that contains it: the base is at least the part, so at most 1. Reached."""
    low, high = rate(part, base)
    return np.minimum(low, 1.0), np.minimum(high, 1.0)


def share_of_rest(part: tuple[ArrayLike, ArrayLike], rest: tuple[ArrayLike, ArrayLike]) -> Span:
    """Share of a part in part + rest, the two known apart from each other. Both ends are reached.

    The part stands above and below the line, so dividing intervals would be too wide:
    low / (low + high of the rest) to high / (high + low of the rest). NaN where nobody is there at all.
    """
    part_low, part_high = _span(*part)
    rest_low, rest_high = _span(*rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where((part_low == 0) | np.isinf(rest_high), 0.0, part_low / (part_low + rest_high))
        low = np.where(rest_high == 0, 1.0, low)  # whoever is there belongs to the part
        high = np.where((rest_low == 0) | np.isinf(part_high), 1.0, part_high / (part_high + rest_low))
        high = np.where(part_high == 0, 0.0, high)
    none = np.isnan(part_low) | np.isnan(rest_low) | ((part_high == 0) & (rest_high == 0))
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def weighted_average(
    low: ArrayLike, high: ArrayLike, weight_low: ArrayLike, weight_high: ArrayLike
) -> tuple[float, float]:
    """Average of averages, each counting as many times as the units behind it; averages are never added.

    low, high : the averages (finite). weight_low, weight_high : numbers of units, finite, not negative.
    Returns NaN twice when no average has a weight or one has no number. Both ends are reached: for
    an end, units above it take one end of their weight and units below it the other.
    """
    bottom, top = _span(low, high)
    least, most = _span(weight_low, weight_high)
    if np.isnan([bottom, top, least, most]).any() or not np.any(most > 0):
        return float("nan"), float("nan")
    return -_highest(-bottom, least, most), _highest(top, least, most)


def _highest(values: Floats, least: Floats, most: Floats) -> float:
    """The largest weighted average: the highest values weigh most, from one of them downwards least."""
    order = np.argsort(-values, kind="stable")
    found = -np.inf
    for number in range(len(order) + 1):
        weights = least.copy()
        weights[order[:number]] = most[order[:number]]
        if weights.sum() > 0:
            found = max(found, float((values * weights).sum() / weights.sum()))
    return found
