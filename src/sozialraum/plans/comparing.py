"""Two plans side by side: areas, inhabitants, likeness, lineage and the blocks that moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum.base import _, plural
from sozialraum.base.numbers import count
from sozialraum.delineation import Edit, Plan
from sozialraum.plans.comparison_withholding import area_totals, withheld_rows
from sozialraum.plans.figures import area_rows, figures
from sozialraum.plans.ground import Ground, make_ground
from sozialraum.plans.lineage import lineage
from sozialraum.plans.moved import moved_blocks
from sozialraum.plans.withholding import withheld_note


@dataclass(frozen=True, slots=True)
class PlanLabel:
    """Which plan or draft this is. valid_from : ISO date or ''."""

    plan_id: str
    title: str
    status: str
    created: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class TownComparison:
    """One municipality before and after.

    areas : numbers of areas. blocks_moved, persons_moved : blocks whose area has other blocks now, their inhabitants
    (None where withheld).
    likeness : "Ähnlichkeit innen" 0..100 over all inhabitants, 100 = within each area all blocks alike; None = unknown.
    compactness : mean over the areas, 1 = circle. changed : False when all areas have the same blocks and names.
    """

    ags: str
    name: str
    areas_before: int
    areas_after: int
    blocks_moved: int
    persons_moved: int | None
    likeness_before: float | None
    likeness_after: float | None
    compactness_before: float | None
    compactness_after: float | None
    changed: bool


@dataclass(frozen=True, eq=False)
class Comparison:
    """What differs between two plans.

    old, new : which. towns : every municipality in order of AGS. lineage : DataFrame `ags, old_id, old_code, old_name,
    new_id, new_code, new_name, kind (U, S, M, X), blocks, persons`. moved : DataFrame `ags, block_id, from_id,
    from_code, to_id, to_code, persons, why`; why holds released reasons only. areas : DataFrame `ags, version (before,
    after), area_id, code, name, blocks, persons`. notes : sentences on what limits it. internal : with all numbers, for
    the desk alone; `for_others` withholds some.
    """

    old: PlanLabel
    new: PlanLabel
    towns: tuple[TownComparison, ...]
    lineage: pd.DataFrame
    moved: pd.DataFrame
    areas: pd.DataFrame
    notes: tuple[str, ...] = ()
    internal: bool = True

    def to_json(self) -> dict[str, Any]:
        """The comparison as a plain object; frames as lists of rows."""
        return {
            "old": asdict(self.old),
            "new": asdict(self.new),
            "towns": [asdict(town) for town in self.towns],
            "lineage": _records(self.lineage),
            "moved": _records(self.moved),
            "areas": _records(self.areas),
            "notes": list(self.notes),
        }

    def for_others(self) -> Comparison:
        """What may leave the desk: `persons` and `persons_moved` are missing where they would tell of one or two
        inhabitants, alone or taken together (see `plans.withholding`); a note says so."""
        if not self.internal:
            return self
        origin, moved, areas, towns = withheld_rows(self.lineage, self.moved, self.areas)
        hidden = any((*origin, *moved, *areas, *towns))
        return replace(
            self,
            towns=tuple(replace(town, persons_moved=None) if town.ags in towns else town for town in self.towns),
            lineage=_without(self.lineage, origin),
            moved=_without(self.moved, moved),
            areas=_without(self.areas, areas),
            notes=(*self.notes, withheld_note()) if hidden else self.notes,
            internal=False,
        )

    def only(self, ags: str) -> Comparison:
        """The comparison with one municipality alone."""
        return replace(
            self,
            towns=tuple(town for town in self.towns if town.ags == ags),
            lineage=self.lineage[self.lineage["ags"] == ags],
            moved=self.moved[self.moved["ags"] == ags],
            areas=self.areas[self.areas["ags"] == ags],
        )


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain objects; None where a number is missing."""
    return [
        {str(key): None if value is pd.NA else value for key, value in row.items()} for row in rows.to_dict("records")
    ]


def _without(rows: pd.DataFrame, hidden: Sequence[bool]) -> pd.DataFrame:
    """Rows with NA for the inhabitants withheld."""
    return rows.assign(persons=rows["persons"].astype("Int64").mask(np.array(hidden, dtype=bool)))


