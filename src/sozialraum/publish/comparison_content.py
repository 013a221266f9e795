"""What the printed comparison of two plans is made of, and which blocks went from one area to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sozialraum.base import _, code_key
from sozialraum.plans.comparing import Comparison, TownComparison
from sozialraum.publish.work_map_content import PlanText, Town, WorkMap


@dataclass(frozen=True, eq=False)
class Move:
    """Blocks that went from one area to another: the letter on the map, both areas, who lives there, and why.

    blocks : ids. people : None where withheld. why : released reasons as one text, '' where none is released.
    partly : some blocks of the group have no released reason.
    """

    letter: str
    from_id: str
    to_id: str
    from_code: str
    to_code: str
    blocks: tuple[str, ...]
    people: int | None
    why: str
    partly: bool

    @property
    def reason(self) -> str:
        """The reason as printed; what is not released stays internal."""
        if not self.why:
            return _("Grund intern")
        return _("{why} (weitere Gründe intern)").format(why=self.why) if self.partly else self.why


@dataclass(frozen=True, eq=False)
class TownChange:
    """One municipality before and after.

    before, after : the same town with either plan, each as it would be printed. lineage, moved, areas : its rows of
    the comparison as told to others. figures : its numbers.
    """

    before: WorkMap
    after: WorkMap
    lineage: pd.DataFrame
    moved: pd.DataFrame
    areas: pd.DataFrame
    figures: TownComparison

    @property
    def town(self) -> Town:
        return self.after.town

    @cached_property
    def moves(self) -> list[Move]:
        """What changed its area, by the pair of areas, lettered in reading order."""
        return moves_of(self.moved, self.lineage)

    def positions(self, move: Move) -> NDArray[np.bool_]:
        """Which blocks of the town belong to a move."""
        found: NDArray[np.bool_] = self.town.blocks["block_id"].isin(move.blocks).to_numpy()
        return found


@dataclass(frozen=True, eq=False)
class ComparisonPrint:
    """A comparison to be printed. towns : the municipalities that changed, with everything drawn of them.

    municipalities : all of the region, `ags, name, geometry`. whole : whether the first page sums up the region.
    """

    comparison: Comparison
    old: PlanText
    new: PlanText
    towns: Sequence[TownChange]
    municipalities: gpd.GeoDataFrame
    whole: bool
    region: str
    notice: str
    source: str
    created_on: str
    language: str = "de"


def moves_of(moved: pd.DataFrame, lineage: pd.DataFrame) -> list[Move]:
    """Groups of moved blocks by the pair of areas, lettered in the order of their codes.

    moved : rows of `plans.Comparison.moved`; blocks that stay in an area that goes on are not among them. lineage : its
    rows of the same pairs, which tell the inhabitants of each.
    """
    people = {(row["old_id"], row["new_id"]): _number(row["persons"]) for row in lineage.to_dict("records")}
    groups = [(str(old), str(new), rows) for (old, new), rows in moved.groupby(["from_id", "to_id"], sort=True)]
    groups.sort(key=lambda group: (code_key(group[2]["from_code"].iloc[0]), code_key(group[2]["to_code"].iloc[0])))
    found = []
    for place, (old, new, rows) in enumerate(groups):
        reasons = list(dict.fromkeys(why for why in rows["why"] if why))
        found.append(
            Move(
                letter(place), old, new, str(rows["from_code"].iloc[0]), str(rows["to_code"].iloc[0]),
                tuple(rows["block_id"]), people[old, new], " ".join(reasons),
                bool((rows["why"] == "").any()),
            )
        )  # fmt: skip
    return found


def _number(persons: Any) -> int | None:
    return None if pd.isna(persons) else int(persons)


def living_on(lineage: pd.DataFrame) -> set[tuple[str, str]]:
    """Pairs (old, new) of which each is the other's largest part, by inhabitants, then by blocks: they share a tone.

    By blocks alone where inhabitants are withheld: the tone must not tell which of two pieces has more.
    """
    people = not lineage["persons"].isna().any()
    rows = sorted(
        lineage.to_dict("records"),
        key=lambda row: (-row["persons"] if people else 0, -row["blocks"], row["old_id"], row["new_id"]),
    )
    to: dict[str, str] = {}
    origin: dict[str, str] = {}
    for row in rows:
        to.setdefault(row["old_id"], row["new_id"])
        origin.setdefault(row["new_id"], row["old_id"])
    return {(old, new) for old, new in to.items() if origin.get(new) == old}


def letter(place: int) -> str:
    """A, B, … Z, AA, AB."""
    first, second = divmod(place, 26)
    return ("" if first == 0 else chr(64 + first)) + chr(65 + second)


def kind_text(kind: str) -> str:
    """How areas come from areas, in words."""
    return {
        "U": _("unverändert"),
        "S": _("geteilt"),
        "M": _("zusammengelegt"),
        "X": _("neu zugeschnitten"),
    }[kind]
