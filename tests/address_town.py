"""The town of the street grid with addresses that lie where they say: four blocks A to D from west to east.

Each block has a street along its middle with a door every ten metres; in block A stands one more house in a street of
its own, which nobody shall find.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

import street_grid_town
from sozialraum.blocks import Places, no_buildings, no_places
from sozialraum.project import Project

AGS, POSTCODE = street_grid_town.AGS, "52499"
STREETS = {"Altweg": "A", "Bahnweg": "B", "Siedlerweg": "C", "Dorfweg": "D"}
HIDDEN_STREET, HIDDEN_NUMBER = "Zinnoberstiege", 5
DOORS = range(1, 11)
Row = tuple[str, int, str, float, float]


def bounds(letter: str) -> tuple[float, float, float, float]:
    """West, south, east, north of a block."""
    blocks = street_grid_town.town_blocks()
    own = blocks.geometry[blocks["block_id"] == f"{AGS}-{letter}"].iloc[0]
    return own.bounds


def doors(street: str, letter: str, numbers: Iterable[int] = DOORS) -> list[Row]:
    """Rows of a street inside a block, from west to east."""
    west, south, east, north = bounds(letter)
    step = (east - west) / 40
    return [(street, number, "", west + step * (number + 2), (south + north) / 2) for number in numbers]


def all_doors() -> list[Row]:
    west, south, _east, _north = bounds("A")
    hidden = (HIDDEN_STREET, HIDDEN_NUMBER, "", west + 5.0, south + 5.0)
    return [row for street, letter in STREETS.items() for row in doors(street, letter)] + [hidden]


def register(rows: Iterable[Row], postcode: str = POSTCODE) -> gpd.GeoDataFrame:
    """Addresses as a layer without blocks, as registers are delivered."""
    frame = pd.DataFrame(rows, columns=["street", "number", "suffix", "x", "y"])
    points = shapely.points(frame[["x", "y"]].to_numpy(dtype=float))
    return gpd.GeoDataFrame(frame.drop(columns=["x", "y"]).assign(postcode=postcode), geometry=points, crs="EPSG:25832")


def write_register(file: Path, rows: Iterable[Row]) -> Path:
    register(rows).to_file(file, layer="addresses")
    return file


def address_town(folder: Path) -> Project:
    """The town with its plan (each block an area) and the register of `all_doors`."""
    project = street_grid_town.town_project(folder, {"C": 1200})
    addresses = register(all_doors())
    letters = [STREETS.get(street, "A") for street in addresses["street"]]
    addresses["block_id"] = [f"{AGS}-{letter}" for letter in letters]
    save_addresses(project, addresses)
    return project


def save_addresses(project: Project, addresses: gpd.GeoDataFrame) -> None:
    places = Places(addresses, no_buildings(25832), no_places(25832))
    project.save_layers(project.municipalities(), project.blocks(), project.lines(), places)
