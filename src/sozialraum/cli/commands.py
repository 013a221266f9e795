"""The commands and their arguments; the work itself stands in `workflow`.

Annotations are evaluated while the commands are built, so that their help speaks the
current language; this file must not postpone them.
"""

import contextlib
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import _
from sozialraum.cli.addresses import add_addresses
from sozialraum.cli.benefits import add_benefits
from sozialraum.cli.blocks import add_blocks
from sozialraum.cli.change import add_change
from sozialraum.cli.consultation import add_consultation
from sozialraum.cli.country import add_country
from sozialraum.cli.deliveries import add_deliveries
from sozialraum.cli.exchange import add_exchange
from sozialraum.cli.geographies import add_geographies
from sozialraum.cli.keeping import add_keeping
from sozialraum.cli.numbers import areas_wanted
from sozialraum.cli.output import Lines, run_guarded, say
from sozialraum.cli.phrases import translate_help, translate_usage_error
from sozialraum.cli.plans import add_plans
from sozialraum.cli.printing import add_printing
from sozialraum.cli.recipe_draft import add_recipe_group
from sozialraum.cli.recipes import add_recipes
from sozialraum.cli.requests import add_requests
from sozialraum.cli.starting import add_starting
from sozialraum.cli.street_grid import add_street_grid
from sozialraum.cli.trace import add_trace

