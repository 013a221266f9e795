"""Laws of the compiled steps on graphs made by chance: sums kept step by step equal sums made anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.blocks import pieces
from sozialraum.delineation import Problem, make_problem
from sozialraum.delineation.flat import flat_graph
from sozialraum.delineation.joining import glue_of
from sozialraum.delineation.kernels.anneal import anneal, descend
from sozialraum.delineation.kernels.areas import change, faults, move, objective, recount, stays_connected
from sozialraum.delineation.kernels.chance import below, seeded, waiting_times
from sozialraum.delineation.kernels.records import Areas, Graph, Room, make_areas, make_room
from sozialraum.delineation.kernels.reshape import heads_and_stays
from sozialraum.delineation.kernels.tree import best_cut, take_side
from sozialraum.delineation.kernels.ward import bounded_ward
from sozialraum.delineation.rules import keeps_shape
from sozialraum.delineation.score import score


@st.composite
def problems(draw, locks: bool = False) -> Problem:
    """A connected graph with costs, weights of their own, a start plan and empty blocks."""
    number = draw(st.integers(4, 40))
    random = np.random.default_rng(draw(st.integers(0, 100_000)))
    edges = {(int(random.integers(node)), node) for node in range(1, number)}
    for _extra in range(number):
        a, b = sorted(random.integers(number, size=2).tolist())
        edges.add((a, b)) if a != b else None
    table = np.array(sorted(edges))
    groups = np.where(random.random(number) < 0.15, random.integers(0, 2, number), -1)
    return make_problem(
        table, random.integers(0, 60, number) * (random.random(number) < 0.8), random.normal(size=(number, 2)),
        areas=draw(st.integers(2, max(2, number // 4))), bounds=(0, np.inf), weights=random.integers(0, 5, number),
        edge_costs=random.normal(size=len(table)), start=random.integers(0, 3, number), change_cost=0.01,
        locks=groups if locks else None, seed=draw(st.integers(0, 50)),
    )  # fmt: skip


def prepared(problem: Problem, number: int) -> tuple[Graph, Areas, Room]:
    """Graph, areas from merging and scratch room; the start plan's areas are the present numbers."""
    graph = flat_graph(problem)
    assert problem.start is not None
    graph = graph._replace(home=problem.start, stay=problem.change_cost * problem.population)
    label, found = bounded_ward(graph, glue_of(problem), number, np.inf)
    areas = make_areas(graph, label, found)
    recount(graph, areas, -1)
    room = make_room(graph, found, seeded(problem.seed), waiting_times())
    heads_and_stays(graph, areas, room)
    return graph, areas, room


