"""Every plan of a small task, one after the other, and random small tasks to compare with."""

import itertools

import numpy as np
from hypothesis import strategies as st

from sozialraum.delineation import make_problem
from sozialraum.delineation.score import numbered, score


def all_plans(problem):
    """Labels of every plan that keeps the rules, each once."""
    for labels in _growing(len(problem.population), problem.areas):
        if keeps_rules_slowly(problem, labels):
            yield labels


def best_objective(problem):
    """The smallest objective of any plan, or None when there is none."""
    return min((score(problem, numbered(problem, labels)).objective for labels in all_plans(problem)), default=None)


def _growing(number, areas):
    """Label vectors where each label is at most one above those before, with exactly `areas` labels."""
    rows = [((), 0)]
    for place in range(number):
        rows = [
            ((*row, label), max(used, label + 1))
            for row, used in rows
            for label in range(min(used + 1, areas))
            if areas - max(used, label + 1) <= number - place - 1
        ]
    return [np.array(row, dtype=np.int64) for row, used in rows if used == areas]


def keeps_rules_slowly(problem, labels):
    """The rules in other words than the package: walks from block to block."""
    near = {block: set() for block in range(len(labels))}
    for one, other in problem.edges.tolist():
        near[one].add(other)
        near[other].add(one)
    for area in set(labels.tolist()):
        own = {block for block in near if labels[block] == area}
        if not problem.within(sum(problem.population[block] for block in own)) or not _connected(own, near):
            return False
        if len({problem.locks[block] for block in own} - {-1}) > 1:
            return False
    return all(len({labels[b] for b in near if problem.locks[b] == lock}) == 1 for lock in set(problem.locks) - {-1})


def _connected(own, near):
    reached, waiting = set(), [min(own)]
    while waiting:
        block = waiting.pop()
        reached.add(block)
        waiting += [other for other in near[block] & own if other not in reached]
    return reached == own


@st.composite
def tasks(draw, most=7):
    """A small graph with everything that can happen: parts, locks, negative costs, empty blocks, an old plan."""
    number = draw(st.integers(2, most))
    pairs = list(itertools.combinations(range(number), 2))
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=2 * number))
    chain = draw(st.booleans())
    edges = sorted(set(edges) | ({(i, i + 1) for i in range(number - 1)} if chain else set()))
    population = draw(st.lists(st.integers(0, 5), min_size=number, max_size=number))
    low = draw(st.integers(0, 4))
    many = {"min_size": number, "max_size": number}
    return make_problem(
        np.array(edges),
        population,
        np.array(draw(st.lists(st.integers(-4, 4), min_size=2 * number, max_size=2 * number))).reshape(number, 2),
        areas=draw(st.integers(1, min(4, number))),
        bounds=(low, draw(st.sampled_from([low + 4, low + 8, float("inf")]))),
        weights=np.array(draw(st.one_of(st.just(population), st.lists(st.integers(0, 3), **many))), dtype=float),
        locks=np.array(draw(st.one_of(st.just([-1] * number), st.lists(st.integers(-1, 1), **many)))),
        start=draw(st.one_of(st.none(), st.lists(st.integers(-1, 3), **many))),
        edge_costs=np.array(draw(st.lists(st.integers(-3, 5), min_size=len(edges), max_size=len(edges))), dtype=float),
        change_cost=draw(st.sampled_from([0.0, 1.0, 7.0])),
    )


def grid(width, height, areas, bounds, **more):
    """A grid of cells with one person each and two random values."""
    cells = np.arange(width * height).reshape(height, width)
    edges = np.concatenate(
        [
            np.stack([cells[:, :-1].ravel(), cells[:, 1:].ravel()], 1),
            np.stack([cells[:-1].ravel(), cells[1:].ravel()], 1),
        ]
    )
    values = np.random.default_rng(1).normal(size=(width * height, 2))
    return make_problem(edges, np.ones(width * height), values, areas=areas, bounds=bounds, **more)
