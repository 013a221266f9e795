"""One description of the editor's records: what Python tells (OpenAPI) and what TypeScript reads are the same."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from sozialraum.delineation import Edit
from sozialraum.plans.checks import Check
from sozialraum.plans.effect import AreaEffect, Effect, ProfileRow
from sozialraum.plans.partners import DeliveryGroup
from sozialraum.web import create_app, editor_models, editor_wishes
from sozialraum.web.editor_models import EditRecord

FOLDER = Path(__file__).parents[3] / "web" / "src" / "editor"
SCHEMAS: dict[str, Any] = create_app().openapi()["components"]["schemas"]
# The page has the edit in a file of its own, under a shorter name; some records are only sent.
NAMES = {"EditRecord": "Edit"}
INTERFACE = re.compile(r"export interface (\w+)(?: extends (\w+))? \{(.*?)\n?\}", re.DOTALL)
WORDS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def interfaces() -> dict[str, dict[str, tuple[str, bool]]]:
    """TypeScript interface -> field -> (type, may be left out)."""
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    parents: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.ts")):
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for name, parent, body in re.findall(
            r"export interface (\w+)(?: extends (\w+))? \{(.*?)\n?\}", text, re.DOTALL
        ):
            fields = re.findall(r"(?:readonly )?(\w+)(\??): ([^;]+);", body)
            if name not in found or file.name in ("answers.ts", "edit.ts"):
                found[name] = {field: (" ".join(kind.split()), bool(optional)) for field, optional, kind in fields}
                parents[name] = parent
    return {name: found.get(parents[name], {}) | fields for name, fields in found.items()}


TYPES = interfaces()
ALIASES = dict(
    re.findall(
        r"export type (\w+) =\s*((?:\|?\s*\"[a-z_0-9]+\"\s*)+);",
        "\n".join(file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.ts"))),
    )
)
MODELS = {
    name
    for name, one in (vars(editor_models) | vars(editor_wishes)).items()
    if isinstance(one, type) and issubclass(one, BaseModel)
}
OURS = sorted(name for name in MODELS & set(SCHEMAS) if NAMES.get(name, name) in TYPES)
NOT_READ = {"Adopted"}  # told, but the page asks for everything anew after a decision


def shape_of(schema: dict[str, Any]) -> str:
    """A JSON schema as TypeScript writes it, without order of alternatives."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return NAMES.get(name, name)
    if "anyOf" in schema:
        return spelled(" | ".join(shape_of(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return alternatives([f'"{one}"' for one in schema["enum"]])
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return "[" + ", ".join(shape_of(one) for one in schema["prefixItems"]) + "]"
        inner = shape_of(schema["items"])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if schema.get("type") == "object":
        return "Record<string, unknown>"
    return WORDS[schema["type"]]


def alternatives(parts: list[str]) -> str:
    return " | ".join(sorted(parts))


def spelled(kind: str) -> str:
    """A type of TypeScript with its aliases written out and alternatives sorted."""
    kind = kind.replace("readonly ", "").strip()
    parts = [part.strip() for part in re.split(r"\|(?![^(]*\))", kind) if part.strip()]
    if len(parts) > 1:
        return alternatives([spelled(part) for part in parts])
    array = re.fullmatch(r"\((.+)\)\[\]", parts[0])
    if array:
        return f"({spelled(array[1])})[]"
    return spelled(ALIASES[parts[0]]) if parts[0] in ALIASES else parts[0]


def test_the_page_knows_all_that_is_told() -> None:
    assert (MODELS & set(SCHEMAS)) - set(OURS) <= NOT_READ
    assert {"EditRecord", "Effect", "DraftState", "DraftDelta", "Stale", "Colouring", "Suggestion"} <= set(OURS)


@pytest.mark.parametrize("name", OURS)
def test_fields_and_types_are_the_same(name: str) -> None:
    schema, page = SCHEMAS[name], TYPES[NAMES.get(name, name)]
    told = {field: shape_of(one) for field, one in schema["properties"].items()}
    assert {field: spelled(kind) for field, (kind, _optional) in page.items()} == told


def test_the_edit_has_the_fields_of_the_record_that_is_kept() -> None:
    assert set(EditRecord.model_fields) == {field.name for field in dataclasses.fields(Edit)}
    empty = EditRecord(kind="move").model_dump() | {"role": "x"}
    assert Edit.from_json(empty).to_json() == empty


@pytest.mark.parametrize("kept", [Effect, AreaEffect, ProfileRow, Check, DeliveryGroup])
def test_an_effect_is_told_as_it_is_measured(kept: type) -> None:
    assert set(SCHEMAS[kept.__name__]["properties"]) == {field.name for field in dataclasses.fields(kept)}
