"""Lists of addresses placed by the register of a project, spellings confirmed, addresses protected."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from sozialraum.addresses import (
    AddressRegister,
    Alias,
    House,
    Placed,
    confirmed_aliases,
    marks_handed_out,
    place,
    read_house,
    split_address,
)
from sozialraum.base import InputRefused, UsageError, _, plural
from sozialraum.base.numbers import count
from sozialraum.base.whole_files import write_whole
from sozialraum.blocks import place_addresses
from sozialraum.delineation import Plan
from sozialraum.project import Project
from sozialraum.workflow.address_tables import AddressTable, read_address_table
from sozialraum.workflow.main import current_plan

ROLE = "Planung"
ALIAS_COLUMNS = ["written", "postcode", "street", "street_postcode", "municipality"]


class UnknownAddress(UsageError):
    """An address that was to be protected stands in no register; nothing was protected."""


def project_register(project: Project, plan: Plan | None = None) -> AddressRegister:
    """The address register of a project with its confirmed spellings, on the blocks of a plan.

    plan : by default the current one; without any the newest blocks count.

    Raises InputRefused when there is none.
    """
    addresses = project.addresses()
    if addresses.empty:
        raise InputRefused(
            _("Im Projekt gibt es kein Adressregister."),
            (),
            _("Lesen Sie es mit den Bausteinen oder als eigene Datei ein."),
        )
    aliases = [Alias(*row) for row in project.street_aliases()[ALIAS_COLUMNS].itertuples(index=False, name=None)]
    protection = project.address_protection()
    plan = plan or project.plan()
    blocks = project.blocks() if plan is None else project.blocks_of(plan)
    return AddressRegister.from_layers(
        place_addresses(addresses, blocks), blocks, project.municipalities(), aliases,
        salt=protection.salt, marks=marks_handed_out(protection),
    )  # fmt: skip


def place_list(project: Project, rows: pd.DataFrame, *, interpolate: bool = False, plan: Plan | None = None) -> Placed:
    """Place a list by the register of the project; nothing of the list is kept. See `addresses.place`."""
    return place(project_register(project, plan), rows, interpolate=interpolate)


def confirm_spellings(project: Project, placed: Placed, rows: Iterable[object], role: str = ROLE) -> int:
    """Remember the spellings of likely rows a planner confirmed; returns how many are new.

    rows : index of the confirmed rows. From now on they are placed exactly, wherever they stand.
    """
    aliases = confirmed_aliases(project_register(project), placed, pd.Index(list(rows)))
    if aliases:
        frame = pd.DataFrame([(a.written, a.postcode, a.street, a.street_postcode, a.municipality) for a in aliases],
                             columns=ALIAS_COLUMNS)  # fmt: skip
        project.save_street_aliases(frame, role)
    return len(aliases)


def areas_of(placed: Placed, plan: Plan) -> pd.Series:
    """area_id of each row, '' where it is not placed or its block belongs to no area."""
    area = placed.frame["block_id"].map(plan.assignment.to_dict())
    return area.where(area.notna(), "").astype(object).rename("area_id")


def count_by_area(placed: Placed, plan: Plan, *, accepted: Iterable[object] | None = None) -> pd.DataFrame:
    """Number of rows by area: `area_id, rows`, every area of the plan, and '' for the rows without one.

    accepted : index of the likely rows that count as placed, None = all of them.
    """
    area = areas_of(placed, plan)
    if accepted is not None:
        area = area.where((placed.frame["state"] == "exact") | area.index.isin(list(accepted)), "")
    keys = [*plan.areas["area_id"].astype(str), ""]
    counted = area.value_counts().reindex(keys, fill_value=0)
    return pd.DataFrame({"area_id": keys, "rows": counted.to_numpy(dtype=np.int64)})


def complete_list(
    project: Project, file: Path, out: Path, *, plan_id: str = "", interpolate: bool = False
) -> list[str]:
    """Write a list again with area key and area name of each row and how it was placed; sentences say what was done.

    file : XLSX, ODS or CSV with a column of streets. out : XLSX, whole or not at all. Raises InputRefused, also for a
    list without rows, and UsageError for another ending of `out`.
    """
    if Path(out).suffix.lower() != ".xlsx":
        raise UsageError(
            _("Die ergänzte Liste ist eine Arbeitsmappe; geben Sie eine Zieldatei mit der Endung .xlsx an.")
        )
    plan = _plan(project, plan_id)
    table = read_address_table(Path(file))
    if table.rows.empty:
        raise InputRefused(_("Die Liste „{file}“ enthält keine Adressen.").format(file=Path(file).name))
    placed = place_list(project, table.parts(), interpolate=interpolate, plan=plan)
    write_whole({Path(out): completed_workbook(table, placed, plan)})
    return [_("Geschrieben: {file}").format(file=out), *placed_sentences(placed)]


def _plan(project: Project, plan_id: str) -> Plan:
    return (project.plan(plan_id) if plan_id else None) or current_plan(project)


def placed_sentences(placed: Placed) -> list[str]:
    """How many rows were placed, and the reasons of the others by number."""
    found = placed.counts()
    lines = [
        _("{rows} Adressen: {exact} sicher, {likely} wahrscheinlich, {none} nicht zugeordnet.").format(
            rows=count(len(placed.frame)), exact=count(found["exact"]), likely=count(found["likely"]),
            none=count(found["none"]),
        )
    ]  # fmt: skip
    others = placed.frame[placed.frame["state"] != "exact"].groupby("why").size()
    for why, rows in sorted(others.items(), key=lambda one: (-one[1], one[0])):
        text = plural("1 Adresse: {why}", "{n} Adressen: {why}", rows)
        lines.append(text.format(n=count(rows), why=why))
    return lines


def completed_workbook(table: AddressTable, placed: Placed, plan: Plan) -> bytes:
    """The bytes of the list with four columns more; every cell as it stood, as text."""
    area = areas_of(placed, plan)
    name = area.map(dict(zip(plan.areas["area_id"].astype(str), plan.areas["name"], strict=True))).fillna("")
    words = {"exact": _("sicher"), "likely": _("wahrscheinlich"), "none": _("nicht zugeordnet")}
    nowhere = (area == "") & (placed.frame["state"] != "none")
    state = placed.frame["state"].mask(nowhere, "none").map(words)
    why = placed.frame["why"].mask(nowhere, _("Die Adresse liegt in keinem Gebiet des Plans."))
    more = {
        _("Gebietsschlüssel"): area, _("Gebiet"): name, _("Zuordnung"): state, _("Grund"): why,
        _("Adresse im Register"): placed.frame["offer"],
    }  # fmt: skip
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    sheet, bold = book.add_worksheet(_("Adressen")), book.add_format({"bold": True})
    columns = [(head, table.rows[head]) for head in table.rows.columns] + list(more.items())
    for place_of, (head, cells) in enumerate(columns):
        sheet.write_string(0, place_of, str(head), bold)
        sheet.write_column(1, place_of, [str(cell) for cell in cells])
        sheet.set_column(place_of, place_of, min(46, max(len(str(head)), *(len(str(cell)) for cell in cells), 6)))
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def protect_address(
    project: Project, text: str, kind: str = "other", role: str = ROLE, *, even_unknown: bool = True
) -> int:
    """Never place this address again. text : '52076 Aachen, Musterstr. 12a' or 'Musterstr. 12a'.

    It is taken out of the register, of every version and of every later register; only a check number is kept, the
    log does not name it. With postcode or town only there, else in every street of that name. even_unknown : protect
    it although no register holds it. Returns how many addresses left the register.
    Raises UsageError for a text without street and number, UnknownAddress for one in no register unless even_unknown.
    """
    street, house, postcode, town = _address(text)
    left = project.protect_address(street, house, kind, role, postcode=postcode, town=town, only_known=not even_unknown)
    if left is None:
        raise UnknownAddress(
            _("Diese Anschrift steht nicht im Adressregister. Es wurde nichts geschützt. Prüfen Sie Straße, Hausnummer"
              " und Postleitzahl.")
        )  # fmt: skip
    return left


def unprotect_address(project: Project, text: str, role: str = ROLE) -> None:
    """End the protection of an address. Raises UsageError when it was not protected."""
    street, house, postcode, town = _address(text)
    if not project.unprotect_address(street, house, role, postcode=postcode, town=town):
        raise UsageError(_("Diese Anschrift ist nicht geschützt."))


def _address(text: str) -> tuple[str, House, str, str]:
    parts = split_address(text)
    house = read_house(parts.number)
    if not parts.street or not house.number or not house.is_read:
        raise UsageError(_("Geben Sie Straße und Hausnummer an, zum Beispiel „Musterstraße 12a“."))
    return parts.street, house, parts.postcode, parts.town
