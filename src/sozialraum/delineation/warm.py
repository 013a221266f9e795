"""Compile the search beside other work, so that nobody waits for it: once per machine and version.

`python -m sozialraum.delineation.warm` compiles everything and leaves a mark.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sozialraum.delineation.kernels.folder import cache_folder

MARK = "compiled"


def begin() -> subprocess.Popen[bytes] | None:
    """Start compiling in a process of its own when this machine has not yet; None when there is nothing to do.

    Needs no waiting for: who comes too early compiles what is still missing.
    """
    if os.environ.get("NUMBA_DISABLE_JIT") or (cache_folder() / MARK).exists():
        return None
    command = [sys.executable, "-m", "sozialraum.delineation.warm"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def compile_all() -> Path:
    """Solve two small tasks that pass through every kernel; returns the mark it leaves."""
    import numpy as np

    from sozialraum.delineation.partition import partition

    side = 8
    places = np.arange(side * side).reshape(side, side)
    edges = np.vstack(
        [np.column_stack([places[:, :-1].ravel(), places[:, 1:].ravel()]),
         np.column_stack([places[:-1].ravel(), places[1:].ravel()])]
    )  # fmt: skip
    values = np.column_stack([places.ravel() // side, places.ravel() % side]).astype(float)
    people = np.where(places.ravel() % 7 == 0, 0.0, 100.0)
    for number in (2, 6):
        partition(edges, people, values, areas=number, bounds=(500, 4000), effort="standard")
    start = places.ravel() // 32
    partition(edges, people, values, areas=3, bounds=(500, 4000), start=start, change_cost=1e-4, effort="draft")
    mark = cache_folder() / MARK
    mark.write_text("", encoding="utf-8")
    return mark


if __name__ == "__main__":
    compile_all()
