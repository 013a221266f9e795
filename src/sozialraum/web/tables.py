"""Frames as plain JSON: a number that is not there is null, never NaN."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def records(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Rows as dictionaries, with the columns named that the frame has."""
    kept = [column for column in (columns or list(frame.columns)) if column in frame.columns]
    return [dict(zip(kept, map(plain, row), strict=True)) for row in frame[kept].itertuples(index=False, name=None)]


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if hasattr(value, "item") and not hasattr(value, "__len__"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if value is pd.NA or value is pd.NaT:
        return None
    return value if isinstance(value, str | bool | int) else str(value)


def from_text(text: Any) -> Any:
    """What a JSON text holds; something else as it is."""
    if not isinstance(text, str):
        return plain(text)
    try:
        return json.loads(text)
    except ValueError:
        return text
