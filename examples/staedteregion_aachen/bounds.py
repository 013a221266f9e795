"""How far the areas of the nine municipalities can be from the best plan there is.

    python examples/staedteregion_aachen/bounds.py DATA_FOLDER [--effort exact] [--only AGS ...]

Searches each municipality as the example does and prints its objective, the proven lower bound, the gap and the
proof. Nothing is stored.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
from build import read_definition, read_layers, refuse_missing

from sozialraum.base import SozialraumError
from sozialraum.delineation import Partition, make_problem, partition
from sozialraum.delineation.exact import lower_bound
from sozialraum.delineation.town import Town, prepare_town

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
        town = prepare_town(blocks[blocks["municipality"] == municipality["ags"]], municipality)
        since = time.process_time()
        found, why = searched(town, effort, seed)
        seconds = time.process_time() - since
        yield Proven(town.name, int((town.people > 0).sum()), town.areas, found, why, seconds)


def searched(town: Town, effort: str, seed: int) -> tuple[Partition, str]:
    """The areas with a proven bound, and what it rests on; an effort without proof gets the general bound."""
    task = {"areas": town.areas, "bounds": (town.low, town.high), "edge_costs": town.costs, "name": town.name}
    found = partition(town.edges, town.people, town.table.values, **task, effort=effort, seed=seed)
    if found.lower_bound is not None:
        return found, str(found.report.get("bound", ""))
    bound = lower_bound(make_problem(town.edges, town.people, town.table.values, **task), found.labels)
    gap = (found.objective - bound.value) / found.objective if found.objective > 0 else None
    return replace(found, lower_bound=bound.value, gap=gap), bound.name


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
