"""How the kernels are compiled: once per machine, never with reordered arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba

from sozialraum.delineation.kernels.folder import cache_folder

FOLDER = str(cache_folder())


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile at the first call and keep the result; with NUMBA_DISABLE_JIT=1 the plain function.

    No fastmath, no threads: the same bits on every machine.
    """
    config: Any = numba.config
    before, config.CACHE_DIR = config.CACHE_DIR, FOLDER
    try:
        return numba.njit(cache=True, error_model="numpy")(function)
    finally:
        config.CACHE_DIR = before
