"""What belongs into each column of a form, in words: what is counted, of which group, for which date."""

from __future__ import annotations

from sozialraum.base import _
from sozialraum.base.numbers import day


def unit_words(counts: str) -> str:
    """What a count counts: the number of persons, households, cases or things."""
    return {
        "persons": _("Anzahl der Personen"), "households": _("Anzahl der Haushalte"), "cases": _("Anzahl der Fälle"),
        "units": _("Anzahl"),
    }.get(counts, _("Anzahl"))  # fmt: skip


def when_words(period: str, *, over_year: bool) -> str:
    """The date a number holds for. period : ISO date."""
    if over_year:
        return _("Summe über das Jahr {year}").format(year=period[:4])
    return _("Stand {day}").format(day=day(period))


def column_note(
    what: str, group: str, counts: str, period: str, *, measure: bool = False, over_year: bool = False, most: int = 0
) -> str:
    """A sentence for a column.

    what : definition, '' where the head says all there is. group : words of the group counted, '' = all. measure :
    an average or a share instead of a count. most : the largest number possible, 0 = any.
    """
    unit = _("Durchschnitt oder Anteil, auch mit Nachkommastellen") if measure else unit_words(counts)
    if most:
        unit += " " + _("(höchstens {most})").format(most=most)
    parts = [what, _("nur {group}").format(group=group) if group else "", unit]
    return "; ".join(filter(None, (*parts, when_words(period, over_year=over_year)))) + "."


def larger_note(smaller: str, counts: str, period: str) -> str:
    """A sentence for a column that only serves a comparison: the whole that another column is a part of."""
    return _("alle, von denen „{part}“ ein Teil ist; zum Vergleich; {unit}; {when}.").format(
        part=smaller, unit=unit_words(counts), when=when_words(period, over_year=False)
    )
