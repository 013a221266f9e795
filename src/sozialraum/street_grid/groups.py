"""Delivery groups: areas that are too small for the agency are handed over together with a neighbour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from sozialraum.base import Finding, UsageError, _
from sozialraum.base.numbers import count
from sozialraum.blocks import attribute_columns, neighbours
from sozialraum.delineation import Plan
from sozialraum.delineation.town_plan import RULE
from sozialraum.street_grid.levels import area_labels

AT_LEAST = RULE  # inhabitants, the same rule that proposals warn of


@dataclass(frozen=True)
class Likeness:
    """What grouping needs to know of the areas of a plan.

    areas : area_ids in a fixed order. towns : AGS of each. people : inhabitants. profile : (n, attributes), the mean
    of the inhabitants' blocks in standard deviations of the region, NaN = not known. borders : pairs of positions.
    """

    areas: tuple[str, ...]
    towns: tuple[str, ...]
    people: np.ndarray
    profile: np.ndarray
    borders: frozenset[tuple[int, int]]


def make_likeness(plan: Plan, blocks: gpd.GeoDataFrame, people: Mapping[str, int]) -> Likeness:
    """Profiles and common borders of the areas. people : area_id -> inhabitants on the reference date."""
    areas = tuple(str(area) for area in plan.areas["area_id"])
    place = {area: position for position, area in enumerate(areas)}
    position = blocks["block_id"].map(plan.assignment).map(place)
    inside = blocks[position.notna().to_numpy()].reset_index(drop=True)
    owner = position.dropna().to_numpy(dtype=np.int64)
    edges = owner[neighbours(inside).edges] if len(inside) else np.empty((0, 2), dtype=np.int64)
    towns = tuple(str(town) for town in plan.areas["municipality"])
    borders = {(min(a, b), max(a, b)) for a, b in edges.tolist() if a != b and towns[a] == towns[b]}
    counted = np.array([float(people.get(area, 0)) for area in areas])
    return Likeness(areas, towns, counted, _profiles(inside, owner, len(areas)), frozenset(borders))


def _profiles(blocks: gpd.GeoDataFrame, owner: np.ndarray, size: int) -> np.ndarray:
    weight = blocks["population"].to_numpy(dtype=float)
    columns = []
    for name in attribute_columns(blocks):
        values = blocks[name].to_numpy(dtype=float)
        known = ~np.isnan(values) & (weight > 0)
        heavy = np.where(known, weight, 0.0)
        if not heavy.sum():
            continue
        middle = np.average(values[known], weights=heavy[known])
        spread = np.sqrt(np.average((values[known] - middle) ** 2, weights=heavy[known])) or 1.0
        total = np.bincount(owner, heavy, size)
        sums = np.bincount(owner, np.where(known, heavy * (values - middle) / spread, 0.0), size)
        columns.append(np.divide(sums, total, out=np.full(size, np.nan), where=total > 0))
    return np.column_stack(columns) if columns else np.zeros((size, 0))


def propose_groups(likeness: Likeness, fixed: Iterable[Iterable[str]] = ()) -> tuple[list[tuple[str, ...]], list[str]]:
    """Groups of at least 1,000 inhabitants for every area below, and the areas for which there is none.

    fixed : groups already confirmed; they stay together. The smallest area or group below 1,000 joins the neighbour
    of its municipality that resembles it most, of those with which it reaches 1,000 if there are any; again until
    all reach it. Returns groups of two areas or more, and the areas that cannot reach 1,000.
    """
    place = {area: position for position, area in enumerate(likeness.areas)}
    parts: dict[int, frozenset[int]] = {position: frozenset({position}) for position in range(len(likeness.areas))}
    for group in fixed:
        together = frozenset(place[area] for area in group)
        for position in together:
            parts[position] = together
    stuck: set[frozenset[int]] = set()
    while True:
        small = [part for part in set(parts.values()) if _people(likeness, part) < AT_LEAST and part not in stuck]
        if not small:
            break
        part = min(small, key=lambda one: (_people(likeness, one), sorted(one)))
        partner = _partner(likeness, part, set(parts.values()) - {part})
        if partner is None:
            stuck.add(part)
            continue
        for position in part | partner:
            parts[position] = part | partner
    groups = [part for part in set(parts.values()) if len(part) > 1]
    lonely = sorted(position for part in stuck for position in part)
    ordered = sorted(tuple(likeness.areas[position] for position in sorted(part)) for part in groups)
    return ordered, [likeness.areas[position] for position in lonely]


def _people(likeness: Likeness, part: frozenset[int]) -> float:
    return float(likeness.people[sorted(part)].sum())


def _partner(likeness: Likeness, part: frozenset[int], others: set[frozenset[int]]) -> frozenset[int] | None:
    """The most similar neighbour, of those with which 1,000 is reached if there are any."""
    near = [other for other in others if _touch(likeness, part, other)]
    enough = [other for other in near if _people(likeness, part) + _people(likeness, other) >= AT_LEAST]
    return min(enough or near, key=lambda other: (_distance(likeness, part, other), sorted(other)), default=None)


def _touch(likeness: Likeness, one: frozenset[int], other: frozenset[int]) -> bool:
    return any((min(a, b), max(a, b)) in likeness.borders for a in one for b in other)


def _distance(likeness: Likeness, one: frozenset[int], other: frozenset[int]) -> float:
    """Mean squared difference of the attributes both know; infinite when they know none in common."""
    squares = (_mean(likeness, one) - _mean(likeness, other)) ** 2
    known = squares[~np.isnan(squares)]
    return float(known.mean()) if len(known) else float("inf")


def _mean(likeness: Likeness, part: frozenset[int]) -> np.ndarray:
    rows = sorted(part)
    weight = np.where(np.isnan(likeness.profile[rows]), 0.0, likeness.people[rows, None])
    total = weight.sum(axis=0)
    sums = (np.nan_to_num(likeness.profile[rows]) * weight).sum(axis=0)
    return np.divide(sums, total, out=np.full(likeness.profile.shape[1], np.nan), where=total > 0)


def partners(likeness: Likeness, areas: Iterable[str]) -> list[str]:
    """Neighbouring areas of the municipality, the most similar first: what a planner may choose instead."""
    place = {area: position for position, area in enumerate(likeness.areas)}
    part = frozenset(place[area] for area in areas)
    near = [position for position in range(len(likeness.areas))
            if position not in part and _touch(likeness, part, frozenset({position}))]  # fmt: skip
    near.sort(key=lambda position: (_distance(likeness, part, frozenset({position})), position))
    return [likeness.areas[position] for position in near]


def refuse_groups(plan: Plan, groups: Iterable[Iterable[str]]) -> None:
    """Raise UsageError when groups cannot be: unknown or repeated areas, one area alone, two municipalities."""
    towns = dict(zip(plan.areas["area_id"], plan.areas["municipality"], strict=True))
    seen: set[str] = set()
    for group in groups:
        areas = list(group)
        unknown = [area for area in areas if area not in towns]
        if unknown:
            raise UsageError(_("Das Gebiet „{area}“ gibt es in diesem Plan nicht.").format(area=unknown[0]))
        if len(areas) < 2 or len(set(areas)) < len(areas) or seen & set(areas):
            raise UsageError(_("Eine Liefergruppe besteht aus mehreren Gebieten, und jedes gehört nur zu einer."))
        if len({towns[area] for area in areas}) > 1:
            raise UsageError(_("Eine Liefergruppe liegt in einer Gemeinde."))
        seen |= set(areas)


def too_small(plan: Plan, areas: Iterable[str], people: Mapping[str, int]) -> list[Finding]:
    """A finding for every area that cannot reach 1,000 inhabitants in its municipality."""
    labels, findings = area_labels(plan), []
    for area in areas:
        what = _("{area}: {people} Einwohnerinnen und Einwohner statt 1.000; eine Liefergruppe ist nicht möglich.")
        todo = _("Es gibt in der Gemeinde kein Nachbargebiet, mit dem 1.000 erreicht werden. Fragen Sie die Agentur.")
        findings.append(Finding(what.format(area=labels[area], people=count(int(people.get(area, 0)))), todo=todo))
    return findings
