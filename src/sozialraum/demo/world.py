"""The invented region as a whole: what everybody may see, and the hidden truth behind the deliveries."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.demo.adopted import ADOPTED_TOWN, adopted_plan
from sozialraum.demo.chance import Floats, Ints, stream
from sozialraum.demo.character import Character, attributes, characterise
from sozialraum.demo.facilities import Facilities, care_home_block, found_facilities
from sozialraum.demo.mesh import Mesh, build_mesh
from sozialraum.demo.people import living_conditions, persons
from sozialraum.demo.region import CITY, CITY_SINCE, COURSES, CRS, EDITIONS, MEMBERS
from sozialraum.demo.settle import Settlement, settle
from sozialraum.demo.streets import name_streets
from sozialraum.demo.tessellate import Tessellation, tessellate


@dataclass(frozen=True)
class Truth:
    """What only the generator knows.

    persons : per edition (n blocks, 8 ages, 2 sexes, 2 nationalities). conditions : per edition a frame over blocks.
    homeless : per edition {AGS: (8, 2, 2)} persons without an address that can be placed.
    residual : per edition a frame by AGS of further counts without an address.
    """

    persons: tuple[Ints, ...]
    conditions: tuple[pd.DataFrame, ...]
    homeless: tuple[dict[str, Ints], ...]
    residual: tuple[pd.DataFrame, ...]
    facilities: Facilities = field(repr=False)
    burden: Floats = field(repr=False)


@dataclass(frozen=True)
class World:
    """The invented region: layers as in the contract, the adopted plan of one town, the hidden truth."""

    seed: int
    with_city: bool
    municipalities: gpd.GeoDataFrame = field(repr=False)
    blocks: gpd.GeoDataFrame = field(repr=False)
    lines: gpd.GeoDataFrame = field(repr=False)
    adopted: pd.Series = field(repr=False)
    adopted_names: pd.DataFrame = field(repr=False)
    truth: Truth = field(repr=False)

    def members_of(self, edition: str) -> tuple[str, ...]:
        """AGS of the members at an edition; the city joins with the second."""
        return tuple(ags for ags in self.municipalities["ags"] if ags != CITY or edition >= CITY_SINCE)

    @property
    def hidden_shelter_address(self) -> str:
        """Street and house number of the women's shelter, for tests that look for it in every file."""
        return f"{self.truth.facilities.shelter_street} {self.truth.facilities.shelter_number}"


def build_world(seed: int = 2026, with_city: bool = False) -> World:
    """Invent the region: geometry, people, facilities, editions; the same seed gives the same region.

    with_city : add the tenth member, a town of 250,000, from the second edition on.
    """
    mesh = build_mesh(seed)
    places = settle(seed, mesh)
    present = np.array([with_city or one.ags != CITY for one in MEMBERS])
    pieces = tessellate(seed, mesh, places, present)
    character = characterise(seed, places, pieces)
    streets = name_streets(seed, places, pieces)
    street_of_block = [streets[street] if street >= 0 else "" for street in pieces.street]
    home = care_home_block(places, character)
    people = persons(seed, character, home)
    facilities = found_facilities(seed, places, character, _under_six(people), street_of_block, home)
    blocks = _blocks(seed, places, pieces, character, people, street_of_block)
    truth = Truth(
        people,
        living_conditions(seed, character, people),
        tuple(_homeless(seed, edition, facilities.shelter_member, present) for edition in range(len(EDITIONS))),
        tuple(_residual(seed, edition, present) for edition in range(len(EDITIONS))),
        facilities,
        character.burden,
    )
    adopted, names = _adopted(mesh, places, pieces, blocks)
    return World(
        seed,
        with_city,
        _municipalities(pieces, places, present),
        blocks,
        _lines(pieces, streets),
        adopted,
        names,
        truth,
    )


def _under_six(people: tuple[Ints, ...]) -> Ints:
    return np.column_stack([counts[:, :2].sum(axis=(1, 2, 3)) for counts in people])


def block_ids(places: Settlement, pieces: Tessellation) -> np.ndarray:
    """AGS-0001 ...: numbered per municipality in the order in which the blocks were cut."""
    member = places.member[pieces.cell]
    ids = np.empty(len(member), dtype=object)
    for number in np.unique(member):
        here = np.flatnonzero(member == number)
        ids[here] = [f"{MEMBERS[number].ags}-{position:04d}" for position in range(1, len(here) + 1)]
    return ids


def _blocks(
    seed: int,
    places: Settlement,
    pieces: Tessellation,
    character: Character,
    people: tuple[Ints, ...],
    streets: list[str],
) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(
        {
            "block_id": block_ids(places, pieces),
            "municipality": [MEMBERS[member].ags for member in character.member],
            "population": people[-1].sum(axis=(1, 2, 3)),
            "quarter": [places.names[quarter] for quarter in character.quarter],
            "street": streets,
            "land": np.where(character.green, "open", "settlement"),
        }
    )
    frame = pd.concat([frame, attributes(seed, character)], axis=1)
    return gpd.GeoDataFrame(frame, geometry=pieces.polygons, crs=CRS)


