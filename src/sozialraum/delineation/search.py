"""The search: a first plan, its repair, then annealing from the best plan again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sozialraum.delineation.first_plan import first_areas, homes_of
from sozialraum.delineation.flat import flat_graph
from sozialraum.delineation.kernels.anneal import anneal, descend, settle_empty
from sozialraum.delineation.kernels.areas import faults, objective, recount
from sozialraum.delineation.kernels.chance import below, seeded, waiting_times
from sozialraum.delineation.kernels.records import Areas, Graph, Room, make_areas, make_room
from sozialraum.delineation.kernels.reshape import dissolve_and_split, exchange_by_chance, recombine_all
from sozialraum.delineation.kernels.ward import bounded_ward
from sozialraum.delineation.problem import NoPlanFound, Problem
from sozialraum.delineation.reasons import out_of_bounds_sentences


@dataclass(frozen=True)
class Effort:
    """How long to search, in tries and never in seconds.

    tries : per block and run. least : tries of a run at least. runs : of annealing, each from the best plan so far, for
    up to 600, 2,000, 10,000 and more blocks. repairs : rounds of repair before the search gives up.
    """

    tries: int
    least: int
    runs: tuple[int, int, int, int]
    repairs: int


EFFORTS = {
    "draft": Effort(tries=40, least=20_000, runs=(1, 1, 1, 1), repairs=30),
    "standard": Effort(tries=700, least=200_000, runs=(60, 32, 12, 12), repairs=200),
    "thorough": Effort(tries=2_000, least=1_000_000, runs=(150, 100, 60, 40), repairs=500),
}
EFFORTS["exact"] = EFFORTS["thorough"]
SIZES = (600, 2_000, 10_000)

# Chosen on generated instances, not on those of the published comparison.
COOLING, END = 0.95, 0.01  # temperatures are shares of the mean block's part of the spread
STIFF, STIFFEN = 1.0, 100.0  # price of a person out of bounds against the first temperature, first and by the end
GENTLE = 0.1  # first temperature where a start plan only has to be brought into its bounds
BLUR = 2.0  # of the distances along which areas are cut by chance
SWEEPS, FEW_SWEEPS = 30, 5
ROUNDS = 4  # a round looks at every pair of areas, which takes long where there are hundreds
SAME = 1e-9  # of the objective; plans as good as each other are taken for one
POOL = 4  # best plans remembered


@dataclass(frozen=True)
class Turn:
    """One run of annealing: where it starts, how many areas are first carried elsewhere by chance, and how hot.

    source : 'best' plan so far, 'on' from the last one, 'cross' from what two of the best have in common.
    """

    heat: float
    shakes: int
    source: str


TURNS = (
    Turn(3.0, 0, "best"), Turn(3.0, 1, "on"), Turn(1.0, 1, "on"), Turn(1.0, 1, "on"), Turn(1.0, 1, "on"),
    Turn(0.5, 1, "on"), Turn(1.0, 0, "cross"), Turn(0.5, 0, "cross"), Turn(0.5, 0, "cross"), Turn(0.3, 1, "best"),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """Labels within the bounds and figures on the way to them."""

    labels: np.ndarray
    report: dict[str, Any]


class Search:
    """One problem with its graph, its areas and the best plan so far."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.low, self.high = problem.low - problem.slack, problem.high + problem.slack
        self.state = seeded(problem.seed, len(problem.population), problem.areas)
        self.table = waiting_times()
        self.graph: Graph = flat_graph(problem)
        label, number = first_areas(problem, self.graph, self.low, self.high, self.state, self.table)
        self.graph = homes_of(problem, self.graph, label)
        self.areas: Areas = make_areas(self.graph, label, number)
        self.room: Room = make_room(self.graph, number, self.state, self.table)
        recount(self.graph, self.areas, -1)
        self.best = self.areas.label.copy()
        self.worth = np.inf
        self.pool: list[tuple[float, np.ndarray]] = []
        large, hasty = len(problem.population) > SIZES[1], problem.effort == "draft"
        self.rounds = ROUNDS if not large else int(not hasty)  # of polishing a plan
        self.sweeps = FEW_SWEEPS if large and hasty else SWEEPS

    @property
    def feasible(self) -> bool:
        locks = self.areas.lock[self.areas.lock >= 0]
        whole = len(np.unique(locks)) == len(locks) and bool((self.areas.units > 0).all())
        return whole and faults(self.areas, self.low, self.high) == 0.0

    def use(self, labels: np.ndarray) -> None:
        """Go on from these labels."""
        self.areas.label[:] = labels
        recount(self.graph, self.areas, -1)

    def keep(self) -> None:
        """Remember the present labels when they keep the bounds and are among the best so far."""
        if not self.feasible:
            return
        worth = objective(self.graph, self.areas)
        if all(abs(worth - other) > SAME for other, _labels in self.pool):
            self.pool.append((worth, self.areas.label.copy()))
            self.pool.sort(key=lambda entry: entry[0])
            del self.pool[POOL:]
            self.worth, self.best = self.pool[0]

    def repair(self, rounds: int) -> None:
        """Recombine and exchange areas until all are within bounds; chance helps when nothing else does."""
        graph, areas, room = self.graph, self.areas, self.room
        for turn in range(rounds):
            if self.feasible:
                return
            dissolve_and_split(graph, areas, self.low, self.high, 4 * len(areas.units), room)
            while not self.feasible and recombine_all(graph, areas, self.low, self.high, 0.0, 0.0, room):
                pass
            if not self.feasible and turn:
                recombine_all(graph, areas, self.low, self.high, BLUR, np.inf, room)

    def polish(self, rounds: int) -> None:
        """Descend with single units and, `rounds` times at most, with recombined and exchanged areas."""
        graph, areas, room = self.graph, self.areas, self.room
        descend(graph, areas, self.low, self.high, self.sweeps, room)
        for _round in range(rounds):
            changed = recombine_all(graph, areas, self.low, self.high, 0.0, 0.0, room)
            changed += dissolve_and_split(graph, areas, self.low, self.high, 4, room)
            if not changed:
                return
            descend(graph, areas, self.low, self.high, self.sweeps, room)

    def cross(self) -> bool:
        """Start from what two of the best plans have in common; the rest is joined anew by similarity."""
        if len(self.pool) < 2:
            return False
        one = below(self.state, len(self.pool))
        other = (one + 1 + below(self.state, len(self.pool) - 1)) % len(self.pool)
        number = len(self.areas.units)
        common = self.pool[one][1] * number + self.pool[other][1]
        label, left = bounded_ward(self.graph, common, number, self.high)
        if left != number:
            return False
        self.use(label)
        return True

    def shake(self, times: int) -> None:
        """Carry some areas elsewhere by chance, so that the next run starts in another structure."""
        if times and (times % 2 or self.problem.areas < 3):
            recombine_all(self.graph, self.areas, self.low, self.high, BLUR, np.inf, self.room)
        for _time in range(times):
            before = self.areas.label.copy()
            if not exchange_by_chance(self.graph, self.areas, self.low, self.high, BLUR, self.room):
                self.use(before)

    def take(self, turn: Turn, tries: int) -> None:
        """Start where the turn says and anneal."""
        crossed = turn.source == "cross" and self.cross()
        if turn.source != "on" and not crossed:
            self.use(self.best)
        self.shake(turn.shakes)
        self.run(turn.heat, tries)

    def run(self, heat: float, tries: int) -> None:
        """Anneal from the present labels; the best labels met on the way are polished."""
        if not len(self.graph.near):
            return
        unit = 100.0 / len(self.graph.person)
        levels = levels_between(heat, END)
        price = STIFF * heat * unit / max(float(self.graph.person.mean()), 1e-300)
        stiffen = STIFFEN ** (1.0 / levels)
        found, _moves = anneal(
            self.graph, self.areas, self.low, self.high, heat * unit, COOLING, levels,
            tries // levels + 1, price, stiffen, self.room,
        )  # fmt: skip
        if not self.feasible:
            self.repair(10)
            self.polish(self.rounds)
            self.keep()
            if found < np.inf:
                self.use(self.room.best)
        elif found < np.inf and found < objective(self.graph, self.areas):
            self.use(self.room.best)
        self.polish(self.rounds)
        self.keep()


