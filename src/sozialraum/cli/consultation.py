"""`sozialraum consultation write|read|reply`: the package of a municipality, the answers to it, the reply.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _

Finish = Callable[[Path, bool, Callable[[Any, Any, Any], list[str]]], None]


def add_consultation(app: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    """Register the commands. finish : opens the project, does the work, prints its lines."""
    group = typer.Typer(help=_("Mit Gemeinden abstimmen"), rich_markup_mode=None)
    app.add_typer(group, name="consultation")
    town = typer.Argument(help=_("Schlüssel der Gemeinde"), show_default=False)
    _write(group, finish, option, town)
    _read(group, finish, option)
    _reply(group, finish, option, town)


def _write(group: typer.Typer, finish: Finish, option: dict[str, Any], town: Any) -> None:
    @group.command(help=_("Das Abstimmungspaket einer Gemeinde schreiben: eine Datei, die ohne Netz läuft."))
    def write(
        folder: Annotated[Path, option["folder"]],
        municipality: Annotated[str, town],
        out: Annotated[Path, typer.Argument(help=_("Zielordner oder Zieldatei"), show_default=False)],
        draft: Annotated[
            str, typer.Option("--draft", help=_("Fassung; ohne Angabe der geltende Plan"), show_default=False)
        ] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow import consulting

            file = consulting.write_package(project, municipality, out, draft)
            return [_("Geschrieben: {file}").format(file=file)]

        finish(folder, json, work)


def _read(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command(help=_("Antworten einlesen, die in Abstimmungspaketen gespeichert wurden."))
    def read(
        folder: Annotated[Path, option["folder"]],
        files: Annotated[list[Path], typer.Argument(help=_("Dateien „antwort-….json“"), show_default=False)],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow import consulting

            return consulting.read_answers(project, files)

        finish(folder, json, work)


def _reply(group: typer.Typer, finish: Finish, option: dict[str, Any], town: Any) -> None:
    @group.command(help=_("Die Antwortliste für eine Gemeinde schreiben, als .pdf, .html oder .xlsx."))
    def reply(
        folder: Annotated[Path, option["folder"]],
        municipality: Annotated[str, town],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei"), show_default=False)],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow import consulting

            package = consulting.latest_package(project, municipality)
            if not package:
                raise UsageError(_("Für diese Gemeinde wurde noch kein Abstimmungspaket erstellt."))
            consulting.write_reply(project, package, file)
            return [_("Geschrieben: {file}").format(file=file)]

        finish(folder, json, work)