def _municipalities(pieces: Tessellation, places: Settlement, present: np.ndarray) -> gpd.GeoDataFrame:
    member = places.member[pieces.cell]
    chosen = [number for number in range(len(MEMBERS)) if present[number]]
    shapes = [shapely.coverage_union_all(pieces.polygons[member == number]) for number in chosen]
    columns = ("ags", "name", "kind", "size_low", "size_high", "areas")
    frame = pd.DataFrame({name: [getattr(MEMBERS[number], name) for number in chosen] for name in columns})
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _lines(pieces: Tessellation, streets: list[str]) -> gpd.GeoDataFrame:
    rows = [
        (course.kind, course.name, line)
        for course, line in zip(COURSES, pieces.course_lines, strict=True)
        if not line.is_empty
    ]
    rows += [("street", name, _multi(line)) for name, line in zip(streets, pieces.street_lines, strict=True) if name]
    kinds, names, lines = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"kind": kinds, "name": names}, geometry=list(lines), crs=CRS)


def _multi(line: shapely.Geometry) -> shapely.MultiLineString:
    return line if isinstance(line, shapely.MultiLineString) else shapely.MultiLineString([line])


def _homeless(seed: int, edition: int, shelter_member: int, present: np.ndarray) -> dict[str, Ints]:
    """Persons whose address cannot be placed, per AGS; among them the women and children in the shelter."""
    found: dict[str, Ints] = {}
    for number, one in enumerate(MEMBERS):
        if not present[number] or (one.ags == CITY and EDITIONS[edition] < CITY_SINCE):
            continue
        chance = stream(seed, "homeless", one.ags, EDITIONS[edition])
        rate = one.inhabitants / 2600
        share = (
            np.array([0, 0, 0, 0.1, 0.5, 0.35, 0.05, 0])[:, None, None] * np.array([0.25, 0.75])[:, None] * [0.7, 0.3]
        )
        counts = chance.poisson(rate * share)
        if number == shelter_member:
            counts[[0, 1, 2], :, :] += chance.integers(1, 3, (3, 2, 2))
            counts[[3, 4, 5], 0, :] += chance.integers(1, 5, (3, 2))
        found[one.ags] = counts.astype(np.int64)
    return found


def _residual(seed: int, edition: int, present: np.ndarray) -> pd.DataFrame:
    """Counts that offices could not place, per AGS; roughly one to two per cent of what there is."""
    per_1000 = {"unemployed": 0.55, "unemployed_15_25": 0.07, "employees": 4.2, "benefit_persons": 1.1}
    per_1000 |= {"benefit_children": 0.25, "care_03_06": 0.2, "children_03_06": 0.22, "family_aid": 0.25}
    per_1000 |= {"households": 0.35, "hh_children": 0.04, "hh_single_parent": 0.02}
    rows = {}
    for number, one in enumerate(MEMBERS):
        if present[number] and (one.ags != CITY or EDITIONS[edition] >= CITY_SINCE):
            chance = stream(seed, "residual", one.ags, EDITIONS[edition])
            rows[one.ags] = {
                name: int(chance.poisson(rate * one.inhabitants / 1000)) for name, rate in per_1000.items()
            }
    frame = pd.DataFrame.from_dict(rows, orient="index")
    for part, whole in PARTS.items():
        frame[part] = np.minimum(frame[part], frame[whole])
    return frame


PARTS = {
    "unemployed_15_25": "unemployed",
    "benefit_children": "benefit_persons",
    "care_03_06": "children_03_06",
    "hh_children": "households",
    "hh_single_parent": "hh_children",
}


def _adopted(
    mesh: Mesh, places: Settlement, pieces: Tessellation, blocks: gpd.GeoDataFrame
) -> tuple[pd.Series, pd.DataFrame]:
    """The adopted plan as block_id → area_id, and area_id, code, name."""
    inhabitants: Floats = np.bincount(pieces.cell, blocks["population"], minlength=len(mesh.sites)).astype(np.float64)
    label, names = adopted_plan(mesh, places, inhabitants)
    codes = [str(number + 1) for number in range(len(names))]
    keys = [f"{ADOPTED_TOWN}-{int(code):02d}" for code in codes]
    here = (blocks["municipality"] == ADOPTED_TOWN).to_numpy()
    assignment = pd.Series(
        [keys[area] for area in label[pieces.cell[here]]], index=blocks.loc[here, "block_id"].to_numpy(), name="area_id"
    )
    assignment.index.name = "block_id"
    return assignment, pd.DataFrame({"area_id": keys, "code": codes, "name": names})
