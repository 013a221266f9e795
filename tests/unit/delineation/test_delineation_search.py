"""The parts of the search, each on a graph small enough to see."""

from __future__ import annotations

import numpy as np
import pytest

from sozialraum.delineation import NoPlanFound, NoPlanPossible, partition
from sozialraum.delineation.cut import best_cut
from sozialraum.delineation.graph import build_graph, grow
from sozialraum.delineation.moves import descend
from sozialraum.delineation.repair import Bounded, repair
from sozialraum.delineation.search import make_problem, spread_inside
from sozialraum.delineation.state import Areas
from sozialraum.delineation.ward import bounded_ward

PATH = np.array([(a, a + 1) for a in range(5)])  # 0-1-2-3-4-5
STEPS = np.array([[0.0], [0.1], [0.2], [5.0], [5.1], [5.2]])


def path_graph(population=(1,) * 6, values=STEPS):
    return build_graph(make_problem(PATH, population, values, 2, (1, 10)))


def test_ward_merges_the_most_similar_neighbours():
    label, number = bounded_ward(path_graph(), 2, 10)
    assert (label, number) == ([0, 0, 0, 1, 1, 1], 2)


def test_ward_never_exceeds_the_upper_bound():
    label, number = bounded_ward(path_graph(), 2, 2)
    assert max(np.bincount(label)) <= 2
    assert number >= 3


def test_uninhabited_blocks_join_the_longest_border_layer_by_layer():
    # 0 and 3 are inhabited; 1 borders 0 by 5 m and 3 by 9 m, 2 hangs on 1 only
    edges, lengths = np.array([(0, 1), (1, 2), (1, 3)]), np.array([5.0, 4.0, 9.0])
    assert grow(np.array([True, False, False, True]), edges, lengths).tolist() == [0, 3, 3, 3]


def test_a_tree_is_cut_at_the_largest_step_within_bounds():
    graph = path_graph()
    cut = best_cut(graph, range(6), 1, 10)
    assert cut is not None
    assert cut.side in ({0, 1, 2}, {3, 4, 5})
    assert cut.fault == 0
    tight = best_cut(graph, range(6), 1, 4)
    assert tight is not None
    assert 2 <= len(tight.side) <= 4


def test_a_cut_that_cannot_keep_the_bounds_says_by_how_much():
    cut = best_cut(path_graph(population=(1, 1, 1, 1, 1, 9)), range(6), 4, 8)
    assert cut is not None
    assert cut.fault == 1  # 5 and 9: one inhabitant too many


def test_repair_brings_areas_into_bounds():
    graph = path_graph()
    bounded = Bounded(Areas(graph, [0, 1, 1, 1, 1, 1], 2), 2, 4)
    assert repair(bounded, np.random.default_rng(0))
    assert sorted(bounded.areas.population) in ([2, 4], [3, 3])


def test_moves_stop_at_the_bounds_and_keep_areas_connected():
    graph = path_graph()
    areas = Areas(graph, [0, 0, 0, 0, 0, 1], 2)
    gained = descend(areas, 1, 10)
    assert areas.label == [0, 0, 0, 1, 1, 1]
    assert gained > 0
    bound = Areas(graph, [0, 0, 0, 0, 0, 1], 2)
    descend(bound, 1, 2)
    assert bound.label == [0, 0, 0, 0, 1, 1]


def test_a_unit_that_holds_its_area_together_is_known():
    areas = Areas(path_graph(), [0, 0, 0, 1, 1, 1], 2)
    assert [areas.stays_connected(unit) for unit in range(6)] == [True, False, True, True, False, True]


def test_a_ring_stays_connected_without_one_of_its_units():
    ring = np.array([(0, 1), (1, 2), (2, 3), (0, 3)])
    graph = build_graph(make_problem(ring, (1,) * 4, np.zeros((4, 1)), 1, (1, 10)))
    assert Areas(graph, [0] * 4, 1).stays_connected(2)


def test_spread_is_100_for_one_area_and_0_for_single_blocks():
    weights = np.array([1.0, 2, 3, 4, 5, 6])
    assert spread_inside(weights, STEPS, np.zeros(6, dtype=int)) == pytest.approx(100)
    assert spread_inside(weights, STEPS, np.arange(6)) == pytest.approx(0)


def test_the_price_of_borders_makes_areas_compact():
    # a 6 x 6 chess board of values: similarity alone gives ragged areas, a price gives straight ones
    rows = np.arange(36).reshape(6, 6)
    edges = np.vstack([np.column_stack([rows[:, :-1].ravel(), rows[:, 1:].ravel()]),
                       np.column_stack([rows[:-1].ravel(), rows[1:].ravel()])])  # fmt: skip
    values = np.random.default_rng(5).normal(size=(36, 2))
    cut = {}
    for price in (0.0, 20.0):
        labels = partition(edges, np.ones(36), values, areas=2, bounds=(12, 24), compactness=price).labels
        cut[price] = int((labels[edges[:, 0]] != labels[edges[:, 1]]).sum())
    assert cut[20.0] <= 8 < cut[0.0]


def test_no_plan_found_names_the_areas_that_remain_out_of_bounds():
    # a star: every area but one is a single leaf of 1, so two areas of 2 to 3 do not exist, which no simple rule proves
    star = np.array([(0, leaf) for leaf in range(1, 5)])
    with pytest.raises(NoPlanFound, match=r"bleiben beim besten Versuch 2 außerhalb von 2 bis 3 .*\(1, 4\)|\(4, 1\)"):
        partition(star, (1,) * 5, np.zeros((5, 1)), areas=2, bounds=(2, 3))


def test_parts_without_connection_must_share_the_areas():
    two = np.array([(0, 1), (2, 3)])
    with pytest.raises(NoPlanPossible, match="brauchen zusammen 2 bis 4 Gebiete, verlangt sind 1"):
        partition(two, (1,) * 4, np.zeros((4, 1)), areas=1, bounds=(1, 4))
    found = partition(two, (1,) * 4, np.zeros((4, 1)), areas=2, bounds=(1, 4))
    assert found.labels.tolist() == [0, 0, 1, 1]


def test_without_attributes_a_plan_is_still_found():
    found = partition(PATH, (1,) * 6, np.zeros((6, 0)), areas=3, bounds=(2, 2))
    assert found.labels.tolist() == [0, 0, 1, 1, 2, 2]
    assert found.ssd == 0
