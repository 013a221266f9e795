"""Writing SVG: a few primitives, numbers short, text as text.

One unit of a picture is one point (1/72 inch), so that a picture has its size in print.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from numpy.typing import NDArray

from sozialraum.publish.palette import HATCH, INK, WHITE

FONT = "Source Sans 3, Libertinus Serif, sans-serif"
POINTS_PER_MM = 72 / 25.4


def points(mm: float) -> float:
    """Millimetres as points."""
    return mm * POINTS_PER_MM


def number(value: float) -> str:
    """A coordinate with two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """An element; underscores in attribute names become hyphens, numbers are shortened."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        text = value if isinstance(value, str) else number(value)
        parts.append(f" {key.rstrip('_').replace('_', '-')}={quoteattr(text)}")
    return "".join(parts) + (f">{content}</{name}>" if content else "/>")


def picture(width: float, height: float, parts: Iterable[str]) -> str:
    """A whole SVG of that size in points."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}pt" height="{number(height)}pt" '
        f'viewBox="0 0 {number(width)} {number(height)}">{"".join(parts)}</svg>'
    )


def text(
    x: float, y: float, words: str, size: float = 6.5, *, anchor: str = "start", weight: int = 400,
    fill: str = INK, halo: bool = False,
) -> str:  # fmt: skip
    """A line of text with its baseline at y; a halo keeps it readable over lines."""
    shared: dict[str, str | float] = {"x": x, "y": y, "font_family": FONT, "font_size": size, "text_anchor": anchor}
    shared["font_weight"] = str(weight)
    front = element("text", escape(words), **shared, fill=fill)
    if not halo:
        return front
    # drawn as an outline in its own element: renderers without paint-order show it too
    back = element("text", escape(words), **shared, fill=WHITE, stroke=WHITE, stroke_width=2.2,
                   stroke_linejoin="round", aria_hidden="true")  # fmt: skip
    return back + front


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = INK, width: float = 0.5, dash: str = "") -> str:
    """A straight line."""
    extra = {"stroke_dasharray": dash} if dash else {}
    return element("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", stroke=stroke,
                   stroke_width=width, fill="none", **extra)  # fmt: skip


