"""The words of a trace: values as text, ways, places."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sozialraum.base import _, plural
from sozialraum.base.numbers import count, day, decimal, percent
from sozialraum.indicators import Definition
from sozialraum.indicators.origins import Origin
from sozialraum.workflow.trace_places import Place

WITHOUT_NUMBER = ("missing", "blocked", "suppressed")


def status_text(status: str) -> str:
    """The word of a status; '' for a plain number."""
    return {
        "missing": _("nicht geliefert"),
        "blocked": _("zu wenige"),
        "suppressed": _("verborgen"),
        "estimated": _("geschätzt"),
        "uncertain": _("unsicher"),
        "rounded": _("gerundet"),
    }.get(status, "")


def reason_text(reason: str) -> str:
    """Why a count is hidden; for the internal view."""
    return {
        "source": _("schon von der Quelle verborgen"),
        "primary": _("zu wenige Fälle"),
        "secondary": _("schützt eine andere Zahl"),
    }.get(reason, "")


def shown(low: float, high: float, status: str) -> str:
    """A released count: a number, bounds, or the word that stands instead; never what is hidden."""
    word = status_text(status)
    if status in WITHOUT_NUMBER or math.isnan(low):
        return word or _("nicht geliefert")
    return f"{number(low, high)} ({word})" if word else number(low, high)


def inside(low: float, high: float, status: str) -> str:
    """A count as it is known inside the house: the number, or the bounds of what is hidden."""
    word = status_text(status)
    if math.isnan(low):
        return word or _("nicht geliefert")
    return f"{number(low, high)} ({word})" if word else number(low, high)


def number(low: float, high: float) -> str:
    """'120', '1 bis 9', 'mindestens 10'."""
    if math.isinf(high):
        return _("mindestens {number}").format(number=_plain(low))
    return _plain(low) if low == high else _("{low} bis {high}").format(low=_plain(low), high=_plain(high))


def _plain(value: float) -> str:
    return count(value) if abs(value - round(value)) < 1e-9 else decimal(value, 1)


def share(definition: Definition, low: float, high: float, status: str) -> str:
    """An indicator's value as it is printed, or the word that stands instead."""
    if status in WITHOUT_NUMBER or math.isnan(low):
        return status_text(status) or _("nicht geliefert")
    show = (lambda part: decimal(100 * part, 1)) if definition.kind == "rate" else percent
    text = show(low) if low == high else _("{low} bis {high}").format(low=show(low), high=show(high))
    if definition.kind == "rate":
        text = _("{number} je 100").format(number=text)
    word = status_text(status)
    return f"{text} ({word})" if word else text


def way_text(way: str, used: str, units: int) -> str:
    """How a count came to its area, as a sentence."""
    when = day(used) if used else ""
    sentence = {
        "areas": plural(
            "Für dieses Gebiet geliefert, Stichtag {when}.", "Für {count} Gebiete geliefert, Stichtag {when}.", units
        ),
        "blocks": plural(
            "{count} Baustein, Stichtag {when}.", "{count} ganze Bausteine zusammengezählt, Stichtag {when}.", units
        ),
        "former": _("Aus einer früheren Gebietsfassung übertragen, Stichtag {when}."),
        "carried": _("Aus einer anderen Gliederung übertragen, Stichtag {when}."),
        "group": _("Nur für die Liefergruppe bekannt, Stichtag {when}; für das einzelne Gebiet fehlt die Zahl."),
        "absent": _("In der vollständigen Lieferung zum {when} nicht genannt, also null."),
        "estimated": _("Geschätzt: Zahl der Gemeinde zum {when}, verteilt nach Einwohnern der Bausteine."),
        "missing": _("Für diesen Stichtag wurde nichts geliefert."),
        "total": _("Als Summe geliefert, Stichtag {when}."),
        "residual": _("Dazu Angaben, die keinem Gebiet zugeordnet werden können, Stichtag {when}."),
        "unplaced": _("Dazu Einrichtungen, die keinem Gebiet zugeordnet sind, Stichtag {when}."),
        "places": _("Verzeichnis der Einrichtungen, Stichtag {when}."),
    }[way]
    return sentence.format(when=when, count=count(units))


def sum_text(origin: Origin, without: str) -> str:
    """'Summe aus 9 Gemeinden, ohne Fahrenhorst.'"""
    if origin.level == "municipality":
        text = plural("Summe aus {count} Gebiet.", "Summe aus {count} Gebieten.", origin.units)
    else:
        text = plural("Summe aus {count} Gemeinde.", "Summe aus {count} Gemeinden.", origin.units)
    text = text.format(count=count(origin.units))
    return text.rstrip(".") + ", " + _("ohne {names}").format(names=without) + "." if without else text


def parts_text(titles: Sequence[str]) -> str:
    """What a sum of features is the sum of; of a long list the ends."""
    if len(titles) <= 4:
        return _("Summe aus: {titles}.").format(titles=", ".join(titles))
    return _("Summe aus {count} Gruppen, von „{first}“ bis „{last}“.").format(
        count=count(len(titles)), first=titles[0], last=titles[-1]
    )


def place_text(place: Place, column: str, whole: bool) -> str:
    """'Blatt „Plätze“, Zeile 17, Spalte F'. whole : name every row that is known, else only the first of several."""
    parts = [_("Blatt „{sheet}“").format(sheet=place.sheet)] if place.sheet else []
    if place.rows:
        rows = ", ".join(map(str, place.rows)) if whole else str(place.rows[0])
        named = len(place.rows) if whole else 1
        text = plural("Zeile {rows}", "Zeilen {rows}", named).format(rows=rows)
        if whole and place.more:
            text += " " + _("und {count} weitere").format(count=place.more)
        elif not whole and place.several:
            text += " " + _("und weitere")
        parts.append(text)
    if place.column or column:
        parts.append(_("Spalte {column}").format(column=place.column or f"„{column}“"))
    if place.text and (whole or not place.rows):
        parts.append(place.text)
    return ", ".join(parts)
