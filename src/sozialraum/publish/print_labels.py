"""Writing on a printed map: how long words are, where there is still room, plates beneath them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sozialraum.publish import svg
from sozialraum.publish.palette import INK, WHITE

# advance widths of Source Sans 3 Regular in thousandths of the size
_WIDTHS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZß .-()/–",
        (504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542, 555, 555, 347, 419, 338, 544, 467,
         719, 446, 467, 425, 544, 588, 571, 615, 527, 494, 617, 652, 263, 480, 579, 486, 727, 647, 664, 569, 664, 569,
         534, 536, 645, 515, 786, 513, 476, 539, 561, 200, 249, 311, 303, 303, 350, 500),
        strict=True,
    )
)  # fmt: skip
_WIDTHS |= {"ä": 504, "ö": 542, "ü": 544, "Ä": 544, "Ö": 664, "Ü": 645, "·": 249, ",": 249, ":": 249, "’": 249}
OVERHANG = 1.35
"""How much longer than its line a name may be."""
CAPITAL = 0.66
"""Height of a capital as a share of the size."""


@lru_cache(maxsize=8192)
def text_width(words: str, size: float, weight: int = 400) -> float:
    """Length of a line of text in the unit of its size."""
    thousandths = sum(_WIDTHS.get(letter, 497 if letter.isdigit() else 560) for letter in words)
    return thousandths * size / 1000 * (1.04 if weight >= 600 else 1.0)


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text centred at (x, y) in points of the picture, y at half the height of its capitals.

    angle : degrees clockwise. halo : how far a pale plate reaches around the line in all, 0 = none.
    """

    x: float
    y: float
    words: str
    size: float
    weight: int = 400
    fill: str = INK
    angle: float = 0.0
    halo: float = 0.0

    @property
    def box(self) -> tuple[float, float]:
        """Width and height of what is printed."""
        return text_width(self.words, self.size, self.weight), self.size * CAPITAL

    def as_data(self) -> list[Any]:
        """The label for the typesetter, which sets it as text that can be searched whatever its angle."""
        return [round(self.x, 2), round(self.y, 2), round(self.angle, 2), self.size, self.weight, self.fill, self.words]

    def plate(self) -> str:
        """The pale plate beneath the line. Edges around letters were rejected: they print every word twice."""
        wide, high = self.box[0] + self.halo + 1, self.size * CAPITAL + self.halo + 1
        turned = f"translate({svg.number(self.x)} {svg.number(self.y)})"
        if self.angle:
            turned += f" rotate({svg.number(self.angle)})"
        return svg.element(
            "rect", x=-wide / 2, y=-high / 2, width=wide, height=high, rx=high / 3, transform=turned, fill=WHITE,
            fill_opacity="0.78",
        )  # fmt: skip


def plates(labels: Iterable[Label]) -> list[str]:
    """The plates of all labels that have one."""
    return [label.plate() for label in labels if label.halo]


