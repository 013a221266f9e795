"""Blocks laid out to be mended: every change is noted, so that each step can say what it did to area and people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks.layers import attribute_columns, single_parts
from sozialraum.blocks.repair_ways import Wish

CRUMB = 0.01  # square metres: what remains of a place below this is rounding
SNAP = 0.001  # metres: corners nearer than this are one


class Impossible(Exception):
    """Why a wish cannot be fulfilled, as a sentence."""


class Bench:
    """Rows keep the key they came with (`came_as`), so that a fault finds them again after they got another one."""

    def __init__(self, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> None:
        towns = municipalities if municipalities.crs == blocks.crs else municipalities.to_crs(blocks.crs)
        self.towns = towns.sort_values("ags", ignore_index=True)
        self.crs = blocks.crs
        blocks = blocks.sort_values("block_id", kind="stable")
        self._columns = [str(column) for column in blocks.columns if column != blocks.geometry.name]
        self._attributes = attribute_columns(blocks)
        self.rows: list[dict[str, Any]] = [
            {str(name): value for name, value in row.items()}
            for row in pd.DataFrame(blocks[self._columns]).to_dict("records")
        ]
        self.shapes: list[shapely.Geometry] = list(blocks.geometry.to_numpy())
        self.came_as = [str(row["block_id"]) for row in self.rows]
        self.there = [True] * len(self.rows)
        self._kinds = blocks[self._columns].dtypes
        self._before: dict[int, tuple[float, int]] = {}

    def blocks(self) -> gpd.GeoDataFrame:
        """The blocks as they are now, sorted by key."""
        kept = np.flatnonzero(self.there).tolist()
        shapes = single_parts(np.array([self.shapes[row] for row in kept], dtype=object))
        table = pd.DataFrame([self.rows[row] for row in kept], columns=self._columns).astype(self._kinds)
        frame = gpd.GeoDataFrame(table, geometry=shapes, crs=self.crs)
        return frame.sort_values("block_id", ignore_index=True, kind="stable")

    # Looking

    def own(self, wish: Wish) -> list[int]:
        """The rows a fault is about: those that came with its keys, are still there and touch its place."""
        keys = set(wish.fault.blocks)
        rows = [row for row, key in enumerate(self.came_as) if key in keys and self.there[row]]
        place = wish.fault.geometry
        if place is None or wish.fault.kind == "invalid":
            return rows
        return [row for row in rows if shapely.dwithin(self.mended(row), place, 0.01)]

    def mended(self, row: int) -> shapely.Geometry:
        """A shape that can be cut, though its border may cross itself."""
        shape = self.shapes[row]
        return shape if shapely.is_valid(shape) else areas_of(shapely.make_valid(shape))

    def named(self, key: str) -> int:
        """The row of a key. Raises KeyError when there is none."""
        for row, values in enumerate(self.rows):
            if self.there[row] and values["block_id"] == key:
                return row
        raise KeyError(key)

    def free_key(self, wanted: str) -> bool:
        return all(row["block_id"] != wanted for row in self.rows) and wanted not in self.came_as

    def next_key(self, start: str, first: int = 1) -> str:
        """The first free key made of a beginning and a running number."""
        number = first
        while not self.free_key(f"{start}{number}"):
            number += 1
        return f"{start}{number}"

    def people(self, row: int) -> int:
        return int(self.rows[row]["population"])

    def town(self, row: int) -> str:
        return str(self.rows[row]["municipality"])

    # Changing; every change notes what was before

    def begin(self) -> None:
        self._before = {}

    def touch(self, row: int) -> None:
        """Remember area and people of a row before its first change in this step."""
        if row not in self._before:
            self._before[row] = (float(shapely.area(self.mended(row))), self.people(row))

    def reshape(self, row: int, shape: shapely.Geometry) -> None:
        self.touch(row)
        self.shapes[row] = tidy(shape)

    def assign(self, row: int, column: str, value: object) -> None:
        self.touch(row)
        self.rows[row][column] = value

    def join(self, row: int, into: int, *, count: bool = True) -> None:
        """Take a row away; its people go to another row, with the attributes that one does not have.

        count : False where the row is the other one delivered twice, so that its people are there already.
        """
        self.touch(row)
        self.touch(into)
        for name in self._attributes:
            larger = self.people(row) > self.people(into)
            if pd.isna(self.rows[into][name]) or (larger and not pd.isna(self.rows[row][name])):
                self.rows[into][name] = self.rows[row][name]
        if count:
            self.rows[into]["population"] = self.people(into) + self.people(row)
        self.there[row] = False

    def add(self, shape: shapely.Geometry, key: str, ags: str) -> int:
        """A new block without people."""
        empty: dict[str, Any] = {name: np.nan if name in self._attributes else "" for name in self._columns}
        self.rows.append(empty | {"block_id": key, "municipality": ags, "population": 0, "land": "open"})
        self.rows[-1] = {name: self.rows[-1][name] for name in self._columns}
        self.shapes.append(tidy(shape))
        self.came_as.append(key)
        self.there.append(True)
        self._before[len(self.rows) - 1] = (0.0, 0)
        return len(self.rows) - 1

    def told(self, wish: Wish, done: str) -> dict[str, object]:
        """The row of the protocol for the changes since `begin`."""
        rows = sorted(self._before)
        left = [row for row in rows if self.there[row]]
        return {
            "fault": wish.fault.finding.what,
            "what_was_done": done,
            "block_ids": ", ".join(dict.fromkeys(str(self.rows[row]["block_id"]) for row in rows)),
            "area_before": sum(self._before[row][0] for row in rows),
            "area_after": sum(float(shapely.area(self.mended(row))) for row in left),
            "people_before": sum(self._before[row][1] for row in rows),
            "people_after": sum(self.people(row) for row in left),
            "fault_id": wish.fault.fault_id,
        }


def areas_of(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a shape, without points, lines and crumbs; may be empty."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape))
             if part.geom_type == "Polygon" and part.area > CRUMB]  # fmt: skip
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def tidy(shape: shapely.Geometry) -> shapely.Geometry:
    """A shape without crumbs and without holes of a crumb's size, as rounding leaves them."""
    parts: list[shapely.Polygon] = list(shapely.get_parts(areas_of(shape)))
    made = [without_pinholes(part) for part in parts]
    return made[0] if len(made) == 1 else shapely.MultiPolygon(made)


def without_pinholes(part: shapely.Polygon) -> shapely.Polygon:
    holes = [hole for hole in part.interiors if shapely.Polygon(hole).area > CRUMB]
    return part if len(holes) == len(part.interiors) else shapely.Polygon(part.exterior, holes)


def together(shapes: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """The union of a first shape with others, whose corners are brought onto its border where they nearly lie there."""
    first, *others = shapes
    near = [shapely.snap(other, first, SNAP) for other in others]
    sound = [one if shapely.is_valid(one) else other for one, other in zip(near, others, strict=True)]
    return shapely.union_all([first, *sound])
