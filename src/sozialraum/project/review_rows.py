"""Received files that wait: what a person said about each. Everything else is read from the file again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from sozialraum.base import UsageError, _
from sozialraum.deliveries.corrections import Corrections, from_content
from sozialraum.project import tables
from sozialraum.project.delivered import KEY_LENGTH, About
from sozialraum.project.store import to_json


@dataclass(frozen=True)
class ReviewRow:
    """One received file and what was said about it.

    state : open, taken (as delivery_id), answered (a corrected file came, taken over as delivery_id).
    stored_name : '' = the file is not kept. recipe : code a person chose, '' = recognised.
    answers : question -> answer, of the draft of a recipe. decisions : on findings (finding, decision, reason, role,
    on). about : None = as the recipe says.
    """

    review_id: str
    file_name: str
    stored_name: str
    sha256: str
    size: int
    received_at: str
    role: str
    state: str = "open"
    delivery_id: str = ""
    recipe: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=Corrections)
    decisions: tuple[Mapping[str, str], ...] = ()
    about: About | None = None


def write(connection: Connection, row: ReviewRow) -> str:
    """Keep a new review; returns its key, made of the start of the check number."""
    table = tables.reviews
    rank = int(connection.execute(select(func.coalesce(func.max(table.c.rank), 0))).scalar_one()) + 1
    taken = set(connection.execute(select(table.c.review_id)).scalars())
    key, number = row.sha256[:KEY_LENGTH], 1
    while key in taken:
        number += 1
        key = f"{row.sha256[:KEY_LENGTH]}-{number}"
    connection.execute(insert(table).values(rank=rank, **_stored(replace(row, review_id=key))))
    return key


def change(connection: Connection, row: ReviewRow) -> None:
    """Keep what was said about a review in place of what was said before."""
    table = tables.reviews
    connection.execute(update(table).where(table.c.review_id == row.review_id).values(**_stored(row)))


def remove(connection: Connection, review_id: str) -> None:
    """Take a review away."""
    connection.execute(delete(tables.reviews).where(tables.reviews.c.review_id == review_id))


def close(connection: Connection, review_ids: Sequence[str], delivery_id: str) -> list[str]:
    """End reviews with a delivery: the first is the one taken over, the others are answered by it.

    Returns the names of the stored files they named.
    """
    table = tables.reviews
    ended_files = [read(connection, key).stored_name for key in review_ids]
    for place, key in enumerate(review_ids):
        ended = {"state": "answered" if place else "taken", "delivery_id": delivery_id, "stored_name": ""}
        connection.execute(update(table).where(table.c.review_id == key).values(**ended))
    return ended_files


def read(connection: Connection, review_id: str) -> ReviewRow:
    """One review. Raises UsageError when there is none."""
    row = connection.execute(select(tables.reviews).where(tables.reviews.c.review_id == review_id)).mappings().first()
    if row is None:
        raise UsageError(_("Diese eingegangene Datei gibt es nicht; vielleicht wurde sie schon zurückgelegt."))
    return _row(row)


def read_all(connection: Connection, state: str = "open") -> list[ReviewRow]:
    """All reviews of a state, in the order they came."""
    table = tables.reviews
    rows = connection.execute(select(table).where(table.c.state == state).order_by(table.c.rank)).mappings().all()
    return [_row(row) for row in rows]


def _stored(row: ReviewRow) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in tables.REVIEWS if name != "rank"}
    about = None if row.about is None else asdict(row.about)
    return kept | {
        "answers": to_json(dict(row.answers)),
        "corrections": to_json(row.corrections.content()),
        "decisions": to_json([dict(one) for one in row.decisions]),
        "about": to_json(about),
    }


def _row(row: RowMapping) -> ReviewRow:
    about = json.loads(row["about"])
    kept = {name: row[name] for name in tables.REVIEWS if name != "rank"}
    return ReviewRow(
        **kept
        | {
            "answers": json.loads(row["answers"]),
            "corrections": from_content(json.loads(row["corrections"])),
            "decisions": tuple(json.loads(row["decisions"])),
            "about": None if about is None else About(**about),
        }
    )
