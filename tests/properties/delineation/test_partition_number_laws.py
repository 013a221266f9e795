"""Laws of the free number of areas, against all plans there are."""

from __future__ import annotations

from math import ceil, floor

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brute_force import Task, all_plans, faults
from delineation_tasks import small_tasks
from sozialraum.delineation import DelineationError, partition

STEADY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}


def possible(task: Task) -> range:
    """Numbers of areas that the total and the blocks allow."""
    total, (low, high) = int(task.population.sum()), task.bounds
    most = min(floor(total / low), len(task.population)) if low else len(task.population)
    return range(max(1, ceil(total / high)), most + 1)


def nearest(numbers: range, wish: int) -> int:
    return min(max(wish, numbers[0]), numbers[-1])


@given(small_tasks(), st.sampled_from([90, 170, 350, 810, 2030]))
@settings(max_examples=60, **STEADY)
def test_a_target_gives_the_nearest_possible_number(given_task, target):
    task, _areas = given_task
    total = int(task.population.sum())
    assume(total and total / target % 1 != 0.5 and possible(task))
    areas = nearest(possible(task), round(total / target))
    if not all_plans(task, areas):
        with pytest.raises(DelineationError):
            partition(areas=None, target=target, effort="draft", **task.arguments)
        return
    found = partition(areas=None, target=target, effort="draft", **task.arguments)
    assert faults(task, found.labels, areas) == []


@given(small_tasks(parts=st.just(1)), st.integers(1, 8), st.integers(0, 3), st.sampled_from([170, 350, 810]))
@settings(max_examples=60, **STEADY)
def test_a_pair_takes_the_possible_number_nearest_to_the_wish_inside_it(given_task, fewest, more, target):
    task, _areas = given_task
    total = int(task.population.sum())
    assume(total and total / target % 1 != 0.5)
    both = [number for number in possible(task) if fewest <= number <= fewest + more]
    areas = nearest(range(both[0], both[-1] + 1), round(total / target)) if both else 0
    asked = {"areas": (fewest, fewest + more), "target": target, "effort": "draft"}
    if not all_plans(task, areas):
        with pytest.raises(DelineationError):
            partition(**asked, **task.arguments)
        return
    found = partition(**asked, **task.arguments)
    assert faults(task, found.labels, areas) == []
