"""Delivered files, what was read from them, and the report of the reading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from sozialraum.base import Finding
from sozialraum.deliveries import Reading
from sozialraum.project import tables
from sozialraum.project.files import clean_name
from sozialraum.project.frames import check_columns, insert_rows, read_rows
from sozialraum.project.store import to_json

KEY_LENGTH = 16
LISTS = ("periods", "municipalities", "assumed", "remarks", "sentences")
OVERVIEW = tables.columns(
    text="delivery_id file_name stored_name sha256", integer="size", text_2="recipe received_at periods",
    integer_2="rows_read rows_skipped", text_3="municipalities assumed remarks sentences findings",
)  # fmt: skip


def stored_name(sha256: str, name: str) -> str:
    """The name a delivered file keeps in the project: start of its check number, then its own name."""
    return f"{sha256[:KEY_LENGTH]}_{clean_name(name)}"


def find_delivery(connection: Connection, sha256: str) -> str | None:
    """The delivery with exactly these bytes, or None."""
    table = tables.deliveries
    return connection.execute(select(table.c.delivery_id).where(table.c.sha256 == sha256)).scalar()


def check_reading(reading: Reading) -> None:
    """Raise ValueError when a reading does not follow the contract."""
    check_columns(reading.observations, tables.OBSERVATIONS, "observations")
    if reading.facilities is not None:
        check_columns(reading.facilities, tables.FACILITIES, "facilities")


def write_delivery(connection: Connection, path: Path, sha256: str, reading: Reading, received_at: str) -> str:
    """Store the report of a reading with its observations and facilities; returns the delivery_id."""
    delivery_id = sha256[:KEY_LENGTH]
    position = connection.execute(select(func.count()).select_from(tables.deliveries)).scalar_one() + 1
    row: dict[str, Any] = {
        "delivery_id": delivery_id,
        "position": position,
        "file_name": path.name,
        "stored_name": stored_name(sha256, path.name),
        "sha256": sha256,
        "size": path.stat().st_size,
        "recipe": reading.recipe.code,
        "received_at": received_at,
        "periods": to_json(list(reading.periods)),
        "rows_read": int(reading.rows_read),
        "rows_skipped": int(reading.rows_skipped),
        "municipalities": to_json(list(reading.municipalities)),
        "remarks": to_json(list(reading.remarks)),
        "assumed": to_json(list(reading.assumed)),
        "sentences": to_json(list(reading.sentences())),
        "findings": to_json([asdict(finding) for finding in reading.findings]),
    }
    connection.execute(insert(tables.deliveries).values(**row))
    extra = {"delivery_id": delivery_id}
    insert_rows(connection, "observations", tables.OBSERVATIONS, reading.observations, extra)
    if reading.facilities is not None:
        insert_rows(connection, "facilities", tables.FACILITIES, without_places_to_hide(reading.facilities), extra)
    return delivery_id


def without_places_to_hide(facilities: pd.DataFrame) -> pd.DataFrame:
    """Facilities as they may be kept: a protected one has neither a name nor a block."""
    kept = facilities.copy()
    hidden = kept["protected"].fillna(False).astype(bool)
    kept.loc[hidden, ["name", "block_id"]] = ""
    return kept


def read_deliveries(connection: Connection) -> pd.DataFrame:
    """All deliveries in the order they came, findings as `Finding`; what is a list is a tuple."""
    frame = read_rows(connection, "deliveries", OVERVIEW, order="position")
    for column in LISTS:
        frame[column] = pd.Series([tuple(json.loads(text)) for text in frame[column]], dtype=object)
    found = [tuple(Finding(**finding) for finding in json.loads(text)) for text in frame["findings"]]
    frame["findings"] = pd.Series(found, dtype=object)
    return frame


def read_observations(connection: Connection) -> pd.DataFrame:
    """All observations in the order of their deliveries: the contract's columns and delivery_id."""
    return read_rows(connection, "observations", tables.OBSERVATIONS | tables.columns(text="delivery_id"))


def read_facilities(connection: Connection) -> pd.DataFrame:
    """All facilities in the order of their deliveries: the contract's columns and delivery_id."""
    return read_rows(connection, "facilities", tables.FACILITIES | tables.columns(text="delivery_id"))


def counts_on_blocks(connection: Connection, features: Sequence[str], day: str) -> tuple[str, pd.Series]:
    """The sum of features per block at the latest date that ends in `day` ('-12-31'), and that date.

    Returns ('', empty) when there is none. Summed by the file itself: all observations would take seconds to read.
    """
    marks = ", ".join("?" * len(features))
    where = f"geography = 'block' AND feature IN ({marks})"
    latest = connection.exec_driver_sql(
        f"SELECT MAX(period) FROM observations WHERE {where} AND period LIKE ?", (*features, f"%{day}")
    ).scalar()
    rows = connection.exec_driver_sql(
        f"SELECT unit, SUM(low) FROM observations WHERE {where} AND period = ? GROUP BY unit ORDER BY unit",
        (*features, latest or ""),
    ).all()
    return latest or "", pd.Series({str(unit): float(low or 0) for unit, low in rows}, dtype=float)
