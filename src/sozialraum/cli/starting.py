"""Commands to begin with: a new project, the example, the application in the browser.

Annotations are evaluated while the commands are built, so that their help speaks the current language; this file must
not postpone them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import _
from sozialraum.cli.output import Lines, run_guarded, say

DEFAULT_DEMO = Path("sozialraum-demo")


def add_starting(app: typer.Typer, finish: Callable[[int], None], option: dict[str, Any]) -> None:
    """Add the commands to the application."""
    folder, as_json, lang = option["folder"], option["json"], option["lang"]

    @app.callback(invoke_without_command=True)
    def start(
        context: typer.Context,
        language: Annotated[str, lang] = "",
        version: Annotated[bool, typer.Option("--version", help=_("Fassung nennen"))] = False,
    ) -> None:
        if version:
            from sozialraum import __version__

            print(f"sozialraum {__version__}")
            raise typer.Exit(0)
        if context.invoked_subcommand is None:
            _serve(finish, None, 0, True)

    @app.command(help=_("Ein neues, leeres Projekt anlegen."))
    def new(
        folder: Annotated[Path, folder],
        name: Annotated[str, typer.Option("--name", help=_("Name der Region"), show_default=False)] = "",
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        def work() -> None:
            from sozialraum import workflow
            from sozialraum.base import current_language

            project = workflow.create_project(folder, name=name or folder.name, language=current_language())
            project.close()
            say({"folder": folder}, [_("Projekt angelegt: {folder}").format(folder=folder)], json)

        finish(run_guarded(work, json))

    @app.command(help=_("Das Beispiel rechnen: ein erfundener Kreis, von den Bausteinen bis zum Bericht."))
    def demo(
        folder: Annotated[Path, typer.Argument(help=_("Ordner des Projekts"))] = DEFAULT_DEMO,
        with_city: Annotated[
            bool, typer.Option("--with-city", help=_("mit einer Großstadt als zehntem Mitglied"))
        ] = False,
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        def work() -> None:
            from sozialraum import workflow
            from sozialraum.base import current_language

            progress = Lines(quiet=json)
            release = workflow.demo(folder, with_city=with_city, language=current_language(), progress=progress)
            lines = [
                _("Fertig. Bericht: {file}").format(file=release / "report.pdf"),
                _("Ansehen: sozialraum serve {folder}").format(folder=folder),
            ]
            say({"folder": folder, "release": release, "stages": progress.said}, lines, json)

        finish(run_guarded(work, json))

    @app.command(help=_("Die Anwendung im Browser öffnen (nur auf diesem Rechner)."))
    def serve(
        folder: Annotated[Path | None, typer.Argument(help=_("Ordner des Projekts"), show_default=False)] = None,
        port: Annotated[int, typer.Option(help=_("Nummer des Anschlusses, 0 = frei gewählt"))] = 0,
        host: Annotated[str, typer.Option(help=_("Adresse; andere als dieser Rechner werden abgelehnt"))] = "127.0.0.1",
        browser: Annotated[bool, typer.Option("--browser/--no-browser", help=_("Browser öffnen"))] = True,
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        _serve(finish, folder, port, browser, host, json)


def _serve(
    finish: Callable[[int], None],
    folder: Path | None,
    port: int,
    browser: bool,
    host: str = "127.0.0.1",
    as_json: bool = False,
) -> None:
    def work() -> None:
        from sozialraum.web import serve

        announce = (lambda address: say({"address": address}, [], True)) if as_json else None
        serve(folder, port=port, open_browser=browser, host=host, announce=announce)

    finish(run_guarded(work, as_json))
