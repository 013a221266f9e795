"""How a planner reads the way a value was carried."""

from __future__ import annotations

from sozialraum.base import _


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


def provenance_of(method: str, source: str) -> str:
    """Where a carried value comes from, as text of its provenance."""
    if method == "whole":
        return _("Summe ganzer Einheiten aus „{source}“").format(source=source)
    return _("aus „{source}“ übertragen {method}").format(source=source, method=method_name(method))
