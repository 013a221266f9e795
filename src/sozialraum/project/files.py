"""Files put in place whole or not at all, and names that are safe on every system."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DELIVERIES = "deliveries"
RELEASES = "releases"
# What begins like this is unfinished work of ours and may be removed by the next opener.
PART = ".part-"
CHUNK = 1 << 20
LONGEST_NAME = 100
_UNSAFE = re.compile(r"[^\w.\- ()+,]+")


def clean_name(name: str) -> str:
    """A delivered file's name without anything a file system may refuse; never empty."""
    plain = unicodedata.normalize("NFC", Path(name.replace("\\", "/")).name)
    plain = _UNSAFE.sub("_", plain).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > LONGEST_NAME:
        ending = f".{ending[:10]}" if dot else ""
        plain = (stem or plain)[: LONGEST_NAME - len(ending)] + ending
    return plain


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a path to write to; when the with block ends well, that file becomes `target`, else it is removed."""
    part = target.with_name(PART + target.name)
    try:
        yield part
        flush(part)
        os.replace(part, target)
        flush(target.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def replace_file(target: Path, content: bytes) -> None:
    """Write a small file so that it is there whole or as it was."""
    with whole_file(target) as part:
        part.write_bytes(content)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that it is there whole or not at all."""
    with whole_file(target) as part, source.open("rb") as read, part.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)  # a source may be in memory only


def flush(path: Path) -> None:
    """Ask the system to put a file or folder on the medium; folders only where that is possible."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # a folder on Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """Put all files below a folder on the medium."""
    for path in sorted(folder.rglob("*")):
        flush(path)
    flush(folder)


def hashes_below(folder: Path) -> dict[str, str]:
    """Relative path with '/' -> SHA-256, for all files below a folder, sorted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in paths}


def remove(path: Path) -> None:
    """Remove a file or a folder with everything in it; nothing happens when it is not there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def unfinished(folder: Path) -> list[Path]:
    """Leftovers of interrupted work in a project folder: everything named like a part."""
    places = (folder, folder / DELIVERIES, folder / RELEASES)
    return [path for place in places if place.is_dir() for path in sorted(place.glob(f"{PART}*"))]
