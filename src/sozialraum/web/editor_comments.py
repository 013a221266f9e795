"""Comments pinned to a place, an area or a block; internal until released."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from sozialraum.base import UsageError, _
from sozialraum.web.editor_desk import Board, board_of
from sozialraum.web.editor_models import Comment
from sozialraum.web.editor_wishes import CommentChange, NewComment
from sozialraum.web.session import Session

COPIED = ("comment_id", "draft_id", "ags", "area_id", "block_id", "text", "role", "when", "state", "answer")


def comments(session: Session, ags: str) -> list[Comment]:
    """The comments of a municipality, the oldest first."""
    board = board_of(session, ags)
    return [shown(board, row) for row in session.project.comments(ags=ags).to_dict("records")]


def add(session: Session, ags: str, given: NewComment) -> Comment:
    """Keep a comment; x and y come in units of the map and are kept as coordinates of the project.

    Raises UsageError: no text, no role, a block the municipality does not have.
    """
    board = board_of(session, ags)
    if given.block_id and given.block_id not in board.ground.place:
        raise UsageError(_("Den Baustein {block} gibt es in dieser Gemeinde nicht.").format(block=given.block_id))
    place: dict[str, Any] = {"x": None, "y": None}
    if given.x is not None and given.y is not None:
        place["x"], place["y"] = board.grid.project(given.x, given.y)
    when = datetime.now(UTC).replace(microsecond=0).isoformat()
    row = (
        given.model_dump() | place | {"ags": ags, "when": when, "text": given.text.strip(), "role": given.role.strip()}
    )
    return _one(session, session.project.save_comment(**row))


def change(session: Session, comment_id: str, change: CommentChange) -> Comment:
    """Answer, resolve, reopen or release a comment. Raises UsageError when there is none of that key."""
    before = _one(session, comment_id)
    session.project.resolve_comment(
        comment_id, change.state or before.state, answer=change.answer, public=change.public
    )
    return _one(session, comment_id)


def _one(session: Session, comment_id: str) -> Comment:
    frame = session.project.comments()
    rows = frame[frame["comment_id"] == comment_id].to_dict("records")
    if not rows:
        raise UsageError(_("Den Kommentar „{comment}“ gibt es nicht.").format(comment=comment_id))
    return shown(board_of(session, str(rows[0]["ags"])), rows[0])


def shown(board: Board, row: dict[Any, Any]) -> Comment:
    x, y = row["x"], row["y"]
    placed = not (pd.isna(x) or pd.isna(y))
    east, north = board.grid.local(float(x), float(y)) if placed else (None, None)
    told: dict[str, Any] = {name: str(row[name]) for name in COPIED}
    return Comment(**told, x=east, y=north, public=bool(row["public"]))
