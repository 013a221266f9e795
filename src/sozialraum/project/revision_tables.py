"""Tables of the revision of plans: drafts with their steps, comments, groupings of blocks."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from sozialraum.project.tables import KINDS, METADATA, columns

DRAFTS = columns(text="draft_id ags base title status created role branch_of adopted_as", integer="position branch_at")
COMMENTS = columns(
    text="comment_id draft_id ags area_id block_id", number="x y", text_2="text role when state answer", flag="public"
)
GROUPINGS = columns(text="grouping_id ags title purpose level relation created role based_on")


def _ranked(name: str, kinds: Mapping[str, str]) -> Table:
    """A table of things with a key of their own (the first column) that keep the order they came in."""
    key, *others = kinds
    made = [Column(column, KINDS[kinds[column]], nullable=kinds[column] == "number") for column in others]
    rank = Column("rank", Integer, nullable=False, unique=True)
    return Table(name, METADATA, Column(key, Text, primary_key=True, nullable=False), rank, *made)


drafts = _ranked("drafts", DRAFTS)
draft_edits = Table(
    "draft_edits",
    METADATA,
    Column("draft_id", Text, ForeignKey("drafts.draft_id"), primary_key=True, nullable=False),
    Column("number", Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("edit", Text, nullable=False),
    sqlite_with_rowid=False,
)
comments = _ranked("comments", COMMENTS)
groupings = _ranked("groupings", GROUPINGS)


def _grouping() -> Column:
    return Column("grouping_id", Text, ForeignKey("groupings.grouping_id"), primary_key=True, nullable=False)


grouping_blocks = Table(
    "grouping_blocks",
    METADATA,
    _grouping(),
    Column("block_id", Text, primary_key=True, nullable=False),
    Column("unit", Text, nullable=False),
    sqlite_with_rowid=False,
)
grouping_units = Table(
    "grouping_units",
    METADATA,
    _grouping(),
    Column("unit", Text, primary_key=True, nullable=False),
    Column("name", Text, nullable=False),
    sqlite_with_rowid=False,
)
