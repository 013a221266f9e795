"""A plan of others whose coordinates lie elsewhere is refused with the reading that fits, and read with it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sozialraum.base import InputRefused
from sozialraum.blocks.regions import region_of
from sozialraum.plans.exchange_in import read_plan_file
from village import draw_municipality, village_blocks

CRS = "EPSG:25832"
REGION = region_of(village_blocks())


def drawn(folder, true, said, *, swapped=False):
    """The village as one area, in the numbers of one system, labelled as another."""
    shapes = draw_municipality().to_crs(true).geometry.to_numpy()
    if swapped:
        shapes = shapely.transform(shapes, lambda points: points[:, ::-1])
    path = folder / "plan.gpkg"
    gpd.GeoDataFrame({"area_id": ["1"]}, geometry=shapes, crs=said).to_file(path)
    return path


CASES = [
    # numbers of, labelled as, swapped, what is said, the code to read it with
    (4647, 25832, False, "Die Koordinaten beginnen mit der Zonennummer 32", "EPSG:4647"),
    (25832, 25833, False, "angegeben ist EPSG:25833", "EPSG:25832"),
    (31466, 25832, False, "Gauß-Krüger-Koordinaten, Streifen 2", "EPSG:31466"),
    (4326, 4326, True, "Länge und Breite sind vertauscht", "EPSG:4326/vertauscht"),
]


@pytest.mark.parametrize(("true", "said", "swapped", "sentence", "code"), CASES)
def test_coordinates_elsewhere_are_named_and_read_on_request(tmp_path, true, said, swapped, sentence, code):
    path = drawn(tmp_path, true, said, swapped=swapped)
    with pytest.raises(InputRefused) as refused:
        read_plan_file(path, CRS, expected=REGION)
    assert sentence in str(refused.value)
    assert [finding.offer for finding in refused.value.findings] == [code]
    found = read_plan_file(path, CRS, source_crs=code, expected=REGION)
    assert np.allclose(found.areas.total_bounds, village_blocks().total_bounds, atol=0.01)


def test_another_system_than_the_fitting_one_is_not_taken(tmp_path):
    with pytest.raises(InputRefused, match="Zonennummer"):
        read_plan_file(drawn(tmp_path, 4647, 25832), CRS, source_crs="EPSG:25833", expected=REGION)
