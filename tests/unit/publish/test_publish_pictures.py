"""Pictures: hatches cut to the area, common borders, names that cross no line, axes that hold their values."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pytest
import shapely

import invented_report
from sozialraum.publish import svg
from sozialraum.publish.palette import CLASSES, NEED, class_colour, label_colour
from sozialraum.publish.svg_axes import round_limit
from sozialraum.publish.svg_charts import Dot, distribution
from sozialraum.publish.svg_maps import Look, area_map, merged, neighbour_tones, prepare_shapes
from sozialraum.publish.svg_profile import pyramid


@pytest.fixture(scope="module")
def shapes():
    _blocks, areas, towns = invented_report.shapes(3, 12, 240, 11)
    return prepare_shapes(areas, towns, 300, 280, side=30, ends=12, names=True)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("fill", [*CLASSES, *NEED])
def test_a_number_on_a_class_can_be_read(fill):
    assert contrast(fill, label_colour(fill)) >= 3


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
def test_a_higher_class_is_darker(classes):
    light = [
        sum(int(class_colour(rank, classes)[place : place + 2], 16) for place in (1, 3, 5)) for rank in range(classes)
    ]
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == classes


@pytest.mark.parametrize("kind", ["missing", "hidden", "few"])
def test_a_hatch_stays_inside_its_area(kind):
    area = shapely.Point(50, 50).buffer(30)
    numbers = [
        float(n) for n in re.findall(r"-?\d*\.?\d+", ElementTree.fromstring(svg.hatch([area], kind)).attrib["d"])
    ]
    assert numbers
    starts = re.findall(r"M(-?[\d.]+) (-?[\d.]+)", svg.hatch([area], kind))
    assert all(shapely.Point(float(x), float(y)).within(area.buffer(0.2)) for x, y in starts)


def test_simplified_areas_still_meet(shapes):
    assert shapely.coverage_is_valid(shapes.drawn, gap_width=0.0)
    whole = shapely.union_all(shapes.drawn)
    assert shapely.area(shapes.drawn).sum() == pytest.approx(whole.area, rel=1e-6)


def test_names_of_municipalities_cross_no_line_and_do_not_overlap(shapes):
    region = shapely.union_all(list(shapes.towns.values()))
    boxes = [shapely.box(name.x, name.y - 4, name.x + 3 * len(name.words), name.y) for name in shapes.names]
    assert len(boxes) == 3
    assert not any(box.intersects(region) for box in boxes)
    assert not any(one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_a_map_is_well_formed_and_keeps_text_as_text(shapes):
    drawn = area_map(shapes, {area: Look("#86b4b8", ringed=True) for area in shapes.ids}, notice="Beispielzahlen")
    words = [element.text for element in ElementTree.fromstring(drawn).iter() if element.tag.endswith("text")]
    assert "Beispielzahlen" in words
    assert {name.words for name in shapes.names} <= set(words)


def test_neighbours_have_different_tones(shapes):
    tones = neighbour_tones(shapes.drawn, ("a", "b", "c", "d", "e", "f", "g"))
    first, second = shapely.STRtree(shapes.drawn).query(shapes.drawn, predicate="touches")
    assert all(tones[one] != tones[other] for one, other in zip(first, second, strict=True))


def test_merging_leaves_no_slivers():
    parts = [shapely.box(0, 0, 10, 10), shapely.box(10.004, 0, 20, 10)]
    assert merged(parts).geom_type == "Polygon"
    assert len(merged([*parts, shapely.box(30, 30, 30.1, 30.1)]).interiors) == 0


@pytest.mark.parametrize(("highest", "limit"), [(34.1, 40), (9.9, 10), (0.7, 0.8), (100, 100), (1, 1), (0, 1)])
def test_an_axis_ends_at_a_round_number_above_all_values(highest, limit):
    end, step = round_limit(highest)
    assert end == pytest.approx(limit)
    assert (end / step) == pytest.approx(round(end / step))


def test_a_distribution_shows_every_dot_and_names_the_marked():
    dots = [Dot(f"A {n}", float(n), n - 0.5, n + 0.5, marked=n in (1, 20)) for n in range(1, 21)]
    drawn = ElementTree.fromstring(distribution(dots, 10.0, "Kreis 10,0 %", "%", 400, 120))
    tags = [element.tag.split("}")[1] for element in drawn.iter()]
    words = [element.text for element in drawn.iter() if element.tag.endswith("text")]
    assert tags.count("circle") == 20
    assert {"A 1", "A 20", "Kreis 10,0 %"} <= set(words)


def test_a_hidden_age_group_is_a_dot_and_not_a_bar():
    drawn = pyramid(["unter 3", "80 und älter"], [1.0, math.nan], [1.0, 2.0], [1.0, 1.0], [1.0, 1.0], 200, 100)
    assert drawn.count("<rect") == 3
    assert drawn.count("•") == 1


def test_ring_paths_do_not_drift():
    ring = np.column_stack([np.linspace(0, 100, 400), 5 * np.sin(np.linspace(0, 9, 400))])
    steps = [float(n) for n in re.findall(r"-?\d+\.?\d*", svg.ring_path(ring, close=False))]
    assert sum(steps[0::2]) == pytest.approx(100, abs=0.1)


def test_a_municipality_without_areas_is_left_out():
    _blocks, areas, towns = invented_report.shapes(3, 12, 240, 11)
    more = gpd.GeoDataFrame({"ags": ["05999099"], "name": ["Leer"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=towns.crs)
    drawn = prepare_shapes(areas, gpd.pd.concat([towns, more]), 300, 280)
    assert "05999099" not in drawn.towns
