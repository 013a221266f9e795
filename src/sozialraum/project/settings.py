"""Settings of a project and the log of what was done in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, delete, insert, select

from sozialraum.project.frames import read_rows
from sozialraum.project.store import now, reading, to_json, writing
from sozialraum.project.tables import columns, events
from sozialraum.project.tables import settings as table

EVENTS = columns(text="when what role")
DEFAULT_ROLE = "Planung"


class Settings(MutableMapping[str, Any]):
    """The settings as a mapping of JSON values; each assignment is one transaction, `update` is one for all."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __getitem__(self, key: str) -> Any:
        with reading(self._engine) as connection:
            return read_setting(connection, key)

    def __setitem__(self, key: str, value: object) -> None:
        self.update({key: value})

    def __delitem__(self, key: str) -> None:
        with writing(self._engine) as connection:
            if not connection.execute(delete(table).where(table.c.key == key)).rowcount:
                raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        with reading(self._engine) as connection:
            return iter([str(key) for key in connection.execute(select(table.c.key).order_by(table.c.key)).scalars()])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def update(self, other: Any = (), /, **more: Any) -> None:
        """Set several settings at once, all or none."""
        with writing(self._engine) as connection:
            for key, value in {**dict(other), **more}.items():
                write_setting(connection, key, value)


def read_setting(connection: Connection, key: str) -> Any:
    """One setting; raises KeyError when it was never set."""
    stored = connection.execute(select(table.c.value).where(table.c.key == key)).scalar()
    if stored is None:
        raise KeyError(key)
    return json.loads(stored)


def write_setting(connection: Connection, key: str, value: object) -> None:
    """Set one setting to a value that JSON can hold."""
    connection.execute(delete(table).where(table.c.key == key))
    connection.execute(insert(table).values(key=key, value=to_json(value)))


def first_settings(given: Mapping[str, object]) -> dict[str, object]:
    """What a new project starts with, overlaid by what was given."""
    return {"language": "de", "notice": "", "editions": [], "target": None, "created": now(), **given}


def log(connection: Connection, what: str, role: str = DEFAULT_ROLE) -> None:
    """Note what was done, in the transaction that does it; role is a function or case number, never a name."""
    connection.execute(insert(events).values(when=now(), what=what, role=role))


def read_events(connection: Connection) -> pd.DataFrame:
    """The log, oldest first: when (ISO, UTC), what, role."""
    return read_rows(connection, "events", EVENTS, order="event_id")
