"""Addresses that are never placed: women's shelters, protected flats, and others a planner names.

They stand in no register. Of each the project knows a keyed check number (to keep it out of every register that is
delivered) and a mark from 0 to 255 that it shares with many addresses (to place nobody near by). See
docs/decisions/places-addresses.md for what this can and cannot do.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialraum.addresses.numbers import House, read_house
from sozialraum.addresses.register import Number, covered_numbers
from sozialraum.addresses.spelling import mark, street_key

KINDS = ("womens_shelter", "protected_flat", "other")
# A renamed street carries its protected addresses on; all numbers and suffixes that are usual are tried.
HIGHEST_NUMBER = 999
OTHER_MARKS = 24  # of 256
SUFFIXES = ("", *"abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Protection:
    """What is known of protected addresses.

    secret : key of the check numbers. salt : of the marks. digests : check numbers. marks : one for each digest, the
    same one may stand twice.
    """

    secret: str = ""
    salt: str = ""
    digests: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()

    def holds(self, street: str, numbers: Iterable[Number]) -> bool:
        """Whether one of the numbers of a street is protected. street : plain key."""
        return any(digest_of(self.secret, street, *number) in self.digests for number in numbers)


def digest_of(secret: str, key: str, number: int, suffix: str = "") -> str:
    """Check number of an address: HMAC-SHA-256 over street key, number and suffix; whatever its postcode."""
    return hmac.new(secret.encode(), f"{key}|{number}|{suffix}".encode(), hashlib.sha256).hexdigest()


def marks_handed_out(protection: Protection) -> list[int]:
    """The marks of protected addresses among as many others, sorted; none where nothing is protected.

    An open register of addresses compared with ours shows which are missing; the marks must not tell which of those
    are protected. The price: some addresses that are only likely are not offered. The same project gives the same
    marks, so that two files tell no more than one.
    """
    if not protection.marks:
        return []
    others = (hmac.digest(protection.secret.encode(), f"mark {n}".encode(), "sha256")[0] for n in range(OTHER_MARKS))
    return sorted({*protection.marks, *others})


def with_address(protection: Protection, street: str, house: House) -> Protection:
    """Protection with one more address; of a range every number it stands for. Twice changes nothing."""
    digests, marks = list(protection.digests), list(protection.marks)
    key = street_key(street)
    for number, suffix in covered_numbers(house):
        digest = digest_of(protection.secret, key, number, suffix)
        if digest not in digests:
            digests.append(digest)
            marks.append(mark(protection.salt, key, number))
    return Protection(protection.secret, protection.salt, tuple(digests), tuple(marks))


def without_address(protection: Protection, street: str, house: House) -> Protection:
    """Protection without an address; nothing happens when it was not protected."""
    key = street_key(street)
    gone = {digest_of(protection.secret, key, *number) for number in covered_numbers(house)}
    kept = [pair for pair in zip(protection.digests, protection.marks, strict=True) if pair[0] not in gone]
    return Protection(
        protection.secret, protection.salt, tuple(digest for digest, _m in kept), tuple(one for _d, one in kept)
    )


def allowed(protection: Protection, addresses: pd.DataFrame) -> np.ndarray:
    """(n,) bool: rows of a register that may be kept. addresses : `street, number, suffix`."""
    if not protection.digests:
        return np.ones(len(addresses), dtype=bool)
    keys = {name: street_key(name) for name in addresses["street"].unique()}
    marks = frozenset(protection.marks)
    rows = zip(addresses["street"].tolist(), addresses["number"].tolist(), addresses["suffix"].tolist(), strict=True)
    kept = []
    for name, number, suffix in rows:
        house = read_house(str(number), str(suffix))
        numbers = covered_numbers(house if house.is_read and house.number else House(int(number), str(suffix)))
        near = any(mark(protection.salt, keys[name], one) in marks for one in {one for one, _s in numbers})
        kept.append(not (near and protection.holds(keys[name], numbers)))
    return np.array(kept, dtype=bool)


def carried_on(protection: Protection, renamed: Mapping[str, str]) -> Protection:
    """Protection after streets got other names: the same numbers are protected there as well.

    renamed : old name -> new name. The old names stay protected, lists go on using them.
    """
    found = protection
    for old, new in sorted(renamed.items()):
        key = street_key(old)
        for house in _numbers_of(protection, key):
            found = with_address(found, new, house)
    return found


def _numbers_of(protection: Protection, key: str) -> Sequence[House]:
    """The usual numbers of a street that are protected."""
    marks = frozenset(protection.marks)
    numbers = (number for number in range(1, HIGHEST_NUMBER + 1) if mark(protection.salt, key, number) in marks)
    return [
        House(number, suffix) for number in numbers for suffix in SUFFIXES if protection.holds(key, [(number, suffix)])
    ]
