"""Files of single persons are never written, neither into the project nor as temporary files."""

import gzip
import io
import zipfile

import pytest
import xlsxwriter

import village
from receiving_village import AREAS, Office, project_in
from sozialraum import workflow
from sozialraum.deliveries.held_files import held_file
from sozialraum.deliveries.persons import lists_persons
from sozialraum.project import Project
from sozialraum.workflow import looking
from written_files import watched

HEAD = ["Stichtag", "Baustein", "Geburtsdatum", "Geschlecht", "Staatsangehörigkeit", "Wohnungsstatus"]


@pytest.fixture
def written():
    with watched() as paths:
        yield paths


@pytest.fixture
def project(tmp_path):
    with project_in(tmp_path / "p") as opened:
        yield opened


def people(heads=HEAD):
    blocks = [f"{village.AGS}-{letter}" for letters in AREAS.values() for letter in letters]
    rows = [["31.12.2025", block, f"0{day}.03.1990", "w", "deutsch", "HW"] for block in blocks for day in range(1, 9)]
    return [list(heads), *rows]


def as_text(rows):
    return "\n".join(map(";".join, rows)).encode()


def as_workbook(rows):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return made.getvalue()


def as_archive(rows):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("personen.csv", as_text(rows))
    return made.getvalue()


FORMS = {
    "personen.csv": as_text,
    "personen.xlsx": as_workbook,
    "personen.zip": as_archive,
    "personen.csv.gz": lambda rows: gzip.compress(as_text(rows)),
}


@pytest.mark.parametrize("name", FORMS)
def test_no_look_at_single_persons_writes_them(project, written, name):
    found = workflow.receive(project, held_file(name, FORMS[name](people())))
    assert (found.recipe, found.state, found.about.protection) == ("register_records", "ready", "personal")
    workflow.describe(project, found.review_id, purpose="Bericht")
    workflow.take_over(project, found.review_id)
    assert project.deliveries()["kept"].tolist() == ["never"]
    assert written == []
    assert list((project.folder / "deliveries").iterdir()) == []


def test_a_counted_file_in_memory_is_kept_as_it_came(project, tmp_path, written):
    data = Office().write(tmp_path / "a.xlsx").read_bytes()
    found = workflow.receive(project, held_file("a.xlsx", data))
    done = workflow.take_over(project, found.review_id)
    assert project.delivered_file(done.delivery_id).read_bytes() == data
    assert any("deliveries" in path for path in written)
    assert Project.check(project.folder) == []


def test_a_renamed_head_does_not_let_single_persons_in(project, written):
    heads = ["Datum des Bestands" if head == "Stichtag" else head for head in HEAD]
    found = workflow.receive(project, held_file("personen.csv", as_text(people(heads))))
    assert (found.recipe, found.about.protection) == ("register_records", "personal")
    assert written == []


def test_a_file_that_cannot_be_opened_is_not_kept(project, written):
    found = workflow.receive(project, held_file("personen.xlsx", b"PK\x03\x04 kaputt"))
    assert found.state == "refused"
    assert written == []
    assert looking.is_held(project, found.review_id)


@pytest.mark.parametrize(
    "heads", [["Bst", "Vorname", "Nachname", "Geb", "Klasse"], ["Baustein", "Nr.", "geb.", "x", "y"]]
)
def test_a_list_of_persons_nobody_knows_is_one_sentence(project, written, heads):
    rows = [[f"{village.AGS}-a", "Erika", "Muster", "01.02.2019", "1a"]] * 30
    if heads[2] == "geb.":
        rows = [[f"{village.AGS}-a", "7", "01.02.2019", "3", "4"]] * 30
    found = workflow.receive(project, held_file("klassen.csv", as_text([heads, *rows])))
    assert (found.state, found.preview, found.recipe) == ("refused", None, "")
    assert [one.finding.what for one in found.findings] == ["In jeder Zeile steht vermutlich eine Person."]
    for choice in ("new", "youth_office"):
        again = workflow.choose_recipe(project, found.review_id, choice)
        assert (again.state, again.preview, len(again.findings)) == ("refused", None, 1)
    assert "Erika" not in repr(again)
    assert written == []


@pytest.mark.parametrize(
    "rows",
    [
        [["Gebiet", "Name", "Fälle"], ["1", "Nord", "5"]],
        [["Geb.", "Name", "Fälle"], ["01", "Nord", "5"], ["02", "Süd", "6"]],
        [["Kita", "Träger", "Vorname"]],
    ],
)
def test_tables_of_areas_are_no_lists_of_persons(project, rows):
    from sozialraum.deliveries.files import open_file

    assert not lists_persons(open_file(held_file("a.csv", as_text(rows))))


def test_a_map_file_in_memory_is_read_as_well():
    from sozialraum.deliveries.files import open_file

    point = '{"type":"Feature","properties":{"n":5},"geometry":{"type":"Point","coordinates":[6.1,50.8]}}'
    content = open_file(held_file("a.geojson", f'{{"type":"FeatureCollection","features":[{point}]}}'.encode()))
    assert (content.format, content.sheets[0].rows[1][0]) == ("geojson", "5")
