"""Addresses that are never placed: women's shelters, protected flats, and others a planner names.

They stand in no register. Of each the project knows a keyed check number (to keep it out of every register that is
delivered) and a mark from 0 to 255 that it shares with many addresses (to place nobody near by). See
docs/decisions/places-addresses.md for what this can and cannot do.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
import pandas as pd

from sozialraum.addresses.numbers import House, read_house
from sozialraum.addresses.register import Number, covered_numbers
from sozialraum.addresses.spelling import loose_key, mark, street_key, without_brackets

KINDS = ("womens_shelter", "protected_flat", "other")
# A renamed street carries its protected addresses on; all numbers and suffixes that are usual are tried.
HIGHEST_NUMBER = 999
OTHER_MARKS = 24  # of 256
SUFFIXES = ("", *"abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Protection:
    """What is known of protected addresses.

    secret : key of the check numbers. salt : of the marks. digests : check numbers. marks : one for each digest, the
    same one may stand twice. postcodes : one for each digest, those in which it is protected, parted by spaces; '' =
    in all. loose : one for each digest, the check number under the loose key of the street, '' = not known. Missing
    ones at the end are ''.
    """

    secret: str = ""
    salt: str = ""
    digests: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()
    postcodes: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()

    def holds(self, street: str, numbers: Iterable[Number]) -> bool:
        """Whether one of the numbers of a street is protected, in whatever postcode. street : plain key."""
        return any(digest_of(self.secret, street, *number) in self.digests for number in numbers)

    def entries(self) -> list[Entry]:
        """What is known of each protected number."""
        filled = zip_longest(self.digests, self.marks, self.postcodes, self.loose, fillvalue="")
        return [Entry(str(digest), int(one), str(codes), str(loose)) for digest, one, codes, loose in filled]

    def with_entries(self, entries: Iterable[Entry]) -> Protection:
        """The same keys with other numbers."""
        rows = list(entries)
        return Protection(
            self.secret, self.salt, tuple(row.digest for row in rows), tuple(row.mark for row in rows),
            tuple(row.postcodes for row in rows), tuple(row.loose for row in rows),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A protected number: see `Protection`."""

    digest: str
    mark: int
    postcodes: str
    loose: str

    def is_in(self, postcode: str) -> bool:
        """Whether it is protected in a postcode; one that is not known ('') does not contradict."""
        return not (self.postcodes and postcode) or postcode in self.postcodes.split()


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


def with_address(protection: Protection, street: str, house: House, postcodes: Iterable[str] = ()) -> Protection:
    """Protection with one more address; of a range every number it stands for. Twice changes nothing.

    postcodes : where it is protected, none = wherever a street has that name.
    """
    rows = {row.digest: row for row in protection.entries()}
    key, where = street_key(street), " ".join(sorted(set(postcodes)))
    for number, suffix in covered_numbers(house):
        digest = digest_of(protection.secret, key, number, suffix)
        known = rows.get(digest)
        loose = digest_of(protection.secret, _loose(street), number, suffix)
        codes = where if known is None else _both(known.postcodes, where)
        rows[digest] = Entry(digest, mark(protection.salt, key, number), codes, loose)
    return protection.with_entries(rows.values())


def without_address(protection: Protection, street: str, house: House, postcodes: Iterable[str] = ()) -> Protection:
    """Protection without an address; nothing happens when it was not protected.

    postcodes : where it ends, none = everywhere. What is protected in all postcodes ends in all.
    """
    key, ended = street_key(street), set(postcodes)
    gone = {digest_of(protection.secret, key, *number) for number in covered_numbers(house)}
    kept = []
    for row in protection.entries():
        left = sorted(set(row.postcodes.split()) - ended) if ended else []
        if row.digest not in gone:
            kept.append(row)
        elif left:
            kept.append(replace(row, postcodes=" ".join(left)))
    return protection.with_entries(kept)


def _both(one: str, other: str) -> str:
    return " ".join(sorted({*one.split(), *other.split()})) if one and other else ""


