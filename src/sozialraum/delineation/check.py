"""Check a plan from its shapes and sums alone; shares no code with the search."""

from __future__ import annotations

from collections import Counter
from math import pi

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import count
from sozialraum.blocks import FAMILIES
from sozialraum.delineation.fingerprint import changed_inputs
from sozialraum.delineation.plan import Plan


def check_plan(
    plan: Plan, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, lines: gpd.GeoDataFrame | None = None
) -> tuple[Finding, ...]:
    """Findings where a plan breaks a rule: every block in one area, one municipality, contiguity, bounds, codes.

    Contiguity is judged from the merged shape; bridges listed in the plan count as connections and are
    reported as notes where an area needs one. Adopted and revised areas out of bounds are warnings, since
    they were decided; proposed ones are errors. Blocks, limits and, where given, lines that changed since the
    proposal are a warning. () when all is well.
    """
    findings = _membership(plan, blocks)
    table = blocks.assign(area=blocks["block_id"].map(plan.assignment)).dropna(subset=["area"])
    limits = {m.ags: (float(m.size_low), float(m.size_high)) for m in municipalities.itertuples(index=False)}
    name = dict(zip(municipalities["ags"], municipalities["name"], strict=True))
    for area in plan.areas.itertuples(index=False):
        own = table[table["area"] == area.area_id]
        label = _("{town}, Gebiet {code} ({name})").format(
            town=name.get(area.municipality, area.municipality), code=area.code, name=area.name
        )
        findings += _one_area(own, area, label, limits, plan)
    return (*findings, *_names(plan), *_numbers(plan, name), *changed_inputs(plan, blocks, municipalities, lines))


def _membership(plan: Plan, blocks: gpd.GeoDataFrame) -> list[Finding]:
    known, given = set(blocks["block_id"]), set(plan.assignment.index)
    findings = []
    lost, invented = known - given, given - known
    if lost:
        text = plural("Der Baustein {block} gehört zu keinem Gebiet.",
                      "{count} Bausteine gehören zu keinem Gebiet, zum Beispiel {block}.", len(lost))  # fmt: skip
        findings.append(Finding(text.format(count=len(lost), block=min(lost))))
    if invented:
        text = plural("Den Baustein {block} des Plans gibt es nicht.",
                      "{count} Bausteine des Plans gibt es nicht, zum Beispiel {block}.", len(invented))  # fmt: skip
        findings.append(Finding(text.format(count=len(invented), block=min(invented))))
    strange = set(plan.assignment) - set(plan.areas["area_id"])
    if strange:
        findings.append(Finding(_("Unbekannte Gebiete: {areas}.").format(areas=", ".join(sorted(strange)))))
    return findings


def _one_area(
    own: gpd.GeoDataFrame, area: object, label: str, limits: dict[str, tuple[float, float]], plan: Plan
) -> list[Finding]:
    if own.empty:
        return [Finding(_("{area}: hat keinen Baustein.").format(area=label))]
    findings = []
    towns = sorted(set(own["municipality"]))
    if towns != [area.municipality]:  # type: ignore[attr-defined]
        text = _("{area}: liegt in mehreren oder anderen Gemeinden ({towns}).")
        findings.append(Finding(text.format(area=label, towns=", ".join(towns))))
    people = int(own["population"].sum())
    low, high = limits.get(area.municipality, (0.0, np.inf))  # type: ignore[attr-defined]
    if not low <= people <= high:
        text = _("{area}: {people} Einwohnerinnen und Einwohner, erlaubt sind {low} bis {high}.")
        what = text.format(area=label, people=count(people), low=count(low), high=count(high))
        decided = area.origin in ("adopted", "revised")  # type: ignore[attr-defined]
        findings.append(Finding(what, severity="warning" if decided else "error"))
    return findings + _contiguity(own, label, plan)


def _contiguity(own: gpd.GeoDataFrame, label: str, plan: Plan) -> list[Finding]:
    """Parts of the merged shape, joined by the bridges the plan lists and by blocks that have parts of their own."""
    parts = shapely.get_parts(shapely.unary_union(own.geometry.to_numpy()))
    if len(parts) == 1:
        return []
    inner = shapely.point_on_surface(own.geometry.to_numpy())
    where = dict(zip(own["block_id"], _part_of(inner, parts), strict=True))
    ties = _listed_bridges(plan, where) | _own_parts(own, parts)
    groups = [{part} for part in range(len(parts))]
    for one, other in ties:
        first = next(group for group in groups if one in group)
        second = next(group for group in groups if other in group)
        if first is not second:
            first |= second
            groups = [group for group in groups if group is not second]
    if len(groups) == 1:
        bridges = len(parts) - 1
        text = plural("{area}: wird nur durch 1 Verbindung zusammengehalten.",
                      "{area}: wird nur durch {number} Verbindungen zusammengehalten.", bridges)  # fmt: skip
        return [Finding(text.format(area=label, number=bridges), severity="note")]
    text = _("{area}: besteht aus {number} getrennten Teilen.")
    return [Finding(text.format(area=label, number=len(groups)), todo=_("Gebiete müssen zusammenhängen."))]


