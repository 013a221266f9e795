"""The chain of a trace: one figure, what it was made of, down to the places in the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One link of the chain.

    level : depth, 0 = nearest to the figure. sentence : what it says. value_text : the number as text, '' where none
    may be shown. file, sheet, row, column : the place in a delivered file. delivery_id, delivered (ISO day of
    receipt), recipe (title) and version : the delivery. children : what it was made of.
    """

    sentence: str
    value_text: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    delivery_id: str = ""
    delivered: str = ""
    recipe: str = ""
    version: int | None = None
    children: tuple[TraceStep, ...] = ()
    level: int = 0

    def as_record(self) -> dict[str, Any]:
        """For JSON."""
        names = ("level", "sentence", "value_text", "file", "sheet", "row", "column", "delivery_id", "delivered",
                 "recipe", "version")  # fmt: skip
        return {name: getattr(self, name) for name in names} | {"children": [one.as_record() for one in self.children]}


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a figure comes from. sentence : the figure. warnings : what a reader has to know first.

    internal : whether numbers of parts are shown; such a trace is not for others.
    parts : places in files behind the figure. left_out : how many of them are not listed.
    """

    sentence: str
    steps: tuple[TraceStep, ...]
    warnings: tuple[str, ...] = ()
    internal: bool = False
    parts: int = 0
    left_out: int = 0

    def as_record(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "sentence": self.sentence,
            "steps": [step.as_record() for step in self.steps],
            "warnings": list(self.warnings),
            "internal": self.internal,
            "parts": self.parts,
            "left_out": self.left_out,
        }


def leveled(steps: Iterable[TraceStep], level: int = 0) -> tuple[TraceStep, ...]:
    """The same steps with their depths."""
    return tuple(replace(step, level=level, children=leveled(step.children, level + 1)) for step in steps)


def walk(steps: Iterable[TraceStep]) -> Iterator[TraceStep]:
    """All steps in reading order."""
    for step in steps:
        yield step
        yield from walk(step.children)


def lines(trace: Trace) -> list[str]:
    """The trace as indented lines."""
    found = [trace.sentence, *trace.warnings]
    for step in walk(trace.steps):
        text = f"{step.sentence} {step.value_text}" if step.value_text else step.sentence
        found.append("  " * (step.level + 1) + text)
    return found
