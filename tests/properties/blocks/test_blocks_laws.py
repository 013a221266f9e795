"""Laws of neighbours and of merging, on drawings made by chance."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cut_boxes import cut_boxes
from sozialraum.blocks import neighbours


@st.composite
def dissections(draw) -> gpd.GeoDataFrame:
    """A rectangle cut again and again, without corner points where a cut meets a long side."""
    boxes = draw(cut_boxes(1, 12))
    names = [f"{number:03d}" for number in range(len(boxes))]
    return gpd.GeoDataFrame({"block_id": names}, geometry=[shapely.box(*box) for box in boxes], crs=25832)


@given(dissections())
@settings(max_examples=60, deadline=None)
def test_lengths_are_those_of_the_common_borders(blocks):
    found = neighbours(blocks)
    length = {tuple(edge): metres for edge, metres in zip(found.edges.tolist(), found.lengths, strict=True)}
    shapes = blocks.geometry.to_numpy()
    for a in range(len(shapes)):
        for b in range(a + 1, len(shapes)):
            common = shapely.length(shapely.intersection(shapes[a].boundary, shapes[b].boundary))
            expected = common if common > 0.1 else 0.0
            assert np.isclose(length.get((a, b), 0.0), expected, atol=0.05)


@given(dissections())
@settings(max_examples=30, deadline=None)
def test_borders_add_up(blocks):
    outer = 2 * (1000 + 800)
    assert np.isclose(neighbours(blocks).lengths.sum() * 2 + outer, blocks.geometry.length.sum(), atol=1.0)
