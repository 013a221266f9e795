"""Where areas come from: unchanged, split, merged or cut anew, between any two plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from sozialraum.base import code_key
from sozialraum.delineation import Plan
from sozialraum.plans.moved import area_sets

LINEAGE_COLUMNS = (
    "ags", "old_id", "old_code", "old_name", "new_id", "new_code", "new_name", "kind", "blocks", "persons",
)  # fmt: skip
KINDS = ("U", "S", "M", "X")


def lineage(old: Plan, new: Plan, population: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per pair of areas that share blocks: ags, old_id, old_code, old_name, new_id, new_code, new_name,
    kind, blocks, persons.

    kind : U the same blocks; S the old area was split into whole new ones; M whole old areas were merged; X anything
    else. Blocks that only one of the plans knows stand in a row with '' for the other side, as X, and make X of the
    area they belong to. Every block is counted in exactly one row. population : block_id -> inhabitants, else 0.
    """
    people = population or {}
    before, after = _blocks(old), _blocks(new)
    shared: dict[tuple[str, str], list[str]] = {}
    for block in sorted(before.keys() | after.keys()):
        shared.setdefault((before.get(block, ""), after.get(block, "")), []).append(block)
    kind = _kinds(shared)
    rows_old, rows_new = _rows(old), _rows(new)
    made = []
    for (source, target), blocks in shared.items():
        left, right = rows_old.get(source, NOBODY), rows_new.get(target, NOBODY)
        made.append(
            (
                right.ags or left.ags, source, left.code, left.name, target, right.code, right.name,
                kind[source, target], len(blocks), sum(int(people.get(block, 0)) for block in blocks),
            )
        )  # fmt: skip
    made.sort(key=lambda row: (row[0], code_key(row[2]), row[1], code_key(row[5]), row[4]))
    return pd.DataFrame(made, columns=list(LINEAGE_COLUMNS))


def _kinds(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """U, S, M or X for each pair of areas that share blocks."""
    pairs = list(pairs)
    to: dict[str, set[str]] = {}
    origin: dict[str, set[str]] = {}
    for source, target in pairs:
        to.setdefault(source, set()).add(target)
        origin.setdefault(target, set()).add(source)

    def kind(source: str, target: str) -> str:
        if not source or not target:
            return "X"
        if to[source] == {target} and origin[target] == {source}:
            return "U"
        if "" not in to[source] and all(origin[part] == {source} for part in to[source]):
            return "S"
        if "" not in origin[target] and all(to[part] == {target} for part in origin[target]):
            return "M"
        return "X"

    return {(source, target): kind(source, target) for source, target in pairs}


@dataclass(frozen=True, slots=True)
class _Row:
    ags: str
    code: str
    name: str


NOBODY = _Row("", "", "")


def _blocks(plan: Plan) -> dict[str, str]:
    return dict(zip(plan.assignment.index, plan.assignment.to_numpy(), strict=True))


def _rows(plan: Plan) -> dict[str, _Row]:
    areas = plan.areas
    columns = zip(areas["area_id"], areas["municipality"], areas["code"], areas["name"], strict=True)
    return {str(key): _Row(str(ags), str(code), str(name)) for key, ags, code, name in columns}


def same_key_other_blocks(old: Plan, new: Plan) -> list[str]:
    """Area keys that stand for other blocks in the second plan; [] as long as keys are never given twice."""
    before, after = area_sets(old), area_sets(new)
    return sorted(key for key in before.keys() & after.keys() if before[key] != after[key])
