"""A value is never a bare number: bounds, status and where it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """How a value is known. This list and no other; zero is an observed 0."""

    OBSERVED = "observed"
    ROUNDED = "rounded"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    BLOCKED = "blocked"
    UNCERTAIN = "uncertain"
    ESTIMATED = "estimated"


# The status of a sum is that of its weakest part. Missing and blocked parts have no
# number, so they come first; a suppressed part has bounds and comes next.
WEAKEST_FIRST = (
    Status.MISSING,
    Status.BLOCKED,
    Status.SUPPRESSED,
    Status.ESTIMATED,
    Status.UNCERTAIN,
    Status.ROUNDED,
    Status.OBSERVED,
)
STRENGTH = {status.value: rank for rank, status in enumerate(WEAKEST_FIRST)}
HAS_NO_NUMBER = frozenset({Status.MISSING, Status.BLOCKED})

VALUE_COLUMNS = ("low", "high", "status", "provenance")


@dataclass(frozen=True, slots=True)
class Value:
    """One number as it is known.

    low, high : bounds in the unit of the feature, equal when the number is exact,
        ``inf`` as high when unbounded, both None when the status has no number.
    status : see Status.
    provenance : text naming the delivery and cell, or the step that computed it.
    mark : the sign as it stood in the cell ('*', '–', 'p'), '' for a bare number; two values that mean
        the same are equal however they were written.
    Raises ValueError when the bounds contradict the status.
    """

    low: float | None
    high: float | None
    status: Status
    provenance: str = ""
    mark: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("a value has both bounds or none")
        if (self.low is None) != (self.status in HAS_NO_NUMBER):
            raise ValueError(f"a value with status '{self.status}' and low = {self.low}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} above high {self.high}")

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high


def weakest(statuses: Iterable[str]) -> Status:
    """The status of a sum of values with these statuses; missing when there are none."""
    return Status(min(statuses, key=STRENGTH.__getitem__, default=Status.MISSING))


def add(values: Iterable[Value], provenance: str = "") -> Value:
    """Add values: bounds add, the weakest status wins, a part without number leaves none."""
    parts = list(values)
    status = weakest(part.status for part in parts)
    if status in HAS_NO_NUMBER:
        return Value(None, None, status, provenance)
    return Value(
        sum(part.low or 0.0 for part in parts),
        sum(part.high or 0.0 for part in parts),
        status,
        provenance,
    )
