"""What a matrix holds, how it is kept, and what it refuses to be."""

import json
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from sozialraum.base import InputRefused
from sozialraum.carrying import Geography, Matrix, best_matrix, by_area, by_key, by_points, grid_cells

CRS = "EPSG:25832"


def ground(name, **boxes):
    frame = gpd.GeoDataFrame({"key": list(boxes)}, geometry=[shapely.box(*box) for box in boxes.values()], crs=CRS)
    return Geography.of(frame, "key", name)


@pytest.fixture
def split():
    """Two squares onto three: 'a' half in 'x' and half in 'y', 'b' with a quarter outside."""
    return by_area(
        ground("old", b=(100, 0, 200, 100), a=(0, 0, 100, 100)),
        ground("new", y=(50, 0, 100, 100), x=(0, 0, 50, 100), z=(100, 0, 175, 100)),
        built_on="2025-12-31",
    )


def test_rows_name_every_weight_and_what_lies_outside(split):
    assert split.rows().to_dict("list") == {
        "source": ["a", "a", "b", "b"],
        "target": ["x", "y", "", "z"],
        "weight": [0.5, 0.5, 0.25, 0.75],
    }


def test_a_kept_matrix_comes_back_the_same(split):
    kept = Matrix.from_content(json.loads(json.dumps(split.content())))
    assert kept.content() == split.content()
    assert kept.weights.toarray().tolist() == split.weights.toarray().tolist()
    assert kept.built_on == "2025-12-31"
    assert kept.fingerprint() == split.fingerprint() != replace(split, built_on="2026-12-31").fingerprint()


def test_the_check_sum_changes_with_a_border_and_not_with_the_order(split):
    again = by_area(
        ground("old", a=(0, 0, 100, 100), b=(100, 0, 200, 100)),
        ground("new", x=(0, 0, 50, 100), y=(50, 0, 100, 100), z=(100, 0, 175, 100)),
    )
    moved = by_area(
        ground("old", a=(0, 0, 100, 100), b=(100, 0, 200, 100)),
        ground("new", x=(0, 0, 51, 100), y=(51, 0, 100, 100), z=(100, 0, 175, 100)),
    )
    assert again.inputs == split.inputs
    assert moved.inputs != split.inputs


def test_how_much_of_a_target_the_sources_cover(split):
    wide = by_area(ground("old", a=(0, 0, 100, 100)), ground("new", x=(0, 0, 400, 100)))
    assert split.covered.tolist() == [1, 1, 1]
    assert wide.covered.tolist() == [0.25]


def test_parts_that_contradict_each_other_are_no_matrix(split):
    for wrong in (
        {"outside": np.array([0.2, 0.25])},
        {"sources": ("b", "a")},
        {"targets": ("x", "y")},
        {"outside": np.array([0.0, -0.25])},
    ):
        with pytest.raises(ValueError, match=r".+"):
            replace(split, **wrong)


def test_borders_drawn_twice_divide_nobody():
    drawn = by_area(
        ground("old", a=(0, 0, 1000, 1000), b=(1000, 0, 2000, 1000)),
        ground("new", x=(0, 0, 1000.4, 1000), y=(1000.4, 0, 2000, 1000)),
    )
    assert drawn.rows().values.tolist() == [["a", "x", 1.0], ["b", "y", 1.0]]


def test_a_small_target_in_a_large_source_is_no_sliver():
    small = by_area(
        ground("kreis", k=(0, 0, 100_000, 100_000)), ground("new", x=(0, 0, 1000, 1000), y=(1000, 0, 100_000, 100_000))
    )
    assert small.rows()["weight"].tolist() == pytest.approx([0.0099, 1e-4, 0.99])


def test_targets_that_lie_on_each_other_are_refused():
    with pytest.raises(InputRefused, match="liegen Flächen übereinander: a"):
        by_area(ground("old", a=(0, 0, 100, 100)), ground("new", x=(0, 0, 80, 100), y=(50, 0, 100, 100)))


