"""The address register in a form in which streets and numbers are found at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.addresses.numbers import WIDEST_RANGE, House, read_house
from sozialraum.addresses.spelling import (
    abbreviates,
    initials,
    is_one_slip,
    loose_key,
    mark,
    one_off,
    spelling_rules,
    street_key,
    street_words,
)

Number = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Alias:
    """A confirmed spelling: what a list writes (plain key, postcode or '') stands for a street of the register."""

    written: str
    postcode: str
    street: str
    street_postcode: str
    municipality: str


@dataclass(slots=True)
class Street:
    """A street in one postcode of one municipality; a long street may be several of these.

    known : (number, suffix) -> position in the register. ranges : the same with both ends. covered : numbers inside a
    range of the register ('12-14' covers 14). numbers : number -> positions, by suffix. again : further positions of
    the same number or range, two streets of one name in one postcode have such.
    """

    name: str
    key: str
    postcode: str
    municipality: str
    known: dict[Number, int] = field(default_factory=dict)
    ranges: dict[tuple[Number, Number], int] = field(default_factory=dict)
    covered: dict[Number, int] = field(default_factory=dict)
    numbers: dict[int, list[int]] = field(default_factory=dict)
    again: dict[tuple[str, Number | tuple[Number, Number]], list[int]] = field(default_factory=dict)

    def add(self, house: House, position: int) -> None:
        """Enter an address; of two with the same number and suffix the first is found, the second remembered."""
        first = (house.number, house.suffix)
        self.numbers.setdefault(house.number, []).append(position)
        if not house.last:
            if self.known.setdefault(first, position) != position:
                self.again.setdefault(("known", first), []).append(position)
            return
        ends = (first, (house.last, house.last_suffix))
        if self.ranges.setdefault(ends, position) != position:
            self.again.setdefault(("range", ends), []).append(position)
        for inside in covered_numbers(house):
            if self.covered.setdefault(inside, position) != position:
                self.again.setdefault(("covered", inside), []).append(position)

    def find(self, number: int, suffix: str) -> tuple[int, bool] | None:
        """Position of a number and whether only a range holds it; None when it is not known."""
        position = self.known.get((number, suffix))
        if position is not None:
            return position, False
        position = self.covered.get((number, suffix))
        return None if position is None else (position, True)

    def positions(self, number: int, suffix: str) -> list[int]:
        """All positions of a number, as it stands there or, when it does not, of the ranges that hold it."""
        found = self.find(number, suffix)
        kind = "covered" if found and found[1] else "known"
        return [found[0], *self.again.get((kind, (number, suffix)), ())] if found else []


def covered_numbers(house: House) -> list[Number]:
    """The numbers a house number stands for: '12-14' for 12 and 14, '12a-c' for 12a, 12b and 12c; else itself."""
    first, last = (house.number, house.suffix), (house.last, house.last_suffix)
    if not house.last:
        return [first]
    if house.last == house.number:
        return [(house.number, chr(letter)) for letter in range(ord(house.suffix), ord(house.last_suffix) + 1)]
    if house.last - house.number > WIDEST_RANGE:
        return [first, last]
    between = ((number, "") for number in range(house.number, house.last + 1, 2))
    return list(dict.fromkeys([first, last, *between]))


class AddressRegister:
    """All addresses of the project by street and number. Positions count the rows of `frame`.

    frame : `street, number` (int), `suffix, postcode, block_id, municipality` (AGS), `x, y` (metres); optional
    `street_key` (key of the street in the official list). towns : AGS -> name. aliases : confirmed spellings.
    salt, marks : small marks of addresses that are never placed (see spelling.toml), not the addresses.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        towns: Mapping[str, str],
        aliases: Iterable[Alias] = (),
        *,
        salt: str = "",
        marks: Iterable[int] = (),
    ) -> None:
        self.frame, self.towns = frame, dict(towns)
        self.salt, self.marks = salt, frozenset(marks)
        self.block = frame["block_id"].to_numpy(dtype=object)
        self.x, self.y = frame["x"].to_numpy(dtype=float), frame["y"].to_numpy(dtype=float)
        self.number = frame["number"].to_numpy(dtype=np.int64)
        self.suffix = frame["suffix"].to_numpy(dtype=object)
        self.streets, self.street_of = _streets(frame)
        self.postcodes = frozenset(street.postcode for street in self.streets)
        self.aliases = {(alias.written, alias.postcode): alias for alias in aliases}
        self._town_words = {ags: street_words(name) for ags, name in self.towns.items()}
        self._index()

    @classmethod
    def from_layers(
        cls,
        addresses: gpd.GeoDataFrame,
        blocks: pd.DataFrame,
        municipalities: pd.DataFrame,
        aliases: Iterable[Alias] = (),
        *,
        salt: str = "",
        marks: Iterable[int] = (),
    ) -> AddressRegister:
        """The register of the layers `addresses`, `blocks` and `municipalities` of a project.

        An address without block keeps '' as municipality and can still be found by postcode.
        """
        town_of = dict(zip(blocks["block_id"], blocks["municipality"], strict=True))
        points = addresses.geometry.to_numpy()
        names = ["street", "number", "suffix", "postcode", "block_id"]
        names += ["street_key"] if "street_key" in addresses.columns else []
        frame = pd.DataFrame(addresses[names]).reset_index(drop=True)
        frame["municipality"] = [town_of.get(block, "") for block in frame["block_id"]]
        frame["x"], frame["y"] = shapely.get_x(points), shapely.get_y(points)
        towns = dict(zip(municipalities["ags"], municipalities["name"], strict=True))
        return cls(frame, towns, aliases, salt=salt, marks=marks)

    def __len__(self) -> int:
        return len(self.frame)

    def by_key(self, key: str) -> list[Street]:
        """The streets of a plain key."""
        return self._by_key.get(key, [])

    def by_alias(self, key: str, postcode: str) -> list[Street]:
        """The street a planner confirmed for this spelling.

        One confirmed where the list named no postcode says nothing about a postcode other than its own.
        """
        alias = self.aliases.get((key, postcode)) or self.aliases.get((key, ""))
        if alias is None or (not alias.postcode and postcode not in ("", alias.street_postcode)):
            return []
        meant = (street_key(alias.street), alias.street_postcode, alias.municipality)
        return [
            street for street in self.by_key(meant[0]) if (street.key, street.postcode, street.municipality) == meant
        ]

    def alike(self, name: str) -> tuple[list[Street], str]:
        """Streets a misspelled name may mean, and how: 'spelling', 'abbreviated' or ''."""
        loose = loose_key(name)
        if loose in self._by_loose:
            return self._by_loose[loose], "spelling"
        words = street_words(name)
        short = [street for other, street in self._by_initials.get(initials(words), ()) if abbreviates(words, other)]
        if short:
            return short, "abbreviated"
        slips = self._slips(loose) if len(loose) >= spelling_rules()["loose"]["slip_from"] else []
        return slips, "spelling" if slips else ""

    def town(self, text: str) -> str:
        """The AGS of the municipality a text names ('Aachen', 'Aachen-Brand'), '' when it names none."""
        words = street_words(text)
        found = [(len(own), ags) for ags, own in self._town_words.items() if own and words[: len(own)] == own]
        return max(found, key=lambda one: (one[0], one[1]))[1] if found else ""

    def towns_of(self, postcode: str) -> frozenset[str]:
        """AGS of the municipalities that have addresses in a postcode."""
        return self._towns_of.get(postcode, frozenset())

    def is_marked(self, keys: Iterable[str], numbers: Iterable[int]) -> bool:
        """Whether one of the streets and numbers has the mark of an address that is never placed."""
        own = list(numbers)
        return bool(self.marks) and any(mark(self.salt, key, number) in self.marks for key in keys for number in own)

    def label(self, position: int) -> str:
        """The address as the register writes it: 'Hauptstraße 12a, 52076 Aachen'."""
        number = f"{self.number[position]}{_shown(self.suffix[position])}"
        return self._named(position, f" {number}")

    def street_label(self, position: int) -> str:
        """The street of an address: 'Hauptstraße, 52076 Aachen'."""
        return self._named(position, "")

    def _named(self, position: int, number: str) -> str:
        street = self.streets[self.street_of[position]]
        place = " ".join(part for part in (street.postcode, self.towns.get(street.municipality, "")) if part)
        return f"{street.name}{number}, {place}" if place else f"{street.name}{number}"

    def _index(self) -> None:
        self._by_key: dict[str, list[Street]] = {}
        self._by_loose: dict[str, list[Street]] = {}
        self._by_initials: dict[str, list[tuple[tuple[str, ...], Street]]] = {}
        self._near: dict[str, list[str]] = {}
        self._towns_of: dict[str, frozenset[str]] = {}
        for street in self.streets:
            self._towns_of[street.postcode] = self.towns_of(street.postcode) | {street.municipality}
            self._by_key.setdefault(street.key, []).append(street)
            self._by_loose.setdefault(loose_key(street.name), []).append(street)
            words = street_words(street.name)
            self._by_initials.setdefault(initials(words), []).append((words, street))
        for loose in self._by_loose:
            for less in one_off(loose):
                self._near.setdefault(less, []).append(loose)

    def _slips(self, loose: str) -> list[Street]:
        near = {other for less in one_off(loose) for other in self._near.get(less, ()) if is_one_slip(loose, other)}
        return [street for other in sorted(near) for street in self._by_loose[other]]


