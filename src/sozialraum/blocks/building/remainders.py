"""Small and narrow faces go to the neighbour with the longest common border, never across a barrier.

The smallest remainder first; what comes out of a merging may still be a remainder and waits for its turn.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
import shapely

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.blocks.building.faces import CROSSED, Borders
from sozialraum.blocks.building.rule import BuildingRule, figure
from sozialraum.blocks.checks_faults import NEGLIGIBLE, SLIVER

LEAST_OF_SQUARE = 1 / 8  # a smaller rest of a square in the open land is a remainder


@dataclass(frozen=True)
class Traits:
    """Of each face, (n,): municipality (position), unit (position, -1 = none), settled, lived_in (both bool).

    fixed : faces that are no remainders however small, as they are given units. open_land : faces of the open land,
    where the rest of a square is a remainder for its neighbours in the open land.
    """

    town: np.ndarray
    unit: np.ndarray
    settled: np.ndarray
    lived_in: np.ndarray
    fixed: np.ndarray
    open_land: np.ndarray


@dataclass(frozen=True)
class Merging:
    """group : (n,) face -> its group, named by one of its faces; the group has the unit of that face.

    merged : (face, size in square metres, why, whether it lay between two barriers) in the order of merging.
    enclosed : faces naming remainders that nothing could be merged with.
    """

    group: np.ndarray
    merged: tuple[tuple[int, float, str, bool], ...]
    enclosed: tuple[int, ...]


def merge_remainders(shapes: np.ndarray, traits: Traits, borders: Borders, rule: BuildingRule) -> Merging:
    """Merge the remainders among faces by the rule.

    A remainder goes to a group of the same municipality and unit (one without unit to any unit), rather to one that is
    settled as it is, then to the longest common border, then to the first. Uninhabited remainders that barriers enclose
    on all sides (between two tracks) go to either side: the other barrier still parts.
    """
    return _Groups(shapes, traits, borders, rule).run()


class _Groups:
    def __init__(self, shapes: np.ndarray, traits: Traits, borders: Borders, rule: BuildingRule) -> None:
        self.rule = rule
        self.area = shapely.area(shapes).tolist()
        self.border = shapely.length(shapes).tolist()
        self.town, self.unit = traits.town.tolist(), traits.unit.tolist()
        self.settled, self.lived_in = traits.settled.tolist(), traits.lived_in.tolist()
        self.fixed, self.open_land = traits.fixed.tolist(), traits.open_land.tolist()
        self.least_open = rule.open_square**2 * LEAST_OF_SQUARE if rule.open_from else 0.0
        self.into = list(range(len(shapes)))
        self.beside: list[dict[int, list[float]]] = [{} for _face in range(len(shapes))]
        for (one, other), metres, barrier in zip(
            borders.pairs.tolist(), borders.metres.tolist(), borders.barrier.tolist(), strict=True
        ):
            if self.town[one] == self.town[other]:
                self.beside[one][other] = [metres, barrier]
                self.beside[other][one] = [metres, barrier]

    def run(self) -> Merging:
        waiting = [(self.area[face], face) for face in range(len(self.area)) if self._why(face)]
        heapq.heapify(waiting)
        merged: list[tuple[int, float, str, bool]] = []
        enclosed: list[int] = []
        while waiting:
            size, face = heapq.heappop(waiting)
            why = self._why(face)
            if self.into[face] != face or size != self.area[face] or not why:
                continue
            target, between = self._target(face)
            if target < 0:
                if not self._rest_of_square(face):
                    enclosed.append(face)
                continue
            merged.append((face, size, why, between))
            self._join(face, target)
            if self._why(target):
                heapq.heappush(waiting, (self.area[target], target))
        group = np.array([self._root(face) for face in range(len(self.into))], dtype=np.int64)
        still = tuple(face for face in dict.fromkeys(enclosed) if self.into[face] == face and self._why(face))
        return Merging(group, tuple(merged), still)

    def _why(self, face: int) -> str:
        """Why a group is a remainder, '' when it is none."""
        if self.fixed[face]:
            return ""
        if self.area[face] < self.rule.smallest_area:
            return _("kleiner als {area} m²").format(area=count(self.rule.smallest_area))
        if 2 * self.area[face] / self.border[face] < self.rule.narrowest_width:
            return _("schmaler als {width} m").format(width=figure(self.rule.narrowest_width))
        return _("Rest eines Quadrats im offenen Land") if self._rest_of_square(face) else ""

    def _rest_of_square(self, face: int) -> bool:
        """Whether a piece of open land is a remainder only for other open land."""
        return bool(
            self.open_land[face]
            and self.rule.smallest_area <= self.area[face] < self.least_open
            and 2 * self.area[face] >= self.rule.narrowest_width * self.border[face]
            and any(self.open_land[other] for other in self.beside[face])
        )

    def _target(self, face: int) -> tuple[int, bool]:
        """The group to merge with, -1 = none, and whether a barrier had to be passed."""
        rest = self._rest_of_square(face)
        beside = [
            (other, metres, barrier)
            for other, (metres, barrier) in self.beside[face].items()
            if self.open_land[other] or not rest
        ]
        fitting = [one for one in beside if self.unit[face] in (self.unit[one[0]], -1)]
        if not fitting and self._is_rounding(face):
            fitting = beside
        free = [one for one in fitting if one[2] <= min(CROSSED, one[1] / 2)]
        between = not free and not self.lived_in[face] and not rest
        open_to = fitting if between else free
        if not open_to:
            return -1, False
        same = self.settled[face]
        best = max(open_to, key=lambda one: (self.settled[one[0]] == same, one[1], -one[0]))
        return best[0], between

    def _is_rounding(self, face: int) -> bool:
        """Whether a face only comes from borders that were drawn twice; no unit can claim it."""
        return self.area[face] <= NEGLIGIBLE or 2 * self.area[face] < SLIVER * self.border[face]

    def _join(self, face: int, target: int) -> None:
        self.into[face] = target
        common = self.beside[face][target][0]
        self.area[target] += self.area[face]
        self.border[target] += self.border[face] - 2 * common
        self.lived_in[target] = self.lived_in[target] or self.lived_in[face]
        self.settled[target] = self.settled[target] or self.settled[face]
        del self.beside[target][face]
        for other, lengths in self.beside[face].items():
            if other == target:
                continue
            del self.beside[other][face]
            known = self.beside[target].get(other, [0.0, 0.0])
            both = [known[0] + lengths[0], known[1] + lengths[1]]
            self.beside[target][other] = both
            self.beside[other][target] = both
        self.beside[face] = {}

    def _root(self, face: int) -> int:
        while self.into[face] != face:
            self.into[face] = self.into[self.into[face]]
            face = self.into[face]
        return face
