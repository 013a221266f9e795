"""Texts too long to be held: passed through line by line, and only the lines that are wanted are kept.

The census grid of Germany has three million rows; a Kreis needs some ten thousand of them.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from sozialraum.deliveries.encodings import is_binary, no_text, old_page
from sozialraum.deliveries.limits import MEBIBYTE, MOST_TEXT, too_large

BEGINNING = 256 * 1024  # bytes in which title rows, head and first rows stand
_PIECE = 4 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Window:
    """Rows whose point lies in a rectangle; all edges included.

    x, y : positions of the columns with the coordinates. first : rows before the first that is tested (titles, head).
    decimal : the decimal sign of the coordinates.
    """

    x: int
    y: int
    west: float
    south: float
    east: float
    north: float
    first: int
    decimal: str = "."

    def holds(self, row: list[str]) -> bool:
        """Whether the row lies inside; a row that cannot be told is kept, so that its fault is found."""
        try:
            x, y = float(row[self.x].replace(self.decimal, ".")), float(row[self.y].replace(self.decimal, "."))
        except (ValueError, IndexError):
            return True
        return self.west <= x <= self.east and self.south <= y <= self.north


@dataclass(frozen=True, slots=True)
class LargeText:
    """A text where it lies: a file of its own, packed alone (.gz), or a member of a ZIP archive.

    encoding : of the whole text. size : bytes when unpacked, as far as counted while it was looked through.
    """

    path: Path
    packed: str
    member: str
    encoding: str
    size: int

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        with opened(self.path, self.packed, self.member) as stream:
            yield stream

    def rows(self, delimiter: str) -> Iterator[list[str]]:
        """All rows, one at a time."""
        with self.opened() as stream, io.TextIOWrapper(stream, self.encoding, newline="") as text:
            yield from csv.reader(text, delimiter=delimiter)

    def kept(
        self, delimiter: str, keep: Callable[[list[str]], bool], first: int
    ) -> tuple[list[list[str]], list[int], int]:
        """The first rows and all to be kept, the number of each row as a person counts, and how many were read."""
        rows, numbers, number = [], [], 0
        for number, row in enumerate(self.rows(delimiter), 1):
            if number <= first or keep(row):
                rows.append(row)
                numbers.append(number)
        return rows, numbers, number

    def all_rows(self, delimiter: str) -> list[list[str]]:
        """All rows; equal texts are held once."""
        once: dict[str, str] = {}
        return [[once.setdefault(text, text) for text in row] for row in self.rows(delimiter)]


@contextmanager
def opened(path: Path, packed: str, member: str = "") -> Iterator[IO[bytes]]:
    """The bytes of a text, unpacked. packed : 'zip', 'gz' or ''."""
    if packed == "zip":
        with path.open("rb") as file, zipfile.ZipFile(file) as archive, archive.open(member) as inside:
            yield inside
    elif packed == "gz":
        with path.open("rb") as file, gzip.open(file) as unpacked:
            yield cast(IO[bytes], unpacked)
    else:
        with path.open("rb") as plain:
            yield plain


def look_through(name: str, path: Path, packed: str, member: str = "") -> tuple[LargeText, str]:
    """Find the encoding of a long text without holding it; returns it and its beginning up to a line's end.

    Raises InputRefused: no text, or longer than is read. Damaged archives raise what zipfile and gzip raise.
    """
    decoder, size, beginning, utf8 = codecs.getincrementaldecoder("utf-8-sig")(), 0, b"", True
    with opened(path, packed, member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > MOST_TEXT:
                raise too_large(name, size, MOST_TEXT)
            if b"\0" in piece:
                raise no_text(name)
            if len(beginning) < _PIECE:
                beginning += piece
            utf8 = utf8 and _decodes(decoder, piece)
    encoding = "utf-8-sig" if utf8 and _decodes(decoder, b"", final=True) else old_page(name, beginning)
    text = beginning[:BEGINNING].decode(encoding, errors="ignore")
    if is_binary(text):
        raise no_text(name)
    whole = text if size <= BEGINNING else text[: text.rfind("\n") + 1] or text
    return LargeText(path, packed, member, encoding, size), whole


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True
