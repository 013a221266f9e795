"""Weights from addresses, blocks and cells of the grid; chains of matrices; plan to plan."""

from dataclasses import replace
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from sozialraum.base import InputRefused, UsageError
from sozialraum.carrying import (
    Geography,
    Matrix,
    best_matrix,
    between_plans,
    by_addresses,
    by_area,
    by_cells,
    by_key,
    by_lineage,
    carry,
    compose,
    inhabited_points,
    of_cells,
    onto_plan,
)

CRS = "EPSG:25832"


def ground(name, **boxes):
    frame = gpd.GeoDataFrame({"key": list(boxes)}, geometry=[shapely.box(*box) for box in boxes.values()], crs=CRS)
    return Geography.of(frame, "key", name)


def points(*places, **columns):
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(*zip(*places, strict=True)), crs=CRS)


OLD = ground("old", a=(0, 0, 1000, 100), b=(1000, 0, 2000, 100))
NEW = ground("new", x=(0, 0, 900, 100), y=(900, 0, 2000, 100))


def weights(matrix):
    return {(source, target): weight for source, target, weight in matrix.rows().itertuples(index=False)}


def test_addresses_and_not_ground_decide():
    houses = points((950, 50), (960, 50), (970, 50), (10, 50), (1500, 50))
    assert weights(by_area(OLD, NEW))["a", "x"] == pytest.approx(0.9)
    counted = by_addresses(OLD, NEW, houses)
    assert weights(counted)["a", "x"] == pytest.approx(0.25)
    assert (counted.kind, counted.error_class, counted.by_ground) == ("addresses", "B", ())


def test_a_unit_without_addresses_is_divided_by_ground_and_named():
    counted = by_addresses(OLD, NEW, points((1500, 50)))
    assert weights(counted)["a", "x"] == pytest.approx(0.9)
    assert counted.by_ground == ("a",)
    assert counted.row_classes.tolist() == ["C", "A"]


def test_addresses_outside_every_target_stay_outside():
    counted = by_addresses(OLD, ground("new", x=(0, 0, 500, 100)), points((10, 50), (20, 50), (700, 50), (1500, 50)))
    assert counted.outside.tolist() == pytest.approx([1 / 3, 1])


def test_a_large_empty_field_does_not_pull():
    """A block of 100 people whose 4 houses stand in one corner: all of them live there."""
    blocks = gpd.GeoDataFrame(
        {"block_id": ["B1", "B2"], "population": [100, 30]},
        geometry=[shapely.box(0, 0, 1000, 100), shapely.box(1000, 0, 2000, 100)], crs=CRS,
    )  # fmt: skip
    houses = points((950, 50), (960, 50), (970, 50), (980, 50), block_id=["B1"] * 4)
    people = inhabited_points(blocks, houses)
    assert people["people"].sum() == 130
    assert weights(by_addresses(OLD, NEW, people))["a", "y"] == 1.0
    assert people.iloc[-1][["block_id", "people"]].tolist() == ["B2", 30.0]


CELLS = ground("grid100", c1=(0, 0, 100, 100), c2=(850, 0, 950, 100), c3=(950, 0, 1050, 100), c4=(1900, 0, 2000, 100))
PEOPLE = pd.Series({"c1": 50.0, "c2": 40.0, "c3": 20.0, "c4": 7.0})


def test_cells_are_whole_inside_and_divided_at_the_border():
    cells = of_cells(CELLS, NEW)
    assert weights(cells) == pytest.approx(
        {("c1", "x"): 1, ("c2", "x"): 0.5, ("c2", "y"): 0.5, ("c3", "y"): 1, ("c4", "y"): 1}
    )
    assert cells.error_class == "B"
    assert np.isnan(cells.covered).all()  # empty cells are not listed, so the ground between them is no gap
    assert of_cells(ground("grid500", c=(500, 0, 1000, 500)), NEW).error_class == "C"


def test_addresses_divide_a_cell_at_the_border_better():
    cells = of_cells(CELLS, NEW, addresses=points((860, 50), (870, 50), (880, 50), (940, 50)))
    assert weights(cells)["c2", "x"] == 0.75
    assert cells.by_ground == ()


def test_areas_are_divided_by_what_lives_in_their_cells():
    matrix = by_cells(OLD, NEW, CELLS, PEOPLE, "inhabitants")
    # a: c1 50 in x, c2 20 in x and 20 in y, half of c3 10 in y
    assert weights(matrix)["a", "x"] == pytest.approx(0.7)
    assert weights(matrix)["b", "y"] == 1.0
    with_houses = by_cells(OLD, NEW, CELLS, PEOPLE, "inhabitants", addresses=points((860, 50), (960, 50)))
    assert weights(with_houses)["a", "x"] == pytest.approx(90 / 110)


