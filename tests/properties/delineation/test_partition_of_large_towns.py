"""What holds for every plan of a town of 1,500 to 3,000 cells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brute_force import Task, components, faults, figures
from delineation_tasks import grid_edges, town
from sozialraum.delineation import NoPlanPossible, Partition, partition

ROWS, COLUMNS, AREAS = 40, 50, 12


def solved(task: Task, areas: int = AREAS, effort: str = "draft") -> Partition:
    """The plan found, after everything that holds for any plan was looked at."""
    found = partition(areas=areas, effort=effort, **task.arguments)
    assert faults(task, found.labels, areas) == []
    expected = figures(task, found.labels)
    assert found.ssd == pytest.approx(expected.ssd)
    assert found.cut_cost == pytest.approx(expected.cut_cost, abs=1e-7)
    assert found.changed_persons == pytest.approx(expected.changed_persons)
    assert found.objective == pytest.approx(expected.objective, abs=1e-7)
    if task.start is None:
        first = np.unique(found.labels, return_index=True)[1]
        assert (np.diff(first) > 0).all()
    return found


def blocks_of_cells(task: Task, there: np.ndarray) -> Task:
    """The task without the cells that are not there."""
    edges = grid_edges(*there.shape, there)
    kept = there.ravel()
    return replace(task, edges=edges, population=task.population[kept], values=task.values[kept])


def with_price(task: Task, start: np.ndarray, price: float) -> Task:
    return replace(task, start=start, change_cost=price)


@pytest.fixture(scope="module")
def plain() -> Task:
    return town(ROWS, COLUMNS, AREAS)


@pytest.fixture(scope="module")
def draft(plain) -> Partition:
    return solved(plain)


@pytest.fixture(scope="module")
def standard(plain) -> Partition:
    return solved(plain, effort="standard")


def test_more_effort_is_never_worse_than_the_first_plan(draft, standard):
    assert standard.objective <= draft.objective
    assert 0 < standard.ssd < 100


def test_without_bounds_the_plan_is_not_worse_than_within(plain, standard):
    free = solved(replace(plain, bounds=(0, np.inf)), effort="standard")
    assert free.objective <= 1.005 * standard.objective


@pytest.mark.parametrize("areas", [1, 2, 30])
def test_other_numbers_of_areas(areas):
    found = solved(town(ROWS, COLUMNS, areas), areas)
    assert found.ssd == pytest.approx(100.0) if areas == 1 else found.ssd < 100


def test_an_area_of_each_block():
    task = replace(town(15, 20, 300, empty=0.0), bounds=(0, np.inf))
    found = solved(task, 300)
    assert found.ssd == pytest.approx(0.0, abs=1e-7)
    assert found.labels.tolist() == list(range(300))


def test_locked_blocks_stay_together_and_apart(plain, draft):
    locks = np.full(ROWS * COLUMNS, -1)
    cells = locks.reshape(ROWS, COLUMNS)
    cells[5:9, 5:9] = 0  # next to each other and yet apart
    cells[5:9, 9:13] = 1
    cells[30, 10] = cells[36, 12] = cells[33, 16] = 4  # to be joined through free cells
    cells[20:23, 30] = 9
    locked = solved(replace(plain, locks=locks))
    assert locked.ssd >= 0.9 * draft.ssd
    assert len({locked.labels[locks == group][0] for group in (0, 1, 4, 9)}) == 4


def test_every_block_locked_gives_that_plan(plain, draft):
    again = solved(replace(plain, locks=draft.labels + 3))
    assert (again.labels == draft.labels).all()
    assert again.objective == pytest.approx(draft.objective)


def test_a_ring_of_locked_blocks_may_enclose_free_ones(plain):
    locks = np.full((ROWS, COLUMNS), -1)
    locks[10:17, 10:17] = 2
    locks[11:16, 11:16] = -1
    solved(replace(plain, locks=locks.ravel()))


def test_empty_cells_left_out_make_holes_and_parts():
    task = town(ROWS, COLUMNS, AREAS)
    there = np.ones((ROWS, COLUMNS), dtype=bool)
    there[8:20, 12:18] = there[25:30, 30:44] = False
    there[:, 25] = False  # a valley without any cell
    parted = blocks_of_cells(task, there)
    assert components(len(parted.population), parted.edges) == 2
    found = solved(parted)
    west = there & (np.arange(COLUMNS) < 25)
    assert not set(found.labels[west[there]]) & set(found.labels[~west[there]])
    bridge = np.array([[0, len(parted.population) - 1]])
    solved(replace(parted, edges=np.vstack([parted.edges, bridge])))


def test_islands_too_small_are_refused_and_accepted_with_bridges():
    task = town(ROWS, COLUMNS, AREAS)
    there = np.ones((ROWS, COLUMNS), dtype=bool)
    there[:, 2] = there[4:38:4, :2] = False
    islands = blocks_of_cells(task, there)
    parts = components(len(islands.population), islands.edges)
    assert parts > 5
    with pytest.raises(NoPlanPossible) as caught:
        partition(areas=AREAS, name="Roetgen", effort="draft", **islands.arguments)
    assert len(caught.value.reasons) == parts - 1
    number = np.where(there, np.cumsum(there.ravel()).reshape(there.shape) - 1, -1)
    bridges = np.stack([number[:, 1], number[:, 3]], axis=1)
    solved(replace(islands, edges=np.vstack([islands.edges, bridges[(bridges >= 0).all(axis=1)]])))


def test_a_barrier_attracts_borders(plain):
    across = plain.edges % COLUMNS
    barrier = (across[:, 0] == 26) & (across[:, 1] == 27) & (plain.edges[:, 1] == plain.edges[:, 0] + 1)
    assert barrier.sum() == ROWS
    without = solved(plain).labels[plain.edges[barrier]]
    costly = solved(replace(plain, edge_costs=np.where(barrier, -2.0, 0.0)))
    along = costly.labels[plain.edges[barrier]]
    followed, before = (along[:, 0] != along[:, 1]).mean(), (without[:, 0] != without[:, 1]).mean()
    assert followed > 0.9 > before


def test_bonds_keep_neighbours_together(plain, draft):
    bonds = np.zeros(len(plain.edges))
    torn = draft.labels[plain.edges[:, 0]] != draft.labels[plain.edges[:, 1]]
    bonds[np.flatnonzero(torn)[::3]] = 5.0
    found = solved(replace(plain, edge_costs=bonds))
    assert found.cut_cost < 0.1 * bonds.sum()


def test_a_price_for_borders_makes_areas_compact(plain, standard):
    def cut(labels: np.ndarray) -> int:
        return int((labels[plain.edges[:, 0]] != labels[plain.edges[:, 1]]).sum())

    priced = solved(replace(plain, edge_costs=np.full(len(plain.edges), 0.05)), effort="standard")
    assert cut(priced.labels) < 0.8 * cut(standard.labels)
    assert priced.ssd > standard.ssd


def stripes(areas: int) -> np.ndarray:
    """An existing plan: areas side by side, numbered in tens."""
    return 10 * np.tile(np.arange(COLUMNS) * areas // COLUMNS, ROWS)


def test_a_feasible_plan_with_a_high_price_of_change_stays(plain):
    found = solved(with_price(plain, stripes(AREAS), 10.0))
    assert (found.labels == stripes(AREAS)).all()
    assert found.changed_persons == 0


def test_a_plan_changes_only_where_its_areas_are_too_small(plain):
    start = stripes(AREAS)
    start[start == 110] = 100
    start[: COLUMNS - 10] = 110  # a last area along the north, with too few inhabitants
    low, high = plain.bounds
    task = with_price(replace(plain, bounds=(low, 1.3 * high)), start, 10.0)
    lacking = low - plain.population[start == 110].sum()
    assert lacking > 100
    assert len(faults(task, start, AREAS)) == 1
    found = solved(task)
    assert lacking <= found.changed_persons <= 2 * lacking


def test_leaving_a_plan_pays_or_does_not_happen(plain):
    start = stripes(AREAS)
    stay = figures(with_price(plain, start, 0.0), start).ssd
    shares = []
    for price in (0.0, 2e-4, 1e-3, 1.0):
        found = solved(with_price(plain, start, price))
        assert found.objective <= stay + 1e-7
        shares.append(found.changed_persons)
    assert shares[0] > 0
    assert shares[3] == 0
    assert shares[0] > shares[2] >= shares[3]


def test_without_a_price_a_start_is_only_a_start(plain, standard):
    free = solved(with_price(plain, stripes(AREAS), 0.0), effort="standard")
    assert free.objective == pytest.approx(free.ssd + free.cut_cost)
    assert free.objective <= 1.03 * standard.objective
    assert set(np.unique(free.labels)) <= set(range(0, 120, 10)) | set(range(111, 123))


def test_more_areas_than_the_old_plan_had_get_new_numbers(plain):
    found = solved(with_price(plain, stripes(AREAS - 2), 1e-3))
    assert {100 - 9, 100 - 8} & set(found.labels.tolist())
    assert set(found.labels.tolist()) <= set(range(0, 100, 10)) | {91, 92}


def test_everything_at_once(plain):
    random = np.random.default_rng(3)
    there = np.ones((ROWS, COLUMNS), dtype=bool)
    there[10:14, 20:30] = there[30, :] = False
    task = blocks_of_cells(plain, there)
    locks = np.full(len(task.population), -1)
    locks[:4], locks[-3:] = 7, 2
    costs = random.choice([-0.05, 0.0, 0.02], len(task.edges), p=[0.05, 0.75, 0.2])
    mixed = replace(
        task,
        locks=locks,
        edge_costs=costs,
        start=stripes(AREAS)[there.ravel()],
        change_cost=1e-4,
        weights=np.sqrt(task.population),
    )
    solved(mixed)
