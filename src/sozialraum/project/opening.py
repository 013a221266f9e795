"""Make and open a project folder: what is there, whose version it is, what a crash left behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from sozialraum.base import ProjectRefused, _
from sozialraum.project import files, geopackage, lock, migrate, tables
from sozialraum.project.settings import first_settings, log, write_setting
from sozialraum.project.store import FILE, damaged, open_engine, plain_errors, reading, writing

FOLDERS = (files.DELIVERIES, files.RELEASES)
OURS = frozenset({lock.LOCK, lock.WHO, *FOLDERS})


def exists(folder: Path) -> bool:
    """True when there is a project in the folder, whatever its state."""
    return (folder / FILE).is_file()


def is_free(folder: Path) -> bool:
    """True when a project can be made here: no folder, an empty one, or the rest of an interrupted creation."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    for entry in folder.iterdir():
        empty_folder = entry.name in FOLDERS and entry.is_dir() and not any(entry.iterdir())
        if not (empty_folder or entry.name in (lock.LOCK, lock.WHO) or entry.name.startswith(files.PART)):
            return False
    return True


def create_files(folder: Path, settings: Mapping[str, object]) -> None:
    """Put a new project into a folder; the project file appears complete or not at all.

    The caller holds the lock. Raises ProjectRefused when the folder holds anything.
    """
    refuse_taken(folder)
    srs = geopackage.srs_id(settings["crs"])
    with plain_errors():
        for path in files.unfinished(folder):
            files.remove(path)
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
        with files.whole_file(folder / FILE) as part:
            engine = open_engine(part, "rwc")
            with writing(engine) as connection:
                migrate.upgrade(connection)
                geopackage.prepare_file(connection, srs)
                for key, value in first_settings(settings).items():
                    write_setting(connection, key, value)
                log(connection, _("Projekt angelegt"))


def refuse_taken(folder: Path) -> None:
    """Raise ProjectRefused when a new project cannot be put here."""
    if exists(folder):
        raise ProjectRefused(
            _("In „{folder}“ liegt schon ein Projekt. Öffnen Sie es oder wählen Sie einen anderen Ordner.").format(
                folder=folder
            )
        )
    if not is_free(folder):
        raise ProjectRefused(
            _("„{folder}“ ist kein leerer Ordner. Wählen Sie für ein neues Projekt einen anderen.").format(
                folder=folder
            )
        )


def refuse_no_project(folder: Path) -> None:
    """Raise ProjectRefused when the folder is not there or holds no project."""
    if not folder.is_dir():
        raise ProjectRefused(_("Den Ordner „{folder}“ gibt es nicht.").format(folder=folder))
    if not exists(folder):
        raise ProjectRefused(
            _("„{folder}“ ist kein Projekt: Die Datei „{file}“ fehlt. Wählen Sie den Projektordner.").format(
                folder=folder, file=FILE
            )
        )


def refuse_foreign(connection: Connection) -> None:
    """Raise ProjectRefused when the file is not ours or comes from a newer version."""
    identity = connection.exec_driver_sql("PRAGMA application_id").scalar()
    revision = migrate.revision_of(connection)
    if identity != geopackage.APPLICATION_ID or revision is None:
        raise ProjectRefused(damaged())
    if not migrate.is_known(revision):
        raise ProjectRefused(
            _(
                "Das Projekt wurde mit einer neueren Version des Programms bearbeitet (Stand {revision}). "
                "Installieren Sie die neuere Version."
            ).format(revision=revision)
        )


def open_checked(folder: Path) -> Engine:
    """An engine on the project file after making sure whose it is, at the newest schema.

    The caller holds the lock. Raises ProjectRefused.
    """
    engine = open_engine(folder / FILE)
    with reading(engine) as connection:
        refuse_foreign(connection)
    _into_one_file(engine)
    with writing(engine) as connection:
        if not migrate.is_newest(migrate.revision_of(connection)):
            migrate.upgrade(connection)
    return engine


def _into_one_file(engine: Engine) -> None:
    """Take back the journal of two extra files that QGIS leaves when it is not closed properly."""
    with suppress(sqlite3.OperationalError), closing(engine.raw_connection()) as raw:
        connection: Any = raw.driver_connection
        connection.execute("PRAGMA busy_timeout = 0")  # where QGIS still has the file open, it stays as it is
        connection.execute("PRAGMA journal_mode = DELETE")


def clean_up(folder: Path, engine: Engine) -> None:
    """Remove what interrupted work left: parts, and announced files that never got their row.

    Only files this program announced or named as parts are touched; the caller is the only opener.
    """
    with plain_errors():
        for path in files.unfinished(folder):
            files.remove(path)
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    with reading(engine) as connection:
        announced = list(connection.execute(select(tables.pending.c.path)).scalars())
    if not announced:
        return
    with writing(engine) as connection:
        kept = placed_paths(connection)
        for path in announced:
            if path not in kept:
                files.remove(folder / path)
        connection.execute(delete(tables.pending))


def placed_paths(connection: Connection) -> set[str]:
    """Relative paths of all files and folders that have a row."""
    kept = tables.deliveries.c.kept == "kept"
    names = set(connection.execute(select(tables.deliveries.c.stored_name).where(kept)).scalars())
    names |= set(connection.execute(select(tables.reviews.c.stored_name)).scalars()) - {""}
    ids = connection.execute(select(tables.releases.c.release_id)).scalars()
    return {f"{files.DELIVERIES}/{name}" for name in names} | {f"{files.RELEASES}/{name}" for name in ids}


@contextmanager
def without_changing(folder: Path) -> Iterator[Engine]:
    """An engine that reads the project as it stands, even after a crash, and changes nothing in the folder.

    A transaction that a crash cut off is taken back before reading; as this writes, it happens in a copy.
    """
    engine = open_engine(folder / FILE, "ro")
    if _is_readable(engine):
        yield engine
        return
    with TemporaryDirectory() as elsewhere, plain_errors():
        copy = Path(elsewhere) / FILE
        for suffix in ("", "-journal", "-wal"):
            source = folder / f"{FILE}{suffix}"
            if source.exists():
                files.copy_whole(source, copy.with_name(source.name))
        yield open_engine(copy)


def _is_readable(engine: Engine) -> bool:
    try:
        with reading(engine) as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    except ProjectRefused:
        return False
    return True
