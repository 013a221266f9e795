"""A delivered file that is in memory only: files of single persons are never written to a disk."""

from __future__ import annotations

import io
import os
import stat
import sys
from typing import IO, Any

if sys.platform == "win32":
    from pathlib import WindowsPath as _Path
else:
    from pathlib import PosixPath as _Path


class HeldFile(_Path):
    """Reads like a file of its name; its bytes are `data`. Made by `held_file`; it can be read, not written."""

    data: bytes = b""

    def open(self, mode: str = "r", *_more: Any, **_named: Any) -> IO[Any]:  # type: ignore[override]
        """The bytes as a stream. Raises OSError for every mode but 'rb'."""
        if mode != "rb":
            raise OSError("held in memory, to be read as bytes only")
        return io.BytesIO(self.data)

    def read_bytes(self) -> bytes:
        return self.data

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """A plain file of the size of its bytes."""
        return os.stat_result((stat.S_IFREG | 0o400, 0, 0, 1, 0, 0, len(self.data), 0, 0, 0))

    def is_file(self, *_more: Any, **_named: Any) -> bool:
        return True

    def exists(self, *_more: Any, **_named: Any) -> bool:
        return True


def held_file(name: str, data: bytes) -> HeldFile:
    """A file in memory under the name it came with."""
    file = HeldFile(name)
    file.data = data
    return file
