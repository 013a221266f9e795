"""People whom no area holds: in printed totals only where their counts are not small.

A municipality's total minus its areas tells how many persons have no placeable address, by age, sex
and household: in a small town these are the residents of the women's shelter. Protecting such a
difference by hiding areas would cost the inhabitants of whole areas, so a total leaves them out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialraum.base import _
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST, Status
from sozialraum.indicators import features
from sozialraum.protection.rules import Rules

CELL = ["unit", "feature", "period"]
NUMBERS = ["low", "high", "rank"]


def settle(rows: pd.DataFrame, municipality_of: dict[str, str], rules: Rules) -> pd.DataFrame:
    """Counts whose totals contain residual rows only where none of them is small.

    rows : counts of all levels with declared sums. For each source and date either every residual count
    is 0 or at least the minimum and all totals contain them; or no total of that source and date
    contains them (its provenance says so) and the residual rows are dropped. A total delivered by
    the holder over hidden areas cannot be taken apart; it stays, with its residual row.
    """
    rows = rows.reset_index(drop=True)
    if not (rows["level"] == "residual").any():
        return rows
    rows = rows.assign(rank=rows["status"].map(STRENGTH).astype(int), group=_group(rows))
    affected = rows["group"].isin(_groups_with_small(rows, rules))
    if not affected.any():
        return rows.drop(columns=["rank", "group"])
    towns = affected & (rows["level"] == "municipality")
    home = rows["unit"].map(municipality_of)
    rows, kept = _replaced(rows, towns, _sums(rows[affected & (rows["level"] == "area")].assign(unit=home)))
    region = affected & (rows["level"] == "region")
    rows, kept_region = _replaced(rows, region, _region_sums(rows, affected))
    still = pd.MultiIndex.from_frame(rows[CELL]).isin([*kept, *kept_region])
    drop = affected & (rows["level"] == "residual") & ~still
    names = np.array([status.value for status in WEAKEST_FIRST])
    rows["status"] = names[rows["rank"].to_numpy(int)]
    return rows[~drop].drop(columns=["rank", "group"]).reset_index(drop=True)


def _group(rows: pd.DataFrame) -> pd.Series:
    """Source and date; a feature nobody declared is a source of its own."""
    known = {code: feature.source.code for code, feature in features().items()}
    return rows["feature"].map(lambda code: known.get(code, code)) + "|" + rows["period"]


def _groups_with_small(rows: pd.DataFrame, rules: Rules) -> set[str]:
    residual = rows[rows["level"] == "residual"]
    least = residual["feature"].map(lambda code: rules.profile_of(code).minimum)
    safe = (residual["low"] == residual["high"]) & ((residual["low"] == 0) | (residual["low"] >= least))
    return set(residual.loc[~safe, "group"])


def _sums(parts: pd.DataFrame) -> pd.DataFrame:
    parts = parts.sort_values(["feature", "period", "low"], kind="stable")
    summed = parts.groupby(CELL, sort=True).agg(low=("low", "sum"), high=("high", "sum"), rank=("rank", "min"))
    summed.loc[summed["rank"] <= STRENGTH[Status.BLOCKED.value], ["low", "high"]] = np.nan
    return summed


def _region_sums(rows: pd.DataFrame, affected: pd.Series) -> pd.DataFrame:
    """Municipalities in the region's scope."""
    region = rows[affected & (rows["level"] == "region")].set_index(["feature", "period"])["scope"]
    towns = rows[affected & (rows["level"] == "municipality")]
    scopes = pd.MultiIndex.from_frame(towns[["feature", "period"]]).map(region.to_dict().get)
    inside = [unit not in str(scope).split(",") for unit, scope in zip(towns["unit"], scopes, strict=True)]
    return _sums(towns[inside].assign(unit="region"))


def _replaced(
    rows: pd.DataFrame, mask: pd.Series, sums: pd.DataFrame
) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """Totals replaced by the sums of their parts; the keys of totals that stay as they were delivered."""
    keys = pd.MultiIndex.from_frame(rows.loc[mask, CELL])
    parts = sums.reindex(keys)
    exact = rows.loc[mask, "low"].to_numpy() == rows.loc[mask, "high"].to_numpy()
    parts_exact = parts["low"].to_numpy() == parts["high"].to_numpy()
    stays = (exact & ~parts_exact) | rows.loc[mask, "low"].isna().to_numpy() | parts["rank"].isna().to_numpy()
    rows = rows.copy()
    chosen = rows.index[mask][~stays]
    for column in NUMBERS:
        rows.loc[chosen, column] = parts.loc[~stays, column].to_numpy()
    rows["rank"] = rows["rank"].astype(int)
    rows.loc[chosen, "provenance"] = _("Summe der Gebiete, ohne Personen ohne zuordenbare Anschrift")
    return rows, [tuple(key) for key in keys[stays & exact]]
