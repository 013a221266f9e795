"""What a newer address register changes: new, gone, renamed, renumbered and moved addresses, with a proposed block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.addresses.numbers import number_text
from sozialraum.addresses.pairing import pair_near, pair_same
from sozialraum.addresses.proposing import propose_blocks
from sozialraum.addresses.spelling import street_key
from sozialraum.blocks import place_addresses

KINDS_OF_CHANGE = ("new", "gone", "renamed", "renumbered", "moved", "postcode")
COLUMNS = (
    "change_id", "group_id", "kind", "municipality", "street", "number", "suffix", "postcode",
    "old_street", "old_number", "old_suffix", "old_postcode", "old_block", "block_id", "basis", "doubt", "x", "y",
)  # fmt: skip
# Metres: the same door measured twice; and how far a door may move without being another place.
SAME_DOOR, SAME_PLACE = 3.0, 25.0
# From so many addresses of a municipality and such a share of them on, what is gone may only not have been delivered.
MANY, MANY_SHARE = 20, 0.2


@dataclass(frozen=True)
class Changes:
    """What differs between two registers, one row per address.

    rows : columns `COLUMNS`, sorted by municipality, street and number. kind : one of `KINDS_OF_CHANGE`. `old_…` is
    what the last register says ('' and 0 for a new address), the others what the new one says ('' and 0 for one that
    is gone). block_id : proposed block ('' for one that is gone or cannot be placed). basis : 'position',
    'neighbours', 'before' (the block it had) or 'none'. doubt : '' or why a planner has to look: 'no_place',
    'neighbours_differ', 'area_changes', 'rename_unsure' (a single address that only changed its street), 'many_gone'
    (so much of a municipality is gone that the new register may not be whole), and, put in by who knows the protected
    addresses, 'look_at' (it appears at the number of one).
    group_id : changes of one kind in one street, for bulk decisions.
    unchanged : number of addresses that are the same; kept : (k, 2) their positions in last and new; kept_blocks :
    (k,) their blocks.
    """

    rows: pd.DataFrame
    unchanged: int
    kept: np.ndarray
    kept_blocks: np.ndarray
    last: gpd.GeoDataFrame
    new: gpd.GeoDataFrame

    def groups(self) -> pd.DataFrame:
        """One row per group: group_id, kind, municipality, street, old_street, addresses, doubtful."""
        by = self.rows.assign(doubtful=self.rows["doubt"] != "").groupby("group_id", sort=False)
        return by.agg(
            kind=("kind", "first"), municipality=("municipality", "first"), street=("street", "first"),
            old_street=("old_street", "first"), addresses=("change_id", "size"), doubtful=("doubtful", "sum"),
        ).reset_index()  # fmt: skip

    def counts(self) -> dict[str, int]:
        """Number of addresses by kind, with 'unchanged' and 'doubtful'."""
        found = self.rows["kind"].value_counts()
        counted = {kind: int(found.get(kind, 0)) for kind in KINDS_OF_CHANGE}
        return counted | {"unchanged": self.unchanged, "doubtful": int((self.rows["doubt"] != "").sum())}

    def renamed_streets(self) -> dict[str, str]:
        """Old name -> new name of streets with renamed addresses; of several new names the usual one."""
        renamed = self.rows[self.rows["kind"] == "renamed"]
        votes = renamed.groupby(["old_street", "street"]).size().reset_index(name="votes")
        votes = votes.sort_values(["old_street", "votes", "street"], ascending=[True, False, True])
        usual = votes.drop_duplicates("old_street")
        return dict(zip(usual["old_street"], usual["street"], strict=True))


def compare_registers(
    last: gpd.GeoDataFrame, new: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, areas: Mapping[str, str] | None = None
) -> Changes:
    """Compare the last register with a newer one.

    last, new : `street, number, suffix, postcode, block_id`, point, in one coordinate system; optional `street_key`
    (key of the street in the official list: equal keys mean the same street under another name). blocks : `block_id,
    municipality`, geometry. areas : block -> area of the plan; then only what changes an area is doubtful, otherwise
    what changes a block.

    An address is the same when municipality, street (by spelling), number and suffix agree. Of the others those with
    the same number close by in another street are renamed, those at the same door renumbered.
    """
    old, fresh = _with_municipality(_plain(last, blocks), _plain(new, blocks))
    same = pair_same(old, fresh)
    old_left, fresh_left = _left(old, same[:, 0]), _left(fresh, same[:, 1])
    renamed = pair_near(old_left, fresh_left, SAME_PLACE, same_number=True)
    old_left, fresh_left = _left(old_left, renamed[:, 0]), _left(fresh_left, renamed[:, 1])
    renumbered = pair_near(old_left, fresh_left, SAME_DOOR, same_number=False)
    old_left, fresh_left = _left(old_left, renumbered[:, 0]), _left(fresh_left, renumbered[:, 1])
    moved, postcode, kept = _within_same(old, fresh, same, areas or {})
    pairs = {"renamed": renamed, "renumbered": renumbered, "moved": moved, "postcode": postcode}
    parts = [_rows(kind, old.loc[pair[:, 0]], fresh.loc[pair[:, 1]]) for kind, pair in pairs.items()]
    nothing = _nothing(fresh)
    parts.append(_rows("new", nothing.reindex(range(len(fresh_left))), fresh_left))
    parts.append(_rows("gone", old_left, nothing.reindex(range(len(old_left)))))
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    rows = _doubt_gone(_doubt_renamed(propose_blocks(rows, old, fresh, areas or {}), fresh), old)
    held = old["block"].to_numpy(dtype=object)[kept[:, 0]]
    blocks_kept = np.where(held != "", held, fresh["inside"].to_numpy(dtype=object)[kept[:, 1]])
    return Changes(_sorted(rows), len(kept), kept, blocks_kept, last, new)


def _doubt_gone(rows: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Doubt what is gone where much of a municipality is."""
    gone = rows[rows["kind"] == "gone"]["municipality"].value_counts()
    share = gone / old["municipality"].value_counts().reindex(gone.index)
    many = gone.index[(gone >= MANY) & (share > MANY_SHARE)]
    unsure = (rows["kind"] == "gone") & rows["municipality"].isin(many)
    return rows.assign(doubt=np.where(unsure, "many_gone", rows["doubt"]))


