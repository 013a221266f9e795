"""What the entries of a recipe are called where people fill them in: sections, fields, choices.

One description serves the form on the screen and the sheets of a workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import MISSING, fields, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

from sozialraum.base import Status, _
from sozialraum.deliveries import recipe as recipes
from sozialraum.deliveries.facility_rules import FacilityRule, PlacesRule
from sozialraum.deliveries.place_words import choices_of_signs, facilities_section, grid_section, places_section
from sozialraum.deliveries.recipe_fields import Field, Options, Section, words_of


def sections() -> tuple[Section, ...]:
    """All sections of a recipe in the current language, in the order in which people think of them."""
    made = (_about(), _columns(), _key(), _period(), _values(), _dimensions(), _sums(), _at_most(), grid_section(),
            facilities_section(), places_section())  # fmt: skip
    return (*(replace(each, fields=(*each.fields, *_unnamed(each))) for each in made), _meanings())


# The rule behind each section; an entry that has no words yet is shown under its own name, never lost.
_RULES: dict[str, type] = {
    "": recipes.Recipe, "columns": recipes.Column, "key": recipes.KeyRule, "period": recipes.PeriodRule,
    "value": recipes.ValueRule, "dimension": recipes.Dimension, "sum": recipes.SumRule, "at_most": recipes.AtMostRule,
    "grid": recipes.GridRule, "facilities": FacilityRule, "facilities.places": PlacesRule,
}  # fmt: skip


def _unnamed(section: Section) -> tuple[Field, ...]:
    known = {field.name.split(".")[0] for field in section.fields}
    hints = get_type_hints(_RULES[section.part])
    kinds = {each.name: (hints[each.name], each.default) for each in fields(_RULES[section.part])}
    found = [_guessed(name, *kind) for name, kind in kinds.items() if name not in known]
    return tuple(field for field in found if field is not None)


def _guessed(name: str, hint: Any, default: Any) -> Field | None:
    """A field by the type of its entry; None for mappings and rules, which have sections of their own."""
    usual = "" if default is MISSING or default is None else str(default)
    if hint is bool:
        return Field(name, name, "yes", usual=usual.lower(), advanced=True)
    if hint in (int, float):
        return Field(name, name, "number", usual=usual, advanced=True)
    if hint is str:
        return Field(name, name, usual=usual, advanced=True)
    if get_origin(hint) is Literal:
        return Field(name, name, "choice", words_of(get_args(hint), {}), usual, advanced=True)
    if get_origin(hint) is tuple and get_args(hint)[0] is str:
        return Field(name, name, "lines", advanced=True)
    return Field(name, name, "pattern", advanced=True) if hint == re.Pattern[str] | None else None


def _severities() -> Options:
    return words_of(get_args(recipes.Severity), {"error": _("Fehler: Datei zurückweisen"), "warning": _("zu prüfen")})


def _about() -> Section:
    formats = words_of(get_args(recipes.FileFormat), {
        "csv": _("Textdatei (CSV)"), "zip+csv": _("Textdatei im ZIP-Archiv"), "gz+csv": _("gepackte Textdatei"),
        "xlsx": "Excel", "xls": _("altes Excel"), "ods": _("OpenDocument-Tabelle"), "gpkg": "GeoPackage",
        "shp": "Shapefile", "geojson": "GeoJSON", "parquet": "Parquet",
    })  # fmt: skip
    protection = words_of(get_args(recipes.Protection), {
        "personal": _("Einzelangaben zu Personen"), "restricted": _("Summen, nicht zu veröffentlichen"),
        "public": _("öffentlich"),
    })  # fmt: skip
    counts = words_of(get_args(recipes.Counted), {
        "persons": _("Personen"), "households": _("Haushalte"), "cases": _("Fälle"), "units": _("Gegenstände"),
    })  # fmt: skip
    noise = words_of(get_args(recipes.Noise), {
        "": _("nein"), "cell_key": _("ja, zum Schutz von Personen; Summen gehen nicht auf"),
    })  # fmt: skip
    return Section("", _("Angaben"), False, (
        Field("code", _("Kurzname"), needed=True),
        Field("title", _("Bezeichnung"), needed=True),
        Field("source", _("Herausgeber"), needed=True),
        Field("version", _("Fassung"), "number", needed=True),
        Field("formats", _("Art der Datei"), "choices", formats, needed=True),
        Field("specimen", _("Nach einer echten Datei gemacht"), "yes", usual="true"),
        Field("counts", _("Gezählt werden"), "choice", counts, "persons"),
        Field("protection", _("Schutz"), "choice", protection, "restricted"),
        Field("records", _("Eine Zeile ist ein einzelner Fall"), "yes", usual="false"),
        Field("noise", _("Zahlen leicht verändert"), "choice", noise),
        Field("head_rows", _("Zeilen der Überschriften"), "number", usual="1"),
        Field("sheet", _("Blatt, wenn mehrere eine solche Tabelle enthalten")),
        Field("legend", _("Die Tabelle endet, wo eine Zeile so beginnt"), "lines"),
    ))  # fmt: skip


def _columns() -> Section:
    return Section("columns", _("Spalten"), True, (
        Field("name", _("Kurzname"), needed=True),
        Field("head", _("Überschrift in der Datei")),
        Field("also", _("Andere Überschriften"), "lines"),
        Field("title", _("Name des Merkmals, wenn die Überschrift ihn nicht sagt")),
        Field("many", _("Steht über mehreren Spalten"), "yes", usual="false"),
        Field("letter", _("Buchstabe, wenn die Überschrift leer ist")),
        Field("like", _("Muster statt Überschrift"), "pattern", advanced=True),
    ), ("name",))  # fmt: skip


def _key() -> Section:
    kinds = words_of(get_args(recipes.UnitKind), {
        "block": _("Baustein"), "area": _("Gebiet"), "agency": _("neunstelliger Schlüssel der Arbeitsagentur"),
        "grid": _("Gitterzelle"), "municipality": _("Gemeinde"), "district": _("Kreis"),
        "geography": _("Einheit einer anderen Gliederung"),
    })  # fmt: skip
    return Section("key", _("Schlüssel"), False, (
        Field("column", _("Spalte des Schlüssels"), "column"),
        Field("kind", _("Eine Zeile gehört zu"), "choice", kinds, needed=True),
        Field("names", _("Steht mit Namen statt Schlüssel da"), "yes", usual="false"),
        Field("municipality", _("Spalte der Gemeinde"), "column"),
        Field("unique", _("Kommt zusammen nur einmal vor"), "columns"),
        Field("complete", _("Was fehlt, ist null"), "yes", usual="false"),
        Field("every", _("Jede Einheit hat eine Zeile"), "yes", usual="false"),
        Field("geography", _("Kennung der Gliederung")),
        Field("residual", _("Muster der Zeilen ohne Ort"), "pattern", advanced=True),
        Field("regional", _("Fälle ohne Ort gehören zur Region"), "yes", usual="false", advanced=True),
        Field("title", _("Muster der Titelzeile mit dem Ort"), "pattern", advanced=True),
    ))  # fmt: skip


def _period() -> Section:
    forms = words_of(get_args(recipes.PeriodForm), {
        "day": _("ein Tag"), "month_end": _("ein Monat, gemeint ist sein letzter Tag"),
        "year": _("ein Jahr, gezählt über das Jahr"), "year_end": _("ein Jahr, gemeint ist sein letzter Tag"),
    })  # fmt: skip
    return Section("period", _("Datum"), False, (
        Field("column", _("Steht in der Spalte"), "column"),
        Field("fixed", _("Immer dieses Datum")),
        Field("form", _("Da steht"), "choice", forms, "day"),
        Field("title", _("Muster der Titelzeile mit dem Datum"), "pattern", advanced=True),
        Field("file_name", _("Muster des Dateinamens mit dem Datum"), "pattern", advanced=True),
    ))  # fmt: skip


def _values() -> Section:
    known = words_of(("", *Status), {
        "": _("wie gelesen"), "rounded": _("gerundet"), "estimated": _("geschätzt"), "uncertain": _("unsicher"),
        "observed": _("gezählt"), "suppressed": _("verdeckt"), "missing": _("fehlend"), "blocked": _("gesperrt"),
    })  # fmt: skip
    return Section("value", _("Werte"), True, (
        Field("column", _("Spalte"), "column"),
        Field("feature", _("Merkmal")),
        Field("signs", _("Zeichen nach"), "choice", choices_of_signs(), "plain"),
        Field("own_signs", _("Eigene Zeichen"), "lines", advanced=True),
        Field("measure", _("Durchschnitt, Anteil oder Schätzung"), "yes", usual="false"),
        Field("weight", _("Durchschnitt über die Anzahl in"), "column"),
        Field("most", _("Höchstens, etwa 100 bei Anteilen"), "number", usual="0"),
        Field("decimal", _("Dezimalzeichen"), "choice", ((",", _("Komma")), (".", _("Punkt"))), ","),
        Field("known_as", _("Höchstens so sicher"), "choice", known),
        Field("known_why", _("Warum")),
        Field("zero_as", _("Eine gedruckte 0 heißt"), "choice", words_of(("", "missing", "blocked"), {
            "": _("null"), "missing": _("nicht bekannt"), "blocked": _("gesperrt"),
        }), advanced=True),
        Field("not_carried", _("Gelesen, nicht übernommen, weil")),
        Field("where", _("Nur für"), "pairs", advanced=True),
        Field("day_of_year", _("Tag des Jahres in der Überschrift"), advanced=True),
        Field("year_in_head", _("Muster des Jahres in der Überschrift"), "pattern", advanced=True),
        Field("day_in_head", _("Muster des Tages in der Überschrift"), "pattern", advanced=True),
        Field("month_in_head", _("Muster des Monats in der Überschrift"), "pattern", advanced=True),
    ), ("column", "feature", "where"))  # fmt: skip


def _dimensions() -> Section:
    return Section("dimension", _("Gliederungen"), True, (
        Field("name", _("Kurzname"), needed=True),
        Field("columns", _("Spalten"), "columns", needed=True),
        Field("born", _("In der Spalte steht der Geburtstag"), "yes", usual="false"),
        Field("otherwise", _("Alle anderen Texte heißen")),
        Field("leave_out", _("Zeilen mit anderen Texten weglassen"), "yes", usual="false"),
    ), ("name",), _("Eigenschaften der gezählten Personen, etwa Alter und Geschlecht."))  # fmt: skip


def _sums() -> Section:
    totals = words_of(get_args(recipes.TotalOf), {
        "": _("wird nur geprüft"), "municipality": _("ist die Zahl der Gemeinde"),
        "region": _("ist die Zahl der Region"),
    })  # fmt: skip
    return Section("sum", _("Summen"), True, (
        Field("key", _("Muster des Schlüssels"), "pattern", needed=True, advanced=True),
        Field("total", _("Die Summe"), "choice", totals),
        Field("residual", _("Zeilen ohne Ort zählen mit"), "yes", usual="true"),
        Field("severity", _("Wenn sie nicht stimmt"), "choice", _severities(), "error"),
    ), ("key",), _("Zeilen, die andere zusammenfassen; sie werden nie doppelt gezählt."))  # fmt: skip


def _at_most() -> Section:
    return Section("at_most", _("Vergleiche"), True, (
        Field("smaller", _("Spalte"), "column", needed=True),
        Field("larger", _("ist höchstens so groß wie"), "column", needed=True),
        Field("severity", _("Wenn nicht"), "choice", _severities(), "error"),
        Field("units", _("Verschiedene Dinge, etwa Haushalte und Personen"), "yes", usual="false"),
    ), ("smaller", "larger"))  # fmt: skip


def _meanings() -> Section:
    return Section("meanings", _("Bedeutungen"), True, (
        Field("where", _("Wofür"), needed=True),
        Field("text", _("Text in der Datei")),
        Field("code", _("Bedeutung"), needed=True),
    ), ("where", "text"), _("Was Texte der Datei hier heißen."), advanced=True)  # fmt: skip


def places_of_meanings(dimensions: Iterable[str]) -> Options:
    """What texts can be explained for: place in the declaration and its words."""
    found = [("period.days", _("Datum")), ("grid.marks", _("Kennzeichen")), ("facilities.kinds", _("Art"))]
    for name in dimensions:
        found.append((f"dimension.{name}.codes", _("Gliederung {name}").format(name=name)))
        found.append((f"dimension.{name}.bands", _("Alter in Gliederung {name}").format(name=name)))
    return tuple(found)
