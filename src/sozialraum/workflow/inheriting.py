"""What one received file has to do with another that waits: which it corrects, and what need not be said again."""

from __future__ import annotations

from sozialraum.deliveries.corrections import Corrections
from sozialraum.project import Project
from sozialraum.project.review_rows import ReviewRow
from sozialraum.workflow.looking import Look, look

SAID = "answers_to"  # the decision of a review that says which file it corrects: a key, or 'own'


def answers_to(project: Project, row: ReviewRow, found: Look) -> str:
    """The open review that this file corrects, '' for none: as a person said, else as proposed."""
    said = next((one["decision"] for one in row.decisions if one["finding"] == SAID), "")
    if said:
        return said if said in {one.review_id for one in project.review_rows()} else ""
    return proposed_answer(project, row, found)


def proposed_answer(project: Project, row: ReviewRow, found: Look) -> str:
    """The latest earlier open review that this file seems to correct, '' for none.

    It is of the same recipe, municipalities and dates, and its file has errors or was asked about: two files that can
    both be taken over are not each other's correction.
    """
    if found.recipe is None or found.sketch is None:
        return ""
    for other in reversed([one for one in project.review_rows() if one.received_at < row.received_at]):
        theirs = look(project, other)
        if theirs.recipe is None or theirs.recipe.code != found.recipe.code or not _speak_of_the_same(theirs, found):
            continue
        if theirs.refusal is not None or _is_asked_about(project, other.review_id):
            return other.review_id
    return ""


def _is_asked_about(project: Project, review_id: str) -> bool:
    from sozialraum.workflow.asking import asked_findings

    return bool(asked_findings(project, review_id))


def _speak_of_the_same(theirs: Look, found: Look) -> bool:
    """Whether two files are about the same municipalities and dates; unknown is not the same."""
    one, other = theirs.sketch, found.sketch
    if one is None or other is None or not one.periods:
        return False
    if not one.municipalities and (theirs.reading is None or found.reading is None):
        return False  # not the whole region: not known yet
    return set(one.municipalities) == set(other.municipalities) and set(one.periods) == set(other.periods)


def inherited(project: Project, row: ReviewRow, found: Look) -> Corrections:
    """Corrections of open reviews of the same recipe that fit a file too: what was said once is not asked again.

    Heads hold where the same head stands for the same missing column; keys where this file takes the place of theirs.
    """
    heads: dict[str, str] = {}
    keys: dict[str, str] = {}
    wanted = {one.found: one.offer for one in found.renamed if one.kind == "column_renamed"}
    for other in [one for one in project.review_rows() if one.received_at < row.received_at]:
        theirs = look(project, other)
        if theirs.recipe is None or found.recipe is None or theirs.recipe.code != found.recipe.code:
            continue
        said = other.corrections
        heads |= {head: name for head, name in said.heads.items() if wanted.get(head) == name}
        if _speak_of_the_same(theirs, found):
            there = {one.found for one in found.findings if one.code in ("lost_zeros", "unknown_key")}
            keys |= {key: meant for key, meant in said.keys.items() if key in there}
    return Corrections(heads, keys)
