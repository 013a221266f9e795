"""Charts of a profile: population pyramid, change over editions, old against new."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import pairwise

from sozialraum.base import _
from sozialraum.base.numbers import decimal
from sozialraum.publish import svg
from sozialraum.publish.palette import (
    ACCENT,
    ACCENT_TEXT,
    BAR,
    HOUSE,
    RULE,
    SECOND_INK,
    WHITE,
)
from sozialraum.publish.svg_axes import Axis, _levels, round_limit, with_unit
from sozialraum.publish.svg_charts import Dot

Spot = tuple[float, "Dot | None"]


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


def change(
    years: Sequence[str],
    series: Sequence[tuple[str, Sequence[Dot | None], str]],
    unit: str,
    width: float,
    height: float,
    breaks: Sequence[Sequence[int]] = (),
) -> str:
    """Lines over the editions with intervals, names at their ends, axis from 0; a gap where there is no value.

    series : (name with last value, one Dot or None per year, colour), the first with intervals.
    breaks : for each series the places after which its line is cut; a dashed upright stands there.
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
    for place in sorted({place for cut in breaks for place in cut}):
        x = left + 6 + gap * (place + 0.5) * 0.94
        parts.append(svg.line(x, top - 2, x, height - bottom, SECOND_INK, 0.7, "2 1.6"))
    ends: list[tuple[float, str, str]] = []
    for row, (name, dots, colour) in enumerate(series):
        spots = [(left + 6 + gap * place * 0.94, dot) for place, dot in enumerate(dots)]
        cut = breaks[row] if row < len(breaks) else ()
        parts += _line_of(spots, y, colour, 1.4 if row == 0 else 0.9, intervals=row == 0, cut=cut)
        last = next((dot for dot in reversed(dots) if dot is not None), None)
        if last is not None:
            ends.append((y(last.value) + 2.2, name, colour))
    parts += _line_names(ends, width - right + 12)
    return svg.picture(width, height, parts)


def _line_of(
    spots: Sequence[Spot], y: Axis, colour: str, width: float, intervals: bool, cut: Sequence[int] = ()
) -> list[str]:
    parts = []
    for place, ((x1, first), (x2, second)) in enumerate(pairwise(spots)):
        if first is not None and second is not None and place not in cut:
            parts.append(svg.line(x1, y(first.value), x2, y(second.value), colour, width))
    for x, dot in spots:
        if dot is None:
            continue
        if intervals and math.isfinite(dot.low) and math.isfinite(dot.high):
            parts.append(svg.line(x, y(dot.low), x, y(dot.high), colour, 0.9))
        if dot.carried:
            parts.append(_diamond(x, y(dot.value), 3.0 if intervals else 2.2, colour))
            continue
        parts.append(
            svg.circle(x, y(dot.value), 2.0 if intervals else 1.4, colour if intervals else WHITE, colour, 0.8)
        )
    return parts


def _diamond(x: float, y: float, reach: float, colour: str) -> str:
    """A hollow diamond: a value that was carried."""
    steps = " ".join(svg.number(step) for step in (reach, reach, -reach, reach, -reach, -reach))
    return svg.shape(f"M{svg.number(x)} {svg.number(y - reach)}l{steps}z", WHITE, colour, 0.9)


def _line_names(ends: list[tuple[float, str, str]], x: float) -> list[str]:
    parts, lowest = [], -math.inf
    for level, name, colour in sorted(ends):
        level = max(level, lowest + 8)
        lowest = level
        parts.append(svg.text(x, level, name, 6.5, weight=600, fill=ACCENT_TEXT if colour == ACCENT else colour))
    return parts


def dumbbell(
    rows: Sequence[tuple[str, float | None, float, str, bool]],
    region: float,
    unit: str,
    width: float,
    carried: Collection[str] = (),
) -> str:
    """Old (hollow) and new (filled) values of a municipality's areas, ordered by new, difference at the right.

    rows : (name, old or None, new, difference in words, marked). carried : names of areas whose old value was carried
    from other boundaries; it is a diamond.
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
            hollow = svg.circle(x(old), y, 1.9, WHITE, HOUSE, 0.8)
            parts.append(_diamond(x(old), y, 2.8, HOUSE) if name in carried else hollow)
        parts.append(svg.circle(x(new), y, 2.2, HOUSE))
        parts.append(svg.text(width - 2, y + 2.2, difference, 6.3, anchor="end"))
    return svg.picture(width, height, parts)


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
