"""Reviews wait, deliveries are replaced, withdrawn, deleted on their day; a backup says what it leaves out."""

import json
import zipfile
from dataclasses import replace

import pytest
from project_world import WHEN, new_project, some_reading, write_delivery

from sozialraum.base import Finding, InputRefused, ProjectRefused, UsageError
from sozialraum.deliveries.corrections import Corrections
from sozialraum.project import Project, backup, receiving, restore
from sozialraum.project.archive import left_out
from sozialraum.project.delivered import About, Taking
from sozialraum.project.files import sha256_of

DAY = "2026-12-31"


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path / "p", editions=["2025-12-31"]) as opened:
        yield opened


def stored(project):
    return sorted(path.name for path in (project.folder / "deliveries").iterdir())


def taken(project, tmp_path, name, reading=None, **about):
    """Take a file over that is told apart by its name alone."""
    file = write_delivery(tmp_path, name, f"{name}.csv")
    taking = Taking(About(**about), role="Planung")
    return project.take_delivery(file, reading or some_reading(), WHEN, taking)


def of_towns(*towns, period="2025-12-31"):
    return replace(some_reading(), municipalities=towns, periods=(period,))


# Reviews


def test_a_review_comes_back_as_it_was_said(project, tmp_path):
    row = project.keep_review(write_delivery(tmp_path), role="Statistikstelle")
    said = replace(
        row,
        recipe="register",
        answers={"day": "2025-12-31"},
        corrections=Corrections({"Zahl": "count"}, {"1": "01"}, {7: "total"}, ("*",)),
        decisions=({"finding": "f1", "decision": "accepted"},),
        about=About("public", "Bericht", "§ 1", DAY, "einwohner"),
    )
    project.change_review(said)
    assert project.review_row(row.review_id) == said
    assert project.review_rows() == [said]
    assert project.review_file(said).read_bytes() == write_delivery(tmp_path).read_bytes()
    assert Project.check(project.folder) == []


def test_the_same_bytes_lead_back_to_their_review(project, tmp_path):
    first = project.keep_review(write_delivery(tmp_path))
    assert project.keep_review(write_delivery(tmp_path)) == first
    assert len(project.review_rows()) == 1


def test_a_file_that_is_not_kept_leaves_nothing_in_the_folder(project, tmp_path):
    row = project.keep_review(write_delivery(tmp_path), keep=False)
    assert stored(project) == []
    assert project.review_file(row) is None
    assert Project.check(project.folder) == []


def test_taking_over_ends_the_review_and_those_it_answers(project, tmp_path):
    wrong = project.keep_review(write_delivery(tmp_path, "falsch", "a.csv"))
    right = project.keep_review(write_delivery(tmp_path, "richtig", "b.csv"))
    taking = Taking(closes=(right.review_id, wrong.review_id))
    delivery_id, _replaced = project.take_delivery(tmp_path / "b.csv", some_reading(), WHEN, taking)
    assert [(one.state, one.delivery_id) for one in (project.review_row(right.review_id),
            project.review_row(wrong.review_id))] == [("taken", delivery_id), ("answered", delivery_id)]  # fmt: skip
    assert project.review_rows() == []
    assert stored(project) == [f"{right.sha256[:16]}_b.csv"]


def test_a_removed_review_takes_its_file_along_unless_a_delivery_needs_it(project, tmp_path):
    file = write_delivery(tmp_path)
    key = project.add_delivery(file, some_reading(), WHEN)
    project.withdraw_delivery(key, "falsch")
    row = project.keep_review(file)
    project.remove_review(row.review_id)
    assert len(stored(project)) == 1
    alone = project.keep_review(write_delivery(tmp_path, "allein", "allein.csv"))
    project.remove_review(alone.review_id)
    assert len(stored(project)) == 1
    with pytest.raises(UsageError, match="gibt es nicht"):
        project.review_row(alone.review_id)


def test_a_lost_file_of_a_review_is_found_by_the_check(project, tmp_path):
    row = project.keep_review(write_delivery(tmp_path))
    project.review_file(row).unlink()
    (finding,) = Project.check(project.folder)
    assert "Die Datei fehlt" in finding.what


