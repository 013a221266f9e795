"""Routes of the pages "Daten" and "Lieferung prüfen": files come in, are corrected, decided, taken over, withdrawn."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, UploadFile
from pydantic import Field

from sozialraum.base import InputRefused, Progress, UsageError, _, current_language
from sozialraum.deliveries.corrections import Corrections, from_content
from sozialraum.web import deliveries_answers as answers
from sozialraum.web.acting import in_memory, start
from sozialraum.web.deliveries_places import search
from sozialraum.web.deliveries_reviews import full, places_of, shown_sheet
from sozialraum.web.jobs import problem_of
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.web.session import Session

router = APIRouter(prefix="/api")
RowMeans = Literal["skip", "total", "residual"]


class Change(PlainModel):
    heads: dict[str, str] = Field(default_factory=dict)
    keys: dict[str, str] = Field(default_factory=dict)
    rows: dict[int, RowMeans] = Field(default_factory=dict)
    signs: list[str] = Field(default_factory=list)
    period: str = ""
    sheet: str = ""

    def corrections(self) -> Corrections:
        return Corrections(self.heads, self.keys, self.rows, tuple(self.signs), self.period, self.sheet)


class Correcting(PlainModel):
    """Either `change` is added to the corrections made so far, or `all` takes their place."""

    change: Change | None = None
    all: Change | None = None


class Answers(PlainModel):
    answers: dict[str, str]


class Deciding(PlainModel):
    findings: list[str]
    reason: str
    role: str = ""


class Choosing(PlainModel):
    code: str


class Corrected(PlainModel):
    """The waiting file that this one corrects; '' = none, it is a delivery of its own."""

    to: str = ""
    role: str = ""


class Describing(PlainModel):
    protection: Literal["personal", "restricted", "public"]
    purpose: str = ""
    legal_basis: str = ""
    delete_on: str = ""
    data_set: str = ""


class Taking(PlainModel):
    role: str = ""


class PuttingBack(PlainModel):
    reviews: list[str]


class Withdrawing(PlainModel):
    why: str
    role: str = ""


@router.post("/reviews")
def receive(session: Open, files: list[UploadFile]) -> dict[str, Any]:
    """Receive files one after the other; one that cannot be received does not stop the others.

    They stay in memory: only what lists no single persons is written, into the project.
    """
    project = session.project
    paths = in_memory(files)

    def work(progress: Progress) -> dict[str, Any]:
        received = [received_json(session, project, path, progress) for path in paths]
        return {"received": received, "reviews": [one["review_id"] for one in received if one["review_id"]]}

    return start(session, _("Lieferungen lesen"), work)


def received_json(session: Session, project: Any, path: Path, progress: Progress) -> dict[str, Any]:
    """How one file was received."""
    try:
        review = session.work.receive(project, path, progress=progress)
    except InputRefused as refused:
        return {"file": path.name, "review_id": "", "state": "", "headline": "", "problem": problem_of(refused)}
    return {
        "file": path.name,
        "review_id": review.review_id,
        "state": review.state,
        "headline": review.headline,
        "problem": None,
    }


@router.get("/reviews")
def reviews(session: Open) -> list[dict[str, Any]]:
    """Files that were received and wait, the latest first."""
    plan = session.project.plan()
    key = ("reviews", "" if plan is None else plan.plan_id, current_language())
    rows: list[dict[str, Any]] = session.drawn(
        key, lambda: [answers.review_row(one) for one in reversed(session.work.reviews(session.project))]
    )
    return rows


@router.get("/reviews/{review_id}")
def review(session: Open, review_id: str) -> dict[str, Any]:
    return full(session, session.work.review(session.project, review_id))


@router.get("/reviews/{review_id}/sheet")
def sheet(session: Open, review_id: str, name: str) -> dict[str, Any]:
    """Another sheet of the file, only to be looked at."""
    return shown_sheet(session, review_id, name)


@router.get("/reviews/{review_id}/places")
def places(session: Open, review_id: str, words: str = "") -> dict[str, Any]:
    """What a key can mean, by name or key."""
    return search(places_of(session, session.work.review(session.project, review_id)), words)


@router.post("/reviews/{review_id}/corrections")
def corrections(session: Open, review_id: str, wish: Correcting) -> dict[str, Any]:
    """Add a correction, or set all of them; the file is read again."""
    refuse_while_busy(session)
    if wish.all is not None:
        found = session.work.undo_corrections(session.project, review_id)
        change = wish.all.corrections()
        if change:
            found = session.work.correct(session.project, review_id, change)
    else:
        change = wish.change.corrections() if wish.change is not None else from_content({})
        if not change:
            raise UsageError(_("Es ist keine Korrektur angegeben."))
        found = session.work.correct(session.project, review_id, change)
    return full(session, found)


@router.post("/reviews/{review_id}/answers")
def answer(session: Open, review_id: str, wish: Answers) -> dict[str, Any]:
    """Answer questions about a file of a form nobody has described yet."""
    refuse_while_busy(session)
    return full(session, session.work.answer(session.project, review_id, wish.answers))


@router.post("/reviews/{review_id}/decisions")
def decide(session: Open, review_id: str, wish: Deciding) -> dict[str, Any]:
    """Accept warnings, with one reason."""
    refuse_while_busy(session)
    reason, role = wish.reason.strip(), wish.role.strip() or _("Planung")
    if not reason:
        raise UsageError(_("Geben Sie an, warum das in Ordnung ist."))
    if not wish.findings:
        raise UsageError(_("Es ist kein Befund angegeben."))
    for finding in wish.findings:
        session.work.decide(session.project, review_id, finding, "accepted", reason, role)
    return full(session, session.work.review(session.project, review_id))


@router.post("/reviews/{review_id}/recipe")
def recipe(session: Open, review_id: str, wish: Choosing) -> dict[str, Any]:
    """Read the file as this known source."""
    refuse_while_busy(session)
    return full(session, session.work.choose_recipe(session.project, review_id, wish.code))


@router.post("/reviews/{review_id}/corrects")
def corrects(session: Open, review_id: str, wish: Corrected) -> dict[str, Any]:
    """Say which waiting file this one corrects, or that it is a delivery of its own."""
    refuse_while_busy(session)
    role = wish.role.strip() or _("Planung")
    return full(session, session.work.say_corrects(session.project, review_id, wish.to, role))


@router.post("/reviews/{review_id}/about")
def about(session: Open, review_id: str, wish: Describing) -> dict[str, Any]:
    """Say how the delivery may be used."""
    refuse_while_busy(session)
    given = {name: text.strip() for name, text in wish.model_dump().items()}
    return full(session, session.work.describe(session.project, review_id, **given))


@router.post("/reviews/take-over")
def take_over_ready(session: Open, wish: Taking) -> dict[str, Any]:
    """Take over every file without open findings, as a job; one that is refused does not stop the others."""
    project, role = session.project, wish.role.strip() or _("Planung")

    def work(progress: Progress) -> dict[str, Any]:
        ready = [one for one in session.work.reviews(project) if one.state == "ready"]
        taken = []
        for place, one in enumerate(ready):
            progress.stage(_("{file} wird übernommen").format(file=one.file_name))
            progress.step(place, len(ready))
            with suppress(InputRefused):  # it stays in the list with what is wrong
                taken.append(taken_json(session, project, one, role))
        return {"taken": taken}

    return start(session, _("Lieferungen übernehmen"), work)


@router.post("/reviews/{review_id}/take-over")
def take_over(session: Open, review_id: str, wish: Taking) -> dict[str, Any]:
    """Take over one file, as a job; refused while errors or undecided warnings remain."""
    project, role = session.project, wish.role.strip() or _("Planung")

    def work(progress: Progress) -> dict[str, Any]:
        found = session.work.review(project, review_id)
        progress.stage(_("{file} wird übernommen").format(file=found.file_name))
        return {"taken": [taken_json(session, project, found, role)]}

    return start(session, _("Lieferung übernehmen"), work)


def taken_json(session: Session, project: Any, found: Any, role: str) -> dict[str, Any]:
    """Take a review over and say what came of it."""
    title = _(found.recipe_title) if found.recipe_title else found.file_name
    taken = session.work.take_over(project, found.review_id, role)
    return answers.taken_json(found.review_id, title, datetime.now().isoformat(timespec="seconds"), taken)


@router.post("/reviews/put-back")
def put_back_all(session: Open, wish: PuttingBack) -> dict[str, str]:
    """Remove several reviews and their files; none when one of them waits no more."""
    refuse_while_busy(session)
    if not wish.reviews:
        raise UsageError(_("Es ist keine Lieferung ausgewählt."))
    session.work.put_back_all(session.project, wish.reviews)
    session.forget()
    return {}


@router.post("/reviews/{review_id}/put-back")
def put_back(session: Open, review_id: str) -> dict[str, str]:
    """Remove a review and its file; nothing was taken over."""
    refuse_while_busy(session)
    session.work.put_back(session.project, review_id)
    session.forget()
    return {}


@router.get("/deliveries")
def deliveries(session: Open) -> list[dict[str, Any]]:
    """All deliveries, the latest first: what was read, decided, and whether they are in force."""
    recipes = {recipe.code: recipe for recipe in session.project.recipes()}
    rows = session.project.deliveries().iloc[::-1].to_dict("records")
    towns = session.project.municipalities()
    names = dict(zip(map(str, towns["ags"]), map(str, towns["name"]), strict=True))
    return [
        answers.delivery_json(row, recipes.get(str(row["recipe"])))
        | {"towns": [names.get(ags, ags) for ags in row["municipalities"]]}
        for row in rows
    ]


@router.get("/deliveries/{delivery_id}/affected")
def affected(session: Open, delivery_id: str) -> dict[str, Any]:
    """What rests on a delivery."""
    return answers.affected_json(session.work.affected(session.project, delivery_id))


@router.post("/deliveries/{delivery_id}/withdraw")
def withdraw(session: Open, delivery_id: str, wish: Withdrawing) -> dict[str, Any]:
    """Withdraw a delivery, with its reason; answers what rests on it."""
    refuse_while_busy(session)
    why, role = wish.why.strip(), wish.role.strip() or _("Planung")
    if not why:
        raise UsageError(_("Geben Sie an, warum die Lieferung zurückgezogen wird."))
    found = session.work.withdraw(session.project, delivery_id, why, role)
    session.forget()
    return answers.affected_json(found)
