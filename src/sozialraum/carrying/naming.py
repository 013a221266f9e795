"""How a planner reads the way a value was carried."""

from __future__ import annotations

from math import isfinite

from sozialraum.base import _, quoted
from sozialraum.base.numbers import count, decimal


def method_name(method: str) -> str:
    """'nach Adressen': by what divided units were shared out; 'whole' when none was."""
    return {
        "whole": _("ganze Einheiten zusammengezählt"),
        "key": _("nach gelieferten Anteilen"),
        "points": _("nach Lage der Punkte"),
        "addresses": _("nach Adressen"),
        "dwellings": _("nach Wohnungen"),
        "inhabitants": _("nach Einwohnerzahl"),
        "area": _("nach Fläche"),
    }[method]


def class_name(error_class: str) -> str:
    """What the letter of an error class means."""
    return {
        "A": _("A: genau zugeordnet"),
        "B": _("B: nach Adressen, Wohnungen oder Einwohnerzahl geschätzt"),
        "C": _("C: nach Fläche geschätzt, unsicher"),
    }[error_class]


def carried_note(method: str, error_class: str, error: float) -> str:
    """How a value was carried, for its note in table, map and profile; '' for one that nothing was divided for."""
    if method == "whole":
        return ""
    text = _("übertragen {method}, Klasse {letter}").format(method=method_name(method), letter=error_class)
    if not isfinite(error):
        return text
    said = decimal(error, 0) if error >= 1 else decimal(max(error, 0.1), 1)
    return text + ", " + _("geschätzter Fehler ± {error}").format(error=said)


def geography_name(name: str) -> str:
    """What people call a geography; names given by people stay."""
    kind, _colon, rest = name.partition(":")
    if kind == "plan" and rest:
        return _("Gebiete der Fassung {name}").format(name=rest)
    if name.startswith("grid") and name[4:].isdigit():
        return _("Gitterzellen von {size} m").format(size=count(int(name[4:])))
    known = {"block": _("Bausteine"), "municipality": _("Gemeinden")}
    return known.get(name, quoted(name))


def not_onto(name: str) -> str:
    """The headline of values that cannot be carried onto a geography."""
    return _("Die Werte können nicht auf {target} übertragen werden.").format(target=geography_name(name))


def provenance_of(method: str, source: str, lost: int = 0) -> str:
    """Where a carried value comes from, as text of its provenance; `lost`: units without a number."""
    place = geography_name(source)
    if method == "whole":
        text = _("Summe ganzer Einheiten ({source})").format(source=place)
    else:
        text = _("übertragen {method} ({source})").format(method=method_name(method), source=place)
    return text + (", " + _("davon {lost} ohne Angabe").format(lost=count(lost)) if lost else "")
