"""`sozialraum print work-map` and `sozialraum print compare`: sheets of paper as PDF.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import _
from sozialraum.cli.output import run_guarded, say


def add_printing(app: typer.Typer, option: dict[str, Any]) -> None:
    """Register the commands."""
    group = typer.Typer(help=_("Drucken"), rich_markup_mode=None)
    app.add_typer(group, name="print")
    paper = typer.Option("--paper", help=_("Papier: A3 oder A1"))
    _work_map(group, option, paper)
    _compare(group, option, paper)


def _work_map(group: typer.Typer, option: dict[str, Any], paper: Any) -> None:
    @group.command("work-map", help=_("Die Arbeitskarte einer Gemeinde im wahren Maßstab als PDF schreiben."))
    def work_map(
        folder: Annotated[Path, option["folder"]],
        municipality: Annotated[str, typer.Argument(help=_("Schlüssel der Gemeinde"), show_default=False)],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei"), show_default=False)],
        size: Annotated[str, paper] = "A3",
        plan: Annotated[
            str,
            typer.Option("--plan", help=_("Plan oder Fassung; ohne Angabe der geltende Plan"), show_default=False),
        ] = "",
        scale: Annotated[
            int, typer.Option("--scale", help=_("Maßstabszahl wie 10000; ohne Angabe passend"), show_default=False)
        ] = 0,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> bytes:
            from sozialraum.workflow import printing

            return printing.work_map(
                project, municipality, paper=size, plan=plan, scale=scale, language=language or None
            )

        _written(folder, file, json, work)


def _compare(group: typer.Typer, option: dict[str, Any], paper: Any) -> None:
    @group.command("compare", help=_("Zwei Pläne als Karten vorher und nachher drucken."))
    def compare(
        folder: Annotated[Path, option["folder"]],
        old: Annotated[str, typer.Argument(help=_("Schlüssel des früheren Plans"), show_default=False)],
        new: Annotated[str, typer.Argument(help=_("Schlüssel des späteren Plans"), show_default=False)],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei"), show_default=False)],
        municipality: Annotated[
            str,
            typer.Option("--municipality", help=_("nur diese Gemeinde, nach ihrem Schlüssel"), show_default=False),
        ] = "",
        size: Annotated[str, paper] = "A3",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> bytes:
            from sozialraum.workflow import printing

            return printing.comparison_sheets(
                project, old, new, ags=municipality, paper=size, language=language or None
            )

        _written(folder, file, json, work)


def _written(folder: Path, file: Path, as_json: bool, make: Any) -> None:
    """Open the project, make the sheets, write the file whole or not at all."""

    def work() -> None:
        from sozialraum.project import Project
        from sozialraum.workflow import printing

        with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
            content = make(project)
        printing.write_file(file, content)
        say({"file": file}, [_("Geschrieben: {file}").format(file=file)], as_json)

    raise typer.Exit(run_guarded(work, as_json))
