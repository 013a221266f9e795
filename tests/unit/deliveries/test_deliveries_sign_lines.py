"""Signs that a recipe explains itself, in lines with the words of the file."""

import math
import re
from dataclasses import replace

import deliveries_specimens as given
import pytest

from sozialraum.base import InputRefused, Status, Value
from sozialraum.deliveries import read_delivery, read_value
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.drafting import draft_recipe
from sozialraum.deliveries.files import Content, open_file
from sozialraum.deliveries.preview import preview
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.deliveries.sign_lines import own_sign, sign_line, stated_meaning, with_own
from sozialraum.deliveries.sign_profiles import sign_profiles


@pytest.mark.parametrize(
    ("meaning", "low", "high", "status"),
    [
        ("zero", 0, 0, Status.OBSERVED),
        ("rounded", 0, 2, Status.ROUNDED),
        ("hidden", 0, math.inf, Status.SUPPRESSED),
        ("1-2", 1, 2, Status.SUPPRESSED),
        ("0-4", 0, 4, Status.SUPPRESSED),
        ("missing", None, None, Status.MISSING),
        ("blocked", None, None, Status.BLOCKED),
    ],
)
@pytest.mark.parametrize("text", ["*", "", "x", "...", "k. A.", "<3"])
def test_a_line_says_what_a_sign_means(text, meaning, low, high, status):
    sign = own_sign(sign_line(text, meaning, "so = sagt: es die Datei"))
    assert (sign.text, sign.low, sign.high, sign.status) == (text, low, high, status)
    assert sign.legend == "so = sagt: es die Datei"
    assert own_sign(sign_line(text, meaning)).legend == ""


@pytest.mark.parametrize("line", ["*", "* =", "* = viel", "* = 4-2", "* = 0-inf", "* 0-2"])
def test_any_other_line_is_none(line):
    with pytest.raises(ValueError, match=re.escape(line)):
        own_sign(line)


@pytest.mark.parametrize(
    ("legend", "high"),
    [
        ("* Werte unter 3; eine weitere Geheimhaltung wurde nicht vorgenommen", 2),
        ("* Werte unter 3", math.inf),
        ("* Werte unter 3 und zugehörige Gegensperrungen", math.inf),
        ("* Werte unter 5; keine weitere Geheimhaltung", math.inf),
        ("", math.inf),
    ],
)
def test_stated_bounds_hold_only_while_the_file_states_them(legend, high):
    profile = with_own(sign_profiles()["plain"], ("* = 0-2 stated: * Werte unter 3",))
    assert read_value("*", profile.under((legend,))) == Value(0, high, Status.SUPPRESSED)


def test_two_bounds_are_none():
    assert stated_meaning("Werte unter 3 oder Werte unter 5") == ""
    assert stated_meaning("1 oder 2, also unter 3") == "1-2 stated"


TEXT = "\n".join(
    ("Kinder am 31.12.2025", "", "Gebiet;Kinder", f"{given.TOWN}-01;*", f"{given.TOWN}-02;9", "", "{legend}")
)  # fmt: skip


def test_a_drafted_recipe_reads_and_quotes_the_words_of_the_file(tmp_path):
    text = TEXT.format(legend="* Zahlen unter 5 werden nicht ausgewiesen, keine weitere Geheimhaltung")
    path = given.write(tmp_path, "kinder.csv", text)
    draft = draft_recipe(open_file(path), given.places())
    recipe = recipe_from(recipe_text(draft.recipe), "own.toml", {})
    assert recipe == draft.recipe
    reading = read_delivery(path, recipe, given.places())
    first = reading.observations.query("status == 'suppressed'")
    assert first[["low", "high"]].values.tolist() == [[0, 4]]
    assert [each.code for each in reading.findings] == ["incomplete"]  # a third area has no row
    (said,) = (line for line in reading.assumed if "„*“ heißt" in line)
    assert said.endswith("unter 5, verdeckt (* Zahlen unter 5 werden nicht ausgewiesen, keine weitere Geheimhaltung).")
    shown = preview(Content("csv", "kinder.csv", text), recipe)
    assert "hidden" in [role for row in shown.rows for role in row.roles]


def test_what_the_file_does_not_exclude_is_said_in_words_of_its_bound(tmp_path):
    path = given.write(tmp_path, "kinder.csv", TEXT.format(legend="* Werte unter 3"))
    reading = read_delivery(path, draft_recipe(open_file(path), given.places()).recipe, given.places())
    (finding,) = [each for each in reading.findings if each.code == "unexplained_sign"]
    assert "„*“ kann deshalb auch für 3 oder mehr stehen" in finding.what


def test_a_recipe_with_a_line_that_explains_nothing_is_refused():
    draft = draft_recipe(Content("csv", "k.csv", TEXT.format(legend="")), given.places())
    wrong = replace(draft.recipe, values=(replace(draft.recipe.values[0], own_signs=("* = viel",)),))
    with pytest.raises(InputRefused) as caught:
        recipe_from(recipe_text(wrong), "own.toml", {})
    assert "own_signs" in str(caught.value)
