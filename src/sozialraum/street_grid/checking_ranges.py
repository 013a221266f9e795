"""The rules of house numbers: both ends, the right side, no overlap, no gap, 997 and 998 in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sozialraum.addresses import street_key
from sozialraum.base import Finding, _, quoted
from sozialraum.base.text import shown
from sozialraum.street_grid.format import Format
from sozialraum.street_grid.numbers import OPEN_EVEN, OPEN_ODD, whole_number
from sozialraum.street_grid.reading import Content, Line

OPEN = (OPEN_ODD, OPEN_EVEN)
SIDES = ("odd", "even")
LABEL = 120  # characters of a name that a finding repeats


@dataclass(frozen=True, slots=True)
class Piece:
    """A readable range of one line."""

    start: int
    end: int
    line: Line
    side: str


@dataclass
class Street:
    """What the lines of one street say. pieces : readable ranges by side. broken : sides with an unreadable one."""

    first: Line
    spelled: dict[str, Line] = field(default_factory=dict)
    pieces: dict[str, list[Piece]] = field(default_factory=lambda: {side: [] for side in SIDES})
    broken: set[str] = field(default_factory=set)


def check_ranges(content: Content, names: Mapping[str, str], form: Format) -> list[Finding]:
    """Findings on the house numbers of `ra`. names : key -> name of the area, as far as it is known.

    Where a range of a side cannot be read, no gap of that side is said: it would only follow from that.
    """
    findings = []
    streets: dict[tuple[str, str], Street] = {}
    for line in content.lines:
        street = streets.setdefault((line["postcode"], street_key(line["street"])), Street(line))
        street.spelled.setdefault(line["street"], line)
        findings += _take(line, street, form)
    for street in streets.values():
        findings += _spelled_twice(street.spelled, form)
        for side in SIDES:
            findings += _side(side, street, names, form)
    return findings


def _order(piece: Piece) -> tuple[int, int, int]:
    return piece.start, piece.end, piece.line.number


def _take(line: Line, street: Street, form: Format) -> list[Finding]:
    """Add the readable ranges of a line to its street; what is wrong with the others."""
    texts = {side: (line[f"{side}_from"], line[f"{side}_to"]) for side in SIDES}
    if not any(text for ends in texts.values() for text in ends):
        todo = _("Tragen Sie ungerade und gerade Nummern ein; ganze Straße: 1 bis 997 und 2 bis 998.")
        street.broken |= set(SIDES)
        return [_finding(_("Es steht keine Hausnummer in der Zeile."), line, form.title("ra", "odd_from"), todo)]
    findings = []
    for side, (first, last) in texts.items():
        if not first and not last:
            continue
        faults = _faults(line, side, first, last, form)
        findings += faults
        if faults:
            street.broken.add(side)
        else:
            street.pieces[side].append(Piece(int(first), int(last), line, side))
    return findings


def _faults(line: Line, side: str, first: str, last: str, form: Format) -> list[Finding]:
    found = []
    for end, text in (("from", first), ("to", last)):
        column = form.title("ra", f"{side}_{end}")
        if not text:
            other = last if end == "from" else first
            what = _("Der Bereich ist nicht vollständig: Neben „{other}“ fehlt das andere Ende.").format(
                other=shown(other)
            )
            todo = _("Ist die letzte Nummer nicht bekannt, steht 997 (ungerade) oder 998 (gerade).")
            found.append(_finding(what, line, column, todo))
        elif not whole_number(text):
            what = _("{text} ist keine Hausnummer.").format(text=quoted(shown(text)))
            todo = _("Hausnummern stehen als Zahl ohne Zusatz.")
            found.append(_finding(what, line, column, todo))
        elif int(text) % 2 != (side == "odd"):
            found.append(_wrong_side(line, side, text, column))
    if not found and int(first) > int(last):
        what = _("Der Bereich {first} bis {last} enthält keine Nummer.").format(first=first, last=last)
        todo = _("Die erste Nummer darf nicht größer sein als die letzte.")
        found.append(_finding(what, line, form.title("ra", f"{side}_from"), todo))
    return found


def _wrong_side(line: Line, side: str, text: str, column: str) -> Finding:
    if int(text) in OPEN:
        what = _("{number} steht im falschen Feld.").format(number=text)
        todo = _("997 steht nur im Feld der ungeraden, 998 nur im Feld der geraden Nummern.")
        return _finding(what, line, column, todo)
    odd = _("Die gerade Nummer {number} steht im Feld der ungeraden.")
    even = _("Die ungerade Nummer {number} steht im Feld der geraden.")
    todo = _("Teilen Sie den Bereich in ungerade und gerade Nummern.")
    return _finding((odd if side == "odd" else even).format(number=text), line, column, todo)


def _side(side: str, street: Street, names: Mapping[str, str], form: Format) -> list[Finding]:
    """One side of one street: overlaps, gaps, open ends in the wrong place, a side nobody mentions."""
    pieces, broken = sorted(street.pieces[side], key=_order), side in street.broken
    if not pieces:
        return [] if broken else [_empty_side(side, street.first, form)]
    findings = []
    first = 1 if side == "odd" else 2
    if pieces[0].start in OPEN:
        findings.append(_open_start(pieces[0], form))
    elif pieces[0].start > first and not broken:
        findings.append(_gap(first, pieces[0].start - 2, None, pieces[0], names, form))
    reached = pieces[0]
    for before, piece in pairwise(pieces):
        reached = before if before.end > reached.end else reached
        if piece.start <= reached.end:
            findings.append(_overlap(reached, piece, names, form))
        elif piece.start > reached.end + 2 and piece.start in OPEN:
            findings.append(_open_start(piece, form))
        elif piece.start > reached.end + 2 and not broken:
            findings.append(_gap(reached.end + 2, piece.start - 2, reached, piece, names, form))
    return findings


def _empty_side(side: str, line: Line, form: Format) -> Finding:
    """A side of a street that no line mentions: nobody may live there, or it was forgotten."""
    odd, even = _("Ungerade Nummern gehören zu keinem Gebiet."), _("Gerade Nummern gehören zu keinem Gebiet.")
    todo = _("Gibt es dort keine Häuser, ordnen Sie die Seite trotzdem zu, damit neue gefunden werden.")
    found = _finding(odd if side == "odd" else even, line, form.title("ra", f"{side}_from"), todo)
    return replace(found, severity="warning")


def _open_start(piece: Piece, form: Format) -> Finding:
    what = _("{number} steht als erste Nummer eines Bereichs.").format(number=piece.start)
    todo = _("997 und 998 stehen nur im Feld „bis“ und bedeuten, dass die letzte Nummer nicht bekannt ist.")
    return _finding(what, piece.line, form.title("ra", f"{piece.side}_from"), todo)


def _overlap(one: Piece, other: Piece, names: Mapping[str, str], form: Format) -> Finding:
    low, high = other.start, min(one.end, other.end)
    column = form.title("ra", f"{other.side}_from")
    numbers = _numbers(low, high)
    if one.end in OPEN:
        what = _("{end} bedeutet „bis zum Ende“ (Zeile {row}, {area}), hier folgen aber weitere Nummern ({other}).")
        text = what.format(end=one.end, row=one.line.number, area=_area(one, names), other=_area(other, names))
        todo = _("Tragen Sie in Zeile {row} die letzte Nummer des Bereichs ein.").format(row=one.line.number)
        return _finding(text, other.line, column, todo)
    if one.line["key"] == other.line["key"]:
        what = _("{numbers} steht zweimal, auch in Zeile {row}, beide Male für {area}.")
        text = what.format(numbers=numbers, row=one.line.number, area=_area(one, names))
        return _finding(text, other.line, column, _("Löschen Sie eine der beiden Angaben."))
    what = _("{numbers} liegt in zwei Gebieten: {one} (Zeile {row}) und {other}.")
    text = what.format(numbers=numbers, one=_area(one, names), row=one.line.number, other=_area(other, names))
    return _finding(text, other.line, column, _("Jede Hausnummer gehört zu genau einem Gebiet."))


def _gap(low: int, high: int, before: Piece | None, after: Piece, names: Mapping[str, str], form: Format) -> Finding:
    column, numbers = form.title("ra", f"{after.side}_from"), _numbers(low, high)
    if before is None:
        what = _("{numbers} vor dem ersten Bereich gehört zu keinem Gebiet.").format(numbers=numbers)
        todo = _("Lassen Sie den Bereich mit {first} beginnen.").format(first=low)
        return _finding(what, after.line, column, todo)
    what = _("{numbers} gehört zu keinem Gebiet: Lücke zwischen {one} (Zeile {row}) und {other}.")
    text = what.format(numbers=numbers, one=_area(before, names), row=before.line.number, other=_area(after, names))
    return _finding(text, after.line, column, _("Verlängern Sie einen der beiden Bereiche."))


def _numbers(low: int, high: int) -> str:
    if low == high:
        return _("Nummer {number}").format(number=low)
    return _("Nummer {low} bis {high}").format(low=low, high=high)


def _area(piece: Piece, names: Mapping[str, str]) -> str:
    key = piece.line["key"]
    return shown(f"{key} {names.get(key, '')}".strip(), LABEL)


def _spelled_twice(own: Mapping[str, Line], form: Format) -> Iterable[Finding]:
    """The same street under two spellings in one postcode, so that the agency finds only one of them."""
    lines = sorted(own.values(), key=lambda line: line.number)
    for line in lines[1:]:
        what = _("Die Straße steht zweimal, in Zeile {row} als „{other}“.")
        text = what.format(row=lines[0].number, other=shown(lines[0]["street"], LABEL))
        yield _finding(text, line, form.title("ra", "street"), _("Schreiben Sie den Namen überall gleich."))


def _finding(what: str, line: Line, column: str, todo: str) -> Finding:
    street = shown(line["street"], LABEL)
    return Finding(f"{street}: {what}" if street else what, row=line.number, column=column, todo=todo)
