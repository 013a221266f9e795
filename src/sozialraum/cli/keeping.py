"""`sozialraum check`, `backup`, `restore`: looking after a project.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import ProjectRefused, _, quoted
from sozialraum.cli.output import run_guarded, say


def add_keeping(app: typer.Typer, option: dict[str, Any]) -> None:
    """Register the commands."""
    folder, as_json, lang = option["folder"], option["json"], option["lang"]

    @app.command(help=_("Prüfen, ob das Projekt vollständig und unbeschädigt ist."))
    def check(
        folder: Annotated[Path, folder], json: Annotated[bool, as_json] = False, language: Annotated[str, lang] = ""
    ) -> None:
        def work() -> None:
            from sozialraum.project import Project

            findings = Project.check(folder)
            if findings:
                raise ProjectRefused("\n".join(finding.sentence() for finding in findings))
            say({"findings": []}, [_("Alles in Ordnung: {folder}").format(folder=folder)], json)

        raise typer.Exit(run_guarded(work, json))

    @app.command(help=_("Das ganze Projekt in eine Datei sichern."))
    def backup(
        folder: Annotated[Path, folder],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei"), show_default=False)],
        with_restricted: Annotated[
            bool, typer.Option("--with-restricted", help=_("auch Dateien, die nicht öffentlich sind"))
        ] = False,
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        def work() -> None:
            from sozialraum.project import Project
            from sozialraum.project.archive import left_out

            Project.backup(folder, file, restricted=with_restricted)
            absent = left_out(file)
            say({"file": file, "left_out": absent}, [_("Gesichert: {file}").format(file=file), *_absent(absent)], json)

        raise typer.Exit(run_guarded(work, json))

    @app.command(help=_("Eine Sicherung in einen leeren Ordner zurückholen."))
    def restore(
        file: Annotated[Path, typer.Argument(help=_("Datei der Sicherung"), show_default=False)],
        folder: Annotated[Path, folder],
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        def work() -> None:
            from sozialraum.project import Project
            from sozialraum.project.archive import left_out

            Project.restore(file, folder)
            absent, done = left_out(file), _("Zurückgeholt: {folder}").format(folder=folder)
            say({"folder": folder, "left_out": absent}, [done, *_absent(absent)], json)

        raise typer.Exit(run_guarded(work, json))


def _absent(names: Sequence[str]) -> list[str]:
    """Which delivered files a backup does not hold; their values are in it."""
    if not names:
        return []
    shown = ", ".join(quoted(name) for name in names)
    return [_("Nicht in der Sicherung, weil nicht öffentlich: {files}.").format(files=shown)]