def _doubt_renamed(rows: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    """Doubt that a single address was renamed while its street goes on: it may be a gone one and a new one near by."""
    renamed = rows["kind"] == "renamed"
    alive = pd.Series(list(zip(fresh["municipality"], fresh["key"], strict=True))).unique()
    old = list(zip(rows["municipality"], rows["old_street"].map(street_key), strict=True))
    pair = rows.groupby(["kind", "municipality", "old_street", "street"])["kind"].transform("size")
    unsure = renamed & (pair == 1) & pd.Series(old, index=rows.index).isin(set(alive)) & (rows["doubt"] == "")
    return rows.assign(doubt=np.where(unsure, "rename_unsure", rows["doubt"]))


def _plain(register: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> pd.DataFrame:
    """Rows with plain keys and coordinates; index = position. place : block under the point, '' = none."""
    points = register.geometry.to_numpy()
    inside = place_addresses(register.assign(block_id=""), blocks)["block_id"].to_numpy(dtype=object)
    held = register["block_id"].to_numpy(dtype=object)
    block = np.where(register["block_id"].isin(blocks["block_id"]).to_numpy(), held, inside)
    town = dict(zip(blocks["block_id"], blocks["municipality"], strict=True))
    keys = {name: street_key(name) for name in register["street"].unique()}
    frame = pd.DataFrame(register[["street", "number", "suffix", "postcode"]]).reset_index(drop=True)
    frame["official"] = register["street_key"].to_numpy() if "street_key" in register.columns else ""
    frame["key"] = frame["street"].map(keys)
    frame["plain_suffix"] = frame["suffix"].map({one: number_text(one) for one in frame["suffix"].unique()})
    frame["block"], frame["inside"] = block, inside
    frame["municipality"] = [town.get(one, "") for one in np.where(inside != "", inside, block)]
    frame["x"], frame["y"] = shapely.get_x(points), shapely.get_y(points)
    return frame


def _with_municipality(old: pd.DataFrame, fresh: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Addresses in no block get the municipality of their street in their postcode, else of their postcode.

    Only where that is one and the same; else they keep ''.
    """
    known = pd.concat([old, fresh])[["municipality", "postcode", "key"]]
    known = known[known["municipality"] != ""]
    filled = []
    for frame in (old, fresh):
        town = frame["municipality"].to_numpy(dtype=object)
        for by in (["postcode", "key"], ["postcode"]):
            towns = known.drop_duplicates([*by, "municipality"])
            only = towns.drop_duplicates(by, keep=False)[[*by, "municipality"]]
            found = frame[by].merge(only, on=by, how="left")["municipality"].fillna("").to_numpy(dtype=object)
            town = np.where(town == "", found, town)
        filled.append(frame.assign(municipality=town))
    return filled[0], filled[1]


def _left(frame: pd.DataFrame, taken: np.ndarray) -> pd.DataFrame:
    return frame[~frame.index.isin(taken)]


def _within_same(
    old: pd.DataFrame, fresh: pd.DataFrame, same: np.ndarray, areas: Mapping[str, str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of the same addresses those that moved, those with another postcode, and the others.

    Moved: further than a door is measured twice and into another area, or further than `SAME_PLACE` into another
    block.
    """
    before, after = old.loc[same[:, 0]], fresh.loc[same[:, 1]]
    far = np.hypot(before["x"].to_numpy() - after["x"].to_numpy(), before["y"].to_numpy() - after["y"].to_numpy())
    here, there = before["block"].to_numpy(dtype=object), after["inside"].to_numpy(dtype=object)
    other_area = np.array([areas.get(one, one) != areas.get(two, two) for one, two in zip(here, there, strict=True)],
                          dtype=bool)  # fmt: skip
    moved = ((far > SAME_PLACE) & (here != there)) | ((far > SAME_DOOR) & other_area)
    other_code = ~moved & (before["postcode"].to_numpy() != after["postcode"].to_numpy())
    return same[moved], same[other_code], same[~moved & ~other_code]


def _nothing(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[:0]


def _rows(kind: str, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Rows of one kind; `before` or `after` may be rows of nothing."""
    rows = pd.DataFrame(index=range(len(after)))
    rows["kind"] = kind
    rows["municipality"] = _first(_text(after, "municipality"), _text(before, "municipality"))
    for name in ("street", "suffix", "postcode"):
        rows[name], rows[f"old_{name}"] = _text(after, name), _text(before, name)
    rows["number"], rows["old_number"] = _whole(after), _whole(before)
    rows["old_block"], rows["inside"] = _text(before, "block"), _text(after, "inside")
    for name in ("x", "y"):
        own, other = after[name].to_numpy(dtype=float), before[name].to_numpy(dtype=float)
        rows[name] = np.where(np.isnan(own), other, own)
    rows["old_position"] = before.index if kind != "new" else -1
    rows["new_position"] = after.index if kind != "gone" else -1
    return rows


def _text(frame: pd.DataFrame, name: str) -> np.ndarray:
    return frame[name].astype(object).where(frame[name].notna(), "").to_numpy(dtype=object)


def _first(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.where(one != "", one, other)


def _whole(frame: pd.DataFrame) -> np.ndarray:
    return pd.to_numeric(frame["number"]).fillna(0).astype(np.int64).to_numpy()


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    """With keys that stay the same when the comparison is made again."""
    street, number = _first(rows["street"].to_numpy(), rows["old_street"].to_numpy()), rows["number"].to_numpy()
    shown = np.where(number > 0, number, rows["old_number"].to_numpy())
    suffix = np.where(number > 0, rows["suffix"].to_numpy(), rows["old_suffix"].to_numpy())
    postcode = _first(rows["postcode"].to_numpy(), rows["old_postcode"].to_numpy())
    rows = rows.assign(_street=street, _number=shown, _suffix=suffix)
    rows["group_id"] = [
        "|".join(part)
        for part in zip(rows["kind"], rows["municipality"], rows["old_street"], rows["street"], strict=True)
    ]
    rows["change_id"] = [
        f"{kind}|{town}|{code}|{name} {one}{more}"
        for kind, town, code, name, one, more in zip(
            rows["kind"], rows["municipality"], postcode, street, shown, suffix, strict=True
        )
    ]
    again = rows.groupby("change_id").cumcount()
    rows["change_id"] = [
        f"{one}#{turn + 1}" if turn else one for one, turn in zip(rows["change_id"], again, strict=True)
    ]
    rows = rows.sort_values(["municipality", "_street", "_number", "_suffix", "kind"], kind="stable", ignore_index=True)
    return rows[[*COLUMNS, "old_position", "new_position"]]
