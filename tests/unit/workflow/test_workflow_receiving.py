"""Single acts on received files: single cases, drafts, decisions, terms of use, forms, recipes chosen by hand."""

from dataclasses import replace

import openpyxl
import pytest

from receiving_village import RENAMED, Office, project_in, register, taken
from sozialraum import deliveries, workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.deliveries.catalogue_records import DataSet, Source
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.project import Project
from sozialraum.project.review_rows import ReviewRow
from sozialraum.workflow import looking
from sozialraum.workflow.affected import pages_of
from sozialraum.workflow.review_record import finding_id, with_ids
from sozialraum.workflow.reviews import about_of

HEAD, DOGS = "Stichtag;Baustein;Hunde", (12, 30, 12, 45, 8, 30, 17, 12, 9, 45, 30, 8)


@pytest.fixture
def project(tmp_path):
    with project_in(tmp_path / "p") as opened:
        yield opened


def stored(project):
    return sorted(path.name for path in (project.folder / "deliveries").iterdir())


@pytest.fixture
def with_personal(project):
    shipped = next(recipe for recipe in deliveries.recipes() if recipe.code == "register")
    project.save_recipe(recipe_text(replace(shipped, protection="personal")))
    return project


# Single cases


def test_a_personal_file_is_never_written_into_the_project(with_personal, tmp_path):
    project, file = with_personal, register(tmp_path / "personen.csv")
    found = workflow.receive(project, file)
    assert (found.state, found.about.protection, stored(project)) == ("ready", "personal", [])
    done = workflow.take_over(project, found.review_id)
    assert stored(project) == []
    row = project.deliveries().iloc[0]
    assert (row["kept"], row["rows_read"], row["control"]["rows"]) == ("never", 24, 24)
    assert row["control"]["sums"]["pop_03_06_f|2025-12-31"] == [480.0, 480.0, 12]
    assert project.delivered_file(done.delivery_id) is None
    assert not looking.is_held(project, found.review_id)
    assert workflow.receive(project, file).state == "unchanged"


def test_after_a_restart_a_personal_file_is_dropped_again(with_personal, tmp_path):
    project, file = with_personal, register(tmp_path / "personen.csv")
    found = workflow.receive(project, file)
    workflow.correct(project, found.review_id, Corrections(rows={3: "skip"}))
    looking.forget(project, found.review_id)  # what a new process knows
    lost = workflow.review(project, found.review_id)
    assert (lost.state, lost.headline) == (
        "refused", "Diese Datei wird nicht aufbewahrt. Legen Sie sie erneut ab, um weiterzuarbeiten.",
    )  # fmt: skip
    with pytest.raises(InputRefused):
        workflow.take_over(project, found.review_id)
    again = workflow.receive(project, file)
    assert (again.review_id, again.corrections.rows) == (found.review_id, {3: "skip"})
    assert again.state == "ready"


def test_the_command_keeps_no_personal_file_either(with_personal, tmp_path):
    workflow.deliver(with_personal, register(tmp_path / "personen.csv"))
    assert stored(with_personal) == []
    assert with_personal.deliveries()["kept"].tolist() == ["never"]
    assert Project.check(with_personal.folder) == []


def test_a_file_that_is_said_to_be_personal_leaves_the_folder(project, tmp_path):
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    assert len(stored(project)) == 1
    said = workflow.describe(project, found.review_id, protection="personal", legal_basis="§ 64 SGB VIII")
    assert stored(project) == []
    assert (said.state, said.about.legal_basis) == ("ready", "§ 64 SGB VIII")
    workflow.take_over(project, found.review_id)
    assert stored(project) == []


def test_single_cases_are_personal_whatever_the_recipe_says():
    shipped = next(recipe for recipe in deliveries.recipes() if recipe.code == "register")
    cases = replace(shipped, records=True, values=(), dimensions=(), protection="restricted")
    row = ReviewRow("", "", "", "", 0, "2026-01-01", "")
    assert about_of(row, cases).protection == "personal"
    assert about_of(row, shipped).protection == shipped.protection


# Terms of use


