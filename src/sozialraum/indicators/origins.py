"""The way back: which observations carry a count of an area, a municipality or the region.

`carry` adds observations up and forgets them; a `Ground` keeps them beside its decisions (which way a municipality
delivered, which date stands for an edition), so that every count can name the rows it was made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from sozialraum.base.value import STRENGTH
from sozialraum.indicators.carrying import OBSERVED, date_for, periods
from sozialraum.indicators.estimating import REGISTER, inhabitants_by_group
from sozialraum.indicators.pieces import (
    BLOCKS,
    SAME_PLAN,
    PlanLike,
    area_municipality,
    facility_observations,
    has_group,
    pieces,
    weights,
)
from sozialraum.indicators.registry import base_features
from sozialraum.street_grid import GROUP_JOINER

DATES = ["municipality", "feature", "period", "used", "note", "complete"]
NOTHING = ("", "", False)
Way = Literal["areas", "blocks", "former", "group", "absent", "estimated", "missing", "sum", "total"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What carried one count of one counted feature.

    way : areas (delivered for the area), blocks (whole blocks added up), former (carried from another plan),
        group (known for a delivery group only), absent (a complete list that does not name it: zero), estimated
        (the municipality's number by inhabitants of blocks), missing, sum (of the parts below), total (delivered).
    used : the delivered date, '' = none. units : blocks, areas or municipalities it was added from.
    rows : positions in the observations; facilities : positions in the facilities. parts : origins it is the sum of.
    """

    level: str
    unit: str
    feature: str
    way: Way
    used: str
    note: str = ""
    units: int = 0
    rows: tuple[int, ...] = ()
    facilities: tuple[int, ...] = ()
    parts: tuple[Origin, ...] = field(default=(), repr=False)

    def all_rows(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Positions of all observations and facilities below, each once and sorted."""
        rows, places = set(self.rows), set(self.facilities)
        for part in self.parts:
            below, facilities = part.all_rows()
            rows |= set(below)
            places |= set(facilities)
        return tuple(sorted(rows)), tuple(sorted(places))


class Ground:
    """Observations with the decisions that `carry` makes about them; the same arguments as `carry`."""

    def __init__(
        self,
        observations: pd.DataFrame,
        facilities: pd.DataFrame | None,
        plan: PlanLike,
        blocks: pd.DataFrame,
        municipalities: pd.DataFrame,
        editions: Sequence[str],
        former: Sequence[PlanLike] = (),
        bases: Mapping[str, str] | None = None,
    ) -> None:
        self.plan, self.blocks, self.bases = plan, blocks, dict(bases or {})
        self.members = sorted(municipalities["ags"].astype(str))
        placed = facility_observations(facilities)
        self.facility_rows: list[int] = np.flatnonzero(has_group(facilities)).tolist()
        self.observed = len(observations)
        names = ["geography", "unit", "feature", "period"]
        everything = pd.concat([observations, placed], ignore_index=True)
        self.rows = everything[names].astype(str)
        self.rows["area"] = self.rows["unit"].map(plan.assignment).where(self.rows["geography"] == "block")
        self.by_key = self.rows.groupby(["feature", "period"], sort=False).indices
        self.found = pieces(everything, plan, blocks, former)
        dates = periods(self.found, self.members, sorted(set(editions)))
        self.dates = {
            (town, feature, period): (str(used), str(note), bool(complete))
            for town, feature, period, used, note, complete in dates[DATES].itertuples(index=False, name=None)
        }
        self.delivered = set(dates["feature"]) & set(self.rows["feature"].unique())
        areas = self.found.loc[self.found["level"] == "area", ["unit", "feature", "period", "order"]]
        self.orders = {
            (unit, feature, used): int(order) for unit, feature, used, order in areas.itertuples(index=False, name=None)
        }
        self.town = area_municipality(plan)
        self.groups = set(inhabitants_by_group())
        self.former = {old.plan_id: weights(old, plan, blocks) for old in former}

    def of(self, level: str, unit: str, feature: str, period: str, counts: pd.DataFrame, scope: str = "") -> Origin:
        """What carried a count. counts : the area counts, which say how sure a sum was. scope : AGS left out."""
        if level == "area":
            return self._area(unit, feature, period)
        if level == "municipality":
            return self._municipality(unit, feature, period, counts)
        return self._region(feature, period, counts, scope)

    def features(self, code: str) -> tuple[str, ...]:
        """The counted features behind a code: itself where it was delivered, else the parts of a declared sum."""
        return (code,) if code in self.delivered else base_features(code)

    def _area(self, area: str, feature: str, period: str) -> Origin:
        town = str(self.town[area])
        used, note, complete = self.dates.get((town, feature, period), NOTHING)
        origin = Origin("area", area, feature, "missing", used, note)
        if feature in self.groups and (not used or self.bases.get(period, REGISTER) != REGISTER):
            return self._estimated(origin, town, period)
        if not used:
            return origin
        order = self.orders.get((area, feature, used))
        if order is None:
            return replace(origin, way="absent" if complete else "missing")
        near = self._at(feature, used)
        geography, unit = near["geography"], near["unit"]
        if order == BLOCKS:
            chosen = near[(geography == "block") & (near["area"] == area)]
            return self._filled(origin, "blocks", chosen, int((self.plan.assignment == area).sum()))
        if order == SAME_PLAN:
            here = geography == f"plan:{self.plan.plan_id}"
            alone = near[here & (unit == area)]
            if len(alone):
                return self._filled(origin, "areas", alone, 1)
            inside = unit.str.split(GROUP_JOINER, regex=False).map(lambda names: area in names)
            return self._filled(origin, "group", near[here & inside], 1)
        masks = [
            (geography == f"plan:{plan_id}") & unit.isin(set(shares.loc[shares["new"] == area, "old"]))
            for plan_id, shares in self.former.items()
        ]
        chosen = near[np.logical_or.reduce(masks)] if masks else near.iloc[:0]
        return self._filled(origin, "former", chosen, chosen["unit"].nunique())

    def _estimated(self, origin: Origin, town: str, period: str) -> Origin:
        """The municipality's number that an area's inhabitants by group were estimated from, if there is one."""
        own = self.found[(self.found["level"] == "municipality") & (self.found["feature"] == origin.feature)]
        own = own[(own["unit"] == town) & own["low"].notna()]
        used, note = date_for(period, set(own["period"]))
        if not used:
            return origin
        chosen = self._rows_of("municipality", town, origin.feature, used)
        return self._filled(replace(origin, used=used, note=note), "estimated", chosen, 1)

    def _municipality(self, ags: str, feature: str, period: str, counts: pd.DataFrame) -> Origin:
        used, note, _complete = self.dates.get((ags, feature, period), NOTHING)
        areas = [self._area(str(area), feature, period) for area in sorted(self.town.index[self.town == ags])]
        residual = self._beside("residual", ags, feature, used)
        below = counts[(counts["feature"] == feature) & (counts["period"] == period)]
        own = below[(below["level"] == "area") & below["unit"].isin(set(self.town.index[self.town == ags]))]
        rest = below[(below["level"] == "residual") & (below["unit"] == ags)]
        total = self._total("municipality", ags, feature, used, pd.concat([own, rest]))
        if total is not None:
            return Origin("municipality", ags, feature, "total", used, note, 1, total)
        way: Way = "missing" if not used else "sum"
        return Origin("municipality", ags, feature, way, used, note, len(areas), residual, (), tuple(areas))

    def _region(self, feature: str, period: str, counts: pd.DataFrame, scope: str) -> Origin:
        out = {ags for ags in scope.split(",") if ags}
        below = counts[
            (counts["feature"] == feature) & (counts["period"] == period) & (counts["level"] == "municipality")
        ]
        total = None if out else self._total("region", "region", feature, period, below)
        if total is not None:
            return Origin("region", "region", feature, "total", period, "", 1, total)
        towns = [self._municipality(ags, feature, period, counts) for ags in self.members if ags not in out]
        rows, places = self._split(self._rows_of("residual", "region", feature, period))
        return Origin("region", "region", feature, "sum", period, "", len(towns), rows, places, tuple(towns))

    def _at(self, feature: str, used: str) -> pd.DataFrame:
        return self.rows.iloc[self.by_key.get((feature, used), np.array([], dtype=int))]

    def _rows_of(self, geography: str, unit: str, feature: str, used: str) -> pd.DataFrame:
        near = self._at(feature, used)
        return near[(near["geography"] == geography) & (near["unit"] == unit)]

    def _beside(self, geography: str, unit: str, feature: str, used: str) -> tuple[int, ...]:
        return self._split(self._rows_of(geography, unit, feature, used))[0]

    def _total(self, level: str, unit: str, feature: str, used: str, parts: pd.DataFrame) -> tuple[int, ...] | None:
        """The delivered total, where it counts instead of a sum that is not sure; as `carry` decides it."""
        at = self.found
        at = at[(at["level"] == level) & (at["unit"] == unit) & (at["feature"] == feature) & (at["period"] == used)]
        exact = at[at["low"] == at["high"]]
        sure = len(parts) > 0 and int(parts["status"].map(STRENGTH).min()) >= OBSERVED
        if exact.empty or sure:
            return None
        return self._beside(level, unit, feature, used)

    def _filled(self, origin: Origin, way: Way, chosen: pd.DataFrame, units: int) -> Origin:
        rows, places = self._split(chosen)
        return replace(origin, way=way, rows=rows, facilities=places, units=units)

    def _split(self, chosen: pd.DataFrame) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Positions in the observations, and in the facilities."""
        positions = chosen.index.to_numpy(dtype=int)
        inside = positions[positions < self.observed]
        beyond = positions[positions >= self.observed] - self.observed
        return tuple(map(int, inside)), tuple(int(self.facility_rows[place]) for place in beyond)
