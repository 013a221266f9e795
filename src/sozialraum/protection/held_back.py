"""A number its holder hid stays as unsure here as the holder's mark, even where we could compute it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialraum.base.value import Status
from sozialraum.protection.rules import Rules


def held_back(counts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The counts with suppressed ones no better known than their width asks.

    Totals of the holder narrow hidden numbers on the way in (deliveries.tightening), down to one number
    where the holder's own hiding failed. Handing that on would finish the disclosure, so such a count
    goes back to what a mark for small numbers says: 0 to below the next multiple of the minimum.
    Concerns only sources whose mark readers are assumed to know; all others are unknown to readers anyway.
    """
    profiles = {feature: rules.profile_of(str(feature)) for feature in counts["feature"].unique()}
    of_row = counts["feature"].map(profiles)
    known = np.array([profile.mark_is_public for profile in of_row], dtype=bool)
    width = np.array([profile.width for profile in of_row], dtype=float)
    step = np.array([max(profile.minimum, profile.width + 1) for profile in of_row], dtype=float)
    low, high = counts["low"].to_numpy(float), counts["high"].to_numpy(float)
    with np.errstate(invalid="ignore"):
        narrow = known & (counts["status"] == Status.SUPPRESSED.value).to_numpy() & (high - low < width)
        wide = (np.floor(high / step) + 1) * step - 1
    if not narrow.any():
        return counts
    return counts.assign(low=np.where(narrow, 0.0, low), high=np.where(narrow, wide, high))
