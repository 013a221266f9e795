"""What is different from the delivery before: columns, rows, sums and notes ("Unterschiede zum Vorjahr")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sozialraum.base import _, plural, quoted
from sozialraum.base.numbers import count, span
from sozialraum.deliveries.files import Content
from sozialraum.deliveries.heads import clean_head, column_letters, likely_place, nearest_head
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.shape import Shape

Kind = Literal[
    "column_renamed", "column_new", "column_gone", "rows_new", "rows_gone", "jump", "note_new", "note_gone"
]  # fmt: skip

# A sum jumps when it changed by more than a quarter and by more than twenty: smaller changes are everyday ones
# of small areas. Where parts are hidden, the bounds of both sums must prove it.
JUMP_SHARE, JUMP_COUNT = 0.25, 20.0
NAMED_AT_MOST = 6
_FOOTNOTE = re.compile(r"(?:\d\)|[¹²³⁴⁵⁶⁷⁸⁹]\)?|\*\)?)\s*\S")
_SIGN_EXPLAINED = re.compile(r"(?:^|\s)(?:[*./xX•–-]|\.\.\.|…|\(\s*\))\s*(?:=|:|bedeutet)", re.IGNORECASE)
_MAY_BREAK = re.compile(
    r"(?i)\b(?:erstmals|nicht vergleichbar|vergleichbarkeit|methode|revi(?:diert|sion)|umstellung|geändert|änderung|"
    r"neu abgegrenzt|gebietsstand|einschließlich|ab (?:dem )?(?:jahr )?20\d\d|bis 20\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference to the delivery before.

    where : 'Spalte F', 'Zeilen', 'Summe'. sentence : what is different, without the place. found : new head of a
    renamed column, offer : short name of the column it stands for. severity : 'warning' waits for a look, 'note'
    informs.
    """

    kind: Kind
    where: str
    sentence: str
    found: str = ""
    offer: str = ""
    severity: Literal["warning", "note"] = "note"

    def text(self) -> str:
        """Place and sentence as one line."""
        return f"{self.where} {self.sentence}" if self.kind == "column_renamed" else f"{self.where}: {self.sentence}"


def differences(before: Shape, now: Shape) -> tuple[Difference, ...]:
    """What is different in the file now; in the order columns, rows, sums, notes.

    A sum jumps when it changed by more than 25 % and by more than 20 for sure: the least possible change counts
    where parts are hidden.
    """
    return (*_columns(before, now), *_rows(before, now), *_jumps(before, now), *_notes(before, now))


def renamed_columns(content: Content, recipe: Recipe) -> tuple[Difference, ...]:
    """For each column of the recipe that the file has not: the head that probably is it under a new name.

    Heads that are alike count, or the only head left for the only column missing; no offer otherwise.
    """
    near = nearest_head(content, recipe)
    if not near.there or 2 * len(near.lost) > len(recipe.columns):
        return ()
    found = []
    for name in near.lost:
        place = likely_place(near, recipe, name)
        if place >= 0:
            found.append(_renamed(column_letters(place), near.heads[place], recipe.columns[name].shown, name))
    offered = Counter(each.found for each in found)
    return tuple(each for each in found if offered[each.found] == 1)


def _renamed(letter: str, head: str, old: str, name: str) -> Difference:
    sentence = _("heißt jetzt „{now}“, vorher „{before}“").format(now=_last(head, old), before=_last(old, head))
    return Difference("column_renamed", _("Spalte {letter}").format(letter=letter), sentence, head, name, "warning")


def _last(head: str, other: str) -> str:
    """Of heads of several rows only the rows that differ."""
    rows, others = head.split(" | "), other.split(" | ")
    while len(rows) > 1 and len(others) > 1 and rows[0] == others[0]:
        rows, others = rows[1:], others[1:]
    return " – ".join(rows)


def _columns(before: Shape, now: Shape) -> Iterator[Difference]:
    renamed_from, renamed_to = set[str](), set[str]()
    for name, head in now.columns.items():
        old = before.columns.get(name, head)
        if _plain(old) != _plain(head):
            renamed_from.add(old)
            renamed_to.add(head)
            yield _renamed(_letter(now, head), head, old, name)
    there, were = {_plain(head) for head in now.heads}, {_plain(head) for head in before.heads}
    for head in now.heads:
        if head and _plain(head) not in were and head not in renamed_to:
            where = _("Spalte {letter}").format(letter=_letter(now, head))
            yield Difference("column_new", where, _("neu: „{head}“").format(head=head), head)
    for head in before.heads:
        if head and _plain(head) not in there and head not in renamed_from:
            where = _("Spalte {letter} im Vorjahr").format(letter=_letter(before, head))
            yield Difference("column_gone", where, _("„{head}“ fehlt").format(head=head), head, "", "warning")


