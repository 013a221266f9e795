"""House numbers of one side of a street become ranges without gap and overlap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# What stands for an unknown last number of a side.
OPEN_ODD, OPEN_EVEN = 997, 998


# No street has more house numbers, no area more inhabitants; a longer number is a slip of the keyboard.
LONGEST_NUMBER = 9


def whole_number(text: str) -> int | None:
    """The number that plain digits stand for; None for any other text, also for '1²' and for very long ones."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


@dataclass(frozen=True, slots=True)
class Range:
    """House numbers of one side, ends included, that belong to one area."""

    start: int
    end: int
    area: str


def open_end(odd: bool) -> int:
    """997 for the odd side, 998 for the even one."""
    return OPEN_ODD if odd else OPEN_EVEN


def close_side(known: Mapping[int, str], odd: bool, last: str = "open") -> list[Range]:
    """Ranges that hold every number of a side from 1 or 2 to its end.

    known : house number of this side -> area, at least one. last : 'open' = the last range ends in 997 or 998,
    'known' = in the last number. Numbers nobody has lie with the nearer known number, at the same distance
    with the lower one; those before the first number lie with it.
    """
    numbers = sorted(known)
    start = 1 if odd else 2
    ranges: list[Range] = []
    for here, following in zip(numbers, [*numbers[1:], None], strict=True):
        area = known[here]
        if following is not None and known[following] == area:
            continue
        end = _end(here, odd, last) if following is None else _share(here, following)
        ranges.append(Range(start, end, area))
        start = end + 2
    return ranges


def _share(here: int, following: int) -> int:
    """The last number that lies with `here`: half of the unknown numbers between, the middle one included."""
    between = (following - here) // 2 - 1
    return here + 2 * ((between + 1) // 2)


def _end(number: int, odd: bool, last: str) -> int:
    # a number beyond 998 is known better than 'open', which would stand before it
    return number if last == "known" else max(number, open_end(odd))


def close_street(known: Mapping[int, str], last: str = "open") -> tuple[list[Range], list[Range]]:
    """The odd and the even ranges of a street.

    known : house number -> area, at least one. A side without any number follows the other one: it is cut where
    that is cut, so that no number is without an area.
    """
    odd = {number: area for number, area in known.items() if number % 2}
    even = {number: area for number, area in known.items() if not number % 2}
    # 2 stands opposite 1: the side nobody knows takes over the numbers of the other
    odd = odd or {number - 1: area for number, area in even.items()}
    even = even or {number + 1: area for number, area in odd.items()}
    return close_side(odd, True, last), close_side(even, False, last)
