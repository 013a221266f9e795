"""One process at a time has a project open; a second one is told who, since when and what for.

The lock is held by the operating system and ends with the process, however it ends. The note
beside it only says who; it is believed only while the lock is held.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from sozialraum.base import ProjectRefused, _
from sozialraum.base.numbers import day
from sozialraum.project.files import replace_file
from sozialraum.project.store import plain_errors

LOCK = "project.lock"
WHO = "project.lock.json"


@dataclass
class _Held:
    lock: FileLock
    users: int


# One process may open a project several times (a web page and a running computation);
# transactions queue inside it. Only other processes are refused.
_held: dict[Path, _Held] = {}
_guard = threading.Lock()


def take(folder: Path, purpose: str) -> bool:
    """Hold the project for this process; True when it was not held before.

    Raises ProjectRefused naming the holder when another process has it.
    """
    folder = folder.resolve()
    with _guard:
        if folder in _held:
            _held[folder].users += 1
            return False
        lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
        with plain_errors():
            try:
                lock.acquire()
            except Timeout:
                raise ProjectRefused(_in_use(folder)) from None
            try:
                replace_file(folder / WHO, json.dumps(_who(purpose), ensure_ascii=False).encode())
            except BaseException:
                lock.release()
                raise
        _held[folder] = _Held(lock, 1)
        return True


def give_back(folder: Path) -> None:
    """Let go of the project; the last user in the process frees it for others."""
    folder = folder.resolve()
    with _guard:
        held = _held.get(folder)
        if held is None:
            return
        held.users -= 1
        if held.users == 0:
            (folder / WHO).unlink(missing_ok=True)
            held.lock.release()
            del _held[folder]


def _who(purpose: str) -> dict[str, str | int]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = _("unbekannt")
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"user": user, "host": socket.gethostname(), "process": os.getpid(), "since": since, "purpose": purpose}


def _in_use(folder: Path) -> str:
    todo = _("Schließen Sie es dort oder warten Sie, bis der Vorgang beendet ist.")
    try:
        who = json.loads((folder / WHO).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(who["since"])
        purpose = f" ({who['purpose']})" if who["purpose"] else ""
        sentence = _(
            "Das Projekt „{name}“ ist bereits geöffnet: von {user}@{host}, Prozess {process}, "
            "seit {day}, {time} Uhr{purpose}."
        ).format(
            name=folder.name,
            user=who["user"],
            host=who["host"],
            process=who["process"],
            day=day(since.date()),
            time=f"{since:%H:%M}",
            purpose=purpose,
        )
    except (OSError, ValueError, KeyError, TypeError):
        sentence = _("Das Projekt „{name}“ ist bereits von einem anderen Vorgang geöffnet.").format(name=folder.name)
    return f"{sentence} {todo}"
