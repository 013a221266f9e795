"""`sozialraum benefits list|export|import`: names of benefits by period of validity, without a screen.

Annotations are evaluated while the commands are built, so that their help speaks the current language;
this file must not postpone them.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import _
from sozialraum.cli.requests import with_project


def add_benefits(app: typer.Typer, option: dict[str, Any]) -> None:
    """Register the commands."""
    group = typer.Typer(help=_("Namen von Leistungen: wie eine Leistung wann heißt"), rich_markup_mode=None)
    app.add_typer(group, name="benefits")

    @group.command("list", help=_("Alle Namen mit ihrer Geltung nennen."))
    def show(
        folder: Annotated[Path, option["folder"]],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from dataclasses import asdict

            from sozialraum.workflow.benefit_rows import last_days, validity
            from sozialraum.workflow.benefits import benefit_names

            rows = benefit_names(project)
            ends = last_days(rows)
            lines = [f"{row.title}: {row.de} ({validity(row, ends[row])})" for row in rows]
            return {"names": [asdict(row) for row in rows]}, lines

        with_project(folder, json, work)

    @group.command("export", help=_("Alle Namen als Excel-Datei schreiben."))
    def export(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei (.xlsx)"), show_default=False)],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from sozialraum.base.whole_files import write_whole
            from sozialraum.workflow.benefit_round_trip import names_workbook

            write_whole({file: names_workbook(project)})
            return {"file": file}, [_("Geschrieben: {file}").format(file=file)]

        with_project(folder, json, work)

    @group.command("import", help=_("Geänderte Namen aus einer Excel-Datei übernehmen."))
    def take_in(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("Excel-Datei der Namen"), show_default=False)],
        look: Annotated[bool, typer.Option("--look", help=_("nur sagen, was sich ändern würde"))] = False,
        role: Annotated[str, typer.Option("--role", help=_("wer entscheidet"))] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(project: Any) -> tuple[dict[str, Any], list[str]]:
            from sozialraum.project.settings import DEFAULT_ROLE
            from sozialraum.workflow import benefit_round_trip as trip

            found = trip.read_names(project, file) if look else trip.apply_names(project, file, role or DEFAULT_ROLE)
            words = {"new": _("neu"), "changed": _("geändert"), "gone": _("entfällt")}
            lines = [f"{words[kind]}: {title}" + (f" – {what}" if what else "") for kind, title, what in found.lines]
            rows = [{"kind": kind, "title": title, "what": what} for kind, title, what in found.lines]
            return {"changes": rows, "saved": not look and bool(rows)}, lines or [_("Nichts geändert.")]

        with_project(folder, json, work)
