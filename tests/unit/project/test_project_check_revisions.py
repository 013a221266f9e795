"""What `check` finds about drafts, their steps and groupings."""

import sqlite3

import pytest
from project_world import WHEN, full_project

from sozialraum.delineation import Edit
from sozialraum.plans import drafts, group_areas
from sozialraum.plans.drafts import state_id
from sozialraum.project import check

AGS = "05999004"


@pytest.fixture
def folder(tmp_path):
    with full_project(tmp_path / "p") as project:
        base = project.plan()
        draft = drafts.begin(base, AGS, title="Fassung 1", role="Planung", when=WHEN)
        project.save_draft(draft)
        for letter in "gh":
            edit = Edit("move", area=f"{AGS}-02", blocks=(f"{AGS}-{letter}",), role="Planung", when=WHEN)
            draft = project.write_edit(draft.draft_id, state_id(draft), edit)
        units = dict.fromkeys(base.areas["area_id"], "G1")
        project.save_grouping(group_areas(base, units, grouping_id="g", title="Gespräche"))
    return tmp_path / "p"


def test_a_whole_project_with_drafts_has_no_findings(folder):
    assert check(folder) == []


FAULTS = {
    "a step that is gone": ("DELETE FROM draft_edits WHERE number = 1", "Es fehlen Schritte."),
    "a step nobody can read": ("UPDATE draft_edits SET edit = '{' WHERE number = 2", "Schritt 2 ist nicht lesbar."),
    "a step of no kind": (
        "UPDATE draft_edits SET edit = replace(edit, '\"move\"', '\"paint\"') WHERE number = 1",
        "Schritt 1 ist nicht lesbar.",
    ),
    "a step that does not fit": (
        "UPDATE draft_edits SET edit = replace(edit, '05999004-h', '05999004-x') WHERE number = 2",
        "Fassung „Fassung 1“: Die Schritte passen nicht zum Plan",
    ),
    "a plan that is gone": ("UPDATE drafts SET base = 'p404'", "Der Plan, auf dem sie beruht, fehlt."),
    "a plan that was never made": ("UPDATE drafts SET adopted_as = 'p404'", "Der Plan, der aus ihr wurde, fehlt."),
    "more steps than there are": ("UPDATE drafts SET position = 3", "Die Zahl der geltenden Schritte stimmt nicht."),
    "an unknown status": ("UPDATE drafts SET status = 'gone'", "Der Stand „gone“ ist unbekannt."),
    "a grouping of unknown blocks": (
        "UPDATE grouping_blocks SET block_id = 'x' WHERE block_id = '05999004-A'",
        "Gliederung „Gespräche“: 1 unbekannter Baustein.",
    ),
    "a unit without a name": ("DELETE FROM grouping_units", "Einheiten ohne Namen: G1."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_named(folder, fault):
    statement, says = FAULTS[fault]
    connection = sqlite3.connect(folder / "project.gpkg")
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()
    findings = check(folder)
    assert says in " ".join(finding.what for finding in findings)
    assert all(finding.todo for finding in findings)
