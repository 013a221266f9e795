"""Before and after: two maps of one municipality at the same extent, scale and tones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from sozialraum.base.numbers import count
from sozialraum.publish import svg
from sozialraum.publish.palette import ACCENT, INK, SECOND_INK, WHITE
from sozialraum.publish.svg_maps import Frame, notice_mark, scale_bar


@dataclass(frozen=True)
class Moves:
    """Moved blocks of one row of reasons: its letter, and which blocks (positions)."""

    letter: str
    blocks: NDArray[np.bool_]


def compare_maps(
    blocks: gpd.GeoDataFrame,
    moves: Sequence[Moves],
    tones: Mapping[str, str],
    populations: Mapping[tuple[str, str], float],
    width: float,
    height: float,
    notice: str,
) -> tuple[str, str]:
    """The maps before and after. tones : area code -> fill in both; populations : (version, code) -> number."""
    frame = Frame.around(blocks.total_bounds, width, height, 4, 10)
    shapes = shapely.coverage_simplify(blocks.geometry.to_numpy(), 0.3 / frame.scale)
    drawn = frame.draw(shapes)
    outline = shapely.union_all(drawn, grid_size=0.01)
    return tuple(  # type: ignore[return-value]
        _one_map(frame, drawn, blocks[version].to_numpy(), outline, moves, tones, populations, version, notice)
        for version in ("before", "after")
    )


def _one_map(
    frame: Frame,
    drawn: NDArray[np.object_],
    codes: NDArray[np.object_],
    outline: shapely.Geometry,
    moves: Sequence[Moves],
    tones: Mapping[str, str],
    populations: Mapping[tuple[str, str], float],
    version: str,
    notice: str,
) -> str:
    areas = {code: shapely.union_all(drawn[codes == code], grid_size=0.01) for code in sorted(set(codes))}
    parts = [svg.shape(svg.path_of(shape), tones[code]) for code, shape in areas.items()]
    parts.append(svg.shape("".join(svg.path_of(block) for block in drawn), stroke=WHITE, width=0.3))
    borders = "".join(svg.path_of(shapely.boundary(shape)) for shape in areas.values())
    parts.append(svg.shape(borders, stroke=INK, width=0.75))
    parts.append(svg.shape(svg.path_of(shapely.boundary(outline)), stroke=INK, width=1.1))
    taken = []
    for move in moves:
        moved = shapely.union_all(drawn[move.blocks], grid_size=0.01)
        dash = "3 1.6" if version == "before" else ""
        parts.append(svg.shape(svg.path_of(shapely.boundary(moved)), stroke=ACCENT, width=1.5, dash=dash))
        x, y = _heart(moved)
        taken.append(shapely.box(x - 7, y - 7, x + 7, y + 7))
        parts.append(
            svg.circle(x, y, 4.6, ACCENT)
            + svg.text(x, y + 2.3, move.letter, 6.5, anchor="middle", weight=600, fill=WHITE)
        )
    for code, shape in areas.items():
        parts.append(_area_label(code, shape, populations.get((version, code)), taken))
    parts += [scale_bar(frame), notice_mark(frame, notice)]
    return svg.picture(frame.width, frame.height, parts)


def _heart(shape: shapely.Geometry) -> tuple[float, float]:
    """The middle of the largest circle inside the largest part."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, 0.5))[0]
    return float(x), float(y)


def _area_label(code: str, shape: shapely.Geometry, population: float | None, taken: list[shapely.Geometry]) -> str:
    free = shapely.difference(shape, shapely.union_all(taken)) if taken else shape
    x, y = _heart(free if not free.is_empty else shape)
    parts = svg.text(x, y, code, 7.2, anchor="middle", weight=600, halo=True)
    if population is not None and population == population:
        parts += svg.text(x, y + 7, count(population), 5.8, anchor="middle", fill=SECOND_INK, halo=True)
    return parts
