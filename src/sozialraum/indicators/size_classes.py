"""Areas of different size: when a region mixes them, the classes to compare within, and the index within a class.

Where a city has areas of 18,000 inhabitants and its neighbours some of 1,700, differences even out in the large ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.indicators.indexing import INDEX, index

LIMITS = (2500, 5000, 10_000)  # inhabitants; a class begins with its limit
MIXED = 3.0  # how many times as large the usual area of one municipality is as that of another
FEWEST = 8  # areas of a class, so that a comparison within it says something


def size_class(populations: pd.Series) -> pd.Series:
    """Series area_id -> 0 (smallest) .. 3; -1 where the inhabitants are not known."""
    found = np.searchsorted(LIMITS, populations.to_numpy(dtype=float), side="right")
    return pd.Series(np.where(populations.isna(), -1, found), index=populations.index, name="size_class")


def class_titles() -> list[str]:
    """The classes in words, smallest first."""
    between = pairwise(LIMITS)
    return [
        _("unter {high} Einwohner").format(high=count(LIMITS[0])),
        *[_("{low} bis unter {high} Einwohner").format(low=count(low), high=count(high)) for low, high in between],
        _("{low} Einwohner und mehr").format(low=count(LIMITS[-1])),
    ]


def is_mixed(populations: pd.Series, municipality: pd.Series) -> bool:
    """Whether the usual size of an area differs that much between municipalities.

    populations, municipality : by area_id. The usual size is the median.
    """
    usual = populations.dropna().groupby(municipality.reindex(populations.dropna().index)).median()
    usual = usual[usual > 0]
    return len(usual) > 1 and bool(usual.max() >= MIXED * usual.min())


def mixed_sentence(populations: pd.Series) -> str:
    """One neutral sentence on areas of different size, with the smallest and the largest."""
    return _(
        "Die Gebiete sind verschieden groß, von {low} bis {high} Einwohnerinnen und Einwohnern; in großen Gebieten "
        "gleichen sich Unterschiede eher aus, deshalb lassen sie sich auch innerhalb von Größenklassen vergleichen."
    ).format(low=count(populations.min()), high=count(populations.max()))


def index_within(
    indicator_values: pd.DataFrame, plan: Any, populations: pd.Series, editions: Iterable[str]
) -> pd.DataFrame:
    """The index of every area measured against the areas of its size class only.

    plan : a `delineation.Plan`. populations : by area_id. Classes with fewer than FEWEST areas are left out.
    Returns the columns of the index and `size_class`.
    """
    classes, wanted = size_class(populations), tuple(editions)
    found = []
    for number in sorted(set(classes) - {-1}):
        own = set(classes.index[classes == number])
        if len(own) < FEWEST:
            continue
        part = replace(plan, areas=plan.areas[plan.areas["area_id"].isin(own)].reset_index(drop=True))
        rows = indicator_values[indicator_values["unit"].isin(own)]
        found.append(index(rows, part, populations, wanted).values.assign(size_class=number))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*INDEX, "size_class"])
