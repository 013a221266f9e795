"""Where a value stands in its file: the text kept with an observation, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHEET = re.compile(r"(?:Blatt|[Ss]heet) (?P<sheet>.+), (?P<rest>(?:[A-Z]+\d|[Zz]eile|[Rr]ow).*)")
CELL = re.compile(r"(?P<column>[A-Z]+)(?P<row>\d+)")
ROWS = re.compile(
    r"(?:[Zz]eilen?|[Rr]ows?) (?P<rows>\d+(?:(?:, | und | and | bis | to |[–-])\d+)*)(?!\d|\.\d| weitere| more)"
    r"(?:,? (?:und|and) (?P<more>[\d.,]+) (?:weitere|more))?"
    r"(?:, (?:Spalte|column) (?P<column>[A-Z]+\b|„[^“]+“))?"
)
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file. rows : numbers of rows named, () = no row. more : further rows that are not named.

    column : letter or head, '' = not said. text : what was kept, where it says more than a place.
    """

    sheet: str = ""
    rows: tuple[int, ...] = ()
    more: int = 0
    column: str = ""
    text: str = ""

    @property
    def row(self) -> int | None:
        return self.rows[0] if self.rows else None

    @property
    def several(self) -> bool:
        return self.more > 0 or len(self.rows) > 1


def parse(text: str) -> Place:
    """'Zeile 17, Spalte F', 'Blatt Plätze, D17', 'Zeile 17 und 3 weitere', 'Zeilen 17, 18, Spalte F', or anything else.

    A text that names no place is kept as `text`.
    """
    kept = text.strip()
    sheet = ""
    if found := SHEET.fullmatch(kept):
        sheet, kept = found["sheet"], found["rest"]
    if found := CELL.fullmatch(kept):
        return Place(sheet, (int(found["row"]),), 0, found["column"])
    found = ROWS.search(kept)
    if not found:
        return Place(text=text.strip())
    rows = tuple(int(number) for number in NUMBER.findall(found["rows"]))
    more = int(re.sub(r"\D", "", found["more"])) if found["more"] else 0
    beside = (kept[: found.start()], kept[found.end() :])
    rest = ", ".join(part for text in beside if (part := text.strip(" ,;:()")))
    return Place(sheet, rows, more, found["column"] or "", rest)
