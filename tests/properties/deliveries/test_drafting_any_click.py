"""Whatever is clicked in whatever file, drafting ends in a draft or one sentence; the draft is what was clicked."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from messy_files import WORLD, messy_file
from sozialraum.base import InputRefused, UsageError
from sozialraum.deliveries import read_delivery
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.drafting import Draft, draft_recipe
from sozialraum.deliveries.files import Content, Sheet
from sozialraum.deliveries.heads import column_letters
from sozialraum.deliveries.preview import preview
from sozialraum.deliveries.recipe_writing import recipe_text

USES = ("value", "day", "name", "skip")


def clicks(chance: Random, content: Content) -> dict[str, str]:
    """One to three clicks: half of them near what the draft found, the others anywhere."""
    rows = content.sheets[0].rows
    letters = [column_letters(place) for place in range(max(map(len, rows)) + 1)]
    heads = list(range(1, min(len(rows), 12) + 1))
    if chance.random() < 0.5:
        with suppress(InputRefused):
            likely = draft_recipe(content, WORLD).likely
            heads = [row.number for row in preview(content, likely, rows=40).rows if "head" in row.roles] or heads
    first = chance.choice(heads)
    last = max(heads) if chance.random() < 0.7 else first
    possible = {
        "head": str(first) if first == last else f"{min(first, last)}-{max(first, last)}",
        "key": chance.choice(letters[:3]),
        f"name:{chance.choice(letters)}": "Hunde",
    } | {f"use:{chance.choice(letters[1:])}": use for use in USES}
    return {name: possible[name] for name in chance.sample(sorted(possible), chance.randint(1, 3))}


def answered(content: Content, given: dict[str, str]) -> Draft:
    """The draft with every question answered by its first option."""
    for _round in range(12):
        draft = draft_recipe(content, WORLD, given)
        if not draft.open:
            return draft
        given |= {each.id: each.options[0].value if each.options else "31.12.2025" for each in draft.open}
    raise AssertionError("asked again and again")


@pytest.mark.parametrize("start", range(0, 240, 80))
def test_any_click_ends_in_a_draft_or_a_sentence(start: int, tmp_path: Path) -> None:
    ended = {"read": 0, "refused": 0, "wrong": 0}
    for number in range(start, start + 80):
        rows = [list(row) for row in messy_file(11, number, workbook=False).sheet]
        content = Content("xlsx", "geklickt.xlsx", sheets=(Sheet("Daten", rows),))
        given = clicks(Random(f"clicks-{number}"), content)
        said = dict(given)
        try:
            draft = answered(content, given)
            assert draft.recipe is not None
            kept(content, draft, said)
            reading = read_delivery(tmp_path / content.name, draft.recipe, WORLD, content=content)
        except UsageError:
            ended["wrong"] += 1
            continue
        except InputRefused:
            ended["refused"] += 1
            continue
        ended["read"] += 1
        assert reading.shape.sheet == "Daten"
    assert min(ended.values()) > 2, ended


def kept(content: Content, draft: Draft, said: dict[str, str]) -> None:
    """What was clicked stands in the recipe and in the colours of the preview."""
    recipe = draft.recipe
    assert recipe is not None
    assert recipe_from(recipe_text(recipe), "own.toml", {}) == recipe
    assert said.keys() <= draft.settled.keys()
    shown = preview(content, recipe, rows=40)
    uses = {column.letter: column.use for column in draft.columns}
    if "head" in said:
        first, _sign, last = said["head"].partition("-")
        assert recipe.head_rows == int(last or first) - int(first) + 1
        heads = [row.number for row in shown.rows if "head" in row.roles]
        assert heads == list(range(int(first), int(last or first) + 1))
    if "key" in said:
        assert uses[said["key"]] == "key"
    for name, use in said.items():
        if name.startswith("use:") and use == "skip":
            assert uses[name.removeprefix("use:")] == "skip"
