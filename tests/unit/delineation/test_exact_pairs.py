"""The best cut of neighbouring areas against looking at every cut."""

import numpy as np
import pytest
from hypothesis import given, settings

from exact_tasks import all_plans, best_objective, grid, keeps_rules_slowly, tasks
from sozialraum.delineation.exact import improve_pairs
from sozialraum.delineation.exact.pairs import best_pair_cut
from sozialraum.delineation.exact.units import make_units
from sozialraum.delineation.score import numbered, score


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_no_pair_of_a_proven_plan_can_be_improved(problem):
    plans = list(all_plans(problem))
    if not plans:
        return
    labels, proven, _report = improve_pairs(problem, plans[-1])
    assert proven
    assert keeps_rules_slowly(problem, labels)
    reached = score(problem, labels).objective
    assert reached <= score(problem, numbered(problem, plans[-1])).objective + 1e-9
    for other in plans:
        if differs_in_two_neighbouring_areas(problem, labels, other):
            # numbers kept as they are: the price of change counts for the areas as numbered now
            assert min(with_numbers_of(problem, labels, other)) >= reached - 1e-6


def differs_in_two_neighbouring_areas(problem, labels, other):
    """Whether `other` has all areas of `labels` but two that share an edge."""
    own = {frozenset(np.flatnonzero(labels == area).tolist()) for area in np.unique(labels)}
    new = {frozenset(np.flatnonzero(other == area).tolist()) for area in np.unique(other)}
    gone = own - new
    if len(gone) != 2:
        return False
    first, second = gone
    return any((a in first and b in second) or (b in first and a in second) for a, b in problem.edges.tolist())


def with_numbers_of(problem, labels, other):
    """Objective of `other` with both ways to give its two new areas the two old numbers."""
    own = {frozenset(np.flatnonzero(labels == area).tolist()): int(area) for area in np.unique(labels)}
    new = [frozenset(np.flatnonzero(other == area).tolist()) for area in np.unique(other)]
    fresh = [area for area in new if area not in own]
    free = [number for area, number in own.items() if area not in new]
    for numbers in (free, free[::-1]):
        named = labels.copy()
        for area, number in zip(fresh, numbers, strict=True):
            named[sorted(area)] = number
        yield score(problem, named).objective


def test_two_areas_are_cut_as_the_best_of_all_plans():
    problem = grid(4, 4, 2, (6, 10))
    labels, proven, report = improve_pairs(problem, np.repeat([0, 1], 8))
    assert proven
    assert report["improved"] == 1
    assert score(problem, labels).objective == pytest.approx(best_objective(problem))


def test_forty_blocks_are_searched_to_the_end():
    problem = grid(8, 5, 2, (12, 28))
    labels, proven, report = improve_pairs(problem, np.repeat([0, 1], 20))
    assert proven
    assert report["steps"] < 2_000_000
    again, still, second = improve_pairs(problem, labels)
    assert still
    assert second["improved"] == 0
    assert again.tolist() == labels.tolist()


def test_a_pair_that_is_too_large_or_too_much_work_proves_nothing():
    problem = grid(10, 10, 2, (20, 80))
    plan = np.repeat([0, 1], 50)
    labels, proven, report = improve_pairs(problem, plan)
    assert (proven, report["too_large"], labels.tolist()) == (False, 1, plan.tolist())
    small = grid(8, 5, 2, (12, 28))
    assert not improve_pairs(small, np.repeat([0, 1], 20), most_work=50)[1]


def test_sixty_three_units_fit_into_one_mask():
    problem = grid(63, 1, 2, (20, 43))
    units = make_units(problem)
    cut = best_pair_cut(units, np.arange(63), np.arange(63) < 20, np.zeros((63, 2)), (20.0, 43.0))
    values = [score(problem, (np.arange(63) >= place).astype(int)).objective for place in range(20, 44)]
    assert cut.finished
    assert cut.value == pytest.approx(min(values))
