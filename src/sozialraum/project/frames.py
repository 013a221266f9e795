"""Frames into tables and back, column by column, fast enough for several hundred thousand rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from sozialraum.base import Status

ROWS_AT_ONCE = 20_000
STATUSES = frozenset(status.value for status in Status)


def check_columns(frame: pd.DataFrame, kinds: Mapping[str, str], what: str) -> None:
    """Raise ValueError when a frame does not have exactly the columns of the contract, or an unknown status."""
    absent = [column for column in kinds if column not in frame.columns]
    surplus = [str(column) for column in frame.columns if column not in kinds]
    if absent or surplus:
        raise ValueError(f"'{what}': columns missing {absent}, not in the contract {surplus}")
    if "status" in kinds and not set(frame["status"].unique()) <= STATUSES:
        raise ValueError(f"'{what}': unknown status {sorted(set(frame['status'].astype(str)) - STATUSES)}")


def insert_rows(
    connection: Connection,
    table: str,
    kinds: Mapping[str, str],
    frame: pd.DataFrame,
    extra: Mapping[str, Sequence[Any] | str] | None = None,
) -> None:
    """Append the rows of a frame to a table.

    kinds : column -> 'text', 'number', 'integer', 'flag'. extra : further columns, one value for
    all rows (text) or one per row. Missing numbers are stored as NULL, missing text as ''.
    """
    if frame.empty:
        return
    values = [plain_values(frame[column], kind) for column, kind in kinds.items()]
    for content in (extra or {}).values():
        values.append([content] * len(frame) if isinstance(content, str) else list(content))
    names = [*kinds, *(extra or {})]
    columns, marks = ", ".join(map(quoted, names)), ", ".join("?" * len(names))
    statement = f"INSERT INTO {quoted(table)} ({columns}) VALUES ({marks})"
    rows = list(zip(*values, strict=True))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        connection.exec_driver_sql(statement, rows[start : start + ROWS_AT_ONCE])


def plain_values(column: pd.Series, kind: str) -> list[Any]:
    """A column as the Python values that are stored."""
    if kind == "number":
        return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan).tolist()
    missing = column.isna().to_numpy()
    if kind == "text":
        values = column.tolist()
        if missing.any():
            values = ["" if gone else value for value, gone in zip(values, missing, strict=True)]
        return values if all(type(value) is str for value in values) else [str(value) for value in values]
    convert = int if kind == "integer" else bool
    return [None if gone else convert(value) for value, gone in zip(column.tolist(), missing, strict=True)]


def read_rows(
    connection: Connection,
    table: str,
    kinds: Mapping[str, str],
    where: str = "",
    values: tuple[object, ...] = (),
    order: str = "fid",
) -> pd.DataFrame:
    """Rows of a table, by default in the order they were written, as a frame with these columns.

    where : SQL condition with question marks for `values`. order : the column to sort by.
    """
    columns = ", ".join(quoted(column) for column in kinds)
    condition = f" WHERE {where}" if where else ""
    cursor = connection.exec_driver_sql(
        f"SELECT {columns} FROM {quoted(table)}{condition} ORDER BY {quoted(order)}", values
    )
    parts = _fetch_columns(cursor.cursor, len(kinds))
    typed = {column: typed_column(part, kind) for (column, kind), part in zip(kinds.items(), parts, strict=True)}
    return pd.DataFrame(typed)


def _fetch_columns(cursor: Any, width: int) -> list[np.ndarray]:
    """All rows of the driver's cursor as one object array per column, some thousand rows at once.

    SQLAlchemy's row objects would double the time for the observations, and a text kept once for
    all rows that repeat it takes a third of the memory.
    """
    parts: list[list[np.ndarray]] = [[] for _ in range(width)]
    known: dict[str, str] = {}
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        for part, values in zip(parts, zip(*rows, strict=True), strict=True):
            part.append(_shared(np.fromiter(values, dtype=object, count=len(values)), known))
    return [np.concatenate(part) if part else np.array([], dtype=object) for part in parts]


def _shared(values: np.ndarray, known: dict[str, str]) -> np.ndarray:
    """The same values, equal texts as one object where a column repeats them."""
    if type(values[0]) is not str:
        return values
    codes, different = pd.factorize(values)
    if len(different) > len(values) / 2 or (codes < 0).any():
        return values
    return np.array([known.setdefault(text, text) for text in different], dtype=object)[codes]


def typed_column(values: np.ndarray, kind: str) -> Any:
    """Stored values as a column: NaN for missing numbers, Int64 only where a whole number is missing."""
    if kind == "number":
        return values.astype(float)
    if kind == "flag":
        return values.astype(bool)
    if kind == "binary":
        return values
    missing = pd.isna(values)
    if kind == "text":
        return pd.Series(np.where(missing, "", values) if missing.any() else values, dtype="str")
    return pd.array(values, dtype="Int64") if missing.any() else values.astype(np.int64)


def quoted(name: str) -> str:
    """A name as SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
