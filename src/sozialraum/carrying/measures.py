"""What may be carried: counts. Everything else is refused with the reason."""

from __future__ import annotations

from typing import Literal

from sozialraum.base import Finding, _

Measure = Literal["count", "share", "rate", "mean", "median", "rank", "index"]
RESIDUAL = "residual"  # geography of rows such as "keine Angabe"


def why_not(measure: str) -> str:
    """Why values of this measure cannot be carried, one sentence; '' for counts."""
    return {
        "count": "",
        "share": _("Ein Anteil lässt sich nicht aufteilen."),
        "rate": _("Eine Quote lässt sich nicht aufteilen."),
        "mean": _("Ein Durchschnitt lässt sich nicht aufteilen."),
        "median": _("Ein Median lässt sich weder aufteilen noch zusammenzählen."),
        "rank": _("Ein Rang gilt nur unter den Gebieten, für die er gebildet wurde."),
        "index": _("Ein Index gilt nur für die Gebiete, für die er gerechnet wurde."),
    }.get(measure, _("Es ist nicht bekannt, ob hier Fälle gezählt sind."))


def instead_of(measure: str) -> str:
    """What a person can do, one sentence."""
    if measure in ("share", "rate"):
        return _("Liefern Sie Zähler und Nenner; beide werden übertragen, dann wird neu geteilt.")
    if measure == "mean":
        return _("Liefern Sie Summe und Zahl der Fälle; beide werden übertragen, dann wird neu geteilt.")
    if measure in ("rank", "index"):
        return _("Rechnen Sie ihn auf den neuen Gebieten aus übertragenen Zahlen neu.")
    if measure == "median":
        return _("Liefern Sie die Fälle nach Größenklassen.")
    return _("Geben Sie an, ob es eine Zahl von Fällen ist.")


def refused_feature(feature: str, measure: str) -> Finding:
    """The finding on a feature that is no count."""
    return Finding(why_not(measure), column=feature, todo=instead_of(measure), code=f"carry_{measure or 'unknown'}")


def refused_residual(unit: str, feature: str) -> Finding:
    """The finding on a row of persons without a place."""
    what = _("Fälle ohne Ortsangabe („{unit}“) lassen sich keinem Gebiet zuordnen.").format(unit=unit)
    todo = _("Sie zählen nur in den Summen der Gemeinde und der Region.")
    return Finding(what, column=feature, todo=todo, severity="note", code="carry_residual")
