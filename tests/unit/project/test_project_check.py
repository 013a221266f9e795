"""What `check` finds, what it says, and that it touches nothing."""

import shutil
import sqlite3

import pytest
from project_world import fingerprint, full_project, village_plan

from sozialraum.base import ProjectRefused, in_language
from sozialraum.project import check


@pytest.fixture
def folder(tmp_path):
    full_project(tmp_path / "p").close()
    return tmp_path / "p"


def change(folder, *statements):
    connection = sqlite3.connect(folder / "project.gpkg")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_whole_project_has_no_findings_and_is_not_touched(folder):
    before = fingerprint(folder)
    assert check(folder) == []
    assert fingerprint(folder) == before


PLAN = village_plan().plan_id
IN_THE_FILE = {
    "a block without area": (
        "DELETE FROM plan_blocks WHERE block_id = '05999004-A'",
        "Planstand „Vorschlag“: 1 Baustein ohne Gebiet.",
    ),
    "blocks nobody knows": (
        "UPDATE plan_blocks SET block_id = block_id || 'x' WHERE block_id > '05999004-g'",
        "Planstand „Vorschlag“: 2 unbekannte Bausteine.",
    ),
    "an area without blocks": (
        "UPDATE plan_blocks SET area_id = '05999004-01'",
        "Gebiete ohne Bausteine oder ohne Beschreibung: 05999004-02.",
    ),
    "areas drawn otherwise": (
        f"UPDATE areas_{PLAN} SET population = population + 1",
        "Die gezeichneten Gebiete passen nicht zum Planstand.",
    ),
    "a layer that is gone": (
        f"DROP TABLE areas_{PLAN}",
        f"Die Ebene „areas_{PLAN}“ ist verzeichnet, aber nicht vorhanden.",
    ),
    "a layer nobody registered": (
        f"DELETE FROM gpkg_geometry_columns WHERE table_name = 'areas_{PLAN}'",
        "Die gezeichneten Gebiete passen nicht zum Planstand.",
    ),
    "a table that is gone": ("DROP TABLE plan_edits", "In der Projektdatei fehlen Tabellen: plan_edits."),
    "a shape that is none": (
        "UPDATE blocks SET geom = x'4750000100' WHERE fid = 1",
        "Die Ebene „blocks“ enthält Formen",
    ),
    "no shape": ("UPDATE blocks SET geom = NULL WHERE fid = 1", "Die Ebene „blocks“ enthält Formen"),
    "a reference into nothing": ("DELETE FROM deliveries", "Zeilen ohne das, worauf sie verweisen, in: observations."),
    "a plan that values need": (
        "UPDATE observations SET geography = 'plan:p404'",
        "Gelieferte Werte beziehen sich auf den unbekannten Planstand „p404“.",
    ),
    "a setting that is gone": ("DELETE FROM settings WHERE key = 'crs'", "Die Einstellung „crs“ fehlt."),
}


@pytest.mark.parametrize("fault", IN_THE_FILE)
def test_faults_in_the_file_are_found(folder, fault):
    statement, says = IN_THE_FILE[fault]
    change(folder, statement)
    before = fingerprint(folder)
    findings = check(folder)
    assert says in " ".join(finding.what for finding in findings)
    assert all(finding.todo and finding.severity == "error" for finding in findings)
    assert fingerprint(folder) == before


def remove(path):
    shutil.rmtree(path) if path.is_dir() else path.unlink()


IN_THE_FOLDER = {
    "delivery gone": ("deliveries/*.csv", remove, "Lieferung „Haushalte 2025.csv“: Die Datei fehlt."),
    "delivery changed": (
        "deliveries/*.csv",
        lambda path: path.write_text("x"),
        "Lieferung „Haushalte 2025.csv“: Die Datei wurde verändert, die Prüfnummer stimmt nicht.",
    ),
    "release gone": ("releases/2026-01-31-1", remove, "Bericht 2026-01-31-1: Der Ordner fehlt."),
    "page gone": ("releases/*/report/index.html", remove, "„report/index.html“: Die Datei fehlt."),
    "page changed": (
        "releases/*/report.pdf",
        lambda path: path.write_text("x"),
        "„report.pdf“: Die Datei wurde verändert",
    ),
}


@pytest.mark.parametrize("fault", IN_THE_FOLDER)
def test_faults_in_the_folder_are_found(folder, fault):
    pattern, spoil, says = IN_THE_FOLDER[fault]
    spoil(next(folder.glob(pattern)))
    assert [says in finding.what for finding in check(folder)] == [True]


def test_every_fault_is_said_at_once(folder):
    change(folder, "DELETE FROM settings WHERE key = 'crs'", "DELETE FROM plan_blocks WHERE block_id = '05999004-A'")
    remove(next(folder.glob("deliveries/*.csv")))
    assert len(check(folder)) == 3


def test_a_damaged_file_is_one_finding(folder):
    file = folder / "project.gpkg"
    content = bytearray(file.read_bytes())
    content[20_000:60_000] = b"\xff" * 40_000
    file.write_bytes(content)
    (found,) = check(folder)
    assert "beschädigt" in found.what
    assert "Sicherung" in found.todo


@pytest.mark.parametrize("content", [b"", b"something else " * 1000])
def test_another_file_of_that_name_is_one_finding(folder, content):
    (folder / "project.gpkg").write_bytes(content)
    (found,) = check(folder)
    assert "keine Projektdatei" in found.what


def test_nothing_to_check_is_refused(tmp_path, folder):
    with pytest.raises(ProjectRefused, match="gibt es nicht"):
        check(tmp_path / "nothing")
    with pytest.raises(ProjectRefused, match="ist kein Projekt"):
        check(tmp_path)
    change(folder, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ProjectRefused, match="neueren Version"):
        check(folder)


def test_damage_is_recognised_in_every_language(folder):
    (folder / "project.gpkg").write_bytes(b"x" * 5000)
    with in_language("en"):
        assert len(check(folder)) == 1
