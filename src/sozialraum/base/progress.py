"""How long work tells what it does, and how it is asked to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What long work calls. Either method may raise Interrupted when the person stops."""

    def stage(self, text: str) -> None:
        """Begin a stage; `text` is a finished sentence or noun for people."""

    def step(self, done: int, total: int) -> None:
        """Say how far the stage is."""

    def done(self, text: str) -> None:
        """One line of what the stage achieved."""


class Silent:
    """Progress that says nothing."""

    def stage(self, text: str) -> None:
        pass

    def step(self, done: int, total: int) -> None:
        pass

    def done(self, text: str) -> None:
        pass
