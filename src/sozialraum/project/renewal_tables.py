"""Tables of renewals: that all blocks were replaced with a version, and which new block stands for which old one."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from sozialraum.project.tables import METADATA, columns, frame_table

LINKS = columns(text="old new", number="weight back", text_2="basis")

block_renewals = Table(
    "block_renewals",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("why", Text, nullable=False),
    Column("role", Text, nullable=False),
)
block_links = frame_table("block_links", LINKS, Column("version", Integer, nullable=False))
