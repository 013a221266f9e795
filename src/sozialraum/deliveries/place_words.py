"""What the entries of a recipe are called that say where things stand: grid cells, facilities and their places."""

from __future__ import annotations

from typing import get_args, get_type_hints

from sozialraum.base import _
from sozialraum.deliveries import recipe as recipes
from sozialraum.deliveries.recipe_fields import Field, Options, Section, words_of
from sozialraum.deliveries.sign_profiles import sign_profiles


def choices_of_signs() -> Options:
    """Every explanation of signs by its title."""
    return tuple((code, profile.title) for code, profile in sign_profiles().items())


def grid_section() -> Section:
    """How cells of a grid are found and counted."""
    targets = words_of(get_args(get_type_hints(recipes.GridRule)["to"]), {
        "block": _("zu Bausteinen"), "municipality": _("zur Gemeinde"),
    })  # fmt: skip
    return Section("grid", _("Gitterzellen"), False, (
        Field("x", _("Spalte des Rechtswerts"), "column", needed=True),
        Field("y", _("Spalte des Hochwerts"), "column", needed=True),
        Field("size", _("Breite einer Zelle in Metern"), "number", needed=True),
        Field("to", _("Zellen werden gezählt"), "choice", targets, "block"),
        Field("mark", _("Spalte der Kennzeichen"), "column"),
        Field("crs", _("Bezugssystem"), needed=True, advanced=True),
        Field("ids", _("Muster der Kennung"), "pattern", advanced=True),
        Field("step", _("Schritt der Kennung in Metern"), "number", usual="1", advanced=True),
    ))  # fmt: skip


def facilities_section() -> Section:
    """How a list of facilities is read."""
    return Section("facilities", _("Einrichtungen"), False, (
        Field("number", _("Spalte der Nummer"), "column", needed=True),
        Field("name", _("Spalte des Namens"), "column", needed=True),
        Field("kind", _("Spalte der Art"), "column"),
        Field("every", _("Art aller Zeilen, ohne Spalte der Art")),
        Field("block", _("Spalte des Bausteins"), "column"),
        Field("protection", _("Spalte des Schutzvermerks"), "column"),
        Field("protected", _("Vermerke, die schützen"), "lines"),
        Field("open", _("Vermerke ohne Schutz"), "lines"),
        Field("always_protected", _("Immer geschützt, wenn die Art so beginnt"), "lines"),
        Field("withheld", _("Spalten, die nie gelesen werden"), "columns"),
        Field("position.x", _("Spalte des Rechtswerts"), "column"),
        Field("position.y", _("Spalte des Hochwerts"), "column"),
        Field("position.municipality", _("Spalte der Gemeinde"), "column"),
        Field("position.crs", _("Bezugssystem"), advanced=True),
    ))  # fmt: skip


def places_section() -> Section:
    """Which columns count places of facilities."""
    return Section("facilities.places", _("Plätze"), True, (
        Field("column", _("Spalte"), "column", needed=True),
        Field("group", _("Für die Gruppe"), needed=True),
        Field("kinds", _("Arten von Einrichtungen"), "lines", needed=True),
        Field("signs", _("Zeichen nach"), "choice", choices_of_signs(), needed=True),
        Field("only", _("Nur bei diesen Texten der Art"), "lines"),
        Field("rounded_to", _("Gerundet auf Vielfache von"), "number", usual="1"),
    ), ("column", "group"))  # fmt: skip