def test_equal_geographies_divide_no_cell_twice():
    matrix = by_cells(OLD, replace(OLD, name="same"), CELLS, PEOPLE, "inhabitants")
    assert weights(matrix) == {("a", "a"): 1.0, ("b", "b"): 1.0}


def test_a_target_with_ground_alone_gets_a_weight_of_zero():
    matrix = by_cells(OLD, NEW, CELLS, pd.Series({"c1": 5.0}), "inhabitants")
    assert weights(matrix)["a", "y"] == 0.0
    assert matrix.by_ground == ("b",)


def carried(matrix, **numbers):
    rows = [(unit, "cases", "2025-12-31", float(number), float(number), "observed") for unit, number in numbers.items()]
    table = pd.DataFrame(rows, columns=["unit", "feature", "period", "low", "high", "status"])
    return carry(table, matrix, {"cases": "count"}).values.set_index("unit")


def test_a_unit_that_reaches_two_targets_is_divided_also_when_all_that_counts_lies_in_one():
    matrix = by_addresses(OLD, NEW, points((10, 50), (1500, 50)))
    assert weights(matrix)["a", "x"] == 1.0
    assert matrix.is_whole.tolist() == [False, True]
    assert (matrix.row_classes.tolist(), matrix.steps) == (["B", "A"], ("addresses",))
    values = carried(matrix, a=400, b=100)
    assert values["low"].to_dict() == {"x": 400, "y": 100}
    assert values["status"].tolist() == ["estimated", "estimated"]
    assert values["method"].tolist() == ["addresses", "addresses"]
    assert values["error_class"].tolist() == ["B", "B"]
    assert (values["error"] > 5).all()  # sqrt(400 · 0,05 · 0,95) = 4,4 by chance alone
    assert "ganz in einem Ziel" not in best_matrix([matrix]).reason


def test_such_a_matrix_is_not_taken_before_addresses():
    secret = by_cells(OLD, NEW, CELLS, pd.Series({"c1": 3.0, "c2": 0.0, "c3": 0.0}), "inhabitants")
    houses = by_addresses(OLD, NEW, points((10, 50), (950, 50), (1500, 50)))
    assert weights(secret)["a", "x"] == 1.0
    assert best_matrix([secret, houses]).matrix is houses


def test_secret_cells_are_not_empty_and_a_unit_with_few_known_ones_is_divided_by_ground():
    """Of a the cells c1, c2 and half of c3: with c1 alone 40 % are known, with c1 and c2 80 %."""
    few = by_cells(OLD, NEW, CELLS, pd.Series({"c1": 3.0, "c2": np.nan, "c3": np.nan, "c4": 9.0}), "inhabitants")
    assert few.known.tolist() == pytest.approx([0.4, 1 / 1.5])
    assert few.by_ground == ("a",)
    assert weights(few)["a", "x"] == pytest.approx(0.9)
    reason = best_matrix([few]).reason
    assert "Bekannt sind je Einheit mindestens 40 %." in reason
    assert "Einheiten mit weniger als 50 % werden nach Fläche geteilt." in reason
    more = by_cells(OLD, NEW, CELLS, pd.Series({"c1": 3.0, "c2": 1.0, "c3": np.nan, "c4": 9.0}), "inhabitants")
    assert more.known[0] == pytest.approx(0.8)
    assert weights(more)["a", "x"] == pytest.approx(3.5 / 4)
    assert "mindestens 67 %." in best_matrix([more]).reason
    assert Matrix.from_content(more.content()).content() == more.content()
    assert (
        compose(more, by_key(pd.Series({"x": "all", "y": "all"}), "new", "sum")).known.tolist() == more.known.tolist()
    )


def test_a_unit_is_whole_again_where_all_it_reaches_is_one_area():
    matrix = by_addresses(OLD, NEW, points((10, 50), (1500, 50)))
    whole = compose(matrix, by_key(pd.Series({"x": "all", "y": "all"}), "new", "sum"))
    assert (whole.is_whole.all(), whole.steps) == (True, ())
    assert carried(whole, a=400, b=100)["status"].tolist() == ["observed"]


def test_a_kept_matrix_of_weights_of_one_is_read_as_divided():
    kept = {**by_addresses(OLD, NEW, points((10, 50), (1500, 50))).content(), "steps": []}
    assert Matrix.from_content(kept).steps == ("addresses",)


def table(*rows, source="old", target="new"):
    return by_key(pd.DataFrame(rows, columns=["source", "target", "weight"]), source, target)


FIRST = table(("a", "m", 0.5), ("a", "n", 0.5), target="mid")
SECOND = table(("m", "x", 0.4), ("m", "y", 0.6), ("n", "y", 0.5), source="mid")
THIRD = table(("x", "p", 0.5), ("x", "q", 0.5), ("y", "q", 1.0), source="new", target="newest")


