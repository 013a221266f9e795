"""A list of facilities that says where a protected one is stays out of the project folder and of every backup."""

import zipfile

import pytest

import village
from receiving_village import project_in, taken
from sozialraum import workflow
from sozialraum.base import UsageError
from sozialraum.project import Project

HEAD = "Nr.;Name;Art;Anschrift;Baustein;Plätze unter 6;Stand;Schutz"
OPEN = f"1;Kita Regenbogen;Kindertageseinrichtung;Marktweg 3;{village.AGS}-A;75;31.12.2025;"
WITHOUT = "3;Frauenhaus;Frauenhaus;nicht mitgeteilt;;;31.12.2025;ja"
SECRET = "Geheimweg 7"
TELLING = f"3;Frauenhaus;Frauenhaus;{SECRET};;;31.12.2025;ja"
BY_BLOCK = f"3;Frauenhaus;Frauenhaus;nicht mitgeteilt;{village.AGS}-A;;31.12.2025;ja"


@pytest.fixture
def project(tmp_path):
    with project_in(tmp_path / "p") as opened:
        yield opened


def listed(tmp_path, row):
    file = tmp_path / "Einrichtungen_2025-12-31.csv"
    file.write_text("\n".join([HEAD, OPEN, row]) + "\n", encoding="utf-8-sig")
    return file


def stored(project):
    return sorted(path.name for path in (project.folder / "deliveries").iterdir())


def holding(folder, text):
    """Files below a folder that hold the text."""
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


@pytest.mark.parametrize("row", [TELLING, BY_BLOCK])
def test_the_file_is_kept_neither_while_it_waits_nor_afterwards(project, tmp_path, row):
    found = workflow.receive(project, listed(tmp_path, row))
    assert (found.about.protection, found.about.delete_on, stored(project)) == ("personal", "", [])
    (told,) = [one.finding for one in found.findings if one.finding.code == "shelter"]
    assert told.todo.startswith("Die Datei wird nicht aufbewahrt, nur ihre Zahlen und ihre Prüfsumme.")
    taken(project, listed(tmp_path, row))
    assert stored(project) == []
    kept = project.deliveries().iloc[0]
    assert (kept["kept"], kept["protection"], kept["rows_read"]) == ("never", "personal", 2)
    assert len(kept["sha256"]) == 64


def test_neither_the_project_nor_its_backup_holds_the_address(project, tmp_path):
    taken(project, listed(tmp_path, TELLING))
    assert holding(project.folder, SECRET) == []
    assert Project.check(project.folder) == []
    backup = Project.backup(project.folder, tmp_path / "b.zip", restricted=True)
    with zipfile.ZipFile(backup) as packed:
        assert not [name for name in packed.namelist() if SECRET.encode() in packed.read(name)]
        assert not [name for name in packed.namelist() if "Einrichtungen" in name]


def test_the_command_does_not_keep_it_either(project, tmp_path):
    workflow.deliver(project, listed(tmp_path, TELLING))
    assert stored(project) == []
    assert project.deliveries()["kept"].tolist() == ["never"]


def test_nobody_can_say_that_it_be_kept(project, tmp_path):
    found = workflow.receive(project, listed(tmp_path, TELLING))
    with pytest.raises(UsageError, match="geschützte Einrichtung mit Ortsangabe"):
        workflow.describe(project, found.review_id, protection="restricted")
    assert workflow.review(project, found.review_id).about.protection == "personal"


def test_a_list_that_tells_no_place_is_kept_as_before(project, tmp_path):
    found = workflow.receive(project, listed(tmp_path, WITHOUT))
    assert found.about.protection == "restricted"
    assert len(stored(project)) == 1
    taken(project, listed(tmp_path, WITHOUT))
    assert len(stored(project)) == 1
