"""Tables with addresses from files: which sheet, which head, and which column holds which part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sozialraum.addresses import plain
from sozialraum.base import Finding, InputRefused, _, quoted
from sozialraum.deliveries.files import DELIMITERS, LINES_FOR_THE_HEAD, Content, Rows, Sheet, open_file

# Heads as registers and departments write them, in plain letters; what is in brackets behind a head does not count.
LIST_HEADS: Mapping[str, tuple[str, ...]] = {
    "street": ("strasse", "str", "str.", "strassenname", "street", "stn", "adresse", "anschrift", "wohnanschrift",
               "strasse hausnummer", "strasse und hausnummer", "strasse, hausnummer", "strasse nr.", "strasse/nr."),
    "number": ("hausnummer", "haus-nr.", "haus-nr", "hausnr.", "hausnr", "hnr", "hsnr", "hs-nr.", "nr.", "nr", "nummer",
               "number"),
    "suffix": ("zusatz", "hausnummernzusatz", "hausnummerzusatz", "hnr-zusatz", "hnrz", "adz", "buchstabe", "suffix"),
    "postcode": ("plz", "postleitzahl", "postcode"),
    "town": ("ort", "wohnort", "stadt", "gemeinde", "ortsname", "onm", "town"),
}  # fmt: skip
REGISTER_HEADS: Mapping[str, tuple[str, ...]] = {
    **LIST_HEADS,
    "street_key": ("strassenschluessel", "strassen-schluessel", "sss", "str_schl", "strschl", "street_key"),
    "x": ("x", "ost", "ostwert", "easting", "rechtswert", "e", "koord_x", "etrs89_x"),
    "y": ("y", "nord", "nordwert", "northing", "hochwert", "n", "koord_y", "etrs89_y"),
}


@dataclass(frozen=True)
class AddressTable:
    """A table whose columns are known.

    rows : all columns as they stand, text, named by their heads. columns : part -> head. sheet : '' for a text file.
    first : number of the first row below the head, as a person counts.
    """

    rows: pd.DataFrame
    columns: Mapping[str, str]
    sheet: str
    first: int

    def parts(self) -> pd.DataFrame:
        """The known columns under the names of their parts."""
        return pd.DataFrame({part: self.rows[head] for part, head in self.columns.items()}, index=self.rows.index)


def read_address_table(
    path: Path, heads: Mapping[str, Sequence[str]] = LIST_HEADS, needed: Sequence[str] = ("street",)
) -> AddressTable:
    """The sheet and head of a file that name most parts of an address.

    Raises InputRefused: no such file, no table, none of the needed columns (names the heads there are).
    """
    content = open_file(path)
    best: tuple[int, Sheet, int] | None = None
    for sheet in _sheets(content):
        for place, row in enumerate(sheet.rows[:LINES_FOR_THE_HEAD]):
            score = len(_columns(row, heads))
            if score and (best is None or score > best[0]):
                best = (score, sheet, place)
    found = {} if best is None else _columns(best[1].rows[best[2]], heads)
    absent = [part for part in needed if part not in found]
    if best is None or absent:
        raise _no_columns(path.name, [] if best is None else list(best[1].rows[best[2]]), absent or list(needed))
    _score, sheet, place = best
    names = _names(sheet.rows[place])
    rows = _body(sheet.rows, place, len(names))
    frame = pd.DataFrame([row for _number, row in rows], columns=names, dtype=object)
    frame.index = pd.Index([number for number, _row in rows], name="row")
    return AddressTable(frame, {part: names[at] for part, at in found.items()}, sheet.name, place + 2)


def _sheets(content: Content) -> list[Sheet]:
    """All sheets; a text cut by the sign that makes most cells."""
    if content.sheets:
        return list(content.sheets)
    best = max(DELIMITERS, key=lambda each: sum(len(row) for row in content.cut(each, LINES_FOR_THE_HEAD)[0].rows))
    return list(content.cut(best))


def _columns(row: Sequence[str], heads: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Part -> position of the first head that names it; of several names the earlier one counts."""
    written = [" ".join(plain(str(cell)).split("(")[0].split()) for cell in row]
    found = {}
    for part, names in heads.items():
        places = [written.index(name) for name in names if name in written]
        if places:
            found[part] = places[0]
    return found


def _names(row: Sequence[str]) -> list[str]:
    """The heads, each once; a column without one gets its position."""
    names: list[str] = []
    for place, cell in enumerate(row, start=1):
        name = " ".join(str(cell).split()) or _("Spalte {number}").format(number=place)
        names.append(name if name not in names else f"{name} ({place})")
    return names


def _body(rows: Rows, head: int, width: int) -> list[tuple[int, list[str]]]:
    """Number of the row as a person counts, and its cells; empty rows are left out."""
    found = []
    for place in range(head + 1, len(rows)):
        cells = [str(cell) for cell in rows[place]][:width]
        if any(cell.strip() for cell in cells):
            found.append((place + 1, cells + [""] * (width - len(cells))))
    return found


def _no_columns(name: str, heads: Sequence[str], absent: Sequence[str]) -> InputRefused:
    words = {
        "street": _("Straße"), "number": _("Hausnummer"), "postcode": _("Postleitzahl"), "x": _("Ostwert"),
        "y": _("Nordwert"),
    }  # fmt: skip
    shown = ", ".join(quoted(" ".join(str(head).split())) for head in heads if str(head).strip()) or _("keine")
    findings = [
        Finding(
            _("Eine Spalte „{name}“ wurde nicht gefunden.").format(name=words.get(part, part)),
            file=name,
            todo=_("Vorhandene Spalten: {names}.").format(names=shown),
        )
        for part in absent
    ]
    return InputRefused(_("In der Datei „{file}“ stehen keine Adressen.").format(file=name), findings)
