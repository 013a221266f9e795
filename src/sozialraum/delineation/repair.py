"""Bring a first plan into its bounds: recombine neighbours, dissolve small areas, split large ones."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sozialraum.delineation.cut import Cut, best_cut, fault
from sozialraum.delineation.state import Areas

TRIES_PER_AREA = 40


class Bounded:
    """Areas with their bounds; best cuts of areas and of pairs are remembered until one of them changes."""

    def __init__(self, areas: Areas, low: float, high: float) -> None:
        self.areas, self.low, self.high = areas, low, high
        self.splits: dict[int, Cut | None] = {}
        self.pairs: dict[tuple[int, int], Cut | None] = {}

    def fault(self, area: int) -> float:
        return fault(self.areas.population[area], self.low, self.high)

    def bad(self) -> list[int]:
        """Areas out of bounds, the worst first."""
        faults = [(self.fault(area), area) for area in range(len(self.areas.members))]
        return [area for out, area in sorted(faults, key=lambda item: (-item[0], item[1])) if out > 0]

    def total_fault(self) -> float:
        return sum(self.fault(area) for area in range(len(self.areas.members)))

    def split(self, area: int) -> Cut | None:
        if area not in self.splits:
            self.splits[area] = best_cut(self.areas.graph, self.areas.members[area], self.low, self.high)
        return self.splits[area]

    def recombination(self, one: int, other: int, noise: np.random.Generator | None = None) -> Cut | None:
        """The best cut of two areas taken together; with noise along a tree by chance, not remembered."""
        pair = (min(one, other), max(one, other))
        if noise is None and pair in self.pairs:
            return self.pairs[pair]
        both = self.areas.members[one] | self.areas.members[other]
        cut = best_cut(self.areas.graph, both, self.low, self.high, noise)
        if noise is None:
            self.pairs[pair] = cut
        return cut

    def forget(self, touched: Iterable[int]) -> None:
        """Drop what is remembered about areas that have changed."""
        gone = set(touched)
        for area in gone:
            self.splits.pop(area, None)
        for pair in [pair for pair in self.pairs if pair[0] in gone or pair[1] in gone]:
            del self.pairs[pair]

    def forget_all(self) -> None:
        self.splits.clear()
        self.pairs.clear()

    def recombine(self, one: int, other: int, cut: Cut) -> None:
        """Replace two areas by the two sides of a cut; the side with more of `one` stays `one`."""
        both = self.areas.members[one] | self.areas.members[other]
        side, rest = set(cut.side), both - cut.side
        if len(side & self.areas.members[one]) * len(rest) < len(rest & self.areas.members[one]) * len(side):
            side, rest = rest, side
        self.areas.relabel(side, one)
        self.areas.relabel(rest, other)
        self.forget((one, other))

    def dissolve_and_split(self, gone: int, into: int, split: int, cut: Cut) -> None:
        """Merge `gone` into `into`; the free number goes to one side of the area `split`."""
        self.areas.relabel(set(self.areas.members[gone]), into)
        self.areas.relabel(set(cut.side), gone)
        self.forget((gone, into, split))


def repair(bounded: Bounded, random: np.random.Generator) -> bool:
    """Change areas until all are within bounds. True when they are; False when the tries are used up."""
    tries = TRIES_PER_AREA * len(bounded.areas.members)
    while bad := bounded.bad():
        if any(_fix(bounded, area) for area in bad):
            continue
        if tries <= 0:
            return False
        tries -= _shake(bounded, bad, random)
    return True


def _fix(bounded: Bounded, area: int) -> bool:
    """The change that takes most inhabitants out of fault around one area; at equal fault the cheapest."""
    near = bounded.areas.beside(area)
    options = _recombinations(bounded, area, near) + _exchanges(bounded, area, near)
    options = [option for option in options if option[0] < -1e-9]
    if not options:
        return False
    _change, _cost, step = min(options, key=lambda option: (option[0], option[1], option[2][:3]))
    if step[1] < 0:
        bounded.recombine(step[0], step[2], step[3])
    else:
        bounded.dissolve_and_split(*step)
    return True


Step = tuple[int, int, int, Cut]
Option = tuple[float, float, Step]  # change of fault, change of objective, what to do


def _recombinations(bounded: Bounded, area: int, near: dict[int, float]) -> list[Option]:
    options: list[Option] = []
    for other, border in near.items():
        cut = bounded.recombination(area, other)
        if cut is not None:
            change = cut.fault - bounded.fault(area) - bounded.fault(other)
            cost = bounded.areas.merge_cost(area, other, border) - cut.gain
            options.append((change, cost, (area, -1, other, cut)))
    return options


def _exchanges(bounded: Bounded, area: int, near: dict[int, float]) -> list[Option]:
    """Dissolve the small area into a neighbour and split a third, or split the large one and merge a pair elsewhere."""
    areas = bounded.areas
    if areas.population[area] < bounded.low:
        merges = [(area, other, border) for other, border in near.items()]
        splits = [third for third in range(len(areas.members)) if third != area]
    else:
        merges = [
            (one, other, border)
            for one in range(len(areas.members))
            if one != area
            for other, border in areas.beside(one).items()
            if one < other and other != area
        ]
        splits = [area]
    options: list[Option] = []
    for one, other, border in merges:
        people = areas.population[one] + areas.population[other]
        joined = fault(people, bounded.low, bounded.high) - bounded.fault(one) - bounded.fault(other)
        cost = areas.merge_cost(one, other, border)
        for third in splits:
            cut = bounded.split(third) if third not in (one, other) else None
            if cut is not None:
                change = joined + cut.fault - bounded.fault(third)
                options.append((change, cost - cut.gain, (one, other, third, cut)))
    return options


def _shake(bounded: Bounded, bad: list[int], random: np.random.Generator) -> int:
    """Recombine a pair near a faulty area along a random tree when that makes nothing worse; returns tries used."""
    areas = bounded.areas
    centre = bad[int(random.integers(len(bad)))]
    near = list(areas.beside(centre))
    if not near:
        return len(areas.members)
    one = near[int(random.integers(len(near)))]
    others = list(areas.beside(one))
    other = others[int(random.integers(len(others)))]
    cut = bounded.recombination(one, other, random)
    if cut is not None and cut.fault <= bounded.fault(one) + bounded.fault(other):
        bounded.recombine(one, other, cut)
    return 1
