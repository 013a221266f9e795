"""Whether every unit that should have a row has one; a file that stops early is told from one with gaps."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from sozialraum.base import _, plural
from sozialraum.base.numbers import count as number
from sozialraum.base.numbers import day
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.keys import Units, known_units
from sozialraum.deliveries.periods import Periods, lonely_dates
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import KeyRule
from sozialraum.deliveries.table import Table

_SHOWN = 12
_ENOUGH_TO_BE_CUT = 5


def say_absent(table: Table, key: KeyRule, places: Places, units: Units, log: Collector) -> None:
    """Warn of units without a row: areas always, blocks and municipalities where the recipe says `every`.

    Where the rows are in the order of their keys and only the last units are absent, the file was probably cut off.
    """
    if key.kind not in ("area", "agency") and not key.every:
        return
    known = known_units(log.file, key, places).keys
    there = {unit.name for unit in units.units if unit.role == "place"}
    towns = set(units.municipalities())
    wanted = {name: each for each, (name, ags) in known.items() if ags in towns or key.kind == "geography"}
    absent = sorted(set(wanted) - there)
    if not absent:
        return
    last = max((wanted[name] for name in there if name in wanted), default="")
    cut = len(absent) >= _ENOUGH_TO_BE_CUT and all(wanted[name] > last for name in absent) and _in_order(table, key)
    what = plural(
        "Für {count} Gebiet steht keine Zeile in der Datei: {areas}.",
        "Für {count} Gebiete steht keine Zeile in der Datei: {areas}.",
        len(absent),
    ).format(count=len(absent), areas=_named(absent))
    if cut:
        what = _("Die Datei endet vermutlich zu früh, nach „{last}“.").format(last=last) + " " + what
    todo = _("Sie gelten als nicht geliefert.")
    if cut:
        todo = _("Bitte die Datei neu und vollständig liefern lassen.") + " " + todo
    row = int(table.rows[-1]) if cut else None
    log.add("warning", what, sheet=table.sheet, row=row, todo=todo, code="truncated" if cut else "incomplete",
            facts=_all_of(absent))  # fmt: skip


def say_holes(table: Table, key: KeyRule, places: Places, units: Units, periods: Periods, log: Collector) -> None:
    """Findings on a complete list, in which what is absent would be read as zero; for each of its dates.

    Inhabited blocks without any row: a warning; an error where the file is in the order of its keys and has nothing
    at all after its last one, or where a date has rows for less than half of the blocks another date has.
    Blocks nobody lives in may be absent.
    """
    blocks = places.blocks[places.blocks["municipality"].isin(units.municipalities())]
    inhabited = set(blocks.loc[blocks["population"] > 0, "block_id"].astype(str))
    if key.kind != "block" or not inhabited:
        return
    named = np.array([unit.name if unit.role == "place" else "" for unit in units.units], dtype=object)
    wrong = set(lonely_dates(periods).tolist())
    rows = {place: np.flatnonzero(periods.codes == place) for place, text in enumerate(periods.texts)
            if text and place not in wrong}  # fmt: skip
    there = {place: set(named[np.unique(units.codes[own])].tolist()) - {""} for place, own in rows.items()}
    most = max(there, key=lambda place: len(there[place]), default=None)
    absent_before: list[str] = []
    for place, own in rows.items():
        absent = sorted(inhabited - there[place])
        if most is not None and 2 * len(there[place]) < len(there[most]):
            _say_other_date(table, periods.texts[place], len(there[place]), periods.texts[most], own, log)
        elif absent and absent != absent_before:
            dated = periods.texts[place] if len(rows) > 1 else ""
            _say_hole(table, key, absent, own, dated, log)
            absent_before = absent


def _say_other_date(table: Table, date: str, blocks: int, other: str, rows: np.ndarray, log: Collector) -> None:
    what = plural(
        "Zum {date} stehen nur Zeilen für {count} Baustein in der Datei, viel weniger als zum {other}.",
        "Zum {date} stehen nur Zeilen für {count} Bausteine in der Datei, viel weniger als zum {other}.",
        blocks,
    ).format(date=day(date), count=number(blocks), other=day(other))
    todo = _("Was fehlt, gälte als null. Bitte klären, welcher Stichtag gilt.")
    log.add("error", what, sheet=table.sheet, row=int(table.rows[rows[0]]) if len(rows) else None, code="date",
            found=day(date), offer=day(other), todo=todo)  # fmt: skip


def _say_hole(table: Table, key: KeyRule, absent: list[str], rows: np.ndarray, date: str, log: Collector) -> None:
    coded = table.coded(key.column)
    order = [coded.texts[code] for code in coded.codes[rows].tolist()]
    cut = len(absent) >= _ENOUGH_TO_BE_CUT and absent[0] > max(order, default="") and order == sorted(order)
    what = plural(
        "Für {count} bewohnten Baustein steht keine Zeile in der Datei: {blocks}.",
        "Für {count} bewohnte Bausteine steht keine Zeile in der Datei: {blocks}.",
        len(absent),
    ).format(count=number(len(absent)), blocks=_named(absent))
    if date:
        what = _("Stichtag {date}:").format(date=day(date)) + " " + what
    if cut:
        what = _("Die Datei endet vermutlich zu früh, nach „{last}“.").format(last=order[-1]) + " " + what
    todo = (
        _("Bitte die Datei neu und vollständig liefern lassen.")
        if cut
        else _("Sie gälten als unbewohnt. Bitte prüfen, ob Zeilen fehlen.")
    )
    log.add("error" if cut else "warning", what, sheet=table.sheet, row=int(table.rows[rows[-1]]) if cut else None,
            todo=todo, code="truncated" if cut else "incomplete", facts=_all_of(absent))  # fmt: skip


def _named(keys: Sequence[str]) -> str:
    """The first keys; the others are counted in the sentence around them."""
    return ", ".join(keys[:_SHOWN]) + (" …" if len(keys) > _SHOWN else "")


def _all_of(keys: Sequence[str]) -> str:
    """A check number of a list that the sentence shortens, '' of one that it names in full."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:12] if len(keys) > _SHOWN else ""


def _in_order(table: Table, key: KeyRule) -> bool:
    texts = table.coded(key.column).texts  # in the order of the file
    return list(texts) == sorted(texts)
