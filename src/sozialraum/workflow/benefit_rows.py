"""A name of a benefit with its period of validity, as one row; what is wrong with it, alone and beside others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sozialraum.base import _
from sozialraum.base.numbers import day
from sozialraum.base.text import line_fault, shown
from sozialraum.workflow.catalogue_search import free_key, key_fault

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name of a benefit with its period of validity.

    code : key of the benefit, as texts name it. title : what the benefit is called whatever its name is.
    since, until : first and last day, ISO; '' = from the beginning, until the next name. en : '' = as in German.
    """

    code: str
    title: str
    de: str
    en: str = ""
    since: str = ""
    until: str = ""


def last_days(rows: Sequence[NameRow]) -> dict[NameRow, str]:
    """The day each name ends: as entered, else the day before the next one begins; '' = still valid."""
    found = {}
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        ends = row.until
        if not ends and after is not None and after.code == row.code:
            ends = (date.fromisoformat(after.since) - timedelta(days=1)).isoformat()
        found[row] = ends
    return found


def name_faults(row: NameRow) -> list[str]:
    """What is wrong with one name for itself, as sentences."""
    faults = [] if row.de.strip() else [_("Der Name der Leistung fehlt.")]
    faults += [] if row.title.strip() else [_("Es fehlt, um welche Leistung es geht.")]
    faults += [fault] if row.code and (fault := key_fault(row.code)) else []
    for what, text in ((_("gilt ab"), row.since), (_("gilt bis"), row.until)):
        if text and not _is_day(text):
            faults.append(_("{what}: „{day}“ ist kein Datum.").format(what=what, day=shown(text)))
    for what, text in ((_("Name"), row.de), (_("Name auf Englisch"), row.en), (_("Leistung"), row.title)):
        fault = line_fault(text, LONGEST_NAME)
        faults += [f"{what} {fault}"] if fault else []
    if _is_day(row.since) and _is_day(row.until) and row.until < row.since:
        faults.append(_("{name}: Der letzte Tag liegt vor dem ersten.").format(name=shown(row.de)))
    return faults


def order_faults(rows: Sequence[NameRow]) -> list[tuple[NameRow, str]]:
    """What is wrong with names beside each other: rows, which have no faults of their own, each with a sentence."""
    found = []
    for group in by_code(rows).values():
        if group[0].since:
            found.append((group[0], _("{title}: Der erste Name hat keinen Anfang; lassen Sie „gilt ab“ leer.").format(
                title=group[0].title)))  # fmt: skip
        for before, after in pairwise(group):
            if after.since == before.since:
                what = _("{title}: „{name}“ und „{other}“ beginnen am selben Tag.")
            elif before.until and before.until >= after.since:
                what = _("{title}: „{name}“ gilt noch, wenn „{other}“ beginnt.")
            elif after.title != before.title:
                what = _("„{name}“ und „{other}“ gehören zur selben Leistung, die aber zweierlei heißt.")
            else:
                continue
            found.append((after, what.format(title=shown(after.title), name=shown(before.de), other=shown(after.de))))
    return found


def validity(row: NameRow, ends: str) -> str:
    """From when to when, in words."""
    if not row.since:
        return _("bis {last}").format(last=day(ends)) if ends else _("immer")
    return _("{first} bis {last}").format(first=day(row.since), last=day(ends)) if ends else _("ab {first}").format(
        first=day(row.since))  # fmt: skip


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def with_code(row: NameRow, known: Sequence[NameRow]) -> NameRow:
    """The row with the code of its benefit: the one of the same title, else a new one."""
    if row.code:
        title = row.title or next((one.title for one in known if one.code == row.code), "")
        return replace(row, title=title)
    same = [one.code for one in known if one.title.casefold() == row.title.strip().casefold()]
    return replace(row, code=same[0] if same else free_key(row.title, [one.code for one in known]))


def by_code(rows: Sequence[NameRow]) -> dict[str, list[NameRow]]:
    """The names of each benefit, the earliest first."""
    found: dict[str, list[NameRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: one.since):
        found[row.code].append(row)
    return found


def rows_of(tables: Mapping[str, Any]) -> tuple[NameRow, ...]:
    """The rows of tables like those of benefits.toml."""
    rows = [
        NameRow(
            str(benefit["code"]), str(benefit.get("title", benefit["code"])), str(name["de"]), str(name.get("en", "")),
            str(name.get("from", "")), str(name.get("to", "")),
        )
        for benefit in tables["benefit"]
        for name in benefit["name"]
    ]  # fmt: skip
    return tuple(row for group in by_code(rows).values() for row in group)


def tables_of_names(rows: Sequence[NameRow]) -> dict[str, Any]:
    """The rows as the setting keeps them."""
    return {
        "benefit": [
            {
                "code": code,
                "title": group[0].title,
                "name": [
                    {name: text for name, text in (("from", row.since), ("to", row.until), ("de", row.de),
                                                   ("en", row.en)) if text}
                    for row in group
                ],
            }
            for code, group in by_code(rows).items()
        ]
    }  # fmt: skip
