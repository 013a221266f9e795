"""Thresholds per source: data, never code."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sozialraum.indicators import features

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Profile:
    """When a count of a source is hidden and how unsure a reader must stay; see profiles.toml."""

    name: str
    minimum: int
    width: int
    mark_is_public: bool = False
    complement: bool = False

    def __post_init__(self) -> None:
        if self.minimum < 0 or self.width < 0:
            raise ValueError(f"profile '{self.name}': thresholds are not negative")


@dataclass(frozen=True, slots=True)
class Rules:
    """The profiles of a release. mark : what stands for every hidden cell, whatever the reason."""

    profiles: tuple[Profile, ...]
    version: int = 1
    mark: str = "•"

    def profile_of(self, feature: str) -> Profile:
        """The profile of a feature; the strictest one for features nobody declared."""
        known = features().get(feature)
        by_name = {profile.name: profile for profile in self.profiles}
        return by_name[known.profile if known and known.profile in by_name else OTHER]

    def as_record(self) -> dict[str, Any]:
        """For storing and printing beside the release."""
        return asdict(self)


@cache
def default_rules() -> Rules:
    """The proposed thresholds per source, from profiles.toml."""
    text = (files("sozialraum.protection") / "profiles.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    version = int(table.pop("version"))
    return Rules(tuple(Profile(name, **row) for name, row in sorted(table.items())), version)
