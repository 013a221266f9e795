"""Comments pinned to a place or an area, and groupings of blocks, in the project file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from sozialraum.base import UsageError, _
from sozialraum.base.text import is_plain
from sozialraum.plans.groupings import RELATIONS, Grouping
from sozialraum.project import revision_tables, tables
from sozialraum.project.frames import insert_rows, read_rows

STATES = ("open", "resolved")
UNITS_OF_BLOCKS = tables.columns(text="block_id unit")
FREE_TEXTS = ("text", "answer")  # of a comment, may have several lines
NAMES_OF_UNITS = tables.columns(text="unit name")


def read_comments(connection: Connection, draft_id: str | None = None, ags: str | None = None) -> pd.DataFrame:
    """Comments in the order they were made, all or those of a draft or a municipality."""
    frame = read_rows(connection, "comments", revision_tables.COMMENTS, order="rank")
    if draft_id is not None:
        frame = frame[frame["draft_id"] == draft_id]
    if ags is not None:
        frame = frame[frame["ags"] == ags]
    return frame.reset_index(drop=True)


def write_comment(connection: Connection, comment: Mapping[str, Any]) -> str:
    """Keep a comment, or replace it under its key; returns the comment_id.

    Raises UsageError: no text, no role, unknown state, a text that cannot be kept, a place that is none. ValueError: a
    column that does not exist.
    """
    strange = set(comment) - set(revision_tables.COMMENTS)
    if strange:
        raise ValueError(f"comment with unknown columns {sorted(strange)}")
    empty: dict[str, Any] = {name: "" for name, kind in revision_tables.COMMENTS.items() if kind == "text"}
    row = empty | {"x": None, "y": None, "state": "open", "public": False} | dict(comment)
    if not str(row["text"]).strip():
        raise UsageError(_("Der Kommentar ist leer."))
    if not str(row["role"]).strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie schreiben."))
    _refuse_unreadable((value for name, value in row.items() if name not in FREE_TEXTS), lines=False)
    _refuse_unreadable((row[name] for name in FREE_TEXTS), lines=True)
    if not all(row[axis] is None or math.isfinite(row[axis]) for axis in "xy"):
        raise UsageError(_("Der Ort des Kommentars ist kein Punkt der Karte."))
    _known_state(row["state"])
    table = revision_tables.comments
    rank = _rank(connection, table, "comment_id", row["comment_id"])
    row["comment_id"] = row["comment_id"] or f"c{rank}"
    connection.execute(delete(table).where(table.c.comment_id == row["comment_id"]))
    connection.execute(insert(table).values(**row, rank=rank))
    return str(row["comment_id"])


def settle_comment(
    connection: Connection, comment_id: str, state: str, answer: str | None, public: bool | None
) -> None:
    """Resolve or reopen a comment, answer it, release it. Raises UsageError when there is none."""
    _known_state(state)
    _refuse_unreadable((answer,), lines=True)
    values: dict[str, Any] = {"state": state}
    values |= {} if answer is None else {"answer": answer}
    values |= {} if public is None else {"public": public}
    table = revision_tables.comments
    if not connection.execute(update(table).where(table.c.comment_id == comment_id).values(**values)).rowcount:
        raise UsageError(_("Den Kommentar „{comment}“ gibt es nicht.").format(comment=comment_id))


def write_grouping(connection: Connection, grouping: Grouping) -> None:
    """Keep a grouping, replacing what was there under its key."""
    if grouping.relation not in RELATIONS:
        raise ValueError(f"no relation '{grouping.relation}' of a grouping")
    names = (text for pair in grouping.names.items() for text in pair)
    own = (getattr(grouping, name) for name in revision_tables.GROUPINGS)
    _refuse_unreadable((*own, *names), lines=False)
    key, table = grouping.grouping_id, revision_tables.groupings
    rank = _rank(connection, table, "grouping_id", key)
    for one in (revision_tables.grouping_blocks, revision_tables.grouping_units, table):
        connection.execute(delete(one).where(one.c.grouping_id == key))
    connection.execute(
        insert(table).values(**{name: getattr(grouping, name) for name in revision_tables.GROUPINGS}, rank=rank)
    )
    ordered = grouping.assignment.sort_index()
    blocks = pd.DataFrame({"block_id": ordered.index.to_numpy(dtype=object), "unit": ordered.to_numpy(dtype=object)})
    units = pd.DataFrame(sorted(grouping.names.items()), columns=["unit", "name"])
    insert_rows(connection, "grouping_blocks", UNITS_OF_BLOCKS, blocks, {"grouping_id": key})
    insert_rows(connection, "grouping_units", NAMES_OF_UNITS, units, {"grouping_id": key})


def read_groupings(connection: Connection) -> list[Grouping]:
    """All groupings in the order they were made."""
    found = []
    for row in read_rows(connection, "groupings", revision_tables.GROUPINGS, order="rank").to_dict("records"):
        where, values = "grouping_id = ?", (row["grouping_id"],)
        blocks = read_rows(connection, "grouping_blocks", UNITS_OF_BLOCKS, where, values, order="block_id")
        units = read_rows(connection, "grouping_units", NAMES_OF_UNITS, where, values, order="unit")
        index = pd.Index(blocks["block_id"], name="block_id", dtype=object)
        assignment = pd.Series(blocks["unit"].to_numpy(dtype=object), index=index, name="unit", dtype=object)
        names = dict(zip(units["unit"], units["name"], strict=True))
        found.append(Grouping(**{str(name): value for name, value in row.items()}, assignment=assignment, names=names))
    return found


def remove_grouping(connection: Connection, grouping_id: str) -> None:
    """Remove a grouping. Raises UsageError when there is none."""
    for one in (revision_tables.grouping_blocks, revision_tables.grouping_units):
        connection.execute(delete(one).where(one.c.grouping_id == grouping_id))
    table = revision_tables.groupings
    if not connection.execute(delete(table).where(table.c.grouping_id == grouping_id)).rowcount:
        raise UsageError(_("Die Gliederung „{grouping}“ gibt es nicht.").format(grouping=grouping_id))


def _refuse_unreadable(values: Iterable[Any], lines: bool) -> None:
    """What SQLite or a file written later cannot hold is refused where it is typed."""
    if not all(is_plain(value, lines=lines) for value in values if isinstance(value, str)):
        raise UsageError(_("Der Text enthält Steuerzeichen oder unlesbare Zeichen."))


def _known_state(state: str) -> None:
    if state not in STATES:
        raise UsageError(_("Ein Kommentar ist offen oder erledigt."))


def _rank(connection: Connection, table: Table, column: str, key: str) -> int:
    """The rank a thing has, or the next one."""
    known = connection.execute(select(table.c.rank).where(table.c[column] == key)).scalar() if key else None
    if known is not None:
        return int(known)
    return int(connection.execute(select(func.coalesce(func.max(table.c.rank), 0))).scalar_one()) + 1
