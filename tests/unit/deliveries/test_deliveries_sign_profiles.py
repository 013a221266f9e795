import math

import pytest

from sozialraum.base import InputRefused, Status
from sozialraum.deliveries import UnknownMark, read_value, recipes, sign_profiles
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.deliveries.sign_profiles import profile_from, read_profile, with_profiles

OWN = """
title = "Gesundheitsamt, Schuleingang"
legend = "Zahlen in Klammern beruhen auf wenigen Kindern."
brackets = "uncertain"
signs = [
  { text = "#", status = "suppressed", low = 0, high = 4, meaning = "unter 5", legend = "# unter 5 Kinder" },
  { text = "-99", status = "missing", meaning = "nicht untersucht", legend = "-99 nicht untersucht" },
]
"""
TEN = 'title = "Land"\nlegend = "auf 10 gerundet"\nrounded_to = 10\nsigns = []'
NOISE = 'title = "Land"\nlegend = "höchstens 3 mehr oder weniger"\nnoise = 3\nsigns = []'


def test_a_file_explains_the_signs_of_a_source_of_ones_own(tmp_path):
    file = tmp_path / "schuleingang.toml"
    file.write_text(OWN, encoding="utf-8")
    value = read_value("#", file)
    assert (value.low, value.high, value.status, value.mark) == (0, 4, Status.SUPPRESSED, "#")
    assert read_value("-99", str(file)).status is Status.MISSING
    assert read_value("(7)", file).status is Status.UNCERTAIN
    with pytest.raises(UnknownMark):
        read_value("*", file)
    assert read_profile(file).code == "schuleingang"


def test_an_entry_with_its_head_line_is_read_as_well():
    assert profile_from("[amt]\n" + OWN, "x") == profile_from(OWN, "amt")


def test_everything_wrong_with_a_profile_is_said_at_once():
    text = """
titel = "Amt"
brackets = "missing"
rounded_to = 0
signs = [
  { text = "*", status = "verdeckt", low = 9, high = 1, meaning = "?" },
  { text = "x", status = "missing", low = 0, high = 1, meaning = "leer", legend = "x leer" },
  { text = "x", status = "suppressed", low = 3, high = 1, meaning = "leer", legend = "x leer" },
  { text = "12", status = "missing", meaning = "leer", legend = "12 leer", only_if = "(" },
  "*",
]
suffixes = [{ text = "1", status = "missing", meaning = "?", legend = "?" }]
"""
    with pytest.raises(InputRefused) as caught:
        profile_from(text, "amt")
    said = "\n".join(finding.what for finding in caught.value.findings)
    for part in ("title: fehlt", "titel: ist keine bekannte Angabe", "signs 1.status", "signs 1.legend: fehlt",
                 "signs 2.low, high", "signs 3.low, high", "signs 3.text", "signs 4.text", "signs 4.only_if",
                 "signs 5.", "rounded_to", "brackets", "suffixes 1.text", "suffixes 1.status"):  # fmt: skip
        assert part in said, part


def test_a_text_that_is_no_declaration_is_refused_in_one_sentence():
    with pytest.raises(InputRefused, match="Die Erklärung der Zeichen „amt“"):
        profile_from("signs = [", "amt")


def test_a_profile_that_does_not_exist_is_refused_with_the_names_there_are():
    with pytest.raises(InputRefused, match="agency"):
        read_value("1", "arbeitsagentur")


@pytest.mark.parametrize(("cell", "low", "high"), [("0", 0, 5), ("10", 5, 15), ("1.230", 1225, 1235)])
def test_rounding_to_ten_is_five_more_or_less(cell, low, high):
    value = read_value(cell, profile_from(TEN, "land"))
    assert (value.low, value.high, value.status) == (low, high, Status.ROUNDED)


@pytest.mark.parametrize(("cell", "low", "high"), [("0", 0, 0), ("2", 0, 5), ("50", 47, 53)])
def test_noise_of_known_size_leaves_zero_alone(cell, low, high):
    value = read_value(cell, profile_from(NOISE, "land"))
    assert (value.low, value.high) == (low, high)


def test_rounding_and_smallest_count_do_not_concern_averages():
    assert read_value("12,5", "rounded5", measure=True).low == 12.5
    assert read_value("1", "census2011", measure=True).low == 1


def test_without_the_files_legend_a_sign_that_needs_it_is_unbounded():
    for code, profile in sign_profiles().items():
        for sign in profile.signs.values():
            if sign.only_if:
                assert read_value(sign.text, code).high == math.inf


def test_a_recipe_may_name_a_profile_of_the_project_and_no_other():
    text = recipe_text(next(one for one in recipes() if one.code == "youth_office"))
    text = text.replace('signs = "youth"', 'signs = "amt"')
    with with_profiles({"amt": profile_from(OWN, "amt")}):
        assert {value.signs for value in recipe_from(text, "x", {}).values} == {"amt"}
    with pytest.raises(InputRefused, match="amt"):
        recipe_from(text, "x", {})
