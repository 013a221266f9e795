"""Deliveries as a person calls them: list, review, take over, put back, withdraw, delete, back up."""

import json

import pytest

from receiving_village import RENAMED, Office, project_in, register
from sozialraum.cli.commands import run
from sozialraum.project import Project
from unknown_books import book


@pytest.fixture
def folder(tmp_path):
    project_in(tmp_path / "p").close()
    return str(tmp_path / "p")


def told(capsys, *arguments):
    """The object a command prints for programs."""
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_file_is_reviewed_corrected_taken_over_and_withdrawn(folder, tmp_path, capsys):
    file = str(Office(care_head=RENAMED).write(tmp_path / "a.xlsx"))
    seen = told(capsys, "delivery", "review", folder, file)
    (lost,) = [one for one in seen["findings"] if one["code"] == "missing_column"]
    assert seen["state"] == "findings"
    assert run(["delivery", "take-over", folder, seen["review_id"]]) == 3
    assert "kann noch nicht übernommen werden" in capsys.readouterr().err
    seen = told(capsys, "delivery", "review", folder, file, "--same", f"{lost['found']}={lost['offer']}")
    assert seen["state"] == "ready"
    assert told(capsys, "delivery", "list", folder)["deliveries"] == []
    taken = told(capsys, "delivery", "take-over", folder, seen["review_id"], "--role", "Jugendamt")
    assert taken["indicators"] == ["care_rate_03_06", "family_aid_rate"]
    (row,) = told(capsys, "delivery", "list", folder)["deliveries"]
    assert (row["delivery_id"], row["in_force"], row["protection"]) == (taken["delivery_id"], True, "restricted")
    assert run(["delivery", "withdraw", folder, taken["delivery_id"]]) == 2
    assert "warum" in capsys.readouterr().err
    assert run(["delivery", "withdraw", folder, taken["delivery_id"], "--why", "Irrtum"]) == 0
    assert "Betroffene Indikatoren: Betreuung von 3 bis unter 6 Jahren" in capsys.readouterr().out
    assert run(["delivery", "list", folder]) == 0
    assert "zurückgezogen am" in capsys.readouterr().out


def test_a_file_nobody_knows_is_described_and_the_next_one_gets_its_date(folder, tmp_path, capsys):
    file = str(book(tmp_path / "hunde.xlsx"))
    assert run(["delivery", "review", folder, file, "--answer", "head=1"]) == 2
    assert "In Zeile 1 stehen keine Überschriften der Spalten." in capsys.readouterr().err
    seen = told(capsys, "delivery", "review", folder, file, "--answer", "head=4", "--answer", "key=B")
    assert seen["state"] == "ready"
    told(capsys, "delivery", "take-over", folder, seen["review_id"])
    later = str(book(tmp_path / "ohne.xlsx", title="Fälle"))
    assert told(capsys, "delivery", "review", folder, later)["state"] == "findings"
    assert run(["delivery", "review", folder, later, "--date", "2025/26"]) == 2
    assert "„2025/26“ ist kein Stichtag" in capsys.readouterr().err
    assert told(capsys, "delivery", "review", folder, later, "--date", "30.06.2025")["state"] == "ready"
    two = str(book(tmp_path / "zwei.xlsx", "Katzen", title="Fälle"))
    assert run(["deliver", folder, later, "--date", "30.06.2025"]) == 0
    assert "Stichtag von Hand angegeben: 30.06.2025." in capsys.readouterr().out
    seen = told(capsys, "delivery", "review", folder, two, "--answer", "sheet=Katzen", "--date", "31.12.2025")
    assert [one["code"] for one in seen["findings"] if one["severity"] == "error"] == []


def test_the_file_that_is_corrected_is_named(folder, tmp_path, capsys):
    first = told(capsys, "delivery", "review", folder, str(Office(total_off=3).write(tmp_path / "eins.xlsx")))
    told(capsys, "delivery", "review", folder, str(Office(total_off=5).write(tmp_path / "zwei.xlsx")))
    third = str(Office().write(tmp_path / "drei.xlsx"))
    seen = told(capsys, "delivery", "review", folder, third, "--corrects", first["review_id"])
    assert seen["answers_to"] == first["review_id"]
    assert run(["delivery", "review", folder, third, "--corrects", "own"]) == 2
    assert "„zwei.xlsx“ enthält dieselben Gemeinden und Stichtage" in capsys.readouterr().err


def test_warnings_are_accepted_with_a_reason(folder, tmp_path, capsys):
    file = str(Office(first_key=Office().first_key.removeprefix("0")).write(tmp_path / "a.xlsx"))
    assert run(["delivery", "review", folder, file]) == 0
    out = capsys.readouterr().out
    assert "1 Befund ist zu klären." in out
    assert "Zu prüfen: " in out
    seen = told(capsys, "delivery", "review", folder, file)
    key = next(one["id"] for one in seen["findings"] if one["severity"] == "warning")
    again = told(capsys, "delivery", "review", folder, seen["review_id"], "--accept", key, "--reason", "bekannt")
    assert (again["state"], again["findings"][0]["decision"]) == ("ready", "accepted")
    assert run(["delivery", "put-back", folder, seen["review_id"]]) == 0
    assert "Zurückgelegt: a.xlsx" in capsys.readouterr().out
    assert run(["delivery", "review", folder, seen["review_id"]]) == 2


def test_pairs_need_two_sides(folder, tmp_path, capsys):
    file = str(Office().write(tmp_path / "a.xlsx"))
    assert run(["delivery", "review", folder, file, "--key", "nonsense"]) == 2
    assert "--key braucht die Form LINKS=RECHTS" in capsys.readouterr().err


def test_files_go_on_their_day(folder, tmp_path, capsys, monkeypatch):
    assert run(["deliver", folder, str(register(tmp_path / "einwohner.csv"))]) == 0
    assert run(["delivery", "expire", folder]) == 0
    assert "Keine Datei ist zu löschen." in capsys.readouterr().out
    for wrong in ("gestern", "2026-13-40", "2099-01-01"):
        assert run(["delivery", "expire", folder, "--today", wrong]) == 2
        assert wrong[:4] in capsys.readouterr().err
    monkeypatch.setattr("sozialraum.project.receiving.this_day", lambda: "2099-01-01")
    assert told(capsys, "delivery", "expire", folder, "--today", "2099-01-01")["deleted"] == ["einwohner.csv"]
    assert run(["delivery", "list", folder]) == 0
    assert "Datei gelöscht" in capsys.readouterr().out
    assert run(["check", folder]) == 0


def test_a_backup_says_what_it_does_not_hold(folder, tmp_path, capsys):
    assert run(["deliver", folder, str(register(tmp_path / "einwohner.csv"))]) == 0
    capsys.readouterr()
    absent = "Nicht in der Sicherung, weil nicht öffentlich: „einwohner.csv“."
    assert run(["backup", folder, str(tmp_path / "b.zip")]) == 0
    assert absent in capsys.readouterr().out
    assert told(capsys, "restore", str(tmp_path / "b.zip"), str(tmp_path / "q"))["left_out"] == ["einwohner.csv"]
    with Project.open(tmp_path / "q") as back:
        assert len(back.observations()) > 0
    assert run(["backup", folder, str(tmp_path / "c.zip"), "--with-restricted"]) == 0
    assert absent not in capsys.readouterr().out
