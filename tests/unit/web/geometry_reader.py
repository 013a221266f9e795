"""Read the bytes of the editor's geometry as docs/decisions/editor-geometry.md says; shares no code with the writer."""

from __future__ import annotations

import json
from dataclasses import dataclass

import shapely


@dataclass
class Geometry:
    """head : as sent. sections : name -> numbers."""

    head: dict
    sections: dict[str, list[int]]

    def __getitem__(self, name: str) -> list[int]:
        return self.sections[name]

    @property
    def ids(self) -> list[str]:
        return [self.head["id_prefix"] + rest for rest in self.head["ids"]]

    def arc(self, reference: int) -> list[tuple[int, int]]:
        """Corners of an arc in the direction it is walked."""
        number = reference if reference >= 0 else -1 - reference
        start, end = self["arc_start"][number : number + 2]
        x, y = self["arc_first"][2 * number : 2 * number + 2]
        corners = []
        for place in range(start, end):
            x, y = x + self["steps"][2 * place], y + self["steps"][2 * place + 1]
            corners.append((x, y))
        return corners if reference >= 0 else corners[::-1]

    def ring(self, number: int) -> list[tuple[int, int]]:
        start, end = self["ring_start"][number : number + 2]
        corners: list[tuple[int, int]] = []
        for reference in self["ring_arcs"][start:end]:
            arc = self.arc(reference)
            assert not corners or corners[-1] == arc[0], "an arc begins where the one before ends"
            corners += arc[1:] if corners else arc
        assert corners[0] == corners[-1], "a ring is closed"
        return corners

    def shapes(self) -> list[shapely.Geometry]:
        """The blocks in units."""
        parts: dict[int, list[list[list[tuple[int, int]]]]] = {}
        for number, (block, outer) in enumerate(zip(self["ring_block"], self["ring_outer"], strict=True)):
            own = parts.setdefault(block, [])
            if outer:
                own.append([])
            own[-1].append(self.ring(number))
        return [
            shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in parts[block]])
            for block in range(len(self.ids))
        ]

    def block_at(self, x: float, y: float) -> str:
        point = shapely.Point(x, y)
        return next(key for key, shape in zip(self.ids, self.shapes(), strict=True) if shape.covers(point))


def read(content: bytes) -> Geometry:
    assert content[:4] == b"SRG1"
    length = int.from_bytes(content[4:8], "little")
    head = json.loads(content[8 : 8 + length])
    body = content[8 + length :]
    return Geometry(
        head, {one["name"]: numbers(body[one["offset"] :][: one["bytes"]], **one) for one in head["sections"]}
    )


def numbers(content: bytes, type: str, stride: int, count: int, **_other: object) -> list[int]:
    found, place = [], 0
    for position in range(count):
        value = shift = 0
        while True:
            byte = content[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        if type != "v":
            value = (value >> 1) ^ -(value & 1)
        found.append(value + found[position - stride] if type == "d" and position >= stride else value)
    assert place == len(content), "no byte is left over"
    return found
