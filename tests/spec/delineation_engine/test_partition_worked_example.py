"""Four blocks in a row, worked out by hand.

block       0     1     2     3
persons   100   100   200     0
value       0     2     4    50      mean (0 + 200 + 800) / 400 = 2.5
costs        c01   c12   c23

Whole spread: 100 x 6.25 + 100 x 0.25 + 200 x 2.25 = 1,100. Two areas, block 3 with any neighbour:
0 | 1 2   100 x (4/3)^2 + 200 x (2/3)^2 = 266.67   24.24 %
0 1 | 2   100 x 1 + 100 x 1             = 200      18.18 %
"""

from __future__ import annotations

import numpy as np
import pytest

from sozialraum.delineation import DelineationError, NoPlanPossible, partition

EDGES = [[0, 1], [1, 2], [2, 3]]
PEOPLE = [100, 100, 200, 0]
VALUES = [[0.0], [2.0], [4.0], [50.0]]
FIRST, SECOND = 100 * 266.6666667 / 1100, 100 * 200 / 1100


def cut(**options):
    options = {"areas": 2, "bounds": (100, 300), "effort": "draft"} | options
    return partition(EDGES, PEOPLE, VALUES, **options)


def test_the_most_alike_blocks_stay_together():
    found = cut()
    assert found.labels.tolist() == [0, 0, 1, 1]
    assert found.ssd == pytest.approx(SECOND)
    assert (found.cut_cost, found.changed_persons) == (0.0, 0.0)
    assert found.objective == pytest.approx(SECOND)


def test_a_proof_has_a_bound_and_no_gap():
    found = cut(effort="exact")
    assert found.proof == "optimal"
    assert found.lower_bound == pytest.approx(found.objective)
    assert found.gap == pytest.approx(0.0)
    assert isinstance(found.report, dict)


def test_one_single_area_has_100_percent():
    found = cut(areas=1, bounds=(0, 400))
    assert found.labels.tolist() == [0, 0, 0, 0]
    assert found.ssd == pytest.approx(100.0)


def test_a_bond_keeps_two_neighbours_together():
    found = cut(edge_costs=[0.0, 10.0, 0.0])
    assert found.labels.tolist() == [0, 1, 1, 1]
    assert found.objective == pytest.approx(FIRST)
    assert cut(edge_costs=[0.0, 5.0, 0.0]).labels.tolist() == [0, 0, 1, 1]


def test_a_barrier_is_rewarded_where_a_border_runs_along_it():
    found = cut(edge_costs=[-10.0, 0.0, 0.0])
    assert found.labels.tolist() == [0, 1, 1, 1]
    assert found.cut_cost == pytest.approx(-10.0)
    assert found.objective == pytest.approx(FIRST - 10.0)


def test_below_zero_there_is_a_bound_but_no_gap():
    found = cut(edge_costs=[-50.0, 0.0, 0.0], effort="exact")
    assert found.objective == pytest.approx(FIRST - 50.0)
    assert found.lower_bound == pytest.approx(found.objective)
    assert found.gap is None


def test_an_existing_plan_stays_while_leaving_it_costs_more_than_it_brings():
    dear = cut(start=[4, 9, 9, 9], change_cost=0.1)  # ten percent of the spread for block 1
    assert dear.labels.tolist() == [4, 9, 9, 9]
    assert dear.objective == pytest.approx(FIRST)
    cheap = cut(start=[4, 9, 9, 9], change_cost=0.05)
    assert cheap.labels.tolist() == [4, 4, 9, 9]
    assert cheap.changed_persons == 100
    assert cheap.objective == pytest.approx(SECOND + 0.05 * 100)


def test_without_a_price_an_existing_plan_gives_the_numbers_only():
    found = cut(start=[4, 9, 9, 9])
    assert found.labels.tolist() == [4, 4, 9, 9]
    assert found.objective == pytest.approx(SECOND)


def test_new_areas_are_numbered_above_the_old_ones():
    found = cut(areas=3, bounds=(100, 200), start=[7, 7, 2, 2])
    assert found.labels.tolist() in ([7, 8, 2, 2], [8, 7, 2, 2])
    assert found.changed_persons == 100


def test_an_old_number_is_given_once():
    found = cut(start=[5, 5, 5, 5])
    assert found.labels.tolist() in ([6, 6, 5, 5], [5, 5, 6, 6])  # 200 and 200 persons: the same either way
    assert found.changed_persons == 200


def test_locked_blocks_stay_together():
    assert cut(locks=[-1, 3, 3, -1]).labels.tolist() == [0, 1, 1, 1]


def test_locked_blocks_stay_apart_from_other_numbers():
    assert cut(locks=[0, 1, -1, -1]).labels.tolist() == [0, 1, 1, 1]


def test_weights_replace_the_persons_in_the_objective_only():
    found = cut(weights=[1.0, 1.0, 0.0, 0.0])
    assert found.labels.tolist() == [0, 1, 1, 1]
    assert found.ssd == pytest.approx(0.0)


def test_bounds_are_included():
    assert cut(bounds=(200, 200)).labels.tolist() == [0, 0, 1, 1]
    with pytest.raises(NoPlanPossible):
        cut(bounds=(201, 400))


def test_a_block_larger_than_the_maximum_is_named():
    with pytest.raises(NoPlanPossible) as caught:
        cut(bounds=(0, 150), areas=3, name="Roetgen")
    assert any("Roetgen" in reason and "200" in reason and "150" in reason for reason in caught.value.reasons)


def test_without_a_minimum_a_block_without_inhabitants_may_be_an_area():
    found = cut(areas=4, bounds=(0, np.inf))
    assert found.labels.tolist() == [0, 1, 2, 3]
    assert found.ssd == pytest.approx(0.0)


def test_nobody_lives_anywhere():
    found = partition(EDGES, [0, 0, 0, 0], VALUES, areas=2, bounds=(0, np.inf))
    assert len(np.unique(found.labels)) == 2
    assert found.ssd == 0.0


def test_one_block_is_one_area():
    found = partition(np.empty((0, 2), dtype=int), [500], [[1.0]], areas=1, bounds=(0, np.inf))
    assert found.labels.tolist() == [0]


def test_blocks_without_any_neighbour_are_areas_of_their_own():
    found = partition(np.empty((0, 2), dtype=int), [500, 400], [[1.0], [2.0]], areas=2, bounds=(0, np.inf))
    assert found.labels.tolist() == [0, 1]


def test_blocks_locked_together_make_fewer_areas():
    locks = [0, 0, -1, -1]
    assert cut(areas=3, bounds=(0, np.inf), locks=locks).labels.tolist() == [0, 0, 1, 2]
    with pytest.raises(DelineationError):
        cut(areas=4, bounds=(0, np.inf), locks=locks)
    with pytest.raises(DelineationError):
        cut(areas=3, bounds=(0, np.inf), locks=[0, -1, 0, -1])  # block 1 is needed to join 0 and 2