def test_bytes_in_force_end_a_review_of_them(project, tmp_path):
    file = write_delivery(tmp_path)
    row = project.keep_review(file)
    key = project.add_delivery(file, some_reading(), WHEN)
    assert project.take_delivery(file, some_reading(), WHEN, Taking(closes=(row.review_id,))) == (key, [])
    assert (project.review_row(row.review_id).state, len(stored(project))) == ("taken", 1)


def test_findings_of_a_personal_file_are_kept_without_the_text_of_the_cell(project, tmp_path):
    found = Finding("Datum passt nicht.", row=3, severity="warning", code="date", found="Meier", offer="Maier")
    taken(project, tmp_path, "personen", replace(some_reading(), findings=(found,)), protection="personal")
    assert project.deliveries().iloc[0]["findings"] == (replace(found, found="", offer=""),)


# What is in force


@pytest.mark.parametrize(
    ("before", "now", "whole", "overlap"),
    [
        (("A",), ("A",), True, False),
        (("A",), ("A", "B"), True, False),
        (("A", "B"), ("A",), False, True),
        (("A", "B"), ("B", "C"), False, True),
        (("A",), ("B",), False, False),
        ((), (), True, False),
        (("A",), (), True, False),
        ((), ("A",), False, True),
    ],
)
def test_a_delivery_replaces_what_it_covers_whole(project, tmp_path, before, now, whole, overlap):
    key, _none = taken(project, tmp_path, "alt", of_towns(*before))
    assert project.meeting_deliveries(of_towns(*now)) == ([key] if whole else [], [key] if overlap else [])


def test_only_values_in_force_count_and_the_rows_stay(project, tmp_path):
    first, _none = taken(project, tmp_path, "alt", of_towns("A"))
    second, replaced = taken(project, tmp_path, "neu", of_towns("A"))
    assert replaced == [first]
    assert set(project.observations()["delivery_id"]) == {second}
    rows = project.deliveries().set_index("delivery_id")
    assert rows.loc[first, ["replaced_by", "in_force"]].tolist() == [second, False]
    project.withdraw_delivery(second, "Irrtum", "Jugendamt")
    assert project.observations().empty
    assert project.counts_on_blocks(["households"], "-12-31")[1].empty
    row = project.deliveries().set_index("delivery_id").loc[second]
    assert (row["withdrawn_why"], row["withdrawn_by"], row["in_force"]) == ("Irrtum", "Jugendamt", False)
    assert project.features_of(second) == ("households",)
    with pytest.raises(UsageError, match="gilt schon nicht mehr"):
        project.withdraw_delivery(second, "noch einmal")
    assert Project.check(project.folder) == []


def test_results_rest_on_named_deliveries(project, tmp_path):
    key, _none = taken(project, tmp_path, "alt")
    project.save_results({}, {})
    project.add_release(lambda folder: (folder / "report.pdf").write_bytes(b"x"), created=WHEN)
    assert (project.rests_on(), project.results_are_stale()) == ((key,), False)
    project.withdraw_delivery(key, "Irrtum")
    assert (project.rests_on(), project.results_are_stale()) == ((key,), True)
    assert project.release_deliveries("2026-01-31-1") == (key,)
    assert project.release_deliveries("2020-01-01-1") is None


def test_the_shape_and_the_sums_stay_with_the_delivery(project, tmp_path):
    taking = Taking(shape={"heads": ["A", "B"]}, control={"rows": 3}, corrections={"keys": {"1": "01"}})
    key, _none = project.take_delivery(write_delivery(tmp_path), some_reading(), WHEN, taking)
    row = project.deliveries().iloc[0]
    assert project.shape_of(key) == {"heads": ["A", "B"]}
    assert (row["control"], row["corrections"]) == ({"rows": 3}, {"keys": {"1": "01"}})


# Protection


def test_the_file_of_a_personal_delivery_is_never_kept(project, tmp_path):
    key, _none = taken(project, tmp_path, "personen", protection="personal")
    assert stored(project) == []
    row = project.deliveries().iloc[0]
    assert (row["kept"], row["rows_read"], row["sha256"]) == ("never", 3, sha256_of(tmp_path / "personen.csv"))
    assert project.delivered_file(key) is None
    assert Project.check(project.folder) == []


def test_a_delivery_that_becomes_personal_loses_its_file(project, tmp_path):
    key, _none = taken(project, tmp_path, "alt")
    project.describe_delivery(key, About("personal", "Bericht"))
    assert stored(project) == []
    assert project.deliveries().iloc[0][["protection", "purpose", "kept"]].tolist() == ["personal", "Bericht", "never"]
    assert Project.check(project.folder) == []


