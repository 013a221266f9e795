"""The folder of a run: what it was made with, one file per municipality, the reasons; whole after any end."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from sozialraum.base import InputRefused, _

RUN = "run.json"
REASONS = "not_possible.csv"
LOCK = "run.lock"
PART = ".part-"  # what begins like this is unfinished and may be removed


def input_hash(path: Path) -> str:
    """SHA-256 of the grid file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass
class RunFolder:
    """An opened folder. reasons : AGS -> sentences, as they stand in not_possible.csv."""

    path: Path
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def has_file(self, ags: str) -> bool:
        return self._file(ags).exists()

    def _file(self, ags: str) -> Path:
        return self.path / f"{ags}.parquet"

    def keep_file(self, ags: str, content: bytes) -> None:
        replace_file(self._file(ags), content)

    def keep_reasons(self, more: Mapping[str, tuple[str, ...]]) -> None:
        """Add reasons and write them all, sorted by municipality."""
        self.reasons.update(more)
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\n")
        writer.writerow(["municipality", "reason"])
        for ags in sorted(self.reasons):
            writer.writerows([ags, reason] for reason in self.reasons[ags])
        replace_file(self.path / REASONS, text.getvalue().encode())

    def keep_record(self, record: Mapping[str, Any]) -> None:
        replace_file(self.path / RUN, (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode())


def replace_file(target: Path, content: bytes) -> None:
    """Write a file so that it is there whole or as it was, also when the process is killed."""
    part = target.with_name(PART + target.name)
    part.write_bytes(content)
    os.replace(part, target)


@contextmanager
def open_folder(path: Path, record: Mapping[str, Any]) -> Iterator[RunFolder]:
    """Hold the folder for this run: a new one, or one begun with the same record (then it goes on).

    Raises InputRefused when the folder holds something else, was begun with other parameters, another grid or
    another version, or is in use by another process.
    """
    _refuse_strange(path)
    path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        text = _("In „{folder}“ rechnet gerade ein anderer Vorgang. Warten Sie, bis er beendet ist.")
        raise InputRefused(text.format(folder=path)) from None
    try:
        folder = RunFolder(path, _read_reasons(path / REASONS))
        _refuse_other(path, record)
        for part in path.glob(f"{PART}*"):
            part.unlink()
        if not (path / RUN).exists():
            folder.keep_record(record)
            folder.keep_reasons({})
        yield folder
    finally:
        lock.release()


def _refuse_strange(path: Path) -> None:
    if path.exists() and not path.is_dir():
        text = _("„{folder}“ ist eine Datei. Nennen Sie einen Ordner für die Ergebnisse.")
        raise InputRefused(text.format(folder=path))
    if path.is_dir() and not (path / RUN).exists() and any(_strange(one.name) for one in path.iterdir()):
        text = _("Der Ordner „{folder}“ enthält schon anderes. Nennen Sie einen neuen oder leeren Ordner.")
        raise InputRefused(text.format(folder=path))


def _strange(name: str) -> bool:
    return name != LOCK and not name.startswith(PART)


def _refuse_other(path: Path, record: Mapping[str, Any]) -> None:
    """A folder holds one run: the same grid, parameters and version throughout."""
    if not (path / RUN).exists():
        return
    try:
        found = json.loads((path / RUN).read_text(encoding="utf-8"))
        differing = [_different(name, found[name], record[name]) for name in record if found[name] != record[name]]
    except (ValueError, KeyError, TypeError):
        text = _("„{file}“ ist beschädigt. Nennen Sie einen neuen Ordner für die Ergebnisse.")
        raise InputRefused(text.format(file=path / RUN)) from None
    if differing:
        text = _("In „{folder}“ liegen Ergebnisse, die anders gerechnet wurden: {differing}.")
        todo = _("Nennen Sie einen neuen Ordner oder rechnen Sie mit denselben Angaben weiter.")
        raise InputRefused(text.format(folder=path, differing=", ".join(differing)), todo=todo)


def _different(name: str, was: Any, now: Any) -> str:
    if name == "version":
        return _("Fassung {was} statt {now}").format(was=was, now=now)
    if name == "input":
        return _("ein anderes Gitter („{was}“)").format(was=was["file"])
    names = {
        "low": _("Untergrenze"), "high": _("Obergrenze"), "target": _("angestrebte Größe"), "effort": _("Aufwand"),
        "seed": _("Startzahl"),
    }  # fmt: skip
    parts = [
        _("{what} {was} statt {now}").format(what=names.get(key, key), was=_shown(was[key]), now=_shown(now[key]))
        for key in now
        if was[key] != now[key]
    ]
    return ", ".join(parts)


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _read_reasons(path: Path) -> dict[str, tuple[str, ...]]:
    reasons: dict[str, tuple[str, ...]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                reasons[row["municipality"]] = (*reasons.get(row["municipality"], ()), row["reason"])
    return reasons
