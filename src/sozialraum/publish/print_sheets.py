"""Sheets of paper at true scale: which round scale fits, and how a large town is cut into several sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import count
from sozialraum.publish import svg
from sozialraum.publish.svg_maps import Frame

PAPERS = {"A3": (297.0, 420.0), "A1": (594.0, 841.0)}
"""Short and long side in mm."""

SCALES = (
    500, 1_000, 1_500, 2_000, 2_500, 5_000, 7_500, 10_000, 12_500, 15_000, 20_000, 25_000, 30_000, 40_000,
    50_000, 60_000, 75_000, 100_000, 150_000, 200_000, 250_000, 300_000, 400_000, 500_000, 1_000_000,
)  # fmt: skip
"""Denominators people know from printed maps."""


@dataclass(frozen=True)
class Paper:
    """A sheet of paper: size in mm, the map field and the part beside (landscape) or beneath it (portrait).

    margin : white edge that every printer leaves. column : width (landscape) or height (portrait) of the part
    with title, legend and notes. foot : height of the line with the source.
    """

    name: str
    upright: bool
    margin: float
    column: float
    foot: float = 6.0
    gap: float = 4.0

    @property
    def width(self) -> float:
        return PAPERS[self.name][0 if self.upright else 1]

    @property
    def height(self) -> float:
        return PAPERS[self.name][1 if self.upright else 0]

    @property
    def field(self) -> tuple[float, float]:
        """Width and height of the map field in mm."""
        wide, high = self.width - 2 * self.margin, self.height - 2 * self.margin - self.foot
        return (wide, high - self.column - self.gap) if self.upright else (wide - self.column - self.gap, high)


@dataclass(frozen=True)
class Window:
    """A map field in the country: left and top in metres, size in mm, and the denominator of its scale."""

    left: float
    top: float
    width: float
    height: float
    denominator: int

    @property
    def frame(self) -> Frame:
        """How metres become points of the picture: exactly at the scale."""
        per_metre = svg.points(1000 / self.denominator)
        return Frame(svg.points(self.width), svg.points(self.height), per_metre, self.left, self.top)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in metres."""
        wide, high = self.metres
        return (self.left, self.top - high, self.left + wide, self.top)

    @property
    def metres(self) -> tuple[float, float]:
        """Width and height in the country."""
        return metres(self.width, self.height, self.denominator)


def papers(name: str) -> tuple[Paper, Paper]:
    """The paper lying and upright. Raises UsageError for a size that is not printed."""
    if name not in PAPERS:
        raise UsageError(
            _("Das Papier „{paper}“ wird nicht gedruckt; es gibt {known}.").format(
                paper=name, known=", ".join(sorted(PAPERS, reverse=True))
            )
        )
    if name == "A1":
        return Paper("A1", False, 12, 150), Paper("A1", True, 12, 150)
    return Paper("A3", False, 10, 82), Paper("A3", True, 10, 92)


def metres(width: float, height: float, denominator: int) -> tuple[float, float]:
    """What mm on paper are in the country."""
    return width * denominator / 1000, height * denominator / 1000


def round_scale(bounds: Sequence[float], field: tuple[float, float], edge: float = 4.0) -> int:
    """The largest round scale at which `bounds` (metres) fit a field (mm) with an edge around; its denominator.

    Where even the smallest known scale is too large, the denominator is rounded up to whole hundred thousands.
    """
    wide, high = max(bounds[2] - bounds[0], 1.0), max(bounds[3] - bounds[1], 1.0)
    needed = 1000 * max(wide / (field[0] - 2 * edge), high / (field[1] - 2 * edge))
    return next((scale for scale in SCALES if scale >= needed), int(np.ceil(needed / 100_000)) * 100_000)


def centred(bounds: Sequence[float], field: tuple[float, float], denominator: int) -> Window:
    """The window with `bounds` in its middle."""
    wide, high = metres(*field, denominator)
    left = (bounds[0] + bounds[2] - wide) / 2
    return Window(left, (bounds[1] + bounds[3] + high) / 2, field[0], field[1], denominator)


def best_paper(bounds: Sequence[float], name: str) -> tuple[Paper, Window]:
    """Lying or upright, whichever gives the larger scale; lying when both give the same."""
    lying, upright = papers(name)
    chosen = min((lying, upright), key=lambda paper: (round_scale(bounds, paper.field), paper.upright))
    return chosen, centred(bounds, chosen.field, round_scale(bounds, chosen.field))


def cover(places: NDArray[np.float64], paper: Paper, denominator: int, edge: float = 6.0) -> list[Window]:
    """Windows at one scale that together show all `places`, each of them whole in at least one.

    places : bounds of what must be seen, n x 4 in metres. Rows of sheets from north to south, in a row from west
    to east; rows and columns are both tried and the fewer sheets win. edge : mm kept free inside a sheet.
    """
    inner = metres(paper.field[0] - 2 * edge, paper.field[1] - 2 * edge, denominator)
    by_rows = _strips(places, inner, across=0)
    by_columns = _strips(places, inner, across=1)
    boxes = by_rows if len(by_rows) <= len(by_columns) else by_columns
    boxes.sort(key=lambda box: (-round(box[3] / inner[1] * 3), box[0]))
    return [centred(box, paper.field, denominator) for box in boxes]


def _strips(places: NDArray[np.float64], inner: tuple[float, float], across: int) -> list[tuple[float, ...]]:
    """Strips along one axis, in each the fewest boxes along the other. across 0: strips are rows."""
    along = 1 - across
    boxes: list[tuple[float, ...]] = []
    for strip in _runs(places, 1 - across, inner[1 - across]):
        for box in _runs(places[strip], 1 - along, inner[across]):
            boxes.append(_hull(places[strip][box]))
    return boxes


def _runs(places: NDArray[np.float64], axis: int, reach: float) -> list[NDArray[np.intp]]:
    """Groups of places that fit into `reach` along an axis (0 = east, 1 = north), from the low end upwards."""
    order = np.argsort(places[:, axis], kind="stable")
    groups: list[list[int]] = []
    start = -np.inf
    for place in order:
        # a place longer than a sheet begins one and is cut
        if not groups or (places[place, axis + 2] > start + reach and places[place, axis] > start):
            groups.append([])
            start = places[place, axis]
        groups[-1].append(int(place))
    return [np.array(group) for group in groups]


def _hull(places: NDArray[np.float64]) -> tuple[float, ...]:
    return (*(float(end) for end in places[:, :2].min(axis=0)), *(float(end) for end in places[:, 2:].max(axis=0)))


def scale_text(denominator: int) -> str:
    """'1 : 15.000'."""
    return f"1 : {count(denominator)}"


def centimetre_text(denominator: int) -> str:
    """'1 cm = 150 m'."""
    return _("1 cm auf dem Blatt = {metres} m").format(metres=count(denominator / 100))
