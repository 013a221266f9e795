"""What a comparison of two plans tells others: numbers of inhabitants that give nobody away, all forms the same."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from sozialraum.plans.withholding import Figure, withheld

AREA_COLUMNS = ("ags", "version", "area_id", "code", "name", "blocks", "persons")
BLOCK, PIECE, AFTER, BEFORE, MOVED = 1.0, 3.0, 6.0, 9.0, 5.0
"""How much is missed: a block, a piece of an area, an area after and before, all that moved in a municipality.

An area as it was is known from earlier prints more often than one that is only planned, so it is withheld last.
"""


@dataclass
class _Told:
    """Figures of a comparison and what stands for each: (table, row)."""

    people: dict[str, int] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    names: list[Hashable] = field(default_factory=list)

    def add(self, name: Hashable, parts: Sequence[str], cost: float, known: bool = False) -> None:
        self.names.append(name)
        self.figures.append(Figure(frozenset(parts), cost, known))


def area_totals(lineage: pd.DataFrame) -> pd.DataFrame:
    """The areas of both plans: ags, version ('before' or 'after'), area_id, code, name, blocks, persons."""
    found = []
    for version, side in (("before", "old"), ("after", "new")):
        rows = lineage[lineage[f"{side}_id"] != ""]
        keys = [f"{side}_{name}" for name in ("id", "code", "name")]
        sums = rows.groupby(keys, sort=False, as_index=False).agg({"ags": "first", "blocks": "sum", "persons": "sum"})
        sums = sums.rename(columns=dict(zip(keys, ("area_id", "code", "name"), strict=True)))
        found.append(sums.assign(version=version)[list(AREA_COLUMNS)])
    return pd.concat(found, ignore_index=True)


def withheld_rows(
    lineage: pd.DataFrame, moved: pd.DataFrame, areas: pd.DataFrame
) -> tuple[list[bool], list[bool], list[bool], set[str]]:
    """For each row of lineage, moved blocks and areas whether its inhabitants are withheld; and the municipalities
    whose moved inhabitants are.

    The reader is taken to know all inhabitants of every municipality, and all numbers that are told.
    """
    told = _Told()
    of_area, of_town, gone = _pieces(told, lineage, moved)
    costs = {"before": BEFORE, "after": AFTER}
    for row, (version, area) in enumerate(zip(areas["version"], areas["area_id"], strict=True)):
        told.add(("area", row), of_area.get((version, area), []), costs[version])
    for (version, ags), parts in of_town.items():
        told.add(("town", version, ags), parts, 0.0, known=True)
    for ags, parts in gone.items():
        told.add(("moved", ags), parts, MOVED)
    out = {name for name, hidden in zip(told.names, withheld(told.figures, told.people), strict=True) if hidden}
    return (
        [("piece", row) in out for row in range(len(lineage))],
        [("block", row) in out for row in range(len(moved))],
        [("area", row) in out for row in range(len(areas))],
        {ags for ags in gone if ("moved", ags) in out},
    )


Parts = dict[tuple[str, str], list[str]]


def _pieces(told: _Told, lineage: pd.DataFrame, moved: pd.DataFrame) -> tuple[Parts, Parts, dict[str, list[str]]]:
    """Blocks and pieces as figures; the parts of each area and of each municipality, and of what moved there."""
    blocks: Parts = {}
    gone: dict[str, list[str]] = {}
    columns = zip(moved["ags"], moved["from_id"], moved["to_id"], moved["persons"], strict=True)
    for row, (ags, old, new, people) in enumerate(columns):
        part = f"block {row}"
        told.people[part] = int(people)
        told.add(("block", row), [part], BLOCK)
        blocks.setdefault((old, new), []).append(part)
        gone.setdefault(ags, []).append(part)
    of_area, of_town = Parts(), Parts()
    columns = zip(lineage["ags"], lineage["old_id"], lineage["new_id"], lineage["persons"], strict=True)
    for row, (ags, old, new, people) in enumerate(columns):
        parts = list(blocks.get((old, new), []))
        rest = int(people) - sum(told.people[part] for part in parts)
        if rest:
            parts.append(f"piece {row}")
            told.people[parts[-1]] = rest
        told.add(("piece", row), parts, PIECE)
        for version, area in (("before", old), ("after", new)):
            if area:
                of_area.setdefault((version, area), []).extend(parts)
                of_town.setdefault((version, ags), []).extend(parts)
    return of_area, of_town, gone
