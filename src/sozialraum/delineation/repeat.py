"""Repeat a proposal: the same inputs and parameters must give the same areas."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from sozialraum.base import Finding, NoPlan, _
from sozialraum.delineation.fingerprint import changed_inputs
from sozialraum.delineation.plan import Plan
from sozialraum.delineation.town import prepare_town
from sozialraum.delineation.town_plan import search_town
from sozialraum.delineation.wishes import Wishes


def repeat(
    plan: Plan,
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    lines: gpd.GeoDataFrame | None = None,
    present: Plan | None = None,
) -> tuple[Finding, ...]:
    """Search every proposed municipality of a plan again from its stored parameters and compare.

    present : the plan that was in force when proposing, needed where the wishes price changes against it.
    Returns () when all areas come out the same; a warning where the inputs have changed, an error where the same inputs
    give other areas. Adopted and revised municipalities are decisions and are passed over.
    """
    findings = list(changed_inputs(plan, blocks, municipalities, lines))
    changed = {finding.what for finding in findings}
    rows = municipalities.set_index("ags", drop=False)
    for ags, rule in sorted(plan.parameters.get("municipalities", {}).items()):
        own = blocks[blocks["municipality"] == ags]
        revised = (plan.areas["origin"][plan.areas["municipality"] == ags] != "proposal").any()
        told = any(what.startswith(f"{rows.at[ags, 'name']}:") for what in changed)
        if "wishes" not in rule or revised or told:
            continue
        if _areas(own, plan) != _searched(own, rows.loc[ags], rule, lines, present):
            what = _("{name}: Dieselben Angaben ergeben einen anderen Vorschlag.").format(name=rows.at[ags, "name"])
            findings.append(Finding(what, todo=_("Der Vorschlag stammt vielleicht aus einer anderen Programmversion.")))
    return tuple(findings)


def _areas(blocks: gpd.GeoDataFrame, plan: Plan) -> set[frozenset[str]]:
    area = blocks["block_id"].map(plan.assignment)
    return {frozenset(own) for _area, own in blocks["block_id"].groupby(area)}


def _searched(
    blocks: gpd.GeoDataFrame, municipality: pd.Series, rule: dict, lines: gpd.GeoDataFrame | None, present: Plan | None
) -> set[frozenset[str]]:
    # a plan made without bridges lists none, and one that needed them lists them
    town = prepare_town(blocks, municipality, Wishes.from_json(rule["wishes"]), bool(rule["bridges"]), lines)
    try:
        found, _balance = search_town(town, int(rule["seed"]), present)
    except NoPlan:
        return set()
    return {frozenset(own) for _area, own in town.blocks["block_id"].groupby(found.labels)}
