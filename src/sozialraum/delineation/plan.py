"""A plan: which block belongs to which area, and how it came about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sozialraum.base import code_key
from sozialraum.delineation.edit import Decision, Edit

AREA_COLUMNS = ("area_id", "code", "name", "municipality", "origin")
STATUSES = ("proposal", "in_revision", "submitted", "adopted", "superseded")
LATER = ("edits", "decisions", "locks", "valid_from", "valid_to")  # what comes to a plan after it was made


@dataclass(frozen=True, eq=False)
class Plan:
    """One version of the areas.

    assignment : Series block_id -> area_id, sorted by block_id. areas : DataFrame with `area_id, code,
    name, municipality, origin` in reading order. parameters : what the plan was made with; per
    municipality under 'municipalities', sentences for people under 'notes'.
    status : 'proposal', 'in_revision', 'submitted', 'adopted', 'superseded'. edits : since the parent, in order.
    decisions : AGS -> who decided and when; decided municipalities refuse edits. locks : ids of locked blocks.
    valid_from, valid_to : ISO dates or ''; from the first day it holds to the first day it no longer does.
    """

    plan_id: str
    title: str
    status: str
    parent: str
    created: str
    assignment: pd.Series
    areas: pd.DataFrame
    parameters: dict = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    locks: frozenset[str] = frozenset()
    valid_from: str = ""
    valid_to: str = ""

    def apply(self, edit: Edit) -> Plan:
        """The plan after one edit; this one stays as it is. See `applying.apply_edits`.

        Raises UsageError for what cannot be: unknown blocks or areas, a locked block, another municipality.
        """
        from sozialraum.delineation.applying import apply_edits

        return apply_edits(self, [edit])

    def with_(self, **fields: Any) -> Plan:
        """The same plan with other title, status, parent, created, ...; it gets a plan_id of its own."""
        kept = ("title", "created", "parent", "status", "parameters", *LATER)
        given: dict[str, Any] = {name: getattr(self, name) for name in kept}
        content = {"assignment": self.assignment, "areas": self.areas} | given | fields
        return make_plan(content.pop("assignment"), content.pop("areas"), **content)


def make_plan(
    assignment: Mapping[str, str] | pd.Series,
    areas: pd.DataFrame,
    *,
    title: str,
    created: str,
    parent: str = "",
    status: str = "proposal",
    parameters: Mapping[str, object] | None = None,
    edits: Iterable[Edit] = (),
    decisions: Mapping[str, Decision] | None = None,
    locks: Iterable[str] = (),
    valid_from: str = "",
    valid_to: str = "",
) -> Plan:
    """A plan in canonical order; its plan_id follows from its content."""
    series = pd.Series(dict(assignment), name="area_id", dtype=object).sort_index()
    series.index.name = "block_id"
    rows = sort_areas(areas)
    text = "\n".join([parent, created, status, title, csv_text(series), rows.to_csv(index=False)])
    plan_id = "p" + hashlib.sha256(text.encode()).hexdigest()[:10]
    return Plan(
        plan_id, title, status, parent, created, series, rows, dict(parameters or {}),
        tuple(edits), dict(decisions or {}), frozenset(locks), valid_from, valid_to,
    )  # fmt: skip


def sort_areas(areas: pd.DataFrame) -> pd.DataFrame:
    """Areas by municipality and code as people read codes: 2, 2a, 2b, 10."""
    rows = areas.loc[:, list(AREA_COLUMNS)]
    keys = [(town, code_key(str(code))) for town, code in zip(rows["municipality"], rows["code"], strict=True)]
    order = sorted(range(len(rows)), key=keys.__getitem__)
    return rows.iloc[order].reset_index(drop=True)


def area_key(ags: str, code: str) -> str:
    """AGS and code padded to two digits: ('05999004', '3a') -> '05999004-03a'."""
    digits = "".join(letter for letter in code if letter.isdigit())
    return f"{ags}-{code if not code.startswith(digits) else digits.zfill(2) + code[len(digits) :]}"


def csv_text(assignment: pd.Series) -> str:
    """The equivalence table `block_id;area_id` of an assignment, sorted by block."""
    rows = [f"{block};{area}" for block, area in assignment.sort_index().items()]
    return "\n".join(["block_id;area_id", *rows]) + "\n"


def plan_to_csv(plan: Plan) -> str:
    """The plan as equivalence table `block_id;area_id`, semicolons, one line per block sorted by id."""
    return csv_text(plan.assignment)


def agency_keys(plan: Plan) -> pd.Series:
    """Nine-digit key of the employment agency per area: Series area_id -> key.

    Digits 1-3: 100 + rank of the municipality by AGS; 4-6: always 100; 7-9: 100 + rank of the area by code.
    """
    rows = sort_areas(plan.areas)
    district = {ags: 100 + rank for rank, ags in enumerate(sorted(set(rows["municipality"])), start=1)}
    quarter = rows.groupby("municipality").cumcount() + 101
    keys = [f"{district[ags]}100{number}" for ags, number in zip(rows["municipality"], quarter, strict=True)]
    return pd.Series(keys, index=pd.Index(rows["area_id"], name="area_id"), name="agency_key", dtype=object)
