"""The best cut of two neighbouring areas, for every pair until none can be improved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sozialraum.delineation.exact.units import Units, both_sides, make_units
from sozialraum.delineation.problem import Problem
from sozialraum.delineation.score import numbered, score

MOST_BLOCKS = 60  # two areas with more units are not searched; 63 bits is the limit of the masks
MOST_WORK = 20_000_000  # steps over all pairs
MOST_STEPS = 2_000_000  # steps for one pair
BETTER = 1e-9  # a gain smaller than this (percent of the whole spread) is rounding


@dataclass(frozen=True, eq=False)
class Cut:
    """side : bool (m,), the units on the first side. value : of both sides. finished : searched to the end."""

    side: np.ndarray | None
    value: float
    finished: bool
    steps: int


def best_pair_cut(
    units: Units, members: np.ndarray, side: np.ndarray, prices: np.ndarray, limits: tuple[float, float],
    most_steps: int = MOST_STEPS,
) -> Cut:  # fmt: skip
    """The cheapest cut of up to 63 units in two connected sides, cheaper than the present one.

    members : int64 (m,), units of both areas, ascending. side : bool (m,), True = now in the first area.
    prices : float64 (m, 2), cost of being in the first and in the second area. limits : persons per side.
    The side of the answer is None when no cut is cheaper; that is proven when `finished`.
    """
    from sozialraum.delineation.exact import pair_kernels  # numba is only needed here

    own = _own_graph(units, members)
    firsts, seconds = _locked_sides(units.groups[members])
    arrays = (units.mass[members], units.sums[members], units.squares[members])
    value = pair_kernels.cut_value(
        _mask(side), *own[:3], *arrays, np.ascontiguousarray(prices[:, 0]), np.ascontiguousarray(prices[:, 1]),
        units.scale,
    )  # fmt: skip
    best, finished, steps = None, True, 0
    root = int(np.flatnonzero(firsts)[0]) if firsts.any() else 0
    for turned in (False, True) if (prices[:, 0] != prices[:, 1]).any() else (False,):
        first, second = (prices[:, 1], prices[:, 0]) if turned else (prices[:, 0], prices[:, 1])
        mask, reached, used, ended = pair_kernels.best_cut(
            *own, units.persons[members], *arrays, np.ascontiguousarray(first), np.ascontiguousarray(second), root,
            _mask(firsts), _mask(seconds), limits[0], limits[1], units.scale, value - BETTER, most_steps,
        )  # fmt: skip
        finished, steps = finished and bool(ended), steps + int(used)
        if mask >= 0:
            inside = (int(mask) >> np.arange(len(members)).astype(object) & 1).astype(bool)
            best, value = (~inside if turned else inside), float(reached)
    return Cut(best, float(value), finished, steps)


def improve_pairs(
    problem: Problem, labels: np.ndarray, *, most_blocks: int = MOST_BLOCKS, most_work: int = MOST_WORK
) -> tuple[np.ndarray, bool, dict[str, Any]]:
    """Cut pairs of neighbouring areas in the best way until no pair can be improved.

    labels : int (n,), a plan that keeps the rules. most_blocks : pairs with more units (blocks, those locked
    together counted once) are left out. most_work : steps in all; never a time, so that the answer is the same
    everywhere. Returns labels (n,), whether it is proven that no pair of neighbouring areas can be improved
    (with the numbers of the other areas kept), and a report.
    """
    units = make_units(problem)
    plan = _unit_labels(units, numbered(problem, labels))
    searched: dict[tuple[int, int], bytes] = {}
    report: dict[str, Any] = {"pairs": 0, "improved": 0, "too_large": 0, "unfinished": 0, "steps": 0}
    changed = True
    while changed and report["steps"] < most_work:
        changed = False
        for pair in _neighbouring(units, plan):
            state = (plan == pair[0]).tobytes() + (plan == pair[1]).tobytes()
            if searched.get(pair) == state or report["steps"] >= most_work:
                continue
            cut = _search(problem, units, plan, pair, min(most_blocks, 63), most_work - report["steps"])
            if cut is None:
                continue
            report["steps"] += cut.steps
            if cut.side is not None:
                members = np.flatnonzero((plan == pair[0]) | (plan == pair[1]))
                plan[members] = np.where(cut.side, pair[0], pair[1])
                report["improved"], changed = report["improved"] + 1, True
            if cut.finished:
                searched[pair] = (plan == pair[0]).tobytes() + (plan == pair[1]).tobytes()
    return _finish(problem, units, labels, plan, searched, report, most_blocks)


def _search(
    problem: Problem, units: Units, plan: np.ndarray, pair: tuple[int, int], most_blocks: int, work: int
) -> Cut | None:
    members = np.flatnonzero((plan == pair[0]) | (plan == pair[1]))
    if len(members) > most_blocks:
        return None
    limits = (problem.low - problem.slack, problem.high + problem.slack)
    prices = _prices(problem, units, members, pair)
    return best_pair_cut(units, members, plan[members] == pair[0], prices, limits, min(MOST_STEPS, work))


def _finish(
    problem: Problem, units: Units, labels: np.ndarray, plan: np.ndarray, searched: dict[tuple[int, int], bytes],
    report: dict[str, Any], most_blocks: int,
) -> tuple[np.ndarray, bool, dict[str, Any]]:  # fmt: skip
    pairs = _neighbouring(units, plan)
    states = {pair: (plan == pair[0]).tobytes() + (plan == pair[1]).tobytes() for pair in pairs}
    open_pairs = [pair for pair in pairs if searched.get(pair) != states[pair]]
    sizes = {pair: int(((plan == pair[0]) | (plan == pair[1])).sum()) for pair in open_pairs}
    report["pairs"] = len(pairs)
    report["too_large"] = sum(size > min(most_blocks, 63) for size in sizes.values())
    report["unfinished"] = len(open_pairs) - report["too_large"]
    found = numbered(problem, units.labels(plan))
    before = numbered(problem, labels)
    if score(problem, found).objective >= score(problem, before).objective:
        found = before
    return found, not open_pairs, report


def _neighbouring(units: Units, plan: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of area numbers with a common edge, ascending."""
    ends = np.sort(plan[units.edges].reshape(-1, 2), axis=1)
    return [(int(a), int(b)) for a, b in np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0).tolist()]