def rect(
    x: float, y: float, width: float, height: float, fill: str, stroke: str = "none", line_width: float = 0.5
) -> str:
    """A rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=stroke, stroke_width=line_width)


def circle(x: float, y: float, radius: float, fill: str, stroke: str = "none", width: float = 0.8) -> str:
    """A circle."""
    return element("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=width)


def ring_path(coordinates: NDArray[np.float64], close: bool = True) -> str:
    """The path of one ring or line in relative steps, each end rounded to a tenth so that nothing drifts."""
    grid = np.rint(np.asarray(coordinates) * 10).astype(np.int64)
    steps = np.diff(grid, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if len(steps) == 0:
        return ""
    if close:
        steps = steps[:-1]
    start = f"M{_tenth(grid[0, 0])} {_tenth(grid[0, 1])}l"
    return start + " ".join(f"{_tenth(dx)} {_tenth(dy)}" for dx, dy in steps.tolist()) + ("z" if close else "")


def _tenth(value: int) -> str:
    whole, rest = divmod(abs(int(value)), 10)
    text_ = f"{whole}.{rest}" if rest else str(whole)
    return f"-{text_}" if value < 0 else text_


def path_of(geometry: shapely.Geometry) -> str:
    """The path data of any polygon or line geometry whose coordinates are points of the picture."""
    if geometry is None or geometry.is_empty:
        return ""
    pieces: list[str] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            pieces += [ring_path(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type in ("LineString", "LinearRing"):
            pieces.append(ring_path(shapely.get_coordinates(part), close=False))
        elif part.geom_type in ("MultiLineString", "MultiPolygon", "GeometryCollection"):
            pieces.append(path_of(part))
    return "".join(pieces)


def shape(d: str, fill: str = "none", stroke: str = "none", width: float = 0.5, dash: str = "") -> str:
    """A path with fill and line; nothing for an empty path."""
    if not d:
        return ""
    attributes: dict[str, str | float] = {"d": d, "fill": fill}
    if stroke != "none":
        attributes |= {"stroke": stroke, "stroke_width": width, "stroke_linejoin": "round"}
    if dash:
        attributes["stroke_dasharray"] = dash
    if fill != "none":
        attributes["fill_rule"] = "evenodd"
    return element("path", "", **attributes)


def hatch(areas: Sequence[shapely.Geometry], kind: str) -> str:
    """A hatch cut to the areas: 'missing' wide diagonals, 'hidden' dots, 'few' close horizontals, grey on white.

    'carried' is drawn over a colour: wide verticals, dark with a light edge, to be seen on every tone.
    The lines are real lines, not a renderer's pattern, so they look the same everywhere.
    """
    area = shapely.union_all(list(areas))
    if area.is_empty:
        return ""
    if kind == "hidden":
        return _dots(area)
    if kind == "carried":
        lines = path_of(shapely.intersection(_verticals(area.bounds, 5.0), area))
        return shape(lines, stroke=WHITE, width=1.1) + shape(lines, stroke=INK, width=0.35)
    pattern = _diagonals(area.bounds, 4.2) if kind == "missing" else _horizontals(area.bounds, 2.1)
    return shape(path_of(shapely.intersection(pattern, area)), stroke=HATCH, width=0.5)


def _verticals(bounds: tuple[float, float, float, float], step: float) -> shapely.Geometry:
    left, top, right, bottom = bounds
    starts = np.arange(np.floor(left / step) * step, right + step, step)
    return shapely.multilinestrings([[(x, top), (x, bottom)] for x in starts.tolist()])


def _diagonals(bounds: tuple[float, float, float, float], step: float) -> shapely.Geometry:
    left, top, right, bottom = bounds
    height = bottom - top
    first = step * np.floor((left - height) / step)
    starts = np.arange(first, right + step, step)
    ends = np.column_stack([starts + height, np.full_like(starts, top)])
    return shapely.multilinestrings(
        shapely.linestrings(np.stack([np.column_stack([starts, np.full_like(starts, bottom)]), ends], axis=1))
    )


def _horizontals(bounds: tuple[float, float, float, float], step: float) -> shapely.Geometry:
    left, top, right, bottom = bounds
    levels = np.arange(step * np.floor(top / step), bottom + step, step)
    start = np.column_stack([np.full_like(levels, left), levels])
    end = np.column_stack([np.full_like(levels, right), levels])
    return shapely.multilinestrings(shapely.linestrings(np.stack([start, end], axis=1)))


def _dots(area: shapely.Geometry, step: float = 3.0) -> str:
    left, top, right, bottom = area.bounds
    rows = np.arange(np.floor(top / step), np.ceil(bottom / step) + 1)
    columns = np.arange(np.floor(left / step), np.ceil(right / step) + 1)
    x, y = np.meshgrid(columns * step, rows * step)
    x = x + (rows % 2 * step / 2)[:, None]
    inside = shapely.contains_xy(shapely.buffer(area, -0.5), x.ravel(), y.ravel())
    dots = "".join(f"M{number(a)} {number(b)}h.01" for a, b in zip(x.ravel()[inside], y.ravel()[inside], strict=True))
    return element("path", d=dots, stroke=HATCH, stroke_width=0.9, stroke_linecap="round", fill="none") if dots else ""


def swatch(fill: str = WHITE, hatching: str = "", ring: bool = False, sign: str = "") -> str:
    """A legend field of 17 x 9 points: a colour, a hatch, a ring, or a sign."""
    box = shapely.box(0.4, 0.4, 16.6, 8.6)
    parts = [rect(0.4, 0.4, 16.2, 8.2, fill if not ring else WHITE, "none" if ring else "#8d979c", 0.5)]
    if hatching:
        parts.append(hatch([box], hatching))
    if ring:
        parts.append(circle(8.5, 4.5, 3.9, WHITE, INK, 0.6))
    if sign:
        parts.append(text(8.5, 7, sign, 8, anchor="middle", weight=600))
    return picture(17, 9, parts)


def with_alt(svg: str, alt: str) -> str:
    """The picture with its alternative text for a web page; without alt it is an artefact."""
    extra = f'role="img" aria-label={quoteattr(alt)} ' if alt else 'aria-hidden="true" '
    return svg.replace("<svg ", f"<svg {extra}", 1)
