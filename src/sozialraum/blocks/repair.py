"""Mend chosen faults of the blocks, with a protocol; inhabitants are never lost.

Only what is asked for is touched, in a fixed order: coordinates, borders, keys and shapes that come twice, what
reaches beyond a border, overlaps, gaps. Each place is looked at anew when its turn comes, because an earlier step may
have mended it already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd
import shapely

from sozialraum.base import Finding, InputRefused, _
from sozialraum.blocks.checks_faults import Fault
from sozialraum.blocks.coordinates import Reading, read_as
from sozialraum.blocks.repair_bench import Bench, Impossible
from sozialraum.blocks.repair_steps import mend
from sozialraum.blocks.repair_ways import Wish, is_overlap, wanted

PROTOCOL_COLUMNS = (
    "fault", "what_was_done", "block_ids", "area_before", "area_after", "people_before", "people_after", "fault_id",
)  # fmt: skip
_ORDER = ("coordinates", "reread", "invalid", "twice", "outside", "overlap", "gap")


@dataclass(frozen=True)
class Repaired:
    """The blocks after the repair, sorted by key, and what was done.

    protocol : one row per fault: fault (its sentence), what_was_done, block_ids (comma separated), area_before,
    area_after (square metres of these blocks), people_before, people_after, fault_id.
    """

    blocks: gpd.GeoDataFrame
    protocol: pd.DataFrame


def repair(
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    faults: Sequence[Fault],
    wishes: Mapping[str, str],
) -> Repaired:
    """Mend the faults that are named in `wishes`, and no other.

    blocks, municipalities : as `check_ground` saw them. faults : what it found.
    wishes : fault_id -> code of a way (see `ways`), '' = the proposed one.
    The number of inhabitants stays as it was over all blocks, except where a row delivered twice counts once, which
    only a wish 'once' does. Raises UsageError for an unknown fault or way, InputRefused with all that cannot be done.
    """
    chosen = wanted(faults, wishes, blocks)
    for wish in chosen:
        if wish.fault.kind == "coordinates" and wish.fault.layer == "blocks":
            read = read_as(blocks, Reading.of(wish.way))
            done = _("Gelesen als {system}.").format(system=Reading.of(wish.way).title)
            return Repaired(read, _protocol([_whole(wish, blocks, read, done)]))
    bench = Bench(blocks, municipalities)
    rows, impossible = [], list[Finding]()
    for wish in sorted(chosen, key=lambda one: (_ORDER.index(_step(one, blocks)), _north_west(one))):
        try:
            rows.append(mend(bench, wish, _step(wish, blocks)))
        except Impossible as reason:
            impossible.append(replace(wish.fault.finding, todo=str(reason)))
    if impossible:
        raise InputRefused(_("Das lässt sich so nicht beheben; es wurde nichts geändert."), impossible)
    return Repaired(bench.blocks(), _protocol(rows))


def _step(wish: Wish, blocks: gpd.GeoDataFrame) -> str:
    if wish.way == "reread":
        return wish.way
    if wish.fault.kind != "sliver":
        return wish.fault.kind
    own = blocks[blocks["block_id"].astype(str).isin(wish.fault.blocks)]
    return "overlap" if is_overlap(wish.fault, own) else "gap"


def _north_west(wish: Wish) -> tuple[float, float, str]:
    if wish.fault.geometry is None or shapely.is_empty(wish.fault.geometry):
        return 0.0, 0.0, wish.fault.fault_id
    west, _south, _east, north = wish.fault.geometry.bounds
    return -north, west, wish.fault.fault_id


def _whole(wish: Wish, before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, done: str) -> dict[str, object]:
    people = int(before["population"].sum())
    area = float(shapely.area(after.geometry.to_numpy()).sum())
    return {
        "fault": wish.fault.finding.what, "what_was_done": done, "block_ids": "", "area_before": area,
        "area_after": area, "people_before": people, "people_after": people, "fault_id": wish.fault.fault_id,
    }  # fmt: skip


def _protocol(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(PROTOCOL_COLUMNS))
    frame[["area_before", "area_after"]] = frame[["area_before", "area_after"]].astype(float)
    frame[["people_before", "people_after"]] = frame[["people_before", "people_after"]].astype("int64")
    return frame
