"""How an empty table is read when it comes back filled in, as the text of a recipe."""

from __future__ import annotations

import json

from sozialraum.deliveries.forms import FORM_CODE, Form, FormColumn
from sozialraum.deliveries.heads import clean_head

YEAR_IN_HEAD = r"im Jahr (\d{4})$"


def recipe_of_form(form: Form) -> str:
    """The recipe by which the filled form is read, as TOML; its signs mean what they mean in the rule asked by."""
    if form.recipe_text:
        return form.recipe_text
    heads = {"key": form.key_head, "name": form.name_head}
    # without what looks like a mark of a footnote, as heads are read
    heads |= {f"v{place}": clean_head(column.head) for place, column in enumerate(form.columns, 1)}
    lines = [
        _entry("code", FORM_CODE + form.code),
        "version = 1",
        _entry("title", form.title),
        _entry("source", form.source),
        'formats = ["xlsx"]',
        "",
        "[columns]",
        *[_entry(name, head) for name, head in heads.items()],
        "",
        "[key]",
        _entry("column", "key"),
        _entry("kind", form.kind),
        _entry("residual", r"(\d{7,8})-ohne"),
        'unique = ["key"]',
        "",
        "[period]",
        _entry("title", r"Stichtag: *(\S+)"),
        _entry("form", "day"),
    ]
    places = {column.head: place for place, column in enumerate(form.columns, 1)}
    for place, column in enumerate(form.columns, 1):
        lines += ["", "[[value]]", _entry("column", f"v{place}"), *_value(column, places)]
    for smaller, larger in form.at_most:
        lines += ["", "[[at_most]]", _entry("smaller", f"v{smaller + 1}"), _entry("larger", f"v{larger + 1}")]
    return "\n".join(lines) + "\n"


def _value(column: FormColumn, places: dict[str, int]) -> list[str]:
    """The lines of a column of numbers below its name."""
    lines = [_entry("signs", column.signs)]
    if column.own_signs:
        lines.append(f"own_signs = [{', '.join(map(_text, column.own_signs))}]")
    texts = {"feature": column.feature, "known_as": column.known_as, "known_why": column.known_why}
    lines += [_entry(name, text) for name, text in texts.items() if text]
    if column.measure:
        lines.append("measure = true")
    if column.most:
        lines.append(f"most = {column.most}")
    if column.weight in places:
        lines.append(_entry("weight", f"v{places[column.weight]}"))
    if column.over_year:
        lines.append(_entry("year_in_head", YEAR_IN_HEAD))
    return lines


def _entry(name: str, value: str) -> str:
    return f"{name} = {_text(value)}"


def _text(value: str) -> str:
    # JSON writes texts as TOML reads them
    return json.dumps(value, ensure_ascii=False)