def _plain(head: str) -> str:
    """A head without footnote marks, and with any year: neither makes another column."""
    return re.sub(r"\b(?:19|20)\d\d\b", "JJJJ", clean_head(head))


def _letter(shape: Shape, head: str) -> str:
    return column_letters(shape.heads.index(head)) if head in shape.heads else "?"


def _rows(before: Shape, now: Shape) -> Iterator[Difference]:
    new, gone = sorted(set(now.keys) - set(before.keys)), sorted(set(before.keys) - set(now.keys))
    parts = {old: [each for each in new if each.startswith(old)] for old in gone}
    for old, each in parts.items():
        if len(each) > 1:
            sentence = _("neu: Gebiete {areas}, vorher zusammen Gebiet {area}")
            yield Difference("rows_new", _("Zeilen"), sentence.format(areas=_named(each), area=_short(old)))
    split = {each for old, there in parts.items() if len(there) > 1 for each in (old, *there)}
    new, gone = [each for each in new if each not in split], [each for each in gone if each not in split]
    if new:
        what = plural("neu: Gebiet {areas}", "neu: Gebiete {areas}", len(new))
        yield Difference("rows_new", _("Zeilen"), what.format(areas=_named(new)))
    if gone:
        what = plural("es fehlt: Gebiet {areas}", "es fehlen: Gebiete {areas}", len(gone))
        yield Difference("rows_gone", _("Zeilen"), what.format(areas=_named(gone)), severity="warning")


def _named(keys: Sequence[str]) -> str:
    shown = [_short(key) for key in keys[:NAMED_AT_MOST]]
    if len(keys) > NAMED_AT_MOST:
        more = count(len(keys) - NAMED_AT_MOST)
        return _("{areas} und {more} weitere").format(areas=", ".join(shown), more=more)
    return _("{areas} und {last}").format(areas=", ".join(shown[:-1]), last=shown[-1]) if shown[1:] else shown[0]


def _short(key: str) -> str:
    """'3a' of '05399012-03a': the municipality is clear to everybody; other keys stay whole."""
    found = re.fullmatch(r"\d{8}-0*(\d{1,2}[a-z]?)", key)
    return found[1] if found else key


def _jumps(before: Shape, now: Shape) -> Iterator[Difference]:
    for feature, (low, high) in now.sums.items():
        old = before.sums.get(feature)
        if old is None:
            continue
        more = low - old[1] > JUMP_COUNT and low > (1 + JUMP_SHARE) * old[1]
        less = old[0] - high > JUMP_COUNT and high < (1 - JUMP_SHARE) * old[0]
        if more or less:
            what = _("{now}, vorher {before}").format(now=bounds(low, high), before=bounds(*old))
            place = _("Summe von „{feature}“").format(feature=feature)
            yield Difference("jump", place, what, feature, "", "warning")


def bounds(low: float, high: float) -> str:
    """A number of which the bounds are known, in words."""
    if low == high:
        return count(low)
    return _("mindestens {low}").format(low=count(low)) if np.isinf(high) else span(low, high, 0)


def _notes(before: Shape, now: Shape) -> Iterator[Difference]:
    were, are = {_dateless(line) for line in before.notes}, {_dateless(line) for line in now.notes}
    for line in now.notes:
        if _dateless(line) not in were:
            yield _new_note(line)
    for line in before.notes:
        if _dateless(line) not in are:
            severity: Literal["warning", "note"] = "warning" if _SIGN_EXPLAINED.search(line) else "note"
            yield Difference("note_gone", _("Anmerkung"), _("entfallen: {line}").format(
                line=quoted(line)), line, "", severity)  # fmt: skip


def _dateless(line: str) -> str:
    """A note whose numbers do not matter: dates and years change every time."""
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _new_note(line: str) -> Difference:
    if _SIGN_EXPLAINED.search(line):
        sentence = _("neue Erklärung eines Zeichens: {line}")
        return Difference("note_new", _("Anmerkung"), sentence.format(line=quoted(line)), line, "", "warning")
    if _MAY_BREAK.search(line):
        sentence = _("neu: {line}. Bitte prüfen, ob die Zahlen noch vergleichbar sind.")
        return Difference("note_new", _("Anmerkung"), sentence.format(line=quoted(line)), line, "", "warning")
    sentence = (
        _("neue Fußnote, kein Einfluss auf die Werte: {line}")
        if _FOOTNOTE.match(line)
        else _("neu, kein Einfluss auf die Werte: {line}")
    )
    return Difference("note_new", _("Anmerkung"), sentence.format(line=quoted(line)), line)
