"""`sozialraum change`: why a value changed between two editions.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _
from sozialraum.cli.output import run_guarded, say


def add_change(app: typer.Typer, option: dict[str, Any]) -> None:
    """Register the command."""

    @app.command(help=_("Sagen, warum sich ein Wert verändert hat: Grenzen, Festlegung, Bevölkerung oder Fälle."))
    def change(
        folder: Annotated[Path, option["folder"]],
        figure: Annotated[
            str, typer.Argument(help=_("INDIKATOR:GEBIET; GEBIET: Gebiet, Gemeinde oder region"), show_default=False)
        ],
        before: Annotated[str, typer.Option("--from", help=_("früherer Stichtag, sonst der vorletzte"))] = "",
        after: Annotated[str, typer.Option("--to", help=_("späterer Stichtag, sonst der letzte"))] = "",
        internal: Annotated[
            bool, typer.Option("--internal", help=_("auch in den Grenzen verborgener Zahlen; nicht weitergeben"))
        ] = False,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work() -> None:
            from sozialraum.project import Project
            from sozialraum.workflow.change_splitting import change as split

            indicator, unit = parts_of(figure)
            with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
                told = split(project, indicator, unit, before=before, after=after, internal=internal)
                record = told.as_record()
            said = [f"{told.title}, {told.name}", told.sentence, *(f"  {note}" for note in told.notes)]
            if internal:
                said.insert(0, _("Interne Ansicht: nicht weitergeben."))
            say({"folder": folder, "change": record}, said, json)

        raise typer.Exit(run_guarded(work, json))


def parts_of(figure: str) -> tuple[str, str]:
    """'share_under_6:05999004-03' as indicator and unit. Raises UsageError."""
    indicator, _colon, unit = (part.strip() for part in figure.partition(":"))
    if not indicator or not unit:
        raise UsageError(
            _("„{figure}“ ist kein Wert; erwartet wird zum Beispiel share_under_6:05999004-03.").format(figure=figure)
        )
    return indicator, unit
