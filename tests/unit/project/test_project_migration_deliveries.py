"""A project whose deliveries know nothing of protection or withdrawal opens with all of them in force."""

import json
import sqlite3

import pytest
from project_world import WHEN, add_layers, some_reading, write_delivery
from test_project_migration import upgrade_to

from sozialraum.project import Project, geopackage
from sozialraum.project.files import DELIVERIES, RELEASES, sha256_of
from sozialraum.project.settings import first_settings, write_setting
from sozialraum.project.store import FILE, open_engine, writing

BASIS = {"deliveries": 2, "layers": None, "plan": None, "settings": {"editions": [], "target": None}}


@pytest.fixture
def folder(tmp_path):
    """A project folder as version 0004 left it: two deliveries, results that rest on both."""
    folder = tmp_path / "old"
    for name in (DELIVERIES, RELEASES):
        (folder / name).mkdir(parents=True)
    with writing(open_engine(folder / FILE, "rwc")) as connection:
        upgrade_to(connection, "0004")
        geopackage.prepare_file(connection, 25832)
        for key, value in first_settings({"name": "Alt", "crs": "EPSG:25832"}).items():
            write_setting(connection, key, value)
    with sqlite3.connect(folder / FILE) as raw:
        for position in (1, 2):
            file = write_delivery(tmp_path, f"Datei {position}", f"{position}.csv")
            sha256 = sha256_of(file)
            stored = f"{sha256[:16]}_{position}.csv"
            (folder / DELIVERIES / stored).write_bytes(file.read_bytes())
            raw.execute(
                "INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, 8, 'register', ?, '[\"2025-12-31\"]', 1, 0, '[]', '[]',"
                " '[]', '[]', '[]')",
                (sha256[:16], position, file.name, stored, sha256, WHEN),
            )
            raw.execute(
                "INSERT INTO observations (delivery_id, geography, unit, feature, period, low, high, status, cell)"
                " VALUES (?, 'block', '05999004-A', 'households', '2025-12-31', 1, 1, 'observed', 'Zeile 2')",
                (sha256[:16],),
            )
        raw.execute("INSERT INTO records VALUES ('_basis', ?)", (json.dumps(BASIS),))
    raw.close()
    return folder


def test_every_delivery_is_in_force_and_restricted(folder):
    with Project.open(folder) as project:
        rows = project.deliveries()
        assert rows["in_force"].all()
        assert rows["protection"].tolist() == ["restricted", "restricted"]
        assert rows["kept"].tolist() == ["kept", "kept"]
        assert rows["recipe_version"].tolist() == [1, 1]
        assert (rows["decisions"].tolist(), rows["corrections"].tolist()) == ([(), ()], [{}, {}])
        assert project.shape_of(rows["delivery_id"][0]) == {}
        assert len(project.observations()) == 2
        assert project.review_rows() == []
        assert project.own_recipes().empty


def test_results_that_fitted_still_fit_and_name_what_they_rest_on(folder):
    with Project.open(folder) as project:
        assert not project.results_are_stale()
        assert list(project.rests_on()) == project.deliveries()["delivery_id"].tolist()
        project.withdraw_delivery(project.rests_on()[0], "Irrtum")
        assert project.results_are_stale()


def test_values_still_refer_to_their_deliveries(folder):
    with Project.open(folder) as project:
        add_layers(project)
    assert Project.check(folder) == []
    with sqlite3.connect(folder / FILE) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute("DELETE FROM deliveries")
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute("UPDATE observations SET delivery_id = 'nothing'")
    raw.close()


def test_the_same_bytes_may_be_taken_over_again(folder, tmp_path):
    with Project.open(folder) as project:
        key = project.deliveries()["delivery_id"][0]
        project.withdraw_delivery(key, "Irrtum")
        assert project.add_delivery(tmp_path / "1.csv", some_reading(), WHEN) == f"{key}-2"


def test_an_old_project_is_backed_up_without_its_restricted_files(folder, tmp_path):
    with Project.open(folder) as project:
        add_layers(project)
    Project.backup(folder, tmp_path / "b.zip")
    Project.restore(tmp_path / "b.zip", tmp_path / "q")
    with Project.open(tmp_path / "q") as back:
        assert back.deliveries()["kept"].tolist() == ["left_out", "left_out"]
