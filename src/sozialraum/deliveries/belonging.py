"""Which rows of a table are about the project: tables of a whole Land hold mostly others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sozialraum.base import _, plural, quoted
from sozialraum.base.numbers import count as shown
from sozialraum.deliveries.collector import Collector, also, refuse
from sozialraum.deliveries.known_keys import Lookup, Names, known_names
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.recipe import KeyRule, Recipe
from sozialraum.deliveries.table import Table

IN_TITLE = "(title)"
# Keys of official statistics: Germany, Land, Regierungsbezirk, Kreis, Gemeinde; a lost zero makes them one shorter.
_OFFICIAL_KEY = re.compile(r"(?:DG|\d{1,5}|\d{7,9}|\d{11,12})", re.ASCII)


def unit_from_title(table: Table, recipe: Recipe, rule: KeyRule, log: Collector) -> tuple[Table, KeyRule]:
    """The table with the unit named above it as a column, where the recipe says that it stands there."""
    if rule.title is None:
        return table, rule
    found = next((hit[1] for line in reversed(table.titles) if (hit := rule.title.fullmatch(line))), "")
    if not found:
        raise refuse(log.file, _("Über der Tabelle steht kein Gebiet."), _("Erwartet wird: {title}.").format(
            title=_(recipe.title)))  # fmt: skip
    return table.with_column(IN_TITLE, [found] * len(table.rows), _("Gebiet")), replace(rule, column=IN_TITLE)


def named_units(table: Table, recipe: Recipe, rule: KeyRule, places: Places, log: Collector) -> Table:
    """The table with keys in place of the names of units; names that fit none are left to be found unknown."""
    if not rule.names:
        return table
    names = known_names(rule, places)
    coded = table.coded(rule.column)
    keys = [_key(names, text, table, rule, int(np.argmax(coded.codes == i)), log) for i, text in enumerate(coded.texts)]
    return table.with_texts(rule.column, keys)


def _key(names: Names, text: str, table: Table, rule: KeyRule, row: int, log: Collector) -> str:
    found = names.find(text)
    if len(found) > 1:
        log.add("error", _("„{text}“ heißen mehrere: {keys}.").format(
            text=text, keys=", ".join(quoted(f"{names.shown[key]} ({key})") for key in found)),
            **table.at(rule.column, row), code="ambiguous", found=text, offer=found[0],
            todo=_("Bitte den Schlüssel liefern lassen."))  # fmt: skip
        return found[0]
    return found[0] if found else text


def only_ours(table: Table, rule: KeyRule, places: Places, log: Collector) -> Table:
    """The rows of municipalities or Kreise of the project; how many others there were is said.

    Raises InputRefused in one sentence when no row is about the project.
    """
    if rule.kind not in ("municipality", "district"):
        return table
    key_of = _municipality(places) if rule.kind == "municipality" else _district(places, log)
    coded = table.coded(rule.column)
    keys = [key_of(text) for text in coded.texts]
    for code, (text, key) in enumerate(zip(coded.texts, keys, strict=True)):
        if key or rule.names or _OFFICIAL_KEY.fullmatch(text) or _has_a_role(text, rule):
            continue
        rows = np.flatnonzero(coded.codes == code)
        log.add("error", _("„{key}“ ist kein amtlicher Schlüssel.").format(key=text) + also(len(rows) - 1),
                **table.at(rule.column, int(rows[0])), code="unknown_key", found=text)  # fmt: skip
    ours = np.array([bool(key) or _has_a_role(text, rule) for text, key in zip(coded.texts, keys, strict=True)])
    mask = ours[coded.codes]
    mask[list(table.meant)] = True
    log.refuse_on_errors()
    if not any(keys):
        what = _("Keine Zeile der Datei gehört zum Projekt; sie nennt zum Beispiel {example}.")
        todo = _("Bitte prüfen, ob die richtige Datei geliefert wurde.")
        raise refuse(log.file, what.format(example=quoted(next(iter(coded.texts), ""))), todo)
    _say_elsewhere(int((~mask).sum()), rule, log)
    _say_padded(table, rule, keys, log)
    return table.with_texts(rule.column, [key or text for key, text in zip(keys, coded.texts, strict=True)]).only(mask)


def _has_a_role(text: str, rule: KeyRule) -> bool:
    return rule.residual is not None and rule.residual.fullmatch(text) is not None


def _municipality(places: Places) -> Callable[[str], str]:
    """AGS of a key in any of its forms: 8 digits, 12 digits of the ARS, 5 digits of a town that is its own Kreis."""
    known = Lookup(str(ags) for ags in places.municipalities["ags"])

    def key_of(text: str) -> str:
        if len(text) in (11, 12) and text.isdigit():
            long = text.zfill(12)
            text = long[:5] + long[9:]
        if len(text) == 5 and text.isdigit():
            text += "000"
        return known.find(text)[0]

    return key_of


def _district(places: Places, log: Collector) -> Callable[[str], str]:
    districts = {str(ags)[:5] for ags in places.municipalities["ags"]}
    if len(districts) > 1:
        raise refuse(log.file, _("Die Zahlen gelten für Kreise, das Projekt umfasst aber mehrere."))

    def key_of(text: str) -> str:
        key = text.zfill(5) if len(text) == 4 else text[:5] if text[5:] == "000" else text
        return key if key in districts else ""

    return key_of


def _say_elsewhere(rows: int, rule: KeyRule, log: Collector) -> None:
    if rows and rule.kind == "district":
        log.skipped.append(
            plural("{count} Zeile eines anderen Kreises.", "{count} Zeilen anderer Kreise.", rows).format(
                count=shown(rows)
            )
        )
    elif rows:
        log.skipped.append(
            plural(
                "{count} Zeile einer Gemeinde, die nicht zum Projekt gehört.",
                "{count} Zeilen von Gemeinden, die nicht zum Projekt gehören.",
                rows,
            ).format(count=shown(rows))
        )


def _say_padded(table: Table, rule: KeyRule, keys: list[str], log: Collector) -> None:
    """One warning where a spreadsheet ate leading zeros of keys that are ours."""
    coded = table.coded(rule.column)
    lost = [(code, text, key) for code, (text, key) in enumerate(zip(coded.texts, keys, strict=True))
            if key and len(text) in (4, 7, 11) and text.isdigit()]  # fmt: skip
    if lost:
        code, text, key = lost[0]
        what = plural(
            "Führende Null verloren: „{text}“ wurde als „{name}“ gelesen.",
            "Führende Nullen verloren, {count} Schlüssel ergänzt: „{text}“ wurde als „{name}“ gelesen.",
            len(lost),
        ).format(text=text, name=key, count=len(lost))
        log.add("warning", what, **table.at(rule.column, int(np.argmax(coded.codes == code))), code="lost_zeros",
                found=text, offer=key, todo=_("Bitte Schlüssel künftig als Text liefern lassen."))  # fmt: skip
