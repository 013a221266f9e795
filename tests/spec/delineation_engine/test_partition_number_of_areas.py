"""How many areas there will be, on a street of blocks with 100 inhabitants each."""

from __future__ import annotations

import numpy as np
import pytest

from sozialraum.base import UsageError
from sozialraum.delineation import NoPlanPossible, partition

ANY = (0, np.inf)


def street(blocks: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Edges, population, values of blocks in a row whose character changes slowly."""
    along = np.arange(blocks)
    return np.stack([along[:-1], along[1:]], axis=1), np.full(blocks, 100), np.sin(along / 5.0)[:, None]


def how_many(blocks: int, **options) -> int:
    return len(np.unique(partition(*street(blocks), effort="draft", **options).labels))


FREE = [
    # blocks, target, bounds, areas
    (40, 1000, ANY, 4),
    (40, 1300, ANY, 3),  # 3.08
    (40, 1200, ANY, 3),  # 3.33
    (40, 1100, ANY, 4),  # 3.64
    (40, 9000, ANY, 1),  # 0.44: at least one
    (40, 1000, (0, 600), 7),  # 4,000 / 600 = 6.67: seven are needed
    (40, 1000, (0, 1000), 4),  # bounds are included
    (40, 500, (700, np.inf), 5),  # 4,000 / 700 = 5.71: five are possible
    (40, 500, (500, np.inf), 8),  # bounds are included
    (40, 20, ANY, 40),  # no minimum: at most one area per block
    (40, 20, (0, 100), 40),
    (45, 4500, (700, 8500), 1),
    (46, 450, (70, 850), 10),  # 10.2
]


@pytest.mark.parametrize(("blocks", "target", "bounds", "areas"), FREE)
def test_without_a_number_the_target_decides_within_what_the_bounds_allow(blocks, target, bounds, areas):
    assert how_many(blocks, areas=None, target=target, bounds=bounds) == areas


PAIRS = [
    # pair, target, bounds, areas
    ((2, 8), 1000, ANY, 4),
    ((5, 8), 1000, ANY, 5),
    ((2, 3), 1000, ANY, 3),
    ((4, 4), 500, ANY, 4),
    ((2, 9), 1000, (0, 600), 7),  # seven are needed, and allowed
    ((2, 9), 500, (700, np.inf), 5),
    ((3, 7), None, ANY, 5),  # without target the middle
    ((3, 7), None, (0, 650), 7),
    ((2, 8), None, (900, np.inf), 4),
    ((6, 6), None, ANY, 6),
]


@pytest.mark.parametrize(("pair", "target", "bounds", "areas"), PAIRS)
def test_a_pair_takes_the_possible_number_nearest_to_the_wish(pair, target, bounds, areas):
    assert how_many(40, areas=pair, target=target, bounds=bounds) == areas


@pytest.mark.parametrize("areas", [1, 2, 7, 40])
def test_a_number_is_kept(areas):
    assert how_many(40, areas=areas, bounds=ANY) == areas
    assert how_many(40, areas=areas, target=77, bounds=ANY) == areas


IMPOSSIBLE = [
    # areas, target, bounds
    (3, None, (0, 1300)),  # 3 x 1,300 < 4,000
    (4, None, (1100, np.inf)),
    (41, None, ANY),
    ((2, 3), 1000, (0, 900)),
    ((6, 9), 1000, (700, np.inf)),
    (None, 1000, (1900, 1950)),  # two need 3,800 to 3,900; three at least 5,700
    (None, 1000, (4100, 9000)),
]


@pytest.mark.parametrize(("areas", "target", "bounds"), IMPOSSIBLE)
def test_an_impossible_number_is_refused_with_the_reason(areas, target, bounds):
    with pytest.raises(NoPlanPossible) as caught:
        how_many(40, areas=areas, target=target, bounds=bounds)
    assert any("4.000" in reason or "40" in reason for reason in caught.value.reasons)


@pytest.mark.parametrize("areas", [None, (5, 3)])
def test_a_wish_that_says_nothing_is_a_fault_of_the_caller(areas):
    with pytest.raises(UsageError):
        how_many(40, areas=areas, bounds=ANY)
