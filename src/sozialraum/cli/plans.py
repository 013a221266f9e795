"""`sozialraum compare` and `sozialraum plan log`: two plans side by side, and what was done on plans.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import _
from sozialraum.cli.output import run_guarded, say

Finish = Callable[[Path, bool, Callable[[Any, Any, Any], list[str]]], None]


def add_plans(app: typer.Typer, plan: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    """Register the commands. finish : opens the project, does the work, prints its lines."""
    _compare(app, option)
    _log(plan, finish, option)


def _compare(app: typer.Typer, option: dict[str, Any]) -> None:
    @app.command(help=_("Zwei Pläne oder Fassungen vergleichen: Gebiete, Einwohner, Bausteine, Herkunft."))
    def compare(
        folder: Annotated[Path, option["folder"]],
        old: Annotated[str, typer.Argument(help=_("Schlüssel des früheren Plans"), show_default=False)],
        new: Annotated[str, typer.Argument(help=_("Schlüssel des späteren Plans"), show_default=False)],
        table: Annotated[
            Path | None, typer.Option("--csv", help=_("Tabellen mit Semikolon schreiben"), show_default=False)
        ] = None,
        xlsx: Annotated[
            Path | None, typer.Option("--xlsx", help=_("Arbeitsmappe schreiben"), show_default=False)
        ] = None,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work() -> None:
            from sozialraum import workflow
            from sozialraum.plans.comparison_files import refuse_folder, write_csv, write_xlsx
            from sozialraum.project import Project

            for wanted, ending in ((table, ".csv"), (xlsx, ".xlsx")):
                if wanted:
                    refuse_folder(wanted, ending)
            with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
                comparison = workflow.compare_plans(project, old, new).for_others()
            lines = workflow.comparison_lines(comparison)
            written = [
                *(write_csv(comparison, table) if table else []),
                *([write_xlsx(comparison, xlsx)] if xlsx else []),
            ]
            lines += [_("Geschrieben: {file}").format(file=file) for file in written]
            say(comparison.to_json(), lines, json)

        raise typer.Exit(run_guarded(work, json))


def _log(plan: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @plan.command("log", help=_("Die Geschichte der Pläne und Fassungen zeigen: Schritte, Gründe, Beschlüsse."))
    def log(
        folder: Annotated[Path, option["folder"]],
        key: Annotated[
            str,
            typer.Argument(help=_("Schlüssel eines Plans oder einer Fassung; ohne Angabe alle"), show_default=False),
        ] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        finish(folder, json, lambda work, project, progress: work.plan_log(project, key or None))
