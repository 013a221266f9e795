"""One invented municipality of a dozen blocks, drawn so that a test can be checked by looking.

Each letter is a block, each sign 100 m by 100 m, north is up; `.` lies outside. Lower-case letters are
open land without inhabitants.
"""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import shapely

AGS = "05999004"
EAST, NORTH = 300_000.0, 5_600_000.0

VILLAGE = """
AABBCC
AABBCC
DDEEFF
DDEEFF
gghhii
JJKKLL
"""
# 3,600 inhabitants: the row A-C is old town, D-F estate, J-L a hamlet beyond the fields
PEOPLE = {"A": 500, "B": 400, "C": 300, "D": 600, "E": 500, "F": 400, "J": 300, "K": 400, "L": 200}
QUARTERS = {"A": "Altstadt", "B": "Altstadt", "C": "Altstadt", "D": "Nordfeld", "E": "Nordfeld", "F": "Nordfeld"}
QUARTERS |= {"J": "Mühlweiler", "K": "Mühlweiler", "L": "Mühlweiler"}
BENEFITS = {"A": 0.10, "B": 0.11, "C": 0.12, "D": 0.30, "E": 0.32, "F": 0.31, "J": 0.04, "K": 0.05, "L": 0.06}
FLATS = {"A": 0.6, "B": 0.5, "C": 0.5, "D": 0.9, "E": 0.9, "F": 0.8, "J": 0.1, "K": 0.1, "L": 0.0}
RENTS = {"A": 8.0, "B": 8.1, "C": 8.3, "D": 6.0, "E": 6.1, "F": 6.2, "J": 9.0, "K": 9.1, "L": 9.4}


def shapes(drawing: str) -> dict[str, shapely.Geometry]:
    """One geometry per letter of the drawing, sorted by letter."""
    lines = [line for line in drawing.strip("\n").splitlines() if line.strip()]
    squares: dict[str, list[shapely.Polygon]] = {}
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            if letter not in ". ":
                x, y = EAST + 100 * column, NORTH - 100 * row
                squares.setdefault(letter, []).append(shapely.box(x, y - 100, x + 100, y))
    return {letter: shapely.coverage_union_all(squares[letter]) for letter in sorted(squares)}


def draw_blocks(
    drawing: str = VILLAGE, people: Mapping[str, int] | None = None, ags: str = AGS, **attributes: Mapping[str, float]
) -> gpd.GeoDataFrame:
    """Blocks in contract columns; block_id = AGS-letter. Letters without people have 100, lower-case ones 0."""
    drawn = shapes(drawing)
    people = PEOPLE if people is None else people
    population = [people.get(letter, 0 if letter.islower() else 100) for letter in drawn]
    columns = {
        "block_id": [f"{ags}-{letter}" for letter in drawn],
        "municipality": ags,
        "population": np.array(population, dtype=np.int64),
        "quarter": [QUARTERS.get(letter, "") for letter in drawn],
        "street": "",
        "land": ["open" if letter.islower() else "settlement" for letter in drawn],
    }
    for name, values in attributes.items():
        columns[name] = [float(values.get(letter, np.nan)) for letter in drawn]
    return gpd.GeoDataFrame(columns, geometry=list(drawn.values()), crs="EPSG:25832")


def village_blocks() -> gpd.GeoDataFrame:
    """The village with one attribute of each family."""
    return draw_blocks(social_benefits=BENEFITS, building_flats=FLATS, housing_rent=RENTS)


def draw_municipality(
    drawing: str = VILLAGE,
    *,
    ags: str = AGS,
    name: str = "Musterdorf",
    low: float = 700,
    high: float = 2000,
    areas: int | None = 3,
) -> gpd.GeoDataFrame:
    """The municipality that the drawing covers, with its rule of size."""
    columns = {"ags": [ags], "name": [name], "kind": ["rural"], "size_low": [float(low)], "size_high": [float(high)]}
    columns["areas"] = [areas]
    whole = shapely.union_all(list(shapes(drawing).values()))
    return gpd.GeoDataFrame(columns, geometry=[whole], crs="EPSG:25832")


def groups(assignment: Mapping[str, str]) -> list[str]:
    """An assignment as letters per area, areas in order of their key: ['ABC', 'DEF', ...]."""
    found: dict[str, list[str]] = {}
    for block, area in sorted(assignment.items()):
        found.setdefault(area, []).append(block[-1])
    return ["".join(found[area]) for area in sorted(found)]
