"""Integrated social planning: areas, indicators, need and supply, protected and published."""

__version__ = "0.1.0"
