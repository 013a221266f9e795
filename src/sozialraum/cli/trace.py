"""`sozialraum trace`: from a printed figure back to file, sheet, row and column.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _
from sozialraum.cli.output import run_guarded, say


def add_trace(app: typer.Typer, option: dict[str, Any]) -> None:
    """Register the command."""

    @app.command(help=_("Sagen, woher eine Zahl kommt: bis zu Datei, Blatt, Zeile und Spalte."))
    def trace(
        folder: Annotated[Path, option["folder"]],
        figure: Annotated[
            str,
            typer.Argument(
                help=_("NAME:GEBIET oder NAME:GEBIET:STICHTAG; NAME: Indikator, Merkmal, index oder supply"),
                show_default=False,
            ),
        ],
        internal: Annotated[
            bool, typer.Option("--internal", help=_("auch verborgene Zahlen und Teile zeigen; nicht weitergeben"))
        ] = False,
        every: Annotated[bool, typer.Option("--all", help=_("alle Stellen nennen, nicht nur die ersten"))] = False,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work() -> None:
            from sozialraum import workflow
            from sozialraum.project import Project
            from sozialraum.workflow.trace_steps import lines

            name, unit, period = parts_of(figure)
            with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
                kind, known = kind_of(project, name)
                limit = {} if not every else {"limit": None}
                found = workflow.trace(project, kind, known, unit, period, internal=internal, **limit)
            said = [_("Interne Ansicht: nicht weitergeben."), *lines(found)] if internal else lines(found)
            say({"folder": folder, "trace": found.as_record()}, said, json)

        raise typer.Exit(run_guarded(work, json))


def parts_of(figure: str) -> tuple[str, str, str]:
    """'share_under_6:05999004-03:2025-12-31' as name, unit, period ('' = the latest). Raises UsageError."""
    name, _colon, rest = figure.partition(":")
    unit, _colon, period = rest.partition(":")
    if not name or not unit:
        raise UsageError(
            _("„{figure}“ ist keine Zahl; erwartet wird zum Beispiel share_under_6:05999004-03 oder "
              "share_under_6:05999004-03:2025-12-31.").format(figure=figure)
        )  # fmt: skip
    return name.strip(), unit.strip(), period.strip()


def kind_of(project: Any, name: str) -> tuple[str, str]:
    """Which kind of figure a name is, and the name the trace wants: an indicator goes before a feature."""
    from sozialraum.indicators import definitions, features
    from sozialraum.workflow.catalogue import counting_as

    if name in ("index", "supply"):
        return name, ""
    with counting_as(project):
        if name in {definition.id for definition in definitions()}:
            return "indicator", name
        return ("count" if name in features() else "indicator"), name
