"""A fault of the ground: what is wrong, where on the map, and a key by which it can be chosen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import shapely

from sozialraum.base import Finding

Kind = Literal["gap", "overlap", "sliver", "invalid", "outside", "twice", "coordinates"]
NEGLIGIBLE = 1.0  # square metres: smaller faults come from rounding coordinates
SLIVER = 1.0  # metres: a fault narrower than this is a warning, a wider one an error


@dataclass(frozen=True, eq=False)
class Fault:
    """One fault of the blocks, with its place.

    kind : 'gap', 'overlap', 'sliver' (a gap or an overlap narrower than 1 m), 'invalid' (border crosses itself),
    'outside' (beyond its municipality), 'twice' (a key or a shape comes twice), 'coordinates' (of a whole layer).
    finding : the sentence, severity 'error' or 'warning'. geometry : where it is, in the coordinates of the blocks;
    None where no place can be shown. blocks : keys of the blocks concerned. layer : 'blocks', 'lines' ...
    """

    kind: Kind
    finding: Finding
    geometry: shapely.Geometry | None = None
    blocks: tuple[str, ...] = ()
    layer: str = "blocks"

    @property
    def fault_id(self) -> str:
        """Stable key: kind and ten signs of a check sum over layer, blocks and place (to a millimetre)."""
        place = "" if self.geometry is None else shapely.to_wkt(shapely.normalize(self.geometry), rounding_precision=3)
        told = "\n".join([self.kind, self.layer, *self.blocks, place, self.finding.what if not place else ""])
        return f"{self.kind}-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def width(shape: shapely.Geometry) -> float:
    """Mean width of a thin shape in metres: twice its area by its border."""
    border = float(shapely.length(shape))
    return 2 * float(shapely.area(shape)) / border if border else 0.0


def large_parts(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The polygons of a shape above the negligible size, north-west ones first."""
    polygons = [part for part in shapely.get_parts(shape) if part.area > NEGLIGIBLE]
    return sorted(polygons, key=lambda part: (-part.bounds[3], part.bounds[0]))
