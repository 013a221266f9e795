"""A draft in the browser: preview, write, take back, two writers at once, submit and adopt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor_village import AGS, ONE, THREE, TWO, Writer, begin, block, make_project, move, plan
from fastapi.testclient import TestClient
from web_workshop import OWN

from sozialraum.base import UsageError
from sozialraum.delineation import make_plan
from sozialraum.plans.workshop import make_workshop
from sozialraum.project import Project
from sozialraum.web import create_app
from sozialraum.web.editor_desk import bases_of, board_of, stand


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path / "dorf")


@pytest.fixture
def editor(tmp_path: Path, folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(tmp_path, folder), base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


@pytest.fixture
def writer(editor: TestClient) -> Writer:
    return Writer(editor, begin(editor))


def people(areas: list[dict[str, Any]]) -> dict[str, int]:
    return {area["code"]: area["people"] for area in areas}


def test_a_draft_begins_as_the_plan_it_rests_on(editor: TestClient) -> None:
    state = begin(editor, title="Workshop")
    assert state["draft"]["title"] == "Workshop"
    assert people(state["areas"]) == {"1": 1200, "2": 1500, "3": 702}
    keys = [state["areas"][place]["area_id"] for place in state["assignment"]]
    assert keys == [ONE] * 3 + [TWO] * 3 + [THREE] * 3 + [TWO] * 3
    assert (state["steps"], state["locks"]) == ([], [])
    assert state["allowed"] == {"submit": True, "adopt": False, "why": []}
    assert (state["draft"]["base_title"], state["draft"]["base_superseded"]) == ("Vorschlag", False)


def test_a_draft_without_a_role_is_refused(editor: TestClient) -> None:
    answer = editor.post(f"/api/editor/{AGS}/drafts", json={"role": " "})
    assert answer.status_code == 409
    assert "Rolle" in answer.json()["headline"]


def test_a_preview_says_what_would_be_and_writes_nothing(writer: Writer) -> None:
    effect = writer.do("preview", edit=move("F", ONE))
    assert [(one["code"], one["people_before"], one["people_after"]) for one in effect["areas"]] == [
        ("1", 1200, 1600),
        ("2", 1500, 1100),
    ]
    assert [check["code"] for check in effect["checks"]] == ["connected", "crossed"]
    state = writer.client.get(f"/api/editor/drafts/{writer.draft_id}").json()
    assert (state["state_id"], state["steps"]) == (writer.state_id, [])


def test_the_workshop_gets_no_average_of_few_inhabitants(writer: Writer) -> None:
    writer.do("edits", edit={**move("L", ""), "kind": "split", "area": THREE, "into": f"{AGS}~1", "code": "4"})
    edit = {"kind": "rename", "area": f"{AGS}~1", "name": "Hof", "role": "Sozialplanung"}
    for view, hidden in (("workshop", True), ("internal", False)):
        rows = writer.do("preview", edit=edit, view=view)["areas"][0]["profile"]
        assert [row["after"] is None for row in rows] == [hidden] * 3


def test_a_step_is_written_with_reason_and_effect(writer: Writer, folder: Path) -> None:
    told = writer.do("edits", edit=move("F", ONE, why="Schulweg", case="40/2026"))
    assert told["changed"] == [[5, ONE]]
    assert people(told["areas"]) == {"1": 1600, "2": 1100, "3": 702}
    step = told["steps"][0]
    assert (step["number"], step["why"], step["case"], step["public"]) == (1, "Schulweg", "40/2026", False)
    assert step["sentence"] == "1\u00a0Baustein von 2 Neu nach 1 Alt verschoben"
    kept = writer.client.app.state.session.project.draft(writer.draft_id).edits[0]  # type: ignore[attr-defined]
    assert kept.when
    assert kept.effect["persons_moved"] == 400


def test_undo_to_the_start_is_the_identical_state_and_redo_the_later_one(writer: Writer) -> None:
    start = writer.state_id
    first = writer.do("edits", edit=move("F", ONE))["state_id"]
    last = writer.do("edits", edit=move("J", TWO))["state_id"]
    assert writer.do("undo")["changed"] == [[6, THREE]]
    told = writer.do("undo")
    assert (told["state_id"], [step["undone"] for step in told["steps"]]) == (start, [True, True])
    assert [writer.do("redo")["state_id"] for _again in range(2)] == [first, last]
    assert writer.post("redo").status_code == 409


def test_what_cannot_be_is_refused_and_changes_nothing(writer: Writer) -> None:
    for edit in (move("F", "05999004-77"), move("", ONE), move("A", ONE), {**move("F", ONE), "role": ""}):
        for act in ("preview", "edits"):
            answer = writer.post(act, edit=edit)
            assert answer.status_code == 409, edit
            assert answer.json()["headline"]
    assert writer.do("edits", edit=move("F", ONE))["steps"][0]["number"] == 1


def test_a_field_nobody_knows_is_refused(writer: Writer) -> None:
    assert writer.post("edits", edit={**move("F", ONE), "colour": "red"}).status_code == 422


def test_a_name_is_kept_only_where_the_project_allows_it(writer: Writer) -> None:
    edit = move("F", ONE, person="Erika Muster")
    assert "keine Namen" in writer.post("edits", edit=edit).json()["headline"]
    writer.client.post(f"/api/editor/{AGS}/settings", json={"names_allowed": True})
    assert writer.do("edits", edit=edit)["steps"][0]["person"] == "Erika Muster"


def test_the_second_writer_sees_both_changes_and_nothing_is_lost(editor: TestClient) -> None:
    state = begin(editor)
    one, two = Writer(editor, state), Writer(editor, state)
    one.do("edits", edit=move("F", ONE, why="Schulweg"))
    answer = two.post("edits", edit=move("J", TWO, why="Bahn"))
    assert answer.status_code == 409
    told = answer.json()
    assert "inzwischen" in told["headline"]
    conflict = told["conflict"]
    assert [(step["number"], step["why"]) for step in conflict["theirs"]] == [(1, "Schulweg")]
    mine = conflict["mine"]
    assert (mine["area"], mine["blocks"], mine["why"]) == (TWO, [block("J")], "Bahn")
    assert people(conflict["state"]["areas"]) == {"1": 1600, "2": 1100, "3": 702}
    two.state_id = conflict["state"]["state_id"]
    assert people(two.do("edits", edit=conflict["mine"])["areas"]) == {"1": 1600, "2": 1400, "3": 402}


def test_a_writer_who_did_not_see_an_undo_is_told_what_was_taken_back(editor: TestClient) -> None:
    one = Writer(editor, begin(editor))
    told = one.do("edits", edit=move("F", ONE))
    two = Writer(editor, told)
    one.do("undo")
    conflict = two.post("edits", edit=move("J", TWO)).json()["conflict"]
    assert (conflict["theirs"], [step["number"] for step in conflict["taken_back"]]) == ([], [1])
    assert two.post("undo").json()["conflict"]["mine"] is None


@pytest.mark.parametrize("act", ["undo", "redo", "submit", "steps/1"])
def test_every_act_that_writes_refuses_a_state_that_is_gone(editor: TestClient, act: str) -> None:
    state = begin(editor)
    one, two = Writer(editor, state), Writer(editor, state)
    one.do("edits", edit=move("F", ONE))
    answer = two.post(act, role="Sozialplanung")
    assert answer.status_code == 409
    assert answer.json()["conflict"]["state"]["draft"]["position"] == 1


def test_reasons_are_released_one_by_one_and_worded_anew(writer: Writer) -> None:
    writer.do("edits", edit=move("F", ONE, why="Schulweg"))
    writer.do("edits", edit=move("J", TWO, why="Bahn"))
    told = writer.do("steps/1", public=True, why="Der Schulweg führt über die Bahn.")
    assert [(step["public"], step["why"]) for step in told["steps"]] == [
        (True, "Der Schulweg führt über die Bahn."),
        (False, "Bahn"),
    ]
    assert told["changed"] == []
    assert [step["public"] for step in writer.do("steps/1", public=False)["steps"]] == [False, False]


def test_a_branch_shares_the_first_steps_and_leaves_the_other_alone(editor: TestClient, writer: Writer) -> None:
    writer.do("edits", edit=move("F", ONE))
    writer.do("edits", edit=move("J", TWO))
    state = begin(editor, branch_of=writer.draft_id, branch_at=1, title="Andere Fassung")
    assert (state["draft"]["branch_of"], state["draft"]["position"]) == (writer.draft_id, 1)
    Writer(editor, state).do("edits", edit=move("D", ONE))
    start = editor.get(f"/api/editor/{AGS}").json()
    assert [(one["title"], one["position"]) for one in start["drafts"]] == [("Fassung 1", 2), ("Andere Fassung", 2)]


def test_a_broken_hard_rule_may_be_kept_but_never_adopted(writer: Writer) -> None:
    told = writer.do("edits", edit=move("BE", THREE))
    assert told["effect"]["hard"] is True
    why = "Gebiet 1 besteht aus 2 getrennten Teilen; ein Gebiet hängt zusammen."
    assert why in told["allowed"]["why"]
    state = writer.do("submit", role="Sozialplanung")
    assert state["allowed"]["adopt"] is False
    answer = writer.post("adopt", body="Rat", decided_on="2026-11-01", role="Sozialplanung")
    assert answer.status_code == 422
    assert len(answer.json()["findings"]) >= 2


def test_submit_adopt_and_everything_is_there_after_a_restart(
    editor: TestClient, writer: Writer, tmp_path: Path, folder: Path
) -> None:
    writer.do("edits", edit=move("F", ONE, why="Schulweg"))
    state = writer.do("submit", role="Sozialplanung")
    assert state["allowed"] == {"submit": False, "adopt": True, "why": []}
    assert writer.post("edits", edit=move("J", TWO)).status_code == 409
    missing = writer.post("adopt", body="", decided_on="gestern", role="Sozialplanung")
    assert (missing.status_code, len(missing.json()["findings"])) == (422, 2)
    told = writer.do("adopt", body="Gemeinderat", decided_on="2026-11-01", role="Sozialplanung")
    assert (told["plan"]["status"], told["draft"]["draft"]["status"]) == ("adopted", "adopted")
    assert told["draft"]["allowed"]["adopt"] is False
    info = told["draft"]["draft"]
    assert (info["body"], info["decided_on"]) == ("Gemeinderat", "2026-11-01")
    editor.app.state.session.close()  # type: ignore[attr-defined]
    with Project.open(folder) as project:
        plan = project.plan()
        assert plan is not None
        assert plan.decisions[AGS].body == "Gemeinderat"
        assert plan.assignment[block("F")] == plan.assignment[block("A")]
        assert project.draft(writer.draft_id).edits[0].why == "Schulweg"


def test_a_draft_tells_that_its_base_was_superseded_meanwhile(editor: TestClient, writer: Writer) -> None:
    first = Writer(editor, begin(editor, title="Früher"))
    first.do("submit", role="Sozialplanung")
    first.do("adopt", body="Gemeinderat", decided_on="2026-11-01", role="Sozialplanung")
    second = Writer(editor, begin(editor, title="Zweite"))
    third = Writer(editor, begin(editor, title="Dritte"))
    third.do("edits", edit=move("F", editor.get(f"/api/editor/drafts/{third.draft_id}").json()["areas"][0]["area_id"]))
    third.do("submit", role="Sozialplanung")
    third.do("adopt", body="Gemeinderat", decided_on="2026-11-20", role="Sozialplanung")
    drafts = {one["title"]: one for one in editor.get(f"/api/editor/{AGS}").json()["drafts"]}
    assert drafts["Zweite"]["base_superseded"] is True
    assert editor.get(f"/api/editor/drafts/{second.draft_id}").json()["draft"]["base_superseded"] is True


def test_a_submitted_draft_can_be_taken_back_or_put_aside(writer: Writer) -> None:
    writer.do("submit", role="Sozialplanung")
    assert writer.do("reopen", role="Sozialplanung")["draft"]["status"] == "in_revision"
    assert writer.do("close", role="Sozialplanung")["allowed"]["submit"] is False
    assert writer.post("edits", edit=move("F", ONE)).status_code == 409


@pytest.mark.parametrize("act", ["close", "reopen"])
def test_putting_aside_and_taking_back_need_a_role_and_the_state_that_was_seen(writer: Writer, act: str) -> None:
    writer.do("submit", role="Sozialplanung")
    assert "Rolle" in writer.post(act, role=" ").json()["headline"]
    assert writer.post(act).status_code == 422
    seen, writer.state_id = writer.state_id, "000000000000"
    assert "conflict" in writer.post(act, role="Sozialplanung").json()
    state = writer.client.get(f"/api/editor/drafts/{writer.draft_id}").json()
    assert state["draft"]["status"] == "submitted"
    writer.state_id = seen
    assert writer.do(act, role="Sozialplanung")["draft"]["status"] != "submitted"


def test_a_block_cannot_be_cut_out_of_its_area_in_the_workshop(writer: Writer) -> None:
    """One block alone has no profile; two areas subtracted give what stands for its class, not its value."""
    edit = {**move("F", ""), "kind": "split", "area": TWO, "into": f"{AGS}~1", "code": "4"}
    areas = {view: writer.do("preview", edit=edit, view=view)["areas"] for view in ("workshop", "internal")}
    alone = {view: next(area for area in found if area["code"] == "4") for view, found in areas.items()}
    assert {row["after"] for row in alone["workshop"]["profile"]} == {None}
    assert alone["workshop"]["likeness_after"] is None
    assert alone["internal"]["profile"][1]["after"] is not None
    state = writer.do("edits", edit=edit)
    assert [area["likeness"] is None for area in state["areas"] if area["code"] == "4"] == [True]


def test_locked_blocks_are_told_by_their_place(writer: Writer) -> None:
    told = writer.do("edits", edit={"kind": "lock", "blocks": [block("B"), block("D")], "role": "Sozialplanung"})
    assert told["locks"] == [1, 3]
    assert "gesperrt" in writer.post("preview", edit=move("B", TWO)).json()["headline"]


def test_the_proposed_cut_and_the_suggestions_are_steps(writer: Writer) -> None:
    writer.do("edits", edit=move("F", ONE))
    better = writer.do("improve", area=ONE)["suggestions"]
    assert better[0]["edit"]["blocks"] == [block("F")]
    assert writer.do("edits", edit=better[0]["edit"])["effect"]["persons_moved"] == better[0]["people"] == 400
    cut = writer.do("best-cut", area=TWO)
    told = writer.do("edits", edit=cut["edit"])
    assert [area["code"] for area in told["areas"]] == ["1", "2a", "2b", "3"]
    assert sum(cut["people"]) == 1500
    healing = writer.do("heal", area=THREE)
    assert healing["suggestions"]
    for one in healing["suggestions"]:
        assert writer.do("preview", edit=one["edit"])["hard"] is False


def test_few_inhabitants_against_a_published_plan_are_told_and_stop_nothing(editor: TestClient, writer: Writer) -> None:
    assert writer.do("disclosure", edit=move("L", TWO))["findings"] == []
    writer.do("submit", role="Sozialplanung")
    writer.do("adopt", body="Gemeinderat", decided_on="2026-11-01", role="Sozialplanung")
    later = Writer(editor, begin(editor))
    assert later.do("disclosure")["findings"] == []
    found = later.do("disclosure", edit=move("L", TWO))["findings"]
    assert len(found) == 1
    assert "weniger als 5 Einwohner" in found[0]
    later.do("edits", edit=move("L", TWO))
    assert later.do("disclosure", edit=None)["findings"] == found


def test_an_unknown_draft_is_refused(editor: TestClient) -> None:
    assert editor.get("/api/editor/drafts/d0").status_code == 409


def test_a_state_the_draft_never_had_is_refused(writer: Writer) -> None:
    writer.state_id = "000000000000"
    assert "nicht mehr bekannt" in writer.post("preview", edit=move("F", ONE)).json()["headline"]
    assert writer.post("edits", edit=move("F", ONE)).json()["conflict"]["state"]["steps"] == []


def test_a_draft_of_blocks_that_were_divided_is_refused_in_words(editor: TestClient) -> None:
    board = board_of(editor.app.state.session, AGS)  # type: ignore[attr-defined]
    whole = plan()
    older = make_plan(whole.assignment.drop(block("A")), whole.areas, title="Alt", created="2025-01-01T00:00:00+00:00")
    workshop = make_workshop(board.ground, whole, bases_of(editor.app.state.session, board))  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="inzwischen geteilt"):
        stand(workshop, older, "x")
