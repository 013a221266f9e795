"""`sozialraum street-grid`: write the two files of the employment agency, and check files written elsewhere.

Annotations are evaluated while the commands are built, so that their help speaks the current language;
this file must not postpone them.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import InputRefused, _, plural
from sozialraum.base.numbers import count
from sozialraum.cli.output import run_guarded, say

SHOWN_AT_MOST = 40


def add_street_grid(app: typer.Typer) -> None:
    """Register the commands."""
    grid = typer.Typer(help=_("Straßenraster der Agentur für Arbeit"), rich_markup_mode=None)
    app.add_typer(grid, name="street-grid")

    @grid.command("export", help=_("Die beiden Dateien des Straßenrasters schreiben."))
    def export(
        folder: Annotated[Path, typer.Argument(help=_("Projektordner"), show_default=False)],
        out: Annotated[Path, typer.Argument(help=_("Ordner für die Dateien"), show_default=False)],
        plan: Annotated[str, typer.Option("--plan", help=_("Kennung des Plans"), show_default=False)] = "",
        confirm: Annotated[
            bool, typer.Option("--confirm-groups", help=_("vorgeschlagene Liefergruppen bestätigen"))
        ] = False,
        json: Annotated[bool, typer.Option("--json", help=_("Ausgabe für Programme"))] = False,
        language: Annotated[str, typer.Option("--lang", help=_("Sprache: de oder en"), show_default=False)] = "",
    ) -> None:
        def work() -> None:
            from sozialraum import workflow
            from sozialraum.project import Project

            with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
                lines = workflow.write_street_grid(project, out, plan, confirm=confirm)
            say({"folder": out}, lines, json)

        raise typer.Exit(run_guarded(work, json))

    @grid.command("check", help=_("Dateien eines Straßenrasters prüfen, wo immer sie geschrieben wurden."))
    def check(
        files: Annotated[
            list[Path],
            typer.Argument(help=_("Projektordner, Ordner mit den Dateien, oder Dateien"), metavar=_("PFAD")),
        ],
        form_of: Annotated[
            Path | None,
            typer.Option("--project", help=_("Projekt, dessen Einstellungen gelten"), show_default=False),
        ] = None,
        json: Annotated[bool, typer.Option("--json", help=_("Ausgabe für Programme"))] = False,
        language: Annotated[str, typer.Option("--lang", help=_("Sprache: de oder en"), show_default=False)] = "",
    ) -> None:
        raise typer.Exit(run_guarded(lambda: _check(files, form_of, json), json))


def _check(files: list[Path], form_of: Path | None, as_json: bool) -> None:
    from sozialraum import workflow
    from sozialraum.project import Project

    only = files[0] if len(files) == 1 and Project.exists(files[0]) else None
    form = None
    if only or form_of:
        with Project.open(only or form_of or files[0], purpose=_("Befehl im Terminal")) as project:
            form = workflow.street_grid_format(project)
            contents = (
                workflow.street_grid_files(project, keep=False) if only else workflow.street_grid_to_check(files, form)
            )
    else:
        contents = workflow.street_grid_to_check(files)
    findings = workflow.check_street_grid(contents, form)
    if findings:
        raise Faulty(findings)
    names = ", ".join(contents)
    say({"findings": [], "files": list(contents)}, [_("Ohne Befund: {names}.").format(names=names)], as_json)


class Faulty(InputRefused):
    """Files with findings, each with its file and line."""

    shown_at_most = SHOWN_AT_MOST

    def __init__(self, findings: list[Any]) -> None:
        text = plural("1 Befund im Straßenraster.", "{n} Befunde im Straßenraster.", len(findings))
        super().__init__(text.format(n=count(len(findings))), findings)

    def text(self) -> str:
        lines = [self.headline]
        lines += [f"  {finding.file}, {finding.sentence()}" for finding in self.findings[: self.shown_at_most]]
        more = len(self.findings) - self.shown_at_most
        if more > 0:
            lines.append("  " + _("… und {count} weitere Befunde.").format(count=count(more)))
        return "\n".join(lines)