def _shown(suffix: str) -> str:
    return f" {suffix}" if suffix[:1].isdigit() else suffix


def _streets(frame: pd.DataFrame) -> tuple[list[Street], np.ndarray]:
    """The streets by municipality, postcode and plain name, in the usual spelling; and the street of each row."""
    keys = {name: street_key(name) for name in frame["street"].unique()}
    key = frame["street"].map(keys)
    groups = frame.assign(key=key).groupby(["municipality", "postcode", "key"], sort=True)
    number = groups.ngroup().to_numpy()
    named = frame.assign(key=key, group=number).groupby(["group", "street"], sort=True)
    spelled = named.agg(rows=("street", "size"), **{one: (one, "first") for one in ("municipality", "postcode", "key")})
    usual = spelled.reset_index().sort_values(["group", "rows", "street"], ascending=[True, False, True])
    usual = usual.drop_duplicates("group")
    streets = [
        Street(*row) for row in zip(*(usual[one] for one in ("street", "key", "postcode", "municipality")), strict=True)
    ]
    rows = zip(number.tolist(), frame["number"].tolist(), frame["suffix"].tolist(), strict=True)
    for position, (group, house_number, suffix) in enumerate(rows):
        house = read_house(str(house_number), suffix)
        known = house if house.is_read and house.number else House(int(house_number), str(suffix).strip().lower())
        streets[group].add(known, position)
    suffixes = frame["suffix"].tolist()
    for street in streets:
        for positions in street.numbers.values():
            positions.sort(key=lambda at: (suffixes[at], at))
    return streets, number
