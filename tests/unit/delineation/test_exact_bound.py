"""The lower bounds against the best of all plans."""

import numpy as np
import pytest
from hypothesis import given, settings

from exact_tasks import best_objective, grid, tasks
from sozialraum.delineation import make_problem
from sozialraum.delineation.exact import lower_bound
from sozialraum.delineation.exact.bound import directions_bound, partners_bound, weighty_units
from sozialraum.delineation.exact.units import make_units


@settings(max_examples=250, deadline=None)
@given(tasks())
def test_no_bound_is_above_the_best_plan(problem):
    best = best_objective(problem)
    if best is None:
        return
    assert lower_bound(problem).value <= best
    weighty = weighty_units(problem, make_units(problem))
    if len(weighty.mass):
        assert directions_bound(weighty) <= best + 1e-6
        assert partners_bound(weighty, 100.0, steps=30) <= best + 1e-6


def test_clear_groups_give_a_bound_near_the_best_plan():
    problem = make_problem(
        np.array([(i, i + 1) for i in range(11)]),
        np.ones(12),
        np.repeat([[0.0], [10.0], [20.0]], 4, axis=0) + np.tile([[0.0], [1.0]], (6, 1)),
        areas=3,
        bounds=(4, 4),
    )
    best = best_objective(problem)
    assert 0.9 * best <= lower_bound(problem).value <= best


def test_borders_raise_the_bound():
    plain = grid(8, 8, 2, (20, 44))
    dear = grid(8, 8, 2, (20, 44), edge_costs=np.full(len(plain.edges), 1.0))
    assert lower_bound(dear).value > lower_bound(plain).value + 2


def test_parts_that_cannot_share_an_area_raise_the_bound():
    values = np.tile([[0.0], [1.0]], (8, 1))
    row = [(i, i + 1) for i in range(15)]
    joined = make_problem(np.array(row), np.ones(16), values, areas=2, bounds=(8, 8))
    apart = make_problem(np.array(row[:7] + row[8:]), np.ones(16), values, areas=2, bounds=(8, 8))
    assert lower_bound(apart).value == pytest.approx(100, abs=1)
    assert lower_bound(joined).value <= lower_bound(apart).value


def test_the_bound_says_what_it_rests_on():
    assert lower_bound(grid(5, 5, 3, (5, 12))).name.endswith(".")
