"""Draw a municipality's proposal next to its alternatives: same extent and scale, for people who decide.

    python examples/staedteregion_aachen/alternatives_picture.py DATA_FOLDER PICTURE.svg [--ags 05334008]

A PICTURE that ends with .png is set with the fonts of the report.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from build import read_definition, read_layers, refuse_missing
from scipy.optimize import linear_sum_assignment

from sozialraum.base import SozialraumError
from sozialraum.base.numbers import count, decimal
from sozialraum.blocks.dissolve import merge
from sozialraum.delineation.alternatives import Alternative, propose_alternatives
from sozialraum.delineation.wishes import usual_wishes
from sozialraum.publish import svg
from sozialraum.publish.fonts_folder import fonts_folder
from sozialraum.publish.palette import ACCENT, INK, SECOND_INK, WHITE
from sozialraum.publish.svg_maps import Frame, merged, scale_bar

BAESWEILER = "05334008"
SOURCES = (
    "Datenbasis: © GeoBasis-DE / BKG 2017 (Daten verändert); Statistische Ämter des Bundes und der Länder, "
    "Zensus 2011, dl-de/by-2-0 (Daten verändert). Eigene Berechnung; Einwohnerzahlen geschätzt."
)
NUMBERS = {1: "ein Vorschlag", 2: "zwei Vorschläge", 3: "drei Vorschläge"}
NOTE = "gerechnet, nicht beschlossen"
# Pale, told apart by lightness as well as by hue; the number in the area is what names it.
TONES = ("#dfe9ea", "#ecdcc4", "#b9ccd6", "#d9cfe0", "#c7d3bf", "#f0e6bf", "#cfd4d8", "#e6cfc4", "#a9c0be")
WIDTH, HEIGHT, GAP, EDGE, HEAD, LINE = 236.0, 250.0, 18.0, 14.0, 64.0, 11.0
ROOM = 11.0  # points: radius of a circle that holds a number and the inhabitants below it
LETTERS = 58  # of a sentence in one line below a map


def picture(blocks: gpd.GeoDataFrame, municipality: pd.Series, alternatives: Sequence[Alternative]) -> str:
    """The alternatives side by side as SVG: heading, a map each, its sentence, its figures, the sources.

    blocks : of the municipality, contract columns.
    """
    frame = Frame.around(blocks.total_bounds, WIDTH, HEIGHT, 2, 2)
    shapes = simplified(blocks, frame)
    lines = [textwrap.wrap(one.sentence, LETTERS) for one in alternatives]
    most = max(map(len, lines))
    below = HEAD + 24 + HEIGHT
    width = 2 * EDGE + len(alternatives) * WIDTH + (len(alternatives) - 1) * GAP
    height = below + (most + 2) * LINE + 38
    parts = [svg.rect(0, 0, width, height, WHITE), *heading(municipality, blocks, len(alternatives))]
    tones = matched_tones(blocks, alternatives)
    for place, one in enumerate(alternatives):
        left = EDGE + place * (WIDTH + GAP)
        inner = [svg.text(0, HEAD + 10, one.title, 11.5, weight=600)]
        inner.append(moved(small_map(shapes, blocks, one, tones[place], frame), 0, HEAD + 18))
        for row, words in enumerate(lines[place]):
            inner.append(svg.text(0, below + 8 + row * LINE, words, 8.6))
        for row, words in enumerate(figures(one)):
            inner.append(svg.text(0, below + 12 + (most + row) * LINE, words, 7.8, fill=SECOND_INK))
        parts.append(moved("".join(inner), left, 0))
    parts.append(svg.line(EDGE, height - 22, width - EDGE, height - 22, SECOND_INK, 0.4))
    parts.append(svg.text(EDGE, height - 10, SOURCES, 7.2, fill=SECOND_INK))
    return svg.picture(width, height, parts)


def heading(municipality: pd.Series, blocks: gpd.GeoDataFrame, number: int) -> list[str]:
    """What is shown and that nothing of it was decided; number of alternatives."""
    people, high, low = blocks["population"].sum(), municipality["size_high"], municipality["size_low"]
    rule = (
        f"{count(people)} Einwohnerinnen und Einwohner (2011); je Gebiet {count(low)} bis {count(high)}. "
        "Große Zahl: Nummer des Gebiets, darunter Einwohnerinnen und Einwohner; dunklere Felder sind bewohnt."
    )
    return [
        svg.text(EDGE, 26, f"{municipality['name']}: {NUMBERS[number]} für Gebiete", 15, weight=600),
        svg.text(EDGE, 42, rule, 8.6),
        svg.text(EDGE, 54, f"Vorschläge sind {NOTE}.", 8.6, weight=600, fill=ACCENT),
    ]


def moved(content: str, x: float, y: float) -> str:
    return svg.element("g", content, transform=f"translate({svg.number(x)} {svg.number(y)})")


def simplified(blocks: gpd.GeoDataFrame, frame: Frame) -> np.ndarray:
    """The blocks in points of the map, in the order of the rows; common borders stay common."""
    kept = shapely.coverage_simplify(blocks.geometry.to_numpy(), 0.35 / frame.scale)
    return np.asarray(frame.draw(kept))


def matched_tones(blocks: gpd.GeoDataFrame, alternatives: Sequence[Alternative]) -> list[dict[str, str]]:
    """Code -> tone for each alternative; an area that has most people in common with one of the first has its tone."""
    first = list(alternatives[0].areas["code"])
    people = blocks.set_index("block_id")["population"]
    found = []
    for one in alternatives:
        codes = list(one.areas["code"])
        shared = np.zeros((len(codes), max(len(first), len(codes))))
        for block, code in one.labels.items():
            shared[codes.index(code), first.index(alternatives[0].labels[block])] += float(people[block])
        rows, columns = linear_sum_assignment(shared, maximize=True)
        found.append({codes[row]: TONES[column % len(TONES)] for row, column in zip(rows, columns, strict=True)})
    return found


def small_map(
    shapes: np.ndarray, blocks: gpd.GeoDataFrame, alternative: Alternative, tones: dict[str, str], frame: Frame
) -> str:
    """One alternative: pale areas, inhabited blocks darker, borders, number and inhabitants of each area."""
    drawn = blocks[["block_id", "population"]].assign(code=blocks["block_id"].map(alternative.labels))
    areas = {code: merge(shapes[(drawn["code"] == code).to_numpy()]) for code in alternative.areas["code"]}
    paths = {code: svg.path_of(area) for code, area in areas.items()}
    inhabited = svg.path_of(merge(shapes[(drawn["population"] > 0).to_numpy()]))
    outline = svg.path_of(shapely.boundary(merged(list(areas.values()))))
    parts = [svg.shape(path, tones[code]) for code, path in paths.items()]
    parts.append(svg.element("path", d=inhabited, fill=INK, fill_opacity=0.1, fill_rule="evenodd"))
    parts.append(svg.shape("".join(paths.values()), stroke=WHITE, width=2.6))
    parts.append(svg.shape("".join(paths.values()), stroke="#3c464d", width=0.9))
    parts.append(svg.shape(outline, stroke=INK, width=1.3))
    people = alternative.areas.set_index("code")["population"]
    parts += labels(areas, {code: int(number) for code, number in people.items()}, frame)
    return "".join(parts) + scale_bar(frame)


def labels(areas: dict[str, shapely.Geometry], people: dict[str, int], frame: Frame) -> list[str]:
    """Number and inhabitants in the middle of each area; of a small one beside the map, with a line to it."""
    whole = shapely.buffer(shapely.union_all(list(areas.values()), grid_size=0.01), 3)
    taken = [whole, shapely.box(0, frame.height - 16, 60, frame.height)]
    parts = []
    for code, area in areas.items():
        largest = max(shapely.get_parts(area), key=lambda part: part.area)
        circle = shapely.maximum_inscribed_circle(largest, 0.4)
        (x, y), radius = shapely.get_coordinates(circle)[0], shapely.length(circle)
        if radius >= ROOM:
            parts.append(svg.text(x, y + 1, code, 12.5, anchor="middle", weight=600, halo=True))
            parts.append(svg.text(x, y + 10.5, count(people[code]), 8.2, anchor="middle", halo=True))
            continue
        box = free_box(shapely.Point(x, y), taken, frame)
        taken.append(box)
        left, top, right, bottom = box.bounds
        end = shapely.get_coordinates(shapely.shortest_line(box, shapely.Point(x, y)))[0]
        parts.append(svg.line(*end, x, y, INK, 0.5) + svg.circle(x, y, 1.4, INK))
        parts.append(svg.text((left + right) / 2, top + 10, code, 12.5, anchor="middle", weight=600))
        parts.append(svg.text((left + right) / 2, bottom - 1, count(people[code]), 8.2, anchor="middle"))
    return parts


def free_box(point: shapely.Geometry, taken: list[shapely.Geometry], frame: Frame) -> shapely.Geometry:
    """The place for a label nearest to the point that lies on nothing else; the corner when there is none."""
    x, y = np.meshgrid(np.arange(1, frame.width - 26, 3.0), np.arange(1, frame.height - 21, 3.0))
    boxes = shapely.box(x.ravel(), y.ravel(), x.ravel() + 25, y.ravel() + 20)
    free = boxes[~shapely.intersects(boxes, shapely.union_all(taken))]
    return free[int(np.argmin(shapely.distance(free, point)))] if len(free) else boxes[0]


def figures(alternative: Alternative) -> list[str]:
    """Sizes, likeness and shape in words a council reads."""
    own = alternative.figures
    return [
        f"{own.areas} Gebiete mit {count(own.smallest)} bis {count(own.largest)} Einwohnerinnen und Einwohnern",
        f"Ähnlichkeit {decimal(own.likeness_all, 1)} von 100 · Kompaktheit {decimal(own.compactness, 2)} (1 = Kreis)",
    ]


def drawn_alternatives(data: Path, ags: str, effort: str) -> str:
    """The picture of one municipality of the example, from the open data."""
    municipalities, blocks = read_layers(data, read_definition(), frozenset({ags}))
    own = blocks.sort_values("block_id", ignore_index=True)
    municipality = municipalities.iloc[0]
    wishes = usual_wishes(municipality, effort=effort)
    found = propose_alternatives(own, municipality, wishes)
    return picture(own, municipality, found)


def as_png(drawing: str) -> bytes:
    """The picture as pixels, with the fonts of the report."""
    import typst

    # the font is found for the picture only where the page uses it too
    page = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        '#set text(font: ("Source Sans 3", "Libertinus Serif"))\n#image("picture.svg")'
    )
    fonts = fonts_folder()
    return typst.compile(  # type: ignore[call-overload]  # the stubs do not know several named inputs
        {"main": page.encode(), "picture.svg": drawing.encode()}, format="png", ppi=120,
        ignore_system_fonts=True, font_paths=[str(fonts)] if fonts else [],
    )  # fmt: skip


def main() -> int:
    """Read the arguments, draw, and turn refusals into a sentence and an exit code."""
    parser = argparse.ArgumentParser(description="Vorschläge einer Gemeinde nebeneinander zeichnen.")
    parser.add_argument("data", type=Path, help="Ordner mit den offenen Daten")
    parser.add_argument("picture", type=Path, help="Datei mit der Endung .svg oder .png")
    parser.add_argument("--ags", default=BAESWEILER, help="Schlüssel der Gemeinde")
    parser.add_argument("--effort", default="standard", choices=("draft", "standard", "thorough", "exact"))
    asked = parser.parse_args()
    try:
        refuse_missing(asked.data)
        drawing = drawn_alternatives(asked.data, asked.ags, asked.effort)
        asked.picture.write_bytes(as_png(drawing) if asked.picture.suffix == ".png" else drawing.encode())
    except SozialraumError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
