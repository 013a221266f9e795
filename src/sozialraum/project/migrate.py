"""The schema of the plain tables and how an older project is brought to it.

Alembic is loaded only when there is something to migrate; opening an up-to-date project reads
one number.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

from sozialraum.project.tables import REVISIONS

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"


def revision_of(connection: Connection) -> str | None:
    """The revision a file is at; None when it was never ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()


def is_newest(revision: str | None) -> bool:
    return revision == REVISIONS[-1]


def is_known(revision: str | None) -> bool:
    """False for projects of a newer version of the program."""
    return revision in REVISIONS


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction of `connection`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads the value as a template, in which a percent sign has to be doubled.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
