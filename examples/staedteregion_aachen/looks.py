"""Look at proposed areas as a planner would: fraying, enclaves, cut villages, areas at the lower limit.

    python examples/staedteregion_aachen/looks.py DATA_FOLDER [--compactness 0.5 1 2 4] [--balance 0 0.5]

Prints one line per municipality and wish, and a sum over all municipalities per wish. Nothing is stored.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import shapely
from build import read_definition, read_layers, refuse_missing

from sozialraum.base import SozialraumError
from sozialraum.blocks import pieces
from sozialraum.delineation.town import Town, prepare_town, with_wishes
from sozialraum.delineation.town_plan import search_town
from sozialraum.delineation.town_quality import enclaves, measure
from sozialraum.delineation.wishes import usual_wishes

NEAR_LIMIT = 1.05  # an area with at most so many times the lower limit sits at it
VILLAGE = 2000.0  # inhabitants: a settlement with at most so many should not be cut
COLUMNS = (
    "municipality", "compactness", "balance", "areas", "ssd", "at the limit", "below 1,000", "largest / smallest",
    "roundness", "enclaves", "frayed cells", "villages cut",
)  # fmt: skip
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


@dataclass(frozen=True)
class Looks:
    """What a planner sees in one division.

    ssd : percent of the spread left inside. at_limit : areas within 5 % of the lower limit. below_1000 : areas.
    ratio : largest by smallest area. roundness : 4 pi A / U^2, mean by inhabitants. enclaves : areas inside one other
    area. frayed : inhabited cells with one side to their own area and two or more to others. villages, cut :
    settlements of 100 to 2,000 inhabitants (inhabited cells that touch) and how many of them lie in several areas.
    """

    areas: int
    ssd: float
    at_limit: int
    below_1000: int
    ratio: float
    roundness: float
    enclaves: int
    frayed: int
    villages: int
    cut: int

    def line(self, name: str, compactness: float, balance: float) -> str:
        """A row of the table in Markdown."""
        return (
            f"| {name} | {compactness:g} | {balance:g} | {self.areas} | {self.ssd:.1f} | {self.at_limit} "
            f"| {self.below_1000} | {self.ratio:.1f} | {self.roundness:.2f} | {self.enclaves} | {self.frayed} "
            f"| {self.cut} of {self.villages} |"
        )


def looks(town: Town, labels: np.ndarray, ssd: float, roundness: float) -> Looks:
    """Measure one division; labels : (n,) numbers 0..k-1."""
    sizes = np.bincount(labels, town.people)
    villages = settlements(town)
    cut = sum(len(set(labels[village].tolist())) > 1 for village in villages)
    return Looks(
        areas=len(sizes), ssd=ssd, at_limit=int((sizes <= NEAR_LIMIT * town.low).sum()),
        below_1000=int((sizes < 1000).sum()), ratio=float(sizes.max() / sizes.min()), roundness=roundness,
        enclaves=enclaves(town, labels), frayed=frayed(town, labels), villages=len(villages), cut=cut,
    )  # fmt: skip


def settlements(town: Town) -> list[np.ndarray]:
    """Rows of the inhabited blocks of each village: blocks that touch, also at a corner."""
    rows = np.flatnonzero(town.people > 0)
    shapes = town.blocks.geometry.to_numpy()[rows]
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=1.0)
    piece = pieces(len(rows), np.column_stack([one, other])[one < other])
    found = [rows[piece == number] for number in range(int(piece.max()) + 1)]
    return [village for village in found if 100 <= town.people[village].sum() <= VILLAGE]


def frayed(town: Town, labels: np.ndarray) -> int:
    """Inhabited blocks with at most one side to inhabited blocks of their area and two or more to other areas."""
    lived_in = (town.people[town.edges] > 0).all(axis=1) & (town.lengths > 0)
    one, other = town.edges[lived_in].T
    same = labels[one] == labels[other]
    number = len(labels)
    own = np.bincount(one[same], minlength=number) + np.bincount(other[same], minlength=number)
    strange = np.bincount(one[~same], minlength=number) + np.bincount(other[~same], minlength=number)
    return int(((own <= 1) & (strange >= 2)).sum())


def summed(found: Sequence[Looks]) -> Looks:
    """The nine together: sums, means of ssd and roundness by areas, the worst ratio."""
    areas = [one.areas for one in found]
    total = {name: sum(getattr(one, name) for one in found)
             for name in ("areas", "at_limit", "below_1000", "enclaves", "frayed", "villages", "cut")}  # fmt: skip
    mean = {name: float(np.average([getattr(one, name) for one in found], weights=areas))
            for name in ("ssd", "roundness")}  # fmt: skip
    return Looks(**total, **mean, ratio=max(one.ratio for one in found))  # type: ignore[arg-type]


def main() -> int:
    """Read the arguments, search, measure, print."""
    parser = argparse.ArgumentParser(description="Gerechnete Gebiete mit den Augen der Planung.")
    parser.add_argument("data", type=Path, help="Ordner mit den offenen Daten")
    parser.add_argument("--compactness", nargs="*", type=float, default=(1.5,))
    parser.add_argument("--balance", nargs="*", type=float, default=(0.5,))
    parser.add_argument("--effort", default="standard", choices=("draft", "standard", "thorough", "exact"))
    parser.add_argument("--only", nargs="*", default=(), help="Schlüssel einzelner Gemeinden")
    asked = parser.parse_args()
    try:
        refuse_missing(asked.data)
        municipalities, blocks = read_layers(asked.data, read_definition(), frozenset(asked.only))
        towns = [(prepare_town(blocks[blocks["municipality"] == row["ags"]], row), row)
                 for _number, row in municipalities.iterrows()]  # fmt: skip
        print(HEAD, flush=True)
        for compactness, balance in product(asked.compactness, asked.balance):
            found = []
            for town, row in towns:
                wishes = replace(usual_wishes(row, effort=asked.effort), compactness=compactness, balance=balance)
                wished = with_wishes(town, wishes, row)
                plan = search_town(wished, 0)[0]
                figures = measure(wished, plan.labels, plan)
                found.append(looks(wished, plan.labels, plan.ssd, figures.compactness))
                print(found[-1].line(town.name, compactness, balance), flush=True)
            print(summed(found).line("all", compactness, balance), flush=True)
    except SozialraumError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
