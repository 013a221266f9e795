"""Small tasks by chance, every feature: what the engine says and finds, against all plans there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from brute_force import Plan, Task, all_plans, faults, figures, one_pair_apart
from delineation_tasks import (
    any_task,
    chance_task,
    small_tasks,
    with_costs,
    with_locks,
    with_start,
    with_weights,
)
from sozialraum.delineation import DelineationError, NoPlanFound, NoPlanPossible, Partition, partition

# machines are shared and compiling takes its time: no example is too slow
STEADY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
EFFORTS = st.sampled_from(["draft"] * 6 + ["standard"])
CLOSE = {"rel": 1e-9, "abs": 1e-7}


def check(task: Task, areas: int, effort: str) -> tuple[Partition | None, list[Plan]]:
    """Everything that holds for any task and effort; the plan found and all there are."""
    plans = all_plans(task, areas)
    note(f"{task!r}, areas={areas}, effort={effort!r}: {len(plans)} plans")
    if not plans:
        with pytest.raises(DelineationError):
            partition(areas=areas, effort=effort, **task.arguments)
        return None, plans
    try:
        found = partition(areas=areas, effort=effort, **task.arguments)
    except NoPlanPossible as error:
        raise AssertionError(f"called impossible: {error.reasons}, but {plans[0].areas} is a plan") from error
    except NoPlanFound as error:
        raise AssertionError(f"not found: {plans[0].labels(len(task.population)).tolist()}") from error
    assert faults(task, found.labels, areas) == []
    check_figures(task, found)
    check_numbers(task, found.labels)
    check_bound(found, plans)
    return found, plans


def check_figures(task: Task, found: Partition) -> None:
    expected = figures(task, found.labels)
    assert found.ssd == pytest.approx(expected.ssd, **CLOSE)
    assert found.cut_cost == pytest.approx(expected.cut_cost, **CLOSE)
    assert found.changed_persons == pytest.approx(expected.changed_persons, **CLOSE)
    assert found.objective == pytest.approx(expected.objective, **CLOSE)


def check_numbers(task: Task, labels: np.ndarray) -> None:
    assert labels.dtype == np.int64
    numbers, first = np.unique(labels, return_index=True)
    if task.start is None:
        assert numbers.tolist() == list(range(len(numbers)))
        assert (np.diff(first) > 0).all()
        return
    changed = float(task.population[labels != task.start].sum())
    assert changed == pytest.approx(figures(task, labels).changed_persons)
    new = numbers[~np.isin(numbers, task.start)]
    assert new.tolist() == [int(task.start.max()) + 1 + place for place in range(len(new))]


def check_bound(found: Partition, plans: list[Plan]) -> None:
    best = plans[0].objective
    assert found.objective >= best - 1e-7
    if found.lower_bound is None:
        assert found.gap is None
        assert found.proof != "optimal"
        return
    assert found.lower_bound <= best + 1e-7
    if found.objective <= 0:
        assert found.gap is None
    else:
        gap = (found.objective - found.lower_bound) / found.objective
        assert found.gap == pytest.approx(max(0.0, gap), abs=1e-7)
    if found.proof == "optimal":
        assert found.objective == pytest.approx(best, **CLOSE)


@given(small_tasks(), EFFORTS)
@settings(max_examples=40, **STEADY)
def test_plain_tasks_of_one_or_two_parts(given_task, effort):
    check(*given_task, effort)


@given(small_tasks().flatmap(lambda both: st.tuples(with_locks(both[0]), st.just(both[1]))), EFFORTS)
@settings(max_examples=60, **STEADY)
def test_locked_blocks(given_task, effort):
    check(*given_task, effort)


@given(small_tasks().flatmap(lambda both: st.tuples(with_start(both[0]), st.just(both[1]))), EFFORTS)
@settings(max_examples=50, **STEADY)
def test_an_existing_plan_and_a_price_for_leaving_it(given_task, effort):
    check(*given_task, effort)


@given(small_tasks().flatmap(lambda both: st.tuples(with_costs(both[0], most=0), st.just(both[1]))), EFFORTS)
@settings(max_examples=30, **STEADY)
def test_barriers(given_task, effort):
    check(*given_task, effort)


@given(small_tasks().flatmap(lambda both: st.tuples(with_costs(both[0], least=0), st.just(both[1]))), EFFORTS)
@settings(max_examples=30, **STEADY)
def test_bonds(given_task, effort):
    check(*given_task, effort)


@given(small_tasks().flatmap(lambda both: st.tuples(with_weights(both[0]), st.just(both[1]))), EFFORTS)
@settings(max_examples=30, **STEADY)
def test_weights_other_than_the_population(given_task, effort):
    check(*given_task, effort)


@given(small_tasks(parts=st.sampled_from([2, 3])), EFFORTS)
@settings(max_examples=40, **STEADY)
def test_several_parts_without_connection(given_task, effort):
    check(*given_task, effort)


@given(any_task(), EFFORTS)
@settings(max_examples=80, **STEADY)
def test_any_mixture_of_features(given_task, effort):
    check(*given_task, effort)


@given(any_task())
@settings(max_examples=5, **STEADY)
def test_exact_finds_the_optimum_and_proves_it(given_task):
    found, plans = check(*given_task, "exact")
    if found is None:
        return
    assert found.objective == pytest.approx(plans[0].objective, **CLOSE)
    assert found.proof == "optimal"
    assert found.lower_bound == pytest.approx(found.objective, **CLOSE)
    assert found.gap == (pytest.approx(0.0, abs=1e-7) if found.objective > 0 else None)


@given(any_task().filter(lambda both: both[0].start is None))
@settings(max_examples=3, **STEADY)
def test_a_plan_said_to_be_best_in_every_pair_is(given_task):
    found, plans = check(*given_task, "thorough")
    if found is None or found.proof != "no pair of neighbouring areas can be improved":
        return
    blocks = range(len(found.labels))
    areas = [sum(1 << i for i in blocks if found.labels[i] == area) for area in range(given_task[1])]
    mine = Plan(tuple(areas), found.objective)
    better = [plan for plan in plans if one_pair_apart(mine, plan) and plan.objective < found.objective - 1e-6]
    assert better == []


@pytest.mark.parametrize("seed", range(12))
def test_standard_is_within_half_a_percent_of_the_optimum(seed):
    task = chance_task(seed)
    plans = all_plans(task, 3)
    if not plans:
        with pytest.raises(DelineationError):
            partition(areas=3, **task.arguments)
        return
    found = partition(areas=3, **task.arguments)
    assert found.objective <= 1.005 * plans[0].objective