def levels_between(heat: float, end: float) -> int:
    """Steps of cooling from `heat` to `end`."""
    levels = 1
    while heat > end:
        heat *= COOLING
        levels += 1
    return levels


def search(problem: Problem, effort_name: str | None = None) -> Found:
    """Search the best plan with the effort asked for. Raises NoPlanFound."""
    effort = EFFORTS[effort_name or problem.effort]
    work = Search(problem)
    if problem.start is not None and not work.feasible:
        work.run(GENTLE, effort.least)  # single blocks first: a repair by whole areas would move far more people
    work.repair(effort.repairs)
    work.polish(work.rounds if effort.runs[0] > 1 else 0)
    work.keep()
    first = work.worth
    tries = max(effort.least, effort.tries * len(problem.population))
    runs = effort.runs[sum(len(problem.population) > size for size in SIZES)]
    if problem.areas == 1 or not len(work.graph.near):
        runs = 0  # there is nothing to move
    for turn in range(runs):
        work.take(TURNS[turn % len(TURNS)], tries)
    work.use(work.best)
    if not work.feasible:
        raise not_found(problem, work)
    settle_empty(work.graph, work.areas, 10, work.room)
    return Found(work.areas.label.copy(), {"first_objective": first, "tries": tries * runs})


def not_found(problem: Problem, work: Search) -> NoPlanFound:
    out = [a for a, persons in enumerate(work.areas.person.tolist()) if not problem.within(persons)]
    labels = work.areas.label.copy()
    return NoPlanFound(labels, out, out_of_bounds_sentences(problem, labels, out))
