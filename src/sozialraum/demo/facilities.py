"""Daycare centres, one care home and one women's shelter of the invented region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialraum.demo.chance import Ints, stream
from sozialraum.demo.character import Character
from sozialraum.demo.names import DAYCARE_FIRST, DAYCARE_LAST
from sozialraum.demo.region import EDITIONS, MEMBERS
from sozialraum.demo.settle import Settlement

# One quarter has clearly more places than children: a large new centre beside an ageing suburb.
SURPLUS_TOWN = "Hallenfeld"
CARE_HOME_TOWN = "Rodenscheid"
SHELTER_TOWN = "Wiesenrath"
SHORT, USUAL, SURPLUS = 0.38, 0.77, 1.7
PLACES_PER_CENTRE = 68


@dataclass(frozen=True)
class Facilities:
    """All facilities and the hidden truth about the shelter.

    table : number, name, kind, address, block (position, -1 = not told), places_0..2 (NaN = none), protected.
    care_home : position of its block. shelter_street, shelter_number : where the shelter really is; never written.
    """

    table: pd.DataFrame
    care_home: int
    shelter_street: str
    shelter_number: int
    shelter_member: int


def care_home_block(places: Settlement, character: Character) -> int:
    """A block in the smallest village of a small town, where 150 very old residents stand out."""
    member = next(number for number, one in enumerate(MEMBERS) if one.name == CARE_HOME_TOWN)
    weight = np.where(character.lived_in & (character.member == member), character.weight[:, -1], 0)
    by_quarter = np.bincount(character.quarter, weight, minlength=len(places.names))
    villages = [q for q, kind in enumerate(places.kinds) if places.members[q] == member and kind == "village"]
    quarter = min(villages, key=lambda q: by_quarter[q])
    blocks = np.flatnonzero(character.lived_in & (character.quarter == quarter))
    return int(blocks[np.argmax(character.hectares[blocks])])


def found_facilities(
    seed: int, places: Settlement, character: Character, children: Ints, streets: list[str], care_home: int
) -> Facilities:
    """All facilities; `children` : under six per block (n, editions); `streets` : name of each block's street."""
    member = next(number for number, one in enumerate(MEMBERS) if one.name == SHELTER_TOWN)
    street, number = _hide_shelter(seed, character, streets, member)
    rows = _centres(seed, places, character, children, streets, {street})
    home = f"{streets[care_home]} 2"
    rows.append(("Seniorenzentrum Haus Lindenblick", "care_home", home, care_home, (np.nan,) * len(EDITIONS), False))
    rows.append(("Frauenhaus", "womens_shelter", "nicht mitgeteilt", -1, (np.nan,) * len(EDITIONS), True))
    table = pd.DataFrame(
        [
            (position + 1, name, kind, address, block, *offered, protected)
            for position, (name, kind, address, block, offered, protected) in enumerate(rows)
        ],
        columns=[
            "number",
            "name",
            "kind",
            "address",
            "block",
            *(f"places_{k}" for k in range(len(EDITIONS))),
            "protected",
        ],
    )
    return Facilities(table, care_home, street, number, member)


def _hide_shelter(seed: int, character: Character, streets: list[str], member: int) -> tuple[str, int]:
    chance = stream(seed, "shelter")
    homes = [b for b in np.flatnonzero(character.lived_in & (character.member == member)) if streets[b]]
    return streets[int(homes[int(chance.integers(len(homes)))])], int(chance.integers(21, 88))


_Row = tuple[str, str, str, int, tuple[float, ...], bool]


def _centres(
    seed: int, places: Settlement, character: Character, children: Ints, streets: list[str], avoid: set[str]
) -> list[_Row]:
    """Daycare centres quarter by quarter; supply differs from quarter to quarter on purpose."""
    rows: list[_Row] = []
    surplus = _surplus_quarter(places, character, children)
    for quarter, (member, kind) in enumerate(zip(places.members, places.kinds, strict=True)):
        homes = np.flatnonzero(character.lived_in & (character.quarter == quarter))
        homes = np.array([b for b in homes if streets[b] and streets[b] not in avoid], dtype=np.int64)
        young = children[homes, -1].sum() if len(homes) else 0
        if young < 30:
            continue
        chance = stream(seed, "daycare", MEMBERS[member].ags, places.names[quarter])
        rate = SURPLUS if quarter == surplus else _rate(kind, chance)
        number = min(max(1, round(young * rate / PLACES_PER_CENTRE)), len(homes))
        sizes = np.maximum(np.round(young * rate / number * chance.uniform(0.8, 1.2, number) / 5) * 5, 20)
        weight = children[homes, -1] + 0.5
        chosen = chance.choice(homes, number, replace=False, p=weight / weight.sum())
        for block, size in zip(chosen.tolist(), sizes.tolist(), strict=True):
            address = f"{streets[block]} {int(chance.integers(1, 60))}"
            rows.append((_name(len(rows)), "daycare", address, block, _over_time(kind, size, chance), False))
    return rows


def _rate(kind: str, chance: np.random.Generator) -> float:
    """Places per child under six in a quarter: some burdened and all new quarters go short."""
    short = kind == "new" or (kind in ("estate", "workers", "old_town") and chance.uniform() < 0.45)
    return SHORT + float(chance.uniform(0, 0.08)) if short else USUAL + float(chance.normal(0, 0.07))


def _surplus_quarter(places: Settlement, character: Character, children: Ints) -> int:
    young = np.bincount(character.quarter, children[:, -1], minlength=len(places.names))
    options = [
        quarter
        for quarter, kind in enumerate(places.kinds)
        if MEMBERS[places.members[quarter]].name == SURPLUS_TOWN and kind in ("suburb", "sixties")
    ]
    return max(options, key=lambda quarter: (young[quarter], -quarter))


def _over_time(kind: str, size: float, chance: np.random.Generator) -> tuple[float, ...]:
    """Places per edition; a centre in new housing opens last, some grow by a group."""
    if kind == "new":
        return (np.nan, np.nan, size) if chance.uniform() < 0.6 else (np.nan, size, size)
    step = float(chance.choice([0, 0, 0, 0, 5]))
    return (max(size - 2 * step, 15), max(size - step, 15), size)


def _name(position: int) -> str:
    """A name per centre: first words and last words combined so that neighbours differ."""
    last = DAYCARE_LAST[position % len(DAYCARE_LAST)]
    first = DAYCARE_FIRST[(position + position // len(DAYCARE_LAST)) % len(DAYCARE_FIRST)]
    return last if last.startswith("Villa") else f"{first} {last}"
