"""What a trace says of a delivery besides its file."""

from dataclasses import replace

import pytest

from sozialraum.deliveries import recipes
from sozialraum.workflow.trace_parts import read_how, standing

BY_CODE = {recipe.code: recipe for recipe in recipes()}
PLAIN, CELLS = BY_CODE["youth_office"], BY_CODE["census_dwellings"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, []),
        ({"withdrawn_on": "2026-02-03T10:00:00+00:00"}, ["Zurückgezogen am 03.02.2026."]),
        ({"replaced_by": "abc"}, ["Durch eine neuere Lieferung ersetzt."]),
        ({"deleted_on": "2026-12-31"}, ["Die Datei wurde am 31.12.2026 gelöscht."]),
        (
            {"protection": "personal"},
            ["Die Datei wurde gezählt und nicht aufbewahrt; weiter zurück führt der Weg nicht."],
        ),
    ],
)
def test_whether_it_still_counts_and_is_kept(row, said):
    assert standing(row, PLAIN) == said


def test_cells_are_placed_by_their_midpoints():
    assert read_how({}, CELLS)[0] == "Jede Gitterzelle zählt ganz dort, wo ihr Mittelpunkt liegt."
    assert read_how({}, PLAIN) == []


def test_noise_of_the_holder_is_said():
    assert "leicht verändert" in read_how({}, replace(PLAIN, noise="cell_key"))[0]


def test_corrections_are_counted():
    row = {"corrections": {"heads": {"a": "b"}, "keys": {"5999": "05999"}, "rows": {}, "signs": {}}}
    assert read_how(row, PLAIN) == ["2 Stellen wurden beim Aufnehmen berichtigt."]
