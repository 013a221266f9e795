"""What one municipality contributes to a plan: searched, adopted by the municipality, or kept from another plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

import geopandas as gpd
import numpy as np
import pandas as pd

import sozialraum
from sozialraum.base import Finding, InputRefused, NoPlan, _, plural
from sozialraum.base.numbers import count
from sozialraum.blocks import neighbours
from sozialraum.delineation.adopted import Adopted, code_of
from sozialraum.delineation.attributes import missing_sentence
from sozialraum.delineation.bridges import Bridge, find_bridges
from sozialraum.delineation.names import reading_order, short_names
from sozialraum.delineation.partition import Partition, partition
from sozialraum.delineation.plan import AREA_COLUMNS, Plan, area_key
from sozialraum.delineation.settlements import nearest_inhabited
from sozialraum.delineation.town import Town, similar_sizes

RULE = 1000  # inhabitants an area needs for the figures of the employment agency


@dataclass(frozen=True)
class TownPlan:
    """What one municipality contributes to a plan."""

    assignment: dict[str, str]
    areas: pd.DataFrame
    parameters: dict
    notes: list[str]


def search_town(town: Town, seed: int, present: Plan | None = None) -> tuple[Partition, float]:
    """Search areas for one town; also says how much of the wish for similar sizes could be kept.

    Open land goes with the nearest settlement, unless there is no plan then. Half or all of the wish for similar
    sizes is given up where that is impossible.
    present : the plan in force, from which `wishes.change` asks to move few people. Raises NoPlanPossible, NoPlanFound.
    """
    start = _start(town, present) if town.wishes.change else None
    unit, alone = nearest_inhabited(town, start), np.arange(len(town.people))
    wished = town.wishes.balance
    tries = [(balance, unit) for balance in dict.fromkeys([wished, wished / 2, 0.0])]
    tries += [] if np.array_equal(unit, alone) else [(0.0, alone)]
    for number, (balance, unit) in enumerate(tries, start=1):
        try:
            return _searched(town, seed, start, balance, unit), balance
        except NoPlan:
            if number == len(tries):
                raise
    raise AssertionError("the last try finds a plan or raises")


def _searched(town: Town, seed: int, start: np.ndarray | None, balance: float, unit: np.ndarray) -> Partition:
    """Search with every block bound to the one that `unit` names; the labels are those of all blocks."""
    heads, place = np.unique(unit, return_inverse=True)
    ends = place[town.edges]
    ends.sort(axis=1)
    between = ends[:, 0] != ends[:, 1]
    edges, same = np.unique(ends[between], axis=0, return_inverse=True)
    total = float(town.people.sum())
    found = partition(
        edges, np.bincount(place, town.people), town.table.values[heads], areas=town.areas,
        bounds=similar_sizes(town, balance), seed=seed, effort=town.wishes.effort, name=town.name,
        edge_costs=np.bincount(same.ravel(), town.costs[between], len(edges)),
        blocks=town.blocks["block_id"].to_numpy()[heads].tolist(), centres=town.centres[heads],
        start=None if start is None else start[heads],
        change_cost=100.0 * town.wishes.change / total if start is not None and total else 0.0,
    )  # fmt: skip
    return replace(found, labels=found.labels[place])


def _start(town: Town, present: Plan | None) -> np.ndarray | None:
    """The areas of the present plan as numbers; None when it does not know all blocks."""
    if present is None:
        return None
    area = town.blocks["block_id"].map(present.assignment)
    return None if area.isna().any() else np.unique(area.to_numpy(dtype=str), return_inverse=True)[1].astype(np.int64)


def town_plan(
    town: Town,
    found: Partition,
    *,
    seed: int,
    balance: float = 0.0,
    present: Plan | None = None,
    inputs: Mapping[str, str] | None = None,
) -> TownPlan:
    """Codes, keys, names, parameters and notes for the areas found.

    inputs : check numbers of what the town was made from, kept with the parameters.
    An area with exactly the blocks of an area of the present plan keeps its key, code, name; the others take
    the numbers that are left, in reading order.
    """
    dense = np.unique(found.labels, return_inverse=True)[1]
    number = int(dense.max()) + 1
    labels, centres = _in_reading_order(dense, town.people, town.centres, number)
    areas = _described(town, labels, centres, present)
    keys = areas["area_id"].tolist()
    assignment = {block: keys[label] for block, label in zip(town.blocks["block_id"], labels.tolist(), strict=True)}
    parameters = town_parameters(number, town.low, town.high, town.bridges)
    parameters |= _search_parameters(town, found, seed) | dict(inputs or {})
    people = np.bincount(labels, town.people, number)
    notes = [bridge.sentence(town.name) for bridge in town.bridges]
    notes += [sentence] if (sentence := missing_sentence(town.name, town.table.missing)) else []
    notes += [sentence] if (sentence := small_sentence(town.name, people)) else []
    if balance < town.wishes.balance:
        notes.append(_("{name}: Ähnlich große Gebiete waren nur zum Teil möglich.").format(name=town.name))
    return TownPlan(assignment, areas, parameters, notes)


def small_sentence(name: str, people: np.ndarray) -> str:
    """A warning for areas with fewer than 1,000 inhabitants, '' when there are none."""
    small = int((people < RULE).sum())
    text = plural(
        "{name}: 1 Gebiet hat weniger als {rule} Einwohnerinnen und Einwohner; dafür liefert die Bundesagentur für "
        "Arbeit in der Regel keine eigenen Zahlen.",
        "{name}: {small} Gebiete haben weniger als {rule} Einwohnerinnen und Einwohner; dafür liefert die "
        "Bundesagentur für Arbeit in der Regel keine eigenen Zahlen.",
        small,
    )
    return text.format(name=name, small=small, rule=count(RULE)) if small else ""


def _search_parameters(town: Town, found: Partition, seed: int) -> dict:
    return {
        "origin": "proposal",
        "spread_inside": round(found.ssd, 4),
        "attributes": list(town.table.columns),
        "missing_values": town.table.missing,
        "unused_attributes": list(town.table.unused),
        "wishes": town.wishes.to_json(),
        "seed": seed,
        "version": sozialraum.__version__,
        "proof": found.proof,
        "gap": None if found.gap is None else round(found.gap, 6),
    }


def town_parameters(areas: int, low: float, high: float, bridges: Sequence[Bridge]) -> dict:
    """The rule of size of one municipality and its bridges, as a plan stores them."""
    return {
        "areas": areas,
        "size_low": low,
        "size_high": high,
        "bridges": [[bridge.one, bridge.other, bridge.metres] for bridge in bridges],
    }


def _in_reading_order(
    labels: np.ndarray, population: np.ndarray, centres: np.ndarray, number: int
) -> tuple[np.ndarray, np.ndarray]:
    """Labels renumbered in reading order and the centre of the people of each area."""
    people = np.bincount(labels, population, number)
    # where nobody lives all blocks count the same
    weight = np.where(people[labels] > 0, population, 1.0)
    whole = np.bincount(labels, weight, number)
    middle = np.column_stack([np.bincount(labels, weight * centres[:, axis], number) / whole for axis in (0, 1)])
    order = reading_order(middle)
    return np.argsort(order)[labels], middle[order]


def _described(town: Town, labels: np.ndarray, centres: np.ndarray, present: Plan | None) -> pd.DataFrame:
    """Keys, codes and names per area, in the order of the labels."""
    kept = _same_areas(town, labels, present)
    # beside a kept 3a there is no 3: that number has been used up
    used = {code.rstrip(ascii_lowercase) for code, _name in kept.values()}
    free = iter(code for code in map(str, range(1, len(centres) + len(used) + 1)) if code not in used)
    codes = [kept[area][0] if area in kept else next(free) for area in range(len(centres))]
    new = [area for area in range(len(centres)) if area not in kept]
    place = np.isin(labels, new)
    names = {area: name for area, (_code, name) in kept.items()}
    if new:
        given = short_names(
            np.searchsorted(new, labels[place]), town.people[place], town.blocks["quarter"][place], centres[new],
            [codes[area] for area in new], town.blocks["street"][place], sorted(names.values()),
        )  # fmt: skip
        names |= dict(zip(new, given, strict=True))
    keys = [area_key(town.ags, code) for code in codes]
    ordered = [names[area] for area in range(len(centres))]
    return pd.DataFrame(
        {"area_id": keys, "code": codes, "name": ordered, "municipality": town.ags, "origin": "proposal"}
    )


def _same_areas(town: Town, labels: np.ndarray, present: Plan | None) -> dict[int, tuple[str, str]]:
    """Area -> code and name of the area of the present plan that has exactly the same blocks."""
    if present is None:
        return {}
    ids = town.blocks["block_id"].to_numpy(dtype=str)
    now = present.assignment.reindex(ids)
    known = {frozenset(own.index): str(area) for area, own in now.groupby(now)}
    described = present.areas[present.areas["municipality"] == town.ags].set_index("area_id")
    kept = {}
    for area in range(int(labels.max()) + 1):
        key = known.get(frozenset(ids[labels == area]))
        if key is not None and key in described.index:
            kept[area] = (str(described.at[key, "code"]), str(described.at[key, "name"]))
    return kept


def kept_towns(keep: Plan, blocks: gpd.GeoDataFrame, only: str) -> dict[str, TownPlan]:
    """The other municipalities as they are in the plan to keep. Raises InputRefused for blocks it does not know."""
    others = blocks[blocks["municipality"] != only]
    area = others["block_id"].map(keep.assignment)
    if area.isna().any():
        number, first = int(area.isna().sum()), str(others["block_id"][area.isna()].iloc[0])
        what = plural("Der Baustein {block} kommt im bisherigen Plan nicht vor.",
                      "{count} Bausteine kommen im bisherigen Plan nicht vor, zum Beispiel {block}.",
                      number)  # fmt: skip
        finding = Finding(what.format(count=number, block=first))
        todo = _("Bitte lassen Sie alle Gemeinden neu vorschlagen.")
        raise InputRefused(_("Der bisherige Plan passt nicht zu den Bausteinen."), [finding], todo)
    towns = {}
    details, notes = keep.parameters.get("municipalities", {}), keep.parameters.get("notes_by_municipality", {})
    for ags, own in others.assign(area=area).groupby("municipality", sort=True):
        rows = keep.areas[keep.areas["municipality"] == ags]
        assignment = dict(zip(own["block_id"], own["area"], strict=True))
        towns[str(ags)] = TownPlan(assignment, rows, dict(details.get(ags, {})), list(notes.get(ags, [])))
    return towns


def adopted_town(given: Adopted, blocks: gpd.GeoDataFrame, municipality: pd.Series) -> TownPlan:
    """The adopted plan of one municipality, unchanged. Raises InputRefused when it does not fit the blocks."""
    ags, name = str(municipality["ags"]), str(municipality["name"])
    area = blocks["block_id"].map(given.assignment)
    findings = _adopted_findings(given, blocks, area, ags, name)
    if findings:
        raise InputRefused(_("Der beschlossene Gebietszuschnitt passt nicht zu den Bausteinen."), findings)
    assignment = dict(zip(blocks["block_id"], area, strict=True))
    low, high = float(municipality["size_low"]), float(municipality["size_high"])
    bridges = find_bridges(blocks, neighbours(blocks).edges)
    parameters = town_parameters(len(set(assignment.values())), low, high, bridges) | {"origin": "adopted"}
    notes = [_("{name}: beschlossener Gebietszuschnitt übernommen.").format(name=name)]
    people = blocks["population"].groupby(area).sum().to_numpy(dtype=float)
    notes += [sentence] if (sentence := small_sentence(name, people)) else []
    return TownPlan(assignment, _adopted_areas(given, sorted(set(assignment.values())), ags), parameters, notes)


def _adopted_findings(given: Adopted, blocks: gpd.GeoDataFrame, area: pd.Series, ags: str, name: str) -> list[Finding]:
    findings = []
    if area.isna().any():
        number, first = int(area.isna().sum()), str(blocks["block_id"][area.isna()].iloc[0])
        text = plural("{name}: Der Baustein {block} hat im beschlossenen Plan kein Gebiet.",
                      "{name}: {count} Bausteine haben im beschlossenen Plan kein Gebiet, zum Beispiel {block}.",
                      number)  # fmt: skip
        findings.append(Finding(text.format(name=name, count=number, block=first)))
    strange = sorted(set(map(str, given.assignment.index)) - set(blocks["block_id"]))
    if strange:
        text = plural("{name}: Den Baustein {block} des beschlossenen Plans gibt es nicht.",
                      "{name}: {count} Bausteine des beschlossenen Plans gibt es nicht, zum Beispiel {block}.",
                      len(strange))  # fmt: skip
        findings.append(Finding(text.format(name=name, count=len(strange), block=strange[0])))
    if given.municipality != ags:
        findings.append(
            Finding(_("{name}: Der beschlossene Plan gehört zu „{ags}“.").format(name=name, ags=given.municipality))
        )
    return findings


def _adopted_areas(given: Adopted, ids: list[str], ags: str) -> pd.DataFrame:
    named = {}
    if given.names is not None:
        named = {row.area_id: (str(row.code), str(row.name)) for row in given.names.itertuples(index=False)}
    rows = []
    for area in ids:
        code, name = named.get(area, (code_of(area), _("Gebiet {code}").format(code=code_of(area))))
        rows.append((area, code, name, ags, "adopted"))
    return pd.DataFrame(rows, columns=list(AREA_COLUMNS))
