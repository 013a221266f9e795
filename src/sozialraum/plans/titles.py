"""Attributes of blocks in words people understand."""

from __future__ import annotations

from sozialraum.base import _
from sozialraum.blocks import FAMILIES
from sozialraum.delineation.attributes import family_of, family_words


def attribute_title(column: str) -> str:
    """'housing_rent' -> 'Miete je Quadratmeter'; an unknown column in its own words: 'social_aid' -> 'Aid'."""
    known = {
        "social_income": _("Kaufkraft (Kreis = 100)"),
        "social_support": _("Haushalte mit Unterstützung, in Prozent"),
        "social_benefits": _("Personen mit Leistungen"),
        "social_foreign": _("Ausländische Bevölkerung, in Prozent"),
        "social_children": _("Kinder und Jugendliche"),
        "social_elderly": _("Ältere ab 65 Jahren"),
        "building_storeys": _("Geschosse"),
        "building_year": _("Baujahr"),
        "building_density": _("Bebauungsdichte"),
        "building_flats": _("Wohnungen in Mehrfamilienhäusern"),
        "housing_rent": _("Miete je Quadratmeter, in Euro"),
        "housing_multi": _("Wohnungen in Mehrfamilienhäusern, in Prozent"),
        "housing_owner": _("Selbst genutztes Eigentum, in Prozent"),
    }
    if column in known:
        return known[column]
    words = column.partition("_")[2] if column.split("_")[0] in FAMILIES else column
    words = words.replace("_", " ").strip() or column
    return words[:1].upper() + words[1:]


def family_title(column: str) -> str:
    """The family of an attribute as people call it: 'Wohnungsmarkt'."""
    return family_words().get(family_of(column), "")
