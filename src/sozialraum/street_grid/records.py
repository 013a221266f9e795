"""Addresses with their areas become the records of `ra`: one street, one key, an odd and an even range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest

import pandas as pd

from sozialraum.addresses import street_key
from sozialraum.base import Finding, _, plural, quoted
from sozialraum.base.numbers import count
from sozialraum.street_grid.numbers import OPEN_EVEN, Range, close_street

NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Record:
    """One row of `ra`: a range of a side is (from, to), or None where this record has none.

    key : what the ranges belong to, in a street grid the nine digits.
    """

    street: str
    postcode: str
    key: str
    odd: tuple[int, int] | None
    even: tuple[int, int] | None


def make_records(
    addresses: pd.DataFrame, labels: Mapping[str, str], last: str = "open"
) -> tuple[list[Record], list[Finding]]:
    """The records of a register, sorted by postcode and street, and what the register leaves unclear.

    addresses : `street, number` (int), `suffix, postcode, key` of the area ('' = in none of the plan). labels : key ->
    what people call the area. last : see `numbers.close_side`. A suffix never decides: a number whose suffixes lie in
    two areas goes to the area of the number without suffix, else to the one with more addresses, and is a finding.
    """
    findings = _without_area(addresses)
    placed = addresses[addresses["key"] != ""]
    rows = zip(
        placed["postcode"].tolist(), [street_key(name) for name in placed["street"].tolist()],
        placed["street"].tolist(), placed["number"].tolist(), placed["suffix"].tolist(), placed["key"].tolist(),
        strict=True,
    )  # fmt: skip
    records: list[Record] = []
    for (postcode, _plain), entries in groupby(sorted(rows), key=lambda row: row[:2]):
        own = list(entries)
        street = _spelling(name for _code, _key, name, *_rest in own)
        if len({name for _code, _key, name, *_rest in own}) > 1:
            findings.append(_spelled_twice(street, postcode, {row[2] for row in own}))
        known, twice = _numbers([row[3:] for row in own])
        findings += [_in_two_areas(street, postcode, number, areas, labels) for number, areas in twice]
        records += _of_street(street, postcode, known, last)
        if max(known) > OPEN_EVEN - 2:
            findings.append(_long_street(street, postcode, max(known)))
    return records, findings


def _of_street(street: str, postcode: str, known: Mapping[int, str], last: str) -> list[Record]:
    """Odd and even ranges of one area share a record, in the order of their numbers."""
    odd, even = close_street(known, last)
    records = []
    for area in dict.fromkeys(part.area for part in sorted([*odd, *even], key=lambda part: (part.start, part.area))):
        sides = ([part for part in side if part.area == area] for side in (odd, even))
        for one, other in zip_longest(*sides):
            records.append(Record(street, postcode, area, _ends(one), _ends(other)))
    return records


def _ends(part: Range | None) -> tuple[int, int] | None:
    return None if part is None else (part.start, part.end)


def _numbers(entries: list[tuple[int, str, str]]) -> tuple[dict[int, str], list[tuple[int, tuple[str, ...]]]]:
    """Number -> its area, and the numbers that lie in several areas with those."""
    areas: dict[int, list[tuple[str, str]]] = {}
    for number, suffix, area in entries:
        areas.setdefault(number, []).append((suffix, area))
    known: dict[int, str] = {}
    twice = []
    for number, there in areas.items():
        different = sorted({area for _suffix, area in there})
        known[number] = different[0] if len(different) == 1 else _deciding(there)
        if len(different) > 1:
            first = known[number]
            twice.append((number, (first, *(area for area in different if area != first))))
    return known, twice


def _deciding(there: list[tuple[str, str]]) -> str:
    """The area of the number without suffix, else the one with most addresses, else the first by key."""
    plain = sorted(area for suffix, area in there if not suffix)
    if plain:
        return plain[0]
    votes = Counter(area for _suffix, area in there)
    return min(votes, key=lambda area: (-votes[area], area))


def _spelling(names: Iterable[str]) -> str:
    """The usual spelling; of equally usual ones the first by alphabet."""
    votes = Counter(names)
    return min(votes, key=lambda name: (-votes[name], name))


def find_records(records: Iterable[Record], street: str, postcode: str, number: int) -> list[Record]:
    """The records an address falls into: exactly one when the grid is whole. A suffix plays no part.

    An open end (997, 998) holds every higher number of its side that has no range of its own.
    """
    plain = street_key(street)
    own = [record for record in records if record.postcode == postcode and street_key(record.street) == plain]
    sides = [(record, record.odd if number % 2 else record.even) for record in own]
    inside = [record for record, side in sides if side and side[0] <= number <= side[1]]
    if inside or number <= OPEN_EVEN - 2:
        return inside
    return [record for record, side in sides if side and side[1] == OPEN_EVEN - number % 2]


def _without_area(addresses: pd.DataFrame) -> list[Finding]:
    rows = addresses[addresses["key"] == ""]
    if rows.empty:
        return []
    names = [f"{street} {number}{suffix}" for street, number, suffix in
             rows[["street", "number", "suffix"]].head(NAMED_AT_MOST).itertuples(index=False)]  # fmt: skip
    text = plural(
        "1 Anschrift liegt in keinem Gebiet: {names}.", "{count} Anschriften liegen in keinem Gebiet: {names}.",
        len(rows),
    )  # fmt: skip
    shown = ", ".join(names) + (", …" if len(rows) > NAMED_AT_MOST else "")
    return [
        Finding(
            text.format(count=count(len(rows)), names=shown),
            severity="warning",
            todo=_("Sie fehlt im Straßenraster. Prüfen Sie die Lage im Adressregister."),
        )
    ]


def _spelled_twice(street: str, postcode: str, names: set[str]) -> Finding:
    what = _("{postcode} {street}: Der Name ist im Adressregister verschieden geschrieben: {names}.")
    shown = ", ".join(quoted(name) for name in sorted(names))
    todo = _("In der Datei steht „{street}“.").format(street=street)
    return Finding(what.format(postcode=postcode, street=street, names=shown), severity="note", todo=todo)


def _in_two_areas(
    street: str, postcode: str, number: int, areas: tuple[str, ...], labels: Mapping[str, str]
) -> Finding:
    named = [labels.get(area, area) for area in areas]
    what = _("{postcode} {street} {number}: Die Hausnummer liegt in mehreren Gebieten: {areas}.")
    todo = _("Zusätze zählen nicht; in der Datei gehört sie zu {area}. Prüfen Sie die Zuordnung.")
    return Finding(
        what.format(postcode=postcode, street=street, number=number, areas=", ".join(named)),
        severity="warning",
        todo=todo.format(area=named[0]),
    )


def _long_street(street: str, postcode: str, number: int) -> Finding:
    what = _("{postcode} {street}: Die höchste Hausnummer ist {number}; 997 und 998 bedeuten aber „bis zum Ende“.")
    todo = _("Besprechen Sie mit der Agentur, wie diese Straße einzutragen ist.")
    return Finding(what.format(postcode=postcode, street=street, number=number), severity="warning", todo=todo)
