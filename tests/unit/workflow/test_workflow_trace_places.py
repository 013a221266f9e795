"""The text kept with a value, taken apart."""

import pytest

from sozialraum.workflow.trace_places import Place, parse


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Zeile 17, Spalte F", Place(rows=(17,), column="F")),
        ("Row 17, column F", Place(rows=(17,), column="F")),
        ("Blatt Plätze, D17", Place("Plätze", (17,), column="D")),
        ("Blatt Anlage 1, Teil B, AB7", Place("Anlage 1, Teil B", (7,), column="AB")),
        ("Blatt Tabelle, Zeile 5, Spalte C", Place("Tabelle", (5,), column="C")),
        ("Zeile 17 und 35 weitere", Place(rows=(17,), more=35)),
        ("Row 17 and 3 more", Place(rows=(17,), more=3)),
        ("Zeilen 17, 18 und 25, Spalte D", Place(rows=(17, 18, 25), column="D")),
        ("Zeilen 17, 18, 25 und 1.204 weitere, Spalte D", Place(rows=(17, 18, 25), more=1204, column="D")),
        ("2 Gitterzellen: Zeilen 17, 18", Place(rows=(17, 18), text="2 Gitterzellen")),
        ("3 Gitterzellen, davon 1 ohne Angabe", Place(text="3 Gitterzellen, davon 1 ohne Angabe")),
        ("keine Zeile in der vollständigen Liste", Place(text="keine Zeile in der vollständigen Liste")),
        ("", Place()),
    ],
)
def test_places(text, place):
    assert parse(text) == place
