"""Groupings of blocks for a purpose: 14 areas regrouped into ten, 60 quarters; nesting is checked, never assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from sozialraum.base import Finding, UsageError, _, code_key, plural, quoted
from sozialraum.base.numbers import count, counted
from sozialraum.delineation import Plan
from sozialraum.plans.moved import area_sets

Relation = Literal["above", "below", "free"]
RELATIONS = ("above", "below", "free")


@dataclass(frozen=True, eq=False)
class Grouping:
    """Blocks grouped into units for a purpose; several groupings of the same blocks may overlap freely.

    ags : municipality, '' = region. purpose : 'Gespräche im Rathaus'. level : what a unit is called, 'Stadtbezirk'.
    relation : what is said of it, and checked: 'above' = units consist of whole areas, 'below' = areas consist of
        whole units, 'free' = neither. assignment : Series block_id -> unit key, sorted; blocks may be left out.
    names : unit key -> name. based_on : plan_id of the plan whose areas were grouped, or ''.
    """

    grouping_id: str
    ags: str
    title: str
    purpose: str
    level: str
    relation: Relation
    assignment: pd.Series
    names: Mapping[str, str] = field(default_factory=dict)
    based_on: str = ""
    created: str = ""
    role: str = ""


def group_areas(
    plan: Plan,
    units: Mapping[str, str],
    *,
    grouping_id: str,
    title: str,
    ags: str = "",
    names: Mapping[str, str] | None = None,
    purpose: str = "",
    level: str = "",
    created: str = "",
    role: str = "",
) -> Grouping:
    """A grouping of whole areas: area_id -> unit key. Raises UsageError for areas the plan does not have."""
    unknown = sorted(set(units) - set(plan.areas["area_id"]))
    if unknown:
        raise UsageError(_("Das Gebiet „{area}“ gibt es in diesem Plan nicht.").format(area=unknown[0]))
    assignment = plan.assignment[plan.assignment.isin(set(units))].map(dict(units)).astype(object)
    named = dict(names or {})
    return Grouping(
        grouping_id, ags, title, purpose, level, "above", assignment.rename("unit"),
        {unit: named.get(unit, unit) for unit in sorted(set(units.values()))}, plan.plan_id, created, role,
    )  # fmt: skip


def check_nesting(grouping: Grouping, plan: Plan, population: Mapping[str, int] | None = None) -> list[Finding]:
    """Where a grouping and the areas of a plan cross, each with the area, the units and the blocks; [] = it nests.

    'above' asks that every area lies in one unit, 'below' that every unit lies in one area; 'free' asks nothing.
    Blocks that one of the two does not know are said as well. population : block_id -> inhabitants, named if given.
    """
    if grouping.relation == "free":
        return []
    towns = dict(zip(plan.areas["area_id"], plan.areas["municipality"], strict=True))
    areas = {key: own for key, own in area_sets(plan).items() if not grouping.ags or towns[key] == grouping.ags}
    units = _sets(grouping.assignment)
    findings = _left_out(areas, units)
    label = {key: _area_label(plan, key) for key in areas}
    named = {unit: _unit_label(unit, grouping.names.get(unit, "")) for unit in units}
    if grouping.relation == "above":
        return findings + _crossing(areas, units, label, named, population or {})
    return findings + _crossing(units, areas, named, label, population or {})


def _crossing(
    inner: Mapping[str, frozenset[str]],
    outer: Mapping[str, frozenset[str]],
    inner_name: Mapping[str, str],
    outer_name: Mapping[str, str],
    population: Mapping[str, int],
) -> list[Finding]:
    """Each inner unit that lies in several outer ones, with the blocks that lie outside the largest share."""
    findings = []
    for key in sorted(inner, key=code_key):
        parts = {other: inner[key] & blocks for other, blocks in outer.items() if inner[key] & blocks}
        if len(parts) < 2:
            continue
        weight = {other: (sum(population.get(b, 0) for b in own), len(own)) for other, own in parts.items()}
        main = max(sorted(parts), key=lambda other: weight[other])
        rest = sorted(block for other, own in parts.items() if other != main for block in own)
        people = sum(population.get(block, 0) for block in rest)
        blocks = counted(len(rest), _("Baustein"), _("Bausteine"))
        blocks += f" ({', '.join(rest[:5])}{' …' if len(rest) > 5 else ''})"
        if population:
            blocks += _(" mit {people} EW").format(people=count(people))
        others = ", ".join(quoted(outer_name[other]) for other in sorted(parts, key=code_key))
        text = _("„{inner}“ liegt in mehreren Einheiten: {outer}. Außerhalb von „{main}“: {blocks}.")
        said = text.format(inner=inner_name[key], outer=others, main=outer_name[main], blocks=blocks)
        findings.append(Finding(said, severity="warning"))
    return findings


def _left_out(areas: Mapping[str, frozenset[str]], units: Mapping[str, frozenset[str]]) -> list[Finding]:
    in_areas = frozenset().union(*areas.values()) if areas else frozenset()
    in_units = frozenset().union(*units.values()) if units else frozenset()
    without, foreign = in_areas - in_units, in_units - in_areas
    texts = []
    if without:
        text = plural(
            "{count} Baustein gehört zu keiner Einheit der Gliederung: {block}.",
            "{count} Bausteine gehören zu keiner Einheit der Gliederung, zum Beispiel {block}.",
            len(without),
        )
        texts.append(text.format(count=count(len(without)), block=min(without)))
    if foreign:
        text = plural(
            "{count} Baustein der Gliederung gehört zu keinem Gebiet: {block}.",
            "{count} Bausteine der Gliederung gehören zu keinem Gebiet, zum Beispiel {block}.",
            len(foreign),
        )
        texts.append(text.format(count=count(len(foreign)), block=min(foreign)))
    return [Finding(text, severity="note") for text in texts]


def _sets(assignment: pd.Series) -> dict[str, frozenset[str]]:
    groups: dict[str, list[str]] = {}
    for block, unit in zip(assignment.index, assignment.to_numpy(), strict=True):
        groups.setdefault(str(unit), []).append(str(block))
    return {unit: frozenset(blocks) for unit, blocks in groups.items()}


def _unit_label(unit: str, name: str) -> str:
    return unit if name in ("", unit) else f"{unit} {name}"


def _area_label(plan: Plan, area_id: str) -> str:
    row = plan.areas[plan.areas["area_id"] == area_id].iloc[0]
    return f"{row['code']} {row['name']}"
