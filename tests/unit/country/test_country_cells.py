"""The graph of one municipality: sides, pieces, bridges, prices, comparable attributes."""

import itertools

import numpy as np
import pytest

from sozialraum.country.cells import (
    Cells,
    bridge_edges,
    piece_numbers,
    side_costs,
    side_edges,
    standardised,
)


def drawn(picture):
    """x and y of the signs # of a picture, north up, in reading order."""
    rows = [line.strip() for line in picture.strip().splitlines()]
    places = [(r, c) for r, line in enumerate(rows) for c, sign in enumerate(line) if sign == "#"]
    row, column = np.array(places).T
    return 4_000_050 + 100 * column, 3_000_950 - 100 * row


def scattered(number, seed, side=60):
    random = np.random.default_rng(seed)
    place = np.sort(random.choice(side * side, number, replace=False))
    return 50 + 100 * (place % side), 100 * side - 50 - 100 * (place // side)


def brute_tree_length(x, y, edges):
    """Sum of the bridges of a minimum spanning tree, from all pairs of cells."""
    piece = piece_numbers(len(x), edges)
    pairs = sorted(
        (np.hypot(x[i] - x[j], y[i] - y[j]), piece[i], piece[j])
        for i, j in itertools.combinations(range(len(x)), 2)
        if piece[i] != piece[j]
    )
    group, total = {p: {p} for p in piece}, 0.0
    for length, one, other in pairs:
        if group[one] is not group[other]:
            total += length
            merged = group[one] | group[other]
            group.update(dict.fromkeys(merged, merged))
    return total


def test_sides_join_and_corners_do_not():
    x, y = drawn("""
        ##.
        #.#
        ..#
    """)
    assert side_edges(x, y).tolist() == [[0, 1], [0, 2], [3, 4]]


def test_the_end_of_a_row_is_not_beside_the_start_of_the_next():
    x, y = drawn("""
        .##
        #..
    """)
    assert side_edges(x, y).tolist() == [[0, 1]]


def test_sides_are_those_found_by_looking_at_all_pairs():
    x, y = scattered(300, 1, side=25)
    distance = abs(x[:, None] - x) + abs(y[:, None] - y)
    assert side_edges(x, y).tolist() == np.argwhere(np.triu(distance == 100)).tolist()


def test_three_pieces_take_two_bridges_the_shortest_ones():
    x, y = drawn("""
        ##...#
        ......
        ##....
    """)
    bridges = bridge_edges(x, y, side_edges(x, y))
    assert bridges.tolist() == [[0, 3], [1, 2]]


def test_a_corner_is_the_shortest_bridge():
    x, y = drawn("""
        #..
        .##
        #..
    """)
    assert bridge_edges(x, y, side_edges(x, y)).tolist() == [[0, 1], [1, 3]]


@pytest.mark.parametrize("picture", ["#.#..#", "#\n.\n#\n.\n#", "#.\n..\n.#", "#..\n...\n#.#"])
def test_cells_on_a_line_and_very_few_cells_are_joined(picture):
    x, y = drawn(picture)
    edges = side_edges(x, y)
    bridges = bridge_edges(x, y, edges)
    assert len(bridges) == piece_numbers(len(x), edges).max()
    assert piece_numbers(len(x), np.vstack([edges, bridges])).max() == 0


@pytest.mark.parametrize("seed", range(6))
def test_bridges_are_a_minimum_spanning_tree_over_the_pieces(seed):
    x, y = scattered(60 + 30 * seed, seed, side=14 + 4 * seed)
    edges = side_edges(x, y)
    bridges = bridge_edges(x, y, edges)
    assert piece_numbers(len(x), np.vstack([edges, bridges])).max() == 0
    assert len(bridges) == piece_numbers(len(x), edges).max()
    length = np.hypot(x[bridges[:, 0]] - x[bridges[:, 1]], y[bridges[:, 0]] - y[bridges[:, 1]]).sum()
    assert length == pytest.approx(brute_tree_length(x, y, edges))


def test_bridges_do_not_change_when_the_town_is_moved():
    x, y = scattered(200, 3)
    edges = side_edges(x, y)
    there = bridge_edges(x + 4_000_000, y + 2_500_000, edges)
    assert there.tolist() == bridge_edges(x, y, edges).tolist()


def test_more_bridges_contain_the_fewest():
    x, y = scattered(200, 4)
    edges = side_edges(x, y)
    few, every = (set(map(tuple, bridge_edges(x, y, edges, every=all_).tolist())) for all_ in (False, True))
    assert few < every


def test_all_sides_between_inhabited_cells_cost_what_was_said():
    edges = np.array([[0, 1], [1, 2], [2, 3]])
    costs = side_costs(edges, np.array([5.0, 3.0, 2.0, 0.0]), 1.0)
    assert costs.tolist() == [50.0, 50.0, 0.0]


def test_every_family_weighs_the_same_however_many_attributes_it_has():
    random = np.random.default_rng(0)
    weight = random.integers(1, 50, 40).astype(float)
    values = standardised(random.normal(3, 2, (40, 3)), weight, ["a", "a", "b"])
    spread = (weight[:, None] * values**2).sum(axis=0) / weight.sum()
    assert spread == pytest.approx([0.5, 0.5, 1.0])
    assert (weight[:, None] * values).sum(axis=0) == pytest.approx([0, 0, 0], abs=1e-9)


def test_an_unknown_value_is_the_mean_of_the_municipality():
    raw = np.array([[1.0, 7.0], [np.nan, 7.0], [4.0, 7.0]])
    weight = np.array([1.0, 5.0, 2.0])
    values = standardised(raw, weight, ["a", "b"])
    assert values.shape == (3, 1)  # what is the same everywhere says nothing
    assert values[1, 0] == 0
    assert (weight[[0, 2]] * values[[0, 2], 0]).sum() == pytest.approx(0)


def test_without_any_difference_there_is_nothing_to_compare():
    assert standardised(np.full((3, 1), np.nan), np.ones(3), ["a"]).shape == (3, 0)


def test_a_cell_has_the_key_of_its_south_western_corner():
    cells = Cells("05334002", np.array([4_337_050]), np.array([2_689_150]), np.ones(1), np.ones((1, 1)))
    assert cells.names() == ["CRS3035RES100mN2689100E4337000"]
