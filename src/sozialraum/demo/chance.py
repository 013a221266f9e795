"""Seeded chance: one stream per purpose, so that one part can change without shaking the others."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def stream(seed: int, *purpose: str) -> np.random.Generator:
    """A generator of random numbers of its own for a purpose, the same in every run."""
    return np.random.default_rng([seed, crc32("/".join(purpose).encode())])


def waves(seed: int, purpose: str, points: Floats, lengths: tuple[float, ...], heights: tuple[float, ...]) -> Floats:
    """A smooth random field: sums of plane waves.

    points : (n, 2), metres. lengths, heights : wave lengths and amplitudes, same number.
    Returns (n,); the slope stays below the sum of 2 pi height / length times 1.5.
    """
    chance = stream(seed, "waves", purpose)
    field = np.zeros(len(points))
    for length, height in zip(lengths, heights, strict=True):
        for angle in chance.uniform(0, 2 * np.pi, 3):
            turn = np.array([np.cos(angle), np.sin(angle)]) * 2 * np.pi / length
            field += height / 2 * np.sin(points @ turn + chance.uniform(0, 2 * np.pi))
    return field
