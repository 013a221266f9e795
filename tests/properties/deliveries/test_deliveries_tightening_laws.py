"""Whatever is narrowed by sums still holds the true number, and nothing is lost by narrowing twice."""

import math
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sozialraum.base.value import STRENGTH
from sozialraum.deliveries.cells import Cells
from sozialraum.deliveries.tightening import PublishedSum, tighten

OBSERVED, SUPPRESSED, MISSING = (STRENGTH[name] for name in ("observed", "suppressed", "missing"))


@st.composite
def tables(draw):
    """A table of districts in two levels with totals, some cells hidden, some not delivered."""
    groups = draw(st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=4), min_size=1, max_size=4))
    true, sums, members = [], [], []
    for group in groups:
        members.append(range(len(true), len(true) + len(group)))
        true += group
    for group in members:
        sums.append((len(true), list(group)))
        true.append(sum(true[place] for place in group))
    sums.append((len(true), [row for row, _parts in sums]))
    true.append(sum(true[row] for row in sums[-1][1]))
    low, high, rank = np.array(true, float), np.array(true, float), np.full(len(true), OBSERVED)
    for place in range(len(true)):
        kind = draw(st.sampled_from(["shown", "shown", "star", "mark", "none"]))
        if kind == "star":
            low[place], high[place], rank[place] = 0, math.inf, SUPPRESSED
        if kind == "mark" and true[place] < 10:
            low[place], high[place], rank[place] = 0, 9, SUPPRESSED
        if kind == "none":
            low[place], high[place], rank[place] = math.nan, math.nan, MISSING
    found = [PublishedSum(row, np.isin(np.arange(len(true)), parts)) for row, parts in sums]
    return np.array(true, float), Cells(low, high, rank), found


@given(tables())
def test_the_true_number_stays_inside(table):
    true, cells, sums = table
    found = tighten(cells, sums)
    known = ~np.isnan(found.cells.low)
    assert not found.contradictions
    assert np.all(found.cells.low[known] <= true[known])
    assert np.all(true[known] <= found.cells.high[known])
    assert np.all(found.cells.low[known] >= cells.low[known])
    assert np.all(found.cells.high[known] <= cells.high[known])
    assert all(found.cells.low[row] == true[row] for row in found.pinned)


@given(tables())
def test_narrowing_again_changes_nothing_and_statuses_never_change(table):
    _true, cells, sums = table
    once = tighten(cells, sums).cells
    twice = tighten(once, sums).cells
    assert np.array_equal(once.rank, cells.rank)
    assert np.array_equal(once.low, twice.low, equal_nan=True)
    assert np.array_equal(once.high, twice.high, equal_nan=True)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=2, max_size=4), st.integers(4, 6))
def test_one_total_leaves_exactly_the_numbers_that_are_possible(parts, cap):
    """Against counting all tables by hand: the bounds are reached, so they could not be narrower."""
    values = [number for number, _hidden in parts]
    hidden = [place for place, (_number, hide) in enumerate(parts) if hide]
    low = np.array([*(0 if hide else number for number, hide in parts), sum(values)], float)
    high = np.array([*(cap if hide else number for number, hide in parts), sum(values)], float)
    rank = np.array([*(SUPPRESSED if hide else OBSERVED for _number, hide in parts), OBSERVED])
    mask = np.array([True] * len(parts) + [False])
    found = tighten(Cells(low, high, rank), [PublishedSum(len(parts), mask)]).cells
    rest = sum(values) - sum(number for number, hide in parts if not hide)
    possible = [combo for combo in product(range(cap + 1), repeat=len(hidden)) if sum(combo) == rest]
    for position, place in enumerate(hidden):
        reached = [combo[position] for combo in possible]
        assert (found.low[place], found.high[place]) == (min(reached), max(reached))