class Room:
    """Which parts of a map field are already written on: a raster of one field per point."""

    def __init__(self, width: float, height: float) -> None:
        # 0 = free, else the number of what is written there
        self._taken = np.zeros((int(np.ceil(height)) + 1, int(np.ceil(width)) + 1), np.int32)
        self._size = (width, height)

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the field."""
        return self._size[0] / 2, self._size[1] / 2

    def fits(self, label: Label, edge: float = 0.8) -> bool:
        """Whether the label lies inside the field and on no other."""
        return self.free(label.x, label.y, label.box[0] + 2 * edge, label.box[1] + 2 * edge, label.angle)

    def free(self, x: float, y: float, width: float, height: float, angle: float = 0.0, own: int = 0) -> bool:
        """Whether a box centred at (x, y) lies inside the field and on nothing but what has the number `own`."""
        # what is taken is at least three points high: a wide mesh meets it
        east, down = _points_of(x, y, width, height, angle, 1.8)
        if min(east.min(), down.min()) < 0 or east.max() > self._size[0] or down.max() > self._size[1]:
            return False
        there = self._taken[down.astype(np.intp), east.astype(np.intp)]
        return bool(((there == 0) | (there == own)).all())

    def inside(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether a box centred at (x, y) lies inside the field."""
        return width / 2 <= x <= self._size[0] - width / 2 and height / 2 <= y <= self._size[1] - height / 2

    def open_at(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """For points (.., 2) whether each lies inside the field on nothing written."""
        rows = np.clip(points[..., 1].astype(np.intp), 0, self._taken.shape[0] - 1)
        columns = np.clip(points[..., 0].astype(np.intp), 0, self._taken.shape[1] - 1)
        free: NDArray[np.bool_] = self._taken[rows, columns] == 0
        return free

    def take(self, label: Label, edge: float = 0.8) -> None:
        """Keep the place of a label."""
        self.take_box(label.x, label.y, label.box[0] + 2 * edge, label.box[1] + 2 * edge, label.angle)

    def take_box(self, x: float, y: float, width: float, height: float, angle: float = 0.0, number: int = -1) -> None:
        """Keep a box free of further labels, under a number that may write there again."""
        east, down = _points_of(x, y, width, height, angle, 0.9)
        columns = np.clip(east.astype(np.intp), 0, self._taken.shape[1] - 1)
        rows = np.clip(down.astype(np.intp), 0, self._taken.shape[0] - 1)
        self._taken[rows, columns] = number

    def place(self, label: Label) -> bool:
        """Keep the place of a label if it is free; whether it was."""
        if not self.fits(label):
            return False
        self.take(label)
        return True


def _points_of(
    x: float, y: float, width: float, height: float, angle: float, step: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of a turned box (east, down), at most `step` apart, its edges included."""
    across = np.arange(int(width / step) + 2) / (int(width / step) + 1) * width - width / 2
    down = np.arange(int(height / step) + 2) / (int(height / step) + 1) * height - height / 2
    turn = math.radians(angle)
    cosine, sine = math.cos(turn), math.sin(turn)
    return (
        (x + cosine * across[:, None] - sine * down).ravel(),
        (y + sine * across[:, None] + cosine * down).ravel(),
    )


def name_along(
    lines: shapely.Geometry, words: Sequence[str], sizes: Sequence[float], room: Room, *, weight: int = 400,
    fill: str = INK, halo: float = 1.6, every: float = 330.0, bend: float = 0.35,
) -> list[Label]:  # fmt: skip
    """Places for a name along lines (points of the picture), on the straightest free pieces.

    words : the name, then shorter forms, tried in order of sizes. every : points between repetitions on a long
    line. bend : how far the line may leave the baseline, in sizes. Returns [] where the name has no room.
    """
    parts = sorted(shapely.get_parts(shapely.line_merge(lines)), key=lambda part: -shapely.length(part))
    parts = [part for part in parts if part.geom_type == "LineString"]
    placed: list[Label] = []
    for size, name in [(size, name) for size in sizes for name in words]:
        for part in parts:
            long = float(shapely.length(part))
            if long * OVERHANG < text_width(name, size, weight):
                break
            for _piece in range(max(1, int(long // every))):
                found = _on_piece(part, name, size, room, placed, every, weight, fill, halo, bend)
                if found is None:
                    break
                room.take(found)
                placed.append(found)
        if placed:
            return placed
    return placed


def _on_piece(
    line: shapely.Geometry, name: str, size: float, room: Room, placed: Sequence[Label], every: float,
    weight: int, fill: str, halo: float, bend: float,
) -> Label | None:  # fmt: skip
    """The best free place on one line: straight, near the middle, far from the same name."""
    width = text_width(name, size, weight)
    line = _stretched(line, width + 1)
    long = float(shapely.length(line))
    starts = np.linspace(0, long - width, int(min(max((long - width) / 4, 1), 40)) + 1)
    steps = np.linspace(0, width, 7)
    along = shapely.get_coordinates(shapely.line_interpolate_point(line, (starts[:, None] + steps).ravel()))
    along = along.reshape(len(starts), 7, 2)
    chord = along[:, -1] - along[:, 0]
    span = np.maximum(np.hypot(chord[:, 0], chord[:, 1]), 1e-9)
    offset = along - along[:, :1]
    off = np.abs(offset[..., 0] * chord[:, None, 1] - offset[..., 1] * chord[:, None, 0]) / span[:, None]
    worst = off.max(axis=1)
    cost = worst / size + 0.4 * np.abs(starts + width / 2 - long / 2) / long
    good = (worst <= bend * size) & (span >= 0.93 * width) & room.open_at(along).all(axis=1)
    middle = along.mean(axis=1)
    for other in placed:
        good &= np.hypot(middle[:, 0] - other.x, middle[:, 1] - other.y) >= 0.7 * every
    for place in [place for place in np.argsort(cost, kind="stable") if good[place]][:8]:
        x, y = middle[place]
        angle = float(np.degrees(np.arctan2(chord[place, 1], chord[place, 0])))
        # never upside down
        angle = angle - 180 if angle > 90 else angle + 180 if angle <= -90 else angle
        label = Label(float(x), float(y), name, size, weight, fill, angle, halo)
        if room.fits(label, 0.6):
            return label
    return None


def _stretched(line: shapely.Geometry, length: float) -> shapely.Geometry:
    """The line, lengthened straight on at both ends where it is shorter than a name that may hang over."""
    missing = length - float(shapely.length(line))
    if missing <= 0:
        return line
    points = shapely.get_coordinates(line)
    first, last = points[0] - points[1], points[-1] - points[-2]
    ends = [end / max(float(np.hypot(*end)), 1e-9) * missing / 2 for end in (first, last)]
    return shapely.linestrings(np.vstack([points[:1] + ends[0], points, points[-1:] + ends[1]]))


def short_street(name: str) -> tuple[str, ...]:
    """'Bahnhofstraße' and its short form as on printed maps: 'Bahnhofstr.'."""
    short = name.replace("straße", "str.").replace("Straße", "Str.").replace("platz", "pl.").replace("Platz", "Pl.")
    return (name, short) if short != name else (name,)
