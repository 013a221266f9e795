"""Which numbers of inhabitants a document leaves out, so that nobody can work out one or two persons.

A document tells sums over the same parts: blocks, pieces of areas, areas. One or two persons are withheld, and then
whatever else is needed: an exact attack on all told sums must leave three possible values to every withheld number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sozialraum.base import _
from sozialraum.base.numbers import EN_DASH
from sozialraum.plans.withholding_attack import LEAST_VALUES, Attack

FEWEST_TOLD = 3
"""Inhabitants from which on a number is told; none are told too, as nobody is behind them."""

__all__ = ["FEWEST_TOLD", "LEAST_VALUES", "Figure", "withheld", "withheld_note"]


@dataclass(frozen=True)
class Figure:
    """One number of inhabitants in a document.

    parts : keys of what it adds up. cost : how much a reader misses without it. known : anybody can look it up
    elsewhere, as the inhabitants of a municipality; it is never withheld, and the attack uses it.
    """

    parts: frozenset[str]
    cost: float = 1.0
    known: bool = False


@dataclass
class _Number:
    """Figures over the same parts are one number, told or withheld together.

    parts : bit mask. known : anybody can look it up. printed : the document tells it, known or not.
    """

    parts: int
    value: int
    cost: float = 0.0
    known: bool = False
    printed: bool = False

    @property
    def few(self) -> bool:
        return self.value < FEWEST_TOLD


Order = Callable[[_Number], float]
ORDERS: tuple[Order, ...] = (
    lambda number: number.cost,
    lambda number: -number.parts.bit_count(),
    lambda number: number.cost / number.parts.bit_count(),
)
"""What to withhold next: what is missed least, the widest sum, or both; of three patterns the least missed is taken."""


MANY = 60
"""Withheld numbers of one municipality from which on it is not worth the time to look for a better choice."""


def withheld_note() -> str:
    """What the dash means that stands for a withheld number."""
    return _("Einwohnerzahlen: {dash} = unter 3 oder zu deren Schutz nicht genannt.").format(dash=EN_DASH)


def withheld(figures: Sequence[Figure], people: Mapping[str, int]) -> list[bool]:
    """For each figure whether it is left out. people : inhabitants of every part, not negative.

    A reader knows all told figures, that zeros are told, and that nobody counts less than nobody. Whatever is left
    out then has at least `LEAST_VALUES` possible values. Where the figures marked known would give everything away
    whatever is done (villages of a handful of people), this holds for a reader of the document alone.
    """
    settled = sorted({part for figure in figures for part in figure.parts if people[part] > 0})
    bit = {part: 1 << place for place, part in enumerate(settled)}
    masks = [sum(bit.get(part, 0) for part in figure.parts) for figure in figures]
    numbers: dict[int, _Number] = {}
    for figure, mask in zip(figures, masks, strict=True):
        if mask:
            value = sum(people[part] for part in figure.parts)
            number = numbers.setdefault(mask, _Number(mask, value))
            number.cost += figure.cost
            number.known |= figure.known
            number.printed |= not figure.known
    counts = [people[part] for part in settled]
    left_out = {number.parts for group in _connected(numbers.values()) for number in _least_missed(group, counts)}
    return [mask in left_out for mask in masks]


def _connected(numbers: Iterable[_Number]) -> list[list[_Number]]:
    """Numbers that share parts, directly or by others; groups with nothing to withhold are left out."""
    groups: list[tuple[int, list[_Number]]] = []
    for number in sorted(numbers, key=lambda number: -number.parts.bit_count()):
        parts, members, apart = number.parts, [number], []
        for group in groups:
            if group[0] & parts:
                parts |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (parts, members)]
    return [members for _parts, members in groups if any(number.few for number in members)]


def _least_missed(numbers: list[_Number], people: Sequence[int]) -> list[_Number]:
    """What to withhold of numbers that share parts."""
    attack = Attack(people)
    found = _Search(numbers, attack, ORDERS[0]).run()
    if len(found) > MANY or all(number.parts.bit_count() == 1 for number in found):
        return found  # too many to try again, or no sum is lost and it hardly gets better
    tries = [found, *[_Search(numbers, attack, order).run() for order in ORDERS[1:]]]
    return min(tries, key=lambda found: sum(number.cost for number in found))


@dataclass
class _Search:
    """Numbers that share parts, and which of them are withheld so far."""

    numbers: list[_Number]
    attack: Attack
    order: Order
    hidden: dict[int, _Number] = field(default_factory=dict)
    forgotten: dict[int, _Number] = field(default_factory=dict)  # known elsewhere, but nothing can be done about it

    def run(self) -> list[_Number]:
        self.hidden = {number.parts: number for number in self.numbers if number.few}
        while narrow := self._narrow():
            if not self._hide_for(narrow):
                known = {number.parts: number for number in self._told() if number.known}
                if not known:
                    break
                for parts, number in known.items():
                    (self.hidden if number.printed else self.forgotten)[parts] = number
        self._give_back()
        return list(self.hidden.values())

    def _told(self) -> list[_Number]:
        return [one for one in self.numbers if one.parts not in self.hidden and one.parts not in self.forgotten]

    def _narrow(self) -> list[_Number]:
        """Withheld numbers a reader can work out too closely, the smallest first."""
        found = self.attack.narrow((number.parts for number in self._told()), self.hidden)
        return sorted((self.hidden[parts] for parts in found), key=lambda number: (number.value, number.parts))

    def _hide_for(self, narrow: list[_Number]) -> bool:
        """Withhold for each of them the cheapest number that gives it away. False: nothing left to withhold."""
        told = {number.parts: number for number in self._told()}
        new: dict[int, _Number] = {}
        for number in narrow:
            giving = self.attack.support(told, self.hidden, number.parts)
            if giving & new.keys():
                continue  # this way of working it out is closed already
            # what follows from no sum in particular, but from whole numbers alone: any sum may help
            usable = [told[parts] for parts in giving or told if not told[parts].known]
            if usable:
                chosen = min(usable, key=self._price)
                new[chosen.parts] = chosen
        self.hidden |= new
        return bool(new)

    def _price(self, number: _Number) -> tuple[float, float, int, int]:
        return self.order(number), number.cost, number.value, number.parts

    def _give_back(self) -> None:
        """Tell again what turned out not to be needed, the dearest first."""
        more = [number for number in self.hidden.values() if not number.few]
        if len(self.hidden) > MANY:
            more = [number for number in more if number.parts.bit_count() > 1]
        for number in sorted(more, key=lambda number: (-number.cost, self._price(number))):
            del self.hidden[number.parts]
            if self._narrow():
                self.hidden[number.parts] = number
