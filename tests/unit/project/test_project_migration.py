"""A project of the first version opens, and its recorded changes become steps."""

import json
import sqlite3

import pytest
from project_world import WHEN, add_layers, village_plan

from sozialraum.project import Project, geopackage, migrate
from sozialraum.project.files import DELIVERIES, RELEASES
from sozialraum.project.settings import first_settings, write_setting
from sozialraum.project.store import FILE, open_engine, writing

BASE = village_plan()
ROW = "INSERT INTO plan_areas (plan_id, area_id, code, name, municipality, origin) VALUES (?, ?, ?, ?, ?, ?)"


def upgrade_to(connection, revision):
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@pytest.fixture
def folder(tmp_path):
    """A project folder as version 0001 left it: a proposal, and a plan that split area 1 and moved a block to 2."""
    folder = tmp_path / "old"
    for name in (DELIVERIES, RELEASES):
        (folder / name).mkdir(parents=True)
    with writing(open_engine(folder / FILE, "rwc")) as connection:
        upgrade_to(connection, "0001")
        geopackage.prepare_file(connection, 25832)
        for key, value in first_settings({"name": "Alt", "crs": "EPSG:25832"}).items():
            write_setting(connection, key, value)
    with sqlite3.connect(folder / FILE) as raw:
        old = [(key, "1", "Nord") for key in ("05999004-01",)] + [("05999004-02", "2", "Süd")]
        new = [("05999004-01a", "1a", "Nord-West"), ("05999004-01b", "1b", "Nord-Ost"), ("05999004-02", "2", "Süd")]
        for position, (plan, areas) in enumerate({"p1": old, "p2": new}.items(), start=1):
            status, parent = ("proposal", "") if plan == "p1" else ("adopted", "p1")
            raw.execute(
                "INSERT INTO plans (plan_id, position, title, status, parent, created, layer, parameters)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, '{}')",
                (plan, position, plan, status, parent, WHEN, f"areas_{plan}"),
            )
            raw.executemany(ROW, [(plan, *area, "05999004", "proposal") for area in areas])
            blocks = BASE.assignment.to_dict()
            if plan == "p2":
                split = {"D": "b", "E": "b", "F": "b"}
                blocks = {
                    block: f"{key}{split.get(block[-1], 'a')}" if key.endswith("01") else key
                    for block, key in blocks.items()
                }
                blocks["05999004-i"] = "05999004-02"
            raw.executemany(
                "INSERT INTO plan_blocks (plan_id, block_id, area_id) VALUES (?, ?, ?)",
                [(plan, *pair) for pair in blocks.items()],
            )
        change = (
            'INSERT INTO plan_changes (plan_id, from_area, to_area, blocks, population, why, role, "when")'
            " VALUES ('p2', ?, ?, ?, 0, ?, ?, ?)"
        )
        parts = [("05999004-01a", list("ABCgh")), ("05999004-01b", list("DEF"))]
        for key, letters in parts:
            named = json.dumps([f"05999004-{letter}" for letter in letters])
            raw.execute(change, ("05999004-01", key, named, "Zwei Milieus", "Stadt", WHEN))
        raw.execute(change, ("05999004-01", "05999004-02", '["05999004-i"]', "Bach", "", WHEN))
        raw.execute("INSERT INTO settings VALUES ('current_plan', '\"p2\"')")
    raw.close()
    return folder


def test_an_old_project_opens_and_its_changes_become_steps(folder):
    with Project.open(folder) as project:
        assert project.drafts() == []
        assert project.comments().empty
        assert project.groupings() == []
        plan = project.plan()
    assert plan.plan_id == "p2"
    assert (plan.status, plan.decisions, plan.locks, plan.valid_from) == ("adopted", {}, frozenset(), "")
    split, moved = plan.edits
    assert (split.kind, split.area, split.into) == ("split", "05999004-01", "05999004-01b")
    assert (split.rest_code, split.code, split.rest_name, split.name) == ("1a", "1b", "Nord-West", "Nord-Ost")
    assert split.blocks == ("05999004-D", "05999004-E", "05999004-F")
    assert (split.why, split.role, split.public) == ("Zwei Milieus", "Stadt", False)
    assert (moved.kind, moved.area, moved.blocks) == ("move", "05999004-02", ("05999004-i",))
    assert moved.role == "Planung"  # who did it was not required then


def test_an_old_project_is_checked_without_being_changed(folder):
    with Project.open(folder) as project:
        add_layers(project)
    whole = (folder / FILE).read_bytes()
    assert Project.check(folder) == []
    assert (folder / FILE).read_bytes() == whole


def test_check_leaves_the_version_of_an_old_project(folder):
    before = (folder / FILE).read_bytes()
    Project.check(folder)
    assert (folder / FILE).read_bytes() == before
    with sqlite3.connect(folder / FILE) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    raw.close()
