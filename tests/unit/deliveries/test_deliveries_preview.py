"""The preview: every cell with the role it played when the file was read."""

from __future__ import annotations

from pathlib import Path

import deliveries_specimens as given

from sozialraum.deliveries import recipes
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.files import Content, open_file
from sozialraum.deliveries.preview import Preview, preview
from sozialraum.deliveries.recipe import Recipe


def named(code: str) -> Recipe:
    return next(recipe for recipe in recipes() if recipe.code == code)


def of_agency(folder: Path, corrections: Corrections = Corrections(), **changes: object) -> Preview:
    path = given.agency(folder, **changes)  # type: ignore[arg-type]
    return preview(open_file(path), named("agency_unemployed"), corrections)


def test_roles_of_an_agency_table(tmp_path: Path) -> None:
    shown = of_agency(tmp_path)
    assert shown.letters == ("A", "B", "C", "D", "E", "F")
    assert [row.number for row in shown.rows] == list(range(1, len(shown.rows) + 1))
    assert shown.left_out == 0
    roles = {row.number: row.roles for row in shown.rows}
    assert roles[1] == ("head",) * 6
    assert roles[2] == ("name", "key", "key", "name", "value", "value")
    assert roles[3][5] == "hidden", "a star hides a number"
    assert roles[4][4:] == ("hidden", "hidden"), "x: blocked"
    assert roles[5] == ("total",) * 6
    assert roles[6] == ("name", "key", "key", "name", "hidden", "hidden"), "keine Angabe is a row like others"
    assert set(roles[13]) == set(roles[14]) == {"text"}


def test_what_is_no_number_and_no_sign_was_not_read(tmp_path: Path) -> None:
    rows = given.replaced(given.AGENCY_ROWS, given.AGENCY_ROWS[0], f"{given.TOWN};101100101;Mitte;ca. 120;14")
    assert of_agency(tmp_path, rows=rows).rows[1].roles[4:] == ("unread", "value")


def test_a_lost_column_leaves_the_others_in_their_roles(tmp_path: Path) -> None:
    head = given.AGENCY_HEAD.replace("ALO_U25", "UNTER_25")
    assert of_agency(tmp_path, head=head).rows[1].roles == ("name", "key", "key", "name", "value", "unread")
    said = Corrections(heads={"UNTER_25": "under_25"})
    assert of_agency(tmp_path, said, head=head).rows[1].roles[5] == "value"


def test_rows_are_what_a_person_says(tmp_path: Path) -> None:
    roles = of_agency(tmp_path, Corrections(rows={2: "skip", 3: "total", 5: "residual"})).rows
    assert set(roles[1].roles) == {"unread"}
    assert roles[2].roles[4:] == ("total", "hidden")
    assert roles[4].roles[4:] == ("value", "value")


def test_without_recipe_nothing_is_read(tmp_path: Path) -> None:
    content = open_file(given.agency(tmp_path))
    shown = preview(content, None)
    assert len(shown.letters) == 6, "cut where it gives fields"
    assert {role for row in shown.rows for role in row.roles} == {"unread"}
    assert {role for row in preview(content, named("households")).rows for role in row.roles} == {"unread"}


def test_first_and_last_rows_and_those_asked_for() -> None:
    text = "\n".join(["Baustein;Anzahl", *(f"{number};{number}" for number in range(2, 501))])
    shown = preview(Content("csv", text=text), None, rows=10, keep=(250, 700))
    assert [row.number for row in shown.rows] == [*range(1, 11), 250, *range(486, 501)]
    assert shown.left_out == 500 - len(shown.rows)


def test_nobody_s_place_is_shown_of_a_list_of_facilities(tmp_path: Path) -> None:
    text = "\n".join([given.FACILITY_HEAD, *given.FACILITY_ROWS])
    shown = preview(open_file(given.write(tmp_path, "einrichtungen.csv", text)), named("facilities"))
    assert {text for row in shown.rows[1:] for text in row.texts} == {"", "…"}
    assert shown.rows[1].roles == ("key", "name", "name", "unread", "key", "value", "name", "name")


def test_a_workbook_with_titles_a_head_of_two_rows_and_a_sum(tmp_path: Path) -> None:
    shown = preview(open_file(given.youth(tmp_path)), named("youth_office"))
    firsts = [row.roles[0] for row in shown.rows]
    order = ["text", "head", "key", "total", "text"]
    assert [each for each in dict.fromkeys(firsts) if each != "unread"] == list(dict.fromkeys(order)), firsts
    assert shown.sheet in shown.sheets
