"""A Monday: the file of the youth office comes with four faults, is corrected, asked back, replaced and withdrawn."""

from dataclasses import replace

import pytest

from receiving_village import CARE, RENAMED, Office, as_it_comes, project_in, register
from sozialraum import workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.deliveries.corrections import Corrections
from sozialraum.project import Project

ROLE = "Fachstelle Sozialplanung"


@pytest.fixture
def project(tmp_path):
    """Last year's file of the office is in force, and everything was computed."""
    with project_in(tmp_path / "p") as opened:
        workflow.deliver(opened, register(tmp_path / "einwohner_2025.csv"))
        workflow.deliver(opened, Office(2024, (280, 90)).write(tmp_path / "jugendamt_2024.xlsx"))
        workflow.compute(opened)
        yield opened


def by_code(review, code):
    return [one for one in review.findings if one.finding.code == code]


def in_kitas(review):
    (lost,) = by_code(review, "missing_column")
    return Corrections(heads={lost.finding.found: lost.finding.offer})


def care(project, period="2025-12-31"):
    """Children in daycare per unit of one date, as they count."""
    seen = project.observations()
    return (
        seen[
            (seen["geography"].str.startswith("plan:") & (seen["feature"] == "care_03_06")) & (seen["period"] == period)
        ]
        .set_index("unit")["low"]
        .to_dict()
    )


def test_a_monday(project, tmp_path):
    # the file comes: nothing counts, the renamed column is named and one click settles it
    first = workflow.receive(project, as_it_comes().write(tmp_path / "jugendamt_2025.xlsx"), ROLE)
    assert (first.state, first.recipe, first.recipe_known) == ("findings", "youth_office", True)
    assert [one.kind for one in first.differences] == ["column_renamed"]
    (lost,) = by_code(first, "missing_column")
    assert RENAMED in lost.finding.found
    assert care(project) == {}
    assert any("1 Lieferung zu klären: „jugendamt_2025.xlsx“" in step.points for step in workflow.state(project))
    # under the correction the total is what stands in the way; the key without its zero is named beside it
    seen = workflow.correct(project, first.review_id, in_kitas(first))
    assert [one.finding.code for one in seen.findings] == ["sum", "lost_zeros"]
    assert {"column_renamed", "note_new"} <= {one.kind for one in seen.differences}
    (total,) = by_code(seen, "sum")
    assert (total.finding.severity, total.finding.found, total.finding.offer) == ("error", "388", "400")
    with pytest.raises(InputRefused, match="noch nicht übernommen"):
        workflow.take_over(project, first.review_id, ROLE)
    with pytest.raises(UsageError, match="lässt sich nicht anerkennen"):
        workflow.decide(project, first.review_id, total.id, "accepted", "", ROLE)
    # the corrected file answers it; what was said of the column holds for it too
    again = workflow.receive(project, replace(as_it_comes(), total_off=0).write(tmp_path / "neu.xlsx"), ROLE)
    assert again.corrections.heads == seen.corrections.heads
    assert again.answers_to == first.review_id
    kinds = [one.kind for one in again.differences]
    assert {"column_renamed", "note_new"} <= set(kinds)
    (zeros,) = by_code(again, "lost_zeros")
    assert zeros.is_open
    ready = workflow.decide(project, again.review_id, zeros.id, "accepted", "Schlüssel bekannt", ROLE)
    assert (ready.state, ready.headline) == ("ready", "Bereit zur Übernahme, Stand 31.12.2025.")
    taken = workflow.take_over(project, again.review_id, ROLE)
    assert care(project) == {"05999004-01": 300.0, "05999004-02": 100.0}
    assert [key for key, _title in taken.affected.indicators] == ["care_rate_03_06", "family_aid_rate"]
    assert workflow.reviews(project) == []
    assert workflow.review(project, first.review_id).headline == "Durch eine berichtigte Datei ersetzt."
    kept = [path.name for path in (project.folder / "deliveries").iterdir()]
    assert not [name for name in kept if name.endswith("_jugendamt_2025.xlsx")]
    # computing again takes it in; the same file again changes nothing
    assert project.results_are_stale()
    workflow.compute(project)
    before = project.events()
    same = workflow.receive(project, tmp_path / "neu.xlsx", ROLE)
    assert (same.state, same.headline) == (
        "unchanged",
        "Nichts geändert: Diese Datei wurde bereits übernommen.",
    )
    assert workflow.review(project, same.review_id) == same
    assert len(project.events()) == len(before)
    # withdrawn: the values count no more, the results say so until they are computed again
    workflow.withdraw(project, taken.delivery_id, "Falsches Jahr geliefert", ROLE)
    assert care(project) == {}
    (gone,) = workflow.withdrawn_in_use(project)
    assert (gone.delivery_id, gone.file_name, gone.pages) == (taken.delivery_id, "neu.xlsx", ("indikatoren",))
    assert project.results_are_stale()
    data = next(step for step in workflow.state(project) if step.key == "data")
    assert "1 zurückgezogene Lieferung steckt noch in den Ergebnissen" in data.points
    assert data.bar_text == "2\N{NO-BREAK SPACE}Lieferungen übernommen"
    assert workflow.next_step(workflow.state(project)).action == "compute"
    workflow.compute(project)
    assert workflow.withdrawn_in_use(project) == []
    assert Project.check(project.folder) == []


