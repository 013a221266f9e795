"""Which unit each row belongs to: a block, an area, nobody's place ('keine Angabe'), or a sum."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from sozialraum.base import _, plural
from sozialraum.deliveries.collector import Collector, also
from sozialraum.deliveries.known_keys import REGION, Known, Lookup, known_units
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import KeyRule, Recipe, SumRule
from sozialraum.deliveries.table import Codes, Table

__all__ = ["REGION", "Known", "Lookup", "Unit", "Units", "is_taken_over", "known_units", "resolve_units"]


_LIKE_A_KEY = re.compile(r"[\w.-]*\d[\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a key stands for.

    role : place (block or area), residual (counted, but nowhere), sum, or unknown.
    name : block_id, area_id; for residual rows and published totals AGS or 'region'; '' = not taken over.
    municipality : AGS, '' if none.
    begins : for sums, the beginning of the keys of its parts.
    """

    role: Literal["place", "residual", "sum", "unknown"]
    name: str = ""
    municipality: str = ""
    key: str = ""
    begins: str = ""
    rule: SumRule | None = None


def is_taken_over(unit: Unit) -> bool:
    """Whether the values of a unit become observations."""
    return unit.role in ("place", "residual") or (unit.role == "sum" and bool(unit.name))


@dataclass(frozen=True, slots=True)
class Units:
    """The unit of every row: positions in the distinct units."""

    codes: np.ndarray
    units: tuple[Unit, ...]

    def are(self, role: str) -> np.ndarray:
        """Boolean per row: the row's unit has this role."""
        return np.array([unit.role == role for unit in self.units], dtype=bool)[self.codes]

    def taken_over(self) -> np.ndarray:
        """Boolean per row: places, rows without a place, and sums that are published totals."""
        return np.array([is_taken_over(unit) for unit in self.units], dtype=bool)[self.codes]

    def municipalities(self) -> tuple[str, ...]:
        """AGS of the places and residual rows of the file, sorted."""
        found = {unit.municipality for unit in self.units if unit.role in ("place", "residual")}
        return tuple(sorted(found - {"", REGION}))


