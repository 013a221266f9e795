"""Blocks built from municipality borders, lines and addresses, or taken from given units."""

from sozialraum.blocks.building.build import build_blocks
from sozialraum.blocks.building.cells import cells_as_blocks
from sozialraum.blocks.building.result import Built, Doubtful
from sozialraum.blocks.building.rule import BARRIERS, BuildingRule
from sozialraum.blocks.building.units import units_as_blocks

__all__ = ["BARRIERS", "BuildingRule", "Built", "Doubtful", "build_blocks", "cells_as_blocks", "units_as_blocks"]
