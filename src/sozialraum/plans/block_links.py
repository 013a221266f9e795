"""Which new block stands for which old one, when a whole set of blocks takes the place of another.

Weights follow where people live: the addresses of an old block by the new block they lie in, else the ground the two
have in common. They serve both ways: how a count of an old block is shared out, and where the people of a new block
were before.
"""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

SAME = 0.99  # common ground by all ground of two blocks, from which the new one is the old one
NOISE = 0.01  # share of both blocks below which common ground comes from borders drawn anew
CRUMB = 1.0  # square metres
LINK_COLUMNS = ("old", "new", "weight", "back", "basis")


def with_lasting_keys(
    old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, used: Collection[str], version: int
) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """New blocks with keys that never get a second meaning; also key as built -> key given, where they differ.

    A block with the ground of an old one (99 %) keeps that one's key. Any other key that was used before, in `used`
    or in `old`, gets '-S<version>' appended, with a running number where that was used as well.
    """
    same = _same_ground(old, new)
    taken = {*map(str, used), *old["block_id"].astype(str)}
    built = new["block_id"].astype(str).tolist()
    free = {key for position, key in enumerate(built) if position not in same and key not in taken}
    keys = list[str]()
    for position, key in enumerate(built):
        if position in same:
            key = same[position]
        elif key in taken:
            key = _free_key(f"{key}-S{version}", taken | free)
            free.add(key)
        keys.append(key)
    given = {before: after for before, after in zip(built, keys, strict=True) if before != after}
    frame = new.assign(block_id=np.array(keys, dtype=object))
    return frame.sort_values("block_id", ignore_index=True), given


