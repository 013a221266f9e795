"""The writing on a working map: areas first, then block numbers, railways and water, streets, places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from sozialraum.base import _
from sozialraum.publish.palette import HOUSE, INK, SECOND_INK
from sozialraum.publish.print_labels import CAPITAL, Label, Room, name_along, short_street, text_width
from sozialraum.publish.work_map_content import short_number
from sozialraum.publish.work_map_layers import WATER_LINE, Field
from sozialraum.publish.work_map_places import districts, names_of_places, places

NUMBER_SIZES = (6.6, 5.8, 5.2)
STREET_SIZES = (6.2, 5.4, 4.8)

ASIDE = np.array(
    sorted(
        ((dx, dy) for dx in range(-24, 25, 3) for dy in range(-18, 19, 2)), key=lambda at: (at[0] ** 2 + at[1] ** 2, at)
    )
)
"""Places beside the middle of a block, nearest first, in points."""


@dataclass(frozen=True)
class Writing:
    """All labels of a sheet, the pictures beneath them, and how many blocks found no room for their number."""

    labels: tuple[Label, ...]
    beneath: tuple[str, ...]
    unnumbered: int
    unnamed: tuple[str, ...]


def write(field: Field, room: Room, *, numbers: bool = True, big: float = 1.0) -> Writing:
    """Everything written on one sheet. numbers : whether blocks carry numbers (not on an overview)."""
    signs, labels = places(field, room)
    labels += areas(field, room, big)
    labels += traffic(field, room)
    missing, unnamed = 0, list[str]()
    if numbers:
        numbered = block_numbers(field, room)
        streets, unnamed = street_names(field, room)
        add_people(numbered, room)
        labels += numbered.labels + streets
        missing = numbered.without
    labels += names_of_places(field, room) + districts(field, room)
    return Writing(tuple(labels), tuple(signs), missing, tuple(unnamed))


def areas(field: Field, room: Room, big: float, long: bool = True) -> list[Label]:
    """Code, name (where long) and inhabitants of every area, in its widest place."""
    rows = field.content.rows.set_index("area_id")
    people_in = field.content.people_in_areas
    labels: list[Label] = []
    for area, shape in field.areas.items():
        row = rows.loc[area]
        lines = [
            (str(row["code"]), 17 * big, 700),
            *([(str(row["name"]), 7.6 * big, 600)] if row["name"] and long else []),
        ]
        people = _("{count} Einw.").format(count=people_in[str(area)])
        lines.append((people, max(7.0 * big, 6.3), 400))
        for chosen in (lines, lines[:1] + lines[-1:], lines[:1]):
            found = stacked(chosen, shape, room)
            if found:
                labels += found
                break
        else:
            labels += stacked([(lines[0][0], 11.0, 700)], shape, room, force=True)
    return labels


def stacked(
    lines: list[tuple[str, float, int]], shape: shapely.Geometry, room: Room, force: bool = False
) -> list[Label]:
    """Lines under one another in the widest free place of a shape; [] when they do not fit.

    force : also where something is written already, but never over the edge of the sheet.
    """
    width = max(text_width(words, size, weight) for words, size, weight in lines) + 4
    heights = [size * CAPITAL + 3.4 for _words, size, _weight in lines]
    for x, y in _hearts(shape):
        high = sum(heights)
        fits = room.inside(x, y, width, high) if force else room.free(x, y, width, high)
        if not fits or (len(lines) > 1 and not mostly_inside(shape, x, y, width, high)):
            continue
        top = y - sum(heights) / 2
        labels = []
        for (words, size, weight), height in zip(lines, heights, strict=True):
            labels.append(Label(x, top + height / 2, words, size, weight, HOUSE, halo=2.6))
            top += height
        room.take_box(x, y, width, sum(heights))
        return labels
    return []


def mostly_inside(shape: shapely.Geometry, x: float, y: float, width: float, height: float) -> bool:
    """Whether writing would stand in its own area, give or take a sixth."""
    box = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return bool(shapely.area(shapely.intersection(box, shape)) >= 5 / 6 * width * height)


def _hearts(shape: shapely.Geometry) -> list[tuple[float, float]]:
    """Middles of the largest circles of the larger parts, widest first, and places beside the first."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)[:3]
    circles = [shapely.maximum_inscribed_circle(part, 1.0) for part in parts if part.geom_type == "Polygon"]
    circles.sort(key=lambda circle: -shapely.length(circle))
    hearts = [tuple(map(float, shapely.get_coordinates(circle)[0])) for circle in circles]
    if hearts:
        reach = float(shapely.length(circles[0])) * 0.5
        x, y = hearts[0]
        hearts += [(x + dx * reach, y + dy * reach) for dx, dy in ((0, 1), (0, -1), (1, 0), (-1, 0))]
    return hearts  # type: ignore[return-value]


@dataclass(frozen=True, eq=False)
class Numbering:
    """The blocks in a window, by position: their shapes and middles in points, numbers, inhabitants in words.

    cut : whether the block goes on beyond the sheet. done : what is written into each so far; sizes : of the number.
    """

    shapes: NDArray[np.object_]
    centres: NDArray[np.float64]
    ids: list[str]
    people: list[str]
    cut: NDArray[np.bool_]
    done: list[list[Label]]
    sizes: list[float]

    @property
    def labels(self) -> list[Label]:
        return [label for labels in self.done for label in labels]

    @property
    def without(self) -> int:
        """How many blocks found no room for their number; those cut by the edge of the sheet do not count."""
        return sum(not labels and not cut for labels, cut in zip(self.done, self.cut, strict=True))


