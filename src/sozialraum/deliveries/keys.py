"""Which unit each row belongs to: a block, an area, nobody's place ('keine Angabe'), or a sum."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sozialraum.base import _, plural
from sozialraum.deliveries.collector import Collector, also, refuse
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import KeyRule, Recipe, SumRule
from sozialraum.deliveries.table import Codes, Table

REGION = "region"
_NEAREST_SOUGHT = 50  # comparing texts is slow; beyond this a person needs another file, not hints


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


class Lookup:
    """Known keys, found exactly or, when a spreadsheet ate leading zeros, by what is left of them."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = tuple(sorted(set(known)))
        self._exact = set(self.known)
        self._bare: dict[str, list[str]] = {}
        for key in self.known:
            self._bare.setdefault(key.lstrip("0"), []).append(key)
        self._sought = 0

    def find(self, text: str) -> tuple[str, bool]:
        """The known key and whether zeros had to be put back; '' when there is none or several."""
        if text in self._exact:
            return text, False
        similar = self._bare.get(text, [])
        return (similar[0], True) if len(similar) == 1 else ("", False)

    def nearest(self, text: str) -> str:
        """The known key most like the text, '' when none is."""
        self._sought += 1
        if self._sought > _NEAREST_SOUGHT:
            return ""
        beginning = [key for key in self.known if key[:8] == text[:8]]
        for pool in (beginning, self.known) if len(self.known) <= 2_000 else (beginning,):
            found = difflib.get_close_matches(text, pool, n=1, cutoff=0.6)
            if found:
                return found[0]
        return ""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything keys can name, ready for looking up. keys : file key -> (unit name, AGS)."""

    keys: Mapping[str, tuple[str, str]]
    lookup: Lookup
    municipalities: Lookup


def known_units(file: str, rule: KeyRule, places: Places) -> Known:
    """The units a key of this kind can name; refused when areas are asked for and there are none yet."""
    keys = _keys(rule, places)
    if not keys and rule.kind != "block":
        raise refuse(
            file,
            _("Die Zahlen gelten für Gebiete, im Projekt gibt es aber noch keine."),
            _("Bitte zuerst Gebiete vorschlagen oder übernehmen."),
        )
    return Known(keys, Lookup(keys), Lookup(str(ags) for ags in places.municipalities["ags"]))


def _keys(rule: KeyRule, places: Places) -> dict[str, tuple[str, str]]:
    if rule.kind == "block":
        blocks = zip(places.blocks["block_id"], places.blocks["municipality"], strict=True)
        return {str(block): (str(block), str(ags)) for block, ags in blocks}
    if not places.plan_id:
        return {}
    if rule.kind == "area":
        return {area: (area, area.split("-")[0]) for area in places.area_ids}
    return {key: (area, area.split("-")[0]) for key, area in places.agency_keys.items()}


def resolve_units(table: Table, recipe: Recipe, rule: KeyRule, places: Places, log: Collector) -> Units:
    """The unit of every row; unknown keys and contradicting municipalities become findings."""
    known = known_units(log.file, rule, places)
    keys = table.coded(rule.column)
    towns = table.coded(rule.municipality) if rule.municipality else Codes(np.zeros(len(keys.codes), int), ("",))
    pairs = keys.codes * len(towns.texts) + towns.codes
    distinct, first, codes, counts = np.unique(pairs, return_index=True, return_inverse=True, return_counts=True)
    resolver = _Resolver(table, recipe, rule, known, log)
    units = [
        resolver.unit(keys.texts[pair // len(towns.texts)], towns.texts[pair % len(towns.texts)], int(row), int(count))
        for pair, row, count in zip(distinct, first, counts, strict=True)
    ]
    resolver.say_padded()
    return _with_the_only_town(Units(codes, tuple(units)))


def _with_the_only_town(units: Units) -> Units:
    """Rows that name no municipality belong to the file's only one; else residual rows to the region."""
    towns = {unit.municipality for unit in units.units if unit.role == "place"}
    only = next(iter(towns)) if len(towns) == 1 else ""
    return Units(units.codes, tuple(_in_the_only_town(unit, only) for unit in units.units))


def _in_the_only_town(unit: Unit, only: str) -> Unit:
    if unit.name:
        return unit
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
            return self._unknown(key, self.rule.column, self.known.lookup.nearest(key), row, count)
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
                key=unit.key, right=unit.municipality, there=town))  # fmt: skip
            return Unit("unknown", key=unit.key)
        if self.rule.municipality and not town and unit.role == "place":
            self._error(self.rule.municipality, row, _("Die Gemeinde fehlt."))
        return unit

    def _unknown(self, key: str, column: str, near: str, row: int, count: int) -> Unit:
        what = _("„{key}“ ist nicht bekannt.").format(key=key) if key else _("Das Feld ist leer.")
        hint = _("Am ähnlichsten ist „{near}“.").format(near=near) if near else ""
        self._error(column, row, what + also(count - 1), hint)
        return Unit("unknown", key=key)

    def _error(self, column: str, row: int, what: str, todo: str = "") -> None:
        table = self.table
        self.log.add("error", what, sheet=table.sheet, row=int(table.rows[row]), column=table.heads[column], todo=todo)

    def say_padded(self) -> None:
        """One warning per column whose leading zeros were lost."""
        for column, cases in sorted(self.padded.items()):
            row, text, name = min(cases)
            what = plural(
                "Führende Null verloren: „{text}“ wurde als „{name}“ gelesen.",
                "Führende Nullen verloren, {count} Schlüssel ergänzt: „{text}“ wurde als „{name}“ gelesen.",
                len({case[1] for case in cases}),
            ).format(text=text, name=name, count=len({case[1] for case in cases}))
            self.log.add("warning", what, sheet=self.table.sheet, row=int(self.table.rows[row]),
                         column=self.table.heads[column],
                         todo=_("Bitte Schlüssel künftig als Text liefern lassen."))  # fmt: skip
