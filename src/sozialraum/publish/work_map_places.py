"""Public buildings and districts on a working map: discs with a letter, and names where there is room."""

from __future__ import annotations

import shapely

from sozialraum.publish import svg
from sozialraum.publish.palette import INK, SECOND_INK, WHITE
from sozialraum.publish.print_labels import Label, Room, text_width
from sozialraum.publish.work_map_layers import Field

LETTERS = {"school": "S", "church": "K", "town_hall": "R", "care_home": "P", "daycare": "T"}
NAMED = ("school", "church", "town_hall")


def places(field: Field, room: Room) -> tuple[list[str], list[Label]]:
    """A lettered disc at schools, churches, town halls, daycare and care homes."""
    signs, labels = [], []
    for kind, _name, x, y in _public(field):
        if room.free(x, y, 8, 8):
            room.take_box(x, y, 8.5, 8.5)
            signs.append(svg.circle(x, y, 3.9, WHITE, INK, 0.7))
            labels.append(Label(x, y, LETTERS[kind], 5.8, 700, INK))
    return signs, labels


def names_of_places(field: Field, room: Room) -> list[Label]:
    """Names of schools, churches and town halls beside their discs, where there is room."""
    labels = []
    for kind, name, x, y in _public(field):
        if kind not in NAMED or not name:
            continue
        wide = text_width(name, 5.6, 600)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            label = Label(x + dx * (wide / 2 + 6), y + dy * 8, name, 5.6, 600, SECOND_INK, halo=1.6)
            if room.place(label):
                labels.append(label)
                break
    return labels


def _public(field: Field) -> list[tuple[str, str, float, float]]:
    """Kind, name and place of public buildings, those of both layers, each name once."""
    found: dict[tuple[str, str], tuple[str, float, float]] = {}
    for layer in (field.content.town.places, field.content.town.buildings):
        mine = layer[layer["kind"].isin(LETTERS)]
        points = shapely.get_coordinates(shapely.point_on_surface(field.frame.draw(mine.geometry.to_numpy())))
        for (x, y), kind, name in zip(points, mine["kind"], mine["name"].fillna(""), strict=True):
            if 0 < x < field.frame.width and 0 < y < field.frame.height:
                found.setdefault((str(kind), str(name) or f"{x:.0f} {y:.0f}"), (str(name), float(x), float(y)))
    return sorted((kind, name, x, y) for (kind, _key), (name, x, y) in found.items())


def districts(field: Field, room: Room) -> list[Label]:
    """Names of districts where there is room."""
    layer = field.content.town.places
    mine = layer[layer["kind"] == "district"]
    points = shapely.get_coordinates(field.frame.draw(mine.geometry.to_numpy()))
    labels = []
    for (x, y), name in zip(points, mine["name"].fillna(""), strict=True):
        label = Label(float(x), float(y), str(name), 8.4, 600, SECOND_INK, halo=2.2)
        if name and room.place(label):
            labels.append(label)
    return labels