def test_files_are_deleted_on_their_day_and_the_values_stay(project, tmp_path, monkeypatch):
    monkeypatch.setattr(receiving, "this_day", lambda: DAY)
    key, _none = taken(project, tmp_path, "alt", delete_on=DAY)
    taken(project, tmp_path, "bleibt", replace(some_reading(), periods=("2024-12-31",)))
    assert project.delete_due("2026-12-30") == []
    assert project.delete_due(DAY) == ["alt.csv"]
    assert project.delete_due(DAY) == []
    assert len(stored(project)) == 1
    row = project.deliveries().set_index("delivery_id").loc[key]
    assert (row["kept"], row["deleted_on"], row["in_force"]) == ("deleted", DAY, True)
    assert len(project.observations()) == 6
    assert project.events()["what"].iloc[-1] == "Datei „alt.csv“ zum festgelegten Tag gelöscht"
    assert Project.check(project.folder) == []


def test_a_file_two_rows_share_goes_when_both_are_due(project, tmp_path, monkeypatch):
    monkeypatch.setattr(receiving, "this_day", lambda: DAY)
    first, _none = taken(project, tmp_path, "alt", delete_on="2026-06-30")
    project.withdraw_delivery(first, "Irrtum")
    taken(project, tmp_path, "alt", delete_on=DAY)
    assert project.delete_due("2026-06-30") == []
    assert project.delete_due(DAY) == ["alt.csv"]
    assert stored(project) == []


@pytest.mark.parametrize("when", ["gestern", "2026-13-40", "20200101", "", "2026-12-32", "2027-01-01"])
def test_only_a_day_that_has_come_deletes(project, tmp_path, monkeypatch, when):
    monkeypatch.setattr(receiving, "this_day", lambda: DAY)
    taken(project, tmp_path, "alt", delete_on="2026-12-30")
    with pytest.raises(UsageError, match=r"Datum der Form|Zukunft"):
        project.delete_due(when)
    assert len(stored(project)) == 1


def test_a_file_that_waits_goes_on_its_day(project, tmp_path, monkeypatch):
    monkeypatch.setattr(receiving, "this_day", lambda: DAY)
    row = project.keep_review(write_delivery(tmp_path, "wartet", "wartet.csv"))
    project.change_review(replace(row, about=About(delete_on="2026-12-30")))
    assert project.delete_due("2026-12-29") == []
    assert project.delete_due("2026-12-30") == ["wartet.csv"]
    assert stored(project) == []
    assert project.review_row(row.review_id).stored_name == ""
    assert project.events()["what"].iloc[-1] == "Datei „wartet.csv“ zum festgelegten Tag gelöscht"
    assert Project.check(project.folder) == []


def test_a_file_that_waits_and_one_taken_over_share_their_day(project, tmp_path, monkeypatch):
    monkeypatch.setattr(receiving, "this_day", lambda: DAY)
    first, _none = taken(project, tmp_path, "alt", delete_on="2026-06-30")
    project.withdraw_delivery(first, "Irrtum")
    row = project.keep_review(write_delivery(tmp_path, "alt", "alt.csv"))
    project.change_review(replace(row, about=About(delete_on=DAY)))
    assert project.delete_due("2026-06-30") == []
    assert project.delete_due(DAY) == ["alt.csv"]
    assert stored(project) == []


def test_opening_deletes_what_is_due(tmp_path):
    with new_project(tmp_path / "p") as project:
        taken(project, tmp_path, "alt", delete_on="2020-01-01")
        assert len(stored(project)) == 1
    with Project.open(tmp_path / "p") as project:
        assert stored(project) == []


