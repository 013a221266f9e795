"""Deliveries by units of a source geography: keys, what is carried and what is refused, drafting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import Places, Reading, read_delivery
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.drafting import draft_recipe
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.recipe_writing import recipe_text

RECIPE = """
code = "own_wards"
version = 1
title = "Wahlberechtigte nach Stimmbezirken"
source = "Wahlamt"
formats = ["csv"]
counts = "persons"
[columns]
key = "Stimmbezirk"
voters = "Wahlberechtigte"
turnout = "Anteil Wahlbeteiligung"
age = "Durchschnittsalter"
[period]
fixed = "2025-09-14"
[key]
column = "key"
kind = "geography"
geography = "wards"
residual = "ohne"
unique = ["key"]
every = true
[[value]]
column = "voters"
feature = "own_voters"
[[value]]
column = "turnout"
feature = "own_turnout"
measure = true
[[value]]
column = "age"
feature = "own_age"
measure = true
"""
HEAD = "Stimmbezirk;Wahlberechtigte;Anteil Wahlbeteiligung;Durchschnittsalter"
UNITS = {f"{number:04d}": f"Bezirk {number}" for number in range(1, 6)}


def places() -> Places:
    return replace(specimens.places(), geographies={"wards": UNITS}, geography_titles={"wards": "Stimmbezirke"})


def delivered(folder: Path, *rows: str) -> Path:
    return specimens.write(folder, "wahl.csv", "\n".join([HEAD, *rows]) + "\n")


def read(folder: Path, *rows: str) -> Reading:
    return read_delivery(delivered(folder, *rows), recipe_from(RECIPE, "wards", {}), places())


def test_counts_stand_at_the_units_of_their_geography(tmp_path: Path) -> None:
    reading = read(tmp_path, *(f"{unit};{number}0;61,5;44" for number, unit in enumerate(UNITS, 1)))
    rows = reading.observations
    assert set(rows["geography"]) == {"geo:wards"}
    assert rows[["unit", "feature", "low"]].values.tolist() == [
        [unit, "own_voters", 10.0 * number] for number, unit in enumerate(UNITS, 1)
    ]


def test_shares_and_averages_are_left_out_with_the_reason(tmp_path: Path) -> None:
    reading = read(tmp_path, *(f"{unit};10;61,5;44" for unit in UNITS))
    said = {one.code: one for one in reading.findings}
    assert said["carry_share"].column == "Anteil Wahlbeteiligung"
    assert "Ein Anteil lässt sich nicht aufteilen." in said["carry_share"].what
    assert "Zähler und Nenner" in said["carry_share"].todo
    assert "Ein Durchschnitt lässt sich nicht aufteilen." in said["carry_mean"].what
    assert {one.severity for one in said.values()} == {"warning"}


def test_a_file_without_any_count_is_refused(tmp_path: Path) -> None:
    text = RECIPE.replace('[[value]]\ncolumn = "voters"\nfeature = "own_voters"\n', "")
    with pytest.raises(InputRefused, match="Keine Spalte zählt Fälle"):
        read_delivery(delivered(tmp_path, "0001;10;61,5;44"), recipe_from(text, "wards", {}), places())


def test_unknown_units_name_the_one_most_like_them_and_lost_zeros_come_back(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="„0009“ ist nicht bekannt"):
        read(tmp_path, "0009;10;61,5;44")
    reading = read(tmp_path, *(f"{int(unit)};10;61,5;44" for unit in UNITS))
    assert reading.observations["unit"].tolist() == list(UNITS)


def test_units_without_a_row_are_said(tmp_path: Path) -> None:
    reading = read(tmp_path, "0001;10;61,5;44", "0003;10;61,5;44", "0005;10;61,5;44")
    (absent,) = [one for one in reading.findings if one.code in ("incomplete", "truncated")]
    assert "0002" in absent.what
    assert "0004" in absent.what


def test_rows_without_a_place_are_in_no_area(tmp_path: Path) -> None:
    reading = read(tmp_path, *(f"{unit};10;61,5;44" for unit in UNITS), "ohne;7;50;44")
    rows = reading.observations
    assert rows[rows["geography"] == "residual"][["unit", "low"]].values.tolist() == [["region", 7.0]]
    assert "carry_residual" in {one.code for one in reading.findings if one.severity == "note"}


def test_a_geography_the_project_does_not_have_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="gibt es im Projekt nicht"):
        read_delivery(delivered(tmp_path, "0001;10;61,5;44"), recipe_from(RECIPE, "wards", {}), specimens.places())


def test_a_recipe_says_which_geography_and_keeps_it() -> None:
    recipe = recipe_from(RECIPE, "wards", {})
    assert recipe_from(recipe_text(recipe), "again", {}) == recipe
    with pytest.raises(InputRefused, match="welche Gliederung"):
        recipe_from(RECIPE.replace('geography = "wards"\n', ""), "wards", {})


def test_a_draft_finds_the_geography_by_its_keys(tmp_path: Path) -> None:
    path = delivered(tmp_path, *(f"{unit};{number}10;61,5;44" for number, unit in enumerate(UNITS, 1)))
    draft = draft_recipe(open_file(path), places())
    assert draft.likely.key is not None
    assert (draft.likely.key.kind, draft.likely.key.geography) == ("geography", "wards")
