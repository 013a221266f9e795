"""Need by supply: nine fields, a dot per area, a cross where there is a confirmed impulse."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sozialraum.base.numbers import count, decimal
from sozialraum.publish import svg
from sozialraum.publish.palette import (
    ACCENT_TEXT,
    HOUSE,
    PALE_DOT,
    SECOND_INK,
    TINT,
    WARM_TINT,
)
from sozialraum.publish.svg_axes import Axis, round_limit


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
        # the wording stands in the outer corner of its field, where few areas are
        lines = _broken(words, x2 - x1)
        across, anchor = (x2 - 3, "end") if need == 2 else (x1 + 3, "start")
        first = y2 - 4 - 7.5 * (len(lines) - 1) if supply == 0 else y1 + 8
        for row, part in enumerate(lines):
            parts.append(svg.text(across, first + 7.5 * row, part, 6.3, anchor=anchor, weight=600, fill=ACCENT_TEXT))
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
