"""House numbers as people write them: '12', '12 a', '12-14', '12a-c', '12½', 'Nr. 12, 3. OG'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from sozialraum.addresses.spelling import plain, spelling_rules

REMEMBERED = 20_000
WIDEST_RANGE = 100  # a wider range is a slip; only its ends are known then
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class House:
    """A house number that was read.

    number : 0 = none. suffix : 'a', '1/2', '/1' or ''. last, last_suffix : the other end of a range, 0 and '' without
    one. is_read : False when something behind the number was not understood; then only the number counts.
    further : numbers somebody may live at who is written so, beside those of a range: those in what was not
    understood ('10, 12'), and the second of '10/11'.
    """

    number: int
    suffix: str = ""
    last: int = 0
    last_suffix: str = ""
    is_read: bool = True
    further: tuple[int, ...] = ()


NOTHING = House(0)
UNREAD = House(0, is_read=False)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in spelling_rules()["number"]["patterns"])


@cache
def _unread() -> re.Pattern[str]:
    return re.compile(spelling_rules()["number"]["unread"])


def number_text(text: str) -> str:
    """A number with its signs made alike, small, spaces single, and the word 'Nr.' left out."""
    rules = spelling_rules()["number"]
    for sign, usual in rules["signs"]:
        text = text.replace(sign, usual)
    found = " ".join(plain(text).split()).strip(" .,;").rstrip(" .,;-")
    for word in rules["words"]:
        if found.startswith(word):
            return found[len(word) :].strip(" .,;")
    return found


@lru_cache(REMEMBERED)
def read_house(number: str, suffix: str = "") -> House:
    """Read a house number; a suffix may stand in a cell of its own.

    `NOTHING` where none is given ('', 'o. Nr.', '0'), `UNREAD` where the text does not begin with a number.
    """
    rules = spelling_rules()["number"]
    text, more = number_text(number), number_text(suffix)
    if text in rules["nothing"] or number.strip().lower() in rules["nothing"]:
        return NOTHING
    if more and more not in rules["nothing"]:
        text += f"/{more}" if more.isdigit() else f" {more}"
    for kind, pattern in _patterns():
        found = pattern.search(text)
        if found:
            house = _house(kind, found)
            if house:
                return house if house.number else NOTHING
    found = _unread().search(text)
    if not found or not int(found[1]):
        return UNREAD
    return House(int(found[1]), found[2], is_read=False, further=_numbers_in(text))


def _house(kind: str, found: re.Match[str]) -> House | None:
    """What a pattern of a kind read; None when the text only looks like it."""
    groups = [group or "" for group in found.groups()]
    number, suffix = int(groups[0]), "".join(groups[1:2]).replace(" ", "")
    if kind == "plain":
        return House(number, suffix)
    if kind == "more":
        return House(number, suffix) if _is_extra(groups[2]) else None
    if kind == "suffixes":
        return House(number, suffix, number, groups[3]) if suffix < groups[3] else None
    last = int(groups[2])
    if kind == "range":
        return House(number, suffix, last, groups[3]) if last > number else None
    between = last - number
    if 0 < between <= spelling_rules()["number"]["slash_widest"] and between % 2 == 0:
        return House(number, suffix, last, groups[3])
    return House(number, f"{suffix}/{last}{groups[3]}", further=(last,) if last > number else ())


def _numbers_in(text: str) -> tuple[int, ...]:
    """All house numbers of a text; of two joined by '-' or 'bis' those between as well."""
    found = [one for one in _DIGITS.finditer(text) if len(one[0]) <= 4]
    numbers = {int(one[0]) for one in found}
    for one, other in pairwise(found):
        joined = text[one.end() : other.start()]
        if ("-" in joined or "bis" in joined) and int(other[0]) - int(one[0]) <= WIDEST_RANGE:
            numbers.update(range(int(one[0]), int(other[0])))
    return tuple(sorted(numbers - {0}))


def _is_extra(text: str) -> bool:
    """Whether what follows a number tells a flat or a floor: its first word with letters is known."""
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    word = next((word for word in words if not word.isdigit()), "")
    return word in spelling_rules()["number"]["extras"]
