"""Names of benefits by period of validity: a text names a benefit as it was called at the date of its values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from sozialraum.base import _, current_language
from sozialraum.base.numbers import day

PLACE = re.compile(r"\{benefit:(\w+)\}")
_on: ContextVar[str] = ContextVar("benefits_on", default="")
_own: ContextVar[Mapping[str, tuple[BenefitName, ...]] | None] = ContextVar("benefit_names", default=None)


class BadBenefitNames(ValueError):
    """The list of names contradicts itself; says which benefit and why."""


@dataclass(frozen=True, slots=True)
class BenefitName:
    """A name, its first day (ISO; '' = as long as there is the benefit) and its last ('' = until the next name).

    en : '' where the benefit has no name of its own in English; then the German one stands.
    """

    since: str
    de: str
    en: str
    until: str = ""

    @property
    def text(self) -> str:
        return self.de if current_language() == "de" or not self.en else self.en

    def text_on(self, on: str) -> str:
        """The name for an ISO day ('' = any); past its last day it says so, since nothing else is called so now."""
        if not self.until or on <= self.until:
            return self.text
        return _("{name} (bis {last})").format(name=self.text, last=day(self.until))


def names_from(tables: Mapping[str, Any]) -> dict[str, tuple[BenefitName, ...]]:
    """Names by code in the order of their first days, from the tables of benefits.toml.

    Raises BadBenefitNames: a code twice, no first name without a beginning, days that are none, stand twice, or end
    before they begin or after the next name begins.
    """
    found: dict[str, tuple[BenefitName, ...]] = {}
    for benefit in tables["benefit"]:
        code = str(benefit["code"])
        names = sorted(
            (
                BenefitName(str(row.get("from", "")), str(row["de"]), str(row.get("en", "")), str(row.get("to", "")))
                for row in benefit["name"]
            ),
            key=lambda name: name.since,
        )
        if code in found or not _in_order(names):
            days = [(name.since, name.until) for name in names]
            raise BadBenefitNames(f"benefit '{code}': defined twice, or its days are wrong: {days}")
        found[code] = tuple(names)
    return found


def _in_order(names: Sequence[BenefitName]) -> bool:
    """Whether the first name has no beginning and each of the others begins after the one before it ends."""
    days = [text for name in names for text in (name.since, name.until)]
    kept = [text for text in days if text]
    try:
        good = days[:1] == [""] and all(map(date.fromisoformat, kept))
    except ValueError:
        return False
    return good and all(name.since for name in names[1:]) and kept == sorted(kept) and _begin_once(names)


def _begin_once(names: Sequence[BenefitName]) -> bool:
    # a name may hold for a single day, but the next one begins after it
    return all(after.since > max(name.since, name.until) for name, after in pairwise(names))


def titles_from(tables: Mapping[str, Any]) -> dict[str, str]:
    """What a benefit is called whatever its name is, by code: the law it stands in; the code where nothing is said."""
    return {str(benefit["code"]): str(benefit.get("title", benefit["code"])) for benefit in tables["benefit"]}


@cache
def default_tables() -> Mapping[str, Any]:
    """The names that come with the package, as tables."""
    return tomllib.loads((files("sozialraum.indicators") / "benefits.toml").read_text(encoding="utf-8"))


@cache
def default_names() -> Mapping[str, tuple[BenefitName, ...]]:
    """The names that come with the package."""
    return names_from(default_tables())


def current_names() -> Mapping[str, tuple[BenefitName, ...]]:
    """The names in use: a project's own inside `using_names`, else those of the package."""
    own = _own.get()
    return default_names() if own is None else own


def benefit_name(code: str, on: str = "") -> str:
    """What a benefit was called on an ISO day or in a bare year (its last day); '' = the newest name.

    An unknown code stands as it is.
    """
    names = current_names().get(code)
    if not names:
        return code
    wanted = f"{on}-12-31" if len(on) == 4 else on
    return [name for name in names if not wanted or name.since <= wanted][-1].text_on(wanted)


def with_benefit_names(text: str) -> str:
    """A text with {benefit:CODE} replaced by the name valid at the date of `naming_on`."""
    return PLACE.sub(lambda found: benefit_name(found[1], _on.get()), text)


@contextmanager
def naming_on(day: str) -> Iterator[None]:
    """Inside the with block benefits are called as they were on this day; '' = the newest names."""
    token = _on.set(day)
    try:
        yield
    finally:
        _on.reset(token)


@contextmanager
def using_names(tables: Mapping[str, Any] | None) -> Iterator[None]:
    """Inside the with block names come from these tables; None = those of the package."""
    token = _own.set(None if tables is None else names_from(tables))
    try:
        yield
    finally:
        _own.reset(token)


def changes_between(texts: Iterable[str], dates: Iterable[str]) -> list[str]:
    """Sentences on benefits named in the texts whose name changed between the first and the last date."""
    known = sorted(dates)
    codes = sorted({code for text in texts for code in PLACE.findall(text)})
    return [sentence for code in codes if known for sentence in _changes(code, known[0], known[-1])]


def _changes(code: str, first: str, last: str) -> list[str]:
    """Sentences on what became of the name of one benefit between two days."""
    names = current_names().get(code, ())
    found = []
    for before, after in pairwise(names):
        if first < after.since <= last:
            end = before.until or (date.fromisoformat(after.since) - timedelta(days=1)).isoformat()
            found.append(
                _("Bis {last}: {before}; ab {first}: {after}.").format(
                    last=day(end), before=before.text, first=day(after.since), after=after.text
                )
            )
    if names and names[-1].until and first <= names[-1].until < last:
        found.append(_("Bis {last}: {before}.").format(last=day(names[-1].until), before=names[-1].text))
    return found
