"""Files and their rows together: a delivery or a release is there with both or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert

from sozialraum.base import InputRefused, ProjectRefused, _
from sozialraum.deliveries import Reading
from sozialraum.project import delivered, files, released
from sozialraum.project.settings import log
from sozialraum.project.store import plain_errors, reading, writing
from sozialraum.project.tables import pending

# Two threads that take in the same file must not clear away each other's copy.
_one_delivery = threading.Lock()


def add_delivery(folder: Path, engine: Engine, path: Path, read: Reading, received_at: str) -> str:
    """Keep a delivered file and what was read from it; returns the delivery_id, also of a known file."""
    delivered.check_reading(read)
    with _one_delivery:
        with reading(engine) as connection:
            sha256 = files.sha256_of(path)
            known = delivered.find_delivery(connection, sha256)
        if known is not None:
            return known
        target = f"{files.DELIVERIES}/{delivered.stored_name(sha256, path.name)}"
        with _announced(folder, engine, target):
            _copy_unchanged(path, folder / target, sha256)
            with writing(engine) as connection:
                delivery_id = delivered.write_delivery(connection, path, sha256, read, received_at)
                _withdraw(connection, target)
                log(connection, _("Lieferung „{file}“ übernommen").format(file=path.name))
        return delivery_id


def add_release(
    folder: Path, engine: Engine, writer: Callable[[Path], object], created: str, plan_id: str, check_number: str
) -> str:
    """Let `writer` fill a folder and freeze it; returns the release_id."""
    release_id, part = _reserve_release(folder, engine, created)
    target = f"{files.RELEASES}/{release_id}"
    with _announced(folder, engine, target):
        try:
            writer(part)
            files.flush_tree(part)
            hashes = files.hashes_below(part)
            part.rename(folder / target)
        except BaseException:
            with suppress(OSError):
                files.remove(part)
            raise
        files.flush(folder / files.RELEASES)
        with writing(engine) as connection:
            released.write_release(connection, release_id, created, plan_id, check_number, hashes)
            _withdraw(connection, target)
            log(connection, _("Bericht {release} geschrieben").format(release=release_id))
    return release_id


def _copy_unchanged(path: Path, target: Path, sha256: str) -> None:
    files.copy_whole(path, target)
    if files.sha256_of(target) != sha256:
        raise InputRefused(
            _("„{file}“ wurde während des Einlesens geändert. Lesen Sie die Datei erneut ein.").format(file=path.name)
        )


def _reserve_release(folder: Path, engine: Engine, created: str) -> tuple[str, Path]:
    """A free release_id and its unfinished folder; making the folder keeps two threads from one id."""
    while True:
        with reading(engine) as connection:
            release_id = released.free_id(connection, folder / files.RELEASES, created)
        part = folder / files.RELEASES / f"{files.PART}{release_id}"
        with plain_errors(), suppress(FileExistsError):
            part.mkdir()
            return release_id, part


@contextmanager
def _announced(folder: Path, engine: Engine, target: str) -> Iterator[None]:
    """Announce a file, so that the next opener removes it should we die before its row is written."""
    with writing(engine) as connection:
        _withdraw(connection, target)
        connection.execute(insert(pending).values(path=target))
    try:
        with plain_errors():
            yield
    except BaseException:
        with suppress(OSError, ProjectRefused):
            files.remove(folder / target)
            with writing(engine) as connection:
                _withdraw(connection, target)
        raise


def _withdraw(connection: Connection, target: str) -> None:
    connection.execute(delete(pending).where(pending.c.path == target))
