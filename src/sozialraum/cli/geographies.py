"""`sozialraum geographies`: source geographies, the weights their counts are divided by, what lies outside.

Annotations are evaluated while the commands are built, so that their help speaks the current language; this file must
not postpone them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import _

Finish = Callable[[Path, bool, Callable[[Any, Any, Any], list[str]]], None]


def add_geographies(app: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    """Register the commands. finish : opens the project, does the work, prints its lines."""
    group = typer.Typer(help=_("Andere Gliederungen und ihre Übertragung"), rich_markup_mode=None)
    app.add_typer(group, name="geographies")
    _add(group, finish, option)
    _list(group, finish, option)
    _show(group, finish, option)
    _choose(group, finish, option)
    _unit(group, finish, option)


def _code() -> Any:
    return typer.Argument(help=_("Kennung der Gliederung"), show_default=False)


def _add(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command(
        help=_(
            "Eine Gliederung aufnehmen: Kartenebene, Tabelle von Gitterzellen oder Tabelle „Einheit, Baustein“. "
            "Eine Ebene einer Datei mit mehreren Ebenen steht hinter „#“."
        )
    )
    def add(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[str, typer.Argument(help=_("Datei mit den Einheiten"), show_default=False)],
        title: Annotated[str, typer.Argument(help=_("Name der Gliederung mit Stand"), show_default=False)],
        key: Annotated[str, typer.Option("--key", help=_("Spalte mit dem Schlüssel der Einheiten"))] = "",
        name: Annotated[str, typer.Option("--name", help=_("Spalte mit dem Namen der Einheiten"))] = "",
        valid_on: Annotated[
            str, typer.Option("--valid-on", help=_("Tag, für den die Grenzen gelten, wie 2025-12-31"))
        ] = "",
        read: Annotated[str, typer.Option("--read", help=_("Koordinaten anders lesen, wie EPSG:4647"))] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.geographies import add_geography
            from sozialraum.workflow.geography_files import GeographyFile

            added = add_geography(project, GeographyFile(file, key, name, read), title, valid_on=valid_on)
            line = _("Aufgenommen: {title}, {units} Einheiten, Kennung {code}.")
            head = line.format(title=added.title, units=added.units, code=added.code)
            return [head, *[note.sentence() for note in added.notes]]

        finish(folder, json, work)

    @group.command(help=_("Eine Gliederung entfernen, zu der es keine Lieferungen gibt."))
    def remove(
        folder: Annotated[Path, option["folder"]],
        code: Annotated[str, _code()],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            project.remove_geography(code)
            return [_("Entfernt: {code}").format(code=code)]

        finish(folder, json, work)


def _list(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command("list", help=_("Die Gliederungen des Projekts."))
    def list_all(
        folder: Annotated[Path, option["folder"]],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.carrying_view import titles
            from sozialraum.workflow.geographies import geography_rows

            rows = geography_rows(project)
            named = titles(project, {feature for row in rows for feature in row.features})
            line = _("{code}: {title}, {units} Einheiten; Lieferungen: {features}")
            return [
                line.format(
                    code=row.code, title=row.title, units=row.units,
                    features=", ".join(named[one] for one in row.features) or _("keine"),
                )
                for row in rows
            ] or [_("Das Projekt hat keine weitere Gliederung.")]  # fmt: skip

        finish(folder, json, work)


def _show(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command(help=_("Wonach jedes Merkmal geteilt wird, mit Abweichung und dem, was außerhalb liegt."))
    def show(
        folder: Annotated[Path, option["folder"]],
        code: Annotated[str, _code()],
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        finish(folder, json, lambda _work, project, _progress: _lines(project, code))


def _lines(project: Any, code: str) -> list[str]:
    from sozialraum.base.numbers import day
    from sozialraum.workflow import carrying_view as view

    lines = []
    ways = view.ways(project, code)
    named = view.titles(project, [way.feature for way in ways])
    for way in ways:
        others = ", ".join(matrix.kind for matrix in way.alternatives)
        line = _("{title}: {kind} – {reason} (möglich: {others})")
        reason = " ".join([view.ended(way.reason), *view.matrix_sentences(way.matrix)])
        lines.append(line.format(title=named[way.feature], kind=way.matrix.kind, reason=reason, others=others))
    for one in view.errors_of(project, code):
        if one.low is not None:
            line = _("{title}: Abweichung {low} bis {high} %, mittlere {middle} %; {carried} von {areas} Gebieten")
            lines.append(
                line.format(title=one.title, low=one.low, high=one.high, middle=one.middle, carried=one.carried,
                            areas=one.areas)
            )  # fmt: skip
    for away in view.outside_of(project, code):
        line = _("{title}, {day}: außerhalb {text} {share}")
        lines.append(line.format(title=away.title, day=day(away.period), text=away.text, share=away.share).strip())
    return lines


def _choose(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command(help=_("Wählen, wonach geteilte Einheiten übertragen werden."))
    def choose(
        folder: Annotated[Path, option["folder"]],
        code: Annotated[str, _code()],
        kind: Annotated[
            str, typer.Argument(help=_("addresses, inhabitants, dwellings, area; „best“ nimmt die Wahl zurück"))
        ],
        feature: Annotated[str, typer.Option("--feature", help=_("nur für dieses Merkmal"))] = "",
        reason: Annotated[str, typer.Option("--reason", help=_("Grund der Wahl"))] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.carrying_choice import choose as take

            take(project, code, feature, "" if kind == "best" else kind, reason)
            return _lines(project, code)

        finish(folder, json, work)


def _unit(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command(help=_("Wohin eine Einheit übertragen wird: jedes Gebiet mit seinem Anteil."))
    def unit(
        folder: Annotated[Path, option["folder"]],
        code: Annotated[str, _code()],
        key: Annotated[str, typer.Argument(help=_("Schlüssel der Einheit"), show_default=False)],
        feature: Annotated[str, typer.Option("--feature", help=_("Gewichte dieses Merkmals"))] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.carrying_view import part_text, weights_of_unit

            return [f"{one.name}: {part_text(one.part)}" for one in weights_of_unit(project, code, feature, key)]

        finish(folder, json, work)
