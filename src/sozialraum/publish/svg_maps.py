"""Maps of areas: shapes simplified once and shared by all maps of one size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from sozialraum.base.numbers import decimal
from sozialraum.publish import svg
from sozialraum.publish.palette import ACCENT, INK, WHITE, label_colour
from sozialraum.publish.svg_names import Name, place_names

SMALLEST_CIRCLE = svg.points(1.25)


@dataclass(frozen=True)
class Frame:
    """The window of a map: size in points, margins left/right and top/bottom, and how metres become points."""

    width: float
    height: float
    scale: float
    left: float
    top: float

    @classmethod
    def around(cls, bounds: Sequence[float], width: float, height: float, side: float = 0, ends: float = 0) -> Frame:
        """The frame in which `bounds` (metres) fill width x height (points) inside the margins."""
        spans = max(bounds[2] - bounds[0], 1e-9), max(bounds[3] - bounds[1], 1e-9)
        scale = min((width - 2 * side) / spans[0], (height - 2 * ends) / spans[1])
        left = bounds[0] - (width / scale - spans[0]) / 2
        top = bounds[3] + (height / scale - spans[1]) / 2
        return cls(width, height, scale, left, top)

    def draw(self, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
        """The geometries in points of the picture, y downwards."""
        return shapely.transform(
            geometries, lambda xy: np.column_stack([(xy[:, 0] - self.left), (self.top - xy[:, 1])]) * self.scale
        )


@dataclass(frozen=True)
class Look:
    """How one area is drawn: fill or hatch, whether its number is ringed, what stands in it.

    carried : its value was brought from other boundaries; lines over the fill say so.
    """

    fill: str = WHITE
    hatch: str = ""
    ringed: bool = False
    label: str | None = None
    carried: bool = False


@dataclass(frozen=True)
class Shapes:
    """Areas and municipalities ready to be drawn at one size.

    ids, codes, owner : of the areas, by position. drawn, paths : geometry and path data in points.
    towns : AGS -> outline. outline : of the whole. centres, radii : of the largest inscribed circles.
    """

    frame: Frame
    ids: tuple[str, ...]
    codes: tuple[str, ...]
    drawn: NDArray[np.object_]
    towns: Mapping[str, shapely.Geometry]
    names: tuple[Name, ...] = ()
    centres: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    radii: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    @cached_property
    def paths(self) -> dict[str, str]:
        return {area: svg.path_of(shape) for area, shape in zip(self.ids, self.drawn, strict=True)}

    @cached_property
    def town_path(self) -> str:
        return "".join(svg.path_of(shapely.boundary(shape)) for shape in self.towns.values())

    @cached_property
    def outline_path(self) -> str:
        return svg.path_of(shapely.boundary(merged(list(self.towns.values()))))

    @cached_property
    def place(self) -> dict[str, int]:
        return {area: row for row, area in enumerate(self.ids)}


def simplified(areas: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """The areas with fewer points and still common borders; tolerance in metres."""
    shapes = shapely.coverage_simplify(areas.geometry.to_numpy(), tolerance)
    return areas.set_geometry(gpd.GeoSeries(shapes, index=areas.index, crs=areas.crs))


def prepare_shapes(
    areas: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, width: float, height: float,
    *, side: float = 0, ends: float = 0, names: bool = False, detail: float = 0.5,
) -> Shapes:  # fmt: skip
    """Areas of one map at width x height points; detail is the smallest thing kept, in points."""
    bounds = areas.total_bounds
    frame = Frame.around(bounds, width, height, side, ends)
    kept = simplified(areas, detail / frame.scale)
    drawn = frame.draw(kept.geometry.to_numpy())
    towns = _towns(kept, drawn, municipalities)
    circles = shapely.maximum_inscribed_circle(shapely.buffer(drawn, 0), 0.4)
    starts = shapely.get_coordinates(shapely.get_point(circles, 0))
    title = dict(zip(municipalities["ags"], municipalities["name"], strict=True))
    placed = place_names({title[ags]: town for ags, town in towns.items()}, width, height) if names else ()
    return Shapes(
        frame, tuple(kept["area_id"]), tuple(kept["code"].astype(str)), drawn, towns, placed,
        starts, shapely.length(circles),
    )  # fmt: skip


def _towns(
    areas: gpd.GeoDataFrame, drawn: NDArray[np.object_], municipalities: gpd.GeoDataFrame
) -> dict[str, shapely.Geometry]:
    """Outlines from the simplified areas, so that borders lie on each other; none for a municipality without areas."""
    owner = areas["municipality"].to_numpy()
    towns: dict[str, shapely.Geometry] = {}
    for ags in municipalities["ags"]:
        mine = drawn[owner == ags]
        if len(mine):
            towns[ags] = merged(mine)
    return towns


def merged(shapes: Sequence[shapely.Geometry] | NDArray[np.object_], smallest: float = 1.5) -> shapely.Geometry:
    """Shapes of a picture as one, without the slivers that rounding leaves; smallest in square points."""
    whole = shapely.union_all(np.asarray(shapes, dtype=object), grid_size=0.01)
    kept = [part for part in shapely.get_parts(whole) if part.area >= smallest] or list(shapely.get_parts(whole))
    return shapely.union_all(
        [
            shapely.Polygon(part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area >= smallest])
            for part in kept
            if part.geom_type == "Polygon"
        ]
    )


def neighbour_tones(shapes: Sequence[shapely.Geometry] | NDArray[np.object_], tones: Sequence[str]) -> list[str]:
    """A tone for each shape, other than its neighbours' as far as the tones reach; in the order of the shapes."""
    wide = shapely.buffer(np.asarray(shapes, dtype=object), 0.3)
    first, second = shapely.STRtree(wide).query(wide, predicate="intersects")
    chosen: list[int] = []
    for place in range(len(wide)):
        beside = [int(other) for other in second[first == place] if other < place]
        used = [chosen[other] for other in beside]
        turn = [(place + step) % len(tones) for step in range(len(tones))]
        chosen.append(min(turn, key=lambda tone: used.count(tone)))
    return [tones[tone] for tone in chosen]


