"""Invented benchmark municipalities are connected, repeatable and made by the same rule as the shared ones."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest
from benchmarks.regions.instances import first_task, generate, load, name_of, save
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

ARRAYS = ("edges", "population", "values", "lengths", "points", "sizes")


@pytest.mark.parametrize("cells", [50, 333, 1_000, 5_000])
def test_an_instance_has_exactly_so_many_connected_cells(cells):
    made = generate(cells)
    links = coo_matrix((np.ones(len(made.edges)), made.edges.T), shape=(cells, cells))
    assert len(made.population) == len(made.values) == len(made.points) == cells
    assert connected_components(links, directed=False)[0] == 1


def test_neighbours_share_a_side_and_all_who_do_are_neighbours():
    made = generate(400)
    first, second = made.edges.T
    steps = np.abs(made.points[first] - made.points[second])
    assert (first < second).all()
    assert (steps.sum(axis=1) == 100).all()
    apart = np.abs(made.points[:, None] - made.points[None]).sum(axis=2)
    assert len(made.edges) == (apart == 100).sum() // 2


def test_the_same_seed_gives_the_same_arrays_and_another_seed_others():
    one, again, other = generate(500, 3), generate(500, 3), generate(500, 4)
    assert all((getattr(one, name) == getattr(again, name)).all() for name in ARRAYS)
    assert not np.array_equal(one.values, other.values)


def test_areas_and_bounds_follow_the_rule_of_4500_inhabitants():
    made = generate(2_000)
    total = made.population.sum()
    assert made.areas == round(total / 4_500)
    assert np.isclose(made.low, total / made.areas * 700 / 4_500)
    assert np.isclose(made.high, total / made.areas * 8_500 / 4_500)
    assert np.isclose(made.low_maxp, 0.8 * total / made.areas)


def test_cells_hold_about_thirty_whole_persons_and_three_at_least():
    population = generate(5_000).population
    assert population.min() >= 3
    assert (population == np.rint(population)).all()
    assert 28 < population.mean() < 33
    assert np.median(population) < population.mean()  # few dense cells, many thin ones


def test_attributes_are_standardised_by_inhabitants_and_two_pairs_go_together():
    made = generate(2_000)
    assert np.allclose(np.average(made.values, axis=0, weights=made.population), 0, atol=1e-12)
    assert np.allclose(np.average(made.values**2, axis=0, weights=made.population), 1)
    together = np.corrcoef(made.values.T)
    assert together[2, 3] > 0.3
    assert together[5, 6] > 0.3


def test_neighbours_are_more_alike_the_longer_the_range_and_the_less_the_noise():
    values, edges = generate(5_000).values, generate(5_000).edges
    alike = (values[edges[:, 0]] * values[edges[:, 1]]).mean(axis=0)
    assert (alike > 0.2).all()
    assert alike[7] < alike[1]


def test_without_bounds_any_number_of_persons_is_allowed():
    made = generate(50)
    free, plain = made.without_bounds(), made.unweighted()
    assert (free.low, free.high, plain.low, plain.high) == (0, math.inf, 0, math.inf)
    assert (free.population == made.population).all()
    assert (plain.population == 1).all()


def test_a_saved_instance_is_read_back_as_it_was(tmp_path):
    made = generate(60, 9)
    again = load(save(made, tmp_path))
    assert again.name == name_of(60, 9) == "cells60-s9"
    assert all((getattr(made, name) == getattr(again, name)).all() for name in ARRAYS)
    assert (again.areas, again.low, again.high) == (made.areas, made.low, made.high)


def test_the_task_solved_before_a_measured_run_has_a_plan():
    made = first_task()
    assert len(made.population) == 50
    assert made.areas * made.low <= made.population.sum() <= made.areas * made.high
    assert made.population.max() <= made.high


def test_memory_grows_with_the_number_of_cells():
    assert used(16_000) < 6 * used(4_000)


def used(cells: int) -> int:
    tracemalloc.start()
    generate(cells)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