def test_terms_of_use_are_proposed_and_changed(project, tmp_path):
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    year = int(found.received_at[:4]) + 10
    assert (found.about.protection, found.about.purpose) == ("restricted", "Sozialberichterstattung")
    assert found.about.delete_on == f"{year}-12-31"
    project.save_catalogue_records([Source("amt", "Jugendamt")], [DataSet("kita", "amt", "Kinder")])
    said = workflow.describe(project, found.review_id, protection="public", delete_on="", data_set="kita")
    assert (said.about.protection, said.about.delete_on, said.about.data_set) == ("public", "", "kita")
    key = workflow.take_over(project, found.review_id).delivery_id
    row = project.deliveries().set_index("delivery_id").loc[key]
    assert row[["protection", "purpose", "delete_on", "data_set"]].tolist() == [
        "public", "Sozialberichterstattung", "", "kita",
    ]  # fmt: skip


def test_terms_of_a_delivery_can_be_said_later(project, tmp_path):
    key = taken(project, Office().write(tmp_path / "a.xlsx")).delivery_id
    said = workflow.describe_delivery(project, key, legal_basis="§ 64 SGB VIII", delete_on="2031-01-01")
    assert (said.protection, said.legal_basis, said.delete_on) == ("restricted", "§ 64 SGB VIII", "2031-01-01")
    workflow.describe_delivery(project, key, protection="personal")
    assert stored(project) == []
    with pytest.raises(UsageError, match="bleibt personenbezogen"):
        workflow.describe_delivery(project, key, protection="public")
    with pytest.raises(UsageError, match="gibt es nicht"):
        workflow.describe_delivery(project, "nothing", protection="public")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"protection": "secret"}, "personenbezogen, eingeschränkt oder öffentlich"),
        ({"delete_on": "31.12.2030"}, "kein Datum der Form"),
        ({"purpose": "a\nb"}, "mehr als eine Zeile"),
        ({"data_set": "gibtsnicht"}, "Datensatz „gibtsnicht“ gibt es nicht"),
    ],
)
def test_terms_that_cannot_be_are_refused(project, tmp_path, said, sentence):
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    with pytest.raises(UsageError, match=sentence):
        workflow.describe(project, found.review_id, **said)
    assert workflow.review(project, found.review_id).about == found.about


# Corrections and decisions


def test_corrections_add_up_and_can_be_taken_back(project, tmp_path):
    found = workflow.receive(project, Office(care_head=RENAMED).write(tmp_path / "a.xlsx"))
    (lost,) = [one.finding for one in found.findings if one.finding.code == "missing_column"]
    seen = workflow.correct(project, found.review_id, Corrections(heads={lost.found: lost.offer}))
    assert seen.state == "ready"
    seen = workflow.correct(project, found.review_id, Corrections(rows={7: "skip"}))
    assert set(seen.corrections.heads) == {lost.found}
    assert seen.corrections.rows == {7: "skip"}
    assert workflow.undo_corrections(project, found.review_id) == found


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Corrections(heads={"in Tageseinrichtungen": "nixcol"}), "Spalte „nixcol“ kennt die Einleseregel nicht"),
        (Corrections(keys={"nix": "auchnix"}), "Gebiet „auchnix“ kennt das Projekt nicht"),
        (Corrections(rows={99999: "skip"}), "Zeile 99.999 hat die Datei nicht"),
        (Corrections(rows={0: "skip"}), "Zeile 0 hat die Datei nicht"),
        (Corrections(rows={7: "unsinn"}), "„unsinn“ kann eine Zeile nicht sein"),
        (Corrections(signs=("%%",)), "Zeichen „%%“ steht nicht in der Datei"),
    ],
)
def test_corrections_that_mean_nothing_are_refused_and_not_kept(project, tmp_path, change, sentence):
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    with pytest.raises(UsageError, match=sentence):
        workflow.correct(project, found.review_id, change)
    assert workflow.review(project, found.review_id) == found


def test_a_key_may_stand_for_what_the_project_knows(project, tmp_path):
    found = workflow.receive(project, Office(first_key="nix").write(tmp_path / "a.xlsx"))
    seen = workflow.correct(project, found.review_id, Corrections(keys={"nix": Office().first_key}))
    assert (found.state, seen.state) == ("findings", "ready")


def test_a_decision_is_kept_and_can_be_taken_back(project, tmp_path):
    key = f"{Office().first_key}".removeprefix("0")
    found = workflow.receive(project, Office(first_key=key).write(tmp_path / "a.xlsx"))
    (zeros,) = [one for one in found.findings if one.is_open]
    seen = workflow.decide(project, found.review_id, zeros.id, "accepted", "bekannt", "Jugendamt")
    (kept,) = project.review_row(found.review_id).decisions
    assert (kept["decision"], kept["reason"], kept["role"]) == ("accepted", "bekannt", "Jugendamt")
    assert seen.state == "ready"
    assert workflow.decide(project, found.review_id, zeros.id, "").state == "findings"
    workflow.decide(project, found.review_id, zeros.id, "answered", "so gemeint", "Jugendamt")
    delivery = workflow.take_over(project, found.review_id).delivery_id
    row = project.deliveries().set_index("delivery_id").loc[delivery]
    assert [one["decision"] for one in row["decisions"]] == ["answered"]
    assert "1 Befund zu den Lieferungen" not in _points(project)


