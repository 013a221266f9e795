"""Why an address of a list was placed exactly, likely or not at all: codes and their sentences."""

from __future__ import annotations

from collections.abc import Callable

from sozialraum.base import _

# In the order they are named; of several likely ones each is named.
REASONS: dict[str, Callable[[], str]] = {
    "same": lambda: _("Straße und Hausnummer stehen im Adressregister."),
    "confirmed": lambda: _("Die Schreibweise der Straße wurde bestätigt."),
    "spelling": lambda: _("Die Straße ist anders geschrieben als im Adressregister."),
    "abbreviated": lambda: _("Die Straße ist abgekürzt."),
    "other_postcode": lambda: _("Die Postleitzahl ist eine andere als im Adressregister."),
    "other_town": lambda: _("Der Ort ist ein anderer als im Adressregister."),
    "town_unknown": lambda: _("Der Ort ist keine Gemeinde des Adressregisters."),
    "only_there": lambda: _("Die Straße gibt es mehrfach; die Hausnummer gibt es nur in einer davon."),
    "inside_range": lambda: _("Im Adressregister gehört die Hausnummer zu einem Bereich."),
    "range": lambda: _("Von dem Bereich zählt die erste Hausnummer."),
    "rest_unread": lambda: _("Die Angabe hinter der Hausnummer wurde nicht verstanden."),
    "range_two_blocks": lambda: _("Anfang und Ende des Bereichs liegen in verschiedenen Bausteinen; der Anfang zählt."),
    "range_last": lambda: _("Nur die letzte Hausnummer des Bereichs steht im Adressregister."),
    "range_last_unknown": lambda: _("Das Ende des Bereichs steht nicht im Adressregister; der Anfang zählt."),
    "range_wide": lambda: _("Der Bereich ist ungewöhnlich weit; der Anfang zählt."),
    "suffix_unknown": lambda: _("Der Zusatz steht nicht im Adressregister; die Hausnummer ohne Zusatz zählt."),
    "suffix_other": lambda: _("Die Hausnummer steht nur mit anderem Zusatz im Adressregister."),
    "interpolated": lambda: _("Die Hausnummer ist nicht bekannt; sie wurde zwischen ihre Nachbarn gelegt."),
    "no_street": lambda: _("Es steht keine Straße in der Zeile."),
    "no_number": lambda: _("Es steht keine Hausnummer in der Zeile."),
    "unread_number": lambda: _("Die Hausnummer ist nicht zu lesen."),
    "outside": lambda: _("Die Postleitzahl liegt außerhalb des Adressregisters."),
    "unknown_street": lambda: _("Die Straße steht nicht im Adressregister."),
    "several_streets": lambda: _("Die Anschrift gibt es mehrfach; Postleitzahl oder Ort fehlen oder passen nicht."),
    "several_suffixes": lambda: _("Die Hausnummer gibt es mit mehreren Zusätzen in verschiedenen Bausteinen."),
    "several_addresses": lambda: _("Diese Anschrift steht mehrfach im Adressregister, in verschiedenen Bausteinen."),
    "unknown_number": lambda: _("Die Hausnummer steht nicht im Adressregister."),
}


def reason_text(codes: str) -> str:
    """The sentences of codes joined by ';'."""
    return " ".join(REASONS[code]() for code in codes.split(";") if code)
