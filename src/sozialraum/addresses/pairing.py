"""Which address of a newer register is which of the last one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

WITH_POSTCODE = ["municipality", "postcode", "key", "number", "plain_suffix"]
WITHOUT_POSTCODE = ["municipality", "key", "number", "plain_suffix"]
NO_PAIRS = np.empty((0, 2), dtype=np.int64)


def pair_same(old: pd.DataFrame, fresh: pd.DataFrame) -> np.ndarray:
    """(k, 2) pairs of index with the same municipality, street, number and suffix; first those of one postcode.

    Of several with the same address the first goes with the first.
    """
    first = _pairs(old, fresh, WITH_POSTCODE)
    rest = _pairs(old[~old.index.isin(first[:, 0])], fresh[~fresh.index.isin(first[:, 1])], WITHOUT_POSTCODE)
    return np.concatenate([first, rest])


def _pairs(old: pd.DataFrame, fresh: pd.DataFrame, by: list[str]) -> np.ndarray:
    left = old[by].assign(turn=old.groupby(by).cumcount(), old=old.index)
    right = fresh[by].assign(turn=fresh.groupby(by).cumcount(), fresh=fresh.index)
    both = left.merge(right, on=[*by, "turn"])
    return both[["old", "fresh"]].to_numpy(dtype=np.int64) if len(both) else NO_PAIRS


def pair_near(old: pd.DataFrame, fresh: pd.DataFrame, metres: float, *, same_number: bool) -> np.ndarray:
    """(k, 2) pairs of index of one municipality not further apart than `metres`, nearest first, each used once.

    same_number : number and suffix must agree; streets with one official key need not be near then.
    """
    official = _by_official_key(old, fresh) if same_number else NO_PAIRS
    old, fresh = old[~old.index.isin(official[:, 0])], fresh[~fresh.index.isin(official[:, 1])]
    if old.empty or fresh.empty:
        return official
    tree = shapely.STRtree(shapely.points(fresh[["x", "y"]].to_numpy()))
    here, there = tree.query(shapely.points(old[["x", "y"]].to_numpy()), predicate="dwithin", distance=metres)
    one, other = old.iloc[here], fresh.iloc[there]
    fits = one["municipality"].to_numpy() == other["municipality"].to_numpy()
    if same_number:
        for name in ("number", "plain_suffix"):
            fits &= one[name].to_numpy() == other[name].to_numpy()
    far = np.hypot(one["x"].to_numpy() - other["x"].to_numpy(), one["y"].to_numpy() - other["y"].to_numpy())
    candidates = sorted(
        (float(distance), int(a), int(b))
        for distance, a, b, fit in zip(far, one.index, other.index, fits, strict=True)
        if fit
    )
    return np.concatenate([official, _once(candidates)])


def _by_official_key(old: pd.DataFrame, fresh: pd.DataFrame) -> np.ndarray:
    left, right = (frame[frame["official"].astype(str) != ""] for frame in (old, fresh))
    return _pairs(left, right, ["official", "number", "plain_suffix"])


def _once(candidates: list[tuple[float, int, int]]) -> np.ndarray:
    used_old: set[int] = set()
    used_fresh: set[int] = set()
    pairs = []
    for _distance, one, other in candidates:
        if one not in used_old and other not in used_fresh:
            used_old.add(one)
            used_fresh.add(other)
            pairs.append((one, other))
    return np.array(pairs, dtype=np.int64) if pairs else NO_PAIRS
