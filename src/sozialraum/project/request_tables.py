"""Tables of the traffic with those who deliver: sources, data sets, catalogues, expectations, requests, queries."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from sozialraum.project.tables import METADATA, columns, frame_table

SOURCES = columns(text="source_id holder contact legal_basis note")
DATA_SETS = columns(
    text="data_set_id source_id title theme geography",
    integer="rhythm",
    text_2="terms threshold visible_to recipe counts",
)
CATALOGUE = columns(text="catalogue code title period provider")
EXPECTATIONS = columns(text="data_set ags year state owner due note")
REQUESTS = columns(text="request_id data_set period due role created content")
QUERIES = columns(text="query_id review_id due role state created content")


def _records(name: str, kinds: dict[str, str]) -> Table:
    """Records with a key of their own (the first column) in the order they were made."""
    key, *others = kinds
    made = [Column(one, Integer if kinds[one] == "integer" else Text, nullable=False) for one in others]
    rank = Column("rank", Integer, nullable=False, unique=True)
    return Table(name, METADATA, Column(key, Text, primary_key=True, nullable=False), rank, *made)


sources = _records("sources", SOURCES)
data_sets = _records("data_sets", DATA_SETS)
requests = _records("requests", REQUESTS)
queries = _records("queries", QUERIES)
catalogue = frame_table("catalogue", CATALOGUE)
expectations = Table(
    "expectations",
    METADATA,
    *[Column(one, Text, primary_key=one in ("data_set", "ags", "year"), nullable=False) for one in EXPECTATIONS],
)
