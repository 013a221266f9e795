"""How addresses of lists are placed: the cases of cases.json, which hold for the Zuordnungswerkzeug as well."""

import json
from pathlib import Path

import pandas as pd
import pytest

from sozialraum.addresses import REASONS, AddressRegister, Alias, mark, place, spelling_rules, street_key

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
COLUMNS = ["street", "number", "suffix", "postcode", "municipality", "block_id", "x", "y"]


def register_of(name):
    given = CASES["registers"][name]
    salt = given.get("salt", "")
    marks = [mark(salt, street_key(street), number) for street, number in given.get("protected", [])]
    aliases = [Alias(*alias) for alias in given.get("aliases", [])]
    frame = pd.DataFrame(given["addresses"], columns=COLUMNS)
    return AddressRegister(frame, given["towns"], aliases, salt=salt, marks=marks)


REGISTERS = {name: register_of(name) for name in CASES["registers"]}


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: " ".join(case["row"].values()) or "(leer)")
def test_an_address_is_placed_as_said(case):
    register = REGISTERS[case.get("register", "town")]
    placed = place(register, pd.DataFrame([case["row"]]), interpolate=case.get("interpolate", False)).frame.iloc[0]
    expected = case["expected"]
    found = placed[["state", "reason", "offer", "block_id"]].set_axis(["state", "reason", "address", "block"])
    assert found.to_dict() == {"address": "", "block": ""} | expected
    assert placed["interpolated"] == (placed["reason"].split(";")[-1] == "interpolated")
    assert (placed["state"] == "none") == (placed["block_id"] == "")
    assert placed["why"]


def test_there_are_cases_for_every_reason():
    named = {code for case in CASES["cases"] for code in case["expected"]["reason"].split(";")}
    assert named == set(REASONS)
    assert len(CASES["cases"]) >= 120


def test_the_rules_beside_the_cases_are_those_of_the_program():
    """spelling.json is the same description for readers of JSON."""
    assert json.loads((HERE / "spelling.json").read_text(encoding="utf-8")) == spelling_rules()
