"""Files that appear whole, all of them or none."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files beside each other; until all are complete, what stood there stands.

    Raises OSError with the name of the file that was meant, never with that of a temporary one.
    """
    parts = {file: file.with_name(f".{file.name}.part") for file in files}
    meant = Path()
    try:
        for meant, content in files.items():
            parts[meant].write_bytes(content)
        for meant in files:
            parts[meant].replace(meant)
    except OSError as error:
        temporary = error.filename in map(str, parts.values())
        raise OSError(error.errno, error.strerror, str(meant) if temporary else error.filename) from error
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink()
