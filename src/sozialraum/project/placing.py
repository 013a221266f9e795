"""Files and their rows together: a delivery or a release is there with both or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert

from sozialraum.base import InputRefused, ProjectRefused, _
from sozialraum.deliveries import Reading
from sozialraum.deliveries.shelters import tells_shelters
from sozialraum.project import delivered, files, opening, own_recipes, released, review_rows
from sozialraum.project.addresses import protect_named
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import plain_errors, reading, writing
from sozialraum.project.tables import pending

# Two threads that take in the same file must not clear away each other's copy.
_one_delivery = threading.Lock()


def add_delivery(
    folder: Path, engine: Engine, path: Path, read: Reading, received_at: str, taking: delivered.Taking
) -> tuple[str, list[str]]:
    """Keep a delivered file and what was read from it; returns the delivery_id and what it replaced.

    The file of a personal delivery is not kept, nor one that says where a protected facility is. A known file in force
    changes nothing.
    """
    delivered.check_reading(read)
    if tells_shelters(read.facilities is not None, read.findings):
        taking = replace(taking, about=replace(taking.about, protection="personal", delete_on=""))
    with _one_delivery:
        with reading(engine) as connection:
            sha256 = files.sha256_of(path)
            known = delivered.find_delivery(connection, sha256)
        if known is not None:
            _close_reviews(folder, engine, taking.closes, known)
            return known, []
        with _file_in_place(folder, engine, path, sha256, keep=taking.about.protection != "personal") as target:
            with writing(engine) as connection:
                written = delivered.write_delivery(connection, path, sha256, read, received_at, taking)
                protect_named(connection, read.hidden_places)
                ended = review_rows.close(connection, taking.closes, written[0])
                for one in taking.remembers:
                    own_recipes.write_own(connection, **one)
                if target:
                    _withdraw(connection, target)
                gone = announce_removal(connection, ended)
                text = _("Lieferung „{file}“ übernommen").format(file=path.name)
                log(connection, text, taking.role or DEFAULT_ROLE)
            remove_announced(folder, engine, gone)
        return written


def _close_reviews(folder: Path, engine: Engine, review_ids: Sequence[str], delivery_id: str) -> None:
    """End reviews with a delivery that is in force already."""
    if not review_ids:
        return
    with writing(engine) as connection:
        gone = announce_removal(connection, review_rows.close(connection, review_ids, delivery_id))
    remove_announced(folder, engine, gone)


def put_left_out(folder: Path, engine: Engine, path: Path) -> bool:
    """Put a file in place that a backup left out, for all deliveries of these bytes; False when there is none."""
    with _one_delivery:
        sha256 = files.sha256_of(path)
        with reading(engine) as connection:
            stored = delivered.left_out_name(connection, sha256)
        if not stored:
            return False
        with (
            _file_in_place(folder, engine, path, sha256, keep=True, stored=stored) as target,
            writing(engine) as connection,
        ):
            delivered.mark_kept(connection, stored)
            if target:
                _withdraw(connection, target)
            log(connection, _("Datei „{file}“ wieder abgelegt").format(file=path.name))
    return True


def keep_review(folder: Path, engine: Engine, path: Path, row: review_rows.ReviewRow, *, keep: bool) -> str:
    """Lay a received file aside with its row; returns the review_id. keep : False = the file is not stored."""
    with (
        _one_delivery,
        _file_in_place(folder, engine, path, row.sha256, keep=keep) as target,
        writing(engine) as connection,
    ):
        review_id = review_rows.write(connection, row)
        if target:
            _withdraw(connection, target)
        log(connection, _("Datei „{file}“ eingegangen").format(file=row.file_name), row.role or DEFAULT_ROLE)
    return review_id


def put_review_file(folder: Path, engine: Engine, path: Path, row: review_rows.ReviewRow) -> None:
    """Put the file of a known review in place: it came again after a backup left it out."""
    with (
        _one_delivery,
        _file_in_place(folder, engine, path, row.sha256, keep=True) as target,
        writing(engine) as connection,
    ):
        review_rows.change(connection, row)
        if target:
            _withdraw(connection, target)


@contextmanager
def _file_in_place(
    folder: Path, engine: Engine, path: Path, sha256: str, *, keep: bool, stored: str = ""
) -> Iterator[str]:
    """Put a delivered file in place before its row is written; gives its relative path, '' where it need not be put."""
    target = f"{files.DELIVERIES}/{stored or delivered.stored_name(sha256, path.name)}"
    there = folder / target
    if not keep or (there.is_file() and files.sha256_of(there) == sha256 and _has_row(engine, target)):
        yield ""
        return
    with _announced(folder, engine, target):
        _copy_unchanged(path, there, sha256)
        yield target


def _has_row(engine: Engine, target: str) -> bool:
    with reading(engine) as connection:
        return target in opening.placed_paths(connection)


def announce_removal(connection: Connection, stored: Iterable[str]) -> list[str]:
    """Announce delivered files that no row needs any more, in the transaction that ends the need; returns their paths.

    Should we die before they are removed, the next opener removes them.
    """
    placed = opening.placed_paths(connection)
    paths = {f"{files.DELIVERIES}/{name}" for name in stored if name}
    targets = sorted(paths - placed)
    for target in targets:
        _withdraw(connection, target)
        connection.execute(insert(pending).values(path=target))
    return targets


def remove_announced(folder: Path, engine: Engine, targets: Iterable[str]) -> None:
    """Remove the files that were announced, then the announcement."""
    for target in targets:
        with plain_errors():
            files.remove(folder / target)
        with writing(engine) as connection:
            _withdraw(connection, target)


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
