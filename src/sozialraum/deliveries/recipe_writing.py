"""Write a recipe as the text it can be read back from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from sozialraum.deliveries.facility_rules import FacilityRule
from sozialraum.deliveries.recipe import Column, GridRule, Recipe

# Names of the lists of rules in the text, where each entry is one rule.
_SINGULAR = {"values": "value", "dimensions": "dimension", "sums": "sum"}
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def recipe_text(recipe: Recipe) -> str:
    """The recipe as TOML; `recipe_from` makes an equal recipe of it. What equals its default is left out."""
    entries = _entries(recipe, skip=("columns",))
    columns = {name: _column(column) for name, column in recipe.columns.items()}
    lines = [f"{name} = {_text(value)}" for name, value in entries.items() if not _is_table(value)]
    lines += _table("columns", columns)
    for name, value in entries.items():
        if _is_table(value):
            lines += _table(name, value)
    return "\n".join(lines) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _table(name: str, value: dict[str, Any] | list[dict[str, Any]]) -> list[str]:
    """A table with its tables after it, or a list of tables."""
    if isinstance(value, list):
        return [line for each in value for line in _table_under(f"[[{name}]]", name, each)]
    return _table_under(f"[{name}]", name, value)


def _table_under(head: str, name: str, value: dict[str, Any]) -> list[str]:
    lines = ["", head]
    later: list[str] = []
    for key, each in value.items():
        if isinstance(each, list) and _is_table(each):
            later += _table(f"{name}.{_key(key)}", each)
        else:
            lines.append(f"{_key(key)} = {_text(each)}")
    return lines + later


def _entries(rule: Any, skip: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a rule that differ from their defaults, by the name they have in the text."""
    found: dict[str, Any] = {}
    for each in fields(rule):
        value = getattr(rule, each.name)
        if each.name not in skip and (_is_required(each) or value != _default(each)):
            found[_SINGULAR.get(each.name, each.name)] = _plain(value)
    if isinstance(rule, GridRule):
        found["size"] = int(rule.size)
    if isinstance(rule, FacilityRule) and not rule.places:
        found.pop("places", None)
    return found


def _is_required(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _default(each: Field[Any]) -> Any:
    return each.default_factory() if each.default_factory is not MISSING else each.default


def _plain(value: Any) -> Any:
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _entries(value) if hasattr(value, "__dataclass_fields__") else value


def _column(column: Column) -> str | dict[str, Any]:
    entries = {name: value for name, value in _entries(column, skip=("name",)).items() if value or name == "many"}
    return column.head if set(entries) == {"head"} else entries


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _text(name)


def _text(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_text(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_text(each)}" for name, each in value.items()) + " }"
    return str(value)