# Every wrong call is one of these; the library names the class only by its descendants.
WrongCall: Any = typer.BadParameter.__mro__[2]


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code: 0, 2, 3, 4, 5 or 130."""
    if "--help" in arguments:
        return _help(arguments)
    try:
        code = build()(args=list(arguments), prog_name="sozialraum", standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except WrongCall as error:
        print(translate_usage_error(error.format_message()), file=sys.stderr)
        print(_("Hilfe: sozialraum --help"), file=sys.stderr)
        return 2
    return code if isinstance(code, int) else 0


def _help(arguments: Sequence[str]) -> int:
    page = io.StringIO()
    with contextlib.redirect_stdout(page):
        try:
            build()(args=list(arguments), prog_name="sozialraum", standalone_mode=False)
        except WrongCall as error:
            print(translate_usage_error(error.format_message()), file=sys.stderr)
            return 2
        except SystemExit:
            pass
    print(translate_help(page.getvalue()), end="")
    return 0


def build() -> typer.Typer:
    """The command line in the current language."""
    app = typer.Typer(
        help=_("Integrierte Sozialplanung: Gebiete, Daten, Indikatoren, Bedarf, Freigabe, Bericht."),
        epilog=_(
            "Rückgabewerte: 0 in Ordnung, 2 falscher Aufruf, 3 Eingabe abgelehnt, 4 kein Plan möglich, "
            "5 Freigabe abgelehnt, 130 abgebrochen."
        ),
        no_args_is_help=False,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    add_starting(app, _finish, _options())
    _data(app)
    _results(app)
    add_keeping(app, _options())
    add_country(app)
    add_street_grid(app)
    add_addresses(app, _finish_with_project, _options())
    add_deliveries(app, _options())
    add_printing(app, _options())
    add_consultation(app, _finish_with_project, _options())
    add_trace(app, _options())
    add_change(app, _options())
    add_recipes(add_recipe_group(app), _options())
    add_requests(app, _options())
    add_benefits(app, _options())
    add_geographies(app, _finish_with_project, _options())
    return app


def _options() -> dict[str, Any]:
    return {
        "folder": typer.Argument(help=_("Ordner des Projekts"), show_default=False),
        "json": typer.Option("--json", help=_("Ausgabe für Programme")),
        "lang": typer.Option("--lang", help=_("Sprache: de oder en"), show_default=False),
    }


def _data(app: typer.Typer) -> None:
    option = _options()
    folder, as_json, lang = option["folder"], option["json"], option["lang"]
    blocks = typer.Typer(help=_("Bausteine"), rich_markup_mode=None)
    app.add_typer(blocks, name="blocks")

    @blocks.command("import", help=_("Bausteine, Gemeinden und Linien einlesen."))
    def import_blocks(
        folder: Annotated[Path, folder],
        file: Annotated[Path, typer.Argument(help=_("Datei mit den Bausteinen"), show_default=False)],
        layer: Annotated[str, typer.Option("--layer", help=_("Ebene der Bausteine in der Datei"))] = "blocks",
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        _finish_with_project(
            folder, json, lambda work, project, progress: work.import_blocks(project, file, layer, progress)
        )

    @app.command(help=_("Eine gelieferte Datei aufnehmen."))
    def deliver(
        folder: Annotated[Path, folder],
        file: Annotated[Path, typer.Argument(help=_("gelieferte Datei"), show_default=False)],
        recipe: Annotated[
            str, typer.Option("--recipe", help=_("Einleseregel; ohne Angabe wird sie erkannt"), show_default=False)
        ] = "",
        date: Annotated[
            str, typer.Option("--date", help=_("Stichtag, wenn die Datei keinen nennt"), show_default=False)
        ] = "",
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        _finish_with_project(
            folder, json, lambda work, project, progress: work.deliver(project, file, recipe or None, progress, date)
        )

    @app.command(help=_("Gebiete vorschlagen, für alle Gemeinden oder eine."))
    def propose(
        folder: Annotated[Path, folder],
        municipality: Annotated[
            str, typer.Option("--municipality", help=_("Schlüssel der Gemeinde"), show_default=False)
        ] = "",
        areas: Annotated[
            str, typer.Option("--areas", help=_("Zahl der Gebiete oder Spanne wie 12-15"), show_default=False)
        ] = "",
        seed: Annotated[int, typer.Option("--seed", help=_("Startzahl; gleiche Zahl, gleicher Vorschlag"))] = 0,
        compactness: Annotated[
            float, typer.Option("--compactness", help=_("Gewicht kompakter Formen, 0 = ohne"))
        ] = 1.5,
        barriers: Annotated[
            float, typer.Option("--barriers", help=_("Gewicht von Grenzen an Fluss, Bahn und Autobahn, 0 = ohne"))
        ] = 1.0,
        change: Annotated[float, typer.Option("--change", help=_("Gewicht des bisherigen Zuschnitts, 0 = ohne"))] = 0.0,
        effort: Annotated[
            str, typer.Option("--effort", help=_("Gründlichkeit: draft, standard, thorough oder exact"))
        ] = "standard",
        workers: Annotated[int, typer.Option("--workers", help=_("Zahl der Prozesse"), min=1)] = 1,
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        def work(work: Any, project: Any, progress: Lines) -> list[str]:
            from sozialraum.delineation import Wishes

            wishes = Wishes(compactness=compactness, barriers=barriers, change=change, effort=effort)
            plan = work.propose(
                project, municipality or None, areas_wanted(areas), seed, progress, wishes=wishes, workers=workers
            )
            return list(work.plan_sentences(plan, project))

        _finish_with_project(folder, json, work)

    plan = typer.Typer(help=_("Pläne"), rich_markup_mode=None)
    app.add_typer(plan, name="plan")

    add_exchange(plan, blocks, _finish_with_project, option)
    add_blocks(blocks, _finish_with_project, option)
    add_plans(app, plan, _finish_with_project, option)

    @plan.command("adopt", help=_("Den beschlossenen Plan einer Gemeinde übernehmen."))
    def adopt(
        folder: Annotated[Path, folder],
        municipality: Annotated[str, typer.Argument(help=_("Schlüssel der Gemeinde"), show_default=False)],
        file: Annotated[Path, typer.Argument(help=_("Tabelle block_id;area_id"), show_default=False)],
        names: Annotated[
            Path | None, typer.Option("--names", help=_("Tabelle area_id;code;name"), show_default=False)
        ] = None,
        json: Annotated[bool, as_json] = False,
        language: Annotated[str, lang] = "",
    ) -> None:
        _finish_with_project(
            folder, json, lambda work, project, progress: work.adopt_plan(project, municipality, file, names, progress)
        )


def _results(app: typer.Typer) -> None:
    option = _options()
    folder, as_json, lang = option["folder"], option["json"], option["lang"]

    @app.command(help=_("Indikatoren, Index, Bedarf und Freigabe rechnen."))
    def compute(
        folder: Annotated[Path, folder], json: Annotated[bool, as_json] = False, language: Annotated[str, lang] = ""
    ) -> None:
        _finish_with_project(folder, json, lambda work, project, progress: work.compute(project, progress))

    @app.command(help=_("Den Bericht schreiben: PDF, Internetseite und Arbeitsmappe."))
    def report(
        folder: Annotated[Path, folder], json: Annotated[bool, as_json] = False, language: Annotated[str, lang] = ""
    ) -> None:
        def work(work: Any, project: Any, progress: Lines) -> list[str]:
            release = work.report(project, language or None, progress)
            return [_("Bericht: {file}").format(file=release / "report.pdf")]

        _finish_with_project(folder, json, work)


def _finish(code: int) -> None:
    raise typer.Exit(code)


def _finish_with_project(folder: Path, as_json: bool, work: Callable[[Any, Any, Lines], list[str]]) -> None:
    """Open the project, do the work, close it, print its lines."""

    def guarded() -> None:
        from sozialraum import workflow
        from sozialraum.project import Project

        progress = Lines(quiet=as_json)
        with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
            lines = work(workflow, project, progress)
        say({"folder": folder}, lines, as_json)

    _finish(run_guarded(guarded, as_json))


__all__ = ["build", "run"]
