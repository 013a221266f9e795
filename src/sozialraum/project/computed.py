"""Results of a computation, and the decisions people took on impulses, which outlive it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, insert, select

from sozialraum.base import UsageError, _
from sozialraum.project import geographies, tables
from sozialraum.project.frames import check_columns, insert_rows, read_rows
from sozialraum.project.plans import current_id
from sozialraum.project.settings import read_setting
from sozialraum.project.store import now, to_json

STATES = ("arisen", "confirmed", "rejected")
DECISION = tables.columns(text="impulse_id state role decided_on reason")
# Records of the project's own: what the results rest on, and when they or a decision last changed.
BASIS, CHANGED, LAYERS = "_basis", "_changed", "_layers"


def check_results(frames: Mapping[str, pd.DataFrame]) -> None:
    """Raise ValueError when a result is not one of the contract's or has other columns."""
    for name, frame in frames.items():
        if name not in tables.RESULTS:
            raise ValueError(f"no result '{name}'; there are {', '.join(tables.RESULTS)}")
        check_columns(frame, tables.RESULTS[name], name)


def write_results(connection: Connection, frames: Mapping[str, pd.DataFrame], records: Mapping[str, object]) -> None:
    """Replace the named results and records; the others stay."""
    for name, frame in frames.items():
        connection.execute(delete(tables.results[name]))
        insert_rows(connection, name, tables.RESULTS[name], frame)
    for name, content in records.items():
        write_record(connection, name, content)
    write_record(connection, BASIS, basis(connection))
    write_record(connection, CHANGED, now())


def read_result(connection: Connection, name: str) -> pd.DataFrame:
    """One result by name, without rows before the first computation; impulses with the decisions taken."""
    if name not in tables.RESULTS:
        raise ValueError(f"no result '{name}'; there are {', '.join(tables.RESULTS)}")
    frame = read_rows(connection, name, tables.RESULTS[name])
    if name == "impulses":
        decisions = read_rows(connection, "impulse_decisions", DECISION, order="impulse_id").set_index("impulse_id")
        decided = frame["impulse_id"].isin(decisions.index).to_numpy()
        for column in decisions.columns:
            taken = decisions[column].reindex(frame["impulse_id"]).to_numpy()
            frame[column] = pd.Series(np.where(decided, taken, frame[column].to_numpy()), dtype="str")
    return frame


def write_decision(
    connection: Connection, impulse_id: str, state: str, role: str, decided_on: str, reason: str
) -> None:
    """Keep what a role decided on an impulse; raises UsageError when there is no such impulse or state."""
    impulses, decisions = tables.results["impulses"], tables.impulse_decisions
    if connection.execute(select(impulses.c.fid).where(impulses.c.impulse_id == impulse_id)).first() is None:
        raise UsageError(_("Den Impuls „{impulse}“ gibt es nicht.").format(impulse=impulse_id))
    if state not in STATES:
        raise UsageError(_("Ein Impuls kann entstanden, bestätigt oder verworfen sein."))
    connection.execute(delete(decisions).where(decisions.c.impulse_id == impulse_id))
    row = {"impulse_id": impulse_id, "state": state, "role": role, "decided_on": decided_on, "reason": reason}
    connection.execute(insert(decisions).values(**row))
    write_record(connection, CHANGED, now())


def write_record(connection: Connection, name: str, content: object) -> None:
    """Keep a JSON record under a name, replacing what was there."""
    connection.execute(delete(tables.records).where(tables.records.c.name == name))
    connection.execute(insert(tables.records).values(name=name, content=to_json(content)))


def read_record(connection: Connection, name: str) -> Any:
    """A record by name; None when there is none."""
    stored = connection.execute(select(tables.records.c.content).where(tables.records.c.name == name)).scalar()
    return None if stored is None else json.loads(stored)


def basis(connection: Connection) -> dict[str, object]:
    """What results rest on: plan, deliveries in force, and the settings a computation uses."""
    used = {}
    for key in ("editions", "target"):
        try:
            used[key] = read_setting(connection, key)
        except KeyError:
            used[key] = None
    # Set by few projects; without it results of earlier versions are not taken for old.
    with suppress(KeyError):
        used["base_population"] = read_setting(connection, "base_population")
    if choices := geographies.basis_of(connection):
        used["carrying"] = choices
    holds = "SELECT delivery_id FROM deliveries WHERE withdrawn_on = '' AND replaced_by = '' ORDER BY position"
    deliveries = [str(row[0]) for row in connection.exec_driver_sql(holds)]
    return {
        "plan": current_id(connection),
        "deliveries": deliveries,
        "settings": used,
        "layers": read_record(connection, LAYERS),
    }


def are_stale(connection: Connection) -> bool:
    """True when there are results and plan, deliveries, editions or target have changed since."""
    rests_on = read_record(connection, BASIS)
    return rests_on is not None and rests_on != basis(connection)
