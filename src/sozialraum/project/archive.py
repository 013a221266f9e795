"""A whole project in one file, and back."""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from sozialraum.base import ProjectRefused, _
from sozialraum.project import checking, delivered, files, migrate, opening, released, review_rows
from sozialraum.project.store import FILE, copy_database, now, open_engine, plain_errors, reading, writing

MANIFEST = "backup.json"
FORMAT = 1
LARGEST_MANIFEST = 50_000_000
# Always the same date inside the archive: what is in it counts, not when it was packed.
PACKED_ON = (1980, 1, 1, 0, 0, 0)


def backup(folder: Path | str, file: Path | str, *, restricted: bool = False) -> Path:
    """Write a project into one file (ZIP): database, delivered files, releases, and their check numbers.

    restricted : True = with the files of restricted deliveries and those not taken over yet; else these are left
    out, and the backup says which. Their values stay in it. Consistent also while somebody works in the project.
    Never replaces a file; the backup is there whole or not at all. Raises ProjectRefused.
    """
    folder, file = Path(folder), Path(file)
    opening.refuse_no_project(folder)
    if file.exists():
        raise ProjectRefused(
            _("„{file}“ gibt es schon. Wählen Sie für die Sicherung einen anderen Namen.").format(file=file)
        )
    if not file.absolute().parent.is_dir():
        raise ProjectRefused(_("Den Ordner „{folder}“ gibt es nicht.").format(folder=file.absolute().parent))
    with TemporaryDirectory() as elsewhere, plain_errors():
        copy = Path(elsewhere) / FILE
        with opening.without_changing(folder) as engine:
            copy_database(engine, copy)
        _to_present(copy)
        absent = [] if restricted else _leave_out_restricted(copy)
        # Rows come before their files, so every row of the copy has its file by now.
        kept = {FILE: copy} | {path: folder / path for path in _kept_files(copy)}
        with files.whole_file(file) as part:
            _pack(part, kept, folder, absent)
    return file


def restore(file: Path | str, folder: Path | str) -> Path:
    """Bring back a project from a backup into a folder that is not there or empty.

    Every file is compared with its check number and the project is checked before the folder
    appears. Raises ProjectRefused when the folder holds anything or the backup is not whole.
    """
    file, folder = Path(file), Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectRefused(
            _("„{folder}“ ist kein leerer Ordner. Wählen Sie für die Wiederherstellung einen anderen.").format(
                folder=folder
            )
        )
    if not file.is_file():
        raise ProjectRefused(_("Die Datei „{file}“ gibt es nicht.").format(file=file))
    part = folder.absolute().with_name(files.PART + folder.absolute().name)
    with plain_errors():
        try:
            files.remove(part)
            part.mkdir(parents=True)
            _unpack(file, part)
            findings = checking.check(part)
            if findings:
                raise ProjectRefused(_not_whole(file) + " " + findings[0].sentence())
            files.flush_tree(part)
            if folder.exists():
                folder.rmdir()
            part.rename(folder.absolute())
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return folder


def left_out(file: Path | str) -> list[str]:
    """The names of the delivered files that are not in a backup. Raises ProjectRefused when it is none."""
    file = Path(file)
    try:
        with zipfile.ZipFile(file) as archive:
            _manifest(archive, file)
            return [str(name) for name in json.loads(archive.read(MANIFEST)).get("left_out", [])]
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise ProjectRefused(_not_whole(file)) from error


def _to_present(copy: Path) -> None:
    """Bring a copy of the database to the present version: an older one does not say how files may be used."""
    with writing(open_engine(copy)) as connection:
        opening.refuse_foreign(connection)
        if not migrate.is_newest(migrate.revision_of(connection)):
            migrate.upgrade(connection)


