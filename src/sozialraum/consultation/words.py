"""What a package offers to choose from: usual reasons and who answers; offices, never names."""

from __future__ import annotations

from sozialraum.base import _


def usual_reasons() -> tuple[str, ...]:
    """Reasons heard again and again when borders are talked over, in the current language."""
    return (
        _("Die Bahnlinie trennt"),
        _("Die Straße trennt"),
        _("Der Bach oder Fluss trennt"),
        _("Gleiche Bebauung"),
        _("Gehört zum Ortsteil"),
        _("Gemeinsamer Schulweg"),
        _("Gemeinsame Einrichtungen"),
        _("Neubaugebiet"),
        _("Anderer Name ist vor Ort üblich"),
    )


def usual_roles() -> tuple[str, ...]:
    """Offices of a town hall that answer, in the current language."""
    return (
        _("Stadtplanung"),
        _("Jugendamt"),
        _("Sozialamt"),
        _("Schulverwaltung"),
        _("Quartiersarbeit"),
        _("Bürgermeisteramt"),
    )
