"""Drafts with their steps in the project file; a step is written only over the state its writer saw."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import Connection, delete, func, insert, select, update

from sozialraum.base import UsageError, _
from sozialraum.delineation import Edit
from sozialraum.plans import drafts as steps
from sozialraum.plans.drafts import DRAFT_STATUSES, Draft
from sozialraum.project import revision_tables, tables
from sozialraum.project.frames import insert_rows, read_rows
from sozialraum.project.plans import EDITS, edit_rows, read_edits
from sozialraum.project.store import to_json


def write_draft(connection: Connection, draft: Draft) -> None:
    """Keep a draft whole, replacing what was there under its key."""
    table = revision_tables.drafts
    rank = connection.execute(select(table.c.rank).where(table.c.draft_id == draft.draft_id)).scalar()
    if rank is None:
        rank = int(connection.execute(select(func.coalesce(func.max(table.c.rank), 0))).scalar_one()) + 1
    connection.execute(
        delete(revision_tables.draft_edits).where(revision_tables.draft_edits.c.draft_id == draft.draft_id)
    )
    connection.execute(delete(table).where(table.c.draft_id == draft.draft_id))
    row = {name: getattr(draft, name) for name in revision_tables.DRAFTS}
    connection.execute(insert(table).values(**row, rank=rank))
    insert_rows(connection, "draft_edits", EDITS, edit_rows(draft.edits), {"draft_id": draft.draft_id})


def read_draft(connection: Connection, draft_id: str) -> Draft:
    """One draft. Raises UsageError when there is none with this key."""
    row = (
        connection.execute(select(revision_tables.drafts).where(revision_tables.drafts.c.draft_id == draft_id))
        .mappings()
        .first()
    )
    if row is None:
        raise UsageError(_("Die Fassung „{draft}“ gibt es in diesem Projekt nicht.").format(draft=draft_id))
    edits = read_edits(read_rows(connection, "draft_edits", EDITS, "draft_id = ?", (draft_id,), order="number"))
    return Draft(**{name: row[name] for name in revision_tables.DRAFTS}, edits=edits)


def read_drafts(connection: Connection, ags: str | None = None) -> list[Draft]:
    """All drafts, or those of one municipality, in the order they were begun."""
    table = revision_tables.drafts
    wanted = select(table.c.draft_id).order_by(table.c.rank)
    if ags is not None:
        wanted = wanted.where(table.c.ags == ags)
    return [read_draft(connection, str(key)) for key in connection.execute(wanted).scalars()]


def write_edit(connection: Connection, draft_id: str, state_id: str, edit: Edit) -> Draft:
    """Append a step; steps that were taken back are removed.

    Raises StaleState when the draft is no longer in the state `state_id`, UsageError when it is closed.
    """
    before = read_draft(connection, draft_id)
    steps.refuse_stale(before, state_id, edit)
    draft = steps.add(before, edit)
    table = revision_tables.draft_edits
    connection.execute(delete(table).where(table.c.draft_id == draft_id, table.c.number > before.position))
    connection.execute(insert(table).values(draft_id=draft_id, number=draft.position, edit=to_json(edit.to_json())))
    _write_position(connection, draft)
    return draft


def move_position(connection: Connection, draft_id: str, state_id: str, by: int) -> Draft:
    """Undo or redo some steps. Raises StaleState and UsageError as `write_edit`."""
    before = read_draft(connection, draft_id)
    steps.refuse_stale(before, state_id)
    draft = steps.move_position(before, by)
    _write_position(connection, draft)
    return draft


def set_status(connection: Connection, draft_id: str, status: str, state_id: str | None, adopted_as: str) -> Draft:
    """Submit, reopen, close or adopt a draft. Raises UsageError for an adopted draft, StaleState with another state."""
    if status not in DRAFT_STATUSES:
        raise ValueError(f"no status '{status}' of a draft")
    before = read_draft(connection, draft_id)
    if state_id is not None:
        steps.refuse_stale(before, state_id)
    if before.status == "adopted":
        steps.refuse_closed(before)
    draft = replace(before, status=status, adopted_as=adopted_as or before.adopted_as)
    table = revision_tables.drafts
    values = {"status": draft.status, "adopted_as": draft.adopted_as}
    connection.execute(update(table).where(table.c.draft_id == draft_id).values(**values))
    return draft


def change_step(connection: Connection, draft_id: str, number: int, *, public: bool | None, why: str | None) -> Draft:
    """Release or withdraw the reason of a step (1 = first), or word it anew; also in the plan the draft became.

    Raises UsageError when there is no such step.
    """
    draft = read_draft(connection, draft_id)
    if not 1 <= number <= len(draft.edits):
        raise UsageError(_("Den Schritt {number} gibt es in dieser Fassung nicht.").format(number=number))
    edit = draft.edits[number - 1]
    edit = replace(edit, public=edit.public if public is None else public, why=edit.why if why is None else why)
    table = revision_tables.draft_edits
    changed = {"edit": to_json(edit.to_json())}
    connection.execute(update(table).where(table.c.draft_id == draft_id, table.c.number == number).values(**changed))
    if draft.adopted_as:
        kept = tables.plan_edits
        same = (kept.c.plan_id == draft.adopted_as, kept.c.number == number)
        stored = connection.execute(select(kept.c.edit).where(*same)).scalar()
        if stored is not None and Edit.from_json(json.loads(stored)).core() == edit.core():
            connection.execute(update(kept).where(*same).values(**changed))
    edits = (*draft.edits[: number - 1], edit, *draft.edits[number:])
    return replace(draft, edits=edits)


def _write_position(connection: Connection, draft: Draft) -> None:
    table = revision_tables.drafts
    connection.execute(update(table).where(table.c.draft_id == draft.draft_id).values(position=draft.position))
