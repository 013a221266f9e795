"""The village of village.py with three areas, a railway between its rows, and a ground to measure on."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.delineation import Edit, Plan, make_plan
from sozialraum.plans import Ground, make_ground
from village import AGS, EAST, NORTH, draw_municipality, village_blocks

AREAS = {"ABC": "1", "DEFghi": "2", "JKL": "3"}
NAMES = {"1": "Altstadt", "2": "Nordfeld", "3": "Mühlweiler"}
ONE, TWO, THREE = (f"{AGS}-0{code}" for code in "123")


def block(letter: str) -> str:
    return f"{AGS}-{letter}"


def railway(row: int = 2) -> gpd.GeoDataFrame:
    """A railway from west to east below so many rows of the drawing."""
    line = shapely.LineString([(EAST, NORTH - 100 * row), (EAST + 600, NORTH - 100 * row)])
    return gpd.GeoDataFrame({"kind": ["railway"], "name": ["Bahnlinie"]}, geometry=[line], crs="EPSG:25832")


def ground(lines: gpd.GeoDataFrame | None = None, **rule: float) -> Ground:
    return make_ground(village_blocks(), draw_municipality(**rule).iloc[0], lines)


def plan(areas: dict[str, str] | None = None) -> Plan:
    """In revision; areas : letters of the blocks -> code."""
    areas = areas or AREAS
    rows = [(f"{AGS}-0{code}", code, NAMES.get(code, f"Gebiet {code}"), AGS, "proposal") for code in areas.values()]
    table = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {block(letter): f"{AGS}-0{code}" for letters, code in areas.items() for letter in letters}
    return make_plan(assignment, table, title="Entwurf", created="2026-01-01T09:00:00+00:00", status="in_revision")


def move(letters: str, to: str) -> Edit:
    return Edit("move", area=to, blocks=tuple(map(block, letters)), role="Planung")


def letters_of(blocks: tuple[str, ...] | list[str]) -> str:
    return "".join(sorted(name[-1] for name in blocks))


def spread(weight: np.ndarray, values: np.ndarray) -> float:
    """Mean squared distance from the weighted mean, one number after the other."""
    total = sum(weight)
    middle = [sum(w * v for w, v in zip(weight, column, strict=True)) / total for column in values.T]
    return (
        sum(
            w * sum((v - m) ** 2 for v, m in zip(row, middle, strict=True))
            for w, row in zip(weight, values, strict=True)
        )
        / total
    )
