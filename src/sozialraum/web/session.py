"""The project that is open in this window, and where projects are found."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sozialraum.base import ProjectRefused, _, name_key
from sozialraum.web.jobs import Jobs


def default_home() -> Path:
    """Where projects live when nothing else is said."""
    return Path.home() / "Sozialraum"


class Session:
    """One person's work: at most one open project, the jobs, and what was already drawn."""

    def __init__(self, home: Path | None, work: Any, open_project: Callable[[Path], Any]) -> None:
        self.home = home or default_home()
        self.work = work
        self.jobs = Jobs()
        self._open_project = open_project
        self._project: Any = None
        self._lock = threading.RLock()
        self._drawn: dict[tuple[str, ...], Any] = {}
        self._forgotten: Counter[str] = Counter()

    @property
    def project(self) -> Any:
        """The open project; ProjectRefused when there is none."""
        if self._project is None:
            raise ProjectRefused(_("Es ist kein Projekt geöffnet."))
        return self._project

    @property
    def is_open(self) -> bool:
        return self._project is not None

    def open(self, folder: Path) -> Any:
        """Open a project in place of the one that is open; opening the same again changes nothing."""
        with self._lock:
            if self._project is not None and Path(self._project.folder).resolve() == folder.resolve():
                return self._project
            project = self._open_project(folder)
            self.close()
            self._project = project
            return project

    def use(self, project: Any) -> None:
        """Take over a project that was just created."""
        with self._lock:
            self.close()
            self._project = project

    def close(self) -> None:
        with self._lock:
            if self._project is not None:
                self._project.close()
            self._project = None
            self.forget()

    def forget(self, *names: str) -> None:
        """Forget what was drawn under these names, or everything; called after what changes the project."""
        with self._lock:
            self._forgotten.update(names or [""])
            for key in list(self._drawn):
                if not names or key[0] in names:
                    del self._drawn[key]

    def drawn(self, key: tuple[str, ...], draw: Callable[[], Any]) -> Any:
        """What was drawn before under this key, or draw it now.

        What changed the project while it was drawn may be missing in it: such a drawing is given once and not kept.
        """
        with self._lock:
            if key in self._drawn:
                return self._drawn[key]
            begun = self._times_forgotten(key[0])
        made = draw()
        with self._lock:
            if begun == self._times_forgotten(key[0]):
                return self._drawn.setdefault(key, made)
        return made

    def _times_forgotten(self, name: str) -> tuple[int, int]:
        return self._forgotten[""], self._forgotten[name]

    def projects(self) -> list[dict[str, str]]:
        """The projects in the home folder, by name."""
        if not self.home.is_dir():
            return []
        found = [entry for entry in self.home.iterdir() if (entry / "project.gpkg").is_file()]
        return [
            {"name": entry.name, "folder": str(entry)}
            for entry in sorted(found, key=lambda entry: name_key(entry.name))
        ]

    def folder_for(self, name: str) -> Path:
        """The folder of a new project: its name without the signs that file systems refuse."""
        plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", name).strip(" .")
        plain = re.sub(r"\s+", "-", plain)[:80]
        if not plain:
            raise ProjectRefused(_("Geben Sie dem Projekt einen Namen, zum Beispiel „Sozialbericht 2027“."))
        return self.home / plain
