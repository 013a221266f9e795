"""Every delivered value is brought to the areas of the plan: the pieces that counts are made of.

A piece says for one area (or a residual row, or a delivered total) what was counted at the
date of the delivery. Which date then stands for which edition is decided in `carry`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.base import Finding, InputRefused, _
from sozialraum.base.value import STRENGTH, Status
from sozialraum.carrying import Matrix, PlanLike, between_plans
from sozialraum.indicators.carried_notes import CODE as CARRIED
from sozialraum.indicators.carried_pieces import SourceWeights, carried_pieces
from sozialraum.street_grid import GROUP_JOINER

KEY = ["level", "unit", "municipality", "feature", "period"]
# town_rank : how well the sum over the municipality is known; better than the parts where all units lie within it.
PIECE = [*KEY, "low", "high", "rank", "town_rank", "carried", "provenance", "order"]
# When a municipality's feature arrived in several ways, the first of these counts.
SAME_PLAN, BLOCKS, FORMER_PLAN, OTHER_GEOGRAPHY = 0, 1, 2, 3
GEOGRAPHY = "geo:"  # beginning of the names of source geographies
TOTALS = ("municipality", "region")


def area_municipality(plan: PlanLike) -> pd.Series:
    """Series area_id -> AGS."""
    return plan.areas.set_index("area_id")["municipality"]


def pieces(
    observations: pd.DataFrame,
    plan: PlanLike,
    blocks: pd.DataFrame,
    former: Sequence[PlanLike],
    others: Mapping[str, SourceWeights] | None = None,
) -> pd.DataFrame:
    """All observations as pieces (columns PIECE), one row per unit, feature and date.

    others : geography ('geo:<code>') -> its weights onto the areas of the plan. `carried` is a code as in
    `carried_notes`, '' where nothing was divided.
    Raises InputRefused for a geography, block, area or plan that is not known.
    """
    weights_of = others or {}
    prepared = _prepared(observations)
    former_plans = {old.plan_id: old for old in former}
    by_geography: Mapping[Any, pd.DataFrame] = dict(iter(_ungrouped(prepared).groupby("geography", sort=True)))
    found = [_empty()]
    for geography, rows in by_geography.items():
        if geography == "block":
            found.append(_from_blocks(rows, plan))
        elif geography == f"plan:{plan.plan_id}":
            found.append(_from_same_plan(rows, plan))
        elif geography in ("residual", *TOTALS):
            found.append(_from_rows(rows, "residual" if geography == "residual" else ""))
        elif str(geography).removeprefix("plan:") in former_plans:
            old = former_plans[str(geography).removeprefix("plan:")]
            found.append(_from_former_plan(rows, old, plan, blocks))
        elif geography in weights_of:
            brought = carried_pieces(rows, weights_of[geography], area_municipality(plan))
            found.append(_placed(brought, plan, OTHER_GEOGRAPHY))
        elif str(geography).startswith(GEOGRAPHY):
            raise InputRefused(
                _("Werte gehören zu einer Gliederung, deren Lage zu den Gebieten nicht bekannt ist: {name}.").format(
                    name=str(geography).removeprefix(GEOGRAPHY)
                ),
                todo=_("Nehmen Sie die Einheiten dieser Gliederung auf der Seite „Übertragung“ auf."),
            )
        else:
            raise InputRefused(
                _("Werte gehören zu einer Gebietsfassung, die nicht vorliegt: {name}.").format(
                    name=str(geography).removeprefix("plan:")
                ),
                todo=_("Übernehmen Sie diese Fassung oder lesen Sie die Lieferung für die aktuelle Fassung ein."),
            )
    return _best_way(pd.concat([frame for frame in found if len(frame)] or found, ignore_index=True))


def facility_observations(facilities: pd.DataFrame | None) -> pd.DataFrame:
    """Places per block; a protected or unplaced facility counts in the region alone.

    A group whose facilities are all protected gives no block rows, so areas show nothing of it.
    """
    columns = ["geography", "unit", "feature", "period", "low", "high", "status", "cell"]
    if facilities is None or not len(facilities):
        return pd.DataFrame(columns=columns)
    block = facilities["block_id"].fillna("").astype(str)
    hidden = facilities["protected"].astype(bool) | (block == "")
    group = facilities["group"].fillna("").astype(str)
    rows = pd.DataFrame(
        {
            "geography": np.where(hidden, "residual", "block"),
            "unit": np.where(hidden, "region", block),
            "feature": "places_" + group,
            "period": facilities["period"].astype(str),
            "low": facilities["low"].astype(float),
            "high": facilities["high"].astype(float),
            "status": facilities["status"].astype(str),
            "cell": "",
        }
    )
    return rows[has_group(facilities)].reset_index(drop=True)


def has_group(facilities: pd.DataFrame | None) -> np.ndarray:
    """Which facilities offer places of a group; array of bool, one per row."""
    if facilities is None or not len(facilities):
        return np.zeros(0, dtype=bool)
    return (facilities["group"].fillna("").astype(str) != "").to_numpy(dtype=bool)


def _prepared(observations: pd.DataFrame) -> pd.DataFrame:
    rows = observations[["geography", "unit", "feature", "period", "low", "high", "status"]].copy()
    for column in ("geography", "unit", "feature", "period"):
        rows[column] = rows[column].astype(str)
    unknown = sorted(set(rows["status"].unique()) - set(STRENGTH))
    if unknown:
        raise ValueError(f"unknown status {unknown}")
    rows["rank"] = rows["status"].map(STRENGTH).astype(int)
    rows["provenance"] = observations["cell"].fillna("").astype(str) if "cell" in observations else ""
    if "carried" in observations:  # shares of a block that was divided after its delivery
        rows["carried"] = observations["carried"].fillna(False).astype(bool)
    rows["low"], rows["high"] = rows["low"].astype(float), rows["high"].astype(float)
    # Summing in the order of the values makes the sums independent of the order of rows.
    return rows.sort_values(["low", "high"], kind="stable", ignore_index=True)


def _ungrouped(rows: pd.DataFrame) -> pd.DataFrame:
    """Values known only for a delivery group are missing for each of its areas: nothing is spread.

    The observation stays in the project as it came; totals of the municipality come from the delivered sums.
    """
    grouped = rows["geography"].str.startswith("plan:") & rows["unit"].str.contains(GROUP_JOINER, regex=False)
    if not grouped.any():
        return rows
    alone = rows[grouped].assign(unit=rows.loc[grouped, "unit"].str.split(GROUP_JOINER)).explode("unit")
    alone = alone.assign(low=np.nan, high=np.nan, rank=STRENGTH[Status.MISSING.value])
    alone["provenance"] = _("nur für die Liefergruppe bekannt")
    return pd.concat([rows[~grouped], alone], ignore_index=True)


def _from_blocks(rows: pd.DataFrame, plan: PlanLike) -> pd.DataFrame:
    area = rows["unit"].map(plan.assignment)
    _refuse_unknown(rows["unit"][area.isna()], _("Bausteine, die die aktuelle Gebietsfassung nicht kennt"))
    summed = _summed(rows.assign(unit=area.to_numpy()), _("Summe über Bausteine"))
    return _placed(summed, plan, BLOCKS)


def _from_same_plan(rows: pd.DataFrame, plan: PlanLike) -> pd.DataFrame:
    known = set(plan.areas["area_id"])
    _refuse_unknown(rows["unit"][~rows["unit"].isin(known)], _("Gebiete, die die aktuelle Gebietsfassung nicht kennt"))
    return _placed(_summed(rows, ""), plan, SAME_PLAN)


def plan_weights(old: PlanLike, plan: PlanLike, blocks: pd.DataFrame) -> Matrix:
    """The areas of an earlier plan onto those of this one, by the inhabitants of their blocks.

    A plan of blocks that were replaced brings its weights along, as `onto`.
    """
    onto: Matrix | None = getattr(old, "onto", None)
    return between_plans(old, plan, blocks) if onto is None else onto


def _from_former_plan(rows: pd.DataFrame, old: PlanLike, plan: PlanLike, blocks: pd.DataFrame) -> pd.DataFrame:
    matrix = plan_weights(old, plan, blocks)
    known = set(matrix.sources)
    _refuse_unknown(rows["unit"][~rows["unit"].isin(known)], _("Gebiete, die ihre Gebietsfassung nicht kennt"))
    found = carried_pieces(rows, SourceWeights({"": matrix}), area_municipality(plan))
    return _placed(found.assign(provenance=_("aus früherer Gebietsfassung übertragen")), plan, FORMER_PLAN)


def _from_rows(rows: pd.DataFrame, level: str) -> pd.DataFrame:
    """Residual rows ("keine Angabe") and delivered totals; their unit is an AGS or 'region'."""
    summed = _summed(rows, "")
    levels = np.where(summed["unit"] == "region", "region", "municipality")
    summed["level"] = level or levels
    summed["municipality"] = summed["unit"]
    summed["order"], summed["town_rank"] = SAME_PLAN, summed["rank"]
    return summed[PIECE]


def _summed(rows: pd.DataFrame, provenance: str) -> pd.DataFrame:
    """Add rows of the same unit, feature and date: bounds add, the weakest status wins."""
    if "carried" not in rows:
        rows = rows.assign(carried=False)
    groups = rows.groupby(["unit", "feature", "period"], sort=True, observed=True)
    summed = groups.agg(low=("low", "sum"), high=("high", "sum"), rank=("rank", "min"), carried=("carried", "max"))
    summed["provenance"] = provenance or groups["provenance"].first()
    summed = summed.reset_index()
    no_number = summed["rank"] <= STRENGTH[Status.BLOCKED.value]
    summed.loc[no_number, ["low", "high"]] = np.nan
    return summed.assign(carried=np.where(summed["carried"].astype(bool), CARRIED, ""))


def _placed(summed: pd.DataFrame, plan: PlanLike, order: int) -> pd.DataFrame:
    municipality = summed["unit"].map(area_municipality(plan))
    if "town_rank" not in summed:
        summed = summed.assign(town_rank=summed["rank"])
    return summed.assign(level="area", municipality=municipality.to_numpy(), order=order)[PIECE]


def _best_way(found: pd.DataFrame) -> pd.DataFrame:
    """Keep one way of delivery per municipality, feature and date: nobody counts twice."""
    area = found["level"] == "area"
    best = found[area].groupby(["municipality", "feature", "period"])["order"].transform("min")
    keep = pd.Series(True, index=found.index)
    keep[area] = found.loc[area, "order"] == best
    return found[keep].reset_index(drop=True)


def _refuse_unknown(units: pd.Series, what: str) -> None:
    unknown = sorted(set(units))
    if unknown:
        raise InputRefused(
            _("Werte nennen {what}.").format(what=what),
            [Finding(unit) for unit in unknown],
            _("Prüfen Sie die Schlüssel der Lieferung."),
        )


def _empty() -> pd.DataFrame:
    return pd.DataFrame(
        {
            **{name: pd.Series(dtype="str") for name in KEY},
            "low": pd.Series(dtype=float),
            "high": pd.Series(dtype=float),
            "rank": pd.Series(dtype=int),
            "town_rank": pd.Series(dtype=int),
            "carried": pd.Series(dtype="str"),
            "provenance": pd.Series(dtype="str"),
            "order": pd.Series(dtype=int),
        }
    )
