"""A day is written one way, and no decision is older than the areas it replaces; a check says what does not fit."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from sozialraum import workflow
from sozialraum.base import InputRefused
from sozialraum.delineation import Decision, propose
from sozialraum.plans.deciding import begin_of, holds_since, is_day, too_early
from sozialraum.plans.drafts import state_id
from sozialraum.project import Project
from village import AGS, draw_municipality, village_blocks

ROLE = "Planung"
OTHER = "05999008"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", name="Musterkreis") as made:
        municipality = draw_municipality(low=500)
        made.save_layers(municipality, village_blocks(), municipality[["name", "geometry"]].assign(kind="river"))
        made.save_plan(propose(village_blocks(), municipality, title="Vorschlag", created="2026-01-15T10:00:00+00:00"))
        yield made


def adopt(project, day):
    """A draft without a step, decided on that day."""
    draft = workflow.begin_draft(project, AGS, role=ROLE)
    draft = workflow.submit_draft(project, draft.draft_id, state_id(draft), ROLE)
    return workflow.adopt_draft(project, draft.draft_id, state_id(draft), "Rat", day, ROLE)


DAYS = [
    # what somebody writes, whether it is taken
    ("2026-05-01", True),
    ("20260501", False),
    ("2026-W30-1", False),
    ("2026-5-1", False),
    ("01.05.2026", False),
    ("2026-02-30", False),
    ("2026-05-01T00:00", False),
    ("２０２６-05-01", False),
    ("", False),
]


@pytest.mark.parametrize(("day", "taken"), DAYS)
def test_a_day_is_written_one_way_wherever_a_decision_is_entered(project, day, taken):
    assert is_day(day) == taken
    acts = [
        lambda: adopt(project, day),
        lambda: workflow.decide_plan(project, {AGS: Decision("Rat", day)}, ROLE),
    ]
    if taken:
        assert acts[0]().valid_from == day
        return
    for act in acts:
        with pytest.raises(InputRefused, match="JJJJ-MM-TT"):
            act()
    assert [plan.decisions for plan in [project.plan()]] == [{}]


def test_an_earlier_decision_does_not_replace_a_later_one(project):
    first = adopt(project, "2026-03-01")
    with pytest.raises(InputRefused) as refused:
        adopt(project, "2025-01-01")
    said = str(refused.value)
    assert "Musterdorf: Der Beschluss vom 01.01.2025" in said
    assert "sie gelten seit 01.03.2026" in said
    assert "Prüfen Sie den Tag" in said
    assert project.plan().plan_id == first.plan_id
    second = adopt(project, "2026-03-01")  # the same day is no contradiction
    assert second.valid_from == "2026-03-01"
    assert Project.check(project.folder) == []


def test_a_proposal_is_not_adopted_as_of_a_day_before_the_plan_that_holds(project):
    proposal = project.plan()
    adopt(project, "2026-03-01")
    project.make_current(proposal.plan_id)
    with pytest.raises(InputRefused, match=r"sie gelten seit 01\.03\.2026"):
        workflow.decide_plan(project, {AGS: Decision("Rat", "2025-01-01")}, ROLE, proposal.plan_id)
    assert project.plan(proposal.plan_id).status == "proposal"


def test_nothing_is_decided_on_top_of_a_plan_that_ended(project):
    first = adopt(project, "2026-03-01")
    adopt(project, "2026-04-01")
    project.make_current(first.plan_id)
    with pytest.raises(InputRefused, match="abgelösten Plan"):
        adopt(project, "2026-05-01")


def test_councils_may_be_entered_in_any_order(project):
    """Each decision is compared with what held in its own municipality; the plan holds from the last one."""
    plan = replace(
        project.plan(), status="in_revision", valid_from="2026-03-01", decisions={AGS: Decision("Rat", "2026-03-01")}
    )
    assert (holds_since(plan, AGS), holds_since(plan, OTHER)) == ("2026-03-01", "")
    assert too_early({OTHER: Decision("Rat", "2026-02-15")}, [plan], {}) == []
    assert len(too_early({AGS: Decision("Rat", "2026-02-15")}, [plan], {})) == 1
    assert begin_of([Decision("Rat", "2026-02-15")], "", plan) == "2026-03-01"
    assert begin_of([Decision("Rat", "2026-02-15")], "2026-02-20") == "2026-02-20"


def as_written(project, **values):
    """A row of the table of plans as an earlier version of the program might have left it."""
    engine = create_engine(f"sqlite:///{project.folder / 'project.gpkg'}")
    names = ", ".join(f"{name} = :{name}" for name in values)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE plans SET {names} WHERE status = 'superseded'"), values)
    engine.dispose()


FOUND = [
    ({"valid_to": "2025-01-01"}, "Er endet am 01.01.2025, bevor er am 01.03.2026 beginnt"),
    ({"valid_to": "2026-12-31"}, "gelten zur selben Zeit"),
    ({"valid_to": ""}, "gelten zur selben Zeit"),
    ({"valid_from": "20260301"}, "„20260301“ ist kein Tag"),
]


@pytest.mark.parametrize(("values", "sentence"), FOUND)
def test_the_check_finds_plans_whose_days_do_not_fit(project, values, sentence):
    adopt(project, "2026-03-01")
    adopt(project, "2026-04-01")
    assert Project.check(project.folder) == []
    as_written(project, **values)
    findings = Project.check(project.folder)
    assert [sentence in one.sentence() for one in findings] == [True]
    assert "Sicherung" in findings[0].todo
