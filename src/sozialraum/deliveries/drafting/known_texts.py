"""Which unit of the project a text names: key of a block or area, nine-digit key, municipality, or a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from sozialraum.base import InputRefused
from sozialraum.deliveries.known_keys import Known, Names, known_names, known_units
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import KeyRule, UnitKind

# Finest first: where two columns name units, the finer one is the key.
_GROUNDS: tuple[tuple[UnitKind, bool], ...] = (
    ("block", False), ("area", False), ("agency", False), ("municipality", False), ("area", True),
    ("municipality", True),
)  # fmt: skip
# What stands in the column of keys where a row is no place
_SUM = re.compile(
    r"(?i)(?:(?:zwischen|end|gesamt)?summe|insgesamt|gesamt|zusammen|total|alle(?: gebiete)?|"
    r"(?:summe|gesamt|insgesamt)[ :]+\S.*|\S.{0,40}[ ,:-]+(?:insgesamt|gesamt|zusammen))\W*"
)
_AGENCY_SUM = re.compile(r"\d{6}SUM|\d{3}SUMSUM|SUMSUMSUM")
_RESIDUAL = re.compile(
    r"(?i)(?:ohne|keine) (?:angaben?|zuordnung|räumliche zuordnung)|k\. ?a\.|unbekannt|nicht (?:zuorden|zuordn)bar|"
    r"nicht zugeordnet|ohne festen wohnsitz|nicht zuzuordnen"
)
# 'Baustein' and 'Sozialraum' of a register: '05999004-ohne'
_TOWN_RESIDUAL = re.compile(r"\d{7,8}-ohne")


@dataclass
class Ground:
    """One way of naming units. kind, names, geography : as in KeyRule. keys : some texts, for their form."""

    kind: UnitKind
    names: bool
    find: Callable[[str], str]
    keys: tuple[str, ...]
    found: dict[str, str] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()
    geography: str = ""

    def names_none_of(self, texts: Collection[str]) -> bool:
        """Whether surely none of these texts names a unit; quick, for columns of many texts."""
        if self.names:
            return not any(text[:1].isalpha() for text in islice(texts, 50))
        self.texts = self.texts or frozenset(self.keys) | frozenset(key.lstrip("0") for key in self.keys)
        long = self.kind == "municipality" and any(len(text) == 12 for text in islice(texts, 200))
        return not long and self.texts.isdisjoint(texts)

    def unit(self, text: str) -> str:
        """The unit a text names ('' if none); a key that lost its zeros names one when only one can be meant."""
        if text not in self.found:
            self.found[text] = self.find(text)
        return self.found[text]


def grounds(places: Places) -> tuple[Ground, ...]:
    """Every way of naming units that the project knows, finest first; source geographies after the project's own."""
    made = [_ground(kind, names, places) for kind, names in _GROUNDS]
    made += [_of_geography(code, places) for code in sorted(places.geographies)]
    return tuple(ground for ground in made if ground is not None)


def _of_geography(code: str, places: Places) -> Ground | None:
    rule = KeyRule("key", "geography", geography=code)
    if not places.geographies[code]:
        return None
    known = known_units("", rule, places)
    return Ground("geography", False, partial(_by_key, known, "geography"), known.lookup.known, geography=code)


def _ground(kind: UnitKind, names: bool, places: Places) -> Ground | None:
    rule = KeyRule("key", kind, names=names)
    if names:
        known_as = known_names(rule, places)
        by_name = {key: key for key in known_as.shown}
        return Ground(kind, True, partial(_by_name, known_as), tuple(by_name)) if by_name else None
    try:
        known = known_units("", rule, places)
    except InputRefused:  # no areas yet
        return None
    return Ground(kind, False, partial(_by_key, known, kind), known.lookup.known) if known.keys else None


def _by_key(known: Known, kind: UnitKind, text: str) -> str:
    if kind == "municipality" and re.fullmatch(r"\d{12}", text):
        text = text[:5] + text[9:]  # the key with the association of municipalities in it
    name = known.lookup.find(text)[0]
    return known.keys[name][0] if name else ""


def _by_name(names: Names, text: str) -> str:
    found = names.find(text) if text and text.count(",") < 2 and len(text) < 80 else ()  # 'Aachen, Stadt'
    return found[0] if len(found) == 1 else ""


def is_sum(text: str) -> bool:
    """'Summe', 'Insgesamt', 'Kreis insgesamt', '101100SUM': a row that adds up others."""
    return bool(_SUM.fullmatch(text) or _AGENCY_SUM.fullmatch(text))


def is_agency_sum(text: str) -> bool:
    return bool(_AGENCY_SUM.fullmatch(text))


def is_residual(text: str) -> bool:
    """'keine Angabe', 'nicht zuordenbar', '05999004-ohne': counted, but of no place."""
    return bool(_RESIDUAL.fullmatch(text) or _TOWN_RESIDUAL.fullmatch(text))


def is_town_residual(text: str) -> bool:
    return bool(_TOWN_RESIDUAL.fullmatch(text))


def looks_like_key(text: str, keys: Iterable[str]) -> bool:
    """Whether a text is written like the keys: the same digits and letters at the same places, zeros lost or not."""
    shape = _shape(text)
    if not any(character.isdigit() for character in text):
        return False
    return any(len(key) - len(text) <= 1 and _shape(key).endswith(shape) for key in keys)


def _shape(text: str) -> str:
    return re.sub(r"[a-zA-Z]", "a", re.sub(r"\d", "9", text))