def _free_key(wanted: str, taken: Collection[str]) -> str:
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def _same_ground(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> dict[int, str]:
    """Position of a new block -> key of the old block it is."""
    pairs, common = _common_ground(old.geometry.to_numpy(), new.geometry.to_numpy())
    sizes_old, sizes_new = shapely.area(old.geometry.to_numpy()), shapely.area(new.geometry.to_numpy())
    whole = sizes_old[pairs[:, 0]] + sizes_new[pairs[:, 1]] - common
    same = common >= SAME * whole
    keys = old["block_id"].astype(str).to_numpy()
    return {int(after): str(keys[before]) for before, after in pairs[same].tolist()}


def _common_ground(old: np.ndarray, new: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (m, 2) of positions with more than a crumb in common, and the square metres."""
    pairs = shapely.STRtree(new).query(old, predicate="intersects").T
    area = shapely.area(shapely.intersection(old[pairs[:, 0]], new[pairs[:, 1]]))
    return pairs[area > CRUMB], area[area > CRUMB]


def block_links(
    old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame | None = None
) -> pd.DataFrame:
    """Links between the blocks that end and those that begin or go on, sorted by old and new.

    old, new : blocks with lasting keys, in one metric system; a key in both is the same block. addresses : points with
    the `block_id` of the old blocks, and `population` where it is known.
    Columns: old (a block that ends), new, weight (share of the old block, sum 1 for each old), back (share of the new
    block's people that lived in this old block, sum 1 for each new block that begins, else 0), basis ('addresses',
    'ground', 'nearest' = nothing in common, the nearest of the municipality, else of all).
    """
    ends = ~old["block_id"].isin(new["block_id"]).to_numpy()
    begins = ~new["block_id"].isin(old["block_id"]).to_numpy()
    pairs, ground = _common_ground(old.geometry.to_numpy()[ends], new.geometry.to_numpy())
    left, right = old[ends].reset_index(drop=True), new.reset_index(drop=True)
    sizes_old, sizes_new = shapely.area(left.geometry.to_numpy()), shapely.area(right.geometry.to_numpy())
    ground = _without_noise(pairs, ground, sizes_old, sizes_new, begins)
    frame = pd.DataFrame({"o": pairs[:, 0], "n": pairs[:, 1], "ground": ground})
    frame = frame[frame["ground"] > 0]
    frame = _with_nearest(frame, left, right, begins)
    frame = frame.merge(_counted(left, right, addresses), on=["o", "n"], how="outer")
    frame[["ground", "people"]] = frame[["ground", "people"]].fillna(0.0)
    return _as_links(frame, left, right, begins)


def _without_noise(
    pairs: np.ndarray, ground: np.ndarray, old: np.ndarray, new: np.ndarray, begins: np.ndarray
) -> np.ndarray:
    """Common ground with slivers of redrawn borders set to 0, except where a block that needs a partner has no other.

    old, new : square metres of the blocks; every old one and those new ones that begin need a partner.
    """
    thin = (ground < NOISE * old[pairs[:, 0]]) & (ground < NOISE * new[pairs[:, 1]])
    needed = np.zeros(len(pairs), dtype=bool)
    for side, needs in ((0, np.ones(len(old), dtype=bool)), (1, begins)):
        others = np.bincount(pairs[:, side], ~thin, len(needs)) > 0
        needed |= needs[pairs[:, side]] & ~others[pairs[:, side]]
    return np.where(thin & ~needed, 0.0, ground)


def _with_nearest(
    frame: pd.DataFrame, left: gpd.GeoDataFrame, right: gpd.GeoDataFrame, begins: np.ndarray
) -> pd.DataFrame:
    """Links of no ground for blocks that have nothing in common with any, so that none is without a partner."""
    lone_old = np.setdiff1d(np.arange(len(left)), frame["o"])
    lone_new = np.setdiff1d(np.flatnonzero(begins), frame["n"])
    more = [(row, _nearest(left, row, right)) for row in lone_old.tolist() if len(right)]
    more += [(_nearest(right, row, left), row) for row in lone_new.tolist() if len(left)]
    added = pd.DataFrame(sorted(set(more)), columns=["o", "n"], dtype="int64").assign(ground=0.0)
    return pd.concat([frame, added], ignore_index=True) if len(added) else frame


def _nearest(one: gpd.GeoDataFrame, row: int, others: gpd.GeoDataFrame) -> int:
    own = np.flatnonzero((others["municipality"] == one["municipality"].iloc[row]).to_numpy())
    among = own if len(own) else np.arange(len(others))
    away = shapely.distance(others.geometry.to_numpy()[among], one.geometry.iloc[row])
    return int(among[int(np.argmin(away))])


def _counted(left: gpd.GeoDataFrame, right: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame | None) -> pd.DataFrame:
    """People at the addresses of each old block by the new block they lie in; without numbers each address is one."""
    nothing = pd.DataFrame({"o": np.empty(0, "int64"), "n": np.empty(0, "int64"), "people": np.empty(0)})
    if addresses is None or addresses.empty or left.empty:
        return nothing
    position = pd.Series(np.arange(len(left)), index=left["block_id"].astype(str))
    own = addresses[addresses["block_id"].astype(str).isin(position.index)]
    points = own.geometry.to_numpy()
    inside, block = shapely.STRtree(right.geometry.to_numpy()).query(points, predicate="intersects")
    first = pd.DataFrame({"point": inside, "n": block}).groupby("point", sort=True)["n"].min()
    if first.empty:
        return nothing
    there = own.iloc[first.index.to_numpy()]
    people = there["population"].to_numpy(dtype=float) if "population" in there.columns else np.ones(len(there))
    table = pd.DataFrame({"o": position[there["block_id"].astype(str)].to_numpy(), "n": first.to_numpy(),
                          "people": np.nan_to_num(people)})  # fmt: skip
    return table.groupby(["o", "n"])["people"].sum().reset_index()


def _as_links(frame: pd.DataFrame, left: gpd.GeoDataFrame, right: gpd.GeoDataFrame, begins: np.ndarray) -> pd.DataFrame:
    old, new = frame["o"].to_numpy(dtype="int64"), frame["n"].to_numpy(dtype="int64")
    people, ground = frame["people"].to_numpy(), frame["ground"].to_numpy()
    by_people = np.bincount(old, people, len(left))[old] > 0
    by_ground = np.bincount(old, ground, len(left))[old] > 0
    amount = np.where(by_people, people, np.where(by_ground, ground, 1.0))
    weight = amount / np.bincount(old, amount, len(left))[old]
    lived = weight * left["population"].to_numpy(dtype=float)[old]
    here = np.bincount(new, lived, len(right))[new] > 0
    some_ground = np.bincount(new, ground, len(right))[new] > 0
    back = np.where(here, lived, np.where(some_ground, ground, 1.0))
    back = back / np.bincount(new, back, len(right))[new]
    links = pd.DataFrame(
        {
            "old": left["block_id"].astype(str).to_numpy(dtype=object)[old],
            "new": right["block_id"].astype(str).to_numpy(dtype=object)[new],
            "weight": weight,
            "back": np.where(begins[new], back, 0.0),
            "basis": np.where(by_people, "addresses", np.where(by_ground, "ground", "nearest")).astype(object),
        }
    )
    links = links[(links["weight"] > 0) | (links["back"] > 0)]
    return links.sort_values(["old", "new"], ignore_index=True)[list(LINK_COLUMNS)]
