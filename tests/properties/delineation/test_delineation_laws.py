"""Laws that hold for every plan, on graphs made by chance."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.base import NoPlan
from sozialraum.delineation import NoPlanFound, NoPlanPossible, partition, propose
from sozialraum.delineation.cut import best_cut
from sozialraum.delineation.graph import build_graph
from sozialraum.delineation.moves import descend, explore
from sozialraum.delineation.repair import Bounded
from sozialraum.delineation.search import make_problem, spread_inside
from sozialraum.delineation.state import Areas
from village import draw_municipality, village_blocks


@st.composite
def tasks(draw, largest: int = 30):
    """A connected graph with inhabitants (some blocks empty), two attributes, a number and bounds."""
    number = draw(st.integers(2, largest))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    edges = {(int(random.integers(node)), node) for node in range(1, number)}
    for _extra in range(draw(st.integers(0, number))):
        a, b = sorted(random.integers(number, size=2).tolist())
        if a != b:
            edges.add((a, b))
    population = random.integers(0, 60, number) * (random.random(number) < 0.8)
    values = random.normal(size=(number, 2))
    areas = draw(st.integers(1, max(1, number // 3)))
    mean = max(1.0, population.sum() / areas)
    bounds = (
        float(np.floor(mean * draw(st.sampled_from([0.1, 0.4, 0.7])))),
        float(np.ceil(mean * draw(st.sampled_from([1.3, 1.8, 3.0])))),
    )
    return np.array(sorted(edges)), population.astype(float), values, areas, bounds


def is_connected(members: set[int], edges: np.ndarray) -> bool:
    reached = {min(members)}
    while True:
        more = {b for a, b in edges.tolist() if a in reached} | {a for a, b in edges.tolist() if b in reached}
        if more & members <= reached:
            return reached == members
        reached |= more & members


@given(tasks())
@settings(max_examples=150, deadline=None)
def test_every_plan_keeps_every_rule(task):
    edges, population, values, areas, (low, high) = task
    try:
        found = partition(edges, population, values, areas=areas, bounds=(low, high))
    except NoPlan:
        return
    assert sorted(set(found.labels.tolist())) == list(range(areas))
    for area in range(areas):
        members = set(np.flatnonzero(found.labels == area).tolist())
        assert is_connected(members, edges)
        assert low <= population[sorted(members)].sum() <= high
    assert found.ssd <= 100 + 1e-9


def plan_exists(edges: np.ndarray, population: np.ndarray, bounds: tuple[float, float]) -> bool:
    """Whether two areas within bounds exist at all, by trying every cut."""
    number = len(population)
    for size in range(1, number):
        for side in combinations(range(number), size):
            rest = set(range(number)) - set(side)
            both = (set(side), rest)
            if all(
                is_connected(part, edges) and bounds[0] <= population[sorted(part)].sum() <= bounds[1] for part in both
            ):
                return True
    return False


@given(tasks(largest=9))
@settings(max_examples=60, deadline=None)
def test_what_is_called_impossible_is_impossible_and_small_plans_are_found(task):
    edges, population, values, _areas, _bounds = task
    population = population + 1  # every block inhabited, so that a plan is a cut of the blocks
    bounds = (float(population.sum() * 0.25), float(population.sum() * 0.75))
    try:
        partition(edges, population, values, areas=2, bounds=bounds)
        found = True
    except (NoPlanPossible, NoPlanFound):
        found = False
    assert found == plan_exists(edges, population, bounds)


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_the_same_seed_gives_the_same_plan(task):
    edges, population, values, areas, bounds = task
    results = []
    for _run in range(2):
        try:
            results.append(partition(edges, population, values, areas=areas, bounds=bounds, seed=7).labels.tolist())
        except NoPlan as error:
            results.append(str(error))
    assert results[0] == results[1]


@given(tasks(), st.integers(0, 1000))
@settings(max_examples=80, deadline=None)
def test_moves_never_make_a_plan_worse_and_know_their_gain(task, seed):
    edges, population, values, _areas, _bounds = task
    population = population + 1
    graph = build_graph(make_problem(edges, population, values, 2, (0, 1e9)))
    random = np.random.default_rng(seed)
    labels = grown(edges, len(population), random)
    areas = Areas(graph, labels, 2)
    before = spread_inside(population, values, np.array(labels))
    gained = descend(areas, 1, 1e9)
    after = spread_inside(population, values, np.array(areas.label))
    assert gained >= 0
    assert np.isclose(before - after, gained, atol=1e-6)


def grown(edges: np.ndarray, number: int, random: np.random.Generator) -> list[int]:
    """Two connected halves grown from two ends of a spanning order."""
    labels = [-1] * number
    labels[0], labels[number - 1] = 0, 1
    while -1 in labels:
        open_edges = [(a, b) for a, b in edges.tolist() if (labels[a] < 0) != (labels[b] < 0)]
        a, b = open_edges[int(random.integers(len(open_edges)))]
        labels[a] = labels[b] = max(labels[a], labels[b])
    return labels


def objective(problem, labels: np.ndarray) -> float:
    """Spread inside plus the price of all cut borders, from the definition."""
    cut = labels[problem.edges[:, 0]] != labels[problem.edges[:, 1]]
    return spread_inside(problem.population, problem.values, labels) + float(problem.costs[cut].sum())


@given(tasks(), st.integers(0, 100), st.sampled_from([0.0, 0.5, 3.0]))
@settings(max_examples=80, deadline=None)
def test_a_cut_knows_its_gain(task, seed, compactness):
    edges, population, values, _areas, _bounds = task
    problem = make_problem(edges, population + 1, values, 1, (0, 1e9), compactness=compactness)
    for noise in (None, np.random.default_rng(seed)):
        cut = best_cut(build_graph(problem), range(len(population)), 0, 1e9, noise)
        assert cut is not None
        labels = np.array([int(unit in cut.side) for unit in range(len(population))])
        assert is_connected(set(cut.side), edges)
        assert is_connected(set(range(len(population))) - cut.side, edges)
        assert np.isclose(100 - objective(problem, labels), cut.gain, atol=1e-6)


@given(tasks(), st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_exploring_never_loses_and_knows_its_gain(task, seed):
    edges, population, values, _areas, _bounds = task
    problem = make_problem(edges, population + 1, values, 2, (0, 1e9), compactness=0.5)
    random = np.random.default_rng(seed)
    labels = grown(edges, len(population), random)
    bounded = Bounded(Areas(build_graph(problem), labels, 2), 1, 1e9)
    gained = explore(bounded, random, 10)
    assert gained >= 0
    before, after = objective(problem, np.array(labels)), objective(problem, np.array(bounded.areas.label))
    assert np.isclose(before - after, gained, atol=1e-6)


@given(st.permutations(range(12)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_rows_does_not_matter(order):
    blocks = village_blocks()
    turned = blocks.iloc[list(order)].reset_index(drop=True)
    one, other = propose(blocks, draw_municipality()), propose(turned, draw_municipality())
    assert one.plan_id == other.plan_id
    assert one.assignment.equals(other.assignment)