def test_a_backup_leaves_restricted_files_out_unless_asked(project, tmp_path):
    taken(project, tmp_path, "offen", protection="public")
    taken(project, tmp_path, "intern", replace(some_reading(), periods=("2024-12-31",)))
    project.keep_review(write_delivery(tmp_path, "wartet", "wartet.csv"))
    saved = backup(project.folder, tmp_path / "b.zip")
    assert left_out(saved) == ["intern.csv", "wartet.csv"]
    assert [name for name in zipfile.ZipFile(saved).namelist() if name.endswith(".csv")] == [
        f"deliveries/{sha256_of(tmp_path / 'offen.csv')[:16]}_offen.csv"
    ]
    restore(saved, tmp_path / "q")
    assert Project.check(tmp_path / "q") == []
    with Project.open(tmp_path / "q") as back:
        assert back.deliveries()["kept"].tolist() == ["kept", "left_out"]
        assert back.observations().equals(project.observations())
        (waiting,) = back.review_rows()
        assert back.review_file(waiting) is None
        again = back.keep_review(tmp_path / "wartet.csv")  # dropped once more, it goes on where it was
        assert again.review_id == waiting.review_id
        assert back.review_file(again).is_file()
    whole = Project.backup(project.folder, tmp_path / "c.zip", restricted=True)
    assert left_out(whole) == []
    assert len([name for name in zipfile.ZipFile(whole).namelist() if name.endswith(".csv")]) == 3
    assert project.deliveries()["kept"].tolist() == ["kept", "kept"]


def test_a_file_a_backup_left_out_can_be_put_in_place_again(project, tmp_path):
    taken(project, tmp_path, "intern")
    restore(backup(project.folder, tmp_path / "b.zip"), tmp_path / "q")
    with Project.open(tmp_path / "q") as back:
        assert not back.put_left_out(write_delivery(tmp_path, "andere", "andere.csv"))
        assert stored(back) == []
        assert back.put_left_out(tmp_path / "intern.csv")
        assert back.deliveries()["kept"].tolist() == ["kept"]
        assert stored(back) == stored(project)
        assert not back.put_left_out(tmp_path / "intern.csv")
    assert Project.check(tmp_path / "q") == []


def test_what_is_no_backup_has_nothing_left_out(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no")
    with pytest.raises(ProjectRefused, match="keine vollständige Sicherung"):
        left_out(tmp_path / "x.zip")


def test_a_backup_of_an_earlier_version_left_nothing_out(project, tmp_path):
    saved = Project.backup(project.folder, tmp_path / "b.zip", restricted=True)
    with zipfile.ZipFile(saved) as there, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        for name in there.namelist():
            text = there.read(name)
            if name == "backup.json":
                kept = json.loads(text)
                kept.pop("left_out")
                text = json.dumps(kept).encode()
            old.writestr(name, text)
    assert left_out(tmp_path / "old.zip") == []


# Recipes and signs of one's own


def test_own_recipes_go_first_and_every_version_stays(project):
    from sozialraum import deliveries
    from sozialraum.deliveries.recipe_writing import recipe_text

    shipped = {recipe.code: recipe for recipe in deliveries.recipes()}
    mine = replace(shipped["register"], version=7, title="Unser Bestand")
    project.save_recipe(recipe_text(mine), "Statistikstelle", "Eigener Titel")
    project.save_recipe(recipe_text(replace(mine, code="unser", version=1)), "Statistikstelle")
    known = {recipe.code: recipe for recipe in project.recipes()}
    assert known == shipped | {"register": mine, "unser": replace(mine, code="unser", version=1)}
    project.save_recipe(recipe_text(mine), "Statistikstelle", "dieselbe noch einmal")
    rows = project.own_recipes()
    assert rows[["code", "version", "why"]].to_numpy().tolist() == [["register", 1, "Eigener Titel"], ["unser", 1, ""]]
    project.save_recipe(recipe_text(replace(mine, version=8)))
    assert project.own_recipes()["version"].tolist() == [1, 1, 2]


def test_a_faulty_recipe_is_not_kept(project):
    with pytest.raises(InputRefused, match="nicht vollständig oder widerspricht sich"):
        project.save_recipe('code = "x"\n')
    assert project.own_recipes().empty


def test_own_signs_stand_beside_those_of_the_package(project):
    from sozialraum import deliveries

    assert project.sign_profiles() == deliveries.sign_profiles()
    sign = 'text = "k. A."\nstatus = "missing"\nmeaning = "keine Angabe"\nlegend = "k. A."\n'
    text = f'title = "Amt X"\n\n[[signs]]\n{sign}'
    project.save_signs("amt_x", text, "Statistikstelle", "neu")
    assert "k. A." in project.sign_profiles()["amt_x"].signs
    assert set(project.sign_profiles()) == {*deliveries.sign_profiles(), "amt_x"}
    assert project.explained_signs("register") == ()
