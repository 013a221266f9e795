"""Supply against need: coverage, absolute gap in places, and the nine fields of both together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialraum.base import code_key
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST, Status
from sozialraum.carrying import PlanLike
from sozialraum.need.rules import field_of

SUPPLY = [
    "level", "unit", "period", "children_low", "children_high", "places_low", "places_high", "status",
    "coverage_low", "coverage_high", "gap_low", "gap_high", "need_class", "supply_class", "field", "scope",
    "target_rate", "target_source", "target_date",
]  # fmt: skip
KEY = ["level", "unit", "period"]
BASE = 20
BLOCKED, SUPPRESSED = STRENGTH[Status.BLOCKED.value], STRENGTH[Status.SUPPRESSED.value]


@dataclass(frozen=True, slots=True)
class Target:
    """Places wanted per child: an input with source and date, none is built in.

    rate : places per child of the group, None when nobody set one (then tertiles cut the classes).
    margin : supply within this part of the rate below or above it is 'medium'.
    children, places : features of the group and of its supply. need : the indicator of need.
    """

    rate: float | None
    source: str
    date: str
    margin: float = 0.1
    group: str = "under_6"
    children: str = "pop_00_06"
    places: str = "places_under_6"
    need: str = "child_benefit_share"

    def __post_init__(self) -> None:
        if self.rate is not None and not self.rate > 0:
            raise ValueError("a target rate is above 0")
        if not 0 <= self.margin < 1:
            raise ValueError("a margin is between 0 and 1")


def supply(released: pd.DataFrame, plan: PlanLike, indicator_values: pd.DataFrame, target: Target) -> pd.DataFrame:
    """Supply values of areas, municipalities and the region.

    released : released counts. indicator_values : of the same release; the target names the indicator of need.
    coverage = places / children; gap = rate * children - places in places (> 0: places are missing),
    NaN without a rate. need_class from the interval of the area's share against the region's: wholly
    above = high, wholly below = low, else medium. supply_class from the coverage: below rate * (1 - margin)
    = low, above rate * (1 + margin) = high; without a rate tertiles of the areas of that date, and no places
    at all are low in any case. A coverage with two ends (rounded places) has a class when both ends lie in it.
    'none' when a count is hidden or missing or the base is under 20 children. field only for areas.
    """
    rows = _counts(released, target)
    rows = _coverage(rows, target)
    rows = rows.merge(_need(indicator_values, target), on=KEY, how="left")
    rows["need_class"] = rows["need_class"].fillna("none").astype(str)
    rows["supply_class"] = _supply_class(rows, target)
    area = rows["level"] == "area"
    fields = [
        field_of(need, supplied, target.group)
        for need, supplied in zip(rows["need_class"], rows["supply_class"], strict=True)
    ]
    rows["field"] = np.where(area, fields, "none")
    rows["target_rate"] = np.nan if target.rate is None else target.rate
    rows["target_source"], rows["target_date"] = target.source, target.date
    rows["place"] = rows["level"].map({"area": 0, "municipality": 1, "region": 2})
    rows["code"] = rows["unit"].map(code_key)
    return rows.sort_values(["period", "place", "code"], kind="stable", ignore_index=True)[SUPPLY]


def _counts(released: pd.DataFrame, target: Target) -> pd.DataFrame:
    columns = [*KEY, "low", "high", "status", "scope"]
    children = released.loc[released["feature"] == target.children, columns]
    places = released.loc[released["feature"] == target.places, columns]
    rows = children.merge(places, on=KEY, how="inner", suffixes=("_children", "_places"))
    ranks = [rows[f"status_{what}"].map(STRENGTH).to_numpy(int) for what in ("children", "places")]
    rank = np.minimum(*ranks)
    rows["rank"] = rank
    rows["status"] = np.array([status.value for status in WEAKEST_FIRST])[rank]
    rows["scope"] = [
        ",".join(sorted({ags for scope in pair for ags in scope.split(",") if ags}))
        for pair in zip(rows["scope_children"], rows["scope_places"], strict=True)
    ]
    names = {f"{end}_{what}": f"{what}_{end}" for end in ("low", "high") for what in ("children", "places")}
    return rows.rename(columns=names)


def _coverage(rows: pd.DataFrame, target: Target) -> pd.DataFrame:
    known = (rows["rank"] > BLOCKED) & (rows["children_high"] > 0)
    # A region whose children and places leave out different members cannot be compared.
    known &= rows["scope_children"] == rows["scope_places"]
    with np.errstate(divide="ignore", invalid="ignore"):
        rows["coverage_low"] = (rows["places_low"] / rows["children_high"]).where(known)
        rows["coverage_high"] = (rows["places_high"] / rows["children_low"]).where(known)
    rate = np.nan if target.rate is None else target.rate
    rows["gap_low"] = (rate * rows["children_low"] - rows["places_high"]).where(known)
    rows["gap_high"] = (rate * rows["children_high"] - rows["places_low"]).where(known)
    return rows


def _need(values: pd.DataFrame, target: Target) -> pd.DataFrame:
    rows = values.loc[values["indicator"] == target.need, [*KEY, "versus"]]
    words = {"higher": "high", "same": "medium", "lower": "low", "none": "none"}
    return rows.assign(need_class=rows["versus"].map(words)).drop(columns="versus")


def _supply_class(rows: pd.DataFrame, target: Target) -> np.ndarray:
    known = (rows["rank"] > SUPPRESSED) & np.isfinite(rows["coverage_high"])
    usable = known & (rows["children_low"] >= BASE)
    low, high = _cuts(rows, usable, target)
    ends = [
        np.select(
            [~usable | low.isna(), coverage == 0, coverage < low, coverage <= high],
            ["none", "low", "low", "medium"],
            "high",
        )
        for coverage in (rows["coverage_low"], rows["coverage_high"])
    ]
    return np.where(ends[0] == ends[1], ends[0], "none")


def _cuts(rows: pd.DataFrame, usable: pd.Series, target: Target) -> tuple[pd.Series, pd.Series]:
    if target.rate is not None:
        below, above = target.rate * (1 - target.margin), target.rate * (1 + target.margin)
        return pd.Series(below, rows.index), pd.Series(above, rows.index)
    middle = (rows["coverage_low"] + rows["coverage_high"]) / 2
    chosen = usable & (rows["level"] == "area")
    areas = middle[chosen].groupby(rows.loc[chosen, "period"])
    return rows["period"].map(areas.quantile(1 / 3)), rows["period"].map(areas.quantile(2 / 3))
