"""Tables of map files (GeoPackage, Shapefile in a ZIP archive, GeoJSON) and of Parquet files, as texts."""

from __future__ import annotations

import marshal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from sozialraum.base import _
from sozialraum.base.numbers import count
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.held_files import HeldFile
from sozialraum.deliveries.limits import CHILD_SECONDS, MOST_CELLS

_CHILD = Path(__file__).with_name("vector_child.py")
Kind = Literal["map", "parquet"]


def read_table_of(name: str, path: Path, kind: Kind, member: str = "") -> list[tuple[str, list[list[str]]]]:
    """Name and rows of texts of every layer, the first row the heads.

    Map data get two columns with a point inside each shape. member : the file inside a ZIP archive, '.gz' = the file
    itself is packed. A file in memory is laid into a folder of its own meanwhile.
    Raises InputRefused: damaged, larger than a desk can hold, or Parquet where the extra for it is
    not installed.
    """
    if isinstance(path, HeldFile):
        with TemporaryDirectory(prefix="sozialraum-") as folder:
            laid = Path(folder) / (Path(name).name or "datei")
            laid.write_bytes(path.data)
            return read_table_of(name, laid, kind, member)
    answer, *rest = _answer(path, kind, member)
    if answer == "table":
        return list(rest[0])
    if answer == "large":
        raise refuse(
            name,
            _("Die Tabelle hat {cells} Felder; gelesen werden bis zu {most}.").format(
                cells=count(rest[0]), most=count(MOST_CELLS)
            ),
            _("Bitte nur die Zeilen des Kreises liefern lassen."),
        )
    if answer == "no_parquet":
        raise refuse(name, _("Dateien dieser Art (Parquet) kann diese Installation nicht lesen."), _(
            "Bitte als CSV oder Excel liefern lassen oder die Erweiterung „parquet“ einrichten."))  # fmt: skip
    what = _("Die Kartendatei ist beschädigt.") if kind == "map" else _("Die Datei ist beschädigt.")
    raise refuse(name, what, _("Bitte die Datei neu herunterladen oder neu anfordern."))


def _answer(path: Path, kind: Kind, member: str) -> tuple[Any, ...]:
    where = str(path.absolute())
    if member:
        where = f"/vsigzip/{where}" if member == ".gz" else f"/vsizip/{{{where}}}/{member}"
    command = [sys.executable, str(_CHILD), kind, where, str(MOST_CELLS)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=CHILD_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return ("damaged",)
    if done.returncode or not done.stdout:
        return ("damaged",)
    return tuple(marshal.loads(done.stdout))