def resolve_units(table: Table, recipe: Recipe, rule: KeyRule, places: Places, log: Collector) -> Units:
    """The unit of every row; unknown keys and contradicting municipalities become findings."""
    known = known_units(log.file, rule, places)
    keys = table.coded(rule.column)
    towns = table.coded(rule.municipality) if rule.municipality else Codes(np.zeros(len(keys.codes), int), ("",))
    pairs = keys.codes * len(towns.texts) + towns.codes
    for position in table.meant:  # rows a person explained need no known key
        pairs[position] = -1 - position
    distinct, first, codes, counts = np.unique(pairs, return_index=True, return_inverse=True, return_counts=True)
    resolver = _Resolver(table, recipe, rule, known, log)
    units = []
    for pair, row, count in zip(distinct.tolist(), first.tolist(), counts.tolist(), strict=True):
        key, town = keys.texts[pair // len(towns.texts)], towns.texts[pair % len(towns.texts)]
        units.append(resolver.unit(key, town, row, count) if pair >= 0 else _as_meant(table, rule, row))
    resolver.say_padded()
    return _with_the_only_town(Units(codes, tuple(units)), rule.regional)


def _as_meant(table: Table, rule: KeyRule, position: int) -> Unit:
    """The unit of a row a person called a sum or persons without a place."""
    key = str(table.cells[rule.column][position]).strip()
    if table.meant[position] == "total":
        return Unit("sum", key=key, rule=SumRule(re.compile("()")))
    return Unit("residual", key=key)


def _with_the_only_town(units: Units, regional: bool) -> Units:
    """Rows that name no municipality belong to the file's only one; else residual rows to the region.

    regional : see `KeyRule`; residual rows then never belong to the only municipality.
    """
    towns = {unit.municipality for unit in units.units if unit.role == "place"}
    only = next(iter(towns)) if len(towns) == 1 else ""
    return Units(units.codes, tuple(_in_the_only_town(unit, only, regional) for unit in units.units))


def _in_the_only_town(unit: Unit, only: str, regional: bool) -> Unit:
    if unit.name:
        return unit
    if unit.role == "residual" and regional:
        return replace(unit, name=REGION, municipality=REGION)
    if unit.role == "residual":
        return replace(unit, name=only or REGION, municipality=only or REGION)
    if unit.rule is not None and unit.rule.total == "municipality" and not unit.begins:
        return replace(unit, name=only, municipality=only)
    return unit


class _Resolver:
    """Resolves the distinct keys of one file and remembers whose zeros were put back."""

    def __init__(self, table: Table, recipe: Recipe, rule: KeyRule, known: Known, log: Collector) -> None:
        self.table, self.recipe, self.rule, self.known, self.log = table, recipe, rule, known, log
        self.padded: dict[str, list[tuple[int, str, str]]] = {}

    def unit(self, key: str, town: str, row: int, count: int) -> Unit:
        town_known = self._town(town, row, count) if self.rule.municipality else ""
        if town_known is None:
            return Unit("unknown", key=key)
        residual = self.rule.residual.fullmatch(key) if self.rule.residual else None
        if residual:
            return self._residual(residual, key, town_known, row, count)
        for rule in self.recipe.sums:
            found = rule.key.fullmatch(key)
            if found:
                return self._sum(rule, found[1], key, town_known, row)
        name, padded = self.known.lookup.find(key)
        if not name:
            return self._unknown(key, self.rule.column, self.known.nearest(key), row, count)
        if padded:
            self.padded.setdefault(self.rule.column, []).append((row, key, name))
        unit, ags = self.known.keys[name]
        return self._agreeing(Unit("place", unit, ags, name), town_known, row)

    def _town(self, text: str, row: int, count: int) -> str | None:
        """The AGS of the municipality column ('' stays ''), None when it is not known."""
        if not text:
            return ""
        name, padded = self.known.municipalities.find(text)
        if not name:
            self._unknown(text, self.rule.municipality, self.known.municipalities.nearest(text), row, count)
            return None
        if padded:
            self.padded.setdefault(self.rule.municipality, []).append((row, text, name))
        return name

    def _residual(self, found: re.Match[str], key: str, town: str, row: int, count: int) -> Unit:
        text = found[1] if found.re.groups else ""
        if not text:
            return Unit("residual", town, town, key)
        name, padded = self.known.municipalities.find(text)
        if not name:
            return self._unknown(key, self.rule.column, self.known.municipalities.nearest(text), row, count)
        if padded:
            self.padded.setdefault(self.rule.column, []).append((row, key, name + key[len(text) :]))
        return Unit("residual", name, name, key)

    def _sum(self, rule: SumRule, begins: str, key: str, town: str, row: int) -> Unit:
        if begins and not any(each.startswith(begins) for each in self.known.lookup.known):
            return self._unknown(key, self.rule.column, "", row, 1)
        towns = {ags for each, (_unit, ags) in self.known.keys.items() if each.startswith(begins)} if begins else set()
        home = next(iter(towns)) if len(towns) == 1 else town
        name = {"municipality": home, "region": REGION, "": ""}[rule.total]
        return self._agreeing(Unit("sum", name, home, key, begins, rule), town, row)

    def _agreeing(self, unit: Unit, town: str, row: int) -> Unit:
        """The unit, unless the municipality column names another one."""
        if town and unit.municipality and town != unit.municipality:
            self._error(self.rule.municipality, row, _(
                "Der Schlüssel „{key}“ liegt in der Gemeinde {right}, in der Spalte steht {there}.").format(
                key=unit.key, right=unit.municipality, there=town),
                code="unknown_key", found=town, offer=unit.municipality)  # fmt: skip
            return Unit("unknown", key=unit.key)
        if self.rule.municipality and not town and unit.role == "place":
            self._error(self.rule.municipality, row, _("Die Gemeinde fehlt."), code="unknown_key",
                        offer=unit.municipality)  # fmt: skip
        return unit

    def _unknown(self, key: str, column: str, near: str, row: int, count: int) -> Unit:
        what = _("„{key}“ ist nicht bekannt.").format(key=key) if key else _("Das Feld ist leer.")
        if key and self.recipe.records and not _LIKE_A_KEY.fullmatch(key):
            what, key, near = (
                _("Der Schlüssel ist nicht bekannt."),
                "",
                "",
            )  # columns may be shifted to a name
        named = self.known.names.shown.get(near, "") if self.known.names else ""
        shown = f"{named} ({near})" if named else near
        hint = _("Am ähnlichsten ist „{near}“.").format(near=shown) if near else ""
        self._error(column, row, what + also(count - 1), hint, code="unknown_key", found=key, offer=near)
        return Unit("unknown", key=key)

    def _error(self, column: str, row: int, what: str, todo: str = "", **kind: Any) -> None:
        self.log.add("error", what, **self.table.at(column, row), todo=todo, **kind)

    def say_padded(self) -> None:
        """One warning per column whose leading zeros were lost."""
        for column, cases in sorted(self.padded.items()):
            row, text, name = min(cases)
            what = plural(
                "Führende Null verloren: „{text}“ wurde als „{name}“ gelesen.",
                "Führende Nullen verloren, {count} Schlüssel ergänzt: „{text}“ wurde als „{name}“ gelesen.",
                len({case[1] for case in cases}),
            ).format(text=text, name=name, count=len({case[1] for case in cases}))
            self.log.add("warning", what, **self.table.at(column, row), code="lost_zeros", found=text, offer=name,
                         todo=_("Bitte Schlüssel künftig als Text liefern lassen."))  # fmt: skip
