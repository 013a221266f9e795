"""What a project keeps of those who deliver: sources, data sets, catalogues, expectations, requests, queries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Table, and_, delete, func, insert, select, update

from sozialraum.base import UsageError, _
from sozialraum.deliveries.catalogue_records import CatalogueEntry, DataSet, Source
from sozialraum.project import request_tables as tables
from sozialraum.project.frames import insert_rows, read_rows
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import now, reading, to_json, writing


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected, or known not to be had.

    year : four digits. state : 'expected' or 'unavailable'. owner : who cares for it (a function).
    due : ISO date, '' = none agreed.
    """

    data_set: str
    ags: str
    year: str
    state: str = "expected"
    owner: str = ""
    due: str = ""
    note: str = ""


@dataclass(frozen=True)
class Kept:
    """A request or a query: key, the review or data set it is about, due date, addressee, and its content (JSON).

    state : 'open', 'answered', 'closed'; always 'open' for requests.
    """

    key: str
    about: str
    due: str
    role: str
    created: str
    content: Mapping[str, Any] = field(default_factory=dict)
    state: str = "open"
    period: str = ""


def _nothing(_key: str) -> None:
    """What is done with a key where no files are handed out."""


class Requesting:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    # Sources and data sets

    def sources(self) -> tuple[Source, ...]:
        """The sources in the order they were entered."""
        with reading(self._engine) as connection:
            return tuple(Source(**row) for row in _rows(connection, "sources", tables.SOURCES))

    def data_sets(self) -> tuple[DataSet, ...]:
        """The data sets in the order they were entered."""
        with reading(self._engine) as connection:
            rows = _rows(connection, "data_sets", tables.DATA_SETS)
        return tuple(DataSet(**row | {"rhythm": int(row["rhythm"])}) for row in rows)

    def save_catalogue_records(
        self,
        sources: Iterable[Source] = (),
        data_sets: Iterable[DataSet] = (),
        *,
        without: Sequence[str] = (),
        role: str = DEFAULT_ROLE,
    ) -> None:
        """Keep sources and data sets, in place of those with the same key; those named in `without` go.

        Raises UsageError when a data set names a source that is not there, or a source that is named goes.
        """
        with writing(self._engine) as connection:
            for key in without:
                connection.execute(delete(tables.data_sets).where(tables.data_sets.c.data_set_id == key))
                connection.execute(delete(tables.sources).where(tables.sources.c.source_id == key))
            for source in sources:
                _keep(connection, tables.sources, asdict(source))
            for data_set in data_sets:
                _keep(connection, tables.data_sets, asdict(data_set))
            _refuse_unknown_sources(connection)
            log(connection, _("Quellen und Datensätze geändert"), role)

    # Catalogues

    def save_catalogue(self, catalogue: str, entries: Sequence[CatalogueEntry]) -> None:
        """Keep the entries of a catalogue in place of those it had."""
        frame = pd.DataFrame([asdict(entry) for entry in entries], columns=list(tables.CATALOGUE))
        with writing(self._engine) as connection:
            connection.execute(delete(tables.catalogue).where(tables.catalogue.c.catalogue == catalogue))
            insert_rows(connection, "catalogue", tables.CATALOGUE, frame)
            log(connection, _("Verzeichnis „{name}“ eingelesen").format(name=catalogue))

    def remove_catalogue(self, catalogue: str) -> None:
        """Take a catalogue away; nothing happens when it is not there."""
        with writing(self._engine) as connection:
            connection.execute(delete(tables.catalogue).where(tables.catalogue.c.catalogue == catalogue))
            log(connection, _("Verzeichnis „{name}“ entfernt").format(name=catalogue))

    def catalogue(self) -> list[CatalogueEntry]:
        """All entries of all catalogues, in the order they were read."""
        with reading(self._engine) as connection:
            rows = read_rows(connection, "catalogue", tables.CATALOGUE)
        return [CatalogueEntry(*row) for row in rows.itertuples(index=False, name=None)]

    # What is expected

    def expectations(self) -> list[Expectation]:
        """All expectations, by data set, municipality and year."""
        with reading(self._engine) as connection:
            rows = read_rows(connection, "expectations", tables.EXPECTATIONS, order="data_set")
        found = [Expectation(*row) for row in rows.itertuples(index=False, name=None)]
        return sorted(found, key=lambda one: (one.data_set, one.ags, one.year))

    def save_expectations(self, expected: Iterable[Expectation], role: str = DEFAULT_ROLE) -> None:
        """Keep what is expected, in place of what was for the same data set, municipality and year."""
        with writing(self._engine) as connection:
            for one in expected:
                connection.execute(delete(tables.expectations).where(_same(one)))
                connection.execute(insert(tables.expectations).values(**asdict(one)))
            log(connection, _("Erwartete Lieferungen geändert"), role)

    def forget_expectations(self, expected: Iterable[Expectation], role: str = DEFAULT_ROLE) -> None:
        """Take expectations back."""
        with writing(self._engine) as connection:
            for one in expected:
                connection.execute(delete(tables.expectations).where(_same(one)))
            log(connection, _("Erwartete Lieferungen geändert"), role)

    # Requests and queries

    def save_request(
        self,
        kept: Kept,
        expected: Iterable[Expectation] = (),
        role: str = DEFAULT_ROLE,
        handed_out: Callable[[str], object] = _nothing,
    ) -> str:
        """Keep a new request and what is expected from it; returns its key ('A1', 'A2', …).

        handed_out : called with the key before anything is kept; nothing is kept when it fails.
        """
        with writing(self._engine) as connection:
            key = _new(connection, tables.requests, "A", _stored(kept, "data_set") | {"period": kept.period})
            for one in expected:
                connection.execute(delete(tables.expectations).where(_same(one)))
                connection.execute(insert(tables.expectations).values(**asdict(one)))
            log(connection, _("Anforderung {key} geschrieben").format(key=key), role)
            handed_out(key)
        return key

    def requests(self) -> list[Kept]:
        """All requests, oldest first."""
        with reading(self._engine) as connection:
            rows = _rows(connection, "requests", tables.REQUESTS)
        return [_kept(row, "request_id", "data_set") for row in rows]

    def save_query(self, kept: Kept, role: str = DEFAULT_ROLE, handed_out: Callable[[str], object] = _nothing) -> str:
        """Keep a new query; returns its key ('R1', 'R2', …). handed_out : as in `save_request`."""
        with writing(self._engine) as connection:
            key = _new(connection, tables.queries, "R", _stored(kept, "review_id") | {"state": kept.state})
            log(connection, _("Rückfrage {key} erstellt").format(key=key), role)
            handed_out(key)
        return key

    def change_query(self, kept: Kept, what: str, role: str = DEFAULT_ROLE) -> None:
        """Keep the state and content of a query; `what` goes into the log."""
        table = tables.queries
        with writing(self._engine) as connection:
            values = {"state": kept.state, "content": to_json(kept.content)}
            connection.execute(update(table).where(table.c.query_id == kept.key).values(**values))
            log(connection, what, role)

    def queries(self, review_id: str = "") -> list[Kept]:
        """All queries or those about one review, oldest first."""
        with reading(self._engine) as connection:
            rows = _rows(connection, "queries", tables.QUERIES)
        found = [replace(_kept(row, "query_id", "review_id"), state=row["state"]) for row in rows]
        return [one for one in found if not review_id or one.about == review_id]


