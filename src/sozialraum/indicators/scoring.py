"""The arithmetic of the index on plain arrays: areas in rows, indicators in columns.

Follows METHODS section 1, which reproduces Berlin's monitoring to the last class: unweighted mean
and the standard deviation of the whole reference set (ddof 0), equal weights, standardised twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sozialraum.base import SozialraumError, _

Floats = NDArray[np.float64]
STATUS_LIMITS = (-1.0, 1.0, 1.5)
DYNAMICS_LIMITS = (-1.0, 1.0)
DYNAMICS = ("+", "=", "-")
ENOUGH = 2 / 3


class NotComparable(SozialraumError):
    """An index cannot be formed: the values do not differ, or there are too few."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores with bounds, NaN where an area has too few values; and what they rest on."""

    low: Floats
    high: Floats
    mean: Floats
    spread: Floats
    reference: NDArray[np.bool_]
    scaled: NDArray[np.bool_]


def standardise(values: ArrayLike, reference: ArrayLike | None = None, ddof: int = 0) -> tuple[Floats, Floats, Floats]:
    """z values per column against the reference set.

    values : (N,) or (N, k), NaN = no value. reference : (N,) bool, default all.
    Returns z, mean and spread. Raises NotComparable when a column is constant or has fewer than
    two values in the reference set.
    """
    table = np.asarray(values, float)
    inside = np.ones(len(table), bool) if reference is None else np.asarray(reference, bool)
    chosen = table[inside]
    if (np.sum(~np.isnan(chosen), axis=0) < 2).any():
        raise NotComparable(_("Für den Index liegen zu wenige vergleichbare Gebiete vor."))
    mean = np.nanmean(chosen, axis=0)
    spread = np.nanstd(chosen, axis=0, ddof=ddof)
    # Equal values may differ in the last bit; that is no difference between areas.
    if (spread <= 1e-12 * np.maximum(1.0, np.abs(mean))).any():
        raise NotComparable(_("Ein Merkmal ist in allen Gebieten gleich; ein Index lässt sich daraus nicht bilden."))
    return (table - mean) / spread, mean, spread


def add_up(z: ArrayLike, weights: ArrayLike | None = None, enough: float = ENOUGH) -> tuple[Floats, NDArray[np.bool_]]:
    """Weighted sum of z values; scaled up to all indicators where some are missing.

    z : (N, k), NaN = missing. An area with less than `enough` of the indicators gets NaN.
    Returns the sums and which of them were scaled.
    """
    table = np.asarray(z, float)
    weight = np.ones(table.shape[1]) if weights is None else np.asarray(weights, float)
    there = ~np.isnan(table)
    present = there @ weight
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.where(there, table, 0.0) @ weight * (weight.sum() / present)
    full = there.all(axis=1)
    plain = np.where(there, table, 0.0) @ weight
    sums = np.where(full, plain, total)
    sums[there.mean(axis=1) < enough - 1e-12] = np.nan
    return sums, ~full & ~np.isnan(sums)


def score(
    low: ArrayLike, high: ArrayLike, directions: ArrayLike, *, weights: ArrayLike | None = None,
    reference: ArrayLike | None = None, ddof: int = 0,
) -> Scores:  # fmt: skip
    """Index of level or of change from shares given as bounds.

    low, high : (N, k) bounds of the shares (equal when known), NaN = missing. directions : (k,) +1 or -1.
    reference : areas against which is standardised. Means and spreads rest on known values alone,
    so a hidden value moves no other area; it enters its own area as its two ends.
    Raises NotComparable, see standardise.
    """
    direction = np.asarray(directions, float)
    ends = np.stack([np.asarray(low, float) * direction, np.asarray(high, float) * direction])
    small, large = ends.min(axis=0), ends.max(axis=0)
    known = np.where(small == large, small, np.nan)
    inside = np.ones(len(known), bool) if reference is None else np.asarray(reference, bool)
    _z, mean, spread = standardise(known, inside, ddof)
    sum_low, scaled = add_up((small - mean) / spread, weights)
    sum_high, _scaled = add_up((large - mean) / spread, weights)
    inside = inside & ~np.isnan(sum_low)
    exact = np.where(sum_low == sum_high, sum_low, np.nan)
    _z, middle, width = standardise(exact, inside, ddof)
    return Scores((sum_low - middle) / width, (sum_high - middle) / width, mean, spread, inside, scaled)


def status_class(scores: ArrayLike) -> NDArray[np.int64]:
    """Class 1 (little burden) to 4 of a score; 0 without a score. The limits belong below: 1 is class 2."""
    value = np.asarray(scores, float)
    low, middle, top = STATUS_LIMITS
    classes = np.select([np.isnan(value), value < low, value <= middle, value <= top], [0, 1, 2, 3], 4)
    return classes.astype(np.int64)


def dynamics_class(scores: ArrayLike) -> NDArray[np.str_]:
    """'+' (burden fell more than elsewhere), '=', '-' (rose more); '' without a score."""
    value = np.asarray(scores, float)
    low, high = DYNAMICS_LIMITS
    return np.select([np.isnan(value), value < low, value <= high], ["", "+", "="], "-").astype(np.str_)