def _leave_out_restricted(copy: Path) -> list[str]:
    """Note in a copy of the database that the files of restricted deliveries are not with it; returns their names."""
    with writing(open_engine(copy)) as connection:
        held = (
            "kept = 'kept' AND stored_name IN"
            " (SELECT stored_name FROM deliveries WHERE kept = 'kept' AND protection <> 'public')"
        )
        sql = f"SELECT DISTINCT file_name FROM deliveries WHERE {held} UNION SELECT file_name FROM reviews"
        names = connection.exec_driver_sql(f"{sql} WHERE stored_name <> '' ORDER BY 1").all()
        connection.exec_driver_sql(f"UPDATE deliveries SET kept = 'left_out' WHERE {held}")
        connection.exec_driver_sql("UPDATE reviews SET stored_name = ''")
        return [str(row[0]) for row in names]


def _kept_files(copy: Path) -> Iterator[str]:
    """Relative paths of all delivered files and release files that the copied rows name."""
    engine = open_engine(copy, "ro")
    with reading(engine) as connection:
        opening.refuse_foreign(connection)
        rows = delivered.read_deliveries(connection)
        names = {*rows.loc[rows["kept"] == "kept", "stored_name"]}
        names |= {row.stored_name for row in review_rows.read_all(connection) if row.stored_name}
        for name in sorted(names):
            yield f"{files.DELIVERIES}/{name}"
        for release_id, paths in released.read_releases(connection)[["release_id", "files"]].itertuples(index=False):
            yield from (f"{files.RELEASES}/{release_id}/{path}" for path in paths)


def _pack(part: Path, kept: dict[str, Path], folder: Path, absent: list[str]) -> None:
    manifest: dict[str, object] = {"format": FORMAT, "project": folder.absolute().name, "created": now()}
    manifest["left_out"] = absent
    hashes = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, path in sorted(kept.items()):
            if not path.is_file():
                raise ProjectRefused(
                    _(
                        "Die Sicherung wurde nicht geschrieben: „{file}“ fehlt im Projekt. Prüfen Sie das Projekt."
                    ).format(file=name)
                )
            hashes[name] = files.sha256_of(path)
            with path.open("rb") as source, archive.open(_entry(name), "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, files.CHUNK)
        archive.writestr(_entry(MANIFEST), json.dumps(manifest | {"files": hashes}, ensure_ascii=False, indent=1))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, PACKED_ON)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _unpack(file: Path, part: Path) -> None:
    """Extract exactly what the manifest names, each file compared with its check number."""
    try:
        with zipfile.ZipFile(file) as archive:
            hashes = _manifest(archive, file)
            for name, sha256 in hashes.items():
                target = part / _safe(name, file)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, target.open("wb") as out:
                    shutil.copyfileobj(source, out, files.CHUNK)
                if files.sha256_of(target) != sha256:
                    raise ProjectRefused(_not_whole(file))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise ProjectRefused(_not_whole(file)) from error
    for name in opening.FOLDERS:
        (part / name).mkdir(exist_ok=True)


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, str]:
    """Path -> hash as packed; the archive has to hold exactly these files."""
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise ProjectRefused(_not_whole(file))
    try:
        manifest = json.loads(archive.read(MANIFEST))
        hashes, version = dict(manifest["files"]), manifest["format"]
    except (ValueError, TypeError, KeyError) as error:
        raise ProjectRefused(_not_whole(file)) from error
    if version != FORMAT:
        raise ProjectRefused(
            _("„{file}“ wurde mit einer neueren Version des Programms gesichert.").format(file=file.name)
        )
    if sorted(archive.namelist()) != sorted([*hashes, MANIFEST]) or FILE not in hashes:
        raise ProjectRefused(_not_whole(file))
    return hashes


def _safe(name: str, file: Path) -> Path:
    """A path that stays inside the project: the project file, or below deliveries or releases."""
    path = PurePosixPath(name)
    inside = name == FILE or (len(path.parts) > 1 and path.parts[0] in opening.FOLDERS)
    if not inside or ".." in path.parts or "\\" in name or ":" in name or path.is_absolute():
        raise ProjectRefused(_not_whole(file))
    return Path(*path.parts)


def _not_whole(file: Path) -> str:
    return _("„{file}“ ist keine vollständige Sicherung eines Projekts; es wurde nichts wiederhergestellt.").format(
        file=file.name
    )
