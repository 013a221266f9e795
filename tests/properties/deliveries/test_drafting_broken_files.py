"""Whatever stands in a file, drafting and showing it end in a draft or one refusal, never in an accident."""

from __future__ import annotations

from random import Random

import pytest

from messy_files import WORLD, messy_file
from sozialraum.base import InputRefused
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.drafting import draft_recipe
from sozialraum.deliveries.files import Content, Sheet
from sozialraum.deliveries.preview import preview
from sozialraum.deliveries.recipe_writing import recipe_text

JUNK = ("", " ", "05999004-01", "Summe", "keine Angabe", "1.234", "12,5", "-", "*", "x" * 300, "31.12.2025", "03/04",
        "2025", "Ä\u00ad\n", "(", "[0-9]+", "1e9", "٣", "²", "−5", "|", " | ")  # fmt: skip


def broken(number: int) -> Content:
    """A messy sheet whose rows were cut, shuffled and filled with junk."""
    chance = Random(f"broken-{number}")
    rows = [list(row) for row in messy_file(7, number, workbook=False).sheet]
    for _change in range(chance.randint(1, 12)):
        if not rows:
            break
        row = chance.choice(rows)
        kind = chance.choice(("junk", "junk", "short", "long", "drop", "twice", "swap"))
        if kind == "junk" and row:
            row[chance.randrange(len(row))] = chance.choice(JUNK)
        elif kind == "short" and row:
            row.pop()
        elif kind == "long":
            row.append(chance.choice(JUNK))
        elif kind == "drop":
            rows.remove(row)
        elif kind == "twice":
            rows.insert(chance.randrange(len(rows)), list(row))
        else:
            chance.shuffle(row)
    if chance.random() < 0.5:
        return Content("xlsx", "kaputt.xlsx", sheets=(Sheet("Daten", rows), Sheet("Leer", [])))
    return Content("csv", "kaputt.csv", "\n".join(";".join(row) for row in rows))


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_broken_files_end_in_a_draft_or_a_refusal(start: int) -> None:
    ended = {"draft": 0, "refused": 0}
    for number in range(start, start + 100):
        content = broken(number)
        try:
            draft = draft_recipe(content, WORLD)
        except InputRefused:
            ended["refused"] += 1
            continue
        ended["draft"] += 1
        likely = draft.likely
        assert likely is not None
        if likely.values:
            assert recipe_from(recipe_text(likely), "own.toml", {}) == likely
        shown = preview(content, likely, rows=5)
        assert all(len(row.texts) == len(row.roles) == len(shown.letters) for row in shown.rows)
    assert min(ended.values()) > 2, ended


@pytest.mark.parametrize("text", ["a", ";;;\n;;;", "\n\n\n", "1\n2\n3", "05999004-01;1", '"', "a;b\n" * 5])
def test_texts_without_a_table_are_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        draft_recipe(Content("csv", "t.csv", text), WORLD)
    preview(Content("csv", "t.csv", text), None)


def test_no_sheet_at_all() -> None:
    with pytest.raises(InputRefused):
        draft_recipe(Content("xlsx", "t.xlsx", sheets=(Sheet("Leer", []),)), WORLD)
    assert preview(Content("xlsx", "t.xlsx", sheets=(Sheet("Leer", []),)), None).rows == ()
