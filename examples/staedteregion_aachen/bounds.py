"""How far the areas of the nine municipalities can be from the best plan there is.

    python examples/staedteregion_aachen/bounds.py DATA_FOLDER [--effort exact] [--only AGS ...]

Searches each municipality with the usual wishes and prints its objective, the proven lower bound, the gap and the
proof; efforts below `exact` prove no bound. Nothing is stored.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
from build import read_definition, read_layers, refuse_missing

from sozialraum.base import SozialraumError
from sozialraum.delineation import Partition
from sozialraum.delineation.town import prepare_town
from sozialraum.delineation.town_plan import search_town
from sozialraum.delineation.wishes import usual_wishes

HEAD = """| municipality | blocks | areas | ssd | objective | lower bound | gap | proof | bound rests on | CPU s |
|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class Proven:
    """What was found and proven for one municipality; blocks : inhabited ones; seconds of the processor."""

    name: str
    blocks: int
    areas: int
    found: Partition
    why: str
    seconds: float


def proven(municipalities: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, effort: str, seed: int = 0) -> Iterator[Proven]:
    """Search every municipality on its own, in the order of the AGS."""
    for _row, municipality in municipalities.sort_values("ags").iterrows():
        own = blocks[blocks["municipality"] == municipality["ags"]]
        town = prepare_town(own, municipality, usual_wishes(municipality, effort=effort))
        since = time.process_time()
        found, _balance = search_town(town, seed)
        seconds = time.process_time() - since
        yield Proven(
            town.name, int((town.people > 0).sum()), town.areas, found, str(found.report.get("bound", "")), seconds
        )


def line(row: Proven) -> str:
    """One row of the table in Markdown."""
    found = row.found
    bound = "none" if found.lower_bound is None else f"{found.lower_bound:.2f}"
    gap = "none" if found.gap is None else f"{100 * found.gap:.1f} %"
    return (
        f"| {row.name} | {row.blocks} | {row.areas} | {found.ssd:.2f} | {found.objective:.2f} | {bound} | {gap} "
        f"| {found.proof} | {row.why} | {row.seconds:.1f} |"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arguments, search, and turn refusals into a sentence and an exit code."""
    parser = argparse.ArgumentParser(description="Beweisbare Abstände der neun Gemeinden.")
    parser.add_argument("data", type=Path, help="Ordner mit den offenen Daten")
    parser.add_argument("--effort", default="exact", choices=("draft", "standard", "thorough", "exact"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=(), help="Schlüssel einzelner Gemeinden")
    asked = parser.parse_args(arguments)
    try:
        refuse_missing(asked.data)
        municipalities, blocks = read_layers(asked.data, read_definition(), frozenset(asked.only))
        print(HEAD, flush=True)
        for row in proven(municipalities, blocks, asked.effort, asked.seed):
            print(line(row), flush=True)
    except SozialraumError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
