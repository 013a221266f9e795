"""Propose areas for all municipalities, each on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum.base import Finding, InputRefused, Progress, Silent, UsageError, _, plural, quoted
from sozialraum.blocks import neighbours
from sozialraum.delineation.adopted import Adopted, code_of
from sozialraum.delineation.attributes import missing_sentence, standardise
from sozialraum.delineation.bridges import Bridge, find_bridges
from sozialraum.delineation.names import reading_order, short_names
from sozialraum.delineation.partition import partition
from sozialraum.delineation.plan import AREA_COLUMNS, Plan, area_key, make_plan
from sozialraum.delineation.problem import NoPlanFound, NoPlanPossible
from sozialraum.delineation.town import Town, border_costs, prepare_town, town_reasons

COMPACTNESS = 1.0  # price of cutting all borders between inhabited blocks at once, by the whole spread


@dataclass(frozen=True)
class TownPlan:
    """What one municipality contributes to a plan."""

    assignment: dict[str, str]
    areas: pd.DataFrame
    parameters: dict
    notes: list[str]


def propose(
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    *,
    numbers: Mapping[str, int] | None = None,
    only: str | None = None,
    keep: Plan | None = None,
    adopted: Mapping[str, Adopted] | None = None,
    seed: int = 0,
    title: str = "",
    created: str = "",
    progress: Progress | None = None,
    bridge: bool = True,
) -> Plan:
    """Propose a plan: per municipality contiguous areas within its range of inhabitants, similar inside.

    blocks, municipalities : contract columns; the order of rows does not matter.
    numbers : AGS -> number of areas; else the agreed number, else inhabitants / 4,500 moved into what is possible.
    only : propose this municipality and keep the others as they are in the plan `keep`.
    adopted : AGS -> adopted plan, taken over unchanged (origin 'adopted').
    bridge : join exclaves by their shortest connection; the plan's notes list them.
    Returns a Plan with status 'proposal'. Raises NoPlanPossible with every reason of every municipality,
    before any search; NoPlanFound when a search gave up; UsageError for an unknown municipality;
    InputRefused when blocks and plans do not fit together.
    """
    progress, adopted, numbers = progress or Silent(), dict(adopted or {}), dict(numbers or {})
    blocks = blocks.sort_values("block_id", ignore_index=True)
    municipalities = municipalities.sort_values("ags", ignore_index=True)
    _refuse_unknown(municipalities, [*numbers, *adopted, *([only] if only else [])])
    _refuse_homeless(blocks, municipalities)
    progress.stage(_("Gebiete vorschlagen"))
    kept = {} if keep is None or only is None else _kept_towns(keep, blocks, only)
    for ags, given in adopted.items():
        if ags not in kept:
            kept[ags] = _adopted_town(given, blocks[blocks["municipality"] == ags], _row(municipalities, ags))
    wanted = [ags for ags in municipalities["ags"] if ags not in kept and (only in (None, ags))]
    towns = _prepare(blocks, municipalities, wanted, numbers, bridge)
    plans = kept | _search_all(towns, seed, progress)
    plan = _assemble(plans, title, created, keep if only else None, seed)
    done = plural("{number} Gebiet", "{number} Gebiete", len(plan.areas)).format(number=len(plan.areas))
    where = plan.areas["municipality"].nunique()
    towns_text = plural("1 Gemeinde", "{n} Gemeinden", where).format(n=where)
    progress.done(_("{areas} in {towns}").format(areas=done, towns=towns_text))
    return plan


def _row(municipalities: gpd.GeoDataFrame, ags: str) -> pd.Series:
    return municipalities.set_index("ags", drop=False).loc[ags]


def _refuse_unknown(municipalities: gpd.GeoDataFrame, asked: Sequence[str]) -> None:
    unknown = sorted(set(asked) - set(municipalities["ags"]))
    if unknown:
        text = _("Die Gemeinde {ags} gibt es nicht; vorhanden: {known}.")
        raise UsageError(
            text.format(ags=", ".join(quoted(ags) for ags in unknown), known=", ".join(municipalities["ags"]))
        )


def _refuse_homeless(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> None:
    findings = []
    for ags in sorted(set(blocks["municipality"]) - set(municipalities["ags"])):
        findings.append(
            Finding(_("Die Bausteine der Gemeinde „{ags}“ gehören zu keiner bekannten Gemeinde.").format(ags=ags))
        )
    for ags in sorted(set(municipalities["ags"]) - set(blocks["municipality"])):
        name = _row(municipalities, ags)["name"]
        findings.append(Finding(_("{name} hat keine Bausteine.").format(name=name)))
    if findings:
        raise InputRefused(_("Bausteine und Gemeinden passen nicht zusammen."), findings)


def _kept_towns(keep: Plan, blocks: gpd.GeoDataFrame, only: str) -> dict[str, TownPlan]:
    """The other municipalities as they are in the plan to keep."""
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


def _adopted_town(given: Adopted, blocks: gpd.GeoDataFrame, municipality: pd.Series) -> TownPlan:
    ags, name = str(municipality["ags"]), str(municipality["name"])
    area = blocks["block_id"].map(given.assignment)
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
    if findings:
        raise InputRefused(_("Der beschlossene Gebietszuschnitt passt nicht zu den Bausteinen."), findings)
    assignment = dict(zip(blocks["block_id"], area, strict=True))
    low, high = float(municipality["size_low"]), float(municipality["size_high"])
    edges = neighbours(blocks).edges
    bridges = find_bridges(blocks, edges)
    parameters = _parameters(len(set(assignment.values())), low, high, bridges) | {"origin": "adopted"}
    note = _("{name}: beschlossener Gebietszuschnitt übernommen.").format(name=name)
    return TownPlan(assignment, _adopted_areas(given, sorted(set(assignment.values())), ags), parameters, [note])


def _adopted_areas(given: Adopted, ids: list[str], ags: str) -> pd.DataFrame:
    named = {}
    if given.names is not None:
        named = {row.area_id: (str(row.code), str(row.name)) for row in given.names.itertuples(index=False)}
    rows = []
    for area in ids:
        code, name = named.get(area, (code_of(area), _("Gebiet {code}").format(code=code_of(area))))
        rows.append((area, code, name, ags, "adopted"))
    return pd.DataFrame(rows, columns=list(AREA_COLUMNS))


def _prepare(
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    wanted: list[str],
    numbers: Mapping[str, int],
    bridge: bool,
) -> list[Town]:
    """All towns to search, refused together when one has no possible plan."""
    towns = [
        prepare_town(blocks[blocks["municipality"] == ags], _row(municipalities, ags), numbers.get(ags), bridge)
        for ags in wanted
    ]
    reasons = [reason for town in towns for reason in town_reasons(town)]
    if reasons:
        raise NoPlanPossible(reasons)
    return towns


def _search_all(towns: list[Town], seed: int, progress: Progress) -> dict[str, TownPlan]:
    plans: dict[str, TownPlan] = {}
    failures: list[str] = []
    for done, town in enumerate(towns):
        progress.step(done, len(towns))
        try:
            plans[town.ags] = cut_town(town, seed)
        except NoPlanFound as error:
            failures += error.reasons
    progress.step(len(towns), len(towns))
    if failures:
        raise NoPlanFound(np.zeros(0, dtype=np.int64), (), failures)
    return plans


def cut_town(town: Town, seed: int) -> TownPlan:
    """Search areas for one town and give them codes, keys and names."""
    table = standardise(town.blocks)
    population = town.blocks["population"].to_numpy(dtype=float)
    found = partition(
        town.edges, population, table.values, areas=town.areas, bounds=(town.low, town.high), seed=seed,
        name=town.name, edge_costs=border_costs(town.edges, town.lengths, population, COMPACTNESS),
        blocks=list(town.blocks["block_id"]), centres=town.centres,
    )  # fmt: skip
    labels, centres = _in_reading_order(found.labels, population, town.centres, town.areas)
    codes = [str(number) for number in range(1, town.areas + 1)]
    names = short_names(labels, population, town.blocks["quarter"], centres, codes)
    keys = [area_key(town.ags, code) for code in codes]
    areas = pd.DataFrame(
        {"area_id": keys, "code": codes, "name": names, "municipality": town.ags, "origin": "proposal"}
    )
    assignment = {block: keys[label] for block, label in zip(town.blocks["block_id"], labels.tolist(), strict=True)}
    parameters = _parameters(town.areas, town.low, town.high, town.bridges)
    parameters |= {"origin": "proposal", "spread_inside": round(found.ssd, 4), "attributes": list(table.columns)}
    parameters |= {"missing_values": table.missing, "unused_attributes": list(table.unused)}
    notes = [bridge.sentence(town.name) for bridge in town.bridges]
    notes += [sentence] if (sentence := missing_sentence(town.name, table.missing)) else []
    return TownPlan(assignment, areas, parameters, notes)


def _parameters(areas: int, low: float, high: float, bridges: Sequence[Bridge]) -> dict:
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
    middle = np.column_stack([np.bincount(labels, population * centres[:, axis], number) / people for axis in (0, 1)])
    order = reading_order(middle)
    return np.argsort(order)[labels], middle[order]


def _assemble(plans: Mapping[str, TownPlan], title: str, created: str, keep: Plan | None, seed: int) -> Plan:
    assignment: dict[str, str] = {}
    for ags in sorted(plans):
        assignment |= plans[ags].assignment
    parameters = {
        "method": _("Ähnliche Nachbarn zusammenfassen, Größen einhalten, an den Rändern verbessern"),
        "seed": seed,
        "compactness": COMPACTNESS,
        "municipalities": {ags: plans[ags].parameters for ags in sorted(plans)},
        "notes_by_municipality": {ags: plans[ags].notes for ags in sorted(plans)},
        "notes": [note for ags in sorted(plans) for note in plans[ags].notes],
    }
    areas = pd.concat([plans[ags].areas for ags in sorted(plans)], ignore_index=True)
    parent = keep.plan_id if keep is not None else ""
    return make_plan(assignment, areas, title=title, created=created, parent=parent, parameters=parameters)