def _rows(connection: Connection, name: str, kinds: Mapping[str, str]) -> list[dict[str, Any]]:
    """The records of a table in the order they were made."""
    frame = read_rows(connection, name, kinds, order="rank")
    return [dict(zip(kinds, row, strict=True)) for row in frame.itertuples(index=False, name=None)]


def _keep(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Keep a record; a known one keeps its place."""
    key = next(iter(row))
    known = connection.execute(update(table).where(table.c[key] == row[key]).values(**row)).rowcount
    if not known:
        connection.execute(insert(table).values(rank=_next_rank(connection, table), **row))


def _new(connection: Connection, table: Table, letter: str, row: Mapping[str, Any]) -> str:
    """Keep a record under the next key of its kind."""
    rank = _next_rank(connection, table)
    key = f"{letter}{rank}"
    connection.execute(insert(table).values(**{table.primary_key.columns.keys()[0]: key}, rank=rank, **row))
    return key


def _next_rank(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.rank), 0))).scalar_one()) + 1


def _refuse_unknown_sources(connection: Connection) -> None:
    sets, sources = tables.data_sets, tables.sources
    known = select(sources.c.source_id)
    lost = connection.execute(select(sets.c.title).where(sets.c.source_id.not_in(known))).scalars().first()
    if lost is not None:
        raise UsageError(_("Der Datensatz „{title}“ nennt eine Quelle, die es nicht gibt.").format(title=lost))


def _same(one: Expectation) -> Any:
    table = tables.expectations
    return and_(table.c.data_set == one.data_set, table.c.ags == one.ags, table.c.year == one.year)


def _stored(kept: Kept, about: str) -> dict[str, Any]:
    return {
        about: kept.about,
        "due": kept.due,
        "role": kept.role,
        "created": kept.created or now(),
        "content": to_json(kept.content),
    }


def _kept(row: Mapping[str, Any], key: str, about: str) -> Kept:
    content = json.loads(row["content"])
    period = str(row.get("period", ""))
    return Kept(row[key], row[about], row["due"], row["role"], row["created"], content, period=period)
