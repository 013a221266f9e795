"""The bar of a change: what raised the value to the right of zero, what lowered it to the left, together the change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely

from sozialraum.base import _
from sozialraum.base.numbers import decimal, signed
from sozialraum.publish import svg
from sozialraum.publish.palette import BAR, HOUSE, INK, PALE_DOT, RULE, SECOND_INK, WHITE, label_colour
from sozialraum.publish.svg_axes import Axis, round_limit

if TYPE_CHECKING:
    from sozialraum.publish.change_words import Labelled

FILLS = {"boundaries": "#d8c9a6", "definition": PALE_DOT, "population": BAR, "cases": HOUSE}
EDGE, TOP, BAR_HEIGHT, AXIS, ROW = 6.0, 13.0, 13.0, 14.0, 9.5


def change_bar(parts: Sequence[Labelled], total: float | None, places: int, width: float) -> str:
    """Numbered pieces from zero to both sides and a list beneath that names them.

    parts : as printed, in the order of the list. total : the printed change, marked above; None = not one number.
    A part known within bounds is striped across at the middle of its bounds; one that holds several things that
    cannot be told apart is striped slantwise.
    """
    reach = max([sum(max(_middle(part), 0) for part in parts), sum(max(-_middle(part), 0) for part in parts),
                 abs(total or 0), 10.0**-places])  # fmt: skip
    limit, _step = round_limit(reach)

    def x(value: float) -> float:
        return width / 2 + value / limit * (width / 2 - EDGE)

    height = TOP + BAR_HEIGHT + AXIS + ROW * len(parts) + 1
    drawn = [
        *_axis(x, limit, places),
        *_pieces(parts, x),
        svg.line(x(0), TOP - 3, x(0), TOP + BAR_HEIGHT + 3, INK, 0.8),
    ]
    if total is not None:
        drawn += _total(x(total), total, places, width)
    for number, part in enumerate(parts):
        drawn.append(_entry(number + 1, part, TOP + BAR_HEIGHT + AXIS + ROW * number, width))
    return svg.picture(width, height, drawn)


def _middle(part: Labelled) -> float:
    return (part.low + part.high) / 2


def _axis(x: Axis, limit: float, places: int) -> list[str]:
    level = TOP + BAR_HEIGHT + 9
    words = decimal(limit, 0 if limit >= 1 else places)
    ends = ((-limit, f"−{words}", "start"), (0.0, "0", "middle"), (limit, f"+{words}", "end"))
    line = svg.line(x(-limit), TOP + BAR_HEIGHT + 2, x(limit), TOP + BAR_HEIGHT + 2, RULE, 0.4)
    return [line, *(svg.text(x(end), level, text, 6.3, anchor=anchor, fill=SECOND_INK) for end, text, anchor in ends)]


def _pieces(parts: Sequence[Labelled], x: Axis) -> list[str]:
    """The pieces; their numbers where there is room."""
    drawn, right, left = [], 0.0, 0.0
    for number, part in enumerate(parts, start=1):
        size = _middle(part)
        start = right if size > 0 else left
        ends = sorted((x(start), x(start + size)))
        right, left = (right + size, left) if size > 0 else (right, left + size)
        if ends[1] - ends[0] < 0.05:
            continue
        drawn.append(_field(part, ends[0], TOP, ends[1] - ends[0], BAR_HEIGHT))
        if ends[1] - ends[0] > 7:
            middle = (ends[0] + ends[1]) / 2
            drawn.append(_number(number, part, middle, TOP + BAR_HEIGHT / 2 + 2.4))
    return drawn


def _field(part: Labelled, x: float, y: float, width: float, height: float) -> str:
    kind = "missing" if part.mixed else "few" if part.low != part.high else ""
    if not kind:
        return svg.rect(x, y, width, height, FILLS[part.names[0]], WHITE, 0.6)
    frame = svg.rect(x, y, width, height, WHITE, SECOND_INK, 0.6)
    return frame + svg.hatch([shapely.box(x + 0.4, y + 0.4, x + width - 0.4, y + height - 0.4)], kind)


def _number(number: int, part: Labelled, x: float, y: float) -> str:
    plain = not part.mixed and part.low == part.high
    fill = label_colour(FILLS[part.names[0]]) if plain else INK
    return svg.text(x, y, str(number), 7, anchor="middle", weight=700, fill=fill, halo=not plain)


def _total(x: float, total: float, places: int, width: float) -> list[str]:
    """A wedge above the bar with the change as a number."""
    wedge = svg.shape(f"M{svg.number(x - 3)} {svg.number(TOP - 5)}h6l-3 4z", INK)
    words = _("zusammen {points}").format(points=signed(total, places))
    half = len(words) * 1.75
    centre = min(max(x, half + 1), width - half - 1)
    return [wedge, svg.text(centre, TOP - 6.5, words, 6.8, anchor="middle", weight=700)]


def _entry(number: int, part: Labelled, y: float, width: float) -> str:
    """One line of the list: field with number, label, value at the right."""
    level = y + 6.2
    return "".join(
        (
            _field(part, 0.4, y, 11, 7.4), _number(number, part, 5.9, y + 6.1), svg.text(15, level, part.label, 6.8),
            svg.text(width - 1, level, part.text, 6.8, anchor="end", weight=600),
        )
    )  # fmt: skip
