"""Random numbers from whole numbers alone, so that every machine draws the same.

Method: L'Ecuyer's combined generator (Communications of the ACM 31, 1988); all products fit into 64 bits.
"""

from __future__ import annotations

import numpy as np

from sozialraum.delineation.kernels.compiling import compiled, inner

ONE, OTHER = 2147483563, 2147483399
TABLE = 4096


def seeded(*numbers: int) -> np.ndarray:
    """State of a generator that belongs to these numbers."""
    words = np.random.SeedSequence([abs(int(number)) for number in numbers]).generate_state(2, np.uint64)
    return np.array([int(words[0]) % (ONE - 1) + 1, int(words[1]) % (OTHER - 1) + 1], dtype=np.int64)


def waiting_times() -> np.ndarray:
    """TABLE typical values of the exponential distribution (expected order statistics), by division alone.

    A step that worsens the objective by d is accepted at temperature t when d <= t x such a value: the rule
    of Metropolis without a logarithm, whose last digit differs between machines.
    """
    return np.cumsum(1.0 / np.arange(TABLE, 0, -1))


@inner
def draw(state):  # type: ignore[no-untyped-def]
    """A whole number from 1 to ONE - 1."""
    state[0] = 40014 * state[0] % ONE
    state[1] = 40692 * state[1] % OTHER
    number = state[0] - state[1]
    return number if number > 0 else number + ONE - 1


@compiled
def below(state, limit):  # type: ignore[no-untyped-def]
    """A whole number from 0 to limit - 1."""
    return draw(state) * limit // ONE


@inner
def share(state):  # type: ignore[no-untyped-def]
    """A number between 0 and 1."""
    return draw(state) / ONE
