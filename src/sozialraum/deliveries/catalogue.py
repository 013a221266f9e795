"""Catalogues of tables that a person brought along: read them with findings, and search them by words.

The form is that of the lists the statistical offices give out (code, title, time). Nothing fetched ships.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import count
from sozialraum.base.text import ODD
from sozialraum.deliveries.catalogue_records import CatalogueEntry
from sozialraum.deliveries.collector import Collector, refuse
from sozialraum.deliveries.files import Content, open_file

HEADS = {
    "code": ("code", "evas", "schlüssel", "nummer", "tabelle"),
    "title": ("content", "inhalt", "beschreibung", "titel", "bezeichnung"),
    "period": ("time", "zeit", "zeitraum", "stand"),
    "provider": ("provider", "anbieter", "quelle"),
}
KNOWN_PROVIDERS = (
    ("genesis", "Statistisches Bundesamt"),
    ("regiodb", "Statistische Ämter des Bundes und der Länder, Regionaldatenbank"),
    ("zensusdb", "Statistische Ämter des Bundes und der Länder, Zensusdatenbank"),
    ("evas", "Statistische Ämter des Bundes und der Länder"),
)
SHOWN_AT_MOST = 20
MOST_HITS = 500
_WORD = re.compile(r"\w+")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class CatalogueRead:
    """A catalogue as it was read: its name, its entries in the order of the file, and what was noticed."""

    catalogue: str
    entries: tuple[CatalogueEntry, ...]
    findings: tuple[Finding, ...]

    def sentences(self) -> list[str]:
        """What was read and noticed, as sentences."""
        read = plural("{name}: {count} Eintrag gelesen.", "{name}: {count} Einträge gelesen.", len(self.entries))
        words = {"warning": _("Zu prüfen: {what}"), "note": _("Hinweis: {what}"), "error": _("Fehler: {what}")}
        lines = [read.format(name=self.catalogue, count=count(len(self.entries)))]
        return lines + [words[one.severity].format(what=one.sentence()) for one in self.findings]


def read_catalogue(path: Path) -> CatalogueRead:
    """Read a catalogue: commas or semicolons, a byte-order mark, line breaks inside quoted fields.

    The catalogue is called as its file. A row without code or title is left out with a finding; a code that stands
    twice with different titles is kept twice with a finding.
    Raises InputRefused: not a text or workbook, no columns for code and title, no row.
    """
    path = Path(path)
    content = open_file(path)
    rows = _rows(content)
    head, places = _head(path.name, rows)
    log = Collector(path.name)
    _say_left_out(rows[head], places, log)
    entries: list[CatalogueEntry] = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        if any(cell.strip() for cell in row):
            entry = _entry(path.stem, row, number, len(rows[head]), places, log)
            entries += [entry] if entry else []
    kept = _without_twins(entries, log)
    if not kept:
        raise refuse(path.name, _("Unter dem Kopf steht kein Eintrag."))
    return CatalogueRead(path.stem, tuple(kept), _shortened(log.findings))


def differences(before: Iterable[CatalogueEntry], now: Iterable[CatalogueEntry]) -> list[str]:
    """What a newly read catalogue changes against the one that is there, as sentences."""
    old, new = ({(one.code, one.title): one for one in entries} for entries in (before, now))
    if not old:
        return []
    came, went = len(set(new) - set(old)), len(set(old) - set(new))
    dated = sum(new[key].period != old[key].period for key in set(new) & set(old))
    said = [
        (came, plural("{count} neuer Eintrag.", "{count} neue Einträge.", came)),
        (went, plural("{count} Eintrag entfallen.", "{count} Einträge entfallen.", went)),
        (dated, plural("{count} Eintrag mit anderem Zeitraum.", "{count} Einträge mit anderem Zeitraum.", dated)),
    ]
    lines = [sentence.format(count=count(number)) for number, sentence in said if number]
    return lines or [_("Unverändert gegenüber dem bisherigen Stand.")]


def _rows(content: Content) -> Sequence[Sequence[str]]:
    """The rows of the first sheet, or of the text cut at what its first line is cut by."""
    if content.sheets:
        return content.sheets[0].rows
    first = content.text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        return list(csv.reader(io.StringIO(content.text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise refuse(content.name, _("Ein Feld reicht bis zum Ende der Datei; vermutlich fehlt ein "
                                     "schließendes Anführungszeichen.")) from None  # fmt: skip


def _head(name: str, rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row of the heads and where each known column stands."""
    for place, row in enumerate(rows[:20]):
        heads = [cell.strip().lstrip("\ufeff").casefold() for cell in row]
        places = {
            field: next((heads.index(head) for head in known if head in heads), -1) for field, known in HEADS.items()
        }
        if places["code"] >= 0 and places["title"] >= 0:
            return place, places
    raise refuse(
        name,
        _("Die Spalten für Schlüssel und Titel wurden nicht gefunden."),
        _("Erwartet wird eine Zeile mit Überschriften wie „Nummer“ und „Titel“ oder „EVAS“ und „Beschreibung“."),
    )


def _place(heads: Sequence[str], known: Sequence[str]) -> int:
    """Where the first of these heads stands, -1 when none does."""
    return next((heads.index(head) for head in known if head in heads), -1)


