"""Every key a file may name: found exactly, without its leading zeros, or by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sozialraum.base import _
from sozialraum.deliveries.collector import refuse
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import KeyRule

REGION = "region"
_NEAREST_SOUGHT = 50  # comparing texts is slow; beyond this a person needs another file, not hints


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
    names: Names | None = None

    def nearest(self, text: str) -> str:
        """The known key most like the text, or whose name is most like it; '' when none is."""
        return (self.names.nearest(text) if self.names else "") or self.lookup.nearest(text)


def known_units(file: str, rule: KeyRule, places: Places) -> Known:
    """The units a key of this kind can name; refused when areas are asked for and there are none yet."""
    keys = _keys(rule, places)
    if not keys and rule.kind == "geography":
        raise refuse(
            file,
            _("Die Gliederung, zu der die Zahlen gehören, gibt es im Projekt nicht."),
            _("Bitte nehmen Sie zuerst ihre Einheiten auf der Seite „Übertragung“ auf."),
        )
    if not keys and rule.kind not in ("block", "municipality", "district"):
        raise refuse(
            file,
            _("Die Zahlen gelten für Gebiete, im Projekt gibt es aber noch keine."),
            _("Bitte zuerst Gebiete vorschlagen oder übernehmen."),
        )
    towns = Lookup(str(ags) for ags in places.municipalities["ags"])
    return Known(keys, Lookup(keys), towns, known_names(rule, places) if rule.names else None)


def _keys(rule: KeyRule, places: Places) -> dict[str, tuple[str, str]]:
    if rule.kind == "municipality":
        return {str(ags): (str(ags), str(ags)) for ags in places.municipalities["ags"]}
    if rule.kind == "district":
        return {ags[:5]: (REGION, REGION) for ags in map(str, places.municipalities["ags"])}
    if rule.kind == "block":
        blocks = zip(places.blocks["block_id"], places.blocks["municipality"], strict=True)
        return {str(block): (str(block), str(ags)) for block, ags in blocks}
    if rule.kind == "geography":
        return {unit: (unit, "") for unit in places.geographies.get(rule.geography, {})}
    if not places.plan_id:
        return {}
    if rule.kind == "area":
        return {area: (area, area.split("-")[0]) for area in places.area_ids}
    return {key: (area, area.split("-")[0]) for key, area in places.agency_keys.items()}


class Names:
    """Units by their names: exact after case and blanks, else without what follows a comma (', Stadt')."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """names : key -> name."""
        self.shown = dict(names)
        self._whole: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        for key, name in names.items():
            self._whole.setdefault(folded(name), []).append(key)
            self._short.setdefault(_short(name), []).append(key)

    def find(self, text: str) -> tuple[str, ...]:
        """The keys that can be meant: one, none, or several of the same name."""
        return tuple(self._whole.get(folded(text)) or self._short.get(_short(text)) or ())

    def nearest(self, text: str) -> str:
        """The key whose name is most like the text, '' when none is."""
        found = difflib.get_close_matches(folded(text), list(self._whole), n=1, cutoff=0.7)
        return self._whole[found[0]][0] if found else ""


def folded(text: str) -> str:
    """A name without differences of case and blanks."""
    return " ".join(text.split()).casefold()


def _short(text: str) -> str:
    return folded(text.split(",")[0])


def known_names(rule: KeyRule, places: Places) -> Names:
    """The names units of this kind have."""
    if rule.kind == "municipality":
        pairs = zip(places.municipalities["ags"], places.municipalities["name"], strict=True)
        return Names({str(ags): str(name) for ags, name in pairs})
    return Names(places.area_names)
