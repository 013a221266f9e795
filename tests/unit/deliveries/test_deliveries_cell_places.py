"""Where a value stands is said as people would look it up."""

import numpy as np
import pytest

from sozialraum.deliveries.cell_places import cell_places
from sozialraum.deliveries.table import Table


def table(sheet="", rows=60):
    return Table(sheet, {"n": "Anzahl"}, {"n": "F"}, {"n": ["1"] * rows}, np.arange(rows) + 2, (), (), ())


def places(rows, codes, sheet="", name="n"):
    return cell_places(table(sheet), np.array(rows), np.array(codes), name)


def test_each_value_names_its_rows_in_their_order():
    assert places([15, 16, 31, 19, 0], [1, 1, 1, 1, 0]) == ["Zeile 2, Spalte F", "Zeilen 17, 18, 33 und 21, Spalte F"]


def test_a_sheet_is_named_first():
    assert places([15, 16, 17], [0, 1, 1], "Plätze") == [
        "Blatt Plätze, F17",
        "Blatt Plätze, Zeilen 18 und 19, Spalte F",
    ]


@pytest.mark.parametrize(("count", "text"), [(12, "und 13, Spalte F"), (13, "Zeile 2 und 12 weitere")])
def test_more_than_twelve_rows_are_shortened(count, text):
    (told,) = places(range(count), [0] * count)
    assert told.endswith(text)


def test_single_cases_name_no_row():
    assert places([0, 1], [0, 0], name="") == ["gezählt aus Einzelfällen"]
