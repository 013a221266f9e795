"""How long large deliveries take, and how much memory: each in a process of its own.

    python benchmarks/deliveries.py [--rows 3100000] [--docs docs/benchmarks.md]

A workbook of 40,000 rows and 13 columns, read to values; and the census grid of a whole country (CSV in the shape of
the Zensus 2022, generated), of which a Kreis of 30 by 30 km is kept. Memory is the peak of the reading process and of
the largest process it started.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import xlsxwriter

from sozialraum.deliveries import Places, read_delivery, recipes
from sozialraum.deliveries.catalogue import CatalogueIndex
from sozialraum.deliveries.catalogue_records import CatalogueEntry
from sozialraum.deliveries.declare import recipe_from

BEGIN, END = "<!-- printed by benchmarks/deliveries.py -->", "<!-- end of benchmarks/deliveries.py -->"
AGS, WEST, SOUTH, SIDE = "05334008", 4_030_000, 3_080_000, 30_000
ROWS, COLUMNS = 40_000, 12
WORKBOOK = """
code = "wide"
version = 1
title = "Breite Tabelle"
source = "erfunden"
formats = ["xlsx"]
[columns]
key = "Baustein"
{columns}
[key]
column = "key"
kind = "block"
unique = ["key"]
[period]
fixed = "2025-12-31"
{values}
"""


def write_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Tabelle")
        sheet.write_row(0, 0, ["Baustein", *(f"Merkmal {n}" for n in range(COLUMNS))])
        for row in range(ROWS):
            sheet.write_row(row + 1, 0, [f"{AGS}-{row:05d}", *((row * (n + 3)) % 977 for n in range(COLUMNS))])


def read_workbook(path: Path) -> str:
    columns = "\n".join(f'c{n} = "Merkmal {n}"' for n in range(COLUMNS))
    values = "\n".join(f'[[value]]\ncolumn = "c{n}"\nfeature = "own_{n}"\nsigns = "plain"' for n in range(COLUMNS))
    recipe = recipe_from(WORKBOOK.format(columns=columns, values=values), "wide.toml", {})
    places = square(200, [f"{AGS}-{n:05d}" for n in range(ROWS)])
    start = time.perf_counter()
    reading = read_delivery(path, recipe, places)
    return f"{time.perf_counter() - start:.2f} {len(reading.observations)}"


def square(side: int, ids: Sequence[str] = ()) -> Places:
    """A Kreis of side by side blocks; without names they are 1 km squares of the grid."""
    width = side if ids else SIDE // 1000
    column, row = np.arange(len(ids) or width * width) % width, np.arange(len(ids) or width * width) // width
    west, south = WEST + 1000.0 * column, SOUTH + 1000.0 * row
    names = list(ids) or [f"{AGS}-{n:04d}" for n in range(width * width)]
    columns = {"block_id": names, "municipality": AGS, "population": 100, "land": "settlement"}
    blocks = gpd.GeoDataFrame(columns, geometry=shapely.box(west, south, west + 1000, south + 1000), crs="EPSG:3035")
    return Places(blocks, pd.DataFrame({"ags": [AGS], "name": ["Kreis"]}))


def grid_head() -> str:
    (recipe,) = [one for one in recipes() if one.code == "census_dwellings"]
    return ";".join(column.head for column in recipe.columns.values())


def write_grid(path: Path, rows: int) -> None:
    """Cells of 100 m from 4,030,000 east and 2,680,000 north on, row by row, every second one inhabited."""
    width = 4_000
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(grid_head() + "\n")
        for first in range(0, rows, width):
            y = 2_700_050 + 100 * (first // width) * 5
            lines = []
            for n in range(min(width, rows - first)):
                x = 4_030_050 + 100 * n
                marked = "KLAMMERN" if n % 37 == 0 else ""
                lines.append(f"CRS3035RES100mN{y - 50}E{x - 50};{x};{y};{n % 40 + 1};{n % 3};{36 + n % 50},75;{marked}")
            file.write("\n".join(lines) + "\n")


def read_grid(path: Path) -> str:
    (recipe,) = [one for one in recipes() if one.code == "census_dwellings"]
    places = square(0)
    start = time.perf_counter()
    reading = read_delivery(path, recipe, places)
    return f"{time.perf_counter() - start:.2f} {len(reading.observations)}"


def searched() -> str:
    """Milliseconds for indexing 2,000 entries of a catalogue and one search in them."""
    entries = [
        CatalogueEntry("k", f"{n:05d}", f"Bevölkerung nach Merkmal {n} - Gemeinden", "2023") for n in range(2_000)
    ]
    start = time.perf_counter()
    index = CatalogueIndex(entries)
    made = time.perf_counter()
    index.search("bevölk gemein 1", 100)
    return f"{1000 * (made - start):.0f} + {1000 * (time.perf_counter() - made):.0f} ms"


def measured(kind: str, path: Path) -> tuple[float, int, int]:
    """Seconds, values read and MiB of one reading in a process of its own."""
    command = [sys.executable, __file__, "--read", kind, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(told[0]), int(told[1]), int(told[2])


def report(rows: Sequence[tuple[str, str, str, str]], arguments: Sequence[str]) -> str:
    used = ", ".join(f"{name} {version(name)}" for name in ("pandas", "python-calamine", "numpy"))
    head = f"{date.today().isoformat()}; `{' '.join(['python benchmarks/deliveries.py', *arguments])}`"
    lines = [f"{head}; CPython {platform.python_version()}, {used}.", ""]
    lines += ["| read | seconds | MiB | asked for |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {what} | {took} | {memory} | {goal} |" for what, took, memory, goal in rows)])


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=3_100_000)
    parser.add_argument("--docs", type=Path, help="put the table between the two marks of this Markdown file")
    parser.add_argument("--read", nargs=2, metavar=("KIND", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.read:
        kind, path = options.read
        told = read_workbook(Path(path)) if kind == "workbook" else read_grid(Path(path))
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(told, peak // 1024)
        return
    with TemporaryDirectory() as folder:
        book, grid = Path(folder) / "breit.xlsx", Path(folder) / "Zensus2022_Gitter_100m.csv"
        write_workbook(book)
        write_grid(grid, options.rows)
        size = grid.stat().st_size >> 20
        took, values, memory = measured("workbook", book)
        rows = [(f"XLSX, {ROWS:,} x 13, {values:,} values", f"{took:.2f}", str(memory), "2 s")]
        took, values, memory = measured("grid", grid)
        what = f"CSV of a country, {options.rows:,} rows, {size} MiB, {values:,} values of a Kreis kept"
        rows.append((what, f"{took:.2f}", str(memory), "20 s, 1024 MiB"))
    rows.append(("2,000 entries of a catalogue indexed, and searched", searched(), "", ""))
    text = report(rows, [one for one in arguments if one not in ("--docs", str(options.docs))])
    print(text)
    if options.docs:
        page = options.docs.read_text(encoding="utf-8")
        start, _begin, rest = page.partition(BEGIN)
        _old, _end, after = rest.partition(END)
        options.docs.write_text(f"{start}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