def test_two_matrices_in_one():
    both = compose(FIRST, SECOND)
    assert weights(both) == pytest.approx({("a", "x"): 0.2, ("a", "y"): 0.55, ("a", ""): 0.25})
    assert both.steps == ("key", "key")


def test_a_third_division_is_refused_and_adding_up_is_none():
    both = compose(FIRST, SECOND)
    with pytest.raises(InputRefused, match="schon zweimal übertragen"):
        compose(both, THIRD)
    up = table(("x", "all", 1.0), ("y", "all", 1.0), source="new", target="whole")
    assert compose(both, up).targets == ("all",)


def test_a_matrix_that_begins_elsewhere_is_refused():
    with pytest.raises(UsageError, match="Nach „mid“ kann nicht mit „new“"):
        compose(FIRST, THIRD)


def test_the_worse_class_and_the_units_without_weights_go_along():
    loose = replace(SECOND, by_ground=("m",), error_class="C", kind="area", steps=("area",))
    both = compose(FIRST, loose)
    assert (both.kind, both.error_class, both.by_ground) == ("area", "C", ("a",))


def plan(plan_id, **areas):
    assignment = pd.Series({block: area for area, blocks in areas.items() for block in blocks.split()}, name="area_id")
    return SimpleNamespace(plan_id=plan_id, assignment=assignment, areas=pd.DataFrame({"area_id": sorted(areas)}))


BEFORE, AFTER = plan("v1", A="b1 b2 b3", B="b4"), plan("v2", A="b1 b2", C="b3 b4")
BLOCKS = pd.DataFrame({"block_id": ["b1", "b2", "b3", "b4"], "population": [10, 30, 60, 5]})


def test_blocks_are_added_up_again_for_every_plan():
    assert weights(onto_plan(AFTER)) == {("b1", "A"): 1, ("b2", "A"): 1, ("b3", "C"): 1, ("b4", "C"): 1}
    assert onto_plan(AFTER).steps == ()


def test_old_areas_are_divided_by_the_inhabitants_of_their_blocks():
    matrix = between_plans(BEFORE, AFTER, BLOCKS, built_on="2026-01-01")
    assert weights(matrix) == pytest.approx({("A", "A"): 0.4, ("A", "C"): 0.6, ("B", "C"): 1.0})
    assert (matrix.source, matrix.target, matrix.by_ground) == ("plan:v1", "plan:v2", ())
    assert between_plans(BEFORE, BEFORE, BLOCKS).steps == ()
    homes = between_plans(BEFORE, AFTER, BLOCKS.assign(dwellings=[1, 1, 2, 9]), kind="dwellings")
    assert (homes.kind, weights(homes)["A", "C"]) == ("dwellings", 0.5)


def test_without_inhabitants_addresses_count_and_then_blocks():
    nobody = BLOCKS.assign(population=0)
    houses = pd.DataFrame({"block_id": ["b1", "b3", "b3", "b3"]})
    assert weights(between_plans(BEFORE, AFTER, nobody, addresses=houses))["A", "C"] == 0.75
    bare = between_plans(BEFORE, AFTER, nobody)
    assert weights(bare)["A", "C"] == pytest.approx(1 / 3)
    assert bare.by_ground == ("A", "B")


def test_blocks_that_are_gone_lie_outside_and_renewed_ones_follow_their_lineage():
    shorter = plan("v3", A="b1 b2")
    assert between_plans(BEFORE, shorter, BLOCKS).outside.tolist() == pytest.approx([0.6, 1.0])
    links = [("b1", "n1", 1.0), ("b2", "n1", 1.0), ("b3", "n1", 0.5), ("b3", "n2", 0.5), ("b3", "b4", 0.0)]
    lineage = by_lineage(pd.DataFrame(links, columns=["old", "new", "weight"]), BLOCKS["block_id"])
    assert weights(lineage)["b4", "b4"] == 1
    renewed = plan("v4", A="n1", C="n2 b4")
    assert weights(between_plans(BEFORE, renewed, BLOCKS, lineage=lineage))["A", "A"] == pytest.approx(0.7)
    with pytest.raises(InputRefused, match="Nachfolger nicht bekannt"):
        between_plans(plan("v0", A="b1 b9"), renewed, BLOCKS, lineage=lineage)


def test_the_order_of_rows_changes_no_weight():
    mixed = plan("v1", B="b4", A="b3 b1 b2")
    one, other = between_plans(BEFORE, AFTER, BLOCKS), between_plans(mixed, AFTER, BLOCKS[::-1])
    assert one.content() == other.content()
    houses = points((950, 50), (960, 50), (970, 50), (10, 50), people=[1.1, 2.3, 0.7, 3.9])
    assert by_addresses(OLD, NEW, houses).content() == by_addresses(OLD, NEW, houses[::-1]).content()
    assert np.array_equal(by_area(OLD, NEW).outside, [0, 0])
