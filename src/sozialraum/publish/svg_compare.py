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
from sozialraum.publish.svg_maps import Frame, merged, notice_mark, scale_bar


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
    window = detail_window(blocks, moves)
    frame = Frame.around(window or blocks.total_bounds, width, height, 4, 10)
    shapes = shapely.coverage_simplify(blocks.geometry.to_numpy(), 0.3 / frame.scale)
    drawn = frame.draw(shapes)
    outline = merged(drawn)
    if window:
        view = shapely.box(0.5, 0.5, frame.width - 0.5, frame.height - 18)
        drawn, outline = shapely.intersection(drawn, view), shapely.intersection(outline, view)
    return tuple(  # type: ignore[return-value]
        _one_map(frame, drawn, blocks[version].to_numpy(), outline, moves, tones, populations, version, notice)
        for version in ("before", "after")
    )


def detail_window(blocks: gpd.GeoDataFrame, moves: Sequence[Moves]) -> tuple[float, float, float, float] | None:
    """The part of the municipality around the areas touched, when these would be too small on the whole map."""
    touched = np.any([move.blocks for move in moves], axis=0) if moves else np.zeros(len(blocks), bool)
    if not touched.any():
        return None
    left, bottom, right, top = blocks[touched].total_bounds
    whole = blocks.total_bounds
    reach = max(right - left, top - bottom)
    if reach > 0.4 * max(whole[2] - whole[0], whole[3] - whole[1]):
        return None
    edge = 0.45 * reach
    return (left - edge, bottom - edge, right + edge, top + edge)


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
    areas = {code: merged(drawn[codes == code]) for code in sorted(set(codes))}
    areas = {code: shape for code, shape in areas.items() if not shape.is_empty}
    parts = [svg.shape(svg.path_of(shape), tones[code]) for code, shape in areas.items()]
    parts.append(svg.shape("".join(svg.path_of(block) for block in drawn), stroke=WHITE, width=0.3))
    borders = "".join(svg.path_of(shapely.boundary(shape)) for shape in areas.values())
    parts.append(svg.shape(borders, stroke=INK, width=0.75))
    parts.append(svg.shape(svg.path_of(shapely.boundary(outline)), stroke=INK, width=1.1))
    taken = []
    for move in moves:
        moved = merged(drawn[move.blocks])
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
    room = float(shapely.length(shapely.maximum_inscribed_circle(free if not free.is_empty else shape, 0.5)))
    if room < 5:
        return ""
    parts = svg.text(x, y, code, 7.2, anchor="middle", weight=600, halo=True)
    if population is not None and population == population and room >= 9:
        parts += svg.text(x, y + 7, count(population), 5.8, anchor="middle", fill=SECOND_INK, halo=True)
    return parts
