"""The village (village.py) with two areas, and polling districts that its areas and its border cut.

    A(500) B(400) C(300)      areas:  1 = A D g J        districts:  0101 = A and the western half of B
    D(600) E(500) F(400)              2 = all others                 0102 = the eastern half of B, and C
    g(0)   h(0)   i(0)                                               0201 = D E F
    J(300) K(400) L(200)                                             0202 = g h i J K L, and a strip to the east

Of the inhabitants of 0101, 500 of 700 live in area 1; of those of 0201 600 of 1,500; of those of 0202 300 of 900.
The strip is as wide as half a block and empty.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import shapely

import village

WEST, NORTH = village.EAST, village.NORTH
DAY = "2025-12-31"
ONE, TWO = f"{village.AGS}-01", f"{village.AGS}-02"
TWO_AREAS = dict.fromkeys("ADgJ", ONE) | dict.fromkeys("BCEFhiKL", TWO)
# west, north, east, south in squares of 100 m
DISTRICTS = {"0101": (0, 0, 3, 2), "0102": (3, 0, 6, 2), "0201": (0, 2, 6, 4), "0202": (0, 4, 7, 6)}
DELIVERED = {"0101": 70, "0102": 44, "0201": 50, "0202": 30}
RECIPE = """
code = "own_voters"
version = 1
title = "Wahlberechtigte"
source = "Wahlamt"
formats = ["csv"]
[columns]
key = "Stimmbezirk"
voters = "Wahlberechtigte"
turnout = "Anteil der Briefwahl"
[period]
fixed = "2025-12-31"
[key]
column = "key"
kind = "geography"
geography = "stimmbezirke"
unique = ["key"]
every = true
[[value]]
column = "voters"
feature = "own_voters"
[[value]]
column = "turnout"
feature = "own_turnout"
measure = true
"""

FAMILIES = """
code = "own_families"
version = 1
title = "Haushalte mit Kindern"
source = "Statistikstelle"
formats = ["csv"]
counts = "households"
[columns]
key = "Stimmbezirk"
children = "Haushalte mit Kindern"
alone = "Alleinerziehende"
[period]
fixed = "2025-12-31"
[key]
column = "key"
kind = "geography"
geography = "stimmbezirke"
[[value]]
column = "children"
feature = "hh_children"
[[value]]
column = "alone"
feature = "hh_single_parent"
"""


def families_delivery(folder: Path) -> Path:
    """Households with children and single parents by district; a whole indicator."""
    file = folder / "familien.csv"
    rows = ["0101;300;90", "0102;200;50", "0201;500;120", "0202;250;60"]
    file.write_text("\n".join(["Stimmbezirk;Haushalte mit Kindern;Alleinerziehende", *rows]) + "\n")
    return file


def district_map(folder: Path, name: str = "bezirke.gpkg") -> str:
    """A map layer of the districts: NR, Bezeichnung."""
    shapes = [
        shapely.box(WEST + 100 * west, NORTH - 100 * south, WEST + 100 * east, NORTH - 100 * north)
        for west, north, east, south in DISTRICTS.values()
    ]
    frame = gpd.GeoDataFrame({"NR": list(DISTRICTS), "Bezeichnung": "Wahllokal"}, geometry=shapes, crs="EPSG:25832")
    frame.to_file(folder / name, layer="bezirke")
    return str(folder / name)


def district_delivery(folder: Path, counts: dict[str, int] | None = None) -> Path:
    """A file with counts and a share by district."""
    rows = [f"{unit};{number};12,5" for unit, number in (counts or DELIVERED).items()]
    file = folder / "wahl.csv"
    file.write_text("\r\n".join(["Stimmbezirk;Wahlberechtigte;Anteil der Briefwahl", *rows]) + "\r\n", newline="")
    return file