def block_numbers(field: Field, room: Room) -> Numbering:
    """The number of every block that holds it, as large as it may be; the smallest may hang over a border."""
    town, seen = field.content.town, field.seen
    shapes = shapely.intersection(field.blocks[seen], field.view)
    shapely.prepare(shapes)
    ids = [short_number(str(town.blocks["block_id"].iat[at]), town.ags) for at in seen]
    people = [field.content.people_in_blocks[at] for at in seen]
    cut = ~shapely.covered_by(field.blocks[seen], field.view)
    found = Numbering(shapes, _centres(shapes), ids, people, cut, [[] for _at in seen], [0.0] * len(seen))
    for size in NUMBER_SIZES:
        high = size * CAPITAL
        wide = np.array([text_width(words, size, 600) for words in ids])
        for at in np.flatnonzero(_held(found, wide, np.full(len(ids), high))):
            x, y = found.centres[at]
            if not found.done[at] and room.free(x, y, wide[at] + 1, high + 1):
                room.take_box(x, y, wide[at] + 1.6, high + 1.6, number=int(at) + 1)
                found.done[at].append(Label(float(x), float(y), ids[at], size, 600, INK))
                found.sizes[at] = size
    _overhanging(found, room)
    return found


def add_people(found: Numbering, room: Room) -> None:
    """Inhabitants beneath the number of those blocks that still have room for both."""
    sizes = np.array(found.sizes)
    small = np.maximum(sizes - 0.8, 5.0)
    wide = np.array(
        [
            max(text_width(words, size, 600), text_width(people, below))
            for words, people, size, below in zip(found.ids, found.people, sizes, small, strict=True)
        ]
    )
    high = (sizes + small) * CAPITAL + 2.2
    for at in np.flatnonzero(_held(found, wide, high) & (sizes > 0)):
        x, y = found.centres[at]
        if not room.free(x, y, wide[at] + 1, high[at] + 1, own=int(at) + 1):
            continue
        room.take_box(x, y, wide[at] + 1.6, high[at] + 1.6, number=int(at) + 1)
        upper = y - high[at] / 2 + sizes[at] * CAPITAL / 2
        lower = y + high[at] / 2 - small[at] * CAPITAL / 2
        found.done[at] = [
            Label(float(x), float(upper), found.ids[at], float(sizes[at]), 600, INK),
            Label(float(x), float(lower), found.people[at], float(small[at]), 400, SECOND_INK),
        ]


def _held(found: Numbering, wide: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which blocks hold a box of that size in their middle completely."""
    x, y = found.centres.T
    boxes = shapely.box(x - wide / 2 - 0.8, y - high / 2 - 0.8, x + wide / 2 + 0.8, y + high / 2 + 0.8)
    held: NDArray[np.bool_] = shapely.covers(found.shapes, boxes)
    return held


def _centres(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """The middle of the widest circle of every shape (its largest part)."""
    largest = np.array([max(shapely.get_parts(shape), key=shapely.area) for shape in shapes], dtype=object)
    circles = shapely.maximum_inscribed_circle(largest, 0.6)
    found: NDArray[np.float64] = shapely.get_coordinates(shapely.get_point(circles, 0))
    return found


def _overhanging(found: Numbering, room: Room) -> None:
    """The smallest size, aside of what stands in the middle or over the border of blocks nearly large enough."""
    size = NUMBER_SIZES[-1]
    for at, words in enumerate(found.ids):
        if found.done[at] or shapely.area(found.shapes[at]) < 0.5 * size * text_width(words, size):
            continue
        spots = found.centres[at] + ASIDE
        for x, y in spots[shapely.contains_xy(found.shapes[at], spots)]:
            label = Label(float(x), float(y), words, size, 600, INK, halo=1.2)
            if room.fits(label, 0.3):
                room.take(label, 0.3)
                found.done[at].append(label)
                break


def traffic(field: Field, room: Room) -> list[Label]:
    """Names of railways, motorways and water along their lines."""
    labels = []
    lines = field.content.town.lines
    for kind, fill in (("motorway", SECOND_INK), ("railway", INK), ("river", WATER_LINE)):
        for name in sorted(set(lines["name"][lines["kind"] == kind]) - {""}):
            mine = lines[(lines["kind"] == kind) & (lines["name"] == name)].geometry.to_numpy()
            drawn = shapely.intersection(shapely.union_all(field.frame.draw(mine)), field.view)
            labels += name_along(drawn, (name,), (8.0, 7.0), room, weight=600, fill=fill, halo=2.4, bend=0.6)
    return labels


def street_names(field: Field, room: Room) -> tuple[list[Label], list[str]]:
    """Names along the streets, longest streets first; and the names that found no room."""
    lines = field.content.town.lines
    streets = lines[(lines["kind"] == "street") & (lines["name"] != "")]
    drawn = shapely.intersection(field.frame.draw(streets.geometry.to_numpy()), field.view)
    inside = np.flatnonzero(shapely.length(drawn) > 8)
    by_name = {}
    for name, found_at in streets.iloc[inside].groupby("name").indices.items():
        by_name[str(name)] = shapely.union_all(drawn[inside[found_at]])
    labels, unnamed = [], []
    for name in sorted(by_name, key=lambda name: (-shapely.length(by_name[name]), name)):
        found = name_along(by_name[name], short_street(name), STREET_SIZES, room, fill=INK, halo=1.5)
        labels += found
        if not found:
            unnamed.append(name)
    return labels, unnamed
