"""What a reader can work out of told sums: exact for whole numbers, by small integer programs.

Sums are bit masks over their parts, as thousands of them are looked at again and again. All that is told is true, so
what a sum says about the parts still unknown is what these really add up to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

LEAST_VALUES = 3
"""Possible values that must be left to every withheld number."""

Floats = NDArray[np.float64]


class Attack:
    """A reader of some sums. people : inhabitants by part, all at least 1; a part is the bit of its place."""

    def __init__(self, people: Sequence[int]) -> None:
        self.people = people
        self.solved: dict[tuple[frozenset[int], frozenset[tuple[int, bool]]], frozenset[int]] = {}

    def narrow(self, told: Iterable[int], hidden: Iterable[int]) -> set[int]:
        """The withheld sums with fewer than `LEAST_VALUES` possible values. Each of them is known to be 1 or more."""
        known, equations = _worked_out(told)
        unknown = {parts: parts & ~known for parts in hidden}
        found = {parts for parts, rest in unknown.items() if not rest}
        floors: dict[int, bool] = {}
        for parts, rest in unknown.items():
            if rest:  # a sum with a known part is above zero anyway
                floors[rest] = floors.get(rest, False) or rest == parts
        narrow: set[int] = set()
        for sums, wanted in _groups(equations, floors):
            key = (frozenset(sums), frozenset((rest, floors[rest]) for rest in wanted))
            if key not in self.solved:
                self.solved[key] = frozenset(self._solve(sums, {rest: floors[rest] for rest in wanted}))
            narrow |= self.solved[key]
        return found | {parts for parts, rest in unknown.items() if rest in narrow}

    def _solve(self, equations: Sequence[int], floors: Mapping[int, bool]) -> Iterator[int]:
        """Those of the withheld sums with too few values. floors : the sums, and whether 1 is their least."""
        parts = _bits(_union((*equations, *floors)))
        column = {part: place for place, part in enumerate(parts)}
        sums, least = _matrix(equations, column), _matrix([rest for rest, floor in floors.items() if floor], column)
        true = np.array([self.people[part] for part in parts], dtype=float)
        possible = _near_by(sums, true)
        rules = [LinearConstraint(sums, sums @ true, sums @ true)] if sums.shape[0] else []
        if least.shape[0]:
            rules.append(LinearConstraint(least, np.ones(least.shape[0]), np.inf))
        for rest in sorted(floors):
            target = _target(rest, column)
            values = set(np.rint(possible @ target).astype(int).tolist())
            bottom = -np.inf
            while len(values) < LEAST_VALUES:
                found = milp(
                    target, integrality=np.ones(len(parts)), bounds=Bounds(0, np.inf),
                    constraints=[*rules, LinearConstraint(target, bottom, np.inf)],
                )  # fmt: skip
                if found.x is None:
                    yield rest
                    break
                possible = np.vstack([possible, np.rint(found.x)])
                value = round(float(possible[-1] @ target))
                values.add(value)
                bottom = value + 1.0

    def support(self, told: Iterable[int], hidden: Iterable[int], wanted: int) -> set[int]:
        """The told sums from which the bounds of a withheld one follow."""
        told, hidden = list(told), list(hidden)
        single = {one for one in told if one & (one - 1) == 0}
        known = _union(single)
        target_left = wanted & ~known
        near, equations, floors = _near_sums([one for one in told if one & ~known], hidden, target_left, known)
        column = {part: place for place, part in enumerate(_bits(near))}
        left = _matrix([one & ~known for one in equations], column)
        right = np.array([float(sum(self.people[part] for part in _bits(one & ~known))) for one in equations])
        least = _matrix([one for one in floors if not one & known], column)
        used: set[int] = {one for one in single if one & wanted}
        target = _target(target_left, column)
        for sign in (1.0, -1.0) if near and len(equations) else ():
            found = linprog(
                sign * target, A_ub=-least, b_ub=-np.ones(least.shape[0]), A_eq=left, b_eq=right, method="highs"
            )
            if found.x is None:
                continue
            weights: dict[int, float] = {}
            for one, weight in zip(equations, found.eqlin.marginals, strict=True):
                if abs(weight) > 1e-9:
                    used.add(one)
                    for part in _bits(one & known):
                        weights[part] = weights.get(part, 0.0) + weight
            used |= {1 << part for part, weight in weights.items() if abs(weight) > 1e-9}
        return used


def _worked_out(told: Iterable[int]) -> tuple[int, set[int]]:
    """Parts that follow by subtraction alone, and what the sums say about the others."""
    known, left = 0, list(told)
    while True:
        before, rest = known, []
        for sums in left:
            unknown = sums & ~known
            if unknown & (unknown - 1):
                rest.append(unknown)
            else:
                known |= unknown
        left = rest
        if known == before:
            return known, set(left)


def _groups(equations: Iterable[int], wanted: Iterable[int]) -> list[tuple[list[int], list[int]]]:
    """Sums that share unknown parts, with the withheld ones among them."""
    groups: list[tuple[int, list[int], list[int]]] = []
    for is_wanted, sums in [*((False, one) for one in equations), *((True, one) for one in wanted)]:
        parts, mine, asked = sums, list[int](), list[int]()
        (asked if is_wanted else mine).append(sums)
        apart = []
        for group in groups:
            if group[0] & sums:
                parts |= group[0]
                mine += group[1]
                asked += group[2]
            else:
                apart.append(group)
        groups = [*apart, (parts, mine, asked)]
    return [(mine, asked) for _parts, mine, asked in groups if asked]


def _near_sums(told: Sequence[int], hidden: Sequence[int], wanted: int, known: int) -> tuple[int, list[int], list[int]]:
    """Unknown parts connected with the wanted ones, the told sums about them, and the withheld ones."""
    near, before = wanted, 0
    while near != before:
        before = near
        for one in (*told, *hidden):
            if one & near:
                near |= one & ~known
    return near, [one for one in told if one & near], [one for one in hidden if one & near]


def _near_by(sums: csr_array, true: Floats) -> Floats:
    """Possible numbers that are easy to see: one or two persons moved between parts that stand in the same sums."""
    found = [true]
    alike: dict[tuple[int, ...], list[int]] = {}
    by_part = sums.tocsc()
    for part in range(len(true)):
        own = by_part.indices[by_part.indptr[part] : by_part.indptr[part + 1]]
        alike.setdefault(tuple(sorted(own.tolist())), []).append(part)
    for own_sums, members in alike.items():
        largest = max(members, key=lambda part: true[part])
        for part in members:
            for more in range(1, LEAST_VALUES):
                other = true.copy()
                other[part] += more
                if own_sums:
                    other[largest] -= more
                    if part == largest or other[largest] < 1:
                        continue
                found.append(other)
    return np.array(found)


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


def _target(mask: int, column: Mapping[int, int]) -> Floats:
    target = np.zeros(len(column))
    target[[column[part] for part in _bits(mask)]] = 1.0
    return target


def _matrix(sums: Sequence[int], column: Mapping[int, int]) -> csr_array:
    parts = [_bits(mask) for mask in sums]
    rows = [row for row, own in enumerate(parts) for _part in own]
    columns = [column[part] for own in parts for part in own]
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(sums), len(column)))
