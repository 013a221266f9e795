"""Read a list of facilities; protected ones lose name, address and block before anything is looked at."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialraum.base import Status, Value, _, plural
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.facility_rules import FacilityRule, PlacesRule
from sozialraum.deliveries.keys import Lookup
from sozialraum.deliveries.periods import Periods
from sozialraum.deliveries.positions import Positions
from sozialraum.deliveries.reading import FACILITY_COLUMNS, HiddenPlace, Places
from sozialraum.deliveries.signs import UnknownMark, read_value, sign_profiles
from sozialraum.deliveries.table import Table


def read_facilities(
    table: Table, rule: FacilityRule, places: Places, periods: Periods, log: Collector,
    hidden: list[HiddenPlace] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """One row per facility and group of places, sorted by number; unknown kinds are left out and said.

    No finding about a protected facility quotes a cell of its row. hidden : takes what its withheld columns say, with
    its kind; see `Reading.hidden_places`.
    """
    blocks = Lookup(str(block) for block in places.blocks["block_id"])
    positions = Positions(rule.position, places, table, log) if rule.position else None
    rows, padded = [], list[tuple[int, str, str]]()
    for position in range(len(table.rows)):
        row = {name: str(cells[position]).strip() for name, cells in table.cells.items() if name not in rule.withheld}
        text = row[rule.kind] if rule.kind else ""
        kind = rule.every or rule.kinds.get(text, "")
        if positions and not positions.belongs(row, position):
            continue
        if _is_protected(row, rule, position, table, log):
            kind = kind or "womens_shelter"
            _say_dropped(row, rule, position, table, log)
            if hidden is not None:
                hidden += [HiddenPlace(str(table.cells[name][position]), kind) for name in rule.withheld]
            row |= {rule.name: ""}
            protected = True
        else:
            protected = False
            if not kind:
                _unknown_kind(text, rule, position, table, log)
                continue
        if protected:
            block = ""
        elif positions:
            block = positions.block(row, position)
        else:
            block = _block(row, rule, blocks, position, table, padded, log)
        period = periods.texts[periods.codes[position]]
        if not rule.places:  # a list without capacities: that it is there is all that is known
            none = Value(None, None, Status.MISSING)
            rows.append((row[rule.number], row[rule.name], kind, block, "", none, period, protected))
        for number, each in enumerate(rule.places):
            value = _places(row, each, protected, position, table, log)
            group = each.group if kind in each.kinds and (not each.only or text in each.only) else ""
            if number == 0 or group:
                rows.append((row[rule.number], row[rule.name], kind, block, group, value, period, protected))
    if positions:
        positions.say_elsewhere()
    _say_padded(padded, table, rule, log)
    return _frame(rows, table, rule)


def _is_protected(row: dict[str, str], rule: FacilityRule, position: int, table: Table, log: Collector) -> bool:
    """Protected by its mark or its kind; a mark nobody agreed on protects as well."""
    mark = row[rule.protection].casefold() if rule.protection else ""
    kind = row[rule.kind].casefold() if rule.kind else ""
    if mark in rule.protected or any(beginning in kind for beginning in rule.always_protected):
        return True
    if mark in rule.open or not rule.protection:
        return False
    log.add("warning", _("Der Eintrag ist nicht vorgesehen; die Einrichtung gilt vorsorglich als geschützt."),
            **table.at(rule.protection, position), code="unknown_sign")  # fmt: skip
    return True


def _say_dropped(row: dict[str, str], rule: FacilityRule, position: int, table: Table, log: Collector) -> None:
    """Warn when a protected row names a place; never repeat what it says."""
    withheld = {name: str(table.cells[name][position]).strip() for name in rule.withheld}
    told = [name for name, text in withheld.items() if text and text.casefold() not in ("nicht mitgeteilt", "-", "–")]
    places = (rule.position.x, rule.position.y) if rule.position else (rule.block,)
    told += [name for name in places if name and row[name]]
    if told:
        log.add(
            "warning",
            _("Eine geschützte Einrichtung ist mit Ortsangabe ({heads}) verzeichnet; sie wurde nicht gelesen.").format(
                heads=", ".join(table.heads[name] for name in told)
            ),
            sheet=table.sheet,
            row=int(table.rows[position]),
            code="shelter",
            todo=_(
                "Die Datei wird nicht aufbewahrt, nur ihre Zahlen und ihre Prüfsumme. "
                "Bitte die Datei ohne diese Angabe neu liefern lassen und die alte löschen."
            ),
        )  # fmt: skip


def _unknown_kind(kind: str, rule: FacilityRule, position: int, table: Table, log: Collector) -> None:
    log.add("warning", _("Die Art „{kind}“ ist nicht vorgesehen; die Einrichtung wurde nicht übernommen.").format(
        kind=kind), **table.at(rule.kind, position), code="unknown_sign", found=kind,
        todo=_("Vorgesehen sind: {kinds}.").format(kinds=", ".join(rule.kinds)))  # fmt: skip


def _block(
    row: dict[str, str], rule: FacilityRule, blocks: Lookup, position: int, table: Table,
    padded: list[tuple[int, str, str]], log: Collector,
) -> str:  # fmt: skip
    """The block of a row, '' without one; keys whose zeros were lost are remembered in `padded`."""
    text, place = row[rule.block], table.at(rule.block, position)
    if not text:
        log.add("warning", _("Ohne Baustein; die Einrichtung zählt nur in den Summen."), **place, code="empty")
        return ""
    block, lost = blocks.find(text)
    if not block:
        near = blocks.nearest(text)
        log.add("error", _("„{key}“ ist nicht bekannt.").format(key=text),
                todo=_("Am ähnlichsten ist „{near}“.").format(near=near) if near else "", **place,
                code="unknown_key", found=text, offer=near)  # fmt: skip
    if lost:
        padded.append((position, text, block))
    return block


def _say_padded(padded: list[tuple[int, str, str]], table: Table, rule: FacilityRule, log: Collector) -> None:
    """One warning for all keys that lost their leading zeros."""
    if padded:
        position, text, name = padded[0]
        count = len({each[1] for each in padded})
        what = plural(
            "Führende Null verloren: „{text}“ wurde als „{name}“ gelesen.",
            "Führende Nullen verloren, {count} Schlüssel ergänzt: „{text}“ wurde als „{name}“ gelesen.",
            count,
        ).format(text=text, name=name, count=count)
        log.add("warning", what, **table.at(rule.block, position), code="lost_zeros", found=text, offer=name,
                todo=_("Bitte Schlüssel künftig als Text liefern lassen."))  # fmt: skip


def _places(
    row: dict[str, str], rule: PlacesRule, protected: bool, position: int, table: Table, log: Collector
) -> Value:
    where = _("Zeile {row}, Spalte {letter}").format(row=table.rows[position], letter=table.letters[rule.column])
    try:
        value = read_value(row[rule.column], sign_profiles()[rule.signs], where)
        if value.low is None or (value.low >= 0 and value.low.is_integer()):
            return _unrounded(value, rule.rounded_to)
    except UnknownMark:
        pass
    what = _("Das ist keine Platzzahl.") if protected else _("„{text}“ ist keine Platzzahl.").format(
        text=row[rule.column])  # fmt: skip
    log.add("error", what, **table.at(rule.column, position), code="unknown_sign",
            found="" if protected else row[rule.column])  # fmt: skip
    return Value(None, None, Status.MISSING, where)


def _unrounded(value: Value, step: int) -> Value:
    """What a number rounded to multiples of `step` stands for: 65 rounded to 5 is 63 to 67."""
    if step <= 1 or value.low is None or value.high is None:
        return value
    half = step // 2
    return Value(max(0.0, value.low - half), value.high + half, Status.ROUNDED, value.provenance)


def _frame(rows: list[tuple], table: Table, rule: FacilityRule) -> pd.DataFrame:
    records = [
        (
            number, name, kind, block, group,
            np.nan if value.low is None else value.low, np.nan if value.high is None else value.high,
            value.status.value, value.provenance, period, protected,
        )
        for number, name, kind, block, group, value, period, protected in rows
    ]  # fmt: skip
    frame = pd.DataFrame(records, columns=list(FACILITY_COLUMNS))
    texts = {name: "str" for name in FACILITY_COLUMNS if name not in ("low", "high", "protected")}
    return frame.astype({**texts, "low": float, "high": float, "protected": bool})
