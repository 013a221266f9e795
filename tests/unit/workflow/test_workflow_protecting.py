"""Protecting an address: only a known one, only where it lies, and under other spellings of a later register."""

from __future__ import annotations

import pandas as pd
import pytest

from address_town import HIDDEN_NUMBER, HIDDEN_STREET, address_town, all_doors, doors, write_register
from placing_town import town_with_addresses
from sozialraum import workflow
from sozialraum.addresses import Protection, allowed, read_house, with_address, without_address
from sozialraum.base import UsageError
from sozialraum.cli.commands import run
from sozialraum.workflow import addresses_placing as placing
from sozialraum.workflow import addresses_updating as updating


@pytest.fixture
def project(tmp_path):
    with address_town(tmp_path / "p") as found:
        yield found


@pytest.fixture
def towns(tmp_path):
    with town_with_addresses(tmp_path / "t") as found:
        yield found


def codes(project, street, number):
    rows = project.addresses()
    return rows[(rows["street"] == street) & (rows["number"] == number)]["postcode"].tolist()


def register(*rows):
    return pd.DataFrame(rows, columns=["street", "number", "suffix", "postcode"])


def protected(street, number, *postcodes):
    return with_address(Protection("secret", "salt"), street, read_house(number), postcodes)


def test_an_address_in_no_register_is_protected_only_when_that_is_said_twice(project):
    with pytest.raises(UsageError, match="nichts geschützt"):
        placing.protect_address(project, "Gibtsnichtgasse 7", even_unknown=False)
    assert project.protected_addresses().empty
    assert "Anschrift geschützt" not in project.events()["what"].tolist()
    assert placing.protect_address(project, "Gibtsnichtgasse 7") == 0
    assert len(project.protected_addresses()) == 1


def test_the_command_asks_for_the_second_time_and_says_how_many_were_taken_out(tmp_path, capsys):
    address_town(tmp_path / "p").close()
    folder = str(tmp_path / "p")
    assert run(["addresses", "protect", folder, "Gibtsnichtgasse 7"]) != 0
    assert run(["addresses", "protect", folder, "Gibtsnichtgasse 7", "--unknown"]) == 0
    assert "im Adressregister steht diese Anschrift nicht" in capsys.readouterr().out
    assert run(["addresses", "protect", folder, f"{HIDDEN_STREET} {HIDDEN_NUMBER}"]) == 0
    assert "1 Adresse wurde herausgenommen." in capsys.readouterr().out
    assert run(["addresses", "protect", folder, f"{HIDDEN_STREET} {HIDDEN_NUMBER}"]) == 0
    assert "war schon geschützt" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "left", "staying"),
    [
        ("Mühlenweg 13, 52002", 1, ["52001", "52003"]),
        ("Mühlenweg 13, Musterdorf", 1, ["52001", "52003"]),
        ("Mühlenweg 13", 3, []),
    ],
)
def test_with_postcode_or_town_the_number_stays_in_the_other_towns(towns, text, left, staying):
    assert placing.protect_address(towns, text) == left
    assert codes(towns, "Mühlenweg", 13) == staying
    rows = pd.DataFrame({"street": ["Mühlenweg"] * 3, "number": ["13"] * 3, "postcode": ["52001", "52002", "52003"]})
    states = placing.place_list(towns, rows).frame["state"].tolist()
    assert states == ["exact" if code in staying else "none" for code in rows["postcode"]]


def test_the_protection_of_a_town_holds_for_later_registers_and_ends_with_the_same_words(towns):
    whole = towns.addresses()
    placing.protect_address(towns, "Mühlenweg 13, 52002")
    towns.begin_address_update(whole, "neu")
    kept = towns.waiting_addresses()[0]
    assert kept[(kept["street"] == "Mühlenweg") & (kept["number"] == 13)]["postcode"].tolist() == ["52001", "52003"]
    with pytest.raises(UsageError, match="nicht geschützt"):
        placing.unprotect_address(towns, "Mühlenweg 13, 52001")
    placing.unprotect_address(towns, "Mühlenweg 13, 52002")
    assert towns.protected_addresses().empty


def test_a_street_that_left_its_postcode_takes_the_protection_along_in_a_new_register():
    held = protected("Hauptstraße", "12", "52001")
    moved = register(("Hauptstraße", 12, "", "52009"), ("Hauptstraße", 14, "", "52009"))
    assert allowed(held, moved).tolist() == [True, True]
    assert allowed(held, moved, fresh=True).tolist() == [False, True]
    both = register(("Hauptstraße", 12, "", "52009"), ("Hauptstraße", 14, "", "52001"))
    assert allowed(held, both, fresh=True).tolist() == [True, True]


def test_a_register_without_postcodes_does_not_bring_it_back():
    held = protected("Hauptstraße", "12", "52001")
    assert allowed(held, register(("Hauptstraße", 12, "", ""))).tolist() == [False]
    assert allowed(held, register(("Hauptstraße", 12, "", "")).drop(columns="postcode")).tolist() == [False]


@pytest.mark.parametrize(
    "row",
    [
        ("Haupt Straße (Altstadt)", 12, "a", "52001"),
        ("Hauptstrase", 12, "a", "52001"),
        ("Hauptstraße", 12, "-a", "52001"),
        ("Hauptstraße", 12, "/a", "52001"),
        ("Hauptstraße", 12, "?? x", "52001"),
    ],
)
def test_other_spellings_of_a_protected_address_are_not_let_in(row):
    kept = allowed(protected("Hauptstraße", "12a", "52001"), register(row, ("Hauptstraße", 12, "b", "52001")))
    assert kept.tolist() == [False, True]


def test_a_new_address_at_a_protected_number_is_never_certain(project, tmp_path):
    placing.protect_address(project, "Altweg 4")
    new = ("Altweg", 4, "c", *doors("Altweg", "A")[3][3:])
    updating.begin_update(project, write_register(tmp_path / "neu.gpkg", [*all_doors(), new]))
    rows = updating.waiting_changes(project).rows
    assert rows[rows["suffix"] == "c"]["doubt"].tolist() == ["look_at"]
    updating.accept_all_certain(project)
    assert updating.open_rows(project)["suffix"].tolist() == ["c"]


def test_a_facility_list_with_an_unknown_address_is_told_in_the_record(project, tmp_path):
    head = "Nr.;Name;Art;Anschrift;Baustein;Plätze unter 6;Stand;Schutz\n"
    (tmp_path / "e.csv").write_text(f"{head}1;Haus;Frauenhaus;Gibtsnichtgasse 7;;5;31.12.2025;ja\n", encoding="cp1252")
    workflow.deliver(project, tmp_path / "e.csv", "facilities")
    said = project.events()["what"].tolist()
    assert any(what.startswith("1 geschützte Anschrift einer Liste steht nicht im Adressregister") for what in said)


def test_two_postcodes_of_one_number_are_kept_and_ended_apart():
    both = with_address(protected("Hauptstraße", "12", "52001"), "Hauptstraße", read_house("12"), ["52002"])
    rows = register(
        ("Hauptstraße", 12, "", "52001"), ("Hauptstraße", 12, "", "52002"), ("Hauptstraße", 12, "", "52003")
    )
    assert allowed(both, rows).tolist() == [False, False, True]
    one = without_address(both, "Hauptstraße", read_house("12"), ["52001"])
    assert allowed(one, rows).tolist() == [True, False, True]