def _prices(problem: Problem, units: Units, members: np.ndarray, pair: tuple[int, int]) -> np.ndarray:
    """Price of change of every unit in the first and in the second area of the pair."""
    prices = np.repeat(units.moved[members][:, None], 2, axis=1)
    if units.kept.shape[1] and problem.start is not None:
        olds = np.unique(problem.start[problem.start >= 0])
        for column, name in enumerate(pair):
            prices[:, column] -= units.kept[members][:, olds == name].sum(axis=1)
    return prices


def _own_graph(units: Units, members: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """CSR and masks of the edges between the members."""
    place = np.full(units.number, -1, dtype=np.int64)
    place[members] = np.arange(len(members))
    inner = place[units.edges].reshape(-1, 2)
    kept = (inner >= 0).all(axis=1)
    masks = [0] * len(members)
    for one, other in inner[kept].tolist():
        masks[one] |= 1 << other
        masks[other] |= 1 << one
    return *both_sides(len(members), inner[kept], units.costs[kept]), np.array(masks, dtype=np.int64)


def _locked_sides(groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Members of the first lock group and of the second; both bool (m,)."""
    names = np.unique(groups[groups >= 0])
    none = np.zeros(len(groups), dtype=bool)
    return (groups == names[0] if len(names) else none), (groups == names[1] if len(names) > 1 else none)


def _mask(members: np.ndarray) -> np.int64:
    return np.int64(sum(1 << place for place in np.flatnonzero(members).tolist()))


def _unit_labels(units: Units, labels: np.ndarray) -> np.ndarray:
    plan = np.zeros(units.number, dtype=np.int64)
    plan[units.unit_of] = labels
    return plan
