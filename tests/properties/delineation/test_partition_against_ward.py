"""Without bounds and weights the engine is never worse than merging the most alike neighbours (Ward)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brute_force import Task, figures
from delineation_tasks import town
from sozialraum.delineation import partition


def ward(task: Task, areas: int) -> np.ndarray:
    """Merge the two neighbours that add least to the sum of squares, until `areas` are left."""
    area = list(range(len(task.population)))
    mass = task.mass.copy()
    mean = task.values.copy()
    beside = {tuple(edge) for edge in task.edges.tolist()}
    for _merge in range(len(area) - areas):
        pairs = np.array(sorted(beside))
        one, other = pairs[:, 0], pairs[:, 1]
        cost = mass[one] * mass[other] / (mass[one] + mass[other]) * ((mean[one] - mean[other]) ** 2).sum(axis=1)
        a, b = pairs[int(cost.argmin())].tolist()
        mean[a] = (mass[a] * mean[a] + mass[b] * mean[b]) / (mass[a] + mass[b])
        mass[a] += mass[b]
        area = [a if held == b else held for held in area]
        moved = ((a if x == b else x, a if y == b else y) for x, y in beside)
        beside = {(min(pair), max(pair)) for pair in moved if pair[0] != pair[1]}
    return np.array(area)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("areas", [3, 12])
def test_never_worse_than_ward(seed, areas):
    task = replace(town(12, 14, areas, seed), weights=np.ones(168), bounds=(0, np.inf))
    found = partition(areas=areas, **task.arguments)
    assert found.objective <= figures(task, ward(task, areas)).objective + 1e-9
