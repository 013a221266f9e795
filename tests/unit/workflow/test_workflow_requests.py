"""Requests: the letter asks exactly, the form has the rows of the areas, both are the same whenever they are made."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from request_village import AREAS, CARE, YOUTH, asking_project, filled
from sozialraum.base import InputRefused, UsageError, in_language
from sozialraum.deliveries.catalogue_records import DataSet
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.forms import form_in, form_recipe
from sozialraum.deliveries.recipe import Column
from sozialraum.workflow import request_files, requesting
from sozialraum.workflow.request_forms import plain_head
from village import AGS


@pytest.fixture(autouse=True)
def _early(monkeypatch):
    """Before the due dates of the tests."""
    monkeypatch.setattr(requesting, "now", lambda: "2026-01-05T08:00:00.000000+00:00")


@pytest.fixture
def project(tmp_path):
    with asking_project(tmp_path / "p") as made:
        yield made


def letter_of(project, made) -> tuple[str, list[list[list[str]]]]:
    document = docx.Document(io.BytesIO(request_files.request_letter_file(project, made)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return text, [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def test_the_letter_says_what_for_whom_on_which_basis_and_until_when(project):
    made = requesting.request(project, "betreuung", [AGS], "2025", due="2026-03-31", words="Wie besprochen.")
    text, (wanted, columns, signs, rows) = letter_of(project, made)
    for words in ("Jugendamt Musterdorf", "Jugendhilfeplanung", "Musterkreis", "Wie besprochen.", "Zeichen:\tA1",
                  "Fragen an:\tPlanung", "Antwort bis:\t31.03.2026", "bis zum 31.03.2026",
                  "Kinder in Tagesbetreuung, Stichtag 31.12.2025"):  # fmt: skip
        assert words in text
    assert ["Rechtsgrundlage", "§ 98 SGB VIII"] in wanted
    assert ["Raumbezug", "Sozialräume: Musterdorf"] in wanted
    assert ["Schwelle", "unter 3"] in wanted
    assert [row[0] for row in columns[1:]] == [
        "Kinder von 3 bis unter 6 Jahren, in Tageseinrichtungen",
        "Hilfen zur Erziehung, am Stichtag",
        "Kinder von 3 bis unter 6 Jahren, insgesamt",
    ]
    assert [row[1] for row in columns[1:]] == [
        "Kinder von 3 bis unter 6 Jahren in Tageseinrichtungen; Anzahl; Stand 31.12.2025.",
        "Hilfen zur Erziehung für Kinder und Jugendliche; Anzahl; Stand 31.12.2025.",
        "alle, von denen „Kinder von 3 bis unter 6 Jahren, in Tageseinrichtungen“ ein Teil ist; zum Vergleich; "
        "Anzahl; Stand 31.12.2025.",
    ]
    assert [row[0] for row in rows[1:]] == [*AREAS, f"{AGS}-ohne"]
    assert ["*", "1 oder 2, verdeckt"] in signs
    assert "telefonisch" not in text


def test_the_form_declares_how_it_is_read_and_the_request_makes_it_expected(project):
    made = requesting.request(project, "betreuung", [AGS], "2025", due="2026-03-31", role="Planung")
    book = openpyxl.load_workbook(io.BytesIO(request_files.request_form_file(project, made)))
    assert [book["Tabelle"].cell(row, 1).value for row in (6, 7, 8)] == [*AREAS, f"{AGS}-ohne"]
    (expected,) = project.expectations()
    assert (expected.data_set, expected.ags, expected.year, expected.due) == ("betreuung", AGS, "2025", "2026-03-31")


def test_the_form_reads_back_as_the_recipe_of_the_data_set_would(project, tmp_path):
    made = requesting.request(project, "betreuung", [AGS], "2025")
    file = request_files.write_request(project, made.request_id, tmp_path / "out")[1]
    mark = form_in(open_file(filled(file, {"C6": 3})))
    recipe = form_recipe(mark)
    assert (mark.code, mark.request, recipe.code) == ("betreuung", "A1", "form_betreuung")
    assert {value.feature for value in recipe.values} == {"care_03_06", "family_aid", ""}
    assert [(rule.smaller, rule.larger) for rule in recipe.at_most] == [("v1", "v3")]


def test_the_same_request_is_the_same_files_in_any_language(project):
    made = requesting.request(project, "betreuung", [AGS], "2025", due="2026-03-31")
    again = requesting.request_of(project, made.request_id)
    assert again == made
    for maker in (
        request_files.request_letter_file,
        request_files.request_form_file,
        request_files.request_reminder_file,
    ):
        first = maker(project, made)
        with in_language("en"):
            assert maker(project, again) == first


def test_a_reminder_stands_on_the_due_date(project):
    made = requesting.request(project, "betreuung", [AGS], "2025", due="2026-03-31")
    text = request_files.request_reminder_file(project, made).decode()
    assert "DTSTART;VALUE=DATE:20260331" in text
    assert "Jugendamt Musterdorf" in text.replace("\r\n ", "")


def test_a_data_set_without_recipe_needs_columns_and_makes_features_of_its_own(project):
    with pytest.raises(UsageError, match="Spalten"):
        requesting.draft_request(project, "angebote", [AGS], "2025")
    made = requesting.draft_request(project, "angebote", [AGS], "2025", columns=["Plätze", "Plätze", "Öffnungstage"])
    assert [column.feature for column in made.form.columns] == ["own_plaetze", "own_oeffnungstage"]
    assert project.requests() == []


def test_columns_are_told_apart_as_they_are_read(project):
    wished = ["Name", "Plätze", "Plätze 1)", "Plätze²"]
    made = requesting.draft_request(project, "angebote", [AGS], "2025", columns=wished)
    assert [column.head for column in made.form.columns] == ["Name 2", "Plätze", "Plätze 2", "Plätze 3"]
    assert len({column.feature for column in made.form.columns}) == 4
    with pytest.raises(UsageError, match="keinen Namen"):
        requesting.draft_request(project, "angebote", [AGS], "2025", columns=["1)"])


def test_registers_ask_for_one_column_for_each_group(project):
    project.save_catalogue_records(
        data_sets=[DataSet("register", "jugendamt", "Bestand", recipe="register", geography="block")]
    )
    made = requesting.draft_request(project, "register", [AGS], "2025")
    heads = {column.feature: column.head for column in made.form.columns}
    assert heads["pop_00_03_f"] == "Anzahl: 0-3, w"
    assert heads["pop_foreign"].startswith("Anzahl: A")
    assert len(heads) == len(made.form.columns) == 17
    assert made.form.units[0] == (f"{AGS}-A", "Altstadt")


def test_lists_of_facilities_come_as_a_list_that_reads_back(project, tmp_path):
    project.save_catalogue_records(
        data_sets=[replace(CARE, data_set_id="orte", recipe="facilities", geography="facility")]
    )
    made = requesting.request(project, "orte", [AGS], "2025")
    assert made.form.heads[:3] == ("Nr.", "Name", "Art")
    file = request_files.write_request(project, made.request_id, tmp_path / "out")[1]
    assert form_recipe(form_in(open_file(file))).facilities.block == "block"


def test_grid_cells_are_asked_for_without_a_form(project, tmp_path):
    project.save_catalogue_records(data_sets=[replace(CARE, data_set_id="gitter", recipe="", geography="grid")])
    made = requesting.request(project, "gitter", [AGS], "2025")
    assert [file.suffix for file in request_files.write_request(project, made.request_id, tmp_path / "out")] == [
        ".docx",
        ".ics",
    ]
    with pytest.raises(UsageError):
        request_files.request_form_file(project, made)


def test_without_areas_nothing_can_be_asked_for_areas(tmp_path):
    from sozialraum.project import Project
    from village import draw_blocks, draw_municipality, village_blocks

    with Project.create(tmp_path / "q", name="Kreis") as project:
        river = draw_blocks("RR").rename(columns={"land": "kind", "quarter": "name"})[["kind", "name", "geometry"]]
        river["geometry"] = river.geometry.boundary
        project.save_layers(draw_municipality(), village_blocks(), river.assign(kind="river", name="Inde"))
        project.save_catalogue_records([YOUTH], [CARE])
        with pytest.raises(InputRefused, match="keine Gebiete"):
            requesting.draft_request(project, "betreuung", [AGS], "2025")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"data_set": "nichts"}, "Datensatz"),
        ({"year": "bald"}, "kein Jahr"),
        ({"ags": ["05999999"]}, "Gemeinde"),
        ({"due": "morgen"}, "kein Datum"),
        ({"to": ["a\nb"]}, "mehr als eine Zeile"),
        ({"words": "x" * 2_001}, "2.000 Zeichen"),
        ({"words": "a\x00"}, "Steuerzeichen"),
    ],
)
def test_wrong_wishes_are_refused_and_nothing_is_kept(project, arguments, words):
    with pytest.raises(UsageError, match=words):
        requesting.request(project, **{"data_set": "betreuung", "ags": [AGS], "year": "2025"} | arguments)
    assert project.requests() == []
    assert project.expectations() == []


@pytest.mark.parametrize(
    ("column", "head"),
    [
        (Column("a", "Kinder | insgesamt"), "Kinder, insgesamt"),
        (Column("a", "Anzahl"), "Anzahl"),
    ],
)
def test_heads_of_two_rows_become_one(column, head):
    assert plain_head(column) == head
