"""The charts of the report: distribution, population pyramid, need by supply, change, and the Lagestreifen."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sozialraum.base import _
from sozialraum.base.numbers import NARROW_SPACE, count, decimal
from sozialraum.publish import svg
from sozialraum.publish.cells import NO_BREAK
from sozialraum.publish.palette import (
    ACCENT,
    ACCENT_TEXT,
    BAR,
    HOUSE,
    PALE_DOT,
    RULE,
    SECOND_INK,
    TINT,
    WARM_TINT,
    WHITE,
)

STRIP_WIDTH = svg.points(27)
Axis = Callable[[float], float]
Spot = tuple[float, "Dot | None"]


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
    """An area in a chart: its name, value and 95 % interval; marked ones are filled and named."""

    name: str
    value: float
    low: float
    high: float
    marked: bool = False


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
    label_y = y(region) - 3 if ordered and y(ordered[0].value) > y(region) else y(region) + 8
    parts.append(svg.text(left + 4, label_y, region_label, 6.5, weight=600, fill=ACCENT_TEXT, halo=True))
    return svg.picture(width, height, parts + names)


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


def pyramid(
    bands: Sequence[str],
    women: Sequence[float],
    men: Sequence[float],
    region_women: Sequence[float],
    region_men: Sequence[float],
    width: float,
    height: float,
) -> str:
    """Age and sex in per cent of all inhabitants, youngest at the bottom; a dot in place of a bar for NaN = hidden.

    bands : names from youngest to oldest. Bars are the area, orange ticks the region.
    """
    middle, top, bottom = 54.0, 12.0, 14.0
    arm = (width - middle) / 2 - 4
    numbers = [*women, *men, *region_women, *region_men]
    limit, _step = round_limit(max([number for number in numbers if math.isfinite(number)], default=1.0))
    row = (height - top - bottom) / len(bands)
    parts = [
        svg.text(4 + arm, 7, _("Männer"), 6.8, anchor="end", weight=600),
        svg.text(4 + arm + middle, 7, _("Frauen"), 6.8, weight=600),
    ]
    for place, band in enumerate(bands):
        y = height - bottom - (place + 1) * row
        parts.append(svg.text(width / 2, y + row / 2 + 2.2, band, 6.3, anchor="middle"))
        parts.append(_arm(4 + arm, -1, men[place], region_men[place], arm / limit, y, row))
        parts.append(_arm(4 + arm + middle, 1, women[place], region_women[place], arm / limit, y, row))
    parts += _pyramid_axis(4 + arm, middle, arm, limit, height - bottom)
    return svg.picture(width, height, parts)


def _arm(start: float, side: int, value: float, region: float, scale: float, y: float, row: float) -> str:
    parts = []
    if math.isfinite(value):
        length = value * scale
        parts.append(svg.rect(start - length if side < 0 else start, y + 1, max(length, 0.01), row - 2, BAR))
    else:
        parts.append(svg.text(start + side * 5, y + row / 2 + 2.4, "•", 7, anchor="middle"))
    if math.isfinite(region):
        x = start + side * region * scale
        parts.append(svg.line(x, y + 0.4, x, y + row - 0.4, ACCENT, 1.3))
    return "".join(parts)


def _pyramid_axis(start: float, middle: float, arm: float, limit: float, y: float) -> list[str]:
    words = f"{decimal(limit, 0 if limit >= 1 else 1)}{with_unit('%')}"
    right = start + middle
    return [
        svg.line(start - arm, y, start, y, SECOND_INK, 0.4),
        svg.line(right, y, right + arm, y, SECOND_INK, 0.4),
        svg.text(start - arm, y + 8, words, 6.3, fill=SECOND_INK, anchor="start"),
        svg.text(start, y + 8, "0", 6.3, anchor="middle", fill=SECOND_INK),
        svg.text(right, y + 8, "0", 6.3, anchor="middle", fill=SECOND_INK),
        svg.text(right + arm, y + 8, words, 6.3, anchor="end", fill=SECOND_INK),
    ]


@dataclass(frozen=True, slots=True)
class Point:
    """An area in the need by supply picture: need and supply with intervals; named ones have a confirmed impulse."""

    name: str
    need: float
    supply: float
    low: float
    high: float
    named: bool


def need_by_supply(
    points: Sequence[Point],
    need_cuts: Sequence[float],
    supply_cuts: Sequence[float],
    need_label: str,
    supply_label: str,
    fields: Mapping[tuple[int, int], str],
    width: float,
    height: float,
) -> str:
    """Nine fields (as the cuts make), a dot per area, a cross with its interval for areas with a confirmed impulse.

    fields : (need 0 low to 2 high, supply 0 low to 2 high) -> wording, only of fields that raise an impulse.
    """
    left, right, top, bottom = 40.0, 6.0, 6.0, 30.0
    need_limit, need_step = round_limit(
        max(
            [p.need for p in points]
            + [p.high for p in points if p.named and math.isfinite(p.high)]
            + list(need_cuts)
            + [1e-6]
        )
        * 1.03
    )
    supply_limit, supply_step = round_limit(max([p.supply for p in points] + list(supply_cuts) + [1e-6]) * 1.05)
    lowest = min([p.supply for p in points] + list(supply_cuts))
    supply_start = max(math.floor((lowest - supply_step / 2) / supply_step) * supply_step, 0.0)

    def x(value: float) -> float:
        return left + min(value, need_limit) / need_limit * (width - left - right)

    def y(value: float) -> float:
        share = (min(max(value, supply_start), supply_limit) - supply_start) / (supply_limit - supply_start)
        return height - bottom - share * (height - top - bottom)

    parts = [svg.rect(left, top, width - left - right, height - top - bottom, TINT)]
    parts += _fields(fields, [0, *need_cuts, need_limit], [supply_start, *supply_cuts, supply_limit], x, y)
    for cut in need_cuts:
        parts.append(svg.line(x(cut), top, x(cut), height - bottom, SECOND_INK, 0.5))
    for cut in supply_cuts:
        parts.append(svg.line(left, y(cut), width - right, y(cut), SECOND_INK, 0.5))
    parts += _axes(x, y, need_limit, need_step, (supply_start, supply_limit), supply_step, left, height - bottom)
    parts += [svg.circle(x(p.need), y(p.supply), 1.5, PALE_DOT) for p in points if not p.named]
    parts += _named_points([p for p in points if p.named], x, y)
    parts.append(svg.text((left + width - right) / 2, height - 5, need_label, 6.8, anchor="middle", weight=600))
    parts.append(_upright(10, (top + height - bottom) / 2, supply_label))
    return svg.picture(width, height, parts)


def _fields(
    fields: Mapping[tuple[int, int], str], need_ends: Sequence[float], supply_ends: Sequence[float], x: Axis, y: Axis
) -> list[str]:
    parts = []
    if len(need_ends) < 4 or len(supply_ends) < 4:
        return []
    for (need, supply), words in sorted(fields.items()):
        if need + 1 >= len(need_ends) or supply + 1 >= len(supply_ends):
            continue
        x1, x2 = x(need_ends[need]), x(need_ends[need + 1])
        y1, y2 = y(supply_ends[supply + 1]), y(supply_ends[supply])
        parts.append(svg.rect(x1, y1, x2 - x1, y2 - y1, "#ecdcc4" if (need, supply) == (2, 0) else WARM_TINT))
        for row, part in enumerate(_broken(words, x2 - x1)):
            parts.append(svg.text(x1 + 3, y1 + 8 + 7.5 * row, part, 6.3, weight=600, fill=ACCENT_TEXT))
    return parts


def _broken(words: str, width: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) * 3.3 > width - 4 and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _axes(
    x: Axis,
    y: Axis,
    need_limit: float,
    need_step: float,
    supply_ends: tuple[float, float],
    supply_step: float,
    left: float,
    base: float,
) -> list[str]:
    parts = []
    for number in range(round(need_limit / need_step) + 1):
        words = decimal(number * need_step, 0 if need_step >= 1 else 1)
        parts.append(svg.text(x(number * need_step), base + 9, words, 6.3, anchor="middle", fill=SECOND_INK))
    for number in range(round(supply_ends[0] / supply_step), round(supply_ends[1] / supply_step) + 1):
        level = y(number * supply_step)
        parts.append(svg.text(left - 3, level + 2.2, count(number * supply_step), 6.3, anchor="end", fill=SECOND_INK))
    return parts


def _named_points(points: Sequence[Point], x: Axis, y: Axis) -> list[str]:
    parts = []
    for point in points:
        across, level = x(point.need), y(point.supply)
        if math.isfinite(point.low) and math.isfinite(point.high):
            parts.append(svg.line(x(point.low), level, x(point.high), level, HOUSE, 1.1))
        parts.append(svg.line(across, level - 6, across, level + 6, HOUSE, 0.6))
        parts.append(svg.circle(across, level, 2.2, HOUSE))
    taken = [(x(point.need), y(point.supply)) for point in points]
    for point in sorted(points, key=lambda point: (y(point.supply), x(point.need))):
        parts.append(_point_name(point.name, x(point.need), y(point.supply), taken))
    return parts


def _point_name(name: str, x: float, y: float, taken: list[tuple[float, float]]) -> str:
    """A name at one of four places around its point; none rather than one upon another (the table names all)."""
    half = len(name) * 1.7
    for across, level in ((half + 4, -2.5), (-half - 4, -2.5), (half + 4, 7), (-half - 4, 7)):
        spot = x + across, y + level
        if all(abs(spot[0] - a) >= half + 2.5 or abs(spot[1] - 2 - b) >= 5.5 for a, b in taken):
            taken.extend((spot[0] + shift * half, spot[1] - 2) for shift in (-0.8, 0, 0.8))
            return svg.text(spot[0], spot[1], name, 6.3, anchor="middle", weight=600, fill=HOUSE, halo=True)
    return ""


def _upright(x: float, y: float, words: str) -> str:
    return svg.element(
        "g",
        svg.text(0, 0, words, 6.8, anchor="middle", weight=600),
        transform=f"translate({svg.number(x)} {svg.number(y)}) rotate(-90)",
    )


def change(
    years: Sequence[str],
    series: Sequence[tuple[str, Sequence[Dot | None], str]],
    unit: str,
    width: float,
    height: float,
) -> str:
    """Lines over the editions with intervals, names at their ends, axis from 0; a gap where there is no value.

    series : (name with last value, one Dot or None per year, colour), the first with intervals.
    """
    left, right, top, bottom = 26.0, 92.0, 12.0, 14.0
    shown = [dot for _name, dots, _colour in series for dot in dots if dot is not None]
    limit, step = round_limit(max([dot.high if math.isfinite(dot.high) else dot.value for dot in shown], default=1.0))
    gap = (width - left - right) / max(len(years) - 1, 1)

    def y(value: float) -> float:
        return height - bottom - min(value, limit) / limit * (height - top - bottom)

    parts = _levels(left, width - right + 8, y, limit, step, unit)
    for place, year in enumerate(years):
        parts.append(
            svg.text(left + 6 + gap * place * 0.94, height - bottom + 9, year, 6.3, anchor="middle", fill=SECOND_INK)
        )
    ends: list[tuple[float, str, str]] = []
    for row, (name, dots, colour) in enumerate(series):
        spots = [(left + 6 + gap * place * 0.94, dot) for place, dot in enumerate(dots)]
        parts += _line_of(spots, y, colour, 1.4 if row == 0 else 0.9, intervals=row == 0)
        last = next((dot for dot in reversed(dots) if dot is not None), None)
        if last is not None:
            ends.append((y(last.value) + 2.2, name, colour))
    parts += _line_names(ends, width - right + 12)
    return svg.picture(width, height, parts)


def _line_of(spots: Sequence[Spot], y: Axis, colour: str, width: float, intervals: bool) -> list[str]:
    parts = []
    for (x1, first), (x2, second) in pairwise(spots):
        if first is not None and second is not None:
            parts.append(svg.line(x1, y(first.value), x2, y(second.value), colour, width))
    for x, dot in spots:
        if dot is None:
            continue
        if intervals and math.isfinite(dot.low) and math.isfinite(dot.high):
            parts.append(svg.line(x, y(dot.low), x, y(dot.high), colour, 0.9))
        parts.append(
            svg.circle(x, y(dot.value), 2.0 if intervals else 1.4, colour if intervals else WHITE, colour, 0.8)
        )
    return parts


def _line_names(ends: list[tuple[float, str, str]], x: float) -> list[str]:
    parts, lowest = [], -math.inf
    for level, name, colour in sorted(ends):
        level = max(level, lowest + 8)
        lowest = level
        parts.append(svg.text(x, level, name, 6.5, weight=600, fill=ACCENT_TEXT if colour == ACCENT else colour))
    return parts


def dumbbell(rows: Sequence[tuple[str, float | None, float, str, bool]], region: float, unit: str, width: float) -> str:
    """Old (hollow) and new (filled) values of a municipality's areas, ordered by new, difference at the right.

    rows : (name, old or None, new, difference in words, marked).
    """
    left, right, top, bottom, row_height = 86.0, 30.0, 4.0, 14.0, 11.0
    height = top + bottom + row_height * len(rows)
    limit, step = round_limit(
        max(
            [row[2] for row in rows]
            + [row[1] for row in rows if row[1] is not None]
            + [region if math.isfinite(region) else 0]
        )
    )

    def x(value: float) -> float:
        return left + min(value, limit) / limit * (width - left - right)

    parts = []
    for number in range(round(limit / step) + 1):
        words = decimal(number * step, 0 if step >= 1 else 1) + (
            with_unit(unit) if number == round(limit / step) else ""
        )
        parts.append(svg.line(x(number * step), top, x(number * step), height - bottom, RULE, 0.3))
        parts.append(svg.text(x(number * step), height - 5, words, 6.3, anchor="middle", fill=SECOND_INK))
    if math.isfinite(region):
        parts.append(svg.line(x(region), top, x(region), height - bottom, ACCENT, 1.0))
    for place, (name, old, new, difference, marked) in enumerate(sorted(rows, key=lambda row: (-row[2], row[0]))):
        y = top + row_height * (place + 0.5)
        parts.append(svg.text(left - 4, y + 2.2, _cut(name, 24), 6.3, anchor="end", weight=700 if marked else 400))
        if old is not None:
            parts.append(svg.line(x(old), y, x(new), y, HOUSE, 0.8))
            parts.append(svg.circle(x(old), y, 1.9, WHITE, HOUSE, 0.8))
        parts.append(svg.circle(x(new), y, 2.2, HOUSE))
        parts.append(svg.text(width - 2, y + 2.2, difference, 6.3, anchor="end"))
    return svg.picture(width, height, parts)


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
