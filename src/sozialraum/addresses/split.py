"""An address in one cell, 'Hauptstr. 12a, 52076 Aachen', taken apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from sozialraum.addresses.numbers import read_house
from sozialraum.addresses.spelling import plain, spelling_rules

EDGES = " ,;"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an address as they were written; '' for what is not there."""

    street: str
    number: str = ""
    postcode: str = ""
    town: str = ""


@cache
def _postcode() -> re.Pattern[str]:
    return re.compile(spelling_rules()["cell"]["postcode"])


def split_address(text: str) -> Parts:
    """Street, number, postcode and town of one cell, in either order ('52076 Aachen, Hauptstr. 12a')."""
    for sign, usual in spelling_rules()["number"]["signs"]:
        text = text.replace(sign, usual)
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    small = text.lower()
    text = text if len(small) == len(text) else small
    postcodes = list(_postcode().finditer(small))
    if not postcodes:
        street, town = _without_postcode(text)
        return Parts(*split_street(street), "", town)
    found = postcodes[-1]
    before, after = text[: found.start()].strip(EDGES), text[found.end() :].strip(EDGES)
    if before:
        return Parts(*split_street(before), found[1], after)
    town, street = _at_comma(after)
    return Parts(*split_street(street), found[1], town)


def _at_comma(text: str) -> tuple[str, str]:
    places = [at for at in (text.find(","), text.find(";")) if at >= 0]
    at = min(places) if places else len(text)
    return text[:at].strip(EDGES), text[at + 1 :].strip(EDGES)


def _without_postcode(text: str) -> tuple[str, str]:
    """What stands behind the last comma is the town when it has no digit and is no floor or flat."""
    at = max(text.rfind(","), text.rfind(";"))
    last = text[at + 1 :].strip(EDGES)
    if at < 0 or not last or any(letter.isdigit() for letter in last):
        return text, ""
    first = plain(last).split()[0].strip(".")
    return (text, "") if first in spelling_rules()["number"]["extras"] else (text[:at].strip(EDGES), last)


def split_street(text: str) -> tuple[str, str]:
    """Street and number: the number begins at the first digits from which everything is read as a house number.

    'Straße des 17. Juni 135' -> ('Straße des 17. Juni', '135'); without such digits the last ones begin it.
    """
    starts = [at for at in range(1, len(text)) if text[at].isdigit() and not text[at - 1].isdigit()]
    if not starts:
        return text.strip(EDGES), ""
    read = (at for at in starts if _is_whole(text[at:]))
    at = next(read, starts[-1])
    return _without_word(text[:at].strip(EDGES)), text[at:].strip(EDGES)


def _is_whole(text: str) -> bool:
    house = read_house(text)
    return house.number > 0 and house.is_read


def _without_word(street: str) -> str:
    """'Hauptstraße Nr.' -> 'Hauptstraße'."""
    for word in spelling_rules()["number"]["words"]:
        if street.lower().endswith(f" {word}"):
            return street[: -len(word) - 1].strip(EDGES)
    return street
