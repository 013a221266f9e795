"""The one database file: how it is opened, how a transaction runs, and what its errors mean to people."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from sozialraum.base import ProjectRefused, _

FILE = "project.gpkg"
WAIT_SECONDS = 15
Mode = Literal["ro", "rw", "rwc"]

FULL = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
LOCKED_AWAY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# A write or sync that fails without 'disk full' is a limit on file size or a medium that went away.
CANNOT_WRITE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
    }
)


def now() -> str:
    """The moment as ISO text in UTC, always with microseconds so that texts sort by time."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def open_engine(file: Path, mode: Mode = "rw") -> Engine:
    """An engine on one SQLite file, without a pool: no handle stays open between two operations.

    The driver's own transactions begin too late (not before DDL or SELECT), so it is put into
    autocommit and SQLAlchemy begins each transaction itself: IMMEDIATE for writing, so that two
    writers queue instead of failing half way, deferred for reading.
    """
    uri = f"{file.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def copy_database(engine: Engine, copy: Path) -> None:
    """A consistent copy by SQLite's own backup, which waits for writers and takes one state."""
    source: Any = engine.raw_connection()
    with closing(source), closing(sqlite3.connect(copy)) as target:
        source.driver_connection.backup(target)


def _prepare(connection: Any, _record: object) -> None:
    # SQLAlchemy may set the driver's transaction mode on its own; ours is the one that counts.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA cache_size = -65536")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: everything in the with block or nothing."""
    with plain_errors(), engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the file; writes nothing."""
    with plain_errors(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say errors of the medium and of the file in one sentence; others pass through.

    Raises ProjectRefused for: disk full, file size limit, no right to write, file in use, file damaged.
    """
    try:
        yield
    except DBAPIError as error:
        sentence = _database_sentence(error.orig)
        if sentence is None:
            raise
        raise ProjectRefused(sentence) from error
    except sqlite3.Error as error:
        sentence = _database_sentence(error)
        if sentence is None:
            raise
        raise ProjectRefused(sentence) from error
    except OSError as error:
        sentence = system_sentence(error)
        if sentence is None:
            raise
        raise ProjectRefused(sentence) from error


def system_sentence(error: OSError) -> str | None:
    """What an error of the file system means to people; None when it is none of the expected ones."""
    if error.errno in FULL:
        return _full()
    if error.errno in LOCKED_AWAY:
        return _(
            "„{file}“ ist schreibgeschützt. "
            "Sorgen Sie für Schreibrechte im Projektordner oder arbeiten Sie in einer Kopie."
        ).format(file=error.filename or FILE)
    return None


def _full() -> str:
    return _(
        "Der Datenträger ist voll oder die erlaubte Dateigröße ist erreicht. "
        "Es wurde nichts geändert. Schaffen Sie Platz und wiederholen Sie den Schritt."
    )


def damaged() -> str:
    return _(
        "Die Projektdatei „{file}“ ist beschädigt oder keine Projektdatei. "
        "Stellen Sie das Projekt aus einer Sicherung wieder her."
    ).format(file=FILE)


def _database_sentence(error: BaseException | None) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    basic = code & 0xFF
    if code in CANNOT_WRITE:
        return _full()
    if basic in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _(
            "Die Projektdatei wird gerade von einem anderen Programm benutzt, zum Beispiel von QGIS. "
            "Schließen Sie das Projekt dort und wiederholen Sie den Schritt."
        )
    if basic in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR):
        return damaged()
    if basic in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return _(
            "Die Projektdatei „{file}“ kann nicht geschrieben werden. "
            "Sorgen Sie für Schreibrechte im Projektordner oder arbeiten Sie in einer Kopie."
        ).format(file=FILE)
    return None


def to_json(content: object) -> str:
    """JSON with sorted keys; data classes become objects, numpy numbers become numbers."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(content: Any) -> Any:
    if is_dataclass(content) and not isinstance(content, type):
        return asdict(content)
    if isinstance(content, date | Path):
        return str(content)
    if isinstance(content, set | frozenset):
        return sorted(content)
    if hasattr(content, "tolist"):  # numpy scalars and arrays, pandas Series
        return content.tolist()
    raise TypeError(f"{type(content).__name__} cannot be kept in a project")
