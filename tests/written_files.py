"""Which files a test opens for writing, told by an audit hook."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_watchers: list[list[str]] = []


def _watch(event: str, args: tuple[Any, ...]) -> None:
    """A hook cannot be taken away again; it does nothing while nobody watches."""
    if event != "open" or not _watchers:
        return
    path, mode, flags = args
    writes = any(sign in mode for sign in "wax+") if isinstance(mode, str) else bool(flags & (os.O_WRONLY | os.O_RDWR))
    if writes and isinstance(path, (str, bytes)):
        name = os.fsdecode(path)
        if name != os.devnull and not name.endswith((".lock", ".pyc")) and "__pycache__" not in name:
            for paths in _watchers:
                paths.append(name)


sys.addaudithook(_watch)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Paths opened for writing inside the with block, those of locks and compiled modules left out."""
    paths: list[str] = []
    _watchers.append(paths)
    try:
        yield paths
    finally:
        _watchers.remove(paths)
