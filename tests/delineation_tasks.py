"""Tasks for the tests of the delineation engine: small ones by chance, large ones on a grid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from brute_force import Task

WHOLE = st.integers(0, 9)


@st.composite
def graphs(draw, blocks: int, parts: int = 1) -> np.ndarray:
    """Edges of a graph of `blocks` in so many connected parts: a tree each, and a few edges more."""
    part = [block % parts for block in range(blocks)]
    edges = set()
    for block in range(parts, blocks):
        earlier = [other for other in range(block) if part[other] == part[block]]
        edges.add((draw(st.sampled_from(earlier)), block))
    pairs = [(a, b) for b in range(blocks) for a in range(b) if part[a] == part[b]]
    if pairs:
        edges |= set(draw(st.lists(st.sampled_from(pairs), max_size=blocks)))
    return np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)


@st.composite
def small_tasks(draw, parts=st.sampled_from([1, 1, 1, 2]), empty: bool = True, most: int = 8) -> tuple[Task, int]:
    """A plain task of two to eight blocks and the number of areas asked for; most of them have a plan."""
    blocks = draw(st.integers(2, most))
    edges = draw(graphs(blocks, min(draw(parts), blocks)))
    people = draw(st.lists(WHOLE if empty else st.integers(1, 9), min_size=blocks, max_size=blocks))
    population = np.array(people, dtype=np.int64) * 100
    width = draw(st.integers(1, 2))
    values = np.array(draw(st.lists(WHOLE, min_size=blocks * width, max_size=blocks * width)), dtype=float)
    areas = draw(st.integers(1, min(4, blocks)))
    return Task(edges, population, values.reshape(blocks, width), draw(bounds_around(population.sum() / areas))), areas


@st.composite
def bounds_around(draw, mean: float) -> tuple[float, float]:
    mean = max(1.0, float(mean))
    low = float(np.floor(draw(st.sampled_from([0.0, 0.0, 0.3, 0.6, 0.9])) * mean))
    return low, float(np.ceil(draw(st.sampled_from([1.1, 1.5, 2.0, np.inf])) * mean))


@st.composite
def with_locks(draw, task: Task) -> Task:
    """Two or three blocks in a group, of at most two groups."""
    blocks = len(task.population)
    locks = st.lists(st.sampled_from([-1, -1, -1, 0, 5]), min_size=blocks, max_size=blocks)
    return replace(task, locks=np.array(draw(locks), dtype=np.int64))


@st.composite
def with_costs(draw, task: Task, least: int = -8, most: int = 8) -> Task:
    """Barriers (negative) and bonds (positive) on the edges."""
    costs = st.lists(st.integers(least, most), min_size=len(task.edges), max_size=len(task.edges))
    return replace(task, edge_costs=np.array(draw(costs), dtype=float))


@st.composite
def with_start(draw, task: Task, prices=(0.0, 0.005, 0.05)) -> Task:
    """An existing plan, feasible or not, with numbers of its own, and a price for leaving it."""
    blocks = len(task.population)
    numbers = st.lists(st.sampled_from([2, 3, 7]), min_size=blocks, max_size=blocks)
    return replace(task, start=np.array(draw(numbers), dtype=np.int64), change_cost=draw(st.sampled_from(prices)))


@st.composite
def with_weights(draw, task: Task) -> Task:
    """Weights in the objective other than the population, some of them zero."""
    blocks = len(task.population)
    return replace(task, weights=np.array(draw(st.lists(WHOLE, min_size=blocks, max_size=blocks)), dtype=float))


@st.composite
def any_task(draw) -> tuple[Task, int]:
    """Any mixture of the features."""
    task, areas = draw(small_tasks())
    for feature in (with_locks, with_costs, with_start, with_weights):
        if draw(st.booleans()):
            task = draw(feature(task))
    return task, areas


def chance_task(seed: int, blocks: int = 9) -> Task:
    """A connected small task with bounds, from a number."""
    random = np.random.default_rng(seed)
    edges = {(int(random.integers(0, block)), block) for block in range(1, blocks)}
    while len(edges) < 1.8 * blocks:
        a, b = sorted(random.choice(blocks, 2, replace=False).tolist())
        edges.add((a, b))
    population = random.integers(20, 100, blocks)
    mean = population.sum() / 3
    values = random.normal(size=(blocks, 2))
    return Task(np.array(sorted(edges)), population, values, (np.floor(0.5 * mean), np.ceil(1.6 * mean)))


def grid_edges(rows: int, columns: int, there: np.ndarray | None = None) -> np.ndarray:
    """Edges of a grid of cells numbered row by row; only cells that are `there` (rows, columns) are counted."""
    there = np.ones((rows, columns), dtype=bool) if there is None else there
    number = np.where(there, np.cumsum(there.ravel()).reshape(rows, columns) - 1, -1)
    beside = np.concatenate(
        [
            np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1),
            np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1),
        ]
    )
    return np.ascontiguousarray(beside[(beside >= 0).all(axis=1)])


def smooth_fields(rows: int, columns: int, width: int, random: np.random.Generator) -> np.ndarray:
    """(rows x columns, width) attributes that change slowly over the town, with noise."""
    y, x = np.mgrid[0:rows, 0:columns] / max(rows, columns)
    fields = []
    for _field in range(width):
        a, b, phase = random.uniform(2, 8), random.uniform(2, 8), random.uniform(0, 6)
        fields.append(np.sin(a * x + phase) * np.cos(b * y - phase) + random.normal(0, 0.4, (rows, columns)))
    return np.stack([field.ravel() for field in fields], axis=1)


def town(rows: int, columns: int, areas: int, seed: int = 1, empty: float = 0.15) -> Task:
    """A town of square cells, some without inhabitants, with bounds of 0.3 and 1.9 times the mean area."""
    random = np.random.default_rng(seed)
    population = np.maximum(1, random.lognormal(3.0, 0.8, rows * columns)).astype(np.int64)
    population[random.random(rows * columns) < empty] = 0
    values = smooth_fields(rows, columns, 4, random)
    values = (values - np.average(values, axis=0, weights=population)) / values.std(axis=0)
    mean = population.sum() / areas
    return Task(grid_edges(rows, columns), population, values, (np.floor(0.3 * mean), np.ceil(1.9 * mean)))


def mixed_task(number: int, most: int = 11) -> tuple[Task, int, str]:
    """A small task of any kind that belongs to this number, the areas asked for and the effort.

    Odd ones on purpose: groups in several parts, more parts than areas, starts with gaps or with another number of
    areas, blocks larger than allowed, no edges at all, one block, as many areas as blocks, negative costs of edges.
    """
    random = np.random.default_rng(number)
    blocks = int(random.choice([1, 2, *range(3, most + 1)], p=[0.02, 0.03, *[0.95 / (most - 2)] * (most - 2)]))
    task = Task(_mixed_edges(blocks, random), _mixed_people(blocks, random), _mixed_values(blocks, random), (0, np.inf))
    areas = int(
        random.choice([1, blocks, random.integers(2, 5), random.integers(1, blocks + 1)], p=[0.05, 0.05, 0.7, 0.2])
    )
    mean = max(1.0, float(task.population.sum()) / max(areas, 1))
    low = np.floor(random.choice([0.0, 0.0, 0.0, 0.2, 0.5, 0.8]) * mean)
    high = np.ceil(random.choice([1.2, 1.5, 2.0, 3.0, np.inf]) * mean)
    task = replace(task, bounds=(float(low), float(high)))
    if random.random() < 0.6:
        task = replace(task, locks=random.choice([-1, 0, 1, 5], blocks, p=random.dirichlet((5, 1, 1, 0.3))))
    if random.random() < 0.5:
        start = random.choice([-1, 2, 3, 7, 8], blocks, p=random.dirichlet((1, 1, 1, 1, 1)))
        start = start if random.random() < 0.4 else np.maximum(start, 2)
        task = replace(task, start=start, change_cost=float(random.choice([0.0, 0.005, 0.05])))
    if random.random() < 0.5:
        low, high = ((-8, 8), (0, 8), (-8, 0))[random.integers(3)]
        task = replace(task, edge_costs=random.integers(low, high + 1, len(task.edges)).astype(float))
    if random.random() < 0.3:
        task = replace(task, weights=random.integers(0, 4, blocks).astype(float))
    effort = str(random.choice(["draft", "standard", "thorough", "exact"], p=[0.7, 0.2, 0.02, 0.08]))
    return task, areas, effort


def _mixed_edges(blocks: int, random: np.random.Generator) -> np.ndarray:
    """A row, a star, a grid, a tree with more edges, several parts, or no edge at all."""
    kind = random.integers(10)
    if kind == 0:
        edges = {(block, block + 1) for block in range(blocks - 1)}
    elif kind == 1:
        edges = {(0, block) for block in range(1, blocks)}
    elif kind == 2:
        edges = {
            (block, block + step) for step in (1, 3) for block in range(blocks - step) if step == 3 or block % 3 < 2
        }
    else:
        parts = (1, 1, 1, 1, 1, 2, 3)[kind - 3] if random.random() < 0.97 else blocks
        edges = set()
        for block in range(parts, blocks):
            earlier = np.arange(block % parts, block, parts)
            for other in random.choice(earlier, random.integers(1, 3)).tolist():
                edges.add((other, block))
    return np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)


def _mixed_people(blocks: int, random: np.random.Generator) -> np.ndarray:
    people = random.integers(0, 10, blocks) * 100
    people[random.random(blocks) < random.choice([0.0, 0.2, 0.6])] = 0
    if random.random() < 0.1:
        people[random.integers(blocks)] = 5_000
    return people


def _mixed_values(blocks: int, random: np.random.Generator) -> np.ndarray:
    """Whole numbers with many ties, ordinary ones, or none that differ; sometimes no column at all."""
    width = int(random.choice([0, 1, 2, 3], p=[0.02, 0.4, 0.4, 0.18]))
    values = random.integers(0, 10, (blocks, width)).astype(float)
    kind = random.random()
    return random.normal(size=(blocks, width)) if kind < 0.3 else np.ones((blocks, width)) if kind < 0.36 else values