def area_map(shapes: Shapes, looks: Mapping[str, Look], *, notice: str = "", labels: bool = True) -> str:
    """A map of areas with its municipalities, names, numbers, scale bar and the notice of the release."""
    parts = [*fills(shapes, looks), *borders(shapes)]
    if labels:
        parts += [number_in(shapes, area, look) for area, look in looks.items()]
    parts += [name.draw() for name in shapes.names]
    parts += [scale_bar(shapes.frame), notice_mark(shapes.frame, notice)]
    return svg.picture(shapes.frame.width, shapes.frame.height, parts)


def fills(shapes: Shapes, looks: Mapping[str, Look]) -> list[str]:
    """The coloured areas, one path per colour, then the hatches."""
    by_fill: dict[str, list[str]] = {}
    by_hatch: dict[str, list[str]] = {}
    for area, look in looks.items():
        by_fill.setdefault(look.fill if not look.hatch else WHITE, []).append(area)
        if look.hatch:
            by_hatch.setdefault(look.hatch, []).append(area)
    parts = [
        svg.shape("".join(shapes.paths[area] for area in group), fill, "#8d979c", 0.8)
        for fill, group in by_fill.items()
    ]
    carried = [area for area, look in looks.items() if look.carried and not look.hatch]
    if carried:
        by_hatch["carried"] = carried
    for kind, group in by_hatch.items():
        parts.append(svg.hatch([shapes.drawn[shapes.place[area]] for area in group], kind))
    return parts


def borders(shapes: Shapes) -> list[str]:
    """Borders: area white (in the grey casing of the fills), municipality ink, outline strongest."""
    inner = "".join(shapes.paths.values())
    return [
        svg.shape(inner, stroke=WHITE, width=0.4),
        svg.shape(shapes.town_path, stroke=INK, width=0.75),
        svg.shape(shapes.outline_path, stroke=INK, width=1.1),
    ]


def number_in(shapes: Shapes, area: str, look: Look) -> str:
    """The number of an area in its largest circle; a ring says 'not to be told from the region'; none if too small."""
    row = shapes.place[area]
    words = shapes.codes[row] if look.label is None else look.label
    radius = float(shapes.radii[row])
    if radius < SMALLEST_CIRCLE or not words:
        return ""
    size = max(5.8, min(7.2, radius * 1.1))
    if len(words) * size * 0.27 > radius * 1.05:
        return ""
    x, y = shapes.centres[row]
    ink = label_colour(look.fill) if not look.hatch else INK
    parts = []
    if look.hatch or look.carried:
        parts.append(svg.circle(x, y, min(radius, size * 0.62), WHITE if look.hatch else look.fill))
    if look.ringed and radius >= size * 0.68:
        parts.append(svg.circle(x, y, size * 0.68, "none", ink, 0.45))
    weight = 400 if look.ringed or look.hatch else 600
    parts.append(svg.text(x, y + size * 0.34, words, size, anchor="middle", weight=weight, fill=ink))
    return "".join(parts)


def scale_bar(frame: Frame) -> str:
    """A bar of a round number of kilometres, bottom left."""
    wanted = 0.12 * max(frame.width, frame.height) / frame.scale / 1000
    steps = [base * 10.0**power for power in range(-2, 4) for base in (1, 2, 5)]
    length = max((step for step in steps if step <= wanted * 1.3), default=steps[0])
    size = length * 1000 * frame.scale
    y = frame.height - 4
    label = f"{decimal(length, 0 if length >= 1 else 1 if length >= 0.1 else 2)} km"
    ends = svg.line(3, y - 3, 3, y, width=0.8) + svg.line(3 + size, y - 3, 3 + size, y, width=0.8)
    return ends + svg.line(3, y, 3 + size, y, width=0.8) + svg.text(3 + size / 2, y - 4, label, 6.3, anchor="middle")


def notice_mark(frame: Frame, notice: str) -> str:
    """The notice of the release on the map itself, so that a copied map still tells it."""
    if not notice:
        return ""
    return svg.text(frame.width - 2, frame.height - 3, notice, 5.8, anchor="end", fill=ACCENT, weight=600)


def locator(shapes: Shapes, area: str, house: str, notice: str) -> str:
    """A small map of one municipality with one area filled."""
    looks = {other: Look("#e6ebec") for other in shapes.ids}
    looks[area] = Look(house)
    return area_map(shapes, looks, notice=notice)


def cover_map(shapes: Shapes, tones: Sequence[str], background: str) -> str:
    """The region's own outline for the cover; the tones carry no value."""
    rank = {area: row * 7 % len(tones) for row, area in enumerate(shapes.ids)}
    parts = [
        svg.shape("".join(shapes.paths[area] for area in shapes.ids if rank[area] == tone), colour)
        for tone, colour in enumerate(tones)
    ]
    parts.append(svg.shape("".join(shapes.paths.values()), stroke=background, width=0.5))
    parts.append(svg.shape(shapes.town_path, stroke=background, width=1.4))
    return svg.picture(shapes.frame.width, shapes.frame.height, parts)
