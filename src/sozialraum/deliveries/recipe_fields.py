"""The nouns in which entries of a definition are described where people fill them in: fields and sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "yes", "choice", "choices", "lines", "pattern", "column", "columns", "pairs"]
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One entry.

    name : as in the declaration of a recipe; 'position.x' lies in a table of its own.
    kind : text; number; yes (true, false); choice and choices (codes of `options`); lines (several texts);
        pattern; column and columns (short names of columns); pairs (property = code).
    usual : what holds when nothing is entered. needed : an entry is required where the section is used.
    advanced : only those who know patterns and coordinate systems need it.
    """

    name: str
    title: str
    kind: Kind = "text"
    options: Options = ()
    usual: str = ""
    needed: bool = False
    advanced: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A group of entries: one record, or a table with a row each (`many`). key : fields that name a row."""

    part: str
    title: str
    many: bool
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    note: str = ""
    advanced: bool = False

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)


def words_of(codes: Iterable[str], words: dict[str, str]) -> Options:
    """Codes with their words; a code without one is its own."""
    return tuple((code, words.get(code, code)) for code in codes)
