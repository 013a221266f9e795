"""`sozialraum catalogue|gaps|request|query`: what is there, who owes what, and asking for it.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _
from sozialraum.base.text import shown
from sozialraum.cli.output import run_guarded, say

Work = Callable[[Any], tuple[dict[str, Any], list[str]]]


def add_requests(app: typer.Typer, option: dict[str, Any]) -> None:
    """Register the commands."""
    _catalogue(app, option)
    _gaps(app, option)
    _request(app, option)
    _query(app, option)


def with_project(folder: Path, as_json: bool, work: Work) -> None:
    """Open the project, do the work, close it, print its lines or its result."""

    def guarded() -> None:
        from sozialraum.project import Project

        with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
            result, lines = work(project)
        say({"folder": folder, **result}, lines, as_json)

    raise typer.Exit(run_guarded(guarded, as_json))


def _catalogue(app: typer.Typer, option: dict[str, Any]) -> None:
    group = typer.Typer(help=_("Verzeichnisse von Tabellen"), rich_markup_mode=None)
    app.add_typer(group, name="catalogue")

    @group.command("import", help=_("Ein Verzeichnis von Tabellen einlesen (Code, Titel, Zeitraum)."))
    def read(
        folder: Annotated[Path, option["folder"]],
        files: Annotated[list[Path], typer.Argument(help=_("Verzeichnisse (CSV)"), show_default=False)],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from sozialraum.workflow import catalogue_search

            lines = [line for file in files for line in catalogue_search.import_catalogue(project, file)]
            return {"catalogues": catalogue_search.catalogues(project)}, lines

        with_project(folder, json, work)

    @group.command(help=_("In den eingelesenen Verzeichnissen suchen."))
    def search(
        folder: Annotated[Path, option["folder"]],
        words: Annotated[list[str], typer.Argument(help=_("Suchwörter"), show_default=False)],
        limit: Annotated[int, typer.Option("--limit", help=_("höchstens so viele Treffer"), min=1)] = 20,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from dataclasses import asdict

            from sozialraum.workflow import catalogue_search

            found = catalogue_search.search_catalogue(project, " ".join(words), limit)
            lines = [f"{one.code}  {one.title}" + (f"  ({one.period})" if one.period else "") for one in found]
            return {"entries": [asdict(one) for one in found]}, lines or [_("Nichts gefunden.")]

        with_project(folder, json, work)


def _gaps(app: typer.Typer, option: dict[str, Any]) -> None:
    @app.command(help=_("Zeigen, was da ist, verspätet ist oder fehlt, je Datensatz, Gemeinde und Jahr."))
    def gaps(
        folder: Annotated[Path, option["folder"]],
        today: Annotated[str, typer.Option("--today", help=_("Tag, für den es gilt; sonst heute"))] = "",
        year: Annotated[str, typer.Option("--year", help=_("nur dieses Jahr"), show_default=False)] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from dataclasses import asdict

            from sozialraum.workflow import gaps as matrix

            if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
                raise UsageError(_("„{year}“ ist kein Jahr.").format(year=shown(year)))
            found = matrix.gap_matrix(project, day_or_today(today))
            cells = [cell for cell in found.cells if not year or cell.year == year]
            words = matrix.state_words()
            titles = {one.data_set_id: one.title for one in found.data_sets}
            towns = dict(found.municipalities)
            lines = [
                f"{cell.year}  {towns[cell.ags]}  {titles[cell.data_set]}: {words[cell.state]}" + _more(cell)
                for cell in cells
            ]
            return {"today": found.today, "cells": [asdict(cell) for cell in cells]}, lines or [_("Nichts erwartet.")]

        with_project(folder, json, work)


def _more(cell: Any) -> str:
    parts = [cell.owner, _("bis {due}").format(due=cell.due) if cell.due else "", cell.note]
    text = ", ".join(part for part in parts if part)
    return f" ({text})" if text else ""


def _request(app: typer.Typer, option: dict[str, Any]) -> None:
    @app.command(help=_("Daten anfordern: Brief, leeres Formblatt und Termin in einen Ordner schreiben."))
    def request(
        folder: Annotated[Path, option["folder"]],
        data_set: Annotated[str, typer.Argument(help=_("Schlüssel des Datensatzes"), show_default=False)],
        year: Annotated[str, typer.Argument(help=_("Jahr des Stichtags"), show_default=False)],
        out: Annotated[Path, typer.Argument(help=_("Zielordner"), show_default=False)],
        municipality: Annotated[
            list[str] | None,
            typer.Option("--municipality", help=_("Schlüssel der Gemeinde; sonst alle"), show_default=False),
        ] = None,
        due: Annotated[str, typer.Option("--due", help=_("Frist wie 2026-06-30"), show_default=False)] = "",
        column: Annotated[
            list[str] | None,
            typer.Option("--column", help=_("Spalte, wenn es keine Einleseregel gibt"), show_default=False),
        ] = None,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from sozialraum.workflow import request_files, requesting

            made = requesting.request(
                project, data_set, municipality or (), year, due, columns=column or (), folder=out
            )
            files = [out / name for name in request_files.request_file_names(made).values()]
            result = {"request": made.request_id, "due": made.due, "files": files}
            return result, [_("Geschrieben: {file}").format(file=file) for file in files]

        with_project(folder, json, work)


def _query(app: typer.Typer, option: dict[str, Any]) -> None:
    group = typer.Typer(help=_("Rückfragen zu Lieferungen"), rich_markup_mode=None)
    app.add_typer(group, name="query")

    @group.command(help=_("Eine Rückfrage erstellen: Brief, Tabelle und Termin in einen Ordner schreiben."))
    def ask(
        folder: Annotated[Path, option["folder"]],
        review: Annotated[str, typer.Argument(help=_("Schlüssel der eingegangenen Datei"), show_default=False)],
        out: Annotated[Path, typer.Argument(help=_("Zielordner"), show_default=False)],
        finding: Annotated[
            list[str] | None,
            typer.Option("--finding", help=_("Schlüssel des Befunds; sonst alle offenen"), show_default=False),
        ] = None,
        due: Annotated[str, typer.Option("--due", help=_("Frist wie 2026-06-30"), show_default=False)] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from sozialraum.workflow import asking, query_files, receiving

            open_ones = [one.id for one in receiving.review(project, review).findings if one.is_open and not one.asked]
            query = asking.ask(project, review, finding or open_ones, due, folder=out)
            files = [out / name for name in query_files.file_names(query).values()]
            result = {"query": query.query_id, "due": query.due, "files": files}
            return result, [_("Geschrieben: {file}").format(file=file) for file in files]

        with_project(folder, json, work)

    @group.command("list", help=_("Alle Rückfragen mit Stand und Frist."))
    def show(
        folder: Annotated[Path, option["folder"]],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from sozialraum.workflow import query_records

            words = query_records.state_words()
            found = query_records.queries(project)
            lines = [
                _("{key}  {state}, bis {due}: {title} ({file})").format(
                    key=one.query_id, state=words[one.state], due=one.due, title=one.title, file=one.file_name
                )
                for one in found
            ]
            rows = [
                {"query": one.query_id, "state": one.state, "due": one.due, "review": one.review_id,
                 "findings": [question.asked.finding for question in one.questions]}
                for one in found
            ]  # fmt: skip
            return {"queries": rows}, lines or [_("Keine Rückfragen.")]

        with_project(folder, json, work)

    @group.command(help=_("Eine beantwortete Tabelle einlesen."))
    def read(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("zurückgekommene Tabelle"), show_default=False)],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from sozialraum.workflow import asking

            query = asking.read_answers(project, file)
            answered = sum(bool(one.answer) for one in query.questions)
            said = _("Rückfrage {key}: {answered} von {all} Fragen beantwortet.")
            lines = [said.format(key=query.query_id, answered=answered, all=len(query.questions))]
            result = {"query": query.query_id, "state": query.state, "answered": answered}
            return result, lines + [finding.sentence() for finding in query.left]

        with_project(folder, json, work)


def day_or_today(text: str) -> str:
    """An ISO day, today when none is named. Raises UsageError when it is none."""
    if not text:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(_("„{due}“ ist kein Datum.").format(due=text)) from None
