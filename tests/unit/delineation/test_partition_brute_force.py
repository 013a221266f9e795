"""The judge of the engine counts right itself."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from brute_force import Task, all_plans, faults, figures

VALUES = np.arange(6.0)[:, None]
ROW = np.array([[i, i + 1] for i in range(5)])
RING = np.vstack([ROW, [[0, 5]]])
ALL = np.array([[a, b] for b in range(6) for a in range(b)])
BELL_FAMILY = {1: 1, 2: 31, 3: 90, 4: 65, 5: 15, 6: 1}  # ways to part six things (Stirling)


def task(edges, **options) -> Task:
    return Task(edges, np.full(6, 10), VALUES, **({"bounds": (0, np.inf)} | options))


@pytest.mark.parametrize("areas", range(1, 7))
def test_number_of_plans_without_rules(areas):
    assert len(all_plans(task(ROW), areas)) == comb(5, areas - 1)
    assert len(all_plans(task(RING), areas)) == (comb(6, areas) if areas > 1 else 1)
    assert len(all_plans(task(ALL), areas)) == BELL_FAMILY[areas]


def test_number_of_plans_with_rules():
    assert len(all_plans(task(ROW, bounds=(20, 40)), 2)) == 3
    assert len(all_plans(task(ALL, bounds=(30, 30)), 2)) == comb(6, 3) / 2
    assert len(all_plans(task(ALL, locks=np.array([0, 0, 1, -1, -1, -1])), 2)) == 2**3
    assert len(all_plans(task(ROW, locks=np.array([0, -1, 0, -1, -1, 0])), 2)) == 0
    assert len(all_plans(task(ROW[[0, 1, 3, 4]]), 2)) == 1


def test_every_plan_is_without_fault_and_measured_as_it_was_ranked():
    costs, start = np.array([1.0, -2, 3, 0, 1, 2]), np.array([0, 0, 4, 4, 1, 1])
    given = task(RING, edge_costs=costs, start=start, change_cost=0.1, locks=np.array([-1, 0, 0, -1, -1, -1]))
    plans = all_plans(given, 3)
    assert len(plans) == comb(5, 3)
    for plan in plans:
        labels = plan.labels(6)
        assert faults(given, labels, 3) == []
        assert figures(given, labels).objective == pytest.approx(plan.objective)


def test_faults_are_seen():
    given = task(ROW, bounds=(20, 30), locks=np.array([0, 0, -1, 2, 2, -1]))
    assert faults(given, np.array([0, 0, 0, 1, 1, 1]), 2) == []
    assert len(faults(given, np.array([0, 0, 0, 1, 1, 0]), 2)) == 2  # torn, and too many in area 0
    assert len(faults(given, np.array([0, 1, 1, 1, 2, 2]), 2)) == 5
    assert faults(given, np.zeros(3), 1)


def test_fewest_persons_change():
    given = task(ROW, start=np.array([5, 5, 5, 5, 8, 8]))
    assert figures(given, np.array([0, 0, 1, 1, 1, 1])).changed_persons == 20  # 5 and 8: two blocks each stay
    assert figures(given, np.array([0, 0, 0, 0, 1, 1])).changed_persons == 0
    assert figures(given, np.zeros(6)).changed_persons == 20
