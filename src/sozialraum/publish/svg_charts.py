"""Charts of indicators: the distribution over all areas, and the Lagestreifen of a table row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.publish import svg
from sozialraum.publish.palette import (
    ACCENT,
    ACCENT_TEXT,
    HOUSE,
    WHITE,
)
from sozialraum.publish.svg_axes import Axis, _levels, round_limit

STRIP_WIDTH = svg.points(27)


@dataclass(frozen=True, slots=True)
class Spread:
    """The released values of all areas: smallest, quarter, three quarters, largest; and the region's value."""

    lowest: float
    quarter: float
    three_quarters: float
    highest: float
    region: float


@dataclass(frozen=True, slots=True)
class Dot:
    """An area in a chart: its name, value and 95 % interval; marked ones are filled and named.

    carried : brought from other boundaries; drawn as a hollow diamond in lines over time.
    """

    name: str
    value: float
    low: float
    high: float
    marked: bool = False
    carried: bool = False


def strip(spread: Spread, value: float, low: float, high: float) -> str:
    """The Lagestreifen: line smallest to largest, box middle half, orange tick region, dot and bar this area."""
    width, height, edge = STRIP_WIDTH, 9.0, 3.0
    reach = (spread.highest - spread.lowest) or 1.0

    def x(number: float) -> float:
        return edge + (min(max(number, spread.lowest), spread.highest) - spread.lowest) / reach * (width - 2 * edge)

    parts = [
        svg.line(x(spread.lowest), 4.5, x(spread.highest), 4.5, "#8d979c", 0.6),
        svg.rect(x(spread.quarter), 2.2, max(x(spread.three_quarters) - x(spread.quarter), 0.5), 4.6, "#dfe5e6"),
    ]
    if math.isfinite(low) and math.isfinite(high):
        parts.append(svg.line(x(low), 4.5, x(high), 4.5, HOUSE, 1.3))
    if math.isfinite(spread.region):
        parts.append(svg.line(x(spread.region), 0.8, x(spread.region), 8.2, ACCENT, 1.2))
    parts.append(svg.circle(x(value), 4.5, 2, HOUSE))
    return svg.picture(width, height, parts)


def distribution(dots: Sequence[Dot], region: float, region_label: str, unit: str, width: float, height: float) -> str:
    """One dot per area with its interval, ordered by value; the region as an orange line with its number."""
    left, right, top, bottom = 26.0, 6.0, 14.0, 10.0
    ordered = sorted(dots, key=lambda dot: (dot.value, dot.name))
    limit, step = round_limit(
        max([dot.high for dot in ordered if math.isfinite(dot.high)] + [dot.value for dot in ordered] + [region])
    )

    def y(value: float) -> float:
        return height - bottom - min(value, limit) / limit * (height - top - bottom)

    parts = _levels(left, width - right, y, limit, step, unit)
    parts.append(svg.line(left, y(region), width - right, y(region), ACCENT, 1.1))
    gap = (width - left - right) / max(len(ordered), 1)
    names: list[str] = []
    free = [-math.inf] * 3
    for place, dot in enumerate(ordered):
        x = left + gap * (place + 0.5)
        parts.append(_dot_with_interval(dot, x, y))
        if dot.marked:
            names.append(_dot_name(dot, x, y, free, place > len(ordered) / 2, width))
    # right and beneath the line: there the ordered dots stand above it
    parts.append(
        svg.text(width - right, y(region) + 8, region_label, 6.5, anchor="end", weight=600, fill=ACCENT_TEXT, halo=True)
    )
    return svg.picture(width, height, parts + names)


def _dot_with_interval(dot: Dot, x: float, y: Axis) -> str:
    parts = []
    if math.isfinite(dot.low) and math.isfinite(dot.high):
        colour, width = (HOUSE, 1.0) if dot.marked else ("#6f7b83", 0.7)
        parts.append(svg.line(x, y(dot.low), x, y(dot.high), colour, width))
    parts.append(
        svg.circle(
            x,
            y(dot.value),
            2.0 if dot.marked else 1.6,
            HOUSE if dot.marked else WHITE,
            HOUSE if dot.marked else "#6f7b83",
            0.6,
        )
    )
    return "".join(parts)


def _dot_name(dot: Dot, x: float, y: Axis, free: list[float], above: bool, width: float) -> str:
    """A name above or below its dot where the row is still free; none rather than one upon another."""
    half = len(dot.name) * 1.8
    centre = min(max(x, half + 26), width - half)
    high = dot.high if math.isfinite(dot.high) else dot.value
    low = dot.low if math.isfinite(dot.low) else dot.value
    levels = (y(high) - 3, y(low) + 8, y(high) - 11)
    for row in (0, 1, 2) if above else (1, 0, 2):
        if centre - half > free[row]:
            free[row] = centre + half + 1
            level = levels[row]
            return svg.text(centre, level, dot.name, 6.3, anchor="middle", weight=600, fill=HOUSE, halo=True)
    return ""
