"""Who holds which data: sources, data sets, and entries of catalogues that a person brought along."""

from __future__ import annotations

from dataclasses import dataclass

from sozialraum.base import _

GEOGRAPHIES = ("block", "area", "agency", "grid", "municipality", "district", "facility")
COUNTS = ("persons", "households", "cases", "units")
VISIBLE_TO = ("team", "statistics", "public")
LONGEST_RHYTHM = 120  # months


@dataclass(frozen=True, slots=True)
class Source:
    """A body that holds data.

    contact : the function that is written to, never a person's name by default. legal_basis : what it delivers on.
    """

    source_id: str
    holder: str
    contact: str = ""
    legal_basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set of data that is or may be delivered.

    rhythm : months between two of them. geography : smallest units it comes in. terms : conditions of use.
    threshold : what the source does not tell ("unter 10"). visible_to : who may see it as delivered.
    recipe : code of the recipe it is read by, '' = none yet. counts : unit of count.
    """

    data_set_id: str
    source_id: str
    title: str
    theme: str = ""
    geography: str = "area"
    rhythm: int = 12
    terms: str = ""
    threshold: str = ""
    visible_to: str = "team"
    recipe: str = ""
    counts: str = "persons"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A row of a catalogue of tables. period : what the catalogue says it is there for, as printed."""

    catalogue: str
    code: str
    title: str
    period: str = ""
    provider: str = ""


def geography_words() -> dict[str, str]:
    """Code of a geography -> how it is called."""
    return {
        "block": _("Bausteine"),
        "area": _("Sozialräume"),
        "agency": _("Gebiete des Straßenrasters"),
        "grid": _("Gitterzellen"),
        "municipality": _("Gemeinden"),
        "district": _("Kreis"),
        "facility": _("Einrichtungen"),
    }


def counts_words() -> dict[str, str]:
    """Code of a unit of count -> how it is called."""
    return {"persons": _("Personen"), "households": _("Haushalte"), "cases": _("Fälle"), "units": _("Einheiten")}


def visible_words() -> dict[str, str]:
    """Code of who may see a data set as delivered -> how they are called."""
    return {
        "team": _("Planung"),
        "statistics": _("nur abgeschottete Statistikstelle"),
        "public": _("alle"),
    }


def rhythm_words(months: int) -> str:
    """How often a data set comes: 'jährlich', 'alle 2 Jahre', 'vierteljährlich'."""
    if months == 12:
        return _("jährlich")
    if months == 3:
        return _("vierteljährlich")
    if months == 1:
        return _("monatlich")
    if months % 12 == 0:
        return _("alle {years} Jahre").format(years=months // 12)
    return _("alle {months} Monate").format(months=months)
