"""Why a value changed, in one sentence and as labelled parts; the same on paper, on pages and in the terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sozialraum.base import _, plural
from sozialraum.base.numbers import decimal, percentage_points, signed
from sozialraum.indicators.change_parts import ChangeParts, Part, PartName
from sozialraum.indicators.registry import Definition
from sozialraum.publish.cells import NO_BREAK
from sozialraum.publish.value_cells import Measure, measure


@dataclass(frozen=True, slots=True)
class Change:
    """How the value of one unit changed between two editions.

    unit, level : as in the table of indicator values. before_period, after_period : ISO dates. before, after : shares
    (bounds, None without a number). parts : of the difference. compared : a sentence on the earlier value where it is
    that of an earlier report, else ''. hints : sentences on what makes parts unsure.
    """

    indicator: str
    level: str
    unit: str
    before_period: str
    after_period: str
    before: tuple[float, float] | None
    after: tuple[float, float] | None
    parts: ChangeParts
    compared: str = ""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part as it is printed: its label, its text, and its bounds in the unit of the print (percentage points)."""

    names: tuple[PartName, ...]
    label: str
    text: str
    low: float
    high: float
    reason: str = ""

    @property
    def mixed(self) -> bool:
        return len(self.names) > 1


def change_heading() -> str:
    return _("Warum hat sich der Wert verändert?")


def change_method() -> str:
    """How a change is split, for the page on methods."""
    return _(
        "Eine Veränderung wird in Schritten zerlegt: der frühere Wert, wie er berichtet wurde; derselbe in heutigen "
        "Grenzen; derselbe in heutiger Festlegung und Quelle; der neue Wert. Der letzte Schritt wird je zur Hälfte von "
        "beiden Stichtagen aus auf Fälle und Basis verteilt (Kitagawa). Die Teile ergeben zusammen die Veränderung. "
        "Was nicht bekannt ist, wird nicht null gesetzt, sondern mit dem zusammen genannt, wovon es sich nicht "
        "trennen lässt."
    )


def part_label(names: Sequence[PartName], definition: Definition, level: str = "area") -> str:
    """'andere Grenzen', or 'andere Grenzen und veränderte Fälle, nicht trennbar'.

    The region has other boundaries when other municipalities belong to its value.
    """
    base = {"households": _("andere Zahl der Haushalte"), "dwellings": _("andere Zahl der Wohnungen")}
    words = {
        "boundaries": _("andere Gemeinden") if level == "region" else _("andere Grenzen"),
        "definition": _("andere Festlegung oder Quelle"),
        "population": base.get(definition.unit, _("andere Bevölkerung")),
        "cases": _("veränderte Fälle"),
    }
    said = [words[name] for name in names]
    if len(said) == 1:
        return said[0]
    joined = _("{first} und {last}").format(first=", ".join(said[:-1]), last=said[-1])
    return _("{parts}, nicht trennbar").format(parts=joined)


def labelled(change: Change, definition: Definition) -> tuple[Labelled, ...]:
    """The parts as printed. Where all are numbers they are rounded so that they add up to the printed change."""
    how = measure(definition)
    parts = change.parts.parts
    total = total_points(change, definition) if all(_is_one_number(part, how) for part in parts) else None
    rounded = _adding_up([_middle(part) * how.factor for part in parts], total, how.places)
    found = []
    for part, number in zip(parts, rounded, strict=True):
        low, high = (how.factor * end for end in (part.low or 0.0, part.high or 0.0))
        exact = _is_one_number(part, how)
        text = signed(number, how.places) if exact else _range(low, high, how.places)
        if exact:
            low = high = number
        found.append(
            Labelled(part.names, part_label(part.names, definition, change.level), text, low, high, part.reason)
        )
    return tuple(found)


def total_points(change: Change, definition: Definition) -> float | None:
    """The printed difference of the two printed values, None when one is not one number."""
    how = measure(definition)
    ends = [_printed(span, how) for span in (change.before, change.after)]
    if ends[0] is None or ends[1] is None:
        return None
    return round(ends[1] - ends[0], how.places) + 0.0