@given(problems(), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_move_changes_the_objective_by_what_was_foretold(problem, choice):
    graph, areas, _room = prepared(problem, problem.areas)
    unit = choice % len(problem.population)
    target = (int(areas.label[unit]) + 1) % len(areas.units)
    before = objective(graph, areas)
    foretold = change(graph, areas, unit, target)
    move(graph, areas, unit, target)
    kept = areas.mean.copy(), areas.person.copy()
    recount(graph, areas, -1)
    assert objective(graph, areas) - before == pytest.approx(foretold, abs=1e-8)
    used = areas.weight > 0
    assert kept[0][used] == pytest.approx(areas.mean[used], abs=1e-9)
    assert kept[1] == pytest.approx(areas.person)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_the_objective_of_the_kernels_is_that_of_the_score(problem):
    graph, areas, _room = prepared(problem, problem.areas)
    assert objective(graph, areas) == pytest.approx(score(problem, areas.label).objective, abs=1e-8)


@given(problems(), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_an_area_stays_connected_exactly_when_the_rest_of_it_is_one_piece(problem, choice):
    graph, areas, room = prepared(problem, problem.areas)
    unit = choice % len(problem.population)
    rest = (areas.label == areas.label[unit]) & (np.arange(len(areas.label)) != unit)
    inside = rest[problem.edges].all(axis=1)
    expected = len(set(pieces(len(rest), problem.edges[inside])[rest].tolist())) == 1
    answer = stays_connected(graph, areas.label, unit, room.seen, room.queue, 1, len(rest))
    assert answer == expected


@given(problems())
@settings(max_examples=60, deadline=None)
def test_a_cut_gains_what_was_foretold_and_leaves_two_connected_sides(problem):
    graph, areas, room = prepared(problem, 1)
    graph = graph._replace(home=np.zeros_like(graph.home))
    heads_and_stays(graph, areas, room)
    whole = objective(graph, areas)
    unit, out, gain, swapped, count = best_cut(graph, areas, 0, 0, 0.0, np.inf, 0.0, room)
    assert (out, count) == (0.0, len(problem.population))
    two = make_areas(graph, areas.label, 2)
    take_side(two.label, unit, count, *((1, 0) if swapped else (0, 1)), room)
    recount(graph, two, -1)
    assert whole - objective(graph, two) == pytest.approx(gain, abs=1e-8)
    inside = two.label[problem.edges[:, 0]] == two.label[problem.edges[:, 1]]
    assert pieces(len(two.label), problem.edges[inside]).max() == 1


@given(problems())
@settings(max_examples=40, deadline=None)
def test_merging_always_takes_the_cheapest_pair(problem):
    """Against a merging that looks at all pairs each time."""
    graph = flat_graph(problem)
    label = np.arange(len(problem.population))
    for _step in range(len(label) - problem.areas):
        label = cheapest_merge(problem, graph, label)
    found, number = bounded_ward(graph, np.full(len(label), -1), problem.areas, np.inf)
    assert number == problem.areas
    assert worth(problem, graph, found) == pytest.approx(worth(problem, graph, label), abs=1e-8)


def worth(problem: Problem, graph: Graph, label: np.ndarray) -> float:
    areas = make_areas(graph, np.unique(label, return_inverse=True)[1], len(np.unique(label)))
    recount(graph, areas, -1)
    return float(objective(graph, areas))


def cheapest_merge(problem: Problem, graph: Graph, label: np.ndarray) -> np.ndarray:
    pairs = {tuple(sorted(pair)) for pair in label[problem.edges].tolist() if pair[0] != pair[1]}
    options = [(worth(problem, graph, np.where(label == b, a, label)), a, b) for a, b in sorted(pairs)]
    _worth, a, b = min(options)
    return np.where(label == b, a, label)


@given(problems())
@settings(max_examples=30, deadline=None)
def test_descent_never_worsens_and_annealing_remembers_what_keeps_the_bounds(problem):
    graph, areas, room = prepared(problem, problem.areas)
    before = objective(graph, areas)
    descend(graph, areas, 0.0, np.inf, 30, room)
    after = objective(graph, areas)
    assert after <= before + 1e-9
    found, _moves = anneal(graph, areas, 0.0, np.inf, 5.0, 0.8, 20, 200, 1.0, 1.1, room)
    areas.label[:] = room.best
    recount(graph, areas, -1)
    assert objective(graph, areas) == pytest.approx(found)
    assert faults(areas, 0.0, np.inf) == 0.0
    assert keeps_shape(problem, areas.label) or len(areas.units) != problem.areas


@given(problems(locks=True))
@settings(max_examples=60, deadline=None)
def test_joined_groups_hold_their_own_blocks_and_free_ones_only(problem):
    glue = glue_of(problem)
    for group in set(problem.locks[problem.locks >= 0].tolist()):
        assert set(problem.locks[glue == group].tolist()) <= {group, -1}
        assert (glue[problem.locks == group] == group).all()


def test_numbers_by_chance_are_spread_evenly_and_the_same_everywhere():
    state = seeded(1, 2, 3)
    assert [int(below(state, 1000)) for _number in range(8)] == [665, 516, 217, 278, 276, 965, 337, 44]
    counts = np.bincount([below(state, 10) for _number in range(20_000)], minlength=10)
    assert np.abs(counts - 2000).max() < 200


def test_waiting_times_have_mean_one():
    assert waiting_times().mean() == pytest.approx(1.0)
