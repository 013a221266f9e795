"""Intervals of shares and rates, on plain arrays.

Formulas: Wilson 1927 for shares; exact Poisson limits and Byar's approximation for rates
(Breslow and Day 1987); Newcombe 1998 for the difference of two shares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

Z95 = 1.959963984540054
Floats = NDArray[np.float64]


def wilson(events: ArrayLike, base: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Interval of a share, Wilson 1927.

    events, base : counts, 0 <= events <= base. Returns lower and upper limit between 0 and 1;
    NaN where the base is 0 or a value is NaN.
    """
    count, total = np.broadcast_arrays(np.asarray(events, float), np.asarray(base, float))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / total
        middle = share + z * z / (2 * total)
        half = z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
        scale = 1 + z * z / total
        low, high = (middle - half) / scale, (middle + half) / scale
    low = np.where(count == 0, 0.0, low)
    high = np.where(count == total, 1.0, high)
    none = ~(total > 0) | np.isnan(count)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def poisson(events: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Interval of a number of events: exact below 10 events, Byar's approximation from 10 on."""
    count = np.asarray(events, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        more = count + 1
        low = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
        high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
        exact_low = np.where(count > 0, gammaincinv(np.where(count > 0, count, 1), 0.025), 0.0)
        exact_high = gammaincinv(more, 0.975)
    few = count < 10
    return np.where(few, exact_low, low), np.where(few, exact_high, high)


def rate(events: ArrayLike, base: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Interval of cases per base; NaN where the base is 0."""
    total = np.asarray(base, float)
    low, high = poisson(events, z)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > 0, low / total, np.nan), np.where(total > 0, high / total, np.nan)


def difference(
    events: ArrayLike, base: ArrayLike, events_before: ArrayLike, base_before: ArrayLike, z: float = Z95
) -> tuple[Floats, Floats, Floats]:
    """Change of a share since an earlier date with Newcombe's interval.

    Returns difference, lower and upper limit as fractions (0.012 = 1.2 percentage points).
    The interval treats the dates as independent although many people count in both.
    """
    now, before = np.asarray(events, float), np.asarray(events_before, float)
    total, total_before = np.asarray(base, float), np.asarray(base_before, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, share_before = now / total, before / total_before
    low, high = wilson(now, total, z)
    low_before, high_before = wilson(before, total_before, z)
    change = share - share_before
    down = np.sqrt((share - low) ** 2 + (high_before - share_before) ** 2)
    up = np.sqrt((high - share) ** 2 + (share_before - low_before) ** 2)
    return change, change - down, change + up
