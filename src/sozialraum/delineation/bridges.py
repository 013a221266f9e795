"""Join the separate pieces of a municipality (exclaves, islands) by their shortest connections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.blocks import pieces


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two blocks joined although they share no border; metres of air between them."""

    one: str
    other: str
    metres: float

    def sentence(self, name: str) -> str:
        """What a planner reads about the bridge; `name` is the municipality."""
        if self.metres < 0.5:
            text = _(
                "{name}: Die Bausteine {one} und {other} berühren sich nur in einem Punkt und gelten als verbunden."
            )
        else:
            text = _(
                "{name}: Die Bausteine {one} und {other} gelten als verbunden, obwohl {metres} m zwischen ihnen liegen."
            )
        return text.format(name=name, one=self.one, other=self.other, metres=count(self.metres))


def find_bridges(blocks: gpd.GeoDataFrame, edges: np.ndarray) -> tuple[Bridge, ...]:
    """The fewest and shortest connections that make the block graph one piece; () when it is one already.

    blocks : of one municipality; edges : row positions. The smallest piece is joined first, each time
    to the nearest block of another piece; ties go to the smaller block ids.
    """
    shapes, ids = blocks.geometry.to_numpy(), blocks["block_id"].astype(str).to_numpy()
    bridges: list[Bridge] = []
    links = [tuple(edge) for edge in np.asarray(edges).tolist()]
    piece = pieces(len(blocks), np.array(links, dtype=np.int64).reshape(-1, 2))
    while len(blocks) and piece.max() > 0:
        own = piece == int(np.argmin(np.bincount(piece)))
        inner, outer = np.flatnonzero(own), np.flatnonzero(~own)
        tree = shapely.STRtree(shapes[outer])
        (a, b), distance = tree.query_nearest(shapes[inner], return_distance=True)
        near = np.flatnonzero(distance <= distance.min() + 1e-6)
        pair = min(tuple(sorted((inner[a[n]], outer[b[n]]), key=lambda place: ids[place])) for n in near.tolist())
        one, other = (int(place) for place in pair)
        bridges.append(Bridge(ids[one], ids[other], round(float(distance.min()), 1)))
        piece[own] = piece[outer[b[near[0]]]] if other not in outer else piece[other if not own[other] else one]
        piece = np.unique(piece, return_inverse=True)[1]
    return tuple(bridges)


def bridge_edges(bridges: Sequence[Bridge], ids: Sequence[str]) -> np.ndarray:
    """The bridges whose two blocks are among `ids`, as row positions (b, 2)."""
    place = {block: position for position, block in enumerate(ids)}
    rows = [
        (place[bridge.one], place[bridge.other]) for bridge in bridges if bridge.one in place and bridge.other in place
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)
