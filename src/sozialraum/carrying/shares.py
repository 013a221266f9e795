"""Shares rebuilt from carried numerators and denominators."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialraum.base.intervals import rate, share_of_base
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST
from sozialraum.carrying.counts import Carried

ON = ["unit", "period"]
SHARES = ("unit", "period", "low", "high", "status", "carried", "error_class", "error")


def carry_share(carried: Carried, numerator: str, denominator: str, *, part: bool = True) -> pd.DataFrame:
    """Shares of the target units from two features that were carried; a share itself never is.

    part : True when the numerator is among the denominator, so that no share exceeds 1.
    Returns `unit, period, low, high, status, carried, error_class, error`; error is the standard error of the share, as
    if the errors of both counts had nothing to do with each other, which is too wide rather than too narrow where
    they go the same way. NaN where there is no number or nobody in the denominator.
    Raises KeyError when a feature was not carried.
    """
    values = carried.values
    for feature in (numerator, denominator):
        if not (values["feature"] == feature).any():
            raise KeyError(feature)
    above, below = (
        values[values["feature"] == feature].drop(columns="feature") for feature in (numerator, denominator)
    )
    both = above.merge(below, on=ON, suffixes=("", "_base"))
    law = share_of_base if part else rate
    low, high = law((both["low"], both["high"]), (both["low_base"], both["high_base"]))
    own, of_base = (both[name].map(STRENGTH).to_numpy(dtype=int) for name in ("status", "status_base"))
    names = np.array([status.value for status in WEAKEST_FIRST], dtype=object)
    frame = both[ON].assign(
        low=low, high=high, status=names[np.minimum(own, of_base)], carried=both["carried"] | both["carried_base"],
        error_class=np.maximum(both["error_class"].astype(str), both["error_class_base"].astype(str)),
        error=_error(both, high),
    )  # fmt: skip
    return frame[list(SHARES)]


def _error(both: pd.DataFrame, share: np.ndarray) -> np.ndarray:
    base = both["high_base"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.hypot(both["error"].to_numpy(dtype=float), share * both["error_base"].to_numpy(dtype=float)) / base
    return np.where(np.isfinite(spread), spread, np.nan)
