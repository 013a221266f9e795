"""Tasks of 10 to 60 blocks drawn around a plan, so that one is known to exist."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from brute_force import Task, faults, figures
from sozialraum.delineation import NoPlanFound, NoPlanPossible, partition

STEADY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
SEEDS = st.integers(0, 10**6)


def planted(seed: int, blocks: int, areas: int, parts: int = 1) -> tuple[Task, np.ndarray]:
    """A task with locks, costs, weights and empty blocks, and a plan that keeps its bounds and locks."""
    random = np.random.default_rng(seed)
    edges = _mesh(random, blocks, parts)
    plan = _grow(random, edges, blocks, areas, parts)
    population = random.integers(1, 60, blocks) * (random.random(blocks) > 0.2)
    persons = np.bincount(plan, population, areas)
    locks = np.where((random.random(blocks) < 0.3) & (plan % 2 == 0), plan, -1)
    costs = random.choice([-0.5, 0.0, 0.5], len(edges), p=[0.1, 0.7, 0.2])
    values = random.normal(size=(blocks, 3)) + random.normal(size=(areas, 3))[plan]
    weights = population + random.integers(0, 5, blocks)
    bounds = (float(persons.min()), float(max(1, persons.max())))
    return Task(edges, population, values, bounds, weights=weights, locks=locks, edge_costs=costs), plan


def _mesh(random: np.random.Generator, blocks: int, parts: int) -> np.ndarray:
    """Blocks strewn over a square, each beside its three nearest of the same part, and all of a part connected."""
    place = random.random((blocks, 2))
    edges = set()
    for block in range(parts, blocks):
        same = np.arange(block % parts, block, parts)
        distance = ((place[same] - place[block]) ** 2).sum(axis=1)
        edges |= {(int(other), block) for other in same[np.argsort(distance)[:3]]}
    return np.array(sorted(edges))


def _grow(random: np.random.Generator, edges: np.ndarray, blocks: int, areas: int, parts: int) -> np.ndarray:
    """Areas grown from one seed each (block i is in part i modulo parts), block by block."""
    plan = np.full(blocks, -1)
    plan[:areas] = np.arange(areas)
    assert parts <= areas <= blocks
    while (plan < 0).any():
        reach = edges[(plan[edges[:, 0]] < 0) != (plan[edges[:, 1]] < 0)]
        a, b = reach[random.integers(len(reach))]
        plan[a] = plan[b] = max(plan[a], plan[b])
    return plan


def roomy(task: Task) -> Task:
    """The same with a quarter more room on both sides."""
    return replace(task, bounds=(np.floor(0.7 * task.bounds[0]), np.ceil(1.3 * task.bounds[1])))


def check(task: Task, plan: np.ndarray, labels: np.ndarray) -> None:
    areas = int(plan.max()) + 1
    assert faults(task, plan, areas) == []
    assert faults(task, labels, areas) == []


@given(SEEDS, st.integers(10, 60), st.integers(1, 3), st.sampled_from(["draft"] * 6 + ["standard"]))
@settings(max_examples=40, **STEADY)
def test_with_some_room_a_plan_is_found(seed, blocks, parts, effort):
    task, plan = planted(seed, blocks, max(parts, blocks // 7), parts)
    task = roomy(task)
    note(f"{task!r}, plan {plan.tolist()}")
    found = partition(areas=int(plan.max()) + 1, effort=effort, **task.arguments)
    check(task, plan, found.labels)
    assert found.objective == pytest.approx(figures(task, found.labels).objective)


@given(SEEDS, st.integers(10, 60), st.integers(1, 2), st.sampled_from(["draft"] * 6 + ["standard"]))
@settings(max_examples=40, **STEADY)
def test_what_is_possible_is_never_called_impossible(seed, blocks, parts, effort):
    task, plan = planted(seed, blocks, max(parts, blocks // 6), parts)
    note(f"{task!r}, plan {plan.tolist()}")
    try:
        found = partition(areas=int(plan.max()) + 1, effort=effort, **task.arguments)
    except NoPlanPossible as error:
        raise AssertionError(error.reasons) from error
    except NoPlanFound as error:
        check_best_try(task, error)
        return
    check(task, plan, found.labels)


def check_best_try(task: Task, error: NoPlanFound) -> None:
    """The labels shown are a whole plan, and the areas named are those out of bounds."""
    low, high = task.bounds
    numbers = np.unique(error.labels)
    persons = [float(task.population[error.labels == number].sum()) for number in numbers]
    out = [number for number, people in zip(numbers.tolist(), persons, strict=True) if not low <= people <= high]
    assert sorted(error.areas_out_of_bounds) == out
    assert out


@given(SEEDS, st.integers(10, 50), st.sampled_from([0.0, 0.003, 0.05]))
@settings(max_examples=40, **STEADY)
def test_a_feasible_start_is_never_made_worse(seed, blocks, price):
    task, plan = planted(seed, blocks, max(2, blocks // 7))
    task = replace(task, start=plan * 3, change_cost=price)
    note(f"{task!r}")
    found = partition(areas=int(plan.max()) + 1, effort="draft", **task.arguments)
    check(task, plan, found.labels)
    assert found.objective <= figures(task, plan * 3).objective + 1e-7
    assert found.changed_persons == pytest.approx(figures(task, found.labels).changed_persons)
