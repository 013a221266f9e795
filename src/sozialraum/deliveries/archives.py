"""Packed deliveries: a ZIP archive with one table or with map data, a table packed alone (.gz)."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sozialraum.base import _
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.limits import MOST_TEXT, too_large

DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, ValueError)
_TABLES = (".csv", ".txt")
_MAP_DATA = (".shp", ".gpkg", ".geojson")


@dataclass(frozen=True, slots=True)
class Packed:
    """What stands in an archive. member : the one table or map in it; '' for an OpenDocument workbook."""

    kind: Literal["workbook", "table", "map"]
    member: str = ""
    size: int = 0


def look_into(name: str, path: Path) -> Packed:
    """What the archive is; InputRefused when it is damaged, swollen, or holds several tables or none."""
    with damaged_is_refused(name), path.open("rb") as file, zipfile.ZipFile(file) as archive:
        inside = {info.filename: info.file_size for info in archive.infolist() if not info.is_dir()}
        if "[Content_Types].xml" in inside:
            return Packed("workbook", "[Content_Types].xml", sum(inside.values()))
        if _is_open_document(archive, inside):
            return Packed("workbook", "", sum(inside.values()))
        for kind, endings in (("table", _TABLES), ("map", _MAP_DATA)):
            found = [each for each in inside if each.lower().endswith(endings)]
            if len(found) == 1:
                if inside[found[0]] > MOST_TEXT:
                    raise too_large(name, inside[found[0]], MOST_TEXT)
                return Packed(kind, found[0], inside[found[0]])  # type: ignore[arg-type]
    raise refuse(
        name,
        _("Im ZIP-Archiv wird genau eine Tabelle (.csv) erwartet, gefunden: {members}.").format(
            members=_listed(inside) or _("nichts")
        ),
    )


def _is_open_document(archive: zipfile.ZipFile, inside: dict[str, int]) -> bool:
    return inside.get("mimetype", 1000) < 200 and b"opendocument.spreadsheet" in archive.read("mimetype")


def _listed(inside: dict[str, int]) -> str:
    names = sorted(inside)
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")


@contextmanager
def damaged_is_refused(name: str, packed: str = "zip") -> Iterator[None]:
    """What goes wrong while unpacking is one sentence for the person."""
    again = _("Bitte die Datei neu herunterladen oder neu anfordern.")
    try:
        yield
    except DAMAGED:
        what = _("Das ZIP-Archiv ist beschädigt.") if packed == "zip" else _("Die gepackte Datei ist beschädigt.")
        raise refuse(name, what, again) from None


def unpacked_size(name: str, path: Path) -> int:
    """Bytes of a table packed alone, counted while unpacking; InputRefused when damaged, empty or swollen."""
    size = 0
    with damaged_is_refused(name, "gz"), path.open("rb") as file, gzip.open(file) as stream:
        while piece := stream.read(1 << 22):
            size += len(piece)
            if size > MOST_TEXT:
                raise too_large(name, size, MOST_TEXT)
    return size
