"""A received file with all that is known of it: findings, differences, what it would replace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import day
from sozialraum.deliveries import Reading, Recipe
from sozialraum.deliveries.collector import Sketch
from sozialraum.project import Project
from sozialraum.project.delivered import About
from sozialraum.project.review_rows import ReviewRow
from sozialraum.workflow.by_hand import date_form
from sozialraum.workflow.inheriting import answers_to
from sozialraum.workflow.jumps import title_of, waiting_differences
from sozialraum.workflow.looking import NEW_RECIPE, Look, look
from sozialraum.workflow.review_record import Review, ReviewFinding, ReviewState, with_ids

if TYPE_CHECKING:
    from sozialraum.deliveries.differences import Difference
    from sozialraum.deliveries.drafting.questions import Question

UNCHANGED = "unchanged-"
YEARS_KEPT = 10


def unchanged_sentence() -> str:
    return _("Nichts geändert: Diese Datei wurde bereits übernommen.")


def unchanged_review(delivery: Mapping[str, Any]) -> Review:
    """The review of a file that is in force already."""
    return Review(
        UNCHANGED + str(delivery["delivery_id"]), str(delivery["file_name"]), str(delivery["received_at"]),
        "unchanged", unchanged_sentence(), recipe=str(delivery["recipe"]), periods=delivery["periods"],
        municipalities=delivery["municipalities"], rows_read=int(delivery["rows_read"]),
        sentences=delivery["sentences"], delivery_id=str(delivery["delivery_id"]),
    )  # fmt: skip


def ended_review(row: ReviewRow) -> Review:
    """The review of a file that was taken over, or that a corrected file took the place of."""
    headline = _("Übernommen.") if row.state == "taken" else _("Durch eine berichtigte Datei ersetzt.")
    return Review(
        row.review_id, row.file_name, row.received_at, "taken", headline, recipe=row.recipe,
        corrections=row.corrections, about=row.about or About(), delivery_id=row.delivery_id,
    )  # fmt: skip


def open_review(project: Project, row: ReviewRow) -> Review:
    """A review as its file reads now."""
    found = look(project, row)
    recipe, reading = found.recipe, found.reading
    about = about_of(row, recipe)
    earlier, differences = differences_of(project, found, about)
    findings = review_findings(project, row, found, earlier, differences)
    state = _state(found, findings)
    questions = _questions(found)
    answered = answers_to(project, row, found)
    whole = project.meeting_deliveries(reading)[0] if reading else []
    return Review(
        review_id=row.review_id,
        file_name=row.file_name,
        received_at=row.received_at,
        state=state,
        headline=_headline(state, found, findings, questions),
        recipe=recipe.code if recipe else "",
        recipe_title=_(recipe.title) if recipe else "",
        recipe_known=found.known,
        known_recipes=known_recipes(project, found.format),
        recipe_chosen=row.recipe != "",
        questions=questions,
        said=found.draft.said if found.draft else (),
        findings=findings,
        differences=differences,
        earlier=earlier,
        preview=found.preview,
        periods=reading.periods if reading else (),
        municipalities=reading.municipalities if reading else (),
        rows_read=reading.rows_read if reading else 0,
        sentences=tuple(reading.sentences()) if reading else (),
        corrections=row.corrections,
        about=about,
        replaces=whole[-1] if whole else "",
        answers_to=answered,
        answers_file=project.review_row(answered).file_name if answered else "",
        drafting=found.drafting,
        date_form=date_form(recipe) if found.known else "",
        columns_read=found.draft.columns if found.draft else (),
        answered=_answered(row, found) if found.drafting else {},
    )


def _answered(row: ReviewRow, found: Look) -> dict[str, str]:
    """What was said to the draft so far, also what it cannot use any more: everything can be taken back."""
    from sozialraum.deliveries.drafting.clicks import click_sentence

    settled = found.draft.settled if found.draft else {}
    return {
        name: settled.get(name)
        or click_sentence(name, value)
        or _("Eine frühere Antwort: {answer}").format(answer=value)
        for name, value in row.answers.items()
    }


def about_of(row: ReviewRow, recipe: Recipe | None) -> About:
    """How a delivery may be used: as a person said, else as the recipe says; restricted files are kept ten years."""
    if row.about is not None:
        return row.about
    protection = recipe.protection if recipe else "restricted"
    if recipe is not None and recipe.records:
        protection = "personal"
    last = date(int(row.received_at[:4]) + YEARS_KEPT, 12, 31).isoformat()
    return About(protection, _("Sozialberichterstattung"), "", last if protection == "restricted" else "")


def known_recipes(project: Project, file_format: str = "") -> tuple[tuple[str, str], ...]:
    """Code and title of the recipes a person may choose for this kind of file; the last one makes a new one."""
    fitting = (recipe for recipe in project.recipes() if not file_format or recipe.reads(file_format))
    known = tuple((recipe.code, _(recipe.title)) for recipe in fitting)
    return (*known, (NEW_RECIPE, _("Neue Einleseregel")))


def review_findings(
    project: Project, row: ReviewRow, found: Look, earlier: str, differences: Sequence[Difference]
) -> tuple[ReviewFinding, ...]:
    """All findings with what was decided on them; errors first, then warnings, then notes."""
    rank = {"error": 0, "warning": 1, "note": 2}
    read = sorted((*_with_renamed(found), *_overlaps(project, found)), key=lambda one: rank[one.severity])
    findings = with_ids(tuple(read))
    if found.reading is not None and earlier:
        findings |= waiting_differences(project, found.reading, earlier, differences)
    made = {one["finding"]: one for one in row.decisions}
    asked = _asked(project, row.review_id)
    return tuple(
        ReviewFinding(
            key, finding, made.get(key, {}).get("decision", ""), made.get(key, {}).get("reason", ""), asked.get(key, "")
        )
        for key, finding in sorted(findings.items(), key=lambda one: rank[one[1].severity])
    )


def _asked(project: Project, review_id: str) -> dict[str, str]:
    from sozialraum.workflow.asking import asked_findings

    return asked_findings(project, review_id)


def _with_renamed(found: Look) -> list[Finding]:
    """Findings of the look; where a column is missing, each column by itself with the head that may stand for it."""
    findings = list(found.findings)
    if found.recipe is None or not found.renamed:
        return findings
    named = {finding.offer for finding in findings if finding.code == "missing_column" and finding.found}
    for one in found.renamed:
        if one.kind != "column_renamed" or one.offer in named:
            continue
        column = found.recipe.columns.get(one.offer)
        what = _("„{head}“ fehlt; „{found}“ steht an seiner Stelle.").format(
            head=column.shown if column else one.offer, found=one.found
        )
        todo = _("Ist dasselbe gemeint, ordnen Sie die Spalte zu.")
        findings.append(Finding(what, todo=todo, code="missing_column", found=one.found, offer=one.offer))
    return findings


def _overlaps(project: Project, found: Look) -> list[Finding]:
    """Deliveries in force that hold the same municipality and date and more: both would be counted."""
    if found.reading is None:
        return []
    return [overlap_finding(name) for name in overlapping_files(project, found.reading)]


def overlapping_files(project: Project, reading: Reading) -> list[str]:
    """Names of the files a reading overlaps without taking their place."""
    keys = project.meeting_deliveries(reading)[1]
    if not keys:
        return []
    rows = project.deliveries().set_index("delivery_id")
    return [str(rows.at[key, "file_name"]) for key in keys]


def overlap_finding(file_name: str) -> Finding:
    what = _("Für einen Teil der Gemeinden und Stichtage gilt schon „{file}“; beides zusammen würde doppelt zählen.")
    todo = _("Ziehen Sie die frühere Lieferung zurück, oder lassen Sie eine Datei liefern, die sie ganz ersetzt.")
    return Finding(what.format(file=file_name), todo=todo, code="overlap", found=file_name)


def differences_of(project: Project, found: Look, about: About) -> tuple[str, tuple[Difference, ...]]:
    """The delivery of the same kind before, and what is different from it."""
    renamed = found.renamed
    if found.recipe is None or not found.known:
        return "", renamed
    sketch = found.sketch
    before = last_delivery(project, found.recipe, about.data_set, sketch)
    if before is None:
        return "", renamed
    shape = project.shape_of(str(before["delivery_id"]))
    if sketch is None or not shape:
        return str(before["delivery_id"]), renamed
    from sozialraum.deliveries.differences import differences
    from sozialraum.deliveries.shape import shape_from

    told = differences(shape_from(shape), sketch.shape)
    return str(before["delivery_id"]), tuple(_titled(one, found.recipe) for one in told)


def _titled(one: Difference, recipe: Recipe) -> Difference:
    """A jump that says what people call the feature."""
    if one.kind != "jump":
        return one
    return replace(one, where=_("Summe von „{feature}“").format(feature=title_of(one.found, recipe)))


def last_delivery(project: Project, recipe: Recipe, data_set: str, sketch: Sketch | None) -> Mapping[str, Any] | None:
    """The latest delivery in force of the same kind for the same municipalities, of an earlier date if there is one."""
    rows = project.deliveries()
    same = rows["in_force"] & (rows["recipe"] == recipe.code)
    if data_set:
        same |= rows["in_force"] & (rows["data_set"] == data_set)
    found: list[dict[Any, Any]] = rows[same].to_dict("records")
    if sketch is not None and sketch.municipalities:
        towns = set(sketch.municipalities)
        found = [one for one in found if not one["municipalities"] or set(one["municipalities"]) & towns]
    latest = max(sketch.periods, default="") if sketch else ""
    earlier = [one for one in found if not latest or max(one["periods"], default="") < latest]
    candidates = earlier or found
    return max(candidates, key=lambda one: (max(one["periods"], default=""), one["received_at"]), default=None)


def _questions(found: Look) -> tuple[Question, ...]:
    if found.candidates:
        from sozialraum.deliveries.drafting.questions import Option, Question

        options = tuple(Option(one.code, _(one.title)) for one in found.candidates)
        return (Question("recipe", _("Mehrere Einleseregeln passen. Welche gilt?"), options),)
    if found.sheets and found.draft is None:
        from sozialraum.deliveries.drafting.sheet_choice import sheet_question

        return (sheet_question(found.sheets),)
    return found.draft.questions if found.draft else ()


def _state(found: Look, findings: Sequence[ReviewFinding]) -> ReviewState:
    if found.unreadable:
        return "refused"
    if found.reading is None and found.refusal is None:
        return "questions"
    return "findings" if any(one.is_open for one in findings) else "ready"


def _headline(state: ReviewState, found: Look, findings: Sequence[ReviewFinding], questions: Sequence[Question]) -> str:
    if state == "refused":
        refusal = found.refusal
        assert refusal is not None
        return refusal.findings[0].sentence() if refusal.findings else refusal.headline
    if state == "questions":
        count = sum(not one.default for one in questions)
        return plural("{count} Frage ist zu klären.", "{count} Fragen sind zu klären.", count).format(count=count)
    if state == "findings":
        count = sum(one.is_open for one in findings)
        return plural("{count} Befund ist zu klären.", "{count} Befunde sind zu klären.", count).format(count=count)
    assert found.reading is not None
    stand = ", ".join(day(period) for period in found.reading.periods)
    return _("Bereit zur Übernahme, Stand {stand}.").format(stand=stand)
