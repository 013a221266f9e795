"""The picture of a working map: areas in tone and hatch, blocks, streets, railways, water, buildings, borders.

Everything is in points of the map field; the field is true to scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from sozialraum.blocks.dissolve import merge
from sozialraum.publish import svg
from sozialraum.publish.palette import HOUSE, INK, SECOND_INK, SIDE_BY_SIDE, WHITE
from sozialraum.publish.print_sheets import Window
from sozialraum.publish.svg_maps import Frame, neighbour_tones
from sozialraum.publish.work_map_content import Town, WorkMap

BLOCK_LINE, STREET_EDGE = "#7d888e", "#8b959a"
WATER, WATER_LINE = "#a9c6d6", "#4f7f9a"
MOTORWAY = "#e3c37a"
BUILDING = "#a7aeb1"
PUBLIC = "#56606a"
BUILDINGS_UP_TO = 15_000
"""Beyond this denominator houses are smaller than their edges."""
PUBLIC_KINDS = ("school", "church", "town_hall", "care_home", "daycare")


@dataclass(frozen=True)
class Look:
    """Tone and hatch of an area; the hatch alone tells neighbours apart in greyscale."""

    tone: str
    hatch: int

    @property
    def pale(self) -> str:
        """The tone of open land: half way to white."""
        return mixed(self.tone, WHITE, 0.55)

    @property
    def dark(self) -> str:
        """The lines of the hatch."""
        return mixed(self.tone, INK, 0.3)


@dataclass(frozen=True, eq=False)
class Country:
    """The town in metres, with no more points than a scale can show; made once for all sheets of that scale."""

    content: WorkMap
    denominator: int

    @cached_property
    def blocks(self) -> NDArray[np.object_]:
        """The blocks with points closer than 0.14 mm on paper left out, borders still common."""
        shapes = self.content.town.blocks.geometry.to_numpy()
        found: NDArray[np.object_] = shapely.coverage_simplify(shapes, 0.14 * self.denominator / 1000)
        return found

    @cached_property
    def areas(self) -> dict[str, shapely.Geometry]:
        """The areas in reading order."""
        owner = self.content.owner
        return {area: self._whole(self.blocks[owner == area]) for area in self.content.rows["area_id"]}

    @cached_property
    def outline(self) -> shapely.Geometry:
        """The border of the municipality."""
        return shapely.boundary(self._whole(self.blocks))

    @cached_property
    def borders(self) -> shapely.Geometry:
        """The borders between areas and around them."""
        return shapely.line_merge(shapely.union_all([shapely.boundary(shape) for shape in self.areas.values()]))

    def _whole(self, blocks: NDArray[np.object_]) -> shapely.Geometry:
        """Blocks as one shape, without the holes that careless digitising leaves."""
        smallest = 0.2 * (self.denominator / 1000) ** 2
        parts = [part for part in shapely.get_parts(merge(blocks)) if part.geom_type == "Polygon"]
        kept = [part for part in parts if part.area >= smallest] or parts
        return shapely.multipolygons(
            [
                shapely.Polygon(
                    part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area >= smallest]
                )
                for part in kept
            ]
        )


@dataclass(frozen=True, eq=False)
class Field:
    """The town drawn into one window: blocks in points, by position; which of them can be seen."""

    window: Window
    country: Country
    looks: Mapping[str, Look]

    @property
    def content(self) -> WorkMap:
        return self.country.content

    @cached_property
    def frame(self) -> Frame:
        return self.window.frame

    @cached_property
    def view(self) -> shapely.Geometry:
        return shapely.box(0, 0, self.frame.width, self.frame.height)

    @cached_property
    def blocks(self) -> NDArray[np.object_]:
        return self.frame.draw(self.country.blocks)

    @cached_property
    def seen(self) -> NDArray[np.intp]:
        """Positions of the blocks that lie in the window at least in part."""
        return np.flatnonzero(shapely.intersects(self.blocks, self.view))

    @cached_property
    def areas(self) -> dict[str, shapely.Geometry]:
        """The part of every area in the window, in reading order."""
        cut = {area: self._cut(shape) for area, shape in self.country.areas.items()}
        return {area: shape for area, shape in cut.items() if not shape.is_empty and shape.area > 1}

    @cached_property
    def outline(self) -> shapely.Geometry:
        """The border of the municipality, not of the window."""
        return self._cut(self.country.outline)

    @cached_property
    def borders(self) -> shapely.Geometry:
        """The borders between areas and around them inside the window."""
        return self._cut(self.country.borders)

    def _cut(self, shape: shapely.Geometry) -> shapely.Geometry:
        return shapely.intersection(self.frame.draw(shape), self.view)

    def lines(self, kind: str) -> shapely.Geometry:
        """All lines of a kind in the window."""
        return self.cut(self.content.town.lines, kind)

    def cut(self, layer: gpd.GeoDataFrame, *kinds: str) -> shapely.Geometry:
        """The shapes of some kinds in the window, as one."""
        mine = layer.geometry.to_numpy()[layer["kind"].isin(kinds).to_numpy()]
        near = mine[shapely.intersects(mine, shapely.box(*self.window.bounds))]
        return shapely.union_all(shapely.intersection(self.frame.draw(near), self.view))

    @property
    def bold(self) -> float:
        """How strong lines are: thinner where the map is small."""
        return 1.0 if self.window.denominator <= 25_000 else 0.75 if self.window.denominator <= 50_000 else 0.6

    def street_width(self) -> float:
        """Width of a street of eight metres, but never thinner than can be seen."""
        return max(self.bold, min(8 * self.frame.scale, 4.0))


def looks_of(town: Town, owner: NDArray[np.object_], areas: list[str]) -> dict[str, Look]:
    """Tone and hatch of every area of a town, the same on all its sheets; neighbours differ in both."""
    shapes = [shapely.union_all(town.blocks.geometry.to_numpy()[owner == area], grid_size=0.5) for area in areas]
    tones = neighbour_tones(shapes, SIDE_BY_SIDE)
    return {area: Look(tone, SIDE_BY_SIDE.index(tone)) for area, tone in zip(areas, tones, strict=True)}


def mixed(first: str, second: str, share: float) -> str:
    """A colour between two, `share` of the second."""
    pairs = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def ground(field: Field, houses: bool = True) -> list[str]:
    """Areas, open land, hatches, buildings (if wanted), block borders."""
    parts = [svg.shape(svg.path_of(shape), field.looks[area].tone) for area, shape in field.areas.items()]
    parts += _open_land(field)
    for area, shape in field.areas.items():
        parts.append(hatch(shape, field.looks[area]))
    if houses and field.window.denominator <= BUILDINGS_UP_TO:
        parts += [_houses(field, ("building",), BUILDING), _houses(field, PUBLIC_KINDS, PUBLIC)]
    edges = "".join(svg.path_of(block) for block in field.blocks[field.seen])
    parts.append(svg.shape(edges, stroke=BLOCK_LINE, width=0.35 * field.bold))
    return parts


def _open_land(field: Field) -> list[str]:
    owner, land = field.content.owner, field.content.town.blocks["land"].to_numpy()
    parts = []
    for area in field.areas:
        mine = field.blocks[field.seen][(owner[field.seen] == area) & (land[field.seen] == "open")]
        parts.append(svg.shape("".join(svg.path_of(block) for block in mine), field.looks[area].pale))
    return parts


def _houses(field: Field, kinds: tuple[str, ...], fill: str) -> str:
    """Buildings as they are; those that reach over the edge of the sheet are left to the next one."""
    layer = field.content.town.buildings
    drawn = field.frame.draw(layer.geometry.to_numpy()[layer["kind"].isin(kinds).to_numpy()])
    return svg.shape("".join(svg.path_of(house) for house in drawn[shapely.covered_by(drawn, field.view)]), fill)


def hatch(shape: shapely.Geometry, look: Look, step: float = 8.5, width: float = 0.3) -> str:
    """Lines of one of seven directions cut to a shape, in the dark of its tone."""
    lines = pattern(look.hatch, shape.bounds, step)
    if lines is None:
        return ""
    return svg.shape(svg.path_of(shapely.intersection(lines, shape)), stroke=look.dark, width=width)


def pattern(kind: int, bounds: tuple[float, float, float, float], step: float) -> shapely.Geometry | None:
    """Hatch 0 rising, 1 flat, 2 falling, 3 steep, 4 none, 5 cross, 6 close rising; None for none."""
    angles = {0: (-45,), 1: (0,), 2: (45,), 3: (90,), 4: (), 5: (-45, 45), 6: (-20,)}[kind]
    wide = {5: 1.7}.get(kind, 1.0) * step
    sets = [_parallels(angle, bounds, wide) for angle in angles]
    return shapely.union_all(sets) if len(sets) > 1 else (sets[0] if sets else None)


def _parallels(angle: float, bounds: tuple[float, float, float, float], step: float) -> shapely.Geometry:
    """Parallels over a box, anchored at the origin of the picture so that they run on from block to block."""
    turn = np.radians(angle)
    along, off = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    corners = np.array([[x, y] for x in bounds[::2] for y in bounds[1::2]])
    near, far = (corners @ off).min(), (corners @ off).max()
    start, end = (corners @ along).min(), (corners @ along).max()
    levels = np.arange(np.ceil(near / step), np.floor(far / step) + 1) * step
    lines = np.stack([levels[:, None] * off + start * along, levels[:, None] * off + end * along], axis=1)
    return shapely.multilinestrings(shapely.linestrings(lines)) if len(lines) else shapely.MultiLineString()


def network(field: Field, streets: bool = True) -> list[str]:
    """Water, streets (if wanted), railways and motorways, with the band of the area borders beneath them."""
    wide, bold = field.street_width(), field.bold
    band = max(5.0 * bold, wide + 5.6 * bold)
    river = svg.path_of(field.lines("river"))
    roads = svg.path_of(field.lines("street")) if streets else ""
    return [
        svg.shape(river, stroke=WATER_LINE, width=wide + 2.2 * bold),
        svg.shape(river, stroke=WATER, width=wide + 1.2 * bold),
        svg.shape(svg.path_of(field.borders), stroke=mixed(HOUSE, WHITE, 0.45), width=band),
        svg.shape(roads, stroke=STREET_EDGE, width=wide + 0.6),
        svg.shape(roads, stroke=WHITE, width=wide),
        *motorways(svg.path_of(field.lines("motorway")), wide, bold),
        *rails(svg.path_of(field.lines("railway")), bold),
    ]


def motorways(path: str, wide: float, bold: float = 1.0) -> list[str]:
    """A yellow band with dark edges and a dark line in the middle."""
    return [
        svg.shape(path, stroke=SECOND_INK, width=wide + 3.0 * bold),
        svg.shape(path, stroke=MOTORWAY, width=wide + 2.0 * bold),
        svg.shape(path, stroke=SECOND_INK, width=0.5 * bold),
    ]


def rails(path: str, bold: float = 1.0) -> list[str]:
    """The black and white of printed maps."""
    dash = svg.number(5 * bold)
    return [
        svg.shape(path, stroke=INK, width=2.2 * bold),
        svg.shape(path, stroke=WHITE, width=1.2 * bold, dash=f"{dash} {dash}"),
    ]


def edges(field: Field) -> list[str]:
    """The line of the area borders, and the border of the municipality as the strongest line."""
    bold = field.bold
    dash = " ".join(svg.number(long * bold) for long in (9, 2.4, 2, 2.4))
    return [
        svg.shape(svg.path_of(field.borders), stroke=HOUSE, width=1.3 * bold),
        svg.shape(svg.path_of(field.outline), stroke=WHITE, width=4.2 * bold),
        svg.shape(svg.path_of(field.outline), stroke=INK, width=2.4 * bold, dash=dash),
    ]


def frame_line(field: Field) -> str:
    """The line around the map field."""
    return svg.rect(0.3, 0.3, field.frame.width - 0.6, field.frame.height - 0.6, "none", SECOND_INK, 0.6)
