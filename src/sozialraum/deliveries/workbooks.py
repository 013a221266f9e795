"""Workbooks (XLSX, XLS, ODS): every sheet as texts, read in a process of its own."""

from __future__ import annotations

import marshal
import subprocess
import sys
from pathlib import Path
from typing import Any

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.limits import CHILD_MEMORY, CHILD_SECONDS, MOST_CELLS

_OUT_OF_MEMORY = (b"memory allocation", b"MemoryError", b"capacity overflow")
_CHILD = Path(__file__).with_name("workbook_child.py")

Merged = tuple[tuple[int, int], tuple[int, int]]
SheetTexts = tuple[str, list[list[str]], list[Merged]]


def read_workbook(name: str, data: bytes) -> list[SheetTexts]:
    """Name, rows of texts and merged ranges of every sheet.

    Raises InputRefused: damaged, protected by a password, more cells or memory than a desk can hold.
    """
    kind, *rest = _answer(data)
    if kind == "password":
        raise refuse(name, _("Die Arbeitsmappe ist mit einem Kennwort geschützt."), _(
            "Bitte ohne Kennwortschutz liefern lassen."))  # fmt: skip
    less = _("Bitte leere Zeilen und Spalten löschen oder nur das benötigte Blatt liefern lassen.")
    if kind == "large":
        what = _("Die Arbeitsmappe hat {cells} Felder; gelesen werden bis zu {most}.")
        raise refuse(name, what.format(cells=count(rest[0]), most=count(MOST_CELLS)), less)
    if kind == "memory":
        raise refuse(name, _("Die Arbeitsmappe braucht mehr Speicher, als ihr gegeben wird."), less)
    if kind == "sheets":
        return list(rest[0])
    raise refuse(name, _("Die Arbeitsmappe ist beschädigt oder keine Excel-Datei."), _(
        "Bitte die Datei neu herunterladen oder neu anfordern."))  # fmt: skip


def _answer(data: bytes) -> tuple[Any, ...]:
    """What the reading process says; 'damaged' when it ended without an answer."""
    command = [sys.executable, "-I", str(_CHILD), str(MOST_CELLS), str(CHILD_MEMORY)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=CHILD_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return ("damaged",)
    if done.returncode or not done.stdout:
        return ("memory",) if any(sign in done.stderr for sign in _OUT_OF_MEMORY) else ("damaged",)
    return tuple(marshal.loads(done.stdout))
