"""Files of layers read to be checked and mended: faults of the ground do not stop the reading, they get their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd

from sozialraum.base import InputRefused, _
from sozialraum.blocks.checks import check_ground
from sozialraum.blocks.checks_faults import Fault
from sozialraum.blocks.checks_misread import misread_blocks
from sozialraum.blocks.coordinates import check_coordinates
from sozialraum.blocks.layer_files import expected_region, open_layers
from sozialraum.blocks.layers import Layers, check_layer, complete_layers, coordinate_findings
from sozialraum.blocks.places import check_places
from sozialraum.blocks.regions import Region


@dataclass(frozen=True)
class Ground:
    """The layers of a file or project with the faults found in them.

    municipalities, blocks, lines : in contract columns; as they stand in the file while coordinates are wrong.
    places : what there is of addresses, buildings and places, as it stands. faults : see `check_ground`; where
    coordinates are wrong, only these. readings : layer -> code of the coordinates it was read with.
    """

    municipalities: gpd.GeoDataFrame
    blocks: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    places: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)

    @property
    def misplaced(self) -> bool:
        """Whether some layer has to be read with other coordinates before anything else can be told."""
        return any(fault.kind == "coordinates" and fault.finding.severity == "error" for fault in self.faults)

    def with_blocks(self, blocks: gpd.GeoDataFrame) -> Layers:
        """All layers in contract columns, with other blocks: addresses get the block they lie in."""
        return complete_layers(self.municipalities, blocks, self.lines, self.places)


def read_ground(
    path: Path,
    blocks_layer: str = "blocks",
    *,
    expected: Region | None = None,
    readings: Mapping[str, str] | None = None,
) -> Ground:
    """Read a file of layers as `read_layers` does, and find the faults of its blocks instead of refusing them.

    Raises InputRefused for what has no place on the map: missing file, layer or column, a key or number that is none.
    """
    frames, more, name = open_layers(path, blocks_layer, readings)
    region = expected or expected_region(frames["municipalities"])
    found = [finding for kind, frame in frames.items() for finding in check_layer(frame, kind, region, placed=True)]
    if not found:
        # single blocks of another system are faults of these blocks, not of the layer
        _faults, read = misread_blocks(frames["blocks"], frames["municipalities"])
        every = frames | more | {"blocks": read}
        misplaced = [fault for kind, frame in every.items() for fault in _misplaced(frame, kind, region)]
        if misplaced:
            three = (frames["municipalities"], frames["blocks"], frames["lines"])
            return Ground(*three, more, tuple(misplaced), dict(readings or {}))
    found += [finding for kind, frame in more.items() for finding in check_places(frame, kind, region)]
    if found:
        title = _("Die Datei „{file}“ kann nicht übernommen werden.").format(file=name)
        raise InputRefused(title, [replace(finding, file=name) for finding in found])
    layers = complete_layers(frames["municipalities"], frames["blocks"], frames["lines"])
    faults = check_ground(layers.blocks, layers.municipalities, layers.lines)
    return Ground(layers.municipalities, layers.blocks, layers.lines, more, faults, dict(readings or {}))


def _misplaced(frame: gpd.GeoDataFrame, kind: str, region: Region | None) -> list[Fault]:
    found = check_coordinates(frame, region, kind).faults
    faults = [fault for fault in found if fault.finding.code == "coordinates"]
    return faults or [Fault("coordinates", finding, layer=kind) for finding in coordinate_findings(frame, kind, region)]
