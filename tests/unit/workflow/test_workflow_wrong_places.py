"""Files that came to the wrong place: forms of another project, sources chosen by hand, tables of another region."""

from __future__ import annotations

import pytest

from receiving_village import Office, project_in
from sozialraum import workflow
from sozialraum.deliveries import recipes
from sozialraum.deliveries.form_files import form_bytes
from sozialraum.deliveries.forms import Form, FormColumn
from sozialraum.workflow.query_files import project_mark
from village import village_blocks

FORM = Form(
    "care", "Tagesbetreuung", "Jugendamt", "2025-12-31", "block",
    tuple((block, f"Block {block[-1]}") for block in village_blocks()["block_id"]),
    (FormColumn("Kinder", "care_03_06"),),
)  # fmt: skip


@pytest.fixture
def project(tmp_path):
    with project_in(tmp_path / "p") as opened:
        yield opened


def form(path, mark):
    path.write_bytes(form_bytes(FORM, project=mark, request="A1", written="2026-11-28T10:00:00+00:00"))
    return path


def test_a_form_of_another_project_is_refused_in_one_sentence_and_changes_nothing(project, tmp_path):
    found = workflow.receive(project, form(tmp_path / "a.xlsx", "0123456789ab"))
    assert (found.state, found.headline) == ("refused", "Dieses Formblatt gehört zu einem anderen Projekt.")
    assert [(one.finding.what, one.finding.offer) for one in found.findings] == [(found.headline, "")]
    assert project.deliveries().empty
    ours = workflow.receive(project, form(tmp_path / "b.xlsx", project_mark(project)))
    assert (ours.state, ours.recipe) != ("refused", "")
    assert "anderen Projekt" not in "".join(one.finding.what for one in ours.findings)


def test_a_source_chosen_by_hand_is_chosen_back(project, tmp_path):
    found = workflow.receive(project, Office().write(tmp_path / "a.xlsx"))
    assert (found.recipe, found.recipe_chosen) == ("youth_office", False)
    other = next(code for code, _title in found.known_recipes if code not in ("youth_office", "new"))
    wrong = workflow.choose_recipe(project, found.review_id, other)
    assert (wrong.recipe, wrong.recipe_chosen) == (other, True)
    assert {"youth_office", "new"} <= {code for code, _title in wrong.known_recipes}
    back = workflow.choose_recipe(project, found.review_id, "")
    assert (back.recipe, back.recipe_chosen, back.findings) == ("youth_office", False, found.findings)


def test_only_sources_that_can_read_the_kind_of_file_are_offered(project, tmp_path):
    offered = {code for code, _title in workflow.receive(project, Office().write(tmp_path / "a.xlsx")).known_recipes}
    shipped = {recipe.code: recipe for recipe in recipes()}
    assert offered == {"new", *(code for code, recipe in shipped.items() if recipe.reads("xlsx"))}
    assert "register" not in offered


def test_a_table_of_another_region_says_why_it_is_refused(project, tmp_path):
    file = tmp_path / "berlin.csv"
    file.write_text("Raum;E_E\n" + "".join(f"0101010{place};{3000 + place}\n" for place in range(9)), encoding="utf-8")
    found = workflow.receive(project, file)
    assert found.state == "refused"
    assert found.preview is not None
    [why] = found.findings
    assert "kennt" in why.finding.what
    assert why.finding.severity == "error"
