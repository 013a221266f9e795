"""Faults in the tiling are found and named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from sozialraum.blocks import check_blocks
from village import draw_blocks, draw_municipality, village_blocks


def sentences(blocks, municipalities=None) -> list[tuple[str, str]]:
    found = check_blocks(blocks, draw_municipality() if municipalities is None else municipalities)
    return [(finding.severity, finding.what) for finding in found]


def change(letter, geometry):
    blocks = village_blocks()
    blocks.loc[blocks["block_id"].str.endswith(letter), "geometry"] = geometry
    return blocks


def shape(letter):
    blocks = village_blocks().set_index("block_id")
    return blocks.geometry["05999004-" + letter]


def test_the_village_is_clean():
    assert sentences(village_blocks()) == []


def test_an_overlap_names_both_blocks_and_its_size():
    x0, y0, x1, y1 = shape("A").bounds
    found = sentences(change("A", shapely.box(x0, y0, x1 + 50, y1)))
    assert found == [("error", "Die Bausteine 05999004-A und 05999004-B überlappen sich auf 10.000 m².")]


def test_a_block_drawn_twice_is_an_overlap():
    blocks = village_blocks()
    copy = blocks.iloc[[4]].assign(block_id="05999004-X")
    found = sentences(pd.concat([blocks, copy], ignore_index=True))
    assert [what for _severity, what in found] == [
        "Die Bausteine 05999004-E und 05999004-X überlappen sich auf 40.000 m²."
    ]


def test_a_block_inside_another_is_an_overlap():
    blocks = village_blocks()
    inner = blocks.iloc[[4]].assign(block_id="05999004-X", geometry=[shape("E").buffer(-50, join_style="mitre")])
    found = sentences(pd.concat([blocks, inner], ignore_index=True))
    assert [what for _severity, what in found] == [
        "Die Bausteine 05999004-E und 05999004-X überlappen sich auf 10.000 m²."
    ]


def test_a_gap_names_the_blocks_around_it():
    blocks = village_blocks()
    found = sentences(blocks[blocks["block_id"] != "05999004-A"])
    assert len(found) == 1
    assert found[0][0] == "error"
    assert "Musterdorf: Lücke von 40.000 m²" in found[0][1]
    assert "05999004-B, 05999004-D, 05999004-E" in found[0][1]


def test_a_sliver_is_a_warning():
    x0, y0, x1, y1 = shape("A").bounds
    found = sentences(change("A", shapely.box(x0, y0, x1 - 0.2, y1)))
    assert [severity for severity, _what in found] == ["warning"]


def test_rounded_coordinates_are_no_fault():
    x0, y0, x1, y1 = shape("A").bounds
    assert sentences(change("A", shapely.box(x0, y0, x1 - 0.001, y1))) == []


def test_a_block_beyond_the_border():
    x0, y0, x1, y1 = shape("A").bounds
    found = sentences(change("A", shapely.box(x0 - 100, y0, x1, y1)))
    assert found == [("error", "Baustein 05999004-A ragt mit 20.000 m² über die Grenze von Musterdorf hinaus.")]


def test_a_block_wholly_outside():
    blocks = village_blocks()
    away = blocks.iloc[[0]].assign(block_id="05999004-X", geometry=[shapely.box(0, 0, 100, 100)])
    found = sentences(pd.concat([blocks, away], ignore_index=True))
    assert found == [("error", "Baustein 05999004-X liegt außerhalb von Musterdorf.")]


def test_unknown_and_empty_municipalities():
    blocks = village_blocks()
    blocks["municipality"] = "05999099"
    found = [what for _severity, what in sentences(blocks)]
    assert any("„05999099“ gibt es nicht" in what for what in found)
    assert "Musterdorf hat keinen Baustein." in found


@pytest.mark.parametrize("drawing", ["AB\nAB", "ABA\nBBB", "AAA\nABA\nAAA"])
def test_any_drawing_without_faults_is_clean(drawing):
    assert sentences(draw_blocks(drawing), draw_municipality(drawing)) == []


def with_prefix(blocks, letters):
    """Blocks whose eastings begin with the number of their zone, as EPSG:4647 has them, beside those of EPSG:25832."""
    own = blocks["block_id"].str[-1].isin(list(letters))
    far = shapely.transform(blocks.geometry[own].to_numpy(), lambda points: points + np.array([32_000_000, 0]))
    blocks.loc[own, "geometry"] = far
    return blocks


@pytest.mark.parametrize(
    ("letters", "start"),
    [
        ("A", "Baustein 05999004-A: "),
        ("AB", "2 Bausteine (05999004-A, 05999004-B): "),
        ("ABCDEFG", "6 Bausteine ("),
        ("ABCDEFGhi", "8 Bausteine ("),
    ],
)
def test_single_blocks_with_the_zone_before_their_easting_are_one_fault_with_an_offer(letters, start):
    (found,) = check_blocks(with_prefix(village_blocks(), letters), draw_municipality())
    assert found.what.startswith(start)
    assert found.what.endswith("Die Koordinaten beginnen mit der Zonennummer 32, angegeben ist EPSG:25832.")
    assert (found.severity, found.offer) == ("error", "EPSG:4647")
    assert found.todo.startswith("Angeboten wird, nur diese so zu lesen: UTM-Koordinaten, Zone 32 mit voran")


def test_a_block_far_away_that_no_reading_explains_lies_outside():
    blocks = change("A", shapely.transform(shape("A"), lambda points: points + np.array([5_000_000, 0])))
    assert [what for _severity, what in sentences(blocks)] == [
        "Musterdorf: Lücke von 40.000 m² zwischen den Bausteinen 05999004-B, 05999004-D, 05999004-E.",
        "Baustein 05999004-A liegt außerhalb von Musterdorf.",
    ]


def test_a_part_of_a_municipality_without_blocks_is_no_gap_between_blocks():
    towns = draw_municipality()
    (x0, y0, _x1, _y1) = towns.total_bounds
    exclave = shapely.box(x0 - 900, y0, x0 - 700, y0 + 100)
    towns.geometry = [shapely.union_all([*towns.geometry, exclave])]
    assert sentences(village_blocks(), towns) == [
        ("error", f"{towns['name'].iloc[0]}: Ein Teil von 20.000 m² hat keinen Baustein.")
    ]
