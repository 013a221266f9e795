"""Usual reasons and roles, the same at the desk and in the file for town halls; offices, never names."""

from __future__ import annotations

from sozialraum.base import _


def usual_reasons() -> tuple[str, ...]:
    """Reasons heard again and again when borders are talked over, in the current language."""
    return (
        _("Die Bahnlinie trennt"),
        _("Die Straße trennt"),
        _("Der Bach oder Fluss trennt"),
        _("Gleiche Bebauung"),
        _("Ähnliche Lebenslage"),
        _("Gehört zum Ortsteil"),
        _("Gemeinsamer Schulweg"),
        _("Gemeinsame Einrichtungen"),
        _("Neubaugebiet"),
        _("Das Gebiet ist zu klein oder zu groß"),
        _("Anderer Name ist vor Ort üblich"),
        _("Wunsch der Gemeinde"),
    )


def desk_roles() -> tuple[str, ...]:
    """Roles in which people work at the desk. They are shown with every step and protect nothing."""
    return (
        _("Sozialplanung"),
        _("Stadtplanung"),
        _("Fachkraft der Gemeinde"),
        _("Jugendamt"),
        _("Schulverwaltung"),
        _("Statistikstelle"),
        _("Moderation des Workshops"),
    )


def town_hall_roles() -> tuple[str, ...]:
    """Offices of a town hall that answer."""
    return (
        _("Stadtplanung"),
        _("Jugendamt"),
        _("Sozialamt"),
        _("Schulverwaltung"),
        _("Quartiersarbeit"),
        _("Bürgermeisteramt"),
    )
