import math

import deliveries_specimens as specimens
import numpy as np
import pytest

from sozialraum.base.value import STRENGTH
from sozialraum.deliveries import find_recipe, read_delivery
from sozialraum.deliveries.cells import Cells
from sozialraum.deliveries.tightening import PublishedSum, tighten

INF = math.inf


def column(*entries):
    """Cells of (low, high, status), a bare number being observed."""
    rows = [(one, one, "observed") if isinstance(one, (int, float)) else one for one in entries]
    low, high, status = zip(*rows, strict=True)
    return Cells(np.array(low, float), np.array(high, float), np.array([STRENGTH[each] for each in status]))


def star(high=INF):
    return (0, high, "suppressed")


def total(row, *parts, size):
    mask = np.zeros(size, dtype=bool)
    mask[list(parts)] = True
    return PublishedSum(row, mask)


def bounds(found):
    return list(zip(found.cells.low.tolist(), found.cells.high.tolist(), strict=True))


def test_two_stars_share_what_the_total_leaves():
    cells = column(30, 12, star(), star(), 50)
    found = tighten(cells, [total(4, 0, 1, 2, 3, size=5)])
    assert bounds(found)[2:4] == [(0, 8), (0, 8)]
    assert found.pinned == ()


def test_a_star_alone_follows_from_the_total_and_stays_suppressed():
    cells = column(30, 12, star(), 50)
    found = tighten(cells, [total(3, 0, 1, 2, size=4)])
    assert bounds(found)[2] == (8, 8)
    assert found.pinned == (2,)
    assert found.cells.rank[2] == STRENGTH["suppressed"]


def test_the_smallest_value_of_the_others_counts_for_the_largest_of_one():
    cells = column(star(9), star(9), 17)
    assert bounds(tighten(cells, [total(2, 0, 1, size=3)]))[:2] == [(8, 9), (8, 9)]


def test_sums_that_share_cells_are_used_together():
    # parts 0 and 1 make 4, parts 2 and 3 make 5, both make 6; 6 is known, and so is 5's rest
    cells = column(star(), 10, star(), 20, star(), star(), 45)
    sums = [total(4, 0, 1, size=7), total(5, 2, 3, size=7), total(6, 4, 5, size=7)]
    found = tighten(cells, sums)
    assert bounds(found)[:3] == [(0, 15), (10, 10), (0, 15)]
    assert bounds(found)[4:6] == [(10, 25), (20, 35)]


def test_a_rounded_total_leaves_more_room():
    cells = column(30, star(), (38, 42, "rounded"))
    assert bounds(tighten(cells, [total(2, 0, 1, size=3)]))[1] == (8, 12)


def test_a_part_that_was_not_delivered_may_be_anything():
    cells = column(star(), (math.nan, math.nan, "missing"), 20)
    found = tighten(cells, [total(2, 0, 1, size=3)])
    assert bounds(found)[0] == (0, 20)
    assert math.isnan(found.cells.low[1])


def test_a_total_without_a_number_says_nothing():
    cells = column(star(), 5, (math.nan, math.nan, "blocked"))
    assert bounds(tighten(cells, [total(2, 0, 1, size=3)]))[0] == (0, INF)


def test_what_is_not_hidden_keeps_its_bounds():
    cells = column((0, INF, "uncertain"), (3, 7, "rounded"), 9)
    assert bounds(tighten(cells, [total(2, 0, 1, size=3)]))[:2] == [(0, INF), (3, 7)]


def test_sums_that_contradict_each_other_narrow_nothing_and_are_named():
    cells = column(star(9), star(9), 17, star(9), 3)
    sums = [total(2, 0, 1, size=5), total(4, 0, 3, size=5)]
    found = tighten(cells, sums)
    assert len(found.contradictions) == 1
    assert bounds(found) == bounds(tighten(cells, []))


def test_a_sum_that_cannot_hold_by_itself_is_left_to_the_check_of_sums():
    cells = column(30, star(9), 12)
    found = tighten(cells, [total(2, 0, 1, size=3)])
    assert found.contradictions == ()
    assert bounds(found)[1] == (0, 9)


@pytest.mark.parametrize(("whole", "expected"), [(True, (3, 4)), (False, (2.5, 4.5))])
def test_bounds_of_whole_numbers_are_rounded_inward(whole, expected):
    cells = column(star(), (5.5, 7.5, "uncertain"), 10)
    assert bounds(tighten(cells, [total(2, 0, 1, size=3)], whole=whole))[0] == expected


def agency(folder, other, total):
    """A town of three areas, one of them starred and one with `other`, with its published totals."""
    town = specimens.TOWN
    return specimens.agency(folder, (
        f"{town};101100101;Mitte;120;14", f"{town};101100102;Nord;35;*", f"{town};101100103;Hof;20;{other}",
        f"{town};101100SUM;Altstadt 100;175;{total}", f"{town};keine Angabe;keine Angabe;0;0",
        f"{town};101SUMSUM;Altstadt;175;{total}",
    ))  # fmt: skip


def test_a_table_whose_total_gives_a_star_away_says_so_without_the_number(tmp_path):
    path = agency(tmp_path, 12, 33)
    reading = read_delivery(path, find_recipe(path), specimens.places())
    (note,) = [finding for finding in reading.findings if "genau berechnen" in finding.what]
    assert (note.severity, note.row, note.column) == ("note", 3, "ALO_U25")
    assert "(Zeile 3)" in note.what
    assert "7" not in note.what
    star = reading.observations.query("unit == '05999004-02' and feature == 'unemployed_15_25'").iloc[0]
    assert (star["low"], star["high"], star["status"]) == (7, 7, "suppressed")


def test_a_star_beside_a_total_that_leaves_room_stays_open(tmp_path):
    path = agency(tmp_path, "*", 28)
    reading = read_delivery(path, find_recipe(path), specimens.places())
    assert not [finding for finding in reading.findings if "genau berechnen" in finding.what]
    stars = reading.observations.query("status == 'suppressed' and feature == 'unemployed_15_25'")
    assert stars[["low", "high"]].to_numpy().tolist() == [[5, 9], [5, 9]]