def _points(project):
    return next(step.points for step in workflow.state(project) if step.key == "data")


def test_the_command_records_what_nobody_decided(project, tmp_path):
    key = f"{Office().first_key}".removeprefix("0")
    workflow.deliver(project, Office(first_key=key).write(tmp_path / "a.xlsx"))
    (made,) = project.deliveries().iloc[0]["decisions"]
    assert (made["decision"], made["role"], made["reason"]) == ("accepted", "Befehl", "Ohne Rückfrage übernommen")
    assert "1 Befund zu den Lieferungen" in _points(project)


def test_the_command_ends_a_review_of_the_same_file(project, tmp_path):
    file = Office().write(tmp_path / "a.xlsx")
    found = workflow.receive(project, file)
    workflow.deliver(project, file)
    assert workflow.reviews(project) == []
    assert workflow.review(project, found.review_id).state == "taken"


def test_decisions_on_what_is_not_there_are_refused(project, tmp_path):
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    with pytest.raises(UsageError, match="gibt es in der Datei nicht"):
        workflow.decide(project, found.review_id, "f0")
    with pytest.raises(UsageError, match="anerkannt oder beantwortet"):
        workflow.decide(project, found.review_id, "f0", "ignored")
    workflow.take_over(project, found.review_id)
    for act in (workflow.put_back, workflow.take_over, workflow.undo_corrections):
        with pytest.raises(UsageError, match="schon übernommen"):
            act(project, found.review_id)


def test_the_key_of_a_finding_stays_with_its_kind_and_place():
    from sozialraum.base import Finding

    one = Finding("Summe falsch.", "a.csv", "", 7, "B", code="sum", found="3", offer="4")
    assert finding_id(one) == finding_id(replace(one, file="b.csv", severity="warning", offer="5"))
    assert len({finding_id(one), finding_id(replace(one, row=8)), finding_id(replace(one, code=""))}) == 3
    assert list(with_ids((one, one))) == [finding_id(one), finding_id(one) + "-2"]


def test_what_was_decided_on_one_fact_does_not_hold_for_another():
    from sozialraum.base import Finding

    def key(what):
        return finding_id(Finding(what, sheet="Tabelle 1", code="incomplete", severity="warning"))

    german = "Für 1 Gebiet steht keine Zeile in der Datei: 05999004-03a."
    assert key(german) == key("There is no row in the file for 1 area: 05999004-03a.")
    others = ("Für 2 Gebiete steht keine Zeile in der Datei: 05999004-03a, 05999004-05.",
              "Für 1 Gebiet steht keine Zeile in der Datei: 05999004-03b.")  # fmt: skip
    assert len({key(german), *map(key, others)}) == 3
    assert key("Stichtag 31.12.2025: 1.234 Zeilen.") == key("1,234 rows on 31 December 2025.")
    assert key("Stichtag 31.12.2025: 1.234 Zeilen.") != key("Stichtag 30.11.2025: 1.234 Zeilen.")


def test_a_list_that_is_shortened_is_told_apart_by_all_of_it():
    from sozialraum.base import Finding

    def key(facts, what="Für 13 Gebiete steht keine Zeile in der Datei: 1, 2, 3 …."):
        return finding_id(Finding(what, code="incomplete", severity="warning", facts=facts))

    assert len({key("a1"), key("b2"), key("")}) == 3
    assert key("a1") == key("a1", "There is no row in the file for 13 areas: 1, 2, 3 ….")


def test_an_accepted_gap_does_not_cover_a_later_one(project, tmp_path):
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    seen = workflow.correct(project, found.review_id, Corrections(rows={6: "skip", 8: "skip"}))
    (gap,) = [one for one in seen.findings if one.finding.code == "incomplete"]
    workflow.decide(project, found.review_id, gap.id, "accepted", "Gebiet 1 fehlt, bekannt", "Planung")
    workflow.undo_corrections(project, found.review_id)
    seen = workflow.correct(project, found.review_id, Corrections(rows={7: "skip", 8: "skip"}))
    (other,) = [one for one in seen.findings if one.finding.code == "incomplete"]
    assert (other.decision, seen.state) == ("", "findings")


