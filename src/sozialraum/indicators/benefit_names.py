"""Names of benefits by period of validity: a text names a benefit as it was called at the date of its values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
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
    """A name and its first day (ISO; '' = as long as there is the benefit)."""

    since: str
    de: str
    en: str

    @property
    def text(self) -> str:
        return self.de if current_language() == "de" else self.en


def names_from(tables: Mapping[str, Any]) -> dict[str, tuple[BenefitName, ...]]:
    """Names by code in the order of their first days, from the tables of benefits.toml.

    Raises BadBenefitNames: a code twice, no first name without a beginning, days that are none or stand twice.
    """
    found: dict[str, tuple[BenefitName, ...]] = {}
    for benefit in tables["benefit"]:
        code = str(benefit["code"])
        names = sorted(
            (BenefitName(str(row.get("from", "")), str(row["de"]), str(row["en"])) for row in benefit["name"]),
            key=lambda name: name.since,
        )
        days = [name.since for name in names]
        try:
            good = days[:1] == [""] and len(set(days)) == len(days) and all(map(date.fromisoformat, days[1:]))
        except ValueError:
            good = False
        if code in found or not good:
            raise BadBenefitNames(f"benefit '{code}': defined twice, or its first days are wrong: {days}")
        found[code] = tuple(names)
    return found


@cache
def default_names() -> Mapping[str, tuple[BenefitName, ...]]:
    """The names that come with the package."""
    text = (files("sozialraum.indicators") / "benefits.toml").read_text(encoding="utf-8")
    return names_from(tomllib.loads(text))


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
    return [name for name in names if not wanted or name.since <= wanted][-1].text


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
    if not known:
        return []
    found = []
    for code in codes:
        for before, after in zip(current_names().get(code, ()), current_names().get(code, ())[1:], strict=False):
            if known[0] < after.since <= known[-1]:
                last = (date.fromisoformat(after.since) - timedelta(days=1)).isoformat()
                found.append(
                    _("Bis {last}: {before}; ab {first}: {after}.").format(
                        last=day(last), before=before.text, first=day(after.since), after=after.text
                    )
                )
    return found
