"""`sozialraum propose-country`: areas for every municipality of a grid.

Annotations are evaluated while the command is built, so that its help speaks the current language;
this file must not postpone them.
"""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import Interrupted, _, plural
from sozialraum.base.numbers import count
from sozialraum.cli.output import STOP, run_guarded, say


class Bar:
    """Progress as one bar with the time left, on the terminal; where there is none, a line per tenth."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.text, self.tenth = "", -1
        self.bar: Any = None

    def stage(self, text: str) -> None:
        STOP.heed()
        self.text = text
        if not self.quiet:
            print(text, file=sys.stderr, flush=True)

    def step(self, done: int, total: int) -> None:
        STOP.heed()
        if self.quiet:
            return
        if sys.stderr.isatty():
            self._draw(done, total)
        elif 10 * done // max(total, 1) > self.tenth:
            self.tenth = 10 * done // max(total, 1)
            print(_("{done} von {total} Zellen").format(done=count(done), total=count(total)), file=sys.stderr)

    def done(self, text: str) -> None:
        STOP.heed()

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()

    def _draw(self, done: int, total: int) -> None:
        if self.bar is None:
            self.bar = _rich_bar()
            # what was there before counts as begun, not as work of this minute
            self.bar.add_task(_("Zellen"), total=total, completed=done)
            self.bar.start()
        else:
            self.bar.update(0, completed=done)


def _rich_bar() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(complete_style="blue", finished_style="blue"),
        TaskProgressColumn(),
        TextColumn(_("noch")),
        # tasks differ in size: an average over minutes, not over the last seconds
        TimeRemainingColumn(),
        console=Console(stderr=True),
        speed_estimate_period=300,
        refresh_per_second=2,
    )


def add_country(app: typer.Typer) -> None:
    """Register the command."""

    @app.command("propose-country", help=_("Gebiete für jede Gemeinde eines Landes vorschlagen."))
    def propose_country(
        grid: Annotated[Path, typer.Argument(help=_("Gitter der Zellen (Parquet)"), show_default=False)],
        out: Annotated[Path, typer.Argument(help=_("Ordner für die Ergebnisse"), show_default=False)],
        effort: Annotated[
            str, typer.Option("--effort", help=_("Aufwand: draft, standard, thorough oder exact"))
        ] = "standard",
        bounds: Annotated[
            tuple[float, float], typer.Option("--bounds", help=_("Einwohnerzahl je Gebiet, mindestens und höchstens"))
        ] = (700, 8500),
        target: Annotated[float, typer.Option("--target", help=_("angestrebte Einwohnerzahl"))] = 4500,
        scheduler: Annotated[
            str, typer.Option("--scheduler", help=_("Adresse eines Rechnerverbunds (dask)"), show_default=False)
        ] = "",
        workers: Annotated[
            int, typer.Option("--workers", help=_("Zahl der Prozesse; ohne Angabe alle"), show_default=False, min=0)
        ] = 0,
        seed: Annotated[int, typer.Option("--seed", help=_("Startzahl; gleiche Zahl, gleicher Vorschlag"))] = 0,
        json: Annotated[bool, typer.Option("--json", help=_("Ausgabe für Programme"))] = False,
        language: Annotated[str, typer.Option("--lang", help=_("Sprache: de oder en"), show_default=False)] = "",
    ) -> None:
        def work() -> None:
            from sozialraum import country

            rule = country.Rule(*bounds, target, effort, seed)
            bar = Bar(quiet=json)
            try:
                found = country.propose_country(
                    grid, out, rule, workers=workers or None, scheduler=scheduler, progress=bar
                )
            except KeyboardInterrupt:
                raise Interrupted(_stopped()) from None
            finally:
                bar.close()
            say(_figures(found, out), _lines(found, out), json)

        raise typer.Exit(run_guarded(work, json))


def _stopped() -> str:
    return _("Abgebrochen. Fertige Gemeinden bleiben erhalten; derselbe Befehl rechnet den Rest.")


def _figures(found: Any, out: Path) -> dict[str, Any]:
    names = ("municipalities", "divided", "whole", "too_small", "not_possible", "earlier", "areas", "ignored")
    return {"folder": out} | {name: getattr(found, name) for name in names}


def _lines(found: Any, out: Path) -> list[str]:
    """What a person reads at the end."""
    towns = plural("1 Gemeinde", "{n} Gemeinden", found.municipalities).format(n=count(found.municipalities))
    lines = [_("Fertig: {towns} in „{folder}“.").format(towns=towns, folder=out)]
    numbers = [
        (found.earlier, _("{n} lagen schon vor")),
        (found.divided, _("{n} in {areas} Gebiete geteilt")),
        (found.whole, _("{n} als ein einziges Gebiet")),
    ]
    areas = count(found.areas - found.whole)
    said = [text.format(n=count(number), areas=areas) for number, text in numbers if number]
    if said:
        lines.append(_("In diesem Lauf: {list}.").format(list=", ".join(said)))
    if found.too_small:
        lines.append(_("Unter der Mindestgröße und deshalb ein Gebiet: {n}.").format(n=count(found.too_small)))
    if found.not_possible:
        lines.append(_("Ohne Vorschlag: {n}.").format(n=count(found.not_possible)))
    if found.too_small or found.not_possible:
        lines.append(_("Gründe: {file}").format(file=out / "not_possible.csv"))
    if found.ignored:
        lines.append(_("Nicht verwendete Spalten: {names}.").format(names=", ".join(found.ignored)))
    return lines
