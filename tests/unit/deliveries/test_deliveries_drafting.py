"""Drafting a recipe of files that no recipe knows; the shipped specimens are read as if nobody knew them."""

from __future__ import annotations

import time
from pathlib import Path

import deliveries_specimens as given
import pytest

from sozialraum.base import InputRefused, UsageError
from sozialraum.deliveries import read_delivery, recipes
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.drafting import Draft, draft_recipe
from sozialraum.deliveries.files import Content, Sheet, open_file
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.deliveries.signs import profile_from, sign_profiles


def draft(text: str, name: str = "tabelle.csv", **answers: str) -> Draft:
    return draft_recipe(Content("csv", name, text), given.places(), answers)


def table(*lines: str) -> str:
    return "\n".join(lines) + "\n"


AREAS = (f"{given.TOWN}-01", f"{given.TOWN}-02", f"{given.TOWN}-03")
TITLE = "Kinder am Stichtag 31.12.2025"


@pytest.mark.parametrize("source", ["agency_unemployed", "youth_office", "households"])
def test_a_draft_reads_what_the_shipped_recipe_reads(tmp_path: Path, source: str) -> None:
    path = {
        "agency_unemployed": given.agency,
        "youth_office": given.youth,
        "households": lambda folder: given.households(folder, f"{given.TOWN}-0001;40;10;2", f"{given.TOWN}-0002;9;1;0"),
    }[source](tmp_path)
    made = draft_recipe(open_file(path), given.places())
    assert made.open == ()
    assert made.recipe is not None
    mine = read_delivery(path, made.recipe, given.places()).observations
    shipped = next(each for each in recipes() if each.code == source)
    theirs = read_delivery(path, shipped, given.places()).observations
    theirs = theirs[~theirs["geography"].isin(["municipality", "region"])]  # a draft checks totals and keeps none
    theirs = theirs[theirs["cell"].isin(mine["cell"])]  # complete lists add zeros
    same = ["geography", "unit", "period", "low", "high", "status", "cell"]
    joined = mine[same].merge(theirs[same], how="right", indicator=True)
    assert len(theirs) >= 4
    assert set(joined["_merge"]) == {"both"}


def test_a_drafted_recipe_can_be_kept_as_text(tmp_path: Path) -> None:
    made = draft_recipe(open_file(given.youth(tmp_path)), given.places())
    assert made.recipe is not None
    again = recipe_from(recipe_text(made.recipe), "own.toml", {})
    path = given.youth(tmp_path)
    assert read_delivery(path, again, given.places()).observations.equals(
        read_delivery(path, made.recipe, given.places()).observations
    )


def test_what_was_found_is_said(tmp_path: Path) -> None:
    said = " ".join(draft_recipe(open_file(given.youth(tmp_path)), given.places()).said)
    for part in ("Kopf in Zeile 4 bis 5", "Spalte A „Sozialraum“: 3 Gebiete", "„Summe“", "„ohne Angabe“", "31.12.2025"):
        assert part in said


def test_a_sign_can_be_read_by_a_profile_of_one_s_own() -> None:
    sign = '{ text = "x", status = "suppressed", low = 1, high = 4, meaning = "unter 5", legend = "x = Wert unter 5" }'
    own = profile_from(f'title = "Hausregel"\nsigns = [{sign}]', "house")
    text = table(TITLE, "", "Gebiet;Kinder", f"{AREAS[0]};x", f"{AREAS[1]};9", "", "x = Wert unter 5")
    content = Content("csv", "tabelle.csv", text)
    assert [each.id for each in draft_recipe(content, given.places()).open] == ["signs:B"]
    made = draft_recipe(content, given.places(), {}, {**sign_profiles(), "house": own})
    assert made.open == ()
    assert made.likely.values[0].signs == "house"  # type: ignore[union-attr]


def test_a_file_without_known_keys_is_refused() -> None:
    with pytest.raises(InputRefused, match="keiner Spalte"):
        draft(table("Gebiet;Kinder", "Nordsee;12", "Ostsee;4"))


def test_a_table_without_head_is_refused() -> None:
    with pytest.raises(InputRefused, match="kein Kopf"):
        draft(table(*(f"{area};12;4" for area in AREAS)))


def test_rows_below_an_empty_row_are_not_lost_without_a_word() -> None:
    lines = (TITLE, "", "Gebiet;Kinder", f"{AREAS[0]};12", "", f"{AREAS[1]};4")
    with pytest.raises(InputRefused, match="Zeile 6"):
        draft(table(*lines))


def test_answers_nobody_asked_for() -> None:
    text = table(TITLE, "", "Gebiet;Kinder", *(f"{area};12" for area in AREAS))
    assert draft(text).recipe is not None
    assert draft(text, counts="persons").unused == ("counts",)
    with pytest.raises(UsageError, match="keine Antwort"):
        draft(text, **{"feature:B": "nothing_known"})


def test_a_known_feature_can_be_chosen() -> None:
    text = table(TITLE, "", "Gebiet;Kinder in Tageseinrichtungen", *(f"{area};12" for area in AREAS))
    assert draft(text).recipe.features() == ("own_kinder_in_tageseinrichtungen",)  # type: ignore[union-attr]
    assert draft(text, **{"feature:B": "care_03_06"}).recipe.features() == ("care_03_06",)  # type: ignore[union-attr]


def test_a_sheet_of_forty_thousand_rows_is_drafted_in_two_seconds() -> None:
    heads = ["Gebiet", "Name", "Stichtag", *(f"Kinder in Gruppe {letter}" for letter in "ABCDEFGHI"), "Bemerkung"]
    numbers = range(1, 40_001)
    rows = [
        [AREAS[n % 3], f"Ort {n % 3}", "31.12.2025", *(str(n * 7919 % 99_991 + i) for i in range(9)), "geprüft"]
        for n in numbers
    ]
    content = Content("xlsx", "gross.xlsx", sheets=(Sheet("Tabelle1", [heads, *rows]),))
    began = time.process_time()  # others may be using the machine
    made = draft_recipe(content, given.places())
    assert time.process_time() - began < 2
    assert len(made.likely.values) == 9  # type: ignore[union-attr]


def test_a_date_that_is_missing_in_the_name_of_the_file_says_what_to_do(tmp_path: Path) -> None:
    text = table("Kinder", "", "Gebiet;Kinder", *(f"{area};12" for area in AREAS))
    recipe = draft_recipe(Content("csv", "kinder_2025.csv", text), given.places(), {"period_form": "year_end"}).recipe
    assert recipe is not None
    with pytest.raises(InputRefused) as caught:
        read_delivery(given.write(tmp_path, "kinder.csv", text), recipe, given.places())
    (finding,) = [each for each in caught.value.findings if each.code == "date"]
    assert "Dateinamen schreiben (Beispiel: 2025)" in finding.todo
