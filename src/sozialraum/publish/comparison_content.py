"""What the printed comparison of two plans is made of, and which blocks went from one area to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sozialraum.base import _, code_key
from sozialraum.base.numbers import EN_DASH, count
from sozialraum.plans.comparing import Comparison, TownComparison
from sozialraum.publish.work_map_content import FEWEST_SHOWN, PlanText, Town, WorkMap


@dataclass(frozen=True, eq=False)
class Move:
    """Blocks that went from one area to another: the letter on the map, both areas, who lives there, and why.

    blocks : ids. why : released reasons as one text, '' where none is released. partly : some blocks of the group
    have no released reason.
    """

    letter: str
    from_id: str
    to_id: str
    from_code: str
    to_code: str
    blocks: tuple[str, ...]
    people: int
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

    before, after : the same town with either plan, each as it would be printed. lineage, moved : its rows of the
    comparison. figures : its numbers.
    """

    before: WorkMap
    after: WorkMap
    lineage: pd.DataFrame
    moved: pd.DataFrame
    figures: TownComparison

    @property
    def town(self) -> Town:
        return self.after.town

    @cached_property
    def moves(self) -> list[Move]:
        """What changed its area, by the pair of areas, lettered in reading order."""
        return moves_of(self.lineage, self.moved)

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


def moves_of(lineage: pd.DataFrame, moved: pd.DataFrame) -> list[Move]:
    """Groups of moved blocks.

    An area lives on in the one that took over most of its inhabitants, if most of that one's come from it; only what
    went elsewhere has moved. So after a split the new part is the move, not both parts.
    """
    rows = lineage[(lineage["kind"] != "U") & (lineage["old_id"] != "") & (lineage["new_id"] != "")]
    stays = living_on(rows)
    left = [row for row in rows.to_dict("records") if (row["old_id"], row["new_id"]) not in stays]
    left.sort(key=lambda row: (code_key(row["old_code"]), code_key(row["new_code"])))
    found = []
    for place, row in enumerate(left):
        mine = moved[(moved["from_id"] == row["old_id"]) & (moved["to_id"] == row["new_id"])]
        reasons = list(dict.fromkeys(why for why in mine["why"] if why))
        found.append(
            Move(
                letter(place), row["old_id"], row["new_id"], row["old_code"], row["new_code"],
                tuple(mine["block_id"]), int(row["persons"]), " ".join(reasons), bool((mine["why"] == "").any()),
            )
        )  # fmt: skip
    return found


def living_on(lineage: pd.DataFrame) -> set[tuple[str, str]]:
    """Pairs (old, new) of which each is the other's largest part, by inhabitants, then by blocks."""
    rows = sorted(
        lineage.to_dict("records"), key=lambda row: (-row["persons"], -row["blocks"], row["old_id"], row["new_id"])
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


def people_text(people: int) -> str:
    """Inhabitants of some blocks; a dash for fewer than three."""
    return count(people) if people >= FEWEST_SHOWN else EN_DASH


def kind_text(kind: str) -> str:
    """How areas come from areas, in words."""
    return {
        "U": _("unverändert"),
        "S": _("geteilt"),
        "M": _("zusammengelegt"),
        "X": _("neu zugeschnitten"),
    }[kind]
