"""`sozialraum addresses …`: place lists, carry the register on, print the street directory, protect addresses.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _, plural
from sozialraum.base.numbers import count
from sozialraum.cli.placing_tool import add_placing_tool

Finish = Callable[[Path, bool, Callable[[Any, Any, Any], list[str]]], None]
SHOWN_AT_MOST = 20


def add_addresses(app: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    """Register the commands. finish : opens the project, does the work, prints its lines."""
    group = typer.Typer(help=_("Adressen"), rich_markup_mode=None)
    app.add_typer(group, name="addresses")
    _place(group, finish, option)
    _update(group, finish, option)
    _directory(group, finish, option)
    _protect(group, finish, option)
    add_placing_tool(group, finish, option)


def _place(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command("place", help=_("Eine Adressliste um Gebietsschlüssel und Gebiet ergänzen."))
    def place(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("Adressliste"), show_default=False)],
        out: Annotated[Path, typer.Argument(help=_("Zieldatei (.xlsx)"), show_default=False)],
        plan: Annotated[str, typer.Option("--plan", help=_("Kennung des Plans"), show_default=False)] = "",
        between: Annotated[
            bool, typer.Option("--interpolate", help=_("unbekannte Hausnummern zwischen ihre Nachbarn legen"))
        ] = False,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.addresses_placing import complete_list

            return complete_list(project, file, out, plan_id=plan, interpolate=between)

        finish(folder, json, work)


def _update(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command("compare", help=_("Ein neues Adressregister einlesen und mit dem bisherigen vergleichen."))
    def compare(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("neues Adressregister"), show_default=False)],
        title: Annotated[str, typer.Option("--title", help=_("Name des Registers"), show_default=False)] = "",
        crs: Annotated[
            str, typer.Option("--read-as", help=_("Koordinaten anders lesen, wie vorgeschlagen"), show_default=False)
        ] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow import addresses_updating as updating

            changes, said = updating.begin_update(project, file, title=title, read_coordinates=crs)
            lines = [finding.sentence() for finding in said] + updating.summary_sentences(changes.counts())
            return lines + _doubtful(changes.rows[changes.rows["doubt"] != ""])

        finish(folder, json, work)

    @group.command("decide", help=_("Über Änderungen des neuen Adressregisters entscheiden."))
    def decide(
        folder: Annotated[Path, option["folder"]],
        changes: Annotated[
            list[str] | None, typer.Argument(help=_("Änderungen oder Gruppen von Änderungen"), show_default=False)
        ] = None,
        certain: Annotated[bool, typer.Option("--certain", help=_("alles übernehmen, was nicht unklar ist"))] = False,
        reject: Annotated[bool, typer.Option("--reject", help=_("nicht übernehmen"))] = False,
        area: Annotated[str, typer.Option("--area", help=_("Gebiet der Adressen"), show_default=False)] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow import addresses_updating as updating

            if not certain and not changes:
                raise UsageError(_("Nennen Sie Änderungen, oder übernehmen Sie mit --certain alles, was klar ist."))
            found, done = updating.waiting_changes(project), 0
            if changes:
                word = "reject" if reject else "accept"
                done += updating.decide_changes(project, changes, word, area_id=area, changes=found)
            if certain:
                done += updating.accept_all_certain(project, changes=found)
            waiting = updating.open_rows(project, found)
            text = plural("1 Änderung entschieden.", "{n} Änderungen entschieden.", done).format(n=count(done))
            return [text, *_still_open(waiting)]

        finish(folder, json, work)

    @group.command("update", help=_("Das entschiedene Adressregister übernehmen und das Straßenraster prüfen."))
    def update(
        folder: Annotated[Path, option["folder"]],
        grid: Annotated[
            Path | None, typer.Option("--street-grid", help=_("Ordner für das Straßenraster"), show_default=False)
        ] = None,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.addresses_updating import finish_update

            done = finish_update(project, grid=grid)
            return [*done.sentences, *done.grid]

        finish(folder, json, work)


def _doubtful(rows: Any) -> list[str]:
    """The unclear changes with their keys, as many as a screen holds."""
    from sozialraum.workflow.addresses_words import doubt_text

    lines = [f"  {key}: {doubt_text(doubt)}" for key, doubt in rows[["change_id", "doubt"]].head(SHOWN_AT_MOST).values]
    more = len(rows) - SHOWN_AT_MOST
    return lines if more <= 0 else [*lines, "  " + _("… und {count} weitere.").format(count=count(more))]


def _still_open(rows: Any) -> list[str]:
    if rows.empty:
        return [_("Alle Änderungen sind entschieden.")]
    text = plural("1 Änderung ist offen:", "{n} Änderungen sind offen:", len(rows)).format(n=count(len(rows)))
    keys = [f"  {key}" for key in rows["change_id"].head(SHOWN_AT_MOST)]
    more = len(rows) - SHOWN_AT_MOST
    return [text, *keys] if more <= 0 else [text, *keys, "  " + _("… und {count} weitere.").format(count=count(more))]


def _directory(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @group.command("directory", help=_("Das Straßenverzeichnis der Gebiete schreiben (.pdf oder .xlsx)."))
    def directory(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei"), show_default=False)],
        plan: Annotated[str, typer.Option("--plan", help=_("Kennung des Plans"), show_default=False)] = "",
        municipality: Annotated[
            str, typer.Option("--municipality", help=_("nur diese Gemeinde, nach ihrem Schlüssel"), show_default=False)
        ] = "",
        area: Annotated[str, typer.Option("--area", help=_("nur dieses Gebiet"), show_default=False)] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.street_directory import write_street_directory

            written = write_street_directory(
                project, file, plan_id=plan, ags=municipality, area_id=area, language=language or None
            )
            return [_("Geschrieben: {file}").format(file=written)]

        finish(folder, json, work)


def _protect(group: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    kinds = _("Art: womens_shelter, protected_flat oder other")

    @group.command("protect", help=_("Eine Anschrift schützen: Sie wird nirgends mehr zugeordnet oder genannt."))
    def protect(
        folder: Annotated[Path, option["folder"]],
        address: Annotated[
            str, typer.Argument(help=_("Straße und Hausnummer, möglichst mit Postleitzahl"), show_default=False)
        ],
        kind: Annotated[str, typer.Option("--kind", help=kinds)] = "other",
        end: Annotated[bool, typer.Option("--end", help=_("den Schutz beenden"))] = False,
        unknown: Annotated[
            bool, typer.Option("--unknown", help=_("auch schützen, wenn sie nicht im Adressregister steht"))
        ] = False,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(_work: Any, project: Any, _progress: Any) -> list[str]:
            from sozialraum.workflow.addresses_placing import protect_address, unprotect_address

            if end:
                unprotect_address(project, address)
                return [_("Der Schutz ist beendet. Mit dem nächsten Adressregister erscheint die Anschrift wieder.")]
            known = len(project.protected_addresses())
            left = protect_address(project, address, kind, even_unknown=unknown)
            if left:
                return [
                    _("Die Anschrift ist geschützt und steht nicht mehr im Adressregister."),
                    plural("1 Adresse wurde herausgenommen.", "{n} Adressen wurden herausgenommen.", left).format(
                        n=count(left)
                    ),
                ]
            if len(project.protected_addresses()) == known:
                return [_("Diese Anschrift war schon geschützt.")]
            return [_("Eingetragen; im Adressregister steht diese Anschrift nicht.")]

        finish(folder, json, work)
