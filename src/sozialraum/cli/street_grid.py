"""`sozialraum street-grid export|form|check`: write the two files of the employment agency, hand their form on, check.

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
    form_option = typer.Option("--form", help=_("Form der Dateien aus einer Einstellungsdatei"), show_default=False)

    @grid.command("export", help=_("Die beiden Dateien des Straßenrasters schreiben."))
    def export(
        folder: Annotated[Path, typer.Argument(help=_("Projektordner"), show_default=False)],
        out: Annotated[Path, typer.Argument(help=_("Ordner für die Dateien"), show_default=False)],
        plan: Annotated[str, typer.Option("--plan", help=_("Kennung des Plans"), show_default=False)] = "",
        confirm: Annotated[
            bool, typer.Option("--confirm-groups", help=_("vorgeschlagene Liefergruppen bestätigen"))
        ] = False,
        form: Annotated[Path | None, form_option] = None,
        json: Annotated[bool, typer.Option("--json", help=_("Ausgabe für Programme"))] = False,
        language: Annotated[str, typer.Option("--lang", help=_("Sprache: de oder en"), show_default=False)] = "",
    ) -> None:
        def work() -> None:
            from sozialraum import street_grid, workflow
            from sozialraum.project import Project

            wanted = None if form is None else street_grid.read_form(form)
            with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
                lines = workflow.write_street_grid(project, out, plan, confirm=confirm, form=wanted)
            say({"folder": out}, lines, json)

        raise typer.Exit(run_guarded(work, json))

    @grid.command("form", help=_("Die geltende Form der Dateien als Einstellungsdatei schreiben, zum Weitergeben."))
    def form_of_files(
        folder: Annotated[Path, typer.Argument(help=_("Projektordner"), show_default=False)],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei (.toml)"), show_default=False)],
        json: Annotated[bool, typer.Option("--json", help=_("Ausgabe für Programme"))] = False,
        language: Annotated[str, typer.Option("--lang", help=_("Sprache: de oder en"), show_default=False)] = "",
    ) -> None:
        def work() -> None:
            from sozialraum import workflow
            from sozialraum.project import Project
            from sozialraum.workflow.street_grid_files import write_street_grid_form

            with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
                write_street_grid_form(workflow.street_grid_format(project), file)
            say({"file": file}, [_("Geschrieben: {file}").format(file=file)], json)

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
        form: Annotated[Path | None, form_option] = None,
        json: Annotated[bool, typer.Option("--json", help=_("Ausgabe für Programme"))] = False,
        language: Annotated[str, typer.Option("--lang", help=_("Sprache: de oder en"), show_default=False)] = "",
    ) -> None:
        raise typer.Exit(run_guarded(lambda: _check(files, form_of, form, json), json))


def _check(files: list[Path], form_of: Path | None, form_file: Path | None, as_json: bool) -> None:
    from sozialraum import street_grid, workflow
    from sozialraum.project import Project

    form = None if form_file is None else street_grid.read_form(form_file)
    only = files[0] if len(files) == 1 and Project.exists(files[0]) else None
    contents: dict[str, bytes] | None = None
    if only or form_of:
        with Project.open(only or form_of or files[0], purpose=_("Befehl im Terminal")) as project:
            form = form or workflow.street_grid_format(project)
            if only:
                contents = workflow.street_grid_files(project, keep=False, form=form)
    contents = contents or workflow.street_grid_to_check(files, form)
    findings = workflow.check_street_grid(contents, form)
    if any(finding.severity != "note" for finding in findings):
        raise Faulty(findings)
    names = ", ".join(contents)
    said = [f"{finding.file}: {finding.sentence()}" for finding in findings]
    say(
        {"findings": [], "notes": said, "files": list(contents)},
        [_("Ohne Befund: {names}.").format(names=names), *said],
        as_json,
    )


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
