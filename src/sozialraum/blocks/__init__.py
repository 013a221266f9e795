"""Blocks: the smallest pieces of the map, read, checked, compared with their neighbours, merged."""

from sozialraum.blocks.adjacency import Neighbours, neighbours, pieces
from sozialraum.blocks.checks import check_blocks, check_ground
from sozialraum.blocks.checks_faults import Fault
from sozialraum.blocks.coordinates import Coordinates, Reading, check_coordinates, read_as
from sozialraum.blocks.dissolve import dissolve
from sozialraum.blocks.layers import (
    FAMILIES,
    Layers,
    attribute_columns,
    check_layer,
    complete_layers,
    read_layers,
)
from sozialraum.blocks.places import (
    Places,
    check_places,
    complete_places,
    no_addresses,
    no_buildings,
    no_places,
    place_addresses,
)
from sozialraum.blocks.repair import Repaired, repair
from sozialraum.blocks.repair_ways import Way, ways
from sozialraum.blocks.tessellation import tessellate_cells

__all__ = [
    "FAMILIES",
    "Coordinates",
    "Fault",
    "Layers",
    "Neighbours",
    "Places",
    "Reading",
    "Repaired",
    "Way",
    "attribute_columns",
    "check_blocks",
    "check_coordinates",
    "check_ground",
    "check_layer",
    "check_places",
    "complete_layers",
    "complete_places",
    "dissolve",
    "neighbours",
    "no_addresses",
    "no_buildings",
    "no_places",
    "pieces",
    "place_addresses",
    "read_as",
    "read_layers",
    "repair",
    "tessellate_cells",
    "ways",
]
