"""What a workshop may see: classes of blocks, and figures of areas that tell no more of a block than its class.

Figures of areas can be subtracted from each other, and in a revision anybody may choose the areas. So the figures of
the workshop are not made from the values of blocks but from a stand-in for each: the middle of its class, moved by the
same amount for all blocks of an area of the base plan so that these areas have their true averages. Whatever is added
and subtracted then gives stand-ins again. See docs/decisions/editor.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sozialraum.delineation import Plan
from sozialraum.plans.ground import Ground

TOO_FEW, NOT_DELIVERED = 255, 254
SHARES = (0.2, 0.4, 0.6, 0.8)
LEAST_BLOCKS = 3  # inhabited blocks an average stands for
SPREAD_FROM = 10  # inhabited blocks from which on an area of the base plan tells how mixed it is inside


@dataclass(frozen=True, eq=False)
class BlockClasses:
    """Classes of an attribute. limits : between them, rising, rounded to `places`.

    rank : uint8 (n,), place of the class of each block, or TOO_FEW inhabitants, or NOT_DELIVERED (or uninhabited).
    """

    limits: np.ndarray
    places: int
    rank: np.ndarray


@dataclass(frozen=True, eq=False)
class Workshop:
    """The ground as a workshop may see it. base : (c,) inhabitants an average of each attribute stands for at least."""

    ground: Ground
    base: np.ndarray


def fifths(values: np.ndarray) -> tuple[np.ndarray, int]:
    """Limits between five classes of about equally many blocks, rounded for reading, and their decimal places."""
    if not len(values):
        return np.zeros(0), 0
    span = float(values.max() - values.min())
    places = 0 if span >= 20 else 1 if span >= 2 else 2
    return np.unique(np.quantile(values, SHARES).round(places)), places


def block_classes(
    values: np.ndarray, people: np.ndarray, base: int, limits: tuple[float, ...] | None = None
) -> BlockClasses:
    """Classes of a number per block. base : blocks with fewer inhabitants are TOO_FEW. limits : by default fifths."""
    few = (people > 0) & (people < base)
    known = np.isfinite(values) & (people > 0)
    found, places = (np.array(limits), 0) if limits else fifths(values[known & ~few])
    rank = np.searchsorted(found, np.where(known, values, 0.0), side="right")
    rank = np.where(few, TOO_FEW, np.where(known, rank, NOT_DELIVERED))
    return BlockClasses(found, places, rank.astype(np.uint8))


def make_workshop(ground: Ground, plan: Plan, bases: Mapping[str, int]) -> Workshop:
    """The ground with stand-ins instead of the values of blocks.

    plan : the base plan of a draft; its areas keep their averages where these narrow no block's class.
    bases : attribute -> fewest inhabitants of a block whose class is shown. Blocks with fewer enter no figure.
    """
    areas, _names = pd.factorize(ground.areas_of(plan))
    raw = np.full_like(ground.raw, np.nan)
    mended, standing = ground.values.copy(), ground.values.copy()
    true = np.ones(int(areas.max(initial=-1)) + 1, dtype=bool)
    least = np.array([bases[key] for key in ground.attributes], dtype=float)
    for column, key in enumerate(ground.attributes):
        found = block_classes(ground.raw[:, column], ground.people, bases[key])
        shown = found.rank < NOT_DELIVERED
        raw[:, column], exact = _stand_ins(ground, column, found, areas, least[column])
        for place in [place for place, named in enumerate(ground.used) if named == key]:
            few = found.rank == TOO_FEW
            scale = _standardising(ground.raw[:, column], ground.values[:, place])
            true &= exact
            # too few inhabitants: as the average of the area, so that the block adds nothing to what is told
            for table, own in ((mended, ground.raw[:, column]), (standing, raw[:, column])):
                means = _means(own, ground.people, areas, shown)[areas]
                table[few, place] = np.where(np.isfinite(means), scale[0] + scale[1] * means, 0.0)[few]
            standing[shown, place] = scale[0] + scale[1] * raw[shown, column]
    inner = _inside(ground.people, mended, areas, standing, true)
    return Workshop(replace(ground, raw=raw, values=standing, inner=inner), least)


def _stand_ins(
    ground: Ground, column: int, found: BlockClasses, areas: np.ndarray, base: float
) -> tuple[np.ndarray, np.ndarray]:
    """(n,) stand-ins of an attribute, NaN where no class is shown; and the areas that have their true average."""
    shown = found.rank < NOT_DELIVERED
    low, high = class_ends(found.limits, float(ground.scale[column]))
    rank = np.where(shown, found.rank, 0)
    middle = np.where(shown, (low[rank] + high[rank]) / 2, np.nan)
    own = ground.raw[:, column]
    true = _keeps_classes(own, ground.people, areas, shown, rank, found.limits, (low, high))
    weight = np.where(shown, ground.people, 0.0)
    true &= np.bincount(areas, shown, len(true)) >= LEAST_BLOCKS
    true &= np.bincount(areas, weight, len(true)) >= base
    shift = _means(own, ground.people, areas, shown) - _means(middle, ground.people, areas, shown)
    return middle + np.where(true, shift, 0.0)[areas], true


def class_ends(limits: np.ndarray, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper ends of the classes; an open one is taken to be as wide as the others are on average.

    scale : the width where there is no other class. The lowest class does not go below 0 unless its limit does.
    """
    if not len(limits):
        return np.array([-scale]), np.array([scale])
    width = float(np.diff(limits).mean()) if len(limits) > 1 else scale
    bottom = limits[0] - width
    low = np.append(max(bottom, 0.0) if limits[0] > 0 else bottom, limits)
    return low, np.append(limits, limits[-1] + width)


