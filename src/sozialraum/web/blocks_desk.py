"""What the page "Bausteine" has on its desk: dropped files, blocks built and not kept, blocks that are checked."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import pandas as pd
from fastapi import Depends, Request, UploadFile

from sozialraum.base import UsageError, _
from sozialraum.blocks.coordinates import Coordinates
from sozialraum.blocks.ground_files import Ground
from sozialraum.web.acting import in_memory
from sozialraum.workflow.blocks_building import BlocksLook
from sozialraum.workflow.blocks_dropping import Part
from sozialraum.workflow.blocks_sources import TABLES


@dataclass(frozen=True, eq=False)
class Checked:
    """Blocks that are checked. path : the dropped file, None = those of the project.

    whole : as read. ground : after what was mended so far. protocol : of all that was mended, None = nothing yet.
    number : grows with every state, so that what was drawn of an older one is never shown.
    """

    path: Path | None
    whole: Ground
    ground: Ground
    protocol: pd.DataFrame | None = None
    number: int = 0


@dataclass(eq=False)
class BlocksDesk:
    """One project's desk; another project finds it cleared.

    judged : parts, what else counted, and where they were found to lie. rule : numbers of the rule that were changed.
    outlook, obstacles : what taking the look over would do, and why it cannot be. look_number : of its state.
    """

    project: str = ""
    parts: tuple[Part, ...] = ()
    judged: tuple[tuple[Part, ...], Any, tuple[Coordinates, ...]] | None = None
    rule: dict[str, Any] = field(default_factory=dict)
    look: BlocksLook | None = None
    look_number: int = 0
    outlook: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    checked: Checked | None = None
    number: int = 0

    def __post_init__(self) -> None:
        self._folders: list[Path] = []
        weakref.finalize(self, _remove, self._folders)

    def turn_to(self, project: str) -> None:
        """Clear the desk when another project is open."""
        if self.project != project:
            self.clear_building()
            self.checked, self.project = None, project

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def folder(self) -> Path:
        """A new folder for files, put away with the desk."""
        made = Path(tempfile.mkdtemp(prefix="sozialraum-"))
        self._folders.append(made)
        return made

    def keep(self, files: Sequence[UploadFile]) -> list[Path]:
        """Uploaded files side by side under the names they came with: some kinds of layers are several files.

        Tables stay in memory: what may list single persons is not written while nobody knows what it is. Raises
        UsageError for one that is too large for that.
        """
        folder, paths = self.folder(), []
        for place, file in enumerate(files):
            if (file.filename or "").lower().endswith(TABLES):
                paths += in_memory([file])
                continue
            name = PurePosixPath((file.filename or "").replace("\\", "/")).name or f"datei-{place}"
            path = folder / name
            if path.exists():
                path = folder / str(place) / name
                path.parent.mkdir()
            with path.open("wb") as target:
                shutil.copyfileobj(file.file, target)
            paths.append(path)
        return paths

    def clear_building(self) -> None:
        """Forget what was dropped and built, and put the files away that no check needs."""
        self.parts, self.judged, self.rule = (), None, {}
        self.forget_built()
        keep = None if self.checked is None else self.checked.path
        gone = [folder for folder in self._folders if keep is None or folder not in keep.parents]
        _remove(gone)
        self._folders[:] = [folder for folder in self._folders if folder not in gone]

    def lay(self, look: BlocksLook, outlook: tuple[str, ...], obstacles: tuple[str, ...]) -> None:
        """Lay what was built on the desk, under a number of its own."""
        self.look, self.outlook, self.obstacles = look, outlook, obstacles
        self.look_number = self.next_number()

    def forget_built(self) -> None:
        self.look, self.outlook, self.obstacles = None, (), ()

    def put(self, checked: Checked) -> None:
        """Lay checked blocks on the desk as its next state."""
        self.checked = replace(checked, number=self.next_number())

    def on_check(self) -> Checked:
        """Raises UsageError when nothing is being checked."""
        if self.checked is None:
            raise UsageError(_("Es werden gerade keine Bausteine geprüft."))
        return self.checked

    def built(self) -> BlocksLook:
        """Raises UsageError when nothing was built."""
        if self.look is None:
            raise UsageError(_("Es sind keine Bausteine gebildet."))
        return self.look


def _remove(folders: list[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def desk_of(request: Request) -> BlocksDesk:
    """The desk of the open project. Raises ProjectRefused when none is open."""
    project: Any = request.app.state.session.project
    desk: BlocksDesk | None = getattr(request.app.state, "blocks_desk", None)
    if desk is None:
        desk = request.app.state.blocks_desk = BlocksDesk()
    desk.turn_to(str(project.folder))
    return desk


Desk = Annotated[BlocksDesk, Depends(desk_of)]
