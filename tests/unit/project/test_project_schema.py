"""The schema is what the migrations make, and the file is a GeoPackage."""

import sqlite3
import subprocess
import sys

import pyproj
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from project_world import new_project

from sozialraum.project import Project, migrate, tables
from sozialraum.project.store import open_engine, writing


def made_by(make, file):
    engine = open_engine(file, "rwc")
    with writing(engine) as connection:
        make(connection)
    rows = sqlite3.connect(file).execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows if name != migrate.VERSION_TABLE}


def parts(statements):
    """Columns and constraints of each table, whatever their order."""
    return {name: sorted(part.strip(" )") for part in sql.split(",")) for name, sql in statements.items()}


def test_migrations_make_exactly_the_tables_of_the_program(tmp_path):
    migrated = made_by(migrate.upgrade, tmp_path / "a.db")
    declared = made_by(tables.METADATA.create_all, tmp_path / "b.db")
    assert parts(migrated) == parts(declared)


def test_the_newest_revision_is_the_head_of_the_migrations():
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == tables.REVISIONS[-1]
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(tables.REVISIONS)


def test_migrating_twice_changes_nothing(tmp_path):
    def twice(connection):
        migrate.upgrade(connection)
        migrate.upgrade(connection)

    assert made_by(twice, tmp_path / "a.db") == made_by(migrate.upgrade, tmp_path / "b.db")


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path):
    """Changes of tables are part of the transaction like changes of rows."""
    engine = open_engine(tmp_path / "a.db", "rwc")
    try:
        with writing(engine) as connection:
            migrate.upgrade(connection)
            raise RuntimeError
    except RuntimeError:
        pass
    assert sa.inspect(engine).get_table_names() == []


def test_opening_an_up_to_date_project_does_not_load_the_migration_library(tmp_path):
    new_project(tmp_path / "p").close()
    code = f"""
import sys
from sozialraum.project import Project
Project.open({str(tmp_path / "p")!r}).close()
print("alembic" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_the_file_carries_the_marks_of_a_geopackage(tmp_path):
    new_project(tmp_path / "p").close()
    connection = sqlite3.connect(tmp_path / "p" / "project.gpkg")
    assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert connection.execute("PRAGMA user_version").fetchone() == (10300,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    systems = dict(connection.execute("SELECT srs_id, definition FROM gpkg_spatial_ref_sys"))
    assert set(systems) == {-1, 0, 4326, 25832}
    assert pyproj.CRS.from_wkt(systems[25832]).to_epsg() == 25832
    layers = dict(connection.execute("SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"))
    assert layers == {"municipalities": "POLYGON", "blocks": "POLYGON", "lines": "LINESTRING"}
    boxes = connection.execute("SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'blocks'").fetchone()
    assert boxes == (300_000.0, 5_600_000.0)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (0,)


def test_every_listed_table_has_a_whole_number_as_key():
    for name in tables.LISTED:
        assert tables.METADATA.tables[name].primary_key.columns.keys() == ["fid"]


def test_a_folder_may_have_any_name(tmp_path):
    """A folder whose name has signs of addresses and formats opens like any other."""
    folder = tmp_path / "Ä & 50% #1?"
    new_project(folder).close()
    with Project.open(folder) as project:
        assert len(project.blocks()) == 12
