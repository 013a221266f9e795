"""Divide Berlin-Neukölln by computation and compare with the 40 official planning areas.

    python examples/berlin_neukoelln/compare.py DATA_FOLDER [--effort standard] [--seed 0]

DATA_FOLDER holds `berlin-neukoelln-zensus2011-100m` and `berlin-lor-bis2020`. Prints what was joined before,
the bounds and a table. Only the computed division is searched for; the official one is measured as it stands.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from agreement import adjusted_rand_index, placed_alike

from sozialraum.base import InputRefused, SozialraumError
from sozialraum.blocks import neighbours, pieces, tessellate_cells
from sozialraum.delineation import make_problem, partition
from sozialraum.delineation.attributes import standardise
from sozialraum.delineation.bridges import Bridge, bridge_edges, find_bridges
from sozialraum.delineation.score import score
from sozialraum.delineation.town import border_costs

CELLS = Path("berlin-neukoelln-zensus2011-100m") / "zensus2011_100m_neukoelln.csv.gz"
AREAS = Path("berlin-lor-bis2020") / "lor_bis2020.gpkg"
DISTRICT, KEY, CRS = "08", "11000008", "EPSG:25833"
# As in the example of Aachen: shares of a handful of estimated people are noise and count as unknown.
FEWEST_PEOPLE, FEWEST_DWELLINGS = 10.0, 3.0
# What it costs in points of `ssd` to give every inhabitant another area than the official one.
PRICES = (10.0, 50.0, 200.0)


@dataclass(frozen=True)
class District:
    """The blocks of the district with their official area, ready to be divided.

    blocks : tessellation, sorted by id, one block per 100 m cell. official : int64 (n,) area of each block.
    names : of the official areas, by number. edges, lengths : the graph with bridges (length 0).
    bridges : official area ('' = a speck of the district itself) and the connection that joins its pieces.
    """

    blocks: gpd.GeoDataFrame
    official: np.ndarray
    names: tuple[str, ...]
    edges: np.ndarray
    lengths: np.ndarray
    bridges: tuple[tuple[str, Bridge], ...]

    @property
    def people(self) -> np.ndarray:
        return self.blocks["population"].to_numpy(dtype=float)

    @property
    def sizes(self) -> np.ndarray:
        return np.bincount(self.official, self.people)


def read_district(data: Path) -> District:
    """Complete the cells to a tessellation, give each block its official area, join torn official areas."""
    absent = [str(file) for file in (CELLS, AREAS) if not (data / file).is_file()]
    if absent:
        raise InputRefused(f"In „{data}“ fehlt: {', '.join(absent)}.", (), "Geben Sie den Ordner mit den Daten an.")
    planning = gpd.read_file(data / AREAS, layer="planungsraeume")
    planning = planning[planning["id"].str.startswith(DISTRICT)].sort_values("id", ignore_index=True)
    cells = cells_with_attributes(pd.read_csv(data / CELLS, sep=";", dtype={"plr_id": str}))
    outline = shapely.union_all(planning.geometry.to_numpy())
    # open land is not merged to larger squares: these would lie across the borders of official areas
    blocks = tessellate_cells(cells, outline, open_size=100, crs=CRS, ags=KEY)
    official = official_area(blocks, planning)
    joined = neighbours(blocks)
    specks = find_bridges(blocks, joined.edges)
    whole = np.vstack([joined.edges, bridge_edges(specks, list(blocks["block_id"]))])
    bridges = [("", bridge) for bridge in specks] + torn(blocks, official, planning["id"].to_numpy(), whole)
    extra = bridge_edges([bridge for _area, bridge in bridges], list(blocks["block_id"]))
    return District(
        blocks, official, tuple(planning["id"] + " " + planning["name"]),
        np.vstack([joined.edges, extra]), np.concatenate([joined.lengths, np.zeros(len(extra))]), tuple(bridges),
    )  # fmt: skip


def cells_with_attributes(table: pd.DataFrame) -> pd.DataFrame:
    """Cells with inhabitants, official area and the same nine attributes as in the example of Aachen."""
    people = table["einwohner_geschaetzt"].where(table["einwohner_geschaetzt"] >= FEWEST_PEOPLE)
    number = table["wohnungen_summe"].astype(float)
    dwellings = number.where(number >= FEWEST_DWELLINGS)

    def share(columns: list[str], base: pd.Series) -> pd.Series:
        return (table[columns].sum(axis=1) / base).clip(upper=1.0)

    houses = [f"dwellings_GEBTYPGROESSE_{size}" for size in (7, 8, 9)]
    return pd.DataFrame(
        {
            "cell_id": table["GITTER_ID_100m"],
            "x": table["x"],
            "y": table["y"],
            "population": table["einwohner_geschaetzt"],
            "plr_id": table["plr_id"],
            "social_under_10": share(["demography_ALTER_10JG_1"], people),
            "social_80_up": share(["demography_ALTER_10JG_9"], people),
            "social_foreign": share(["demography_STAATSANGE_KURZ_2"], people),
            "social_single_parents": share(["households_HHTYP_FAM_4"], dwellings),
            "building_density": np.log1p(number),
            "building_large_houses": share(houses, dwellings),
            "building_before_1919": share(["dwellings_BAUJAHR_MZ_1"], dwellings),
            "housing_vacancy": share(["dwellings_NUTZUNG_DETAIL_HHGEN_4"], dwellings),
            "housing_floor_space": table["wohnflaeche_m2_geschaetzt"] / dwellings,
        }
    )


def official_area(blocks: gpd.GeoDataFrame, planning: gpd.GeoDataFrame) -> np.ndarray:
    """Number of the official area of each block: inhabited cells as the source has it, others by largest overlap."""
    place = {area: number for number, area in enumerate(planning["id"])}
    official = blocks["plr_id"].map(place).to_numpy(dtype=float, copy=True)
    shapes, areas = blocks.geometry.to_numpy(), planning.geometry.to_numpy()
    for row in np.flatnonzero(np.isnan(official)):
        official[row] = int(np.argmax(shapely.area(shapely.intersection(shapes[row], areas))))
    return official.astype(np.int64)


def torn(
    blocks: gpd.GeoDataFrame, official: np.ndarray, ids: np.ndarray, edges: np.ndarray
) -> list[tuple[str, Bridge]]:
    """Official areas whose blocks are not in one piece, with the shortest connections that join them.

    Nobody is moved: the official areas keep their cells, and the connections belong to the graph of everyone.
    """
    found = []
    for number, area in enumerate(ids):
        own = np.flatnonzero(official == number)
        place = np.full(len(blocks), -1)
        place[own] = np.arange(len(own))
        inner = place[edges]
        inner = inner[(inner >= 0).all(axis=1)]
        if pieces(len(own), inner).max() > 0:
            found += [(str(area), bridge) for bridge in find_bridges(blocks.iloc[own], inner)]
    return found


def torn_on_cells(district: District) -> int:
    """How many official areas are not in one piece when only the cells of the source count as land."""
    cells = district.blocks["land"].to_numpy() == "settlement"
    one, other = district.edges.T
    kept = cells[one] & cells[other] & (district.official[one] == district.official[other])
    piece = pieces(len(cells), district.edges[kept & (district.lengths > 0)])
    return sum(len(set(piece[cells & (district.official == area)])) > 1 for area in range(len(district.names)))


@dataclass(frozen=True)
class Measured:
    """What one division is worth and how far it agrees with the official one.

    plan : official, computed, or 'from official' (computed with the official one as start). compactness : asked for.
    price : points of ssd that moving every inhabitant would cost. ssd : percent of the spread left inside.
    borders : their cost at compactness 1, whatever was asked. smallest, largest : inhabitants of an area.
    rand_persons, rand_cells : adjusted Rand index on inhabitants and on inhabited cells.
    alike : share of inhabitants in matching areas. whole : every area in one piece. seconds : of the processor.
    """

    plan: str
    compactness: float
    price: float
    ssd: float
    borders: float
    smallest: float
    largest: float
    rand_persons: float
    rand_cells: float
    alike: float
    whole: bool
    proof: str
    seconds: float


def compare(
    district: District, effort: str = "standard", seed: int = 0, prices: Sequence[float] = (0.0, *PRICES)
) -> list[Measured]:
    """The official division, free hands twice, and computed with the official one as `start` at each price."""
    rows = [measured(district, district.official, plan="official")]
    rows += [divided(district, "computed", compactness, None, 0.0, effort, seed) for compactness in (0.0, 1.0)]
    rows += [divided(district, "from official", 1.0, district.official, price, effort, seed) for price in prices]
    return rows


def divided(
    district: District, plan: str, compactness: float, start: np.ndarray | None, price: float, effort: str, seed: int
) -> Measured:
    """Search for one division within the official bounds and measure it."""
    since = time.process_time()
    found = partition(
        district.edges, district.people, standardise(district.blocks).values, areas=len(district.names),
        bounds=bounds(district), edge_costs=costs(district, compactness), start=start,
        change_cost=price / district.people.sum(), seed=seed, effort=effort, name="Neukölln",
    )  # fmt: skip
    seconds = time.process_time() - since
    return measured(district, found.labels, plan, compactness, price, found.proof, seconds)


def bounds(district: District) -> tuple[float, float]:
    return float(district.sizes.min()), float(district.sizes.max())


def costs(district: District, compactness: float) -> np.ndarray:
    return border_costs(district.edges, district.lengths, district.people, compactness)


def measured(
    district: District, labels: np.ndarray, plan: str, compactness: float = 0.0, price: float = 0.0, proof: str = "",
    seconds: float = 0.0,
) -> Measured:  # fmt: skip
    """Measure a division from nothing, the same way for the official one and ours."""
    people, inhabited = district.people, district.people > 0
    problem = make_problem(
        district.edges, people, standardise(district.blocks).values, areas=len(district.names),
        bounds=bounds(district), edge_costs=costs(district, 1.0),
    )  # fmt: skip
    worth = score(problem, labels)
    sizes = np.bincount(labels, people)[np.bincount(labels) > 0]
    persons = people[inhabited].astype(np.int64)
    ours, theirs = labels[inhabited], district.official[inhabited]
    return Measured(
        plan, compactness, price, worth.ssd, worth.cut_cost, float(sizes.min()), float(sizes.max()),
        adjusted_rand_index(ours, theirs, persons), adjusted_rand_index(ours, theirs),
        placed_alike(ours, theirs, persons), in_one_piece(district, labels), proof, seconds,
    )  # fmt: skip


def in_one_piece(district: District, labels: np.ndarray) -> bool:
    """Whether every area hangs together on the graph with bridges."""
    kept = district.edges[labels[district.edges[:, 0]] == labels[district.edges[:, 1]]]
    return bool(pieces(len(labels), kept).max() + 1 == len(np.unique(labels)))


def table_text(rows: Sequence[Measured]) -> str:
    """The table in Markdown."""
    lines = [
        "| division | compactness | price of moving all | ssd | borders | inhabitants | adj. Rand (persons) "
        "| adj. Rand (cells) | placed alike | CPU s |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        compactness = "" if row.plan == "official" else f"{row.compactness:g}"
        price = f"{row.price:g}" if row.plan == "from official" else ""
        seconds = "" if row.plan == "official" else f"{row.seconds:.1f}"
        lines.append(
            f"| {row.plan} | {compactness} | {price} | {row.ssd:.2f} | {row.borders:.2f} "
            f"| {row.smallest:,.0f} to {row.largest:,.0f} | {row.rand_persons:.3f} | {row.rand_cells:.3f} "
            f"| {100 * row.alike:.1f} % | {seconds} |"
        )
    return "\n".join(lines)


def described(district: District) -> list[str]:
    """What the comparison rests on, in sentences."""
    inhabited = int((district.people > 0).sum())
    torn_areas = sorted({area for area, _bridge in district.bridges if area})
    sentences = [
        f"{len(district.blocks)} blocks on the completed tessellation ({inhabited} inhabited), "
        f"{district.people.sum():,.0f} inhabitants (estimated), {len(district.names)} official areas.",
        f"Bounds: {district.sizes.min():,.0f} to {district.sizes.max():,.0f} inhabitants, "
        "the smallest and the largest official area.",
        f"Official areas torn by the assignment of midpoints: {len(torn_areas)} ({', '.join(torn_areas)}); "
        f"on the cells of the source alone it would be {torn_on_cells(district)}.",
    ]
    for area, bridge in district.bridges:
        what = f"Official area {area}" if area else "A speck at the border of the district"
        sentences.append(f"{what}: {bridge.one} and {bridge.other} joined over {bridge.metres:g} m.")
    return sentences


def main() -> int:
    """Read the arguments, compare, and turn refusals into a sentence and an exit code."""
    parser = argparse.ArgumentParser(description="Neukölln gerechnet und amtlich nebeneinander.")
    parser.add_argument("data", type=Path, help="Ordner mit den offenen Daten")
    parser.add_argument("--effort", default="standard", choices=("draft", "standard", "thorough", "exact"))
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    try:
        district = read_district(arguments.data)
        print(*described(district), sep="\n", end="\n\n", flush=True)
        print(table_text(compare(district, arguments.effort, arguments.seed)))
    except SozialraumError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