def _keeps_classes(
    values: np.ndarray,
    people: np.ndarray,
    areas: np.ndarray,
    shown: np.ndarray,
    rank: np.ndarray,
    limits: np.ndarray,
    ends: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """Whether, with the average of the area told, each of its blocks could still lie anywhere in its class.

    A block at one end of its class must leave a sum that the other blocks can make up within their classes. Open
    classes reach from 0 (without end below, where values go below 0) and without end above.
    """
    number = int(areas.max(initial=-1)) + 1
    low, high = ends
    floor = np.append(0.0 if len(limits) and limits[0] > 0 else -np.inf, limits)
    ceiling = np.append(limits, np.inf)
    weight = np.where(shown, people, 0.0)
    total = np.bincount(areas, weight * np.where(shown, values, 0.0), number)[areas]
    most = _of_others(np.where(shown, ceiling[rank], 0.0), weight, areas, number)
    least = _of_others(np.where(shown, floor[rank], 0.0), weight, areas, number)
    narrowed = shown & ((total - weight * low[rank] > most) | (total - weight * high[rank] < least))
    return np.bincount(areas, narrowed, number) == 0


def _of_others(ends: np.ndarray, weight: np.ndarray, areas: np.ndarray, number: int) -> np.ndarray:
    """(n,) sum of the ends, by weight, of the other blocks of each block's area; infinite where one of theirs is."""
    endless = ~np.isfinite(ends)
    finite = weight * np.where(endless, 0.0, ends)
    sums = np.bincount(areas, finite, number)[areas] - finite
    open_ones = np.bincount(areas, endless, number)[areas] - endless
    without = np.inf if (ends == np.inf).any() else -np.inf
    return np.where(open_ones > 0, without, sums)


def _means(values: np.ndarray, people: np.ndarray, areas: np.ndarray, shown: np.ndarray) -> np.ndarray:
    """Average per area by inhabitants over what is shown, NaN without any."""
    number = int(areas.max(initial=-1)) + 1
    weight = np.where(shown, people, 0.0)
    total = np.bincount(areas, weight, number)
    sums = np.bincount(areas, weight * np.where(shown, values, 0.0), number)
    return np.divide(sums, total, out=np.full(number, np.nan), where=total > 0)


def _standardising(raw: np.ndarray, standard: np.ndarray) -> tuple[float, float]:
    """a and b of the standardised values a + b * raw."""
    known = np.flatnonzero(np.isfinite(raw))
    least, most = known[raw[known].argmin()], known[raw[known].argmax()]
    slope = float((standard[most] - standard[least]) / (raw[most] - raw[least]))
    return float(standard[least] - slope * raw[least]), slope


def _inside(
    people: np.ndarray, exact: np.ndarray, areas: np.ndarray, standing: np.ndarray, true: np.ndarray
) -> np.ndarray:
    """(n,) squared distance inside the areas that the stand-ins lack: that of the area, or of all together."""
    number = len(true)
    inhabitants = np.bincount(areas, people, number)
    missing = _distance(people, exact, areas, number) - _distance(people, standing, areas, number)
    everywhere = max(0.0, float((inhabitants * missing).sum() / max(inhabitants.sum(), 1.0)))
    own = true & (np.bincount(areas, people > 0, number) >= SPREAD_FROM)
    return np.where(own, missing, everywhere)[areas]


def _distance(people: np.ndarray, values: np.ndarray, areas: np.ndarray, number: int) -> np.ndarray:
    """(number,) mean squared distance of the inhabitants of each area from its average."""
    mass = np.maximum(np.bincount(areas, people, number), 1e-9)
    found = np.zeros(number)
    for column in range(values.shape[1]):
        middle = np.bincount(areas, people * values[:, column], number) / mass
        found += np.bincount(areas, people * (values[:, column] - middle[areas]) ** 2, number) / mass
    return found
