"""The invented Kreis of the messy files, and pools of the words, signs and notes such files have."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from sozialraum.deliveries import Places

TOWNS = {"05999004": "Altstadt", "05999008": "Dörfling", "05999012": "Weiler"}
QUARTERS = (
    "Nordfeld", "Am Markt", "Bahnhof-Ost", "Südstadt", "Lindenhof", "Mühlbach", "Höfchen", "Rosental", "Kreuzberg",
    "Hasenheide", "Vogelsang", "Römerhöhe", "Lärchenweg", "Burgviertel", "Weißenstein",
)  # fmt: skip


def world() -> Places:
    """Three municipalities with five areas each, ten blocks per municipality, nine-digit keys."""
    rows, areas, keys, names = [], [], {}, {}
    for line, ags in enumerate(TOWNS):
        for place in range(10):
            corner = (300_000 + 200 * place, 5_640_000 + 200 * line)
            shape = box(*corner, corner[0] + 200, corner[1] + 200)
            rows.append((f"{ags}-{place + 1:04d}", ags, 100, "settlement", shape))
        for place in range(5):
            area = f"{ags}-{place + 1:02d}"
            areas.append(area)
            names[area] = QUARTERS[5 * line + place]
            keys[f"10{line + 1}{place // 3 + 1:03d}{place + 1:03d}"] = area
    columns = ["block_id", "municipality", "population", "land", "geometry"]
    return Places(
        blocks=gpd.GeoDataFrame(rows, columns=columns, crs="EPSG:25832"),
        municipalities=pd.DataFrame({"ags": list(TOWNS), "name": list(TOWNS.values())}),
        plan_id="plan-1",
        area_ids=tuple(areas),
        agency_keys=keys,
        area_names=names,
    )


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of columns: what stands above, the columns, what they count ('' = the words do not say)."""

    group: str
    columns: tuple[str, ...]
    unit: str


THEMES = (
    Theme("Kinder von 3 bis unter 6 Jahren", ("insgesamt", "in Betreuung", "mit Förderbedarf"), "persons"),
    Theme("Einwohnerinnen und Einwohner", ("insgesamt", "weiblich", "männlich", "unter 18 Jahren"), "persons"),
    Theme("Haushalte", ("zusammen", "mit Kindern", "Alleinlebende"), "households"),
    Theme("Hilfen zur Erziehung", ("ambulant", "stationär", "teilstationär"), "cases"),
    Theme("Arbeitslose", ("insgesamt", "Langzeitarbeitslose", "unter 25 Jahren"), "persons"),
    Theme("Plätze", ("genehmigt", "belegbar", "belegt"), "units"),
)
DUMB = Theme("Kategorie", ("A", "B", "C"), "")
SHARES = ("Anteil in %", "Quote", "Durchschnittsalter")
TITLES = (
    "Auswertung nach Gebieten", "Kleinräumige Daten", "Sonderauswertung für den Kreis", "Tabellenband 7",
    "Jugendhilfeplanung", "Statistik, Auszug",
)  # fmt: skip
FOOTERS = ("Rückfragen an die Fachstelle", "Nachdruck mit Quellenangabe gestattet", "1) ohne Außenstellen",
           "Die Abgrenzung folgt der Hauptsatzung")  # fmt: skip
DIRECT_FOOTERS = (
    "Quelle: Fachverfahren der Verwaltung",
    "© Kreis Musterland",
    "________",
    "Anmerkung: vorläufiger Auszug",
)


@dataclass(frozen=True, slots=True)
class SignStyle:
    """Signs of a holder. signs : text -> (status, least, most) of the number behind it (None = no number).

    legend : lines that explain them. clear : whether a reader can know what they mean.
    """

    signs: dict[str, tuple[str, int | None, int | None]]
    legend: tuple[str, ...] = ()
    clear: bool = True


NO_SIGNS = SignStyle({})
SIGN_STYLES = (
    SignStyle({"*": ("suppressed", 1, 9)}, ("* = 1 bis 9; keine weitere Geheimhaltung",)),
    SignStyle({"*": ("suppressed", 1, 2)}, ("* = 1 oder 2 Fälle",)),
    SignStyle({"*": ("suppressed", 0, 40)}),
    SignStyle({"*": ("suppressed", 1, 4)}, ("* Werte unter 5 sind verdeckt",)),
    SignStyle({"*": ("suppressed", 1, 9), "x": ("blocked", None, None)},
              ("Zeichenerklärung: * = verdeckt; x = gesperrt",)),
    SignStyle({"-": ("observed", 0, 0), ".": ("suppressed", 0, 30)},
              ("- = nichts vorhanden", ". = Zahlenwert unbekannt oder geheim zu halten")),
    SignStyle({"–": ("observed", 0, 0), "...": ("missing", None, None)},
              ("– = nichts vorhanden", "... = Angabe fällt später an")),
    SignStyle({"": ("missing", None, None)}),
    SignStyle({"": ("missing", None, None), "*": ("suppressed", 1, 20)}),
    SignStyle({"-": ("observed", 0, 0), ".": ("suppressed", 0, 30)}, ("Quelle: Statistisches Landesamt",)),
    # what nobody can know, or no shipped source means
    SignStyle({"-": ("observed", 0, 0)}, clear=False),
    SignStyle({"-": ("missing", None, None)}, clear=False),
    SignStyle({".": ("missing", None, None)}, clear=False),
    SignStyle({"x": ("suppressed", 1, 4)}, clear=False),
    SignStyle({"-": ("missing", None, None)}, ("- = keine Angabe",), clear=False),
    SignStyle({".": ("observed", 0, 0)}, (". = nichts vorhanden",), clear=False),
    SignStyle({"x": ("suppressed", 1, 4)}, ("x = Wert unter 5",), clear=False),
)  # fmt: skip
SUM_WORDS = ("Summe", "Insgesamt", "Gesamt", "Summe:", "zusammen", "Kreis insgesamt", "GESAMT")
RESIDUAL_WORDS = ("keine Angabe", "ohne Angabe", "Keine Angaben", "nicht zuordenbar", "unbekannt")
ODD_WORDS = ("Sonstige", "Auswärtige", "Übrige")
