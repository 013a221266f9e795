"""Keys are fixed at adoption: the same blocks keep their key, every other area gets one that was never used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sozialraum.delineation import Edit, Plan, area_key
from sozialraum.delineation.plan import AREA_COLUMNS, sort_areas
from sozialraum.plans.moved import area_sets


@dataclass(frozen=True, eq=False)
class Keyed:
    """The areas of one municipality with fixed keys.

    assignment : Series block_id -> area_id. areas : DataFrame in reading order.
    keys : provisional key -> fixed key. kept : fixed keys that stand for the same blocks as before.
    """

    assignment: pd.Series
    areas: pd.DataFrame
    keys: Mapping[str, str]
    kept: frozenset[str]


def fix_keys(
    state: Plan,
    ags: str,
    *,
    former: Plan,
    base: Plan,
    used: Iterable[str] = (),
    meaning: Mapping[str, frozenset[str]] | None = None,
) -> Keyed:
    """Give every area of a municipality the key it keeps.

    former : the plan that holds until now. base : the plan the revision began with, often the same.
    used : every key any plan of the project has or had. meaning : key -> blocks of all areas ever decided on.
    An area with the blocks of one in `former` or `base` keeps its key (U), and its code and name where no step
    gave others. Every other gets `area_key(ags, code)`, or the next running number where that was used.
    """
    decided = dict(meaning or {})
    sets = area_sets(state)
    rows = state.areas[state.areas["municipality"] == ags]
    before = _known_areas((base, former), ags, decided)
    taken = {*used, *decided, *former.areas["area_id"], *base.areas["area_id"]}
    keys: dict[str, str] = {}
    kept: dict[str, Mapping[str, str]] = {}
    for area_id in rows["area_id"]:
        known = before.get(sets[area_id])
        if known is not None:
            keys[area_id] = known["area_id"]
            kept[area_id] = known
    for area_id, code in zip(rows["area_id"], rows["code"], strict=True):
        if area_id not in keys:
            keys[area_id] = _new_key(ags, str(code), taken)
            taken.add(keys[area_id])
    own = state.assignment[state.assignment.isin(set(rows["area_id"]))]
    areas = pd.DataFrame(_described(rows, keys, kept, state.edits), columns=list(AREA_COLUMNS))
    unchanged = frozenset(keys[area_id] for area_id in kept)
    return Keyed(own.map(keys).astype(object), sort_areas(areas), keys, unchanged)


def _known_areas(
    plans: Sequence[Plan], ags: str, decided: Mapping[str, frozenset[str]]
) -> dict[frozenset[str], Mapping[str, str]]:
    """Blocks -> row of the area they were, later plans first; a key that was decided for other blocks is none."""
    found: dict[frozenset[str], Mapping[str, str]] = {}
    for plan in plans:
        sets = area_sets(plan)
        for row in plan.areas[plan.areas["municipality"] == ags].to_dict("records"):
            blocks = sets[row["area_id"]]
            if decided.get(row["area_id"], blocks) == blocks:
                found[blocks] = {str(name): str(value) for name, value in row.items()}
    return found


def _new_key(ags: str, code: str, taken: set[str]) -> str:
    """The key that follows from the code, else the next running number of the municipality."""
    wanted = area_key(ags, code)
    if wanted not in taken:
        return wanted
    numbers = [key[len(ags) + 1 :] for key in taken if key.startswith(f"{ags}-")]
    digits = ["".join(letter for letter in text if letter.isdigit()) for text in numbers]
    return f"{ags}-{max((int(text) for text in digits if text), default=0) + 1:02d}"


def _described(
    rows: pd.DataFrame, keys: Mapping[str, str], kept: Mapping[str, Mapping[str, str]], edits: Sequence[Edit]
) -> list[dict[str, str]]:
    """Rows with fixed keys; unchanged areas get back code and name unless a step gave them others on purpose."""
    renamed = {edit.area for edit in edits if edit.kind == "rename"}
    rekeyed = {edit.area for edit in edits if edit.kind == "rekey"}
    codes = dict(zip(rows["area_id"], rows["code"], strict=True))
    made = []
    for row in rows.to_dict("records"):
        area_id, known = row["area_id"], kept.get(row["area_id"])
        described = {str(name): str(value) for name, value in row.items()} | {"area_id": keys[area_id]}
        if known is not None:
            others = {code for other, code in codes.items() if other != area_id}
            if area_id not in rekeyed and known["code"] not in others:
                described["code"] = known["code"]
            if area_id not in renamed:
                described["name"] = known["name"]
            described["origin"] = known["origin"]
        made.append(described)
    return made
