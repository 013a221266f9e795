"""A list placed while a planner looks at it: spellings confirmed or refused in bulk, nothing of the list kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sozialraum.addresses import EXACT, LIKELY, NONE, Placed, reason_text
from sozialraum.base import Progress, _
from sozialraum.project import Project
from sozialraum.workflow.address_tables import AddressTable, read_address_table
from sozialraum.workflow.addresses_placing import ROLE, completed_workbook, confirm_spellings, place_list
from sozialraum.workflow.main import current_plan


@dataclass(frozen=True)
class Wishes:
    """What a planner decided on a list.

    interpolate : numbers nobody has lie between their neighbours. confirmed, refused : keys of spellings
    (`spellings`); confirmed ones count as sure, refused ones as not placed.
    """

    interpolate: bool = False
    confirmed: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LookedAt:
    """A list as it was placed. spellings : see `spellings_of`, of the rows nobody decided on."""

    table: AddressTable
    placed: Placed
    spellings: pd.DataFrame


def look_at_list(project: Project, file: Path, wishes: Wishes, progress: Progress, *, learn: bool = False) -> LookedAt:
    """Place a list as the planner wants it. file : may be held in memory.

    learn : remember the confirmed spellings for every later list. Raises InputRefused.
    """
    progress.stage(_("Liste lesen"))
    table = read_address_table(file)
    progress.stage(_("Adressen zuordnen"))
    placed = place_list(project, table.parts(), interpolate=wishes.interpolate)
    keys = spelling_keys(placed)
    if learn and wishes.confirmed:
        confirm_spellings(project, placed, keys.index[keys.isin(wishes.confirmed)], ROLE)
    settled = settle(placed, keys, wishes.confirmed, wishes.refused)
    return LookedAt(table, settled, spellings_of(settled, keys))


def list_workbook(project: Project, file: Path, wishes: Wishes, progress: Progress) -> bytes:
    """The list with area key and area of each row, as a workbook. Raises InputRefused, without a plan as well."""
    plan = current_plan(project)
    seen = look_at_list(project, file, wishes, progress)
    return completed_workbook(seen.table, seen.placed, plan)


def spelling_keys(placed: Placed) -> pd.Series:
    """A short key for each likely row, the same for all rows of one spelling and reason; index of those rows."""
    likely = placed.frame.index[placed.frame["state"] == LIKELY]
    read, frame = placed.read.loc[likely], placed.frame.loc[likely]
    parts = zip(read["street"], read["postcode"], read["town"], _streets(frame["offer"]), frame["reason"], strict=True)
    return pd.Series([_key(part) for part in parts], index=likely, dtype=object)


def _key(parts: Collection[str]) -> str:
    return hashlib.sha256("\t".join(parts).encode()).hexdigest()[:12]


def _streets(offers: pd.Series) -> list[str]:
    """Street and postcode of addresses as the register writes them."""
    return offers.str.replace(r" \d+[^,]*, ", ", ", regex=True).tolist()


def settle(placed: Placed, keys: pd.Series, confirmed: Collection[str], refused: Collection[str]) -> Placed:
    """The list after the decisions: confirmed rows are sure, refused ones are not placed, each with that as reason."""
    frame = placed.frame.copy()
    sure, not_meant = keys.index[keys.isin(confirmed)], keys.index[keys.isin(refused)]
    frame.loc[sure, "state"] = EXACT
    frame.loc[sure, "why"] = frame.loc[sure, "why"] + " " + _("Von Ihnen bestätigt.")
    frame.loc[not_meant, ["state", "block_id", "offer"]] = [NONE, "", ""]
    frame.loc[not_meant, "position"] = -1
    frame.loc[not_meant, ["x", "y"]] = float("nan")
    frame.loc[not_meant, "interpolated"] = False
    frame.loc[not_meant, "why"] = _("Der Vorschlag passt nicht.")
    return Placed(frame, placed.read)


def spellings_of(placed: Placed, keys: pd.Series) -> pd.DataFrame:
    """The likely rows of a list by spelling, most rows first: `key, written, offer, why, interpolated, rows`."""
    rows = placed.frame.loc[keys.index]
    rows = rows.assign(key=keys)[rows["state"] == LIKELY]
    read = placed.read.loc[rows.index]
    town = (read["postcode"] + " " + read["town"]).str.strip()
    rows = rows.assign(
        written=(read["street"] + ", " + town).where(town != "", read["street"]),
        offer=_streets(rows["offer"]) if len(rows) else [],
        why=[reason_text(code) for code in rows["reason"]],
    )
    by = ["key", "written", "offer", "why", "interpolated"]
    found = rows.groupby(by, sort=False).size().reset_index(name="rows")
    return found.sort_values(["rows", "written"], ascending=[False, True], ignore_index=True)
