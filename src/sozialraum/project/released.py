"""Releases: frozen outputs, each a folder with the hashes of its files."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from sozialraum.project import tables
from sozialraum.project.computed import BASIS, read_record, write_record
from sozialraum.project.files import PART
from sozialraum.project.frames import read_rows
from sozialraum.project.store import to_json

RESTS_ON = "_release:"
OVERVIEW = tables.columns(text="release_id created plan_id check_number files")


def free_id(connection: Connection, folder: Path, created: str) -> str:
    """The day and a running number that neither a row nor a folder has: '2026-01-31-1'."""
    taken = set(connection.execute(select(tables.releases.c.release_id)).scalars())
    taken |= {path.name.removeprefix(PART) for path in folder.iterdir()}
    number = 1
    while f"{created[:10]}-{number}" in taken:
        number += 1
    return f"{created[:10]}-{number}"


def write_release(
    connection: Connection, release_id: str, created: str, plan_id: str, check_number: str, files: dict[str, str]
) -> None:
    """Make a folder that is already in place a release, and remember the deliveries its results rest on."""
    position = connection.execute(select(func.count()).select_from(tables.releases)).scalar_one() + 1
    row = {"release_id": release_id, "position": position, "created": created, "plan_id": plan_id}
    connection.execute(insert(tables.releases).values(**row, check_number=check_number, files=to_json(files)))
    rests_on = (read_record(connection, BASIS) or {}).get("deliveries")
    if rests_on is not None:
        write_record(connection, RESTS_ON + release_id, rests_on)


def read_rests_on(connection: Connection, release_id: str) -> tuple[str, ...] | None:
    """The deliveries a release rests on; None where an earlier version of the program did not note it."""
    kept = read_record(connection, RESTS_ON + release_id)
    return None if kept is None else tuple(kept)


def read_releases(connection: Connection) -> pd.DataFrame:
    """All releases, oldest first: release_id, created, plan_id, check_number, files (path -> hash)."""
    frame = read_rows(connection, "releases", OVERVIEW, order="position")
    frame["files"] = pd.Series([json.loads(text) for text in frame["files"]], dtype=object)
    return frame
