"""Random numbers from whole numbers alone, so that every machine draws the same.

Method: Marsaglia's xorshift (Journal of Statistical Software 8(14), 2003) on 64 bits. A signed number shifts its
sign in from the left, so the right shift is masked; the upper 31 bits are used.
"""

from __future__ import annotations

import numpy as np

from sozialraum.delineation.kernels.compiling import compiled

TABLE = 4096
LOW_57, LOW_31 = (1 << 57) - 1, (1 << 31) - 1


def seeded(*numbers: int) -> np.ndarray:
    """State of a generator that belongs to these numbers."""
    word = np.random.SeedSequence([abs(int(number)) for number in numbers]).generate_state(1, np.uint64)
    return (word | np.uint64(1)).view(np.int64)


def waiting_times() -> np.ndarray:
    """TABLE typical values of the exponential distribution (expected order statistics), by division alone.

    A step that worsens the objective by d is accepted at temperature t when d <= t x such a value: the rule
    of Metropolis without a logarithm, whose last digit differs between machines.
    """
    return np.cumsum(1.0 / np.arange(TABLE, 0, -1))


@compiled
def draw(state):  # type: ignore[no-untyped-def]
    """A whole number from 0 to 2^31 - 1."""
    word = state[0]
    word ^= word << 13
    word ^= (word >> 7) & LOW_57
    word ^= word << 17
    state[0] = word
    return (word >> 32) & LOW_31


@compiled
def below(state, limit):  # type: ignore[no-untyped-def]
    """A whole number from 0 to limit - 1."""
    return (draw(state) * limit) >> 31


@compiled
def share(state):  # type: ignore[no-untyped-def]
    """A number from 0 to just below 1."""
    return draw(state) / 2147483648.0