def _loose(street: str) -> str:
    """The loose key as it goes into a check number; no plain key begins so."""
    return f"~{loose_key(street)}"


def allowed(protection: Protection, addresses: pd.DataFrame, *, fresh: bool = False) -> np.ndarray:
    """(n,) bool: rows of a register that may be kept. addresses : `street, number, suffix`, optional `postcode`.

    A street counts by its plain and its loose key and without what stands in brackets; a number whose suffix is not
    understood counts as every one of its suffixes. fresh : the register is new and whole; where a street is no longer
    in the postcode in which a number is protected, the number is protected in all others (its postcode may be new).
    """
    if not protection.digests:
        return np.ones(len(addresses), dtype=bool)
    known: dict[str, list[Entry]] = {}
    for row in protection.entries():
        for digest in {row.digest, row.loose} - {""}:
            known.setdefault(digest, []).append(row)
    keys = {name: _keys(name) for name in addresses["street"].unique()}
    codes = addresses["postcode"].tolist() if "postcode" in addresses.columns else [""] * len(addresses)
    there = {(key, code) for name, code in set(zip(addresses["street"], codes, strict=True)) for key in keys[name]}
    found: dict[tuple[str, int, str], list[Entry]] = {}

    def entries(key: str, number: Number) -> list[Entry]:
        if (key, *number) not in found:
            found[key, *number] = known.get(digest_of(protection.secret, key, *number), [])
        return found[key, *number]

    def is_held(key: str, number: Number, code: str) -> bool:
        return any(
            row.is_in(code) or (fresh and not any((key, own) in there for own in row.postcodes.split()))
            for row in entries(key, number)
        )

    rows = zip(addresses["street"], addresses["number"], addresses["suffix"], codes, strict=True)
    return np.array(
        [
            not any(is_held(key, one, str(code)) for key in keys[name] for one in _numbers(str(number), str(suffix)))
            for name, number, suffix, code in rows
        ],
        dtype=bool,
    )


def doubtful(protection: Protection, streets: Sequence[str], numbers: Sequence[int]) -> np.ndarray:
    """(n,) bool: whether a protected address may stand in these streets at these numbers, whatever its suffix."""
    held = {digest for row in protection.entries() for digest in (row.digest, row.loose) if digest}

    def is_near(street: str, number: int) -> bool:
        ways = ((key, suffix) for key in _keys(street) for suffix in SUFFIXES)
        return any(digest_of(protection.secret, key, number, suffix) in held for key, suffix in ways)

    rows = zip(streets, numbers, strict=True)
    return np.array([bool(held) and is_near(street, number) for street, number in rows], dtype=bool)


def _keys(street: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([street_key(street), street_key(without_brackets(street)), _loose(street)]))


def _numbers(number: str, suffix: str) -> list[Number]:
    bare = suffix.lstrip("-/ ")
    house = read_house(number, bare if bare.isalpha() else suffix)
    if house.number and house.is_read:
        return [*covered_numbers(house), (int(number), suffix)]
    return [(int(number), one) for one in (*SUFFIXES, suffix)]


def carried_on(protection: Protection, renamed: Mapping[str, str]) -> Protection:
    """Protection after streets got other names: the same numbers are protected there as well.

    renamed : old name -> new name. The old names stay protected, lists go on using them.
    """
    found = protection
    for old, new in sorted(renamed.items()):
        key = street_key(old)
        for house in _numbers_of(protection, key):
            digest = digest_of(protection.secret, key, house.number, house.suffix)
            codes = next(row.postcodes for row in protection.entries() if row.digest == digest)
            found = with_address(found, new, house, codes.split())
    return found


def _numbers_of(protection: Protection, key: str) -> Sequence[House]:
    """The usual numbers of a street that are protected."""
    marks = frozenset(protection.marks)
    numbers = (number for number in range(1, HIGHEST_NUMBER + 1) if mark(protection.salt, key, number) in marks)
    return [
        House(number, suffix) for number in numbers for suffix in SUFFIXES if protection.holds(key, [(number, suffix)])
    ]
