"""The three levels of `zu` and the nine digits of their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from sozialraum.base import code_key
from sozialraum.delineation import Plan, agency_keys, sort_areas

GROUP_JOINER = "+"
# Viertel of delivery groups are numbered from here, so that no key of an area is taken for a group's.
FIRST_GROUP = 901
LEVELS = ("district", "bezirk", "viertel")


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of `zu`. level : of LEVELS. areas : the areas a Viertel stands for; one, or several of a group."""

    key: str
    level: str
    name: str
    municipality: str
    municipality_name: str
    inhabitants: int | None = None
    areas: tuple[str, ...] = field(default=())


def group_unit(areas: Iterable[str]) -> str:
    """The unit under which values of a delivery group are kept: its areas joined, '05999004-03a+05999004-03b'."""
    return GROUP_JOINER.join(sorted(areas))


def make_keys(plan: Plan, bezirke: Mapping[str, str] | None = None) -> pd.Series:
    """Nine-digit key per area (Series area_id -> key); `bezirke` : area_id -> key of its Bezirk, from a grouping.

    Without a grouping the keys are `delineation.agency_keys`. With one, digits 4-6 are 100 + rank of the Bezirk in
    its municipality (by its first area), 7-9 are 100 + rank of the area in its Bezirk.
    """
    keys = agency_keys(plan)
    if not bezirke:
        return keys
    rows = sort_areas(plan.areas)
    known: dict[tuple[str, str], int] = {}
    members: dict[tuple[str, str], int] = {}
    made = {}
    for area, town in zip(rows["area_id"], rows["municipality"], strict=True):
        bezirk = (str(town), bezirke.get(str(area), ""))
        if not bezirk[1]:
            # areas in no Bezirk keep the middle digits 100
            members[bezirk] = members.get(bezirk, 0) + 1
            made[area] = f"{keys[area][:3]}100{100 + members[bezirk]}"
            continue
        known.setdefault(bezirk, 101 + sum(there[0] == town for there in known))
        members[bezirk] = members.get(bezirk, 0) + 1
        made[area] = f"{keys[area][:3]}{known[bezirk]}{100 + members[bezirk]}"
    return pd.Series(made, index=keys.index, name="agency_key", dtype=object)


def make_units(
    plan: Plan,
    towns: Mapping[str, str],
    people: Mapping[str, int],
    groups: Iterable[Iterable[str]] = (),
    bezirke: Mapping[str, str] | None = None,
    bezirk_names: Mapping[str, str] | None = None,
) -> list[Unit]:
    """All rows of `zu`, sorted by key.

    towns : AGS -> name. people : area_id -> inhabitants on the reference date. groups : delivery groups, each of
    areas of one municipality and, where there are several, of one Bezirk (else the group takes the first one's).
    """
    keys = make_keys(plan, bezirke)
    codes, towns_of = _column(plan, "code"), _column(plan, "municipality")
    grouped = [tuple(sorted(group, key=lambda area: code_key(codes[area]))) for group in groups]
    in_group = {area for group in grouped for area in group}
    viertel: list[tuple[str, tuple[str, ...]]] = [
        (str(key), (str(area),)) for area, key in keys.items() if area not in in_group
    ]
    numbers: dict[str, int] = {}
    for group in sorted(grouped, key=lambda group: keys[group[0]]):
        begins = keys[group[0]][:6]
        numbers[begins] = numbers.get(begins, FIRST_GROUP - 1) + 1
        viertel.append((f"{begins}{numbers[begins]}", group))
    units: dict[str, Unit] = {}
    labels = area_labels(plan)
    for key, areas in viertel:
        ags = towns_of[areas[0]]
        town, middle = towns.get(ags, ags), (bezirke or {}).get(areas[0], "")
        units[f"{key[:3]}000000"] = Unit(f"{key[:3]}000000", "district", town, ags, town)
        name = (bezirk_names or {}).get(middle, middle) or town
        units[f"{key[:6]}000"] = Unit(f"{key[:6]}000", "bezirk", name, ags, town)
        names = " / ".join(labels[area] for area in areas)
        total = sum(int(people.get(area, 0)) for area in areas)
        units[key] = Unit(key, "viertel", names, ags, town, total, areas)
    return [units[key] for key in sorted(units)]


def area_labels(plan: Plan) -> dict[str, str]:
    """area_id -> '3a Altstadt Nord', or the code alone."""
    names = _column(plan, "name")
    return {area: f"{code} {names[area]}".strip() for area, code in _column(plan, "code").items()}


def _column(plan: Plan, name: str) -> dict[str, str]:
    return {str(area): str(value) for area, value in zip(plan.areas["area_id"], plan.areas[name], strict=True)}