# Overlap


def test_what_would_count_twice_is_an_error(project, tmp_path):
    workflow.deliver(project, register(tmp_path / "alles.csv"))
    whole = project.deliveries().iloc[0]
    assert whole["municipalities"] == ("05999004",)
    two = tmp_path / "zwei.csv"  # the same day and one more: the earlier one is replaced as a whole
    _head, *earlier = register(tmp_path / "x.csv", 2024).read_text(encoding="utf-8").splitlines()
    now = register(tmp_path / "neu.csv", people=50).read_text(encoding="utf-8")
    two.write_text(now + "\n".join(earlier) + "\n", encoding="utf-8")
    found = workflow.receive(project, two)
    assert found.replaces == whole["delivery_id"]
    taken(project, two)
    part = register(tmp_path / "teil.csv", people=60)  # one of its two days
    again = workflow.receive(project, part)
    (double,) = [one for one in again.findings if one.finding.code == "overlap"]
    assert "„zwei.csv“" in double.finding.what
    assert again.state == "findings"
    with pytest.raises(InputRefused, match="wurde nicht übernommen"):
        workflow.deliver(project, part)
    # another data set is no excuse: the same inhabitants would be counted twice
    workflow.describe_delivery(project, project.deliveries()["delivery_id"].iloc[-1], data_set="register")
    project.save_catalogue_records([Source("amt", "Amt")], [DataSet("anderer", "amt", "Anderer Datensatz")])
    beside = workflow.describe(project, again.review_id, data_set="anderer")
    assert [one.finding.code for one in beside.findings if one.finding.severity == "error"] == ["overlap"]
    workflow.withdraw(project, project.deliveries()["delivery_id"].iloc[-1], "nur ein Tag gilt")
    assert workflow.review(project, again.review_id).state == "ready"


# Recipes


def test_a_recipe_can_be_chosen_by_hand(project, tmp_path):
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    assert found.known_recipes[-1] == ("new", "Neue Einleseregel")
    wrong = workflow.choose_recipe(project, found.review_id, "register")
    assert (wrong.recipe, wrong.state) == ("register", "findings")
    assert workflow.choose_recipe(project, found.review_id, "").state == "ready"
    with pytest.raises(UsageError, match="gibt es nicht"):
        workflow.choose_recipe(project, found.review_id, "nonsense")


def test_a_file_nobody_knows_becomes_a_recipe_of_the_project(project, tmp_path):
    file = tmp_path / "hunde.csv"
    rows = [f"31.12.2025;05999004-{letter};{number}" for number, letter in zip(DOGS, "ABCDEFghiJKL", strict=True)]
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    found = workflow.receive(project, file)
    with pytest.raises(UsageError, match="„nix“ wird zu dieser Datei nicht gefragt"):
        workflow.answer(project, found.review_id, {"nix": "quark"})
    assert workflow.review(project, found.review_id) == found
    while found.state == "questions":
        asked = [one for one in found.questions if not one.default]
        found = workflow.answer(project, found.review_id, {asked[0].id: asked[0].options[0].value})
    assert (found.state, found.recipe_known) == ("ready", False)
    done = workflow.take_over(project, found.review_id, "Statistikstelle")
    (own,) = project.own_recipes().to_dict("records")
    assert (own["why"], own["role"]) == ("Neue Einleseregel aus einer Lieferung", "Statistikstelle")
    assert project.deliveries().iloc[0]["recipe"] == own["code"]
    values = project.observations()
    assert values["low"].sum() == sum(DOGS)
    assert set(values["delivery_id"]) == {done.delivery_id}
    next_year = tmp_path / "hunde_2024.csv"
    next_year.write_text(file.read_text(encoding="utf-8").replace("2025", "2024"), encoding="utf-8")
    known = workflow.receive(project, next_year)
    assert (known.state, known.recipe, known.recipe_known) == ("ready", own["code"], True)


def test_a_file_without_anything_known_is_refused_in_one_sentence(project, tmp_path):
    file = tmp_path / "brief.txt"
    file.write_text("Sehr geehrte Damen und Herren,\nanbei die Zahlen.\n", encoding="utf-8")
    found = workflow.receive(project, file)
    assert found.state in ("refused", "questions")
    assert found.headline
    with pytest.raises(InputRefused):
        workflow.take_over(project, found.review_id)