def compare(
    old: Plan,
    new: Plan,
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    lines: gpd.GeoDataFrame | None = None,
    *,
    edits: Sequence[Edit] | None = None,
) -> Comparison:
    """Compare two plans. blocks : with attributes; blocks of an older version stand in the lineage as X with a note.

    edits : the steps from old to new, by default those of `new`. Only reasons marked public are taken over.
    """
    people = {str(key): int(n) for key, n in zip(blocks["block_id"], blocks["population"], strict=True)}
    steps = new.edits if edits is None else tuple(edits)
    origin = lineage(old, new, people)
    moved = moved_blocks(old, new, people, steps).sort_values(["ags", "block_id"], ignore_index=True)
    towns = tuple(
        _town(row, old, new, blocks, lines, origin, moved)
        for _place, row in municipalities.sort_values("ags").iterrows()
    )
    return Comparison(
        _label(old), _label(new), towns, origin, moved, area_totals(origin), tuple(_notes(old, new, people))
    )


def _label(plan: Plan) -> PlanLabel:
    return PlanLabel(plan.plan_id, plan.title, plan.status, plan.created, plan.valid_from, plan.valid_to)


def _town(
    row: pd.Series,
    old: Plan,
    new: Plan,
    blocks: gpd.GeoDataFrame,
    lines: gpd.GeoDataFrame | None,
    origin: pd.DataFrame,
    moved: pd.DataFrame,
) -> TownComparison:
    ags = str(row["ags"])
    own, here = origin[origin["ags"] == ags], moved[moved["ags"] == ags]
    same_words = (own["old_code"] == own["new_code"]) & (own["old_name"] == own["new_name"])
    changed = bool((own["kind"] != "U").any() or not same_words.all())
    # Measuring takes a moment per municipality, and an unchanged one is measured once.
    ground = make_ground(blocks, row, lines) if len(blocks[blocks["municipality"] == ags]) else None
    before = _quality(ground, old, ags)
    after = _quality(ground, new, ags) if changed else before
    return TownComparison(
        ags=ags, name=str(row["name"]),
        areas_before=int((old.areas["municipality"] == ags).sum()),
        areas_after=int((new.areas["municipality"] == ags).sum()),
        blocks_moved=len(here), persons_moved=int(here["persons"].sum()),
        likeness_before=before[0], likeness_after=after[0],
        compactness_before=before[1], compactness_after=after[1], changed=changed,
    )  # fmt: skip


def _quality(ground: Ground | None, plan: Plan, ags: str) -> tuple[float | None, float | None]:
    """Likeness over all inhabitants of a municipality, and the mean compactness of its areas."""
    if ground is None:
        return None, None
    found = list(figures(ground, ground.areas_of(plan), area_rows(plan, ags)).values())
    known = [one for one in found if one.likeness is not None]
    weight = sum(one.people for one in known)
    alike = sum(one.people * (one.likeness or 0.0) for one in known) / weight if weight else None
    mean = sum(one.compactness for one in found) / len(found) if found else None
    return _rounded(alike, 1), _rounded(mean, 3)


def _rounded(number: float | None, places: int) -> float | None:
    return None if number is None or number != number else round(float(number), places)


def _notes(old: Plan, new: Plan, people: dict[str, int]) -> list[str]:
    notes = []
    only_old = set(old.assignment.index) - set(new.assignment.index)
    only_new = set(new.assignment.index) - set(old.assignment.index)
    if only_old or only_new:
        notes.append(
            _(
                "Die beiden Pläne beruhen auf verschiedenen Fassungen der Bausteine: {old} nur im früheren, "
                "{new} nur im späteren Plan. Die betroffenen Gebiete gelten als neu zugeschnitten (X)."
            ).format(old=count(len(only_old)), new=count(len(only_new)))
        )
    unknown = (set(old.assignment.index) | set(new.assignment.index)) - set(people)
    if unknown:
        text = plural(
            "Für {count} Baustein ist keine Einwohnerzahl bekannt; er zählt mit 0.",
            "Für {count} Bausteine ist keine Einwohnerzahl bekannt; sie zählen mit 0.",
            len(unknown),
        )
        notes.append(text.format(count=count(len(unknown))))
    return notes
