"""Where a drafted table ends: a last row without any number is a row when signs stand in its columns of numbers."""

from __future__ import annotations

from pathlib import Path

import deliveries_specimens as given
import pytest

from sozialraum.deliveries import read_delivery
from sozialraum.deliveries.drafting import Draft, draft_recipe
from sozialraum.deliveries.drafting.known_texts import grounds
from sozialraum.deliveries.drafting.layout import find_layout
from sozialraum.deliveries.files import Content, open_file

ROWS = (
    f"1;Nordfeld;{given.TOWN}-01;327;666;",
    f"2;Am Markt;{given.TOWN}-02;.;697;",
    f"3;Lindenhof;{given.TOWN}-03;561;.;siehe Vorjahr",
)
LEGEND = ("", ". = nichts vorhanden;;;;;")


def content(*below: str) -> Content:
    head = ("Stand 31.12.2025;;;;;", ";;;;;", "lfd. Nr.;Bezeichnung;Sozialraum;Kinder in Betreuung;Kinder;Bemerkung")
    return Content("csv", "tabelle.csv", "\n".join((*head, *ROWS, *below, *LEGEND)) + "\n")


def draft(*below: str) -> Draft:
    return draft_recipe(content(*below), given.places(), {"signs:D": "zero", "signs:E": "zero"})


@pytest.mark.parametrize("last", ["4;;Auswärtige;.;.;siehe Vorjahr", "4;;Auswärtige;.;.;", "4;;Auswärtige;;.;von Hand"])
def test_a_last_row_of_signs_is_asked_about(last: str) -> None:
    assert "row:C7" in [question.id for question in draft(last).open]


@pytest.mark.parametrize(
    "last",
    ["Anmerkung: vorläufiger Auszug;;;;;", "Anmerkung;;vorläufiger Auszug;;;", "x;;Zeichen;ist gesperrt;;", "-;-;;.;;"],
)
def test_a_sentence_or_a_sign_with_its_meaning_ends_the_table(last: str) -> None:
    layout = find_layout(content(last), grounds(given.places()))
    assert layout.last == 6
    assert not [question.id for question in draft(last).open if question.id.startswith("row:")]


def test_a_last_row_named_beside_an_empty_key_counts(tmp_path: Path) -> None:
    """Persons without a place, all of them hidden: the row is read, not dropped."""
    path = tmp_path / "tabelle.csv"
    path.write_text(content("4;keine Angabe;;.;.;").text, encoding="utf-8")
    answers = {"signs:D": "hidden", "signs:E": "hidden"}
    made = draft_recipe(open_file(path), given.places(), answers)
    assert made.open == ()
    assert made.recipe is not None
    values = read_delivery(path, made.recipe, given.places()).observations
    left = values[values["geography"] == "residual"]
    assert left["status"].tolist() == ["suppressed"] * 2


def test_a_last_row_of_signs_is_asked_about_where_the_key_comes_first() -> None:
    lines = [
        "Stand 31.12.2025;",
        ";",
        "Sozialraum;Kinder",
        f"{given.TOWN}-01;327",
        f"{given.TOWN}-02;.",
        "Auswärtige;.",
    ]
    made = draft_recipe(Content("csv", "t.csv", "\n".join(lines) + "\n"), given.places(), {"signs:B": "hidden"})
    assert "row:A6" in [question.id for question in made.open]
