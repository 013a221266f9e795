"""Words by which a head, a title or a note says what is counted, and names for what nobody has named yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Literal

from sozialraum.deliveries.recipe import Counted

Unit = Literal["persons", "households", "cases", "units", "share"]

# A share wins over what it is a share of; households over the persons in them.
_WORDS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("share", re.compile(
        r"(?i)%|\bin v\. ?h\.|\banteil|\w*quote\b|prozent|\w*rate\b|\w*dichte\b|\bje (?:1\.?000|100|einwohner|km)|"
        r"durchschnitt|\bmittel(?:wert)?\b|\bmedian|ø|\bindex\b")),
    ("households", re.compile(r"(?i)haushalt|bedarfsgemeinschaft|\bfamilien\b|\bHH_|_BG\b|\bBG_")),
    ("units", re.compile(r"(?i)plätze|\bplatz\b|wohnung|gebäude|einrichtungen\b(?<!tageseinrichtungen)|\bgruppen\b|"
                         r"\bkitas\b|\bschulen\b|fläche")),
    ("cases", re.compile(r"(?i)\bfälle\b|\bfallzahl|\bhilfen?\b|anträge|verfahren|delikte|straftaten|meldungen\b")),
    ("persons", re.compile(
        r"(?i)person|einwohner|bevölkerung|kinder|jugendliche|\bfrauen|\bmänner|arbeitslos|beschäftigt|schüler|"
        r"leistungs(?:berechtigt|empfänger|bezieher|bezug)|ausländer|deutsche|\d+-? ?jährig|alleinerziehend|senior|"
        r"betreut|pflegebedürftig|zuzüge|fortzüge|geburten|geborene|sterbefälle|weiblich|männlich|\bmenschen|"
        r"tageseinrichtungen|\bALO_|\bSVB|\bPERS|empfänger|teilnehm|\bunter \d+|\d+ bis (?:unter )?\d+|\bab \d+ jahr")),
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
SLUG_LENGTH = 48


def words_of(head: str) -> str:
    """A head without rows that only number the columns, and without a footnote's digit glued to a word."""
    parts = [part for part in head.split(" | ") if not (part.isdigit() and len(part) < 4)]
    return re.sub(r"(?<=[^\W\d_])\d$", "", " | ".join(parts)) or head


def units_in(text: str) -> tuple[Unit, ...]:
    """What the words of a text count, the most telling first; () when none says."""
    return tuple(unit for unit, words in _WORDS if words.search(text))


def unit_of_head(head: str) -> Unit | None:
    """What a column counts by its head; of heads of several rows the lowest row that says."""
    for part in reversed(head.split(" | ")):
        found = units_in(words_of(part))
        if found:
            return found[0]
    return None


def unit_of_lines(lines: Iterable[str]) -> Unit | None:
    """What titles say that all columns count; None when they say nothing or several things."""
    found = {unit for line in lines for unit in units_in(line)}
    return found.pop() if len(found) == 1 else None


def counted(units: Iterable[Unit | None]) -> Counted:
    """What the recipe says a number counts: the kind of its first column that counts something."""
    return next((unit for unit in units if unit and unit != "share"), "persons")


def slug(text: str, taken: Collection[str] = ()) -> str:
    """A name of small letters, digits and underscores, not taken yet: 'Kinder unter 3' -> 'kinder_unter_3'."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.translate(_UMLAUTS).lower()).strip("_")[:SLUG_LENGTH].strip("_")
    plain = plain or "spalte"
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}_{number}", number + 1
    return name
