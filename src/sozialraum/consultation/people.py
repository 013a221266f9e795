"""Inhabitants of single blocks, coarse enough to be sent to a town hall."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

SMALLEST = 5  # persons; the finest step a block is rounded to
LEAST_DOUBT = 2  # persons; how far apart the two ends of what a reader can work out must be


def rounded_people(people: np.ndarray, area: np.ndarray) -> tuple[np.ndarray, int]:
    """Inhabitants of the blocks rounded to the smallest step that keeps every block unsure.

    people : int (n,), not negative. area : (n,), key of the area each block is in. Returns int (n,) and the
    step: 5, 10, 20, ... A reader knows the rounded blocks, how they were rounded, and the exact sum of each
    area (it may be printed elsewhere); still the possible numbers of every inhabited block spread over at
    least two persons, or over all of an area of fewer. A block that is an area of its own is no secret.
    """
    steps = _steps(int(people.max(initial=0)))
    return next((nearest(people, step), step) for step in steps if _is_unsure(people, area, step))


def _steps(most: int) -> Iterator[int]:
    step = SMALLEST
    while step <= 4 * most + 4 * SMALLEST:
        yield step
        step *= 2


def nearest(people: np.ndarray | int, step: int) -> np.ndarray:
    """The nearest multiple of the step, halves upwards."""
    return (np.asarray(people) + step // 2) // step * step


def span(people: np.ndarray, area: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
    """Least and most inhabitants a reader can work out for each block, from its rounded number and the area's sum."""
    rounded = nearest(people, step)
    low = np.maximum(rounded - step // 2, 0)
    high = rounded - step // 2 + step - 1
    _areas, place = np.unique(area, return_inverse=True)
    total, lows, highs = (np.bincount(place, given)[place].astype(int) for given in (people, low, high))
    return np.maximum(low, total - (highs - high)), np.minimum(high, total - (lows - low))


def _is_unsure(people: np.ndarray, area: np.ndarray, step: int) -> bool:
    low, high = span(people, area, step)
    _areas, place, size = np.unique(area, return_inverse=True, return_counts=True)
    total = np.bincount(place, people)[place]
    secret = (people > 0) & (size[place] > 1)
    return bool((high - low >= np.minimum(LEAST_DOUBT, total))[secret].all())
