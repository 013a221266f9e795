"""Differences to the delivery before: only what is there, and jumps only when they are certain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import deliveries_specimens as given
import numpy as np
import pytest

from sozialraum.deliveries import recipes
from sozialraum.deliveries.differences import differences, renamed_columns
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.shape import Shape

LAST_YEAR = Shape(
    heads=("Gebiet", "Name", "Kinder | zusammen", "Plätze | genehmigt", "Plätze | tatsächlich"),
    columns={"area": "Gebiet", "children": "Kinder | zusammen", "places": "Plätze | tatsächlich"},
    keys=("05399012-01", "05399012-02", "05399012-03"),
    sums={"children": (400.0, 400.0), "places": (300.0, 340.0)},
    notes=("Jugendamt Musterstadt", "Stichtag: 31.12.2026", "* = weniger als 3"),
    rows=4,
)


def told(**changes: object) -> list[str]:
    return [each.text() for each in differences(LAST_YEAR, replace(LAST_YEAR, **changes))]  # type: ignore[arg-type]


def test_nothing_is_said_of_the_same_table_a_year_later() -> None:
    assert told(notes=("Jugendamt Musterstadt", "Stichtag: 31.12.2027", "* = weniger als 3"), rows=9) == []


def test_a_renamed_column_by_its_letter() -> None:
    heads = (*LAST_YEAR.heads[:4], "Plätze | belegbar")
    found = differences(LAST_YEAR, replace(LAST_YEAR, heads=heads, columns={"places": "Plätze | belegbar"}))
    assert [each.text() for each in found] == ["Spalte E heißt jetzt „belegbar“, vorher „tatsächlich“"]
    assert (found[0].found, found[0].offer, found[0].severity) == ("Plätze | belegbar", "places", "warning")


def test_a_footnote_or_a_year_in_a_head_is_no_new_column() -> None:
    heads = (*LAST_YEAR.heads[:3], "Plätze | genehmigt 1)", "Plätze | tatsächlich")
    assert told(heads=heads) == []


def test_columns_new_and_gone() -> None:
    assert told(heads=("Gebiet", "Name", "Kinder | zusammen", "Gruppen", "Plätze | tatsächlich")) == [
        "Spalte D: neu: „Gruppen“",
        "Spalte D im Vorjahr: „Plätze | genehmigt“ fehlt",
    ]


def test_an_area_that_was_divided() -> None:
    keys = ("05399012-01", "05399012-02", "05399012-03a", "05399012-03b")
    assert told(keys=keys) == ["Zeilen: neu: Gebiete 3a und 3b, vorher zusammen Gebiet 3"]


def test_rows_new_and_gone() -> None:
    found = differences(LAST_YEAR, replace(LAST_YEAR, keys=("05399012-01", "05399012-07", "05399012-08")))
    assert [each.sentence for each in found] == ["neu: Gebiete 7 und 8", "es fehlen: Gebiete 2 und 3"]
    assert [each.severity for each in found] == ["note", "warning"]


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ((501.0, 501.0), "501, vorher 400"),
        ((500.0, 500.0), None),  # exactly a quarter more
        ((290.0, 290.0), "290, vorher 400"),
        ((310.0, 310.0), None),
        ((501.0, np.inf), "mindestens 501, vorher 400"),
        ((480.0, 600.0), None),  # may be a quarter more, may be less
        ((0.0, np.inf), None),
    ],
)
def test_a_jump_is_named_only_when_it_is_certain(now: tuple[float, float], sentence: str | None) -> None:
    found = differences(LAST_YEAR, replace(LAST_YEAR, sums={"children": now}))
    assert [each.sentence for each in found] == ([sentence] if sentence else [])


def test_hidden_parts_of_last_year_count_as_well() -> None:
    assert told(sums={"places": (420.0, 420.0)}) == [], "340 may have been the number"
    assert told(sums={"places": (430.0, 430.0)}) == ["Summe von „places“: 430, vorher 300–340"]


def test_small_numbers_do_not_jump() -> None:
    before = replace(LAST_YEAR, sums={"aid": (20.0, 20.0)})
    assert differences(before, replace(before, sums={"aid": (40.0, 40.0)})) == ()
    assert len(differences(before, replace(before, sums={"aid": (41.0, 41.0)}))) == 1


@pytest.mark.parametrize(
    ("line", "severity", "begins"),
    [
        ("1) mit dem vorhandenen Personal", "note", "neue Fußnote, kein Einfluss auf die Werte"),
        ("Rückfragen an das Jugendamt", "note", "neu, kein Einfluss auf die Werte"),
        ("1) ab 2027 einschließlich Tagespflege", "warning", "neu: "),
        (". = Zahlenwert unbekannt", "warning", "neue Erklärung eines Zeichens"),
    ],
)
def test_a_new_note(line: str, severity: str, begins: str) -> None:
    (found,) = differences(LAST_YEAR, replace(LAST_YEAR, notes=(*LAST_YEAR.notes, line)))
    assert (found.kind, found.severity) == ("note_new", severity)
    assert found.sentence.startswith(begins)


def test_a_lost_explanation_of_a_sign_is_a_warning() -> None:
    (found,) = differences(LAST_YEAR, replace(LAST_YEAR, notes=LAST_YEAR.notes[:2]))
    assert (found.kind, found.severity) == ("note_gone", "warning")


def test_the_head_that_may_be_the_missing_column(tmp_path: Path) -> None:
    recipe = next(each for each in recipes() if each.code == "agency_unemployed")
    content = open_file(given.agency(tmp_path, head=given.AGENCY_HEAD.replace("ALO_U25", "ALO_UNTER25")))
    (found,) = renamed_columns(content, recipe)
    assert found.text() == "Spalte F heißt jetzt „ALO_UNTER25“, vorher „ALO_U25“"
    assert (found.found, found.offer) == ("ALO_UNTER25", "under_25")
    assert renamed_columns(open_file(given.agency(tmp_path)), recipe) == ()
