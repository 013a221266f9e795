"""Inhabitants by age where no register counts them by block: the municipality's number, by inhabitants of blocks.

Two ways, both marked `estimated` with the note `estimated_base`:
official: the delivered number of the municipality is shared among its areas by the inhabitants of their blocks; the
    municipality keeps its delivered number.
blocks: the municipality's shares by age are applied to the inhabitants of the blocks; municipality and region are
    the sums of their areas.
Both assume that age is spread evenly inside a municipality. A group for which the municipality has no number of its
own stays missing; nothing is made up from other groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from sozialraum.base import _
from sozialraum.base.value import STRENGTH, Status
from sozialraum.carrying import PlanLike
from sozialraum.indicators.registry import base_features, current_catalogue

REGISTER, OFFICIAL, BY_BLOCKS = "register", "official", "blocks"
BASES = (REGISTER, OFFICIAL, BY_BLOCKS)
NOTE = "estimated_base"
ESTIMATED = STRENGTH[Status.ESTIMATED.value]
# Stands where a delivered date stands, so that no delivered total takes the place of a sum of estimates.
OF_BLOCKS = "blocks"


def inhabitants_by_group() -> tuple[str, ...]:
    """The counted features that make up the inhabitants, in the order of the catalogue; () where they have no parts."""
    catalogue = current_catalogue()
    parts = base_features(catalogue.population)
    return parts if len(parts) > 1 else ()


def with_estimates(
    areas: pd.DataFrame,
    found: pd.DataFrame,
    plan: PlanLike,
    blocks: pd.DataFrame,
    bases: Mapping[str, str],
    date_for: Callable[[str, set[str]], tuple[str, str]],
) -> pd.DataFrame:
    """Area counts with estimated inhabitants by group.

    areas : rows of areas as `carry` has them, with municipality, used, rank, note, left_out. found : pieces.
    bases : edition -> register (default), official or blocks. With register only holes are filled, from official
        numbers; else all areas of the edition are estimated and what was counted by block is not used.
    date_for : which delivered date stands for an edition, and its note.
    """
    groups = set(inhabitants_by_group())
    totals = found[(found["level"] == "municipality") & found["feature"].isin(groups) & found["low"].notna()]
    concerned = areas["feature"].isin(groups)
    if totals.empty or not concerned.any():
        return areas
    people, share = inhabitants_of_areas(plan, blocks)
    numbers = {
        (town, feature, period): (low, high)
        for town, feature, period, low, high in totals[["unit", "feature", "period", "low", "high"]].itertuples(
            index=False, name=None
        )
    }
    dates = totals.groupby(["unit", "feature"])["period"].agg(set).to_dict()
    everybody = _everybody(totals, len(groups))
    areas = areas.copy()
    for place, row in areas[concerned].iterrows():
        base = bases.get(row["period"], REGISTER)
        if base == REGISTER and row["used"]:
            continue
        used, note = date_for(row["period"], dates.get((row["municipality"], row["feature"]), set()))
        if not used:
            continue
        low, high = numbers[row["municipality"], row["feature"], used]
        factor = share[row["unit"]]
        if base == BY_BLOCKS:
            whole = everybody.get((row["municipality"], used), np.nan)
            factor = people[row["unit"]] / whole if whole > 0 else np.nan
        if not np.isfinite(factor):
            continue
        areas.loc[place, ["low", "high"]] = [low * factor, high * factor]
        areas.loc[place, "rank"] = ESTIMATED
        areas.loc[place, "used"] = OF_BLOCKS if base == BY_BLOCKS else used
        areas.loc[place, "note"] = ";".join(sorted({NOTE, *filter(None, [note])}))
        areas.loc[place, "left_out"] = note.startswith("other_date")
        areas.loc[place, "provenance"] = _("geschätzt aus der Zahl der Gemeinde nach Einwohnern der Bausteine")
    return areas


def inhabitants_of_areas(plan: PlanLike, blocks: pd.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """Inhabitants of the blocks by area_id, and their share of the municipality's (NaN where it has none)."""
    people = blocks.set_index("block_id")["population"].reindex(plan.assignment.index).fillna(0).astype(float)
    own = people.groupby(plan.assignment).sum().reindex(plan.areas["area_id"]).fillna(0.0)
    town = plan.areas.set_index("area_id")["municipality"]
    whole = own.groupby(town).transform("sum")
    share = own / whole.where(whole > 0)
    names = [str(area) for area in own.index]
    return dict(zip(names, own.tolist(), strict=True)), dict(zip(names, share.tolist(), strict=True))


def _everybody(totals: pd.DataFrame, groups: int) -> dict[tuple[str, str], float]:
    """Inhabitants of a municipality at a date, where all groups are known exactly."""
    exact = totals[totals["low"] == totals["high"]]
    sums = exact.groupby(["unit", "period"]).agg(low=("low", "sum"), size=("feature", "nunique"))
    return {key: float(low) for key, low in sums.loc[sums["size"] == groups, "low"].items()}  # type: ignore[misc]
