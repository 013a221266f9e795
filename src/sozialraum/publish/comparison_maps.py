"""Two maps of one municipality, before and after: same extent, same scale, same tones, moved blocks lettered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from sozialraum.publish import svg
from sozialraum.publish.comparison_content import TownChange, living_on
from sozialraum.publish.palette import ACCENT, SIDE_BY_SIDE, WHITE
from sozialraum.publish.print_furniture import north_arrow, scale_bar
from sozialraum.publish.print_labels import Label, Room, plates
from sozialraum.publish.print_sheets import Window, centred, round_scale
from sozialraum.publish.svg_maps import neighbour_tones
from sozialraum.publish.work_map_layers import Country, Field, Look, edges, frame_line, ground, network
from sozialraum.publish.work_map_names import areas, traffic

STREETS_UP_TO = 25_000
"""Beyond this denominator streets would cover what the map is about."""


@dataclass(frozen=True, eq=False)
class Pair:
    """Both maps as data for the typesetter, their window, and whether they show only a part of the municipality."""

    window: Window
    before: dict[str, Any]
    after: dict[str, Any]
    part: bool


def draw_pair(change: TownChange, size: tuple[float, float]) -> Pair:
    """The two maps at width x height in mm."""
    bounds, part = extent(change)
    window = centred(bounds, size, round_scale(bounds, size))
    looks = common_looks(change)
    made = {}
    for version, content in (("before", change.before), ("after", change.after)):
        country = Country(content, window.denominator)
        field = Field(window, country, {area: looks[version, area] for area in content.rows["area_id"]})
        made[version] = _one(field, change, version)
    return Pair(window, made["before"], made["after"], part)


def extent(change: TownChange) -> tuple[tuple[float, float, float, float], bool]:
    """What both maps show: the municipality, or the changed part when it would be too small on the whole."""
    whole = change.town.bounds
    touched = change.town.blocks["block_id"].isin([block for move in change.moves for block in move.blocks])
    if not touched.any():
        return whole, False
    left, bottom, right, top = change.town.blocks[touched].total_bounds
    reach = max(right - left, top - bottom)
    if reach > 0.4 * max(whole[2] - whole[0], whole[3] - whole[1]):
        return whole, False
    edge = 0.45 * reach
    return (float(left - edge), float(bottom - edge), float(right + edge), float(top + edge)), True


def common_looks(change: TownChange) -> Mapping[tuple[str, str], Look]:
    """(version, area_id) -> tone and hatch: an area that lives on keeps them, neighbours differ in both versions."""
    stays = dict(living_on(change.lineage[(change.lineage["old_id"] != "") & (change.lineage["new_id"] != "")]))
    groups = [(old, stays.get(old, "")) for old in change.before.rows["area_id"]]
    known = {new for _old, new in groups if new}
    groups += [("", new) for new in change.after.rows["area_id"] if new not in known]
    shapes = change.town.blocks.geometry.to_numpy()
    merged = [
        shapely.union_all(shapes[(change.before.owner == old) | (change.after.owner == new)], grid_size=0.5)
        for old, new in groups
    ]
    found: dict[tuple[str, str], Look] = {}
    for (old, new), tone in zip(groups, neighbour_tones(merged, SIDE_BY_SIDE), strict=True):
        look = Look(tone, SIDE_BY_SIDE.index(tone))
        found |= {("before", old): look, ("after", new): look}
    return found


def _one(field: Field, change: TownChange, version: str) -> dict[str, Any]:
    room = Room(field.frame.width, field.frame.height)
    bar, words = scale_bar(field.window, room, 36)
    arrow, north = north_arrow(field.window, room)
    lines, discs, letters = moves(field, change, version, room)
    labels = [*areas(field, room, 0.82, long=False), *traffic(field, room)]
    parts = [
        *ground(field, houses=False), *network(field, streets=field.window.denominator <= STREETS_UP_TO), *edges(field),
        *lines, *plates(labels), *discs, bar, arrow, frame_line(field),
    ]  # fmt: skip
    return {
        "width": field.window.width,
        "height": field.window.height,
        "picture": svg.picture(field.frame.width, field.frame.height, parts),
        "labels": [label.as_data() for label in [*labels, *letters, *words, *north]],
    }


def moves(field: Field, change: TownChange, version: str, room: Room) -> tuple[list[str], list[str], list[Label]]:
    """Moved blocks outlined, dashed before and solid after, each group with its letter on a disc."""
    lines, discs, labels = [], [], []
    dash = "5 2.6" if version == "before" else ""
    for move in change.moves:
        shape = shapely.union_all(field.blocks[change.positions(move)], grid_size=0.05)
        border = svg.path_of(shapely.intersection(shapely.boundary(shape), field.view))
        lines += [svg.shape(border, stroke=WHITE, width=3.6), svg.shape(border, stroke=ACCENT, width=2.1, dash=dash)]
        for part in larger_parts(shapely.intersection(shape, field.view)):
            x, y = _free_heart(part, room)
            room.take_box(x, y, 17, 17)
            discs.append(svg.circle(x, y, 7.2, ACCENT, WHITE, 1.0))
            labels.append(Label(x, y, move.letter, 9.5 if len(move.letter) == 1 else 7.5, 700, WHITE))
    return lines, discs, labels


def larger_parts(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """The pieces of a group that carry a letter: the largest, and others that could be overlooked without one."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    parts.sort(key=lambda part: -part.area)
    return parts[:1] + [part for part in parts[1:6] if part.area > 250]


def _free_heart(part: shapely.Geometry, room: Room) -> tuple[float, float]:
    """The widest place of a piece, a little aside when another disc has it."""
    x, y = map(float, shapely.get_coordinates(shapely.maximum_inscribed_circle(part, 0.5))[0])
    spots = [(x, y), *[(x + dx, y + dy) for dx, dy in ((17, 0), (-17, 0), (0, 17), (0, -17))]]
    return next((spot for spot in spots if room.free(*spot, 15, 15)), (x, y))
