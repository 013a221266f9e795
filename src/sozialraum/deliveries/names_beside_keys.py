"""Names that stand beside keys: a name that is another unit's contradicts its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sozialraum.base import _, quoted
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.keys import Units
from sozialraum.deliveries.known_keys import Names, known_names
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import KeyRule, Recipe
from sozialraum.deliveries.table import Table

NAME = "name"  # short name of the column in recipes
_SHIFTED_FROM, _MOST = 3, 0.8
_AREA = re.compile(r"(?P<town>\d{8})-.+", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Named:
    """A row whose name is some unit's. meant : units of that name."""

    row: int
    text: str
    unit: str
    meant: tuple[str, ...]

    @property
    def other(self) -> str:
        """The unit of the same municipality that has the name, where the key says another one; else ''."""
        if self.unit in self.meant:
            return ""
        return next((each for each in self.meant if _town(each) == _town(self.unit)), "")


def check_names(table: Table, recipe: Recipe, rule: KeyRule, places: Places, units: Units, log: Collector) -> None:
    """A warning for each row whose name is another unit's; one error where all stand one row beside their keys.

    Names nobody has are ignored: an office may call an area differently. In lists of single cases nothing is compared.
    """
    if (
        NAME not in recipe.columns
        or rule.names
        or recipe.records
        or rule.kind not in ("area", "agency", "municipality")
    ):
        return
    named = _named(table, units, known_names(rule, places))
    wrong = [each for each in named if each.other]
    if not wrong:
        return
    if _are_shifted(named, wrong):
        first = wrong[0]
        log.add("error", _("Die Namen stehen um eine Zeile versetzt zu den Schlüsseln."), **table.at(NAME, first.row),
                code="name_contradicts", found=first.text,
                todo=_("Bitte klären, ob die Werte zu den Namen oder zu den Schlüsseln gehören."))  # fmt: skip
        return
    keys = {unit.name: unit.key for unit in units.units if unit.role == "place"}
    shown = known_names(rule, places).shown
    for each in wrong:
        own = shown.get(each.unit, "")
        key = keys.get(each.unit, each.unit)
        log.add("warning", _("Der Name „{name}“ gehört zu einem anderen Gebiet als der Schlüssel {key}.").format(
            name=each.text, key=f"{quoted(key)} ({own})" if own else quoted(key)), **table.at(NAME, each.row),
            code="name_contradicts", found=each.text, offer=keys.get(each.other, each.other),
            todo=_("Bitte klären, ob der Name oder der Schlüssel gilt."))  # fmt: skip


def _named(table: Table, units: Units, names: Names) -> list[_Named]:
    coded = table.coded(NAME)
    meant = [names.find(text) if text else () for text in coded.texts]
    found = []
    for row, (code, place) in enumerate(zip(coded.codes.tolist(), units.codes.tolist(), strict=True)):
        unit = units.units[place]
        if unit.role == "place" and meant[code]:
            found.append(_Named(row, coded.texts[code], unit.name, meant[code]))
    return found


def _are_shifted(named: Sequence[_Named], wrong: Sequence[_Named]) -> bool:
    """Whether nearly every name is that of the unit one row above, or of the one below; one may be carried round."""
    if len(wrong) < _SHIFTED_FROM or len(wrong) < _MOST * len(named):
        return False
    pairs = list(pairwise(named))
    down = sum(above.unit in below.meant and above.unit != below.unit for above, below in pairs)
    up = sum(below.unit in above.meant and above.unit != below.unit for above, below in pairs)
    return max(down, up) >= min(len(named) - 1, _MOST * len(named))


def _town(unit: str) -> str:
    """The municipality of an area; of municipalities '': any of them may be meant."""
    found = _AREA.fullmatch(unit)
    return found["town"] if found else ""
