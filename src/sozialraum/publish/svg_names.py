"""Where the names of municipalities stand: outside the region, near their own, never across a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from sozialraum.publish import svg
from sozialraum.publish.palette import SECOND_INK

SIZE = 6.8


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the left end of its baseline, and a leader line if it stands apart ((x, y) pairs) ."""

    words: str
    x: float
    y: float
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None

    def draw(self) -> str:
        """The name as SVG."""
        line = ""
        if self.leader:
            (x1, y1), (x2, y2) = self.leader
            line = svg.line(x1, y1, x2, y2, SECOND_INK, 0.4)
        return line + svg.text(self.x, self.y, self.words, SIZE, weight=600)


def place_names(towns: Mapping[str, shapely.Geometry], width: float, height: float) -> tuple[Name, ...]:
    """One place per name, chosen among many around the region; the most exposed towns choose first."""
    towns = {name: shapely.simplify(town, 1.5) for name, town in towns.items()}
    region = shapely.union_all(list(towns.values()))
    inner = shapely.buffer(shapely.convex_hull(region), -12)
    order = sorted(towns, key=lambda name: (-shapely.length(shapely.difference(towns[name].boundary, inner)), name))
    # the scale stands at the bottom left, the notice along the bottom
    taken: list[shapely.Geometry] = [shapely.box(0, height - 16, 60, height), shapely.box(0, height - 9, width, height)]
    placed = []
    for name in order:
        box = _best_box(name, towns, region, taken, width, height)
        taken.append(box)
        placed.append(_name_at(name, box, towns[name]))
    return tuple(placed)


def _best_box(
    name: str, towns: Mapping[str, shapely.Geometry], region: shapely.Geometry,
    taken: list[shapely.Geometry], width: float, height: float,
) -> shapely.Geometry:  # fmt: skip
    """The free box nearest to its own town; boxes nearer to another town cost more."""
    long, high = _text_width(name) + 3, SIZE + 2
    x, y = np.meshgrid(np.arange(1, max(width - long, 2), 4.0), np.arange(1, max(height - high, 2), 3.0))
    boxes = shapely.box(x.ravel(), y.ravel(), x.ravel() + long, y.ravel() + high)
    near = shapely.buffer(region, 1.5)
    shapely.prepare(near)
    free = ~shapely.intersects(boxes, near)
    free &= ~shapely.intersects(boxes, shapely.union_all(taken))
    if not free.any():
        return boxes[0]
    boxes = boxes[free]
    own = shapely.distance(boxes, towns[name])
    boxes, own = boxes[own <= own.min() + 30], own[own <= own.min() + 30]
    other = [shapely.distance(boxes, shape) for key, shape in towns.items() if key != name]
    nearest = np.min(other, axis=0) if other else np.full(len(boxes), 1e6)
    centre = shapely.centroid(towns[name])
    cost = own + 1.5 * np.clip(own - nearest + 4, 0, None) + 0.05 * shapely.distance(shapely.centroid(boxes), centre)
    return boxes[int(np.argmin(cost))]


def _name_at(name: str, box: shapely.Geometry, town: shapely.Geometry) -> Name:
    left, _top, _right, bottom = box.bounds
    leader = None
    if shapely.distance(box, town) > 9:
        towards = shapely.maximum_inscribed_circle(town, 1.0)
        end = shapely.get_coordinates(towards)[0]
        short = shapely.shortest_line(box, shapely.Point(end))
        start = shapely.get_coordinates(short)[0]
        leader = ((float(start[0]), float(start[1])), (float(end[0]), float(end[1])))
    return Name(name, left + 1.5, bottom - 2.2, leader)


def _text_width(words: str) -> float:
    return sum(0.30 if letter in "iljtfr.-() " else 0.78 if letter in "mwMW" else 0.56 for letter in words) * SIZE
