"""Plans that a municipality has already adopted: read them, check them, take them over unchanged."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sozialraum.base import Finding, InputRefused, _, code_key
from sozialraum.delineation.plan import area_key

HEAD = ("block_id", "area_id")


@dataclass(frozen=True, eq=False)
class Adopted:
    """The adopted areas of one municipality.

    assignment : Series block_id -> area_id (AGS-code). names : DataFrame `area_id, code, name` or None.
    """

    assignment: pd.Series
    names: pd.DataFrame | None = None

    @property
    def municipality(self) -> str:
        """AGS, the part of the area keys before the hyphen."""
        return str(self.assignment.iloc[0]).rpartition("-")[0]


def read_adopted(assignment_csv: Path, names_csv: Path | None = None) -> Adopted:
    """Read `block_id;area_id` and, when given, `area_id;code;name` (UTF-8 or Windows, semicolons).

    Area keys are brought to AGS and padded code ('05999004-3' becomes '05999004-03').
    Raises InputRefused with all findings: missing file or column, empty cells, a block given twice,
    areas of more than one municipality, names for unknown areas, a code or name given twice.
    """
    findings: list[Finding] = []
    rows = _table(Path(assignment_csv), HEAD, findings)
    given = _table(Path(names_csv), ("area_id", "code", "name"), findings) if names_csv else []
    if not findings:
        findings += _assignment_findings(rows, Path(assignment_csv).name)
        findings += _name_findings(given, {row["area_id"] for row in rows}, Path(names_csv or "").name)
    if findings:
        raise InputRefused(_("Der beschlossene Gebietszuschnitt kann nicht übernommen werden."), findings)
    key = {area: _padded(area) for area in {row["area_id"] for row in rows}}
    assignment = pd.Series({row["block_id"]: key[row["area_id"]] for row in rows}, name="area_id", dtype=object)
    named = [(key[row["area_id"]], row["code"], row["name"]) for row in given]
    names = pd.DataFrame(sorted(named), columns=["area_id", "code", "name"]) if names_csv else None
    return Adopted(assignment.sort_index(), names)


def _padded(area: str) -> str:
    ags, _hyphen, code = area.rpartition("-")
    return area_key(ags, code.lstrip("0") or code)


def code_of(area: str) -> str:
    """The code people read in an area key: '05999004-03a' -> '3a'."""
    return area.rpartition("-")[2].lstrip("0")


def _table(path: Path, columns: tuple[str, ...], findings: list[Finding]) -> list[dict[str, str]]:
    if not path.is_file():
        what = _("Die Datei „{file}“ gibt es nicht.").format(file=path.name)
        findings.append(Finding(what, file=path.name, todo=_("Bitte prüfen Sie Ordner und Dateinamen.")))
        return []
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error:
        todo = _("Erwartet wird die Kopfzeile {head}.").format(head=";".join(columns))
        findings.append(Finding(_("Die Datei ist keine lesbare Tabelle."), file=path.name, todo=todo))
        return []
    head = [cell.strip() for cell in lines[0]] if lines else []
    absent = [column for column in columns if column not in head]
    for column in absent:
        todo = _("Erwartet wird die Kopfzeile {head}.").format(head=";".join(columns))
        findings.append(Finding(_("Die Spalte fehlt."), file=path.name, row=1, column=column, todo=todo))
    if absent:
        return []
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: cells[place].strip() if place < len(cells) else "" for place, name in enumerate(head)}
        for column in columns:
            if not row[column]:
                findings.append(Finding(_("Die Zelle ist leer."), file=path.name, row=number, column=column))
        rows.append(row)
    if not rows and not findings:
        findings.append(Finding(_("Die Tabelle ist leer."), file=path.name))
    return rows


def _assignment_findings(rows: list[dict[str, str]], file: str) -> list[Finding]:
    findings, seen = [], set()
    for number, row in enumerate(rows, start=2):
        if row["block_id"] in seen:
            what = _("Der Baustein {block} steht mehrfach in der Tabelle.").format(block=row["block_id"])
            findings.append(Finding(what, file=file, row=number, column="block_id"))
        seen.add(row["block_id"])
        ags, hyphen, code = row["area_id"].rpartition("-")
        if not (hyphen and code and len(ags) == 8 and ags.isdigit()):
            what = _("„{area}“ ist kein Gebietsschlüssel.").format(area=row["area_id"])
            todo = _("Erwartet werden acht Ziffern der Gemeinde, Bindestrich und Nummer.")
            findings.append(Finding(what, file=file, row=number, column="area_id", todo=todo))
    towns = sorted({row["area_id"].rpartition("-")[0] for row in rows})
    if len(towns) > 1 and not findings:
        what = _("Die Tabelle enthält Gebiete mehrerer Gemeinden: {towns}.").format(towns=", ".join(towns))
        findings.append(Finding(what, file=file, column="area_id", todo=_("Je Gemeinde wird eine Tabelle gebraucht.")))
    return findings


def _name_findings(given: list[dict[str, str]], areas: set[str], file: str) -> list[Finding]:
    if not given:
        return []
    findings = []
    for column in ("area_id", "code", "name"):
        texts = [row[column] for row in given]
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            what = _("„{text}“ steht mehrfach in der Tabelle.").format(text=text)
            findings.append(Finding(what, file=file, column=column))
    named = {row["area_id"] for row in given}
    for area in sorted(named - areas):
        what = _("Zum Gebiet {area} gehört kein Baustein.").format(area=area)
        findings.append(Finding(what, file=file, column="area_id"))
    for area in sorted(areas - named, key=code_key):
        what = _("Das Gebiet {area} hat keinen Namen.").format(area=area)
        findings.append(Finding(what, file=file, column="area_id"))
    return findings
