"""A youth office counts by Ortsteil, the plan has its own areas: what arrives where, and how well it is known.

Two Ortsteile, Nord and Süd, lie over three areas. Inhabitants by cell of the grid (each letter one cell):

    Nord   a 60   b 30   c 10        Süd   d 50   e 0

    area A: a and half the ground of b      area B: the other half of b, and c      area C: d and e

Nord has 100 inhabitants: 75 of them in A (60 + half of 30), 25 in B. Süd lies wholly in C.

| | Nord | Süd | → A | → B | → C | outside |
|---|---|---|---|---|---|---|
| 40 and 7 cases, by inhabitants | 40 | 7 | 30 | 10 | 7 | 0 |
| the same by ground (A holds half of Nord) | 40 | 7 | 20 | 20 | 7 | 0 |
| between 1 and 3 in Nord | 1-3 | 7 | 0-3 | 0-3 | 7 | 0 |
| none in Nord | 0 | 7 | 0 | 0 | 7 | 0 |
| Nord did not answer | . | 7 | . | . | 7 | 0 |
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from sozialraum.carrying import Geography, best_matrix, by_area, by_cells, carry, carry_share

DAY, CRS = "2025-12-31", "EPSG:25832"
SQUARES = {
    "Ortsteil": {"Nord": (0, 0, 300, 100), "Süd": (300, 0, 500, 100)},
    "plan:1": {"A": (0, 0, 150, 100), "B": (150, 0, 300, 100), "C": (300, 0, 500, 100)},
    "grid100": {name: (100 * at, 0, 100 * at + 100, 100) for at, name in enumerate("abcde")},
}
PEOPLE = pd.Series({"a": 60, "b": 30, "c": 10, "d": 50, "e": 0})


def geography(name):
    boxes = [shapely.box(*box) for box in SQUARES[name].values()]
    return Geography.of(gpd.GeoDataFrame({"key": list(SQUARES[name])}, geometry=boxes, crs=CRS), "key", name)


ORTSTEILE, PLAN = geography("Ortsteil"), geography("plan:1")
BY_PEOPLE = by_cells(ORTSTEILE, PLAN, geography("grid100"), PEOPLE, "inhabitants")
BY_GROUND = by_area(ORTSTEILE, PLAN)
COUNT = {"family_aid": "count", "children": "count"}


def cases(nord, sued=(7, 7, "observed"), feature="family_aid"):
    rows = [("Nord", feature, DAY, *nord), ("Süd", feature, DAY, *sued)]
    return pd.DataFrame(rows, columns=["unit", "feature", "period", "low", "high", "status"])


NONE = (np.nan, np.nan, "missing")
TABLE = [
    ("by inhabitants", BY_PEOPLE, (40, 40, "observed"), (30, 30, "estimated"), (10, 10, "estimated"), "B"),
    ("by ground", BY_GROUND, (40, 40, "observed"), (20, 20, "estimated"), (20, 20, "estimated"), "C"),
    ("hidden", BY_PEOPLE, (1, 3, "suppressed"), (0, 3, "suppressed"), (0, 3, "suppressed"), "B"),
    ("none", BY_PEOPLE, (0, 0, "observed"), (0, 0, "observed"), (0, 0, "observed"), "A"),
    ("no answer", BY_PEOPLE, NONE, NONE, NONE, "A"),
]


@pytest.mark.parametrize(("matrix", "nord", "in_a", "in_b", "error_class"), [row[1:] for row in TABLE],
                         ids=[row[0] for row in TABLE])  # fmt: skip
def test_what_arrives_where(matrix, nord, in_a, in_b, error_class):
    carried = carry(cases(nord), matrix, COUNT)
    rows = carried.values.set_index("unit")[["low", "high", "status"]]
    for unit, expected in (("A", in_a), ("B", in_b), ("C", (7, 7, "observed"))):
        assert rows.loc[unit].tolist() == pytest.approx(list(expected), nan_ok=True), unit
    classes = carried.values.set_index("unit")["error_class"]
    assert (classes["A"], classes["C"]) == (error_class, "A")
    assert carried.outside[["low", "high"]].values.tolist() == [[0, 0]]


def test_inhabitants_are_chosen_before_ground_and_it_is_said():
    choice = best_matrix([BY_GROUND, BY_PEOPLE])
    assert choice.matrix is BY_PEOPLE
    assert choice.reason == "Geteilte Einheiten werden nach Einwohnerzahl übertragen."


def test_whoever_stays_whole_has_no_error_and_whoever_is_divided_has_one():
    error = carry(cases((40, 40, "observed")), BY_PEOPLE, COUNT).values.set_index("unit")["error"]
    assert error["C"] == 0
    assert 2.7 < error["A"] == error["B"] < 6  # chance alone gives sqrt(40 · 0,75 · 0,25) = 2,74


@pytest.mark.parametrize(
    ("measure", "because", "instead"),
    [
        ("share", "Ein Anteil lässt sich nicht aufteilen.", "Zähler und Nenner"),
        ("rate", "Eine Quote lässt sich nicht aufteilen.", "Zähler und Nenner"),
        ("mean", "Ein Durchschnitt lässt sich nicht aufteilen.", "Summe und Zahl der Fälle"),
        ("median", "Ein Median lässt sich weder aufteilen noch zusammenzählen.", "Größenklassen"),
        ("rank", "Ein Rang gilt nur unter den Gebieten, für die er gebildet wurde.", "neu"),
        ("index", "Ein Index gilt nur für die Gebiete, für die er gerechnet wurde.", "neu"),
        ("", "Es ist nicht bekannt, ob hier Fälle gezählt sind.", "Zahl von Fällen"),
    ],
)
def test_what_is_no_count_is_refused_with_the_reason(measure, because, instead):
    carried = carry(cases((40, 40, "observed")), BY_PEOPLE, {"family_aid": measure})
    assert carried.values.empty
    (finding,) = carried.refused
    assert finding.what == because
    assert instead in finding.todo


def test_a_share_is_divided_anew_after_carrying():
    """40 of 400 children in Nord: a tenth in A and B alike; 7 of 35 in Süd: a fifth."""
    children = cases((400, 400, "observed"), (35, 35, "observed"), "children")
    carried = carry(pd.concat([cases((40, 40, "observed")), children]), BY_PEOPLE, COUNT)
    shares = carry_share(carried, "family_aid", "children").set_index("unit")["low"]
    assert shares.to_dict() == pytest.approx({"A": 0.1, "B": 0.1, "C": 0.2})
