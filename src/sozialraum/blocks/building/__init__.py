"""Blocks built from municipality borders, lines and addresses, or taken from given units."""

from sozialraum.blocks.building.build import build_blocks
from sozialraum.blocks.building.result import Built, Doubtful
from sozialraum.blocks.building.rule import BARRIERS, BuildingRule

__all__ = ["BARRIERS", "BuildingRule", "Built", "Doubtful", "build_blocks"]
