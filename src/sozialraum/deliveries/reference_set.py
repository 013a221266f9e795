"""Whether every unit that should have a row has one; a file that stops early is told from one with gaps."""

from __future__ import annotations

from sozialraum.base import _, plural
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.keys import Units, known_units
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
    wanted = {name: each for each, (name, ags) in known.items() if ags in towns}
    absent = sorted(set(wanted) - there)
    if not absent:
        return
    last = max((wanted[name] for name in there if name in wanted), default="")
    cut = len(absent) >= _ENOUGH_TO_BE_CUT and all(wanted[name] > last for name in absent) and _in_order(table, key)
    shown = ", ".join(absent[:_SHOWN]) + (" …" if len(absent) > _SHOWN else "")
    what = plural(
        "Für {count} Gebiet steht keine Zeile in der Datei: {areas}.",
        "Für {count} Gebiete steht keine Zeile in der Datei: {areas}.",
        len(absent),
    ).format(count=len(absent), areas=shown)
    if cut:
        what = _("Die Datei endet vermutlich zu früh, nach „{last}“.").format(last=last) + " " + what
    todo = _("Sie gelten als nicht geliefert.")
    if cut:
        todo = _("Bitte die Datei neu und vollständig liefern lassen.") + " " + todo
    row = int(table.rows[-1]) if cut else None
    log.add("warning", what, sheet=table.sheet, row=row, todo=todo, code="truncated" if cut else "incomplete")


def _in_order(table: Table, key: KeyRule) -> bool:
    texts = table.coded(key.column).texts  # in the order of the file
    return list(texts) == sorted(texts)