def test_a_project_without_blocks_receives_nothing(tmp_path):
    with Project.create(tmp_path / "q", name="Leer") as empty:
        with pytest.raises(InputRefused, match="noch keine Bausteine"):
            workflow.receive(empty, Office().write(tmp_path / "a.xlsx"))
        with pytest.raises(InputRefused, match="gibt es nicht"):
            workflow.receive(empty, tmp_path / "nirgends.csv")
        assert empty.review_rows() == []
        assert stored(empty) == []


def test_signs_that_were_settled_hold_for_the_next_file(project, tmp_path):
    book = openpyxl.load_workbook(Office().write(tmp_path / "a.xlsx"))
    book.active["E6"], book.active["E8"] = "*", "*"
    book.save(tmp_path / "a.xlsx")
    found = workflow.receive(project, tmp_path / "a.xlsx")
    workflow.correct(project, found.review_id, Corrections(signs=("*",)))
    workflow.take_over(project, found.review_id, "Statistikstelle")
    assert project.explained_signs("youth_office") == ("*",)
    assert project.own_recipes().empty  # nothing about its columns was learned
    assert project.own_recipes("explained")["why"].tolist() == ["„*“ gilt wie bisher."]


# What is affected


def test_what_rests_on_a_delivery(project, tmp_path):
    project.settings["target"] = {"rate": 0.5, "source": "Beschluss", "date": "2025-01-01"}
    workflow.deliver(project, register(tmp_path / "einwohner.csv"))
    office = taken(project, Office().write(tmp_path / "a.xlsx"))
    people = workflow.affected(project, project.deliveries().iloc[0]["delivery_id"])
    assert people.index
    assert people.need
    assert len(people.indicators) > len(office.affected.indicators)
    assert {key for key, _title in office.affected.indicators} == {"care_rate_03_06", "family_aid_rate"}
    assert (office.affected.index, office.affected.report, office.affected.pages) == (False, False, 1)
    assert workflow.affected(project, "nothing") == workflow.Affected()


def test_a_report_says_which_deliveries_it_was_made_with(project, tmp_path):
    done = taken(project, Office().write(tmp_path / "a.xlsx"))
    workflow.deliver(project, register(tmp_path / "einwohner.csv"))
    workflow.compute(project)
    release = project.add_release(lambda folder: (folder / "report.pdf").write_bytes(b"x"))
    later = taken(project, Office(2024).write(tmp_path / "b.xlsx"))
    assert workflow.affected(project, done.delivery_id).releases == (release,)
    assert workflow.affected(project, later.delivery_id).releases == ()
    gone = workflow.withdraw(project, done.delivery_id, "Irrtum")
    assert (gone.report, gone.releases) == (True, (release,))
    with pytest.raises(UsageError, match="warum"):
        workflow.withdraw(project, later.delivery_id, " ")


def test_pages_are_named_as_in_the_address():
    assert pages_of(True, True, False, True) == ("indikatoren", "index", "bericht")
    assert pages_of(False, False, False, False) == ()


def test_files_are_deleted_on_their_day(project, tmp_path, monkeypatch):
    monkeypatch.setattr("sozialraum.project.receiving.this_day", lambda: "2030-06-30")
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    workflow.describe(project, found.review_id, delete_on="2030-06-30")
    workflow.take_over(project, found.review_id)
    assert workflow.expire(project, "2030-06-29") == []
    assert workflow.expire(project, "2030-06-30") == ["a.xlsx"]
    assert not project.observations().empty


def test_a_waiting_file_that_went_on_its_day_says_so(project, tmp_path):
    file = Office().write(tmp_path / "a.xlsx")
    found = workflow.receive(project, file)
    workflow.describe(project, found.review_id, delete_on="2020-01-01")
    assert workflow.expire(project) == ["a.xlsx"]
    seen = workflow.review(project, found.review_id)
    assert (seen.state, seen.preview) == ("refused", None)
    assert "01.01.2020 gelöscht" in seen.headline
    workflow.describe(project, found.review_id, delete_on="")
    assert workflow.receive(project, file).state == found.state


def test_looks_that_were_not_used_for_long_are_let_go(project, tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "LOOKS_KEPT", 2)
    rows = [
        project.review_row(workflow.receive(project, Office(year).write(tmp_path / f"{year}.xlsx")).review_id)
        for year in (2022, 2023, 2024)
    ]
    latest = looking.look(project, rows[2])
    assert looking.look(project, rows[2]) is latest
    looking.look(project, rows[0])
    looking.look(project, rows[1])
    assert looking.look(project, rows[2]) is not latest
