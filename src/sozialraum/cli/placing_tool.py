"""`sozialraum addresses tool`: the Zuordnungswerkzeug as one file.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import _

Finish = Callable[[Path, bool, Callable[[Any, Any, Any], list[str]]], None]


def add_placing_tool(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    """Register the command in the group of addresses. finish : opens the project, does the work, prints its lines."""

    @group.command(help=_("Das Zuordnungswerkzeug schreiben: eine Datei, die Adresslisten ohne Netz auszählt."))
    def tool(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("Zielordner oder Zieldatei"), show_default=False)],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.placing_tool import write_placing_tool

            return [_("Geschrieben: {file}").format(file=write_placing_tool(project, file))]

        finish(folder, json, work)