def change_sentence(change: Change, definition: Definition) -> str:
    """One sentence: from where to where, by how much, and of what that is made."""
    how = measure(definition)
    if change.parts.low is None or change.before is None or change.after is None:
        return _("Woraus sich die Veränderung seit {year} zusammensetzt, lässt sich nicht sagen. {reason}").format(
            year=change.before_period[:4], reason=change.parts.reason
        )
    total = total_points(change, definition)
    frame = {
        "old": _value(change.before, how), "first": change.before_period[:4],
        "new": _value(change.after, how), "last": change.after_period[:4],
        "points": _points(change, definition, total),
        "parts": "; ".join(f"{part.label}{NO_BREAK}{part.text}" for part in labelled(change, definition)),
    }  # fmt: skip
    if total is None:
        return _("Der Wert ging von {old} ({first}) auf {new} ({last}), das sind {points}: {parts}.").format(**frame)
    if total > 0:
        return _("Der Wert stieg von {old} ({first}) auf {new} ({last}), das sind {points}: {parts}.").format(**frame)
    if total < 0:
        return _("Der Wert sank von {old} ({first}) auf {new} ({last}), das sind {points}: {parts}.").format(**frame)
    if all(part.low == part.high == 0 for part in labelled(change, definition)):
        return _("Der Wert blieb bei {new} ({first} und {last}).").format(**frame)
    return _("Der Wert blieb bei {new} ({first} und {last}): {parts}.").format(**frame)


def change_notes(change: Change, definition: Definition, *, rounding: bool = True) -> list[str]:
    """What the earlier value is, why parts are mixed, hints, and that parts were rounded to fit; each once.

    rounding : whether to tell the last.
    """
    found = [change.compared, *(part.reason for part in change.parts.parts), *change.hints]
    if rounding and _rounded_to_fit(change, definition):
        found.append(_("Die Teile sind so gerundet, dass sie zusammen die Veränderung ergeben."))
    told: list[str] = []
    for text in filter(None, found):
        if not any(text in other for other in told):  # a hint may be the reason of a mixed part as well
            told.append(text)
    return told


def _rounded_to_fit(change: Change, definition: Definition) -> bool:
    """Whether a printed part is another number than the part rounded on its own."""
    how = measure(definition)
    shown = [part.low for part in labelled(change, definition) if part.low == part.high]
    exact = [part for part in change.parts.parts if _is_one_number(part, how)]
    return shown != [round(_middle(part) * how.factor, how.places) + 0.0 for part in exact]


def _points(change: Change, definition: Definition, total: float | None) -> str:
    how = measure(definition)
    if total is not None:
        told = f"{signed(total, how.places)}{NO_BREAK}{how.short}"
        return percentage_points(total / 100) if how.shape == "share" else told
    low, high = ((end or 0.0) * how.factor for end in (change.parts.low, change.parts.high))
    word = plural("Prozentpunkt", "Prozentpunkte", 2) if how.shape == "share" else how.short
    return f"{_range(low, high, how.places)}{NO_BREAK}{word}"


def _value(span: tuple[float, float], how: Measure) -> str:
    low, high = (round(end * how.factor, how.places) for end in span)
    if low == high:
        return how.words(span[0])
    return f"{decimal(low, how.places)}–{decimal(high, how.places)}{how.gap}{how.short}"


def _range(low: float, high: float, places: int) -> str:
    return _("{low} bis {high}").format(low=signed(low, places), high=signed(high, places))


def _printed(span: tuple[float, float] | None, how: Measure) -> float | None:
    if span is None or round(span[0], 9) != round(span[1], 9):
        return None
    return round(span[0] * how.factor, how.places)


def _is_one_number(part: Part, how: Measure) -> bool:
    low, high = (round((end or 0.0) * how.factor, how.places) for end in (part.low, part.high))
    return low == high


def _middle(part: Part) -> float:
    return ((part.low or 0.0) + (part.high or 0.0)) / 2


def _adding_up(numbers: Sequence[float], total: float | None, places: int) -> list[float]:
    """Rounded numbers with a given sum: first all down, then one step more where most was cut off.

    The sum may be up to one step from what the numbers add up to, as it is the difference of printed values.
    """
    step = 10.0**-places
    if total is None or not numbers:
        return [round(number, places) for number in numbers]
    units = [math.floor(number / step + 1e-9) for number in numbers]
    open_steps = round(total / step) - sum(units)
    order = sorted(range(len(numbers)), key=lambda place: (units[place] - numbers[place] / step, place))
    if not 0 <= open_steps <= len(numbers):
        return [round(number, places) for number in numbers]
    for place in order[:open_steps]:
        units[place] += 1
    return [round(unit * step, places) + 0.0 for unit in units]
