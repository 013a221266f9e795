"""Indicators are data: one file with a version each, checked when it is read.

The folder `catalogue` holds the definitions, the features they count and the themes
they stand in. A hash over the list tells two reports with different definitions apart.
A project may keep a catalogue of its own; like the language it is set for a with block.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from sozialraum.base import current_language
from sozialraum.indicators.benefit_names import with_benefit_names


class BadDefinition(ValueError):
    """A file of the catalogue contradicts itself; a mistake of whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who counts. `complete` says what an absent row means, `noise` whether counts were altered; see features.toml."""

    code: str
    title_de: str
    title_en: str
    profile: str
    complete: str
    period: str
    noise: str = ""

    @property
    def title(self) -> str:
        return self.title_de if current_language() == "de" else self.title_en


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing counted. `parts`: it is their sum; `part_of`: it is contained in that one."""

    code: str
    source: Source
    title_de: str
    title_en: str
    parts: tuple[str, ...] = ()
    part_of: str = ""

    @property
    def title(self) -> str:
        return self.title_de if current_language() == "de" else self.title_en

    @property
    def profile(self) -> str:
        return self.source.profile


@dataclass(frozen=True, slots=True)
class Theme:
    """A chapter of the report."""

    id: str
    order: int
    title_de: str
    title_en: str

    @property
    def title(self) -> str:
        return self.title_de if current_language() == "de" else self.title_en


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator: numerator over denominator, and how to read it.

    numerator, denominator : feature codes, single counts or declared sums.
    direction : +1 more is more burden, -1 less is more burden, 0 neutral.
    period : 'edition' (the reference date of the report) or 'latest' (its own date).
    kind : 'share' (numerator is part of the base) or 'rate' (cases per base).
    breaks : the four inner limits of five classes, as shares; same for all years and places.
    """

    id: str
    version: int
    theme: str
    order: int
    title_de: str
    title_en: str
    measured_de: str
    measured_en: str
    why_de: str
    why_en: str
    numerator: str
    denominator: str
    unit: str
    direction: int
    period: str
    kind: str
    source: str
    profile: str
    breaks: tuple[float, ...]
    in_index: bool
    age_from: int | None = None
    age_under: int | None = None

    @property
    def title(self) -> str:
        return self.title_de if current_language() == "de" else self.title_en

    @property
    def measured(self) -> str:
        return with_benefit_names(self.measured_de if current_language() == "de" else self.measured_en)

    @property
    def why(self) -> str:
        return with_benefit_names(self.why_de if current_language() == "de" else self.why_en)

    @property
    def numerator_features(self) -> tuple[str, ...]:
        return base_features(self.numerator)

    @property
    def denominator_features(self) -> tuple[str, ...]:
        return base_features(self.denominator)


@dataclass(frozen=True)
class Catalogue:
    """What a report counts: sources, features, themes and definitions that fit together.

    population : the feature that counts inhabitants.
    """

    sources: Mapping[str, Source]
    features: Mapping[str, Feature]
    themes: tuple[Theme, ...]
    definitions: tuple[Definition, ...]
    population: str = "population"


def catalogue_from(tables: Mapping[str, Any]) -> Catalogue:
    """Build a catalogue from its tables, as `read_tables` gives them or as a project keeps them.

    tables : lists `source`, `feature`, `theme`, `indicator` of entries, and `population`, a feature.
    Raises BadDefinition when they contradict each other.
    """
    sources = {row["code"]: Source(**row) for row in tables["source"]}
    empty = Catalogue(sources, _features(tables["feature"], sources), _themes(tables["theme"]), ())
    found = [read_definition(row, empty) for row in tables["indicator"]]
    check_list(found)
    rank = {theme.id: theme.order for theme in empty.themes}
    ordered = tuple(sorted(found, key=lambda definition: (rank[definition.theme], definition.order)))
    return replace(empty, definitions=ordered, population=tables.get("population", "population"))


def read_tables(folder: Traversable) -> dict[str, Any]:
    """The tables of a folder with features.toml, themes.toml and one file for each indicator; ready for JSON."""
    read = {
        entry.name: tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    indicators = [read[name] for name in sorted(read) if name not in ("features.toml", "themes.toml")]
    return {**read["features.toml"], **read["themes.toml"], "indicator": indicators}


@cache
def default_catalogue() -> Catalogue:
    """The catalogue that comes with the package."""
    return catalogue_from(read_tables(files("sozialraum.indicators") / "catalogue"))


_current: ContextVar[Catalogue | None] = ContextVar("catalogue", default=None)


def current_catalogue() -> Catalogue:
    """The catalogue in use: that of the enclosing `in_catalogue`, else the default one."""
    return _current.get() or default_catalogue()


@contextmanager
def in_catalogue(catalogue: Catalogue | None) -> Iterator[None]:
    """Count by another catalogue inside a with block; None is the default one."""
    token = _current.set(catalogue)
    try:
        yield
    finally:
        _current.reset(token)


def sources() -> Mapping[str, Source]:
    """Sources by code."""
    return current_catalogue().sources


def features() -> dict[str, Feature]:
    """All features by code: title, source, threshold profile, parts."""
    return dict(current_catalogue().features)


def base_features(code: str) -> tuple[str, ...]:
    """The counted features behind a code: itself, or the parts of a declared sum."""
    feature = current_catalogue().features.get(code)
    return feature.parts if feature and feature.parts else (code,)


def themes() -> tuple[Theme, ...]:
    """The themes in the order of the report."""
    return current_catalogue().themes


def definitions() -> tuple[Definition, ...]:
    """All indicators of the catalogue, in the order of the report.

    Raises BadDefinition when a file of the catalogue contradicts itself.
    """
    return current_catalogue().definitions


def _features(rows: Iterable[Mapping[str, Any]], sources: Mapping[str, Source]) -> dict[str, Feature]:
    found: dict[str, Feature] = {}
    for row in rows:
        parts = tuple(row.get("parts", ()))
        missing = [part for part in parts if part not in found]
        if missing or row["code"] in found or row["source"] not in sources:
            raise BadDefinition(f"feature '{row['code']}': unknown parts {missing} or source, or defined twice")
        found[row["code"]] = Feature(**{**row, "source": sources[row["source"]], "parts": parts})
    return found


def _themes(rows: Iterable[Mapping[str, Any]]) -> tuple[Theme, ...]:
    return tuple(sorted((Theme(**row) for row in rows), key=lambda theme: theme.order))


def read_definition(row: Mapping[str, Any], catalogue: Catalogue | None = None) -> Definition:
    """One definition from its table; raises BadDefinition naming the indicator and every mistake.

    catalogue : the sources, features and themes it may name, default the one in use.
    """
    try:
        definition = Definition(**{**row, "breaks": tuple(row["breaks"])})
    except (TypeError, KeyError) as error:
        raise BadDefinition(f"indicator '{row.get('id', '?')}': {error}") from error
    mistakes = _mistakes(definition, catalogue or current_catalogue())
    if mistakes:
        raise BadDefinition(f"indicator '{definition.id}': {'; '.join(mistakes)}")
    return definition


def check_list(found: list[Definition]) -> None:
    """Refuse two indicators of the same id or at the same place of a theme."""
    keys = [definition.id for definition in found]
    keys += [f"{definition.theme}, {definition.order}" for definition in found]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise BadDefinition(f"defined twice: {'; '.join(twice)}")


def fingerprint(chosen: tuple[Definition, ...] | None = None) -> str:
    """Hash over the list of definitions; equal lists give equal texts of twelve characters."""
    rows = [asdict(definition) for definition in (definitions() if chosen is None else chosen)]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:12]


def _mistakes(definition: Definition, catalogue: Catalogue) -> list[str]:
    breaks, age_from, age_under = definition.breaks, definition.age_from, definition.age_under
    checks = {
        "unknown theme": definition.theme in {theme.id for theme in catalogue.themes},
        "unknown source": definition.source in catalogue.sources,
        "numerator is not a feature": definition.numerator in catalogue.features,
        "denominator is not a feature": definition.denominator in catalogue.features,
        "direction is -1, 0 or 1": definition.direction in (-1, 0, 1),
        "period is edition or latest": definition.period in ("edition", "latest"),
        "kind is share or rate": definition.kind in ("share", "rate"),
        "unit is persons, households, dwellings or cases": definition.unit
        in ("persons", "households", "dwellings", "cases"),
        "four rising breaks": len(breaks) == 4 and list(breaks) == sorted(set(breaks)),
        "version from 1": definition.version >= 1,
        "ages rise": age_from is None or age_under is None or age_from < age_under,
        "a neutral indicator is in no index": not (definition.in_index and definition.direction == 0),
    }
    return [text for text, holds in checks.items() if not holds]
