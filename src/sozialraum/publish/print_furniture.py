"""What every printed map carries: scale bar, north arrow, legend fields, the key to its sheets."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from sozialraum.base import _
from sozialraum.base.numbers import count, decimal
from sozialraum.publish import svg
from sozialraum.publish.palette import ACCENT, HOUSE, INK, SECOND_INK, WHITE
from sozialraum.publish.print_labels import Label, Room, text_width
from sozialraum.publish.print_sheets import Window, scale_text
from sozialraum.publish.svg_maps import Frame


def bar_length(window: Window, longest: float = 52.0) -> int:
    """Metres of the scale bar: a round number of at most `longest` mm."""
    most = longest * window.denominator / 1000
    steps = [base * 10**power for power in range(1, 6) for base in (1, 2, 5)]
    return max((step for step in steps if step <= most), default=10)


def scale_bar(window: Window, room: Room, longest: float = 52.0) -> tuple[str, list[Label]]:
    """A bar in four fields with its ends in metres and the scale in figures, bottom left on a white plate."""
    frame, metres = window.frame, bar_length(window, longest)
    long = metres * frame.scale
    left, base = svg.points(6), frame.height - svg.points(5)
    wide, high = long + svg.points(14), svg.points(13)
    parts = [svg.rect(left - svg.points(4), base - high + svg.points(2.5), wide, high, WHITE, SECOND_INK, 0.4)]
    for quarter in range(4):
        fill = INK if quarter % 2 == 0 else WHITE
        parts.append(svg.rect(left + quarter * long / 4, base - 4.2, long / 4, 4.2, fill, INK, 0.5))
    room.take_box(left - svg.points(4) + wide / 2, base - high / 2 + svg.points(2.5), wide + 4, high + 4)
    end = f"{decimal(metres / 1000, 0 if metres % 1000 == 0 else 1)} km" if metres >= 1000 else f"{count(metres)} m"
    words = [
        Label(left, base - 9.5, "0", 6.5),
        Label(left + long, base - 9.5, end, 6.5),
        Label(left + long / 2, base - 9.5 - 10, scale_text(window.denominator), 9, 600),
    ]
    return "".join(parts), words


def north_arrow(window: Window, room: Room) -> tuple[str, list[Label]]:
    """An arrow with the letter of north, top right on a white plate."""
    x, y = window.frame.width - svg.points(8), svg.points(6)
    parts = [svg.circle(x, y + 10, 17, WHITE, SECOND_INK, 0.4)]
    parts.append(svg.shape(f"M{svg.number(x)} {svg.number(y - 3)}l5 17l-5 -4l-5 4z", INK))
    room.take_box(x, y + 10, 36, 36)
    return "".join(parts), [Label(x, y + 19.5, "N", 8, 700)]


def key_of_sheets(bounds: Sequence[float], outline: shapely.Geometry, windows: Sequence[Window], current: int) -> str:
    """A small map of the municipality with the sheets as numbered boxes, the current one filled; -1 = none."""
    outer = [window.bounds for window in windows]
    left, bottom = (min(box[at] for box in [*outer, bounds]) for at in (0, 1))
    right, top = (max(box[at] for box in [*outer, bounds]) for at in (2, 3))
    frame = Frame.around((left, bottom, right, top), svg.points(60), svg.points(44), 2, 2)
    drawn = shapely.simplify(frame.draw(outline), 0.5)
    parts = [svg.shape(svg.path_of(drawn), "#e6ebec", SECOND_INK, 0.6)]
    for place, window in enumerate(windows):
        box = frame.draw(shapely.box(*window.bounds))
        x1, y1, x2, y2 = shapely.bounds(box)
        here = place == current
        parts.append(svg.rect(x1, y1, x2 - x1, y2 - y1, "none", ACCENT if here else HOUSE, 2.4 if here else 0.7))
        parts.append(svg.text(x1 + 3, y1 + 9, str(place + 1), 8, weight=700, fill=ACCENT if here else HOUSE))
    return svg.picture(frame.width, frame.height, parts)


def sheet_boxes(window: Window, windows: Sequence[Window], room: Room) -> tuple[str, list[Label]]:
    """The sheets as boxes on the overview, each with its number in a corner."""
    parts, labels = [], []
    for place, other in enumerate(windows):
        x1, y1, x2, y2 = shapely.bounds(window.frame.draw(shapely.box(*other.bounds)))
        parts.append(svg.rect(x1, y1, x2 - x1, y2 - y1, "none", WHITE, 3.0))
        parts.append(svg.rect(x1, y1, x2 - x1, y2 - y1, "none", ACCENT, 1.2))
        words = _("Blatt {number}").format(number=place + 1)
        wide = text_width(words, 8.0, 700) + 6
        parts.append(svg.rect(x1, y1, wide, 12, ACCENT))
        labels.append(Label(x1 + wide / 2, y1 + 6, words, 8.0, 700, WHITE))
        room.take_box(x1 + wide / 2, y1 + 6, wide, 12)
    return "".join(parts), labels