def test_a_geography_names_all_its_faults_at_once():
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    frame = gpd.GeoDataFrame({"key": ["a", "a", None]}, geometry=[shapely.box(0, 0, 1, 1), bow_tie, None])
    with pytest.raises(InputRefused) as refused:
        Geography.of(frame, "key", "Ortsteile")
    assert len(refused.value.findings) == 5
    with pytest.raises(InputRefused, match="Grad"):
        Geography.of(frame[:1].set_crs("EPSG:4326"), "key", "Ortsteile")


def test_squares_of_the_grid_lie_in_the_system_of_the_areas():
    cells = grid_cells(pd.DataFrame({"cell_id": ["c2", "c1"], "x": [4_100_150, 4_100_050], "y": [3_080_050] * 2}), CRS)
    assert cells.units == ("c1", "c2")
    assert cells.name == "grid100"
    assert shapely.area(cells.shapes) == pytest.approx([10_000, 10_000], rel=2e-3)
    assert shapely.length(shapely.intersection(*cells.shapes)) == pytest.approx(100, rel=2e-3)


def test_keys_are_whole_units_and_an_empty_target_is_outside():
    keys = by_key(pd.Series({"0101": "A", "0102": "A", "0103": None, "0104": ""}), "old", "new", targets=["A", "B"])
    assert keys.error_class == "A"
    assert keys.steps == ()
    assert keys.targets == ("A", "B")
    assert keys.outside.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("a", "x", None), ("a", "y", None)], "Mehrere Ziele ohne Anteile: a."),
        ([("a", "x", 0.7), ("a", "y", 0.4)], "mehr als 1: a."),
        ([("a", "x", -0.2), ("a", "y", 0.4)], "Negative Anteile: a."),
        ([("a", "q", None)], "Unbekannte Ziele: q."),
    ],
)
def test_keys_that_cannot_be_used_are_refused(rows, sentence):
    with pytest.raises(InputRefused, match=sentence):
        by_key(pd.DataFrame(rows, columns=["source", "target", "weight"]), "old", "new", targets=["x", "y"])


def test_points_lie_in_one_area_or_outside():
    points = gpd.GeoDataFrame(
        {"id": ["p2", "p1", "p3"]}, geometry=gpd.points_from_xy([60, 10, 999], [5, 5, 5]), crs=CRS
    )
    placed = by_points(points, "id", "list", ground("new", x=(0, 0, 50, 100), y=(50, 0, 100, 100)))
    assert placed.rows().values.tolist() == [["p1", "x", 1.0], ["p2", "y", 1.0], ["p3", "", 1.0]]
    with pytest.raises(InputRefused, match="mehrfach vor: p1"):
        by_points(points.assign(id=["p1", "p1", "p3"]), "id", "list", ground("new", x=(0, 0, 50, 100)))
    with pytest.raises(InputRefused, match="kein Koordinatensystem"):
        by_points(points.set_crs(None, allow_override=True), "id", "list", ground("new", x=(0, 0, 50, 100)))


def test_the_best_weights_and_why(split):
    people = replace(split, kind="inhabitants", error_class="B", steps=("inhabitants",))
    homes = replace(people, kind="dwellings", steps=("dwellings",))
    loose = replace(people, by_ground=("a",))
    whole = by_key(pd.Series({"a": "x", "b": "z"}), "old", "new")
    assert best_matrix([split, loose, homes, people]).matrix is people
    assert best_matrix([split, loose, homes, people], "dwellings").matrix is homes
    assert best_matrix([people, whole]).matrix is whole
    assert "nichts wird geschätzt" in best_matrix([whole]).reason
    assert best_matrix([split]).reason.endswith("das ist unsicher.")
    assert "Bei 1 Einheit ohne" in best_matrix([loose]).reason
    newer = replace(people, built_on="2026-01-01")
    assert best_matrix([people, newer]).matrix is newer
    with pytest.raises(InputRefused, match="ist nicht bekannt"):
        best_matrix([])
