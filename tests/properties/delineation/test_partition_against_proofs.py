"""Towns of 40 to 54 blocks, areas of up to nine: the usual effort against the proven optimum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brute_force import Task, faults, figures
from delineation_tasks import town
from sozialraum.delineation import partition


def small_town(seed: int, rows: int, columns: int) -> Task:
    """Blocks of much the same size; four to nine of them make an area."""
    blocks = rows * columns
    random = np.random.default_rng(seed)
    task = replace(town(rows, columns, 8, seed), population=random.integers(90, 111, blocks), bounds=(400, 850))
    if seed % 2:
        locks = np.full(blocks, -1)
        locks[[0, 1]], locks[[blocks - 1, blocks - 3]] = 0, 1
        task = replace(task, locks=locks, edge_costs=random.choice([-0.3, 0.0, 0.3], len(task.edges)))
    return task


@pytest.mark.parametrize(("seed", "rows", "columns"), [(1, 5, 8), (4, 6, 9)])
def test_standard_is_within_half_a_percent_of_the_proven_optimum(seed, rows, columns):
    task, areas = small_town(seed, rows, columns), rows * columns // 6
    best = partition(areas=areas, effort="exact", **task.arguments)
    assert best.proof == "optimal"
    assert best.lower_bound == pytest.approx(best.objective, abs=1e-6)
    usual = partition(areas=areas, **task.arguments)
    for found in (best, usual):
        assert faults(task, found.labels, areas) == []
        assert found.objective == pytest.approx(figures(task, found.labels).objective)
    assert best.objective - 1e-7 <= usual.objective <= 1.005 * best.objective
