"""Declared sums of features: the counts that are printed, made before anything is protected."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from pandas.api.typing import SeriesGroupBy

from sozialraum.base.value import STRENGTH, WEAKEST_FIRST, Status
from sozialraum.indicators.carried_notes import join_notes
from sozialraum.indicators.carrying import COUNT
from sozialraum.indicators.registry import features

KEY = ["level", "unit", "period"]


def combine(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts together with every declared sum of features, such as all children under six.

    A sum that was delivered itself is kept as delivered. A sum lacking one of its parts is
    missing; bounds add and the weakest status wins.
    """
    delivered = set(counts["feature"].unique())
    made = [counts]
    for code, feature in features().items():
        if feature.parts and code not in delivered and delivered & set(feature.parts):
            made.append(_sum_of_parts(counts, code, feature.parts))
    return pd.concat(made, ignore_index=True)


def _sum_of_parts(counts: pd.DataFrame, code: str, parts: tuple[str, ...]) -> pd.DataFrame:
    rows = counts[counts["feature"].isin(parts)]
    rows = rows.assign(rank=rows["status"].map(STRENGTH).astype(int))
    rows = rows.sort_values([*KEY, "feature"], kind="stable")
    groups = rows.groupby(KEY, sort=True, observed=True)
    made = groups.agg(low=("low", "sum"), high=("high", "sum"), rank=("rank", "min"), size=("feature", "nunique"))
    made["provenance"] = groups["provenance"].first()
    made["scope"] = _joined(groups["scope"], _every_name)
    made["note"] = _joined(groups["note"], join_notes)
    made = made.reset_index()
    # An absent residual row holds nobody; an absent part of an area is not known.
    lacking = (made["size"] < len(parts)) & (made["level"] != "residual")
    made.loc[lacking, "rank"] = STRENGTH[Status.MISSING.value]
    made.loc[made["rank"] <= STRENGTH[Status.BLOCKED.value], ["low", "high"]] = np.nan
    made["status"] = np.array([status.value for status in WEAKEST_FIRST])[made["rank"].to_numpy(int)]
    return made.assign(feature=code)[COUNT]


def _every_name(scopes: Iterable[str]) -> str:
    return ",".join(sorted({name for scope in scopes for name in scope.split(",") if name}))


def _joined(texts: SeriesGroupBy, join: Callable[[Iterable[str]], str]) -> pd.Series:
    """Codes of all parts together; nearly always they are the same for all, and stay."""
    first, last = texts.min(), texts.max()
    differ = first != last
    if differ.any():
        several = texts.agg(join)
        return first.where(~differ, several)
    return first
