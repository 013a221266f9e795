"""Words for what happens to addresses: kinds of changes, what a proposal rests on, why a planner has to look."""

from __future__ import annotations

from sozialraum.base import _


def kind_text(kind: str) -> str:
    """What happened to an address."""
    words = {
        "new": _("neu"), "gone": _("weggefallen"), "renamed": _("neuer Straßenname"),
        "renumbered": _("neue Hausnummer"), "moved": _("andere Stelle"), "postcode": _("neue Postleitzahl"),
    }  # fmt: skip
    return words[kind]


def basis_text(basis: str) -> str:
    """What the proposed area rests on."""
    words = {
        "position": _("nach der Lage"), "neighbours": _("nach den Nachbarn"), "before": _("wie bisher"),
        "none": _("kein Vorschlag"),
    }  # fmt: skip
    return words[basis]


def doubt_text(doubt: str) -> str:
    """Why somebody has to look; '' where nothing is unclear."""
    words = {
        "": "",
        "no_place": _("Die Adresse liegt in keinem Gebiet und hat keine Nachbarn."),
        "neighbours_differ": _("Die Nachbarn liegen in einem anderen Gebiet oder in verschiedenen Gebieten."),
        "area_changes": _("Die Adresse läge in einem anderen Gebiet als bisher."),
        "many_gone": _("In dieser Gemeinde fallen viele Adressen weg; vielleicht ist das Register nicht vollständig."),
        "look_at": _("Diese Adresse ist einzeln zu prüfen; sie darf keine geschützte sein."),
        "rename_unsure": _("Nur diese eine Adresse hat einen anderen Straßennamen; vielleicht ist es eine neue."),
    }
    return words[doubt]
