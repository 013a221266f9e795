"""A change of a share split exactly into other boundaries, other definition or source, other population, and cases.

A share is count / base in up to four states: before; before on today's boundaries; before on these and in today's
definition and source; after. A step between two known states is one part; the step in time is divided symmetrically:
cases (C1 - C0) * (1/B0 + 1/B1) / 2, population (C0 + C1) / 2 * (1/B1 - 1/B0). Where a count or base in between is not
known, the same division is made over the whole stretch between known states; what cannot be told apart is one part
with several names. Sources: Kitagawa 1955; Das Gupta 1993 for two factors; corners of multilinear functions:
Moore, Kearfott and Cloud 2009.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

PartName = Literal["boundaries", "definition", "population", "cases"]
PARTS: tuple[PartName, ...] = ("boundaries", "definition", "population", "cases")
Span = tuple[float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A count and its base in one state, each as (low, high); None = not known. Bases may not be 0.

    reason : a sentence on why something is not known, '' where everything is.
    """

    count: Span | None
    base: Span | None
    reason: str = ""

    @classmethod
    def of(cls, count: float, base: float) -> Ratio:
        """Exactly known numbers."""
        return cls((count, count), (base, base))


@dataclass(frozen=True, slots=True)
class Also:
    """What else differs between the last state before and the one after, by side, and why (a sentence).

    ('boundaries',) on the side of the count: it was carried onto today's areas and may be off, so cases and boundaries
    cannot be told apart.
    """

    count: tuple[PartName, ...] = ()
    base: tuple[PartName, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a change, as a difference of shares.

    names : one of PARTS, or several that cannot be told apart, in the order of PARTS. low, high : equal when exact,
        None without a number. reason : why it is mixed with others or has no number.
    """

    names: tuple[PartName, ...]
    low: float | None
    high: float | None
    reason: str = ""

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class ChangeParts:
    """A change and its parts, which add up to it (interval-wise where numbers are bounds).

    low, high : the change, None without a number. parts : only those that apply, in the order of PARTS.
    reason : why there is no number, '' otherwise.
    """

    low: float | None
    high: float | None
    parts: tuple[Part, ...]
    reason: str = ""

    def part(self, name: PartName) -> Part:
        """The part of this name: its bounds when it stands alone, exactly 0 when nothing of it changed.

        Without a number, with the reason, where it cannot be told apart from others.
        """
        for part in self.parts:
            if part.names == (name,):
                return part
            if name in part.names:
                return Part((name,), None, None, part.reason)
        return Part((name,), None, None, self.reason) if self.low is None else Part((name,), 0.0, 0.0)

    @property
    def boundaries(self) -> Part:
        return self.part("boundaries")

    @property
    def definition(self) -> Part:
        return self.part("definition")

    @property
    def population(self) -> Part:
        return self.part("population")

    @property
    def cases(self) -> Part:
        return self.part("cases")

    @property
    def unknown(self) -> tuple[Part, ...]:
        """The parts that hold several things that cannot be told apart."""
        return tuple(part for part in self.parts if len(part.names) > 1)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One term of the sum: side of a stretch, from state to state, weighed by the other side at the stretch's ends."""

    names: frozenset[PartName]
    side: Literal["count", "base"]
    start: int
    end: int
    stretch: tuple[int, int]


def split_change(
    before: Ratio,
    after: Ratio,
    *,
    on_new_boundaries: Ratio | None = None,
    in_new_definition: Ratio | None = None,
    also: Also | None = None,
) -> ChangeParts:
    """Split the change of a share or rate from `before` to `after`.

    on_new_boundaries : before, counted on the boundaries of `after`; None = the boundaries are the same.
    in_new_definition : the same in the definition and source of `after`; None = these are the same.
    also : what else differs in time. Returns parts whose sum is the change: to 1e-12 of the share where everything
    is exact, and else each within its bounds. A change without numbers at both ends has a reason and no parts.
    """
    ends = _reason_of_ends(before, after)
    if ends:
        return ChangeParts(None, None, (), ends)
    also = also or Also()
    states, steps = [before], list[PartName]()
    for state, name in ((on_new_boundaries, PARTS[0]), (in_new_definition, PARTS[1])):
        if state is not None:
            states.append(_usable(state))
            steps.append(name)
    states.append(after)
    corners = _Corners(states)
    reasons = [*[state.reason for state in states[1:-1]], also.reason]
    parts = [_part(names, pieces, corners, reasons) for names, pieces in _joined(_pieces(states, steps, also)).items()]
    low, high = _bounds(corners.share(len(states) - 1) - corners.share(0))
    return ChangeParts(low, high, tuple(sorted(parts, key=lambda part: PARTS.index(part.names[0]))))


def split_on_old_boundaries(before: Ratio, later: Ratio, after: Ratio, *, also: Also | None = None) -> ChangeParts:
    """The same with the boundaries as the last step: cases and population are compared on the old ones.

    later : `after`, counted on the boundaries of `before`. For changes whose earlier state is not known on the new
    boundaries; where both ways are open, they may divide the change otherwise.
    """
    inside = split_change(before, later, also=also)
    ends = _reason_of_ends(before, later, after)
    if ends:
        return ChangeParts(None, None, (), ends)
    corners = _Corners([before, later, after])
    moved = Part(("boundaries",), *_bounds(corners.share(2) - corners.share(1)))
    low, high = _bounds(corners.share(2) - corners.share(0))
    return ChangeParts(low, high, (moved, *inside.parts))


def _reason_of_ends(*ends: Ratio) -> str:
    """The reasons of the ends without number, once each; a default word for one without."""
    open_ends = [end for end in ends if not (_is_number(end.count) and _is_base(end.base))]
    return " ".join(dict.fromkeys(end.reason or "–" for end in open_ends))


def _is_number(span: Span | None) -> bool:
    return span is not None and all(map(math.isfinite, span))


def _is_base(span: Span | None) -> bool:
    return span is not None and _is_number(span) and span[0] > 0


def _usable(state: Ratio) -> Ratio:
    """A state in between, without what has no bounds or may be a base of 0."""
    count = state.count if _is_number(state.count) else None
    return Ratio(count, state.base if _is_base(state.base) else None, state.reason)


def _pieces(states: Sequence[Ratio], steps: Sequence[PartName], also: Also) -> list[_Piece]:
    """All terms, stretch by stretch between states that are wholly known."""
    known = [place for place, state in enumerate(states) if state.count is not None and state.base is not None]
    found = []
    for stretch in pairwise(known):
        for side, last, beside in (("count", PARTS[3], also.count), ("base", PARTS[2], also.base)):
            own = [*steps, last]
            nodes = [place for place in range(stretch[0], stretch[1] + 1) if getattr(states[place], side) is not None]
            for start, end in pairwise(nodes):
                names = {*own[start:end], *(beside if end == len(states) - 1 else ())}
                found.append(_Piece(frozenset(names), side, start, end, stretch))  # type: ignore[arg-type]
    return found


def _joined(pieces: Iterable[_Piece]) -> dict[tuple[PartName, ...], list[_Piece]]:
    """Pieces that share a name belong to one part, named by all their names."""
    groups: list[tuple[set[PartName], list[_Piece]]] = []
    for piece in pieces:
        names, members = set(piece.names), [piece]
        apart = []
        for group in groups:
            if group[0] & names:
                names |= group[0]
                members = [*group[1], *members]
            else:
                apart.append(group)
        groups = [*apart, (names, members)]
    return {tuple(name for name in PARTS if name in names): members for names, members in groups}


class _Corners:
    """Counts and inverse bases of all states at every corner of their bounds, as arrays."""

    def __init__(self, states: Sequence[Ratio]) -> None:
        spans = [state.count for state in states]
        spans += [None if state.base is None else (1 / state.base[1], 1 / state.base[0]) for state in states]
        open_ones = [span for span in spans if span is not None and span[0] < span[1]]
        grid = [part.ravel() for part in np.meshgrid(*open_ones, indexing="ij")] if open_ones else []
        rows = iter(grid)
        filled = [
            None if span is None else next(rows) if span[0] < span[1] else np.array([span[0]], float) for span in spans
        ]
        self.count, self.inverse = filled[: len(states)], filled[len(states) :]

    def share(self, place: int) -> Floats:
        return self._get("count", place) * self._get("base", place)

    def piece(self, piece: _Piece) -> Floats:
        """The value of one term at every corner."""
        other: Literal["count", "base"] = "base" if piece.side == "count" else "count"
        first, last = piece.stretch
        weight = (self._get(other, first) + self._get(other, last)) / 2
        return (self._get(piece.side, piece.end) - self._get(piece.side, piece.start)) * weight

    def _get(self, side: Literal["count", "base"], place: int) -> Floats:
        found = (self.count if side == "count" else self.inverse)[place]
        if found is None:
            raise ValueError(f"state {place} has no {side}")
        return found


def _part(names: tuple[PartName, ...], pieces: Sequence[_Piece], corners: _Corners, reasons: Sequence[str]) -> Part:
    total = np.zeros(1)
    for piece in pieces:
        total = total + corners.piece(piece)
    low, high = _bounds(total)
    if len(names) == 1:
        return Part(names, low, high)
    first, last = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    return Part(names, low, high, " ".join(dict.fromkeys(text for text in reasons[first:last] if text)))


def _bounds(values: Floats) -> tuple[float, float]:
    return float(values.min()), float(values.max())
