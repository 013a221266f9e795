"""Which pair of need and supply raises an impulse: rules as data, with a version each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sozialraum.base import current_language

FIELDS = ("build_up", "improve", "keep", "watch", "review")
CLASSES = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Rule:
    """need and supply : the classes that fire it. field : what follows.

    excludes_middle : fires only if the interval of need lies below the region's whole interval.
    """

    id: str
    version: int
    order: int
    group: str
    field: str
    need: str
    supply: str
    excludes_middle: bool
    sentence_de: str
    sentence_en: str

    def __post_init__(self) -> None:
        if self.field not in FIELDS or self.need not in CLASSES or self.supply not in CLASSES:
            raise ValueError(f"rule '{self.id}': unknown field or class")
        if "{area}" not in self.sentence_de or "{area}" not in self.sentence_en:
            raise ValueError(f"rule '{self.id}': its sentence does not name the area")

    def sentence(self, area: str) -> str:
        """The rule in words for an area of this name."""
        text = self.sentence_de if current_language() == "de" else self.sentence_en
        return text.format(area=area)


@cache
def rules(group: str = "under_6") -> tuple[Rule, ...]:
    """The rules of a group in their order. Raises ValueError when two of them cover one pair."""
    folder = files("sozialraum.need") / "rules"
    tables = [
        tomllib.loads(entry.read_text(encoding="utf-8")) for entry in folder.iterdir() if entry.name.endswith(".toml")
    ]
    found = sorted((Rule(**table) for table in tables), key=lambda rule: (rule.order, rule.id))
    chosen = tuple(rule for rule in found if rule.group == group)
    pairs = [(rule.need, rule.supply) for rule in chosen]
    if len(set(pairs)) < len(pairs):
        raise ValueError(f"two rules of '{group}' cover the same pair of need and supply")
    return chosen


def field_of(need: str, supply: str, group: str = "under_6") -> str:
    """The field of the typology; 'none' where the pair gives no impulse by itself."""
    return next((rule.field for rule in rules(group) if (rule.need, rule.supply) == (need, supply)), "none")