def test_what_the_source_changed_is_known_for_its_other_files(project, tmp_path):
    found = workflow.receive(project, Office(care_head=RENAMED).write(tmp_path / "a.xlsx"))
    workflow.correct(project, found.review_id, in_kitas(found))
    workflow.take_over(project, found.review_id, ROLE)
    (own,) = project.own_recipes().to_dict("records")
    assert (own["code"], own["role"]) == ("youth_office", ROLE)
    assert "ist dasselbe wie" in own["why"]
    (recipe,) = [one for one in project.recipes() if one.code == "youth_office"]
    assert any(RENAMED in head for head in recipe.columns["care"].also)
    other_year = workflow.receive(project, Office(2022, care_head=RENAMED).write(tmp_path / "b.xlsx"))
    assert other_year.state == "ready"
    old_head = workflow.receive(project, Office(2023, care_head=CARE).write(tmp_path / "c.xlsx"))
    assert old_head.state == "ready"
    versions = project.deliveries().set_index("file_name")["recipe_version"]
    assert versions["a.xlsx"] == recipe.version > versions["jugendamt_2024.xlsx"]


def test_a_corrected_file_takes_the_place_of_the_one_in_force(project, tmp_path):
    first = workflow.take_over(project, workflow.receive(project, Office().write(tmp_path / "a.xlsx")).review_id)
    found = workflow.receive(project, Office(care=(310, 100)).write(tmp_path / "b.xlsx"))
    assert found.replaces == first.delivery_id
    assert workflow.take_over(project, found.review_id).replaced == (first.delivery_id,)
    rows = project.deliveries().set_index("file_name")
    assert rows["in_force"].to_dict() == {
        "einwohner_2025.csv": True, "jugendamt_2024.xlsx": True, "a.xlsx": False, "b.xlsx": True,
    }  # fmt: skip
    assert care(project)["05999004-01"] == 310
    # the first one was right after all: its bytes are taken over once more, and both earlier rows stay
    back = workflow.receive(project, tmp_path / "a.xlsx")
    assert back.state == "ready"
    third = workflow.take_over(project, back.review_id)
    assert third.delivery_id == f"{first.delivery_id}-2"
    assert care(project)["05999004-01"] == 300
    assert len(project.deliveries()) == 5
    assert Project.check(project.folder) == []


def test_put_back_leaves_no_trace_but_a_line(project, tmp_path):
    before = sorted(path.name for path in (project.folder / "deliveries").iterdir())
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    assert len(list((project.folder / "deliveries").iterdir())) == len(before) + 1
    workflow.put_back(project, found.review_id, ROLE)
    assert sorted(path.name for path in (project.folder / "deliveries").iterdir()) == before
    assert workflow.reviews(project) == []
    assert project.events()["what"].iloc[-1] == "Datei „a.xlsx“ zurückgelegt"
    with pytest.raises(UsageError, match="gibt es nicht"):
        workflow.review(project, found.review_id)


def test_a_file_nobody_can_read_waits_with_one_sentence(project, tmp_path):
    broken = tmp_path / "kaputt.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    found = workflow.receive(project, broken)
    assert found.state == "refused"
    assert "\n" not in found.headline
    assert found.preview is None
    with pytest.raises(InputRefused):
        workflow.take_over(project, found.review_id)
    assert workflow.receive(project, broken).review_id == found.review_id
    workflow.put_back(project, found.review_id)
