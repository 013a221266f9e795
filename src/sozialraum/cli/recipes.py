"""`sozialraum recipe list|export|import`: recipes ("Einleseregeln") as workbooks, without a screen.

Annotations are evaluated while the commands are built, so that their help speaks the current language;
this file must not postpone them.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _
from sozialraum.cli.output import run_guarded, say


def add_recipes(group: typer.Typer, option: dict[str, Any]) -> None:
    """Register the commands in the group `recipe`."""
    project = typer.Option("--project", help=_("auch die eigenen Einleseregeln dieses Projekts"), show_default=False)

    @group.command("list", help=_("Nennen, welche Quellen gelesen werden können."))
    def show(
        folder: Annotated[Path | None, project] = None,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work() -> None:
            found = sorted(_known(folder), key=lambda recipe: recipe.code)
            rows = [{"code": one.code, "title": _(one.title), "source": one.source, "version": one.version,
                     "formats": list(one.formats), "specimen": one.specimen} for one in found]  # fmt: skip
            without = _(" (ohne Muster)")
            say({"recipes": rows},
                [f"{one.code}  {_(one.title)}{'' if one.specimen else without}" for one in found], json)  # fmt: skip

        raise typer.Exit(run_guarded(work, json))

    @group.command("export", help=_("Eine Einleseregel als Excel-Datei schreiben."))
    def export(
        code: Annotated[str, typer.Argument(help=_("Kurzname, siehe recipe list"), show_default=False)],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei (.xlsx)"), show_default=False)],
        folder: Annotated[Path | None, project] = None,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work() -> None:
            from sozialraum.base.whole_files import write_whole
            from sozialraum.deliveries.recipe_sheets import recipe_workbook
            from sozialraum.workflow.recipe_keeping import feature_titles

            known = {recipe.code: recipe for recipe in _known(folder)}
            if code not in known:
                raise UsageError(_("Die Einleseregel „{code}“ gibt es nicht.").format(code=code))
            write_whole({file: recipe_workbook(known[code], feature_titles())})
            say({"file": file, "code": code}, [_("Geschrieben: {file}").format(file=file)], json)

        raise typer.Exit(run_guarded(work, json))

    @group.command("import", help=_("Eine Einleseregel aus einer Excel-Datei in ein Projekt übernehmen."))
    def take_in(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("Excel-Datei der Einleseregel"), show_default=False)],
        look: Annotated[bool, typer.Option("--look", help=_("nur sagen, was sich ändern würde"))] = False,
        role: Annotated[str, typer.Option("--role", help=_("wer entscheidet"))] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work() -> None:
            from sozialraum.project import Project
            from sozialraum.project.settings import DEFAULT_ROLE
            from sozialraum.workflow import recipe_keeping

            with Project.open(folder, purpose=_("Befehl im Terminal")) as opened:
                change = recipe_keeping.changed_recipe(opened, "", file)
                if not look:
                    recipe_keeping.keep_change(opened, change, role or DEFAULT_ROLE)
            said = list(change.sentences) or [_("Nichts geändert.")]
            if change.sentences and not look:
                said.append(_("Gespeichert als Fassung {version}.").format(version=_version(change.after)))
            say({"code": change.after.code, "changes": list(change.sentences), "saved": not look}, said, json)

        raise typer.Exit(run_guarded(work, json))


def _version(recipe: Any) -> int:
    return int(recipe.version)


def _known(folder: Path | None) -> list[Any]:
    """The shipped recipes, or all a project knows."""
    from sozialraum import deliveries

    if folder is None:
        return list(deliveries.recipes())
    from sozialraum.project import Project

    with Project.open(folder, purpose=_("Befehl im Terminal")) as opened:
        return list(opened.recipes())
