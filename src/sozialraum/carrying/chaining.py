"""Matrices one after the other, and from the areas of one plan to those of the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from sozialraum.base import Finding, InputRefused, UsageError, _
from sozialraum.blocks.layers import some
from sozialraum.carrying.building import by_key
from sozialraum.carrying.checking import third_step
from sozialraum.carrying.geography import check_sum
from sozialraum.carrying.matrix import KINDS, MOST_STEPS, Matrix, Origin, make_matrix, positions
from sozialraum.carrying.naming import geography_name, not_onto


class PlanLike(Protocol):
    """What is needed of a plan: its name, block_id -> area_id, and its areas."""

    @property
    def plan_id(self) -> str: ...
    @property
    def assignment(self) -> pd.Series: ...
    @property
    def areas(self) -> pd.DataFrame: ...


def compose(first: Matrix, second: Matrix) -> Matrix:
    """One matrix that does what two do one after the other.

    Adding up whole units does not count as a step; of matrices that divide units at most two are chained.
    Raises UsageError when the second does not begin where the first ends, InputRefused for a third step.
    """
    if first.target != second.source or not set(first.targets) <= set(second.sources):
        text = _("Nach {first} kann nicht mit {second} weitergerechnet werden.")
        raise UsageError(text.format(first=geography_name(first.target), second=geography_name(second.source)))
    steps = first.steps + second.steps
    if len(steps) > MOST_STEPS:
        raise InputRefused(not_onto(second.target), [third_step()])
    place = positions(second.sources, first.targets)
    onward = second.weights[place]
    product = (first.weights @ onward).tocoo()
    reach, reach_on = first.weights.copy(), onward.copy()
    reach.data, reach_on.data = np.ones_like(reach.data), np.ones_like(reach_on.data)
    touched = (reach @ reach_on).tocoo()  # pairs that are reached with weight 0 as well
    entries = (
        np.append(product.row, touched.row),
        np.append(product.col, touched.col),
        np.append(product.data, np.zeros(touched.nnz)),
    )
    kinds = steps or (first.kind, second.kind)
    origin = Origin(
        first.source, second.target, max(kinds, key=KINDS.index), "compose",
        min(first.built_on, second.built_on), check_sum([first.inputs, second.inputs]),
    )  # fmt: skip
    whole = make_matrix(
        origin, first.sources, second.targets, entries, first.outside + first.weights @ second.outside[place],
        error_class=max(first.error_class, second.error_class), steps=steps, by_ground=_by_ground(first, second, place),
    )  # fmt: skip
    return replace(whole, known=first.known)


def _by_ground(first: Matrix, second: Matrix, place: np.ndarray) -> list[str]:
    loose = np.isin(np.array(second.sources, dtype=object), list(second.by_ground)) & ~second.is_whole
    reached = first.weights @ loose[place].astype(float) > 0
    own = set(first.by_ground) | {unit for unit, far in zip(first.sources, reached.tolist(), strict=True) if far}
    return sorted(own)


def onto_plan(plan: PlanLike, source: str = "block") -> Matrix:
    """Blocks added up to the areas of a plan; nothing is divided."""
    return by_key(plan.assignment, source, f"plan:{plan.plan_id}", targets=plan.areas["area_id"].astype(str))


def by_lineage(links: pd.DataFrame, blocks: Iterable[str], source: str = "block", target: str = "block") -> Matrix:
    """Old blocks onto renewed ones.

    links : `old, new, weight` of the blocks that were renewed; every other block of `blocks` goes on under its key.
    Raises InputRefused as `by_key`.
    """
    links = links.loc[links["weight"] > 0, ["old", "new", "weight"]]
    same = sorted(set(blocks) - set(links["old"]))
    table = pd.concat([links, pd.DataFrame({"old": same, "new": same, "weight": 1.0})], ignore_index=True)
    return by_key(table.rename(columns={"old": "source", "new": "target"}), source, target)


def between_plans(
    old: PlanLike,
    new: PlanLike,
    blocks: pd.DataFrame,
    *,
    addresses: pd.DataFrame | None = None,
    lineage: Matrix | None = None,
    kind: Literal["inhabitants", "dwellings"] = "inhabitants",
    built_on: str = "",
) -> Matrix:
    """From the areas of one plan to those of another, for counts that are known by area alone.

    Counts that are known by block need no weights: add them up again (`onto_plan`).
    blocks : `block_id, population` of the blocks of the old plan; `dwellings` in place of `population` when they are
        the kind of weight. An area that is divided is divided by the inhabitants of its blocks; one without inhabitants
        by their addresses, else by the number of blocks (then in `by_ground`).
    addresses : `block_id`, one row per address. lineage : old blocks -> new blocks (`by_lineage`), where the new plan
        rests on others.
    Blocks the new plan does not know lie outside. Raises InputRefused when the lineage does not know a block.
    """
    column = "population" if kind == "inhabitants" else "dwellings"
    weight = blocks.set_index("block_id")[column].astype(float)
    table = _block_table(old, new, weight, addresses, lineage)
    areas = sorted(set(old.assignment.astype(str)))
    aims = sorted(set(new.areas["area_id"].astype(str)) | (set(table["new"]) - {""}))
    inside = table[table["new"] != ""]
    entries = (positions(areas, inside["old"]), positions(aims, inside["new"]), inside["weight"])
    away = table[table["new"] == ""].groupby("old")["weight"].sum().reindex(areas).fillna(0.0)
    rows = table.sort_values(["block", "new"]).itertuples(index=False, name=None)
    origin = Origin(
        f"plan:{old.plan_id}", f"plan:{new.plan_id}", kind, "between_plans", built_on,
        check_sum(map(repr, rows)),
    )  # fmt: skip
    loose = sorted(set(table.loc[table["loose"], "old"]))
    return make_matrix(origin, areas, aims, entries, away.to_numpy(), by_ground=loose)


def _block_table(
    old: PlanLike, new: PlanLike, people: pd.Series, addresses: pd.DataFrame | None, lineage: Matrix | None
) -> pd.DataFrame:
    """`block, old, new, weight, loose`: one row for each old block and new area it reaches."""
    assignment = old.assignment.astype(str)
    table = pd.DataFrame({"block": assignment.index.astype(str), "old": assignment.to_numpy()})
    houses = pd.Series(dtype=float) if addresses is None else addresses["block_id"].value_counts().astype(float)
    weights = pd.DataFrame({name: table["block"].map(part).fillna(0.0) for name, part in
                            (("people", people), ("houses", houses))}).assign(one=1.0)  # fmt: skip
    sums = weights.groupby(table["old"]).transform("sum")
    by_people, by_houses = sums["people"] > 0, sums["houses"] > 0
    table["weight"] = weights["people"].where(by_people, weights["houses"].where(by_houses, weights["one"]))
    table["loose"] = ~(by_people | by_houses)
    if lineage is None:
        return table.assign(new=table["block"].map(new.assignment.astype(str)).fillna(""))
    unknown = sorted(set(table["block"]) - set(lineage.sources))
    if unknown:
        what = _("Bausteine, deren Nachfolger nicht bekannt sind: {names}.").format(names=some(unknown))
        headline = not_onto(f"plan:{new.plan_id}")
        raise InputRefused(headline, [Finding(what, column="block_id")])
    parts = lineage.rows().rename(columns={"source": "block", "target": "part", "weight": "share"})
    joined = table.merge(parts, on="block")
    joined["weight"] *= joined["share"]
    joined["new"] = joined["part"].map(new.assignment.astype(str)).fillna("")
    return joined[["block", "old", "new", "weight", "loose"]]
