"""How fast 120,000 addresses are placed, compared with a newer register and written as a street directory.

    python benchmarks/addresses.py [--addresses 120000] [--rows 120000]

Everything is generated from a fixed seed: towns with streets, a list as departments write it (abbreviations, suffixes,
ranges, misspellings, a tenth without postcode), and a register one year later.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.addresses import (
    AddressRegister,
    Changes,
    Placed,
    accept_certain,
    apply_changes,
    compare_registers,
    decide,
    place,
)

SEED = 20261128
TOWNS, POSTCODES, HOUSES = 10, 3, 40
FIRST = (
    "Ahorn", "Berg", "Birken", "Brunnen", "Buchen", "Burg", "Dorf", "Eichen", "Erlen", "Feld", "Flieder", "Garten",
    "Goethe", "Heide", "Hof", "Kastanien", "Kirch", "Kloster", "Linden", "Markt", "Mühlen", "Nord", "Ost", "Park",
    "Rosen", "Schiller", "Schul", "Süd", "Tal", "Tannen", "Ufer", "Wald", "Weiden", "West", "Wiesen", "Ziegel",
)  # fmt: skip
SECOND = (
    "acker", "au", "bach", "berg", "born", "brink", "busch", "feld", "garten", "grund", "hain", "hang", "heide", "kamp",
    "rain", "tal", "teich", "wald", "wiese",
)  # fmt: skip
LAST = ("straße", "weg", "gasse", "platz", "allee")


def generated_register(wanted: int) -> pd.DataFrame:
    """Streets of `HOUSES` numbers over ten towns, some names in several of them; blocks of ten houses."""
    rng = np.random.default_rng(SEED)
    names = [f"{one}{two}{end}" for one in FIRST for two in SECOND for end in LAST]
    streets = rng.choice(len(names), size=wanted // HOUSES + 1)
    number = np.tile(np.arange(1, HOUSES + 1), len(streets))[:wanted]
    street = np.repeat(np.arange(len(streets)), HOUSES)[:wanted]
    town = (street * TOWNS) // len(streets)
    code = town * POSTCODES + street % POSTCODES
    x = (street % 250) * 100.0 + number * 2.0
    y = (street // 250) * 100.0 + (number % 2) * 8.0
    frame = pd.DataFrame(
        {
            "street": np.array(names, dtype=object)[streets[street]],
            "number": number,
            "suffix": np.where(rng.uniform(size=wanted) < 0.03, "a", ""),
            "postcode": [f"059{one:02}" for one in code],
            "municipality": [f"059990{one:02}" for one in town],
            "block_id": [f"B{one:05}" for one in street],
            "x": x,
            "y": y,
        }
    )
    return frame.drop_duplicates(["street", "number", "suffix", "postcode"], ignore_index=True)


def generated_list(register: pd.DataFrame, rows: int) -> pd.DataFrame:
    """A list as departments write it; `truth` is the block of the address each row was made of."""
    rng = np.random.default_rng(SEED + 1)
    chosen = register.iloc[rng.integers(0, len(register), rows)].reset_index(drop=True)
    street = chosen["street"].str.replace("straße", "str.").to_numpy(dtype=object)
    slips = rng.uniform(size=rows) < 0.03
    street[slips] = [name[:3] + name[4:] for name in street[slips]]
    number = chosen["number"].astype(str).to_numpy(dtype=object) + chosen["suffix"].to_numpy(dtype=object)
    ranges = rng.uniform(size=rows) < 0.02
    number[ranges] = [f"{one}-{one + 2}" for one in chosen["number"][ranges]]
    number[rng.uniform(size=rows) < 0.02] += " Hinterhaus"
    code = np.where(rng.uniform(size=rows) < 0.1, "", chosen["postcode"].to_numpy(dtype=object))
    truth = chosen["block_id"].to_numpy(dtype=object)
    return pd.DataFrame({"street": street, "number": number, "postcode": code, "truth": truth})


def wrong(placed: Placed, rows: pd.DataFrame) -> str:
    """How many placed rows lie in another block than the address the row was made of."""
    frame = placed.frame
    other = (frame["block_id"] != rows["truth"]).groupby(frame["state"]).sum()
    return ", ".join(f"{state} in another block: {other.get(state, 0)}" for state in ("exact", "likely"))


def next_year(register: pd.DataFrame) -> gpd.GeoDataFrame:
    """One street in a hundred renamed, one address in five hundred gone, as many new ones."""
    rng = np.random.default_rng(SEED + 2)
    frame = register.copy()
    streets = frame["block_id"].unique()
    renamed = frame["block_id"].isin(rng.choice(streets, len(streets) // 100, replace=False))
    frame.loc[renamed, "street"] = "Neue " + frame.loc[renamed, "street"]
    frame = frame.drop(index=rng.choice(frame.index, len(frame) // 500, replace=False))
    fresh = frame.iloc[rng.integers(0, len(frame), len(frame) // 500)].assign(suffix="f")
    return as_layer(pd.concat([frame, fresh], ignore_index=True))


def as_layer(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    points = shapely.points(frame[["x", "y"]].to_numpy())
    columns = ["street", "number", "suffix", "postcode", "block_id"]
    return gpd.GeoDataFrame(frame[columns], geometry=points, crs="EPSG:25832")


def blocks_of(register: pd.DataFrame) -> gpd.GeoDataFrame:
    """A strip for each street."""
    ends = register.groupby("block_id").agg(
        x=("x", "min"), x2=("x", "max"), y=("y", "min"), town=("municipality", "first")
    )
    shapes = shapely.box(ends["x"] - 2, ends["y"] - 20, ends["x2"] + 2, ends["y"] + 40)
    columns = {"block_id": ends.index.to_numpy(dtype=object), "municipality": ends["town"].to_numpy(dtype=object)}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:25832")


def timed(what: str, work: Callable[[], object]) -> object:
    start = time.perf_counter()
    made = work()
    print(f"{what:<52} {time.perf_counter() - start:7.2f} s", flush=True)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=120_000)
    parser.add_argument("--rows", type=int, default=120_000)
    wanted = parser.parse_args()
    frame = generated_register(wanted.addresses)
    rows = generated_list(frame, wanted.rows)
    towns = {f"059990{town:02}": f"Ort {town}" for town in range(TOWNS)}
    register = timed(f"register of {len(frame):,} addresses", lambda: AddressRegister(frame, towns))
    assert isinstance(register, AddressRegister)
    placed = timed(f"list of {len(rows):,} rows placed", lambda: place(register, rows))
    assert isinstance(placed, Placed)
    print(f"{'':<10} {placed.counts()}, {wrong(placed, rows)}")
    again = timed("the same, unknown numbers between neighbours", lambda: place(register, rows, interpolate=True))
    assert isinstance(again, Placed)
    print(f"{'':<10} {again.counts()}, {wrong(again, rows)}")
    last, blocks, new = as_layer(frame), blocks_of(frame), next_year(frame)
    changes = timed(f"compared with a register of {len(new):,}", lambda: compare_registers(last, new, blocks))
    assert isinstance(changes, Changes)
    print(f"{'':<10} {changes.counts()}")
    sure = accept_certain(changes)
    rest = decide(changes, set(changes.rows["change_id"]) - {one.change_id for one in sure}, "reject")
    timed("decided and applied", lambda: apply_changes(changes, (*sure, *rest)))


if __name__ == "__main__":
    main()
