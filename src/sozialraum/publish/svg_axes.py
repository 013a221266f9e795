"""What charts share: round axes, levels, the space before a unit."""

from __future__ import annotations

import math
from collections.abc import Callable

from sozialraum.base.numbers import NARROW_SPACE, decimal
from sozialraum.publish import svg
from sozialraum.publish.cells import NO_BREAK
from sozialraum.publish.palette import (
    RULE,
    SECOND_INK,
)

Axis = Callable[[float], float]


def round_limit(highest: float) -> tuple[float, float]:
    """The end of an axis from 0 and its step: steps of 1, 2 or 5 times a power of ten, three to six of them."""
    if highest <= 0:
        return 1.0, 0.5
    power = 10.0 ** math.floor(math.log10(highest))
    for step in (0.1, 0.2, 0.5, 1, 2, 5):
        if highest / (step * power) <= 5:
            size = step * power
            return size * math.ceil(highest / size - 1e-9), size
    return 10 * power, 2 * power


def with_unit(unit: str) -> str:
    """The unit behind a number, after the space it is printed with; '' for none."""
    return f"{NARROW_SPACE if unit == '%' else NO_BREAK}{unit}" if unit else ""


def _levels(left: float, right: float, y: Axis, limit: float, step: float, unit: str) -> list[str]:
    parts = []
    places = 0 if step >= 1 else 1 if step >= 0.1 else 2
    for number in range(round(limit / step) + 1):
        level = number * step
        last = number == round(limit / step)
        words = decimal(level, places) + (with_unit(unit) if last else "")
        parts.append(svg.line(left, y(level), right, y(level), RULE if number else SECOND_INK, 0.4))
        parts.append(svg.text(left - 3, y(level) + 2.2, words, 6.3, anchor="end", fill=SECOND_INK))
    return parts
