"""How the kernels are compiled: once per machine, never with reordered arithmetic."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

HERE = Path(__file__).parent


def _cache_folder() -> str:
    """A folder of its own for each state of the kernels.

    The compiler looks only at the file of a function, not at the functions it calls: a changed callee
    would go unnoticed. The name of the folder therefore comes from the text of all kernels.
    """
    text = b"".join(file.read_bytes() for file in sorted(HERE.glob("*.py")))
    name = f"sozialraum-{hashlib.sha256(text).hexdigest()[:12]}"
    near = HERE / "__pycache__"
    try:
        (near / name).mkdir(parents=True, exist_ok=True)
    except OSError:
        near = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return str(near / name)


FOLDER = os.environ.get("NUMBA_CACHE_DIR") or _cache_folder()


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile at the first call and keep the result; with NUMBA_DISABLE_JIT=1 the plain function.

    No fastmath, no threads: the same bits on every machine.
    """
    return _compiled(function)


def inner(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same for functions that only kernels call; without the way in from Python they compile in half the time."""
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compiled(function: Callable[..., Any], **options: bool) -> Callable[..., Any]:
    config: Any = numba.config
    before, config.CACHE_DIR = config.CACHE_DIR, FOLDER
    try:
        return numba.njit(cache=True, error_model="numpy", **options)(function)
    finally:
        config.CACHE_DIR = before
