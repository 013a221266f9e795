"""An invented town of four areas in a row with addresses, small enough to check the street grid by reading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

import village
from sozialraum.blocks import Places, no_buildings, no_places
from sozialraum.delineation import Plan, make_plan
from sozialraum.project import Project

AGS = village.AGS
ROW = "AABBCCDD\nAABBCCDD"
NAMES = {"A": "Altstadt", "B": "Bahnhof", "C": "Siedlung", "D": "Dorf"}


def area(letter: str) -> str:
    return f"{AGS}-{'ABCD'.index(letter) + 1:02d}"


def town_blocks(people: dict[str, int] | None = None, **attributes: dict[str, float]) -> gpd.GeoDataFrame:
    """Four blocks A to D from west to east."""
    counts = {"A": 2000, "B": 1500, "C": 940, "D": 3000} | (people or {})
    return village.draw_blocks(ROW, counts, **attributes)


def town_plan() -> Plan:
    """Each block is an area: 1 Altstadt, 2 Bahnhof, 3 Siedlung, 4 Dorf."""
    rows = [(area(letter), str("ABCD".index(letter) + 1), NAMES[letter], AGS, "adopted") for letter in "ABCD"]
    frame = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    return make_plan(
        {f"{AGS}-{letter}": area(letter) for letter in "ABCD"}, frame, title="Plan", created="2026-01-01T00:00:00+00:00"
    )


def register(rows: Iterable[tuple[str, str, str]], postcode: str = "52499") -> gpd.GeoDataFrame:
    """Addresses from (street, '12a', block letter); '' = in no block."""
    found = []
    for street, number, letter in rows:
        digits = "".join(sign for sign in number if sign.isdigit())
        found.append((street, int(digits), number[len(digits) :], postcode, f"{AGS}-{letter}" if letter else ""))
    frame = pd.DataFrame(found, columns=["street", "number", "suffix", "postcode", "block_id"])
    return gpd.GeoDataFrame(frame, geometry=[shapely.Point(0, 0)] * len(frame), crs=25832)


def whole_street(street: str, letter: str, last: int = 10) -> list[tuple[str, str, str]]:
    return [(street, str(number), letter) for number in range(1, last + 1)]


STREETS = [
    *whole_street("Altweg", "A"), *whole_street("Bahnweg", "B"), *whole_street("Siedlerweg", "C"),
    *whole_street("Dorfweg", "D"), ("Grenzweg", "1", "C"), ("Grenzweg", "2", "D"),
]  # fmt: skip


def town_project(
    folder: Path, people: dict[str, int] | None = None, rows: Iterable[tuple[str, str, str]] = STREETS
) -> Project:
    """The town with its plan and register; area 3 has 940 inhabitants and resembles area 4 most."""
    blocks = town_blocks(people, social_benefits={"A": 0.9, "B": 0.5, "C": 0.1, "D": 0.15})
    town = village.draw_municipality().assign(geometry=[blocks.union_all()])
    project = Project.create(folder, name="Musterkreis")
    lines = blocks.iloc[:0][["block_id", "quarter", "geometry"]].rename(columns={"block_id": "kind", "quarter": "name"})
    project.save_layers(town, blocks, lines, Places(register(rows), no_buildings(25832), no_places(25832)))
    project.save_plan(town_plan())
    return project
