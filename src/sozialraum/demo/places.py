"""Places people know in the invented region: districts, schools, churches and town halls."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks import Places
from sozialraum.demo.addresses import draw_addresses
from sozialraum.demo.buildings import draw_buildings
from sozialraum.demo.chance import stream
from sozialraum.demo.names import COMMERCIAL
from sozialraum.demo.region import CRS
from sozialraum.demo.world import World

PEOPLE_PER_SCHOOL, PEOPLE_PER_CHURCH = 4500, 3800
PATRONS = ("St. Martin", "St. Nikolaus", "St. Barbara", "Christuskirche", "St. Josef", "Lukaskirche", "Herz Jesu",
           "St. Antonius", "Friedenskirche", "St. Laurentius", "Versöhnungskirche", "St. Cäcilia")  # fmt: skip
TOWN_HALL = {"rural": "Gemeindehaus"}
_Row = tuple[str, str, int]


def draw_places(world: World) -> Places:
    """Addresses, buildings and places of the invented region, in contract columns."""
    addresses, doors = draw_addresses(world)
    public = _public(world)
    districts = _districts(world)
    shown = public[public["kind"].isin(("school", "church", "town_hall"))]
    places = pd.concat([districts, shown.drop(columns="block")], ignore_index=True)
    return Places(addresses, draw_buildings(world, doors, public), gpd.GeoDataFrame(places, crs=CRS))


def _quarters(world: World) -> pd.DataFrame:
    """One row per quarter: municipality, quarter, population, positions of its blocks."""
    frame = pd.DataFrame(world.blocks[["municipality", "quarter", "population"]])
    frame["block"] = np.arange(len(frame))
    grouped = frame[frame["quarter"] != ""].groupby(["municipality", "quarter"], sort=True)
    return grouped.agg(population=("population", "sum"), block=("block", list)).reset_index()


def _districts(world: World) -> gpd.GeoDataFrame:
    """The name of every quarter where its inhabitants live; a business park in its middle."""
    middle = shapely.get_coordinates(shapely.centroid(world.blocks.geometry.to_numpy()))
    population = world.blocks["population"].to_numpy(dtype=float)
    rows = []
    for quarter in _quarters(world).itertuples(index=False):
        blocks = np.array(quarter.block)
        weight = population[blocks] if quarter.population else np.ones(len(blocks))
        x, y = np.average(middle[blocks], axis=0, weights=weight)
        rows.append(("district", quarter.quarter, shapely.Point(round(x, 1), round(y, 1))))
    return gpd.GeoDataFrame(rows, columns=["kind", "name", "geometry"], geometry="geometry", crs=CRS)


def _public(world: World) -> gpd.GeoDataFrame:
    """Public buildings: kind, name, block (position), point; never a protected one."""
    facilities = world.truth.facilities.table
    told = facilities[(facilities["block"] >= 0) & ~facilities["protected"]]
    taken = {int(block) for block in told["block"]}
    rows: list[_Row] = []
    towns = world.municipalities.set_index("ags")
    for ags, own in _quarters(world).groupby("municipality"):
        rows += _of_town(world, str(ags), towns.loc[str(ags)], own, taken)
    rows += list(zip(told["kind"], told["name"], told["block"], strict=True))
    blocks = world.blocks.geometry.to_numpy()
    shapes = shapely.point_on_surface([blocks[block] for _kind, _name, block in rows])
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=["kind", "name", "block"]), geometry=shapes, crs=CRS)


def _of_town(world: World, ags: str, town: pd.Series, own: pd.DataFrame, taken: set[int]) -> list[_Row]:
    """The town hall in the old town, schools and churches by quarter; a small quarter shares its neighbours'."""
    core = own.loc[own["quarter"] == "Altstadt"]
    seat = core if len(core) else own.nlargest(1, "population")
    hall = f"{TOWN_HALL.get(town['kind'], 'Rathaus')} {town['name']}"
    rows: list[_Row] = [("town_hall", hall, _room(world, seat["block"].iloc[0], taken, ags))]
    built = 0
    for name, people, blocks in zip(own["quarter"], own["population"], own["block"], strict=True):
        if name == COMMERCIAL or not people:
            continue
        chance = stream(world.seed, "places", ags, name)
        for number in range(int(people / PEOPLE_PER_SCHOOL + chance.uniform())):
            kind = "Grundschule" if number == 0 else "Gesamtschule"
            rows.append(("school", f"{kind} {name}", _room(world, blocks, taken, ags, name, str(number))))
        for number in range(int(people / PEOPLE_PER_CHURCH + chance.uniform())):
            patron = PATRONS[built % len(PATRONS)] + (f" {name}" if built >= len(PATRONS) else "")
            rows.append(("church", patron, _room(world, blocks, taken, ags, name, "church", str(number))))
            built += 1
    return rows


def _room(world: World, blocks: list[int], taken: set[int], *purpose: str) -> int:
    """One of the larger inhabited blocks of a quarter that holds nothing public yet."""
    free = [block for block in blocks if block not in taken] or blocks
    lived_in = [block for block in free if world.blocks["population"].iat[block] > 0] or free
    sizes = shapely.area(world.blocks.geometry.to_numpy()[lived_in])
    large = np.argsort(-sizes, kind="stable")[: max(1, len(lived_in) // 3)]
    chosen = lived_in[int(large[int(stream(world.seed, "room", *purpose).integers(len(large)))])]
    taken.add(chosen)
    return chosen
