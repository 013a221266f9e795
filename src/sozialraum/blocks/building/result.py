"""What comes out of the building of blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import geopandas as gpd
import pandas as pd
import shapely

from sozialraum.base import Finding

MERGED_COLUMNS = ("what", "into", "why", "x", "y")
DoubtfulKind = Literal[
    "closed",
    "open_end",
    "barrier_ends",
    "on_line",
    "outside",
    "uncounted",
    "enclosed",
    "crowded",
    "overlap",
    "uncovered",
    "crossing",
]


@dataclass(frozen=True)
class Doubtful:
    """One place on the map where a person should look.

    kind : 'closed' (a line end was joined), 'open_end' (a line ends near another one), 'barrier_ends' (a river, railway
    or motorway ends inside a block), 'on_line' (an address on a border), 'outside' (an address in no municipality),
    'uncounted' (an address without a usable number of inhabitants), 'enclosed' (a small face nothing could be merged
    with), 'crowded' (very many inhabitants), 'overlap', 'uncovered',
    'crossing' (given units). sentence, todo : in the current language. point : where. block_id : '' = in no block.
    """

    kind: DoubtfulKind
    sentence: str
    todo: str
    point: shapely.Point
    block_id: str = ""


@dataclass(frozen=True)
class Built:
    """Blocks in contract columns that tile the municipalities, and what there is to say about them.

    blocks : sorted by block_id; `population` is missing (NA) everywhere when `people` is 'missing', and in
    blocks with an address of unknown number when they are 'counted'; `unit` (key of the given unit, '' = none) only
    with nesting or units. doubtful : sorted from north-west. merged : protocol of merged
    remainders, columns `what, into` (block_id)`, why, x, y`. notes : findings of severity 'note' or 'warning'.
    people : 'counted' at addresses, 'shared' (a known total shared out, an estimate), 'given' with units, 'missing'.
    rule : the rule in one sentence.
    """

    blocks: gpd.GeoDataFrame = field(repr=False)
    doubtful: tuple[Doubtful, ...] = field(repr=False)
    merged: pd.DataFrame = field(repr=False)
    notes: tuple[Finding, ...]
    people: Literal["counted", "shared", "given", "missing"]
    rule: str
