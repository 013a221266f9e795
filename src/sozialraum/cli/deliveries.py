"""`sozialraum delivery …`: what was received and taken over; review, take over, put back, withdraw, delete on the day.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import day
from sozialraum.cli.output import Lines, run_guarded, say

Act = Callable[[Any, Any, Lines], tuple[dict[str, Any], list[str]]]
ROLE = "Planung"


def add_deliveries(app: typer.Typer, option: dict[str, Any]) -> None:
    """Register the commands."""
    group = typer.Typer(help=_("Lieferungen: prüfen, übernehmen, zurückziehen"), rich_markup_mode=None)
    app.add_typer(group, name="delivery")
    role = typer.Option("--role", help=_("Funktion oder Aktenzeichen, kein Name"))
    _list(group, option)
    _review(group, option, role)
    _settle(group, option, role)
    _withdraw(group, option, role)


def _list(group: typer.Typer, option: dict[str, Any]) -> None:
    @group.command("list", help=_("Lieferungen zeigen: was gilt, was wartet, was nicht mehr gilt."))
    def show(
        folder: Annotated[Path, option["folder"]],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(workflow: Any, project: Any, progress: Lines) -> tuple[dict[str, Any], list[str]]:
            waiting = workflow.reviews(project)
            rows = project.deliveries().to_dict("records")
            titles = {recipe.code: _(recipe.title) for recipe in project.recipes()}
            lines = [f"{one.review_id}  {one.file_name}: {one.headline}" for one in waiting]
            lines += [
                f"{row['delivery_id']}  {row['file_name']}: {titles.get(row['recipe'], row['recipe'])}, {standing(row)}"
                for row in rows
            ]
            told = [{key: row[key] for key in TOLD} | {"in_force": bool(row["in_force"])} for row in rows]
            return {"reviews": [review_told(one) for one in waiting], "deliveries": told}, lines or [
                _("Noch keine Lieferung.")
            ]

        _with_project(folder, json, work)


TOLD = (
    "delivery_id", "file_name", "recipe", "recipe_version", "received_at", "periods", "municipalities", "in_force",
    "withdrawn_on", "withdrawn_why", "replaced_by", "protection", "purpose", "legal_basis", "delete_on", "kept",
    "data_set",
)  # fmt: skip


def standing(row: dict[str, Any]) -> str:
    """Whether a delivery counts, and what is left of its file."""
    if row["withdrawn_on"]:
        said = _("zurückgezogen am {day}").format(day=day(row["withdrawn_on"][:10]))
    elif row["replaced_by"]:
        said = _("ersetzt durch {delivery}").format(delivery=row["replaced_by"])
    else:
        said = _("gilt, Stand {periods}").format(periods=", ".join(day(period) for period in row["periods"]))
    left = {
        "never": _("Datei nie aufbewahrt"),
        "deleted": _("Datei gelöscht"),
        "left_out": _("Datei nicht in der Sicherung"),
    }
    return ", ".join(part for part in (said, left.get(row["kept"], "")) if part)


def review_told(review: Any) -> dict[str, Any]:
    """A review for programs."""
    return {
        "review_id": review.review_id,
        "file": review.file_name,
        "state": review.state,
        "headline": review.headline,
        "recipe": review.recipe,
        "findings": [
            {
                "id": one.id,
                "severity": one.finding.severity,
                "code": one.finding.code,
                "sentence": one.finding.sentence(),
                "found": one.finding.found,
                "offer": one.finding.offer,
                "decision": one.decision,
                "asked": one.asked,
            }
            for one in review.findings
        ],
        "questions": [{"id": one.id, "sentence": one.sentence} for one in review.questions],
        "differences": [one.text() for one in review.differences],
        "replaces": review.replaces,
        "answers_to": review.answers_to,
    }


def review_lines(review: Any) -> list[str]:
    """A review as lines: the state first, then everything found."""
    lines = [f"{review.review_id}  {review.file_name}: {review.headline}", *review.sentences]
    lines += [_("Unterschied: {what}").format(what=one.text()) for one in review.differences]
    for one in review.questions:
        choices = ", ".join(option.value for option in one.options)
        lines.append(
            _("Frage {key}: {sentence} ({choices})").format(key=one.id, sentence=one.sentence, choices=choices)
        )
    words = {"error": _("Fehler"), "warning": _("Zu prüfen"), "note": _("Hinweis")}
    for one in review.findings:
        done = {"accepted": _("anerkannt"), "answered": _("beantwortet")}.get(one.decision, "")
        mark = f" [{done}]" if done else ""
        lines.append(f"{one.id}  {words[one.finding.severity]}: {one.finding.sentence()}{mark}")
    return lines


def _review(group: typer.Typer, option: dict[str, Any], role: Any) -> None:
    @group.command("review", help=_("Eine Datei prüfen, ohne dass etwas gilt: Datei oder Schlüssel angeben."))
    def review(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[str, typer.Argument(help=_("gelieferte Datei oder Schlüssel"), show_default=False)],
        same: Annotated[
            list[str],
            typer.Option("--same", help=_("Überschrift=Spalte: gemeint ist dasselbe"), show_default=False),
        ] = [],  # noqa: B006 - read only
        key: Annotated[
            list[str], typer.Option("--key", help=_("Schlüssel=gemeinter Schlüssel"), show_default=False)
        ] = [],  # noqa: B006
        accept: Annotated[list[str], typer.Option("--accept", help=_("Befund anerkennen"), show_default=False)] = [],  # noqa: B006
        answer: Annotated[list[str], typer.Option("--answer", help=_("Frage=Antwort"), show_default=False)] = [],  # noqa: B006
        recipe: Annotated[str, typer.Option("--recipe", help=_("Einleseregel wählen"), show_default=False)] = "",
        date: Annotated[
            str, typer.Option("--date", help=_("Stichtag, wenn die Datei keinen nennt"), show_default=False)
        ] = "",
        corrects: Annotated[
            str,
            typer.Option(
                "--corrects", help=_("Wartende Datei, die berichtigt wird; own: eigene Lieferung"), show_default=False
            ),
        ] = "",
        reason: Annotated[str, typer.Option("--reason", help=_("Grund einer Entscheidung"), show_default=False)] = "",
        by: Annotated[str, role] = ROLE,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(workflow: Any, project: Any, progress: Lines) -> tuple[dict[str, Any], list[str]]:
            from sozialraum.deliveries.corrections import Corrections

            # a key has neither point nor slash: what has one is a name, and a wrong name is told as such
            is_file = Path(file).is_file() or any(sign in file for sign in "./\\")
            found = workflow.receive(project, Path(file), by, progress) if is_file else workflow.review(project, file)
            if recipe:
                found = workflow.choose_recipe(project, found.review_id, recipe)
            if answer:
                found = workflow.answer(project, found.review_id, pairs(answer, "--answer"))
            if same or key or date:
                change = Corrections(heads=pairs(same, "--same"), keys=pairs(key, "--key"), period=date)
                found = workflow.correct(project, found.review_id, change)
            if corrects:
                other = "" if corrects == "own" else corrects
                found = workflow.say_corrects(project, found.review_id, other, by)
            for finding in accept:
                found = workflow.decide(project, found.review_id, finding, "accepted", reason, by)
            return review_told(found), review_lines(found)

        _with_project(folder, json, work)


def _settle(group: typer.Typer, option: dict[str, Any], role: Any) -> None:
    review_key = typer.Argument(help=_("Schlüssel der eingegangenen Datei"), show_default=False)

    @group.command("take-over", help=_("Eine geprüfte Datei übernehmen; ihre Werte gelten ab jetzt."))
    def take_over(
        folder: Annotated[Path, option["folder"]],
        review: Annotated[str, review_key],
        by: Annotated[str, role] = ROLE,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(workflow: Any, project: Any, progress: Lines) -> tuple[dict[str, Any], list[str]]:
            taken = workflow.take_over(project, review, by)
            lines = [*taken.sentences, *[_("Ersetzt: {delivery}").format(delivery=one) for one in taken.replaced]]
            result = {"delivery_id": taken.delivery_id, "replaced": taken.replaced}
            return result | affected_told(taken.affected), [*lines, *affected_lines(taken.affected)]

        _with_project(folder, json, work)

    @group.command("put-back", help=_("Eine eingegangene Datei zurücklegen; sie wird aus dem Projekt entfernt."))
    def put_back(
        folder: Annotated[Path, option["folder"]],
        review: Annotated[str, review_key],
        by: Annotated[str, role] = ROLE,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(workflow: Any, project: Any, progress: Lines) -> tuple[dict[str, Any], list[str]]:
            name = workflow.review(project, review).file_name
            workflow.put_back(project, review, by)
            return {"review_id": review}, [_("Zurückgelegt: {file}").format(file=name)]

        _with_project(folder, json, work)


def _withdraw(group: typer.Typer, option: dict[str, Any], role: Any) -> None:
    @group.command("withdraw", help=_("Eine Lieferung zurückziehen; nach dem Rechnen fehlen ihre Werte."))
    def withdraw(
        folder: Annotated[Path, option["folder"]],
        delivery: Annotated[str, typer.Argument(help=_("Schlüssel der Lieferung"), show_default=False)],
        why: Annotated[str, typer.Option("--why", help=_("Grund"), show_default=False)] = "",
        by: Annotated[str, role] = ROLE,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(workflow: Any, project: Any, progress: Lines) -> tuple[dict[str, Any], list[str]]:
            found = workflow.withdraw(project, delivery, why, by)
            lines = [_("Zurückgezogen: {delivery}").format(delivery=delivery), *affected_lines(found)]
            return {"delivery_id": delivery} | affected_told(found), lines

        _with_project(folder, json, work)

    @group.command("expire", help=_("Dateien löschen, deren Tag gekommen ist; die Werte bleiben."))
    def expire(
        folder: Annotated[Path, option["folder"]],
        today: Annotated[
            str, typer.Option("--today", help=_("Tag, für den geprüft wird: 2030-12-31"), show_default=False)
        ] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(workflow: Any, project: Any, progress: Lines) -> tuple[dict[str, Any], list[str]]:
            gone = workflow.expire(project, today)
            lines = [_("Gelöscht: {file}").format(file=name) for name in gone]
            return {"deleted": gone}, lines or [_("Keine Datei ist zu löschen.")]

        _with_project(folder, json, work)


def affected_told(found: Any) -> dict[str, Any]:
    """What is affected, for programs."""
    return {
        "indicators": [key for key, _title in found.indicators],
        "index": found.index,
        "need": found.need,
        "releases": list(found.releases),
    }


def affected_lines(found: Any) -> list[str]:
    """What rests on a delivery, and what to do."""
    lines = []
    if found.indicators:
        titles = ", ".join(title for _key, title in found.indicators)
        lines.append(_("Betroffene Indikatoren: {titles}.").format(titles=titles))
    parts = [word for holds, word in ((found.index, _("Index")), (found.need, _("Bedarf"))) if holds]
    if parts:
        lines.append(_("Betroffen sind auch: {parts}.").format(parts=", ".join(parts)))
    if found.releases:
        lines.append(_("Damit entstandene Berichte: {reports}.").format(reports=", ".join(found.releases)))
    return [*lines, _("Rechnen Sie neu, damit die Ergebnisse dazu passen.")] if lines else lines


def pairs(texts: list[str], option: str) -> dict[str, str]:
    """'a=b' as pairs. Raises UsageError."""
    found = {}
    for text in texts:
        left, sign, right = text.rpartition("=")
        if not sign or not left:
            raise UsageError(_("{option} braucht die Form LINKS=RECHTS: „{text}“.").format(option=option, text=text))
        found[left] = right
    return found


def _with_project(folder: Path, as_json: bool, act: Act) -> None:
    """Open the project, do the work, close it, print the result."""

    def guarded() -> None:
        from sozialraum import workflow
        from sozialraum.project import Project

        with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
            result, lines = act(workflow, project, Lines(quiet=as_json))
        say(result, lines, as_json)

    raise typer.Exit(run_guarded(guarded, as_json))
