"""The proof of small plans against looking at every plan."""

import numpy as np
import pytest
from hypothesis import given, settings

from exact_tasks import all_plans, best_objective, grid, keeps_rules_slowly, tasks
from sozialraum.delineation.exact import prove, small_enough
from sozialraum.delineation.exact.prove import keeps_rules
from sozialraum.delineation.exact.sets import count_sets, list_sets
from sozialraum.delineation.exact.units import make_units
from sozialraum.delineation.score import score


@settings(max_examples=200, deadline=None)
@given(tasks())
def test_the_proof_finds_what_looking_at_every_plan_finds(problem):
    proof, best = prove(problem, None), best_objective(problem)
    if best is None:
        assert (proof.kind, proof.labels) == ("impossible", None)
    else:
        assert proof.kind == "optimal"
        assert keeps_rules_slowly(problem, proof.labels)
        assert score(problem, proof.labels).objective == pytest.approx(best, abs=1e-6)
        assert proof.lower_bound == pytest.approx(best, abs=1e-6)
        assert proof.report["relaxation"] <= best


@settings(max_examples=40, deadline=None)
@given(tasks())
def test_a_known_plan_does_not_change_the_answer(problem):
    plans = list(all_plans(problem))
    if plans:
        assert prove(problem, plans[-1]).lower_bound == pytest.approx(best_objective(problem), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(tasks(most=8))
def test_every_possible_area_is_listed_once(problem):
    units = make_units(problem)
    sets = list_sets(units, problem.low - problem.slack, problem.high + problem.slack)
    listed = [tuple(sets.members(row)) for row in range(len(sets.costs))]
    assert len(set(listed)) == len(listed)
    used = {
        tuple(np.unique(units.unit_of[labels == area]).tolist())
        for labels in all_plans(problem)
        for area in np.unique(labels)
    }
    assert used <= set(listed)


@settings(max_examples=60, deadline=None)
@given(tasks(most=6))
def test_the_rules_are_read_the_same_way_twice(problem):
    possible = {tuple(labels.tolist()) for labels in all_plans(problem)}
    assert all(keeps_rules(problem, np.array(labels)) for labels in possible)
    assert not keeps_rules(problem, np.zeros(len(problem.population), dtype=int)) or problem.areas == 1


def test_a_task_with_too_many_possible_areas_is_left_alone():
    problem = grid(12, 12, 3, (20, 100))
    assert not small_enough(problem)
    assert prove(problem, None, most_steps=1000).kind == "none"


def test_a_graph_of_more_than_one_word_of_bits_is_counted_as_by_hand():
    problem = grid(70, 1, 10, (3, 7))
    assert count_sets(make_units(problem), 3, 7) == sum(70 - size + 1 for size in range(3, 8))
    assert small_enough(problem)
    assert prove(problem, None).kind == "optimal"


def test_a_known_plan_that_breaks_a_rule_is_ignored():
    problem = grid(4, 1, 2, (2, 2))
    assert prove(problem, np.array([0, 0, 0, 1])).labels.tolist() == [0, 0, 1, 1]