def _say_left_out(heads: Sequence[str], places: dict[str, int], log: Collector) -> None:
    left = [head.strip() for place, head in enumerate(heads) if head.strip() and place not in places.values()]
    if left:
        log.add("note", _("Nicht übernommen werden die Spalten {heads}.").format(heads=", ".join(left)))


def _entry(
    catalogue: str, row: Sequence[str], number: int, width: int, places: dict[str, int], log: Collector
) -> CatalogueEntry | None:
    """The entry of one row; None when it names no code or no title."""
    found = {field: _text(row, place) for field, place in places.items()}
    if len(row) > width:
        log.add("warning", _("Die Zeile hat {there} statt {width} Felder; der Titel kann abgeschnitten sein.").format(
            there=len(row), width=width), row=number)  # fmt: skip
    for field, word in (("code", _("Schlüssel")), ("title", _("Titel"))):
        if not found[field]:
            log.add("warning", _("Der {what} fehlt; die Zeile wurde ausgelassen.").format(what=word), row=number)
            return None
    provider = found["provider"] or _provider(catalogue)
    return CatalogueEntry(catalogue, found["code"], found["title"], found["period"], provider)


def _text(row: Sequence[str], place: int) -> str:
    """A field as one line without signs that cannot be kept."""
    text = row[place] if 0 <= place < len(row) else ""
    return ODD.sub("", " ".join(text.split()))


def _provider(catalogue: str) -> str:
    name = catalogue.casefold()
    return next((provider for part, provider in KNOWN_PROVIDERS if name.startswith(part)), "")


def _without_twins(entries: Sequence[CatalogueEntry], log: Collector) -> list[CatalogueEntry]:
    """Each entry once; codes that stand several times with different titles are said and kept."""
    kept = list(dict.fromkeys(entries))
    if len(kept) < len(entries):
        twins = len(entries) - len(kept)
        log.add("note", plural("{count} Zeile steht doppelt da und wurde einmal übernommen.",
                               "{count} Zeilen stehen doppelt da und wurden einmal übernommen.", twins).format(
                                   count=count(twins)))  # fmt: skip
    titles: dict[str, list[str]] = {}
    for entry in kept:
        titles.setdefault(entry.code, []).append(entry.title)
    for code, found in titles.items():
        if len(found) > 1:
            log.add("warning", _("Der Schlüssel „{code}“ steht {count}-mal da, mit verschiedenen Angaben.").format(
                code=code, count=len(found)), todo=_("Alle wurden übernommen."))  # fmt: skip
    return kept


def _shortened(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    if len(findings) <= SHOWN_AT_MOST:
        return tuple(findings)
    more = _("… und {count} weitere Befunde.").format(count=len(findings) - SHOWN_AT_MOST)
    return (*findings[:SHOWN_AT_MOST], Finding(more, findings[0].file, severity="note"))


def spelled(text: str) -> str:
    """Small letters, ä as ae, without accents: how words are compared."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_SPELLED)
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))


class CatalogueIndex:
    """A full-text index over entries, in memory; made anew whenever they are read, so nothing is to keep in step."""

    def __init__(self, entries: Sequence[CatalogueEntry]) -> None:
        self.entries = tuple(entries)
        self._spelled = [spelled(f"{one.code} {one.title}") for one in self.entries]
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(code, title, provider, tokenize = 'unicode61 remove_diacritics 2')"
        )
        self._base.executemany(
            "INSERT INTO entries (rowid, code, title, provider) VALUES (?, ?, ?, ?)",
            (
                (place, spelled(one.code), spelled(one.title), spelled(one.provider))
                for place, one in enumerate(self.entries)
            ),
        )

    def search(self, words: str, limit: int = 50) -> list[CatalogueEntry]:
        """The entries that hold every word, the best first.

        Words may be the beginning of longer ones; those that stand inside of others (compounds) come after.
        Umlauts may be spelled out. No word: the first entries.
        """
        wanted = _WORD.findall(spelled(words))
        limit = max(0, min(limit, MOST_HITS))
        if not wanted:
            return list(self.entries[:limit])
        places = self._ranked(wanted, limit)
        if len(places) < limit:
            known = set(places)
            inside = (
                place
                for place, text in enumerate(self._spelled)
                if place not in known and all(word in text for word in wanted)
            )
            places += [place for place, _nothing in zip(inside, range(limit - len(places)), strict=False)]
        return [self.entries[place] for place in places]

    def count(self, words: str) -> int:
        """How many entries hold every word, as beginning or inside of a longer one."""
        wanted = _WORD.findall(spelled(words))
        return sum(all(word in text for word in wanted) for text in self._spelled)

    def close(self) -> None:
        """Give the memory back."""
        self._base.close()

    def _ranked(self, wanted: Sequence[str], limit: int) -> list[int]:
        question = " AND ".join(f'"{word}"*' for word in wanted)
        with closing(
            self._base.execute(
                "SELECT rowid FROM entries WHERE entries MATCH ? ORDER BY bm25(entries, 4, 2, 1), rowid LIMIT ?",
                (question, limit),
            )
        ) as found:
            return [int(row[0]) for row in found]
