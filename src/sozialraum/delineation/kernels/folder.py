"""Where the compiled kernels are kept: a folder of its own for each state of their text."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

HERE = Path(__file__).parent


def cache_folder() -> Path:
    """The folder, made when it does not exist; NUMBA_CACHE_DIR goes before.

    The compiler looks only at the file of a function, not at the functions it calls: a changed callee
    would go unnoticed. The name of the folder therefore comes from the text of all kernels.
    """
    if given := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(given)
    text = b"".join(file.read_bytes() for file in sorted(HERE.glob("*.py")))
    name = f"sozialraum-{hashlib.sha256(text).hexdigest()[:12]}"
    near = HERE / "__pycache__" / name
    try:
        near.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / name
    return near
