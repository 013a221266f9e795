"""The way back: which observations carry a count of an area, a municipality or the region.

`carry` adds observations up and forgets them; a `Ground` keeps them beside its decisions (which way a municipality
delivered, which date stands for an edition), so that every count can name the rows it was made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

import numpy as np
import pandas as pd

from sozialraum.base.value import STRENGTH
from sozialraum.carrying import PlanLike
from sozialraum.carrying.matrix import positions
from sozialraum.indicators.carried_pieces import SourceWeights
from sozialraum.indicators.carrying import OBSERVED, date_for, periods
from sozialraum.indicators.estimating import REGISTER, inhabitants_by_group
from sozialraum.indicators.pieces import (
    BLOCKS,
    OTHER_GEOGRAPHY,
    SAME_PLAN,
    TOTALS,
    area_municipality,
    facility_observations,
    has_group,
    pieces,
    plan_weights,
)
from sozialraum.indicators.registry import base_features
from sozialraum.street_grid import GROUP_JOINER

DATES = ["municipality", "feature", "period", "used", "note", "complete"]
NOTHING = ("", "", False)
Way = Literal["areas", "blocks", "former", "carried", "group", "absent", "estimated", "missing", "sum", "total"]
Share = tuple[str, str, float]  # geography, unit, the part of its count that lies here


@dataclass(frozen=True, slots=True)
class Origin:
    """What carried one count of one counted feature.

    way : areas (delivered for the area), blocks (whole blocks added up), former (carried from another plan), carried
        (from a source geography),
        group (known for a delivery group only), absent (a complete list that does not name it: zero), estimated
        (the municipality's number by inhabitants of blocks), missing, sum (of the parts below), total (delivered).
    used : the delivered date, '' = none. units : blocks, areas or municipalities it was added from.
    rows : positions in the observations; facilities : positions in the facilities. parts : origins it is the sum of.
    shares : of a carried count the units that reach here, with the part of each that does.
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
    shares: tuple[Share, ...] = ()

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
        others: Mapping[str, SourceWeights] | None = None,
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
        self.found = pieces(everything, plan, blocks, former, others)
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
        self.areas_of = {str(ags): sorted(map(str, own.index)) for ags, own in self.town.groupby(self.town)}
        self.sizes = plan.assignment.value_counts().to_dict()
        exact = self.found[self.found["level"].isin(TOTALS) & (self.found["low"] == self.found["high"])]
        names = ["level", "unit", "feature", "period"]
        self.totals = set(exact[names].itertuples(index=False, name=None))
        self._places: dict[tuple[str, str], dict[tuple[str, str], np.ndarray]] = {}
        self.groups = set(inhabitants_by_group())
        self.former = {f"plan:{old.plan_id}": SourceWeights({"": plan_weights(old, plan, blocks)}) for old in former}
        self.others = dict(others or {})

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
        if order == BLOCKS:
            return self._filled(origin, "blocks", self._rows_of("block", area, feature, used), self.sizes.get(area, 0))
        if order == SAME_PLAN:
            here = f"plan:{self.plan.plan_id}"
            alone = self._rows_of(here, area, feature, used)
            if len(alone):
                return self._filled(origin, "areas", alone, 1)
            groups = [
                rows
                for (geography, unit), rows in self._index(feature, used).items()
                if geography == here and area in unit.split(GROUP_JOINER)
            ]
            return self._filled(origin, "group", joined(groups), 1)
        if order == OTHER_GEOGRAPHY:
            return self._carried(origin, "carried", self.others)
        return self._carried(origin, "former", self.former)

    def _carried(self, origin: Origin, way: Way, sources: Mapping[str, SourceWeights]) -> Origin:
        """Rows of units that reach an area, with the part of each that counts there."""
        found, shares = [], list[Share]()
        delivered = {geography for geography, _unit in self._index(origin.feature, origin.used)}
        for geography, weights in sources.items():
            if geography not in delivered:
                continue
            matrix = weights.of(origin.feature)
            column = matrix.weights[:, [positions(matrix.targets, [origin.unit])[0]]].tocoo()
            reached = sorted(zip(column.row.tolist(), column.data.tolist(), strict=True))
            # with a row or without: where a list leaves zeros out, a row tells something
            shares += [(geography, matrix.sources[place], part) for place, part in reached if part > 0]
            for place, _part in reached:
                rows = self._rows_of(geography, matrix.sources[place], origin.feature, origin.used)
                found += [rows] if len(rows) else []
        return self._filled(replace(origin, shares=tuple(shares)), way, joined(found), len(found))

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
        here = self.areas_of.get(ags, [])
        if self._is_total("municipality", ags, feature, used, period, counts, {"area": {*here}, "residual": {ags}}):
            rows, _none = self._split(self._rows_of("municipality", ags, feature, used))
            return Origin("municipality", ags, feature, "total", used, note, 1, rows)
        areas = tuple(self._area(area, feature, period) for area in here)
        residual, _none = self._split(self._rows_of("residual", ags, feature, used))
        way: Way = "missing" if all(area.way == "missing" for area in areas) else "sum"
        return Origin("municipality", ags, feature, way, used, note, len(areas), residual, (), areas)

    def _region(self, feature: str, period: str, counts: pd.DataFrame, scope: str) -> Origin:
        out = {ags for ags in scope.split(",") if ags}
        below = {"municipality": set(self.members)}
        if not out and self._is_total("region", "region", feature, period, period, counts, below):
            rows, _none = self._split(self._rows_of("region", "region", feature, period))
            return Origin("region", "region", feature, "total", period, "", 1, rows)
        towns = [self._municipality(ags, feature, period, counts) for ags in self.members if ags not in out]
        rows, places = self._split(self._rows_of("residual", "region", feature, period))
        return Origin("region", "region", feature, "sum", period, "", len(towns), rows, places, tuple(towns))

    def _is_total(
        self, level: str, unit: str, feature: str, used: str, period: str, counts: pd.DataFrame,
        below: Mapping[str, set[str]],
    ) -> bool:  # fmt: skip
        """Whether a delivered total counts instead of a sum that is not sure; as `carry` decides it.

        below : level -> units the sum is made of.
        """
        if (level, unit, feature, used) not in self.totals:
            return False
        own = counts[(counts["feature"] == feature) & (counts["period"] == period)]
        mask = np.logical_or.reduce([(own["level"] == name) & own["unit"].isin(units) for name, units in below.items()])
        parts = own[mask]
        return len(parts) == 0 or int(parts["status"].map(STRENGTH).min()) < OBSERVED

    def _index(self, feature: str, used: str) -> dict[tuple[str, str], np.ndarray]:
        """(geography, unit) -> positions of rows; rows of blocks stand at their area."""
        if (feature, used) not in self._places:
            near = self.rows.iloc[self.by_key.get((feature, used), np.array([], dtype=int))]
            unit = near["area"].where(near["geography"] == "block", near["unit"])
            groups = near.groupby([near["geography"], unit], sort=False).indices
            positions = near.index.to_numpy(dtype=int)
            found = {cast("tuple[str, str]", key): positions[rows] for key, rows in groups.items()}
            self._places[feature, used] = found
        return self._places[feature, used]

    def _rows_of(self, geography: str, unit: str, feature: str, used: str) -> np.ndarray:
        return self._index(feature, used).get((geography, unit), np.array([], dtype=int))

    def _filled(self, origin: Origin, way: Way, chosen: np.ndarray, units: int) -> Origin:
        rows, places = self._split(chosen)
        return replace(origin, way=way, rows=rows, facilities=places, units=units)

    def _split(self, positions: np.ndarray) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Positions in the observations, and in the facilities."""
        inside = np.sort(positions[positions < self.observed])
        beyond = positions[positions >= self.observed] - self.observed
        return tuple(inside.tolist()), tuple(sorted(self.facility_rows[place] for place in beyond.tolist()))


def joined(positions: Sequence[np.ndarray]) -> np.ndarray:
    """Several lists of positions as one."""
    return np.concatenate([np.array([], dtype=int), *positions])
