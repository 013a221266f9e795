"""Colours of the report and their roles; dark always means a higher need for action.

Labels are white on the two darkest classes and ink on the others. Nothing is told by colour
alone: every coloured thing also has a word, a number, a form or a line style.
"""

from __future__ import annotations

INK = "#1b1f24"
SECOND_INK = "#56606a"
HOUSE = "#0e4a5b"
ACCENT_TEXT = "#a94d08"
ACCENT = "#b4530b"
TINT = "#eef3f2"
WARM_TINT = "#f6f1e8"
RULE = "#b9c2c6"
HATCH = "#6b757d"
WHITE = "#ffffff"
BAR = "#7fa9b0"
PALE_DOT = "#9fb6c9"

CLASSES = ("#eef3f2", "#c3dad9", "#86b4b8", "#41808d", "#0e4353")
"""Classes 1 to 5 of a share, L* 95, 85, 70, 50, 26: read in greyscale."""

NEED = ("#f0eaf3", "#c9b5d6", "#8e6ba6", "#4f2a6b")
"""Handlungsbedarf gering to sehr hoch: another hue, so an index is never taken for a share."""

SIDE_BY_SIDE = ("#dfe9ea", "#ece0cf", "#b9ccd6", "#d9cfe0", "#e6e8ea", "#c7d3bf", "#f0e6bf")
"""Pale tones that tell areas apart and carry no value."""

COVER_TONES = ("#1f5a69", "#2a6a78", "#3a7d89", "#5b99a1", "#93bdc1")


def class_colour(rank: int, classes: int = 5) -> str:
    """The tone of class `rank` (0 = lowest) out of `classes` (2 to 5)."""
    chosen = {2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}[min(max(classes, 2), 5)]
    return CLASSES[chosen[min(rank, len(chosen) - 1)]]


def label_colour(fill: str) -> str:
    """White on dark fills, ink on pale ones."""
    red, green, blue = (int(fill[place : place + 2], 16) for place in (1, 3, 5))
    return WHITE if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK
