"""The same input, seed and effort give the same labels: again, elsewhere, compiled or not, in any order of edges."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from brute_force import Task
from delineation_tasks import town
from sozialraum.delineation import partition

TESTS = Path(__file__).parents[2]
EFFORTS = ["draft", "standard", "thorough"]


def labels(task: Task, areas: int, effort: str = "standard", seed: int = 0) -> list[int]:
    return partition(areas=areas, effort=effort, seed=seed, **task.arguments).labels.tolist()


def mixed(rows: int, columns: int, areas: int) -> Task:
    """A town with every feature."""
    task = town(rows, columns, areas, seed=5)
    random = np.random.default_rng(7)
    locks = np.full(rows * columns, -1)
    locks[: columns // 3], locks[-columns // 3 :] = 0, 1
    start = np.tile(np.arange(columns) * areas // columns, rows)
    costs = random.normal(0, 0.02, len(task.edges))
    return replace(task, locks=locks, start=start, edge_costs=costs, change_cost=1e-4)


@pytest.mark.parametrize("effort", EFFORTS)
def test_twice_in_one_process(effort):
    for task in [mixed(5, 6, 4)] if effort == "thorough" else [town(12, 15, 4), mixed(12, 15, 4)]:
        once = labels(task, 4, effort)
        np.random.seed(99)  # nobody else's chance matters
        assert labels(task, 4, effort) == once


def test_the_order_of_the_edges_does_not_matter():
    task = mixed(20, 25, 6)
    order = np.random.default_rng(1).permutation(len(task.edges))
    other = replace(task, edges=task.edges[order], edge_costs=task.edge_costs[order])
    assert labels(other, 6) == labels(task, 6)


def test_the_kind_of_the_arrays_does_not_matter():
    task = town(12, 15, 5)
    other = replace(
        task,
        edges=task.edges.astype(np.int32),
        population=task.population.astype(float),
        values=np.asfortranarray(task.values),
    )
    assert labels(other, 5) == labels(task, 5)


def test_the_given_arrays_are_left_as_they_are():
    task = mixed(12, 15, 5)
    before = {name: np.array(given) for name, given in task.arguments.items() if isinstance(given, np.ndarray)}
    for given in before:
        getattr(task, given).setflags(write=False)
    labels(task, 5)
    assert all((getattr(task, name) == given).all() for name, given in before.items())


def test_two_at_a_time_are_as_one_after_the_other():
    tasks = [town(15, 20, 5, seed) for seed in range(4)]
    with ThreadPoolExecutor(2) as workers:
        together = list(workers.map(lambda task: labels(task, 5), tasks))
    assert together == [labels(task, 5) for task in tasks]


def test_another_seed_searches_another_way():
    task = town(30, 40, 10)
    found = {tuple(labels(task, 10, "draft", seed)) for seed in range(4)}
    assert len(found) > 1


SMALL = [((5, 6), 3, "draft"), ((4, 10), 4, "draft")]
LARGE = [((30, 40), 9, "draft"), ((12, 15), 5, "standard")]


def on_other_terms(cases: list, **environment: str) -> list[list[int]]:
    """Labels of the cases, plain and mixed, from a process of its own."""
    lines = (
        "import json, sys",
        "from test_determinism import labels_of",
        "print(json.dumps(labels_of(json.loads(sys.argv[1]))))",
    )
    paths = os.pathsep.join([str(TESTS), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines), json.dumps(cases)],
        env=os.environ | {"PYTHONPATH": paths} | environment,
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def labels_of(cases: list) -> list[list[int]]:
    found = []
    for (rows, columns), areas, effort in cases:
        found += [labels(make(rows, columns, areas), areas, effort) for make in (town, mixed)]
    return found


@pytest.mark.slow
def test_on_a_processor_without_special_instructions():
    assert on_other_terms(SMALL + LARGE, NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES="") == labels_of(SMALL + LARGE)


def test_without_compiled_code():
    assert on_other_terms(SMALL, NUMBA_DISABLE_JIT="1") == labels_of(SMALL)


def test_in_another_process_with_other_hashes():
    assert on_other_terms(SMALL + LARGE, PYTHONHASHSEED="77", OMP_NUM_THREADS="2") == labels_of(SMALL + LARGE)
