"""The blocks of a municipality as bytes for the editor: docs/decisions/editor-geometry.md says how they are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from sozialraum.web.editor_topology import Topology, make_topology

MAGIC = b"SRG1"
CRS = "EPSG:3857"
SCALE = 0.25  # metres of the map; about 0.16 m on the ground in Germany
LONGEST = 32_767  # units of a step in 16 bits
OPEN_LAND, TOO_FEW = 1, 2
KINDS = ("", "river", "railway", "motorway")
KIND, CROSSING, CONNECTION = 7, 8, 16


@dataclass(frozen=True)
class Grid:
    """Local units of the map: steps of SCALE in EPSG:3857 from an origin, y to the north.

    x, y : the origin. crs : of the project, in metres.
    """

    x: float
    y: float
    crs: object

    def units(self, frame: gpd.GeoSeries) -> np.ndarray:
        """Shapes of the project in local units, not yet rounded."""
        return shapely.transform(frame.to_crs(CRS).to_numpy(), lambda points: (points - (self.x, self.y)) / SCALE)

    def project(self, x: float, y: float) -> tuple[float, float]:
        """A point in units as coordinates of the project."""
        point = gpd.GeoSeries([shapely.Point(self.x + SCALE * x, self.y + SCALE * y)], crs=CRS).to_crs(self.crs)
        return round(float(point.x.iloc[0]), 2), round(float(point.y.iloc[0]), 2)

    def local(self, x: float, y: float) -> tuple[int, int]:
        """Coordinates of the project as whole units."""
        point = self.units(gpd.GeoSeries([shapely.Point(x, y)], crs=self.crs))[0]
        return round(point.x), round(point.y)


def grid_of(blocks: gpd.GeoDataFrame) -> Grid:
    """The grid of a municipality: its origin is the south-west corner of its blocks, to whole metres of the map."""
    west, south, _east, _north = blocks.geometry.to_crs(CRS).total_bounds
    return Grid(float(np.floor(west)), float(np.floor(south)), blocks.crs)


def encode(
    blocks: gpd.GeoDataFrame,
    grid: Grid,
    *,
    flags: np.ndarray,
    edges: np.ndarray,
    lengths: np.ndarray,
    kinds: np.ndarray,
) -> bytes:
    """The bytes of n blocks with m pairs of neighbours.

    flags : uint8 (n,), OPEN_LAND, TOO_FEW. edges : (m, 2), i < j, bridges included. lengths : (m,) metres.
    kinds : uint8 (m,), place in KINDS of the barrier along the border, plus CROSSING, plus CONNECTION where two
    blocks are neighbours without a common border.
    """
    shapes = grid.units(blocks.geometry)
    found = make_topology(shapes)
    points, starts = _short_steps(found)
    first = np.concatenate([[0], np.cumsum(found.ring_refs)])
    inside = np.round(shapely.get_coordinates(shapely.point_on_surface(shapes)))
    step = np.diff(points, axis=0, prepend=points[:1])
    step[starts[:-1]] = 0
    sections = {
        "arc_start": (starts, "d", 1),
        "arc_first": (points[starts[:-1]], "d", 2),
        "steps": (step, "z", 1),
        "arc_left": (found.left, "d", 1),
        "arc_right": (found.right, "d", 1),
        "arc_kind": (_of_arcs(found, edges, kinds), "v", 1),
        "ring_start": (first, "d", 1),
        "ring_arcs": (found.refs, "d", 1),
        "ring_block": (found.ring_block, "d", 1),
        "ring_outer": (found.ring_outer, "v", 1),
        "population": (blocks["population"].to_numpy(), "v", 1),
        "flags": (flags, "v", 1),
        "inside": (inside, "d", 2),
        "pair_a": (edges[:, 0], "d", 1),
        "pair_b": (edges[:, 1], "d", 1),
        "pair_metres": (np.ceil(lengths), "v", 1),
        "pair_kind": (kinds, "v", 1),
    }
    prefix, ids = _shortened(blocks["block_id"].astype(str).tolist())
    head = {"crs": CRS, "origin": [grid.x, grid.y], "scale": SCALE, "id_prefix": prefix, "ids": ids}
    return _packed(head, sections)


def _short_steps(found: Topology) -> tuple[np.ndarray, np.ndarray]:
    """Corners with steps that fit into 16 bits, and where each arc starts (a + 1,)."""
    points = found.points
    arc = np.repeat(np.arange(len(found.sizes)), found.sizes)
    while len(points) > 1:
        inner = arc[1:] == arc[:-1]
        long = np.flatnonzero(inner & (np.abs(np.diff(points, axis=0)).max(axis=1) > LONGEST))
        if not len(long):
            break
        points = np.insert(points, long + 1, (points[long] + points[long + 1]) // 2, axis=0)
        arc = np.insert(arc, long + 1, arc[long])
    return points, np.searchsorted(arc, np.arange(len(found.sizes) + 1))


def _of_arcs(found: Topology, edges: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """The barrier along each arc, from the pair of blocks beside it; 0 at the border of the municipality."""
    number = int(max(found.left.max(initial=0), found.right.max(initial=0))) + 1
    name = np.sort(np.column_stack([found.left, found.right]), axis=1)
    arc = name[:, 0] * number + name[:, 1]
    pair = edges[:, 0] * number + edges[:, 1]
    order = np.argsort(pair)
    place = np.searchsorted(pair[order], arc)
    known = (place < len(pair)) & (name[:, 0] >= 0)
    known[known] = pair[order][place[known]] == arc[known]
    result = np.zeros(len(arc), dtype=np.uint8)
    result[known] = kinds[order][place[known]] & KIND
    return result


def _shortened(ids: Sequence[str]) -> tuple[str, list[str]]:
    """What all keys begin with, and the rest of each."""
    first, last = min(ids, default=""), max(ids, default="")
    same = [one == other for one, other in zip(first, last, strict=False)]
    prefix = first[: same.index(False) if False in same else len(same)]
    return prefix, [key[len(prefix) :] for key in ids]


def _packed(head: dict[str, object], sections: dict[str, tuple[np.ndarray, str, int]]) -> bytes:
    """Magic, length of the head, head (JSON), sections one after the other."""
    table, parts, place = [], [], 0
    for name, (numbers, kind, stride) in sections.items():
        whole = np.asarray(numbers).astype(np.int64).ravel()
        content = numbers_as_bytes(whole, kind, stride)
        table.append(
            {"name": name, "type": kind, "stride": stride, "offset": place, "bytes": len(content), "count": len(whole)}
        )
        parts.append(content)
        place += len(content)
    text = json.dumps(head | {"sections": table}, ensure_ascii=False, separators=(",", ":")).encode()
    return MAGIC + len(text).to_bytes(4, "little") + text + b"".join(parts)


def numbers_as_bytes(numbers: np.ndarray, kind: str, stride: int = 1) -> bytes:
    """Whole numbers as bytes.

    kind : 'v' numbers from 0; 'z' any numbers; 'd' any, of each its difference to the one `stride` places before.
    """
    if kind == "d":
        before = np.concatenate([np.zeros(stride, dtype=np.int64), numbers])[: len(numbers)]
        numbers = numbers - before
    return varints(numbers if kind == "v" else (numbers << 1) ^ (numbers >> 63))


def varints(numbers: np.ndarray) -> bytes:
    """Numbers from 0, seven bits a byte, the lowest first; the top bit says that another byte follows."""
    left = np.asarray(numbers, dtype=np.uint64)
    width, rest = np.ones(len(left), dtype=np.int64), left >> np.uint64(7)
    while rest.any():
        width += rest > 0
        rest >>= np.uint64(7)
    ends = np.cumsum(width)
    found = np.zeros(int(width.sum()), dtype=np.uint8)
    for byte in range(int(width.max(initial=0))):
        has = width > byte
        more = (width[has] > byte + 1).astype(np.uint8) << 7
        found[ends[has] - width[has] + byte] = ((left[has] >> np.uint64(7 * byte)) & np.uint64(127)).astype(
            np.uint8
        ) | more
    return found.tobytes()