def _part_of(points: np.ndarray, parts: np.ndarray) -> list[int]:
    return [int(np.argmin(shapely.distance(parts, point))) for point in points]


def _listed_bridges(plan: Plan, where: dict[str, int]) -> set[tuple[int, int]]:
    ties = set()
    for rule in plan.parameters.get("municipalities", {}).values():
        for one, other, *_metres in rule.get("bridges", []):
            if one in where and other in where:
                ties.add((where[one], where[other]))
    return ties


def _own_parts(own: gpd.GeoDataFrame, parts: np.ndarray) -> set[tuple[int, int]]:
    ties = set()
    for shape in own.geometry:
        if shapely.get_num_geometries(shape) > 1:
            places = _part_of(shapely.point_on_surface(shapely.get_parts(shape)), parts)
            ties |= {(places[0], place) for place in places[1:]}
    return ties


def _names(plan: Plan) -> list[Finding]:
    findings = []
    for ags, rows in plan.areas.groupby("municipality", sort=True):
        for column in ("code", "name"):
            for text, often in sorted(Counter(rows[column]).items()):
                if often > 1:
                    what = _("In der Gemeinde {ags} kommt „{text}“ {often}-mal vor.")
                    findings.append(Finding(what.format(ags=ags, text=text, often=often), column=column))
    return findings


def _numbers(plan: Plan, name: dict[str, str]) -> list[Finding]:
    findings = []
    found = Counter(plan.areas["municipality"][plan.areas["origin"] != "revised"])
    revised = set(plan.areas["municipality"][plan.areas["origin"] == "revised"])
    for ags, rule in plan.parameters.get("municipalities", {}).items():
        if ags not in revised and rule.get("areas", found[ags]) != found[ags]:
            text = _("{town}: {found} Gebiete statt {wanted}.")
            findings.append(Finding(text.format(town=name.get(ags, ags), found=found[ags], wanted=rule["areas"])))
    return findings


def quality(plan: Plan, blocks: gpd.GeoDataFrame) -> pd.DataFrame:
    """How good each area is, one row per area in the order of the plan.

    Columns: `area_id, population, blocks, ssd_share` (percent of the municipality's spread that lies inside
    the area; one single area would have 100), `compactness` (4 pi area / border squared, 1 = circle).
    """
    area = blocks["block_id"].map(plan.assignment)
    rows = []
    for ags in sorted(set(plan.areas["municipality"])):
        town = blocks[blocks["municipality"] == ags]
        weight, values = town["population"].to_numpy(dtype=float), _comparable(town)
        whole = float((weight[:, None] * values**2).sum())
        for area_id in plan.areas["area_id"][plan.areas["municipality"] == ags]:
            own = (area[town.index] == area_id).to_numpy()
            rows.append((area_id, *_figures(own, weight, values, whole), _roundness(town.geometry.to_numpy()[own])))
    columns = ["area_id", "population", "blocks", "ssd_share", "compactness"]
    return pd.DataFrame(rows, columns=columns).set_index("area_id").reindex(plan.areas["area_id"]).reset_index()


def _figures(own: np.ndarray, weight: np.ndarray, values: np.ndarray, whole: float) -> tuple[int, int, float]:
    people = float(weight[own].sum())
    inside = 0.0
    if people:
        centre = np.average(values[own], axis=0, weights=weight[own])
        inside = float((weight[own][:, None] * (values[own] - centre) ** 2).sum())
    return int(people), int(own.sum()), 100 * inside / whole if whole else 0.0


def _comparable(town: gpd.GeoDataFrame) -> np.ndarray:
    """Attributes with mean 0, each family with the same total spread; unknown values at the mean."""
    weight = town["population"].to_numpy(dtype=float)
    families = []
    for family in FAMILIES:
        table = town.filter(regex=f"^{family}_").to_numpy(dtype=float)
        known = np.isfinite(table)
        shares = np.where(known, weight[:, None], 0.0)
        total = np.maximum(shares.sum(axis=0), 1e-12)
        centred = np.where(known, table - (shares * np.where(known, table, 0.0)).sum(axis=0) / total, 0.0)
        spread = np.sqrt((shares * centred**2).sum(axis=0) / total)
        centred = centred[:, spread > 1e-9] / spread[spread > 1e-9]
        if centred.shape[1]:
            families.append(centred / np.sqrt(centred.shape[1]))
    return np.hstack(families) if families else np.zeros((len(town), 0))


def _roundness(shapes: np.ndarray) -> float:
    if not len(shapes):
        return 0.0
    shape = shapely.unary_union(shapes)
    border = float(shapely.length(shape))
    return 4 * pi * float(shapely.area(shape)) / border**2 if border else 0.0
