"""`sozialraum blocks check`, `repair`, `renew`, `follow`: faults mended on request, new blocks, a plan on them.

Annotations are evaluated while the commands are built, so that their help speaks the current language; this file must
not postpone them.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _

Finish = Callable[[Path, bool, Callable[[Any, Any, Any], list[str]]], None]
NAMED = 40


def add_checking(blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    """Register the commands. finish : opens the project, does the work, prints its lines."""
    _check(blocks, finish, option)
    _repair(blocks, finish, option)
    _renew(blocks, finish, option)
    _follow(blocks, finish, option)


def _source() -> dict[str, Any]:
    """The options that say which blocks are looked at."""
    return {
        "file": typer.Option("--file", help=_("Datei mit Kartenebenen; ohne Angabe die Bausteine des Projekts"),
                             show_default=False),
        "layer": typer.Option("--layer", help=_("Ebene der Bausteine in der Datei")),
        "read": typer.Option("--read", show_default=False,
                             help=_("Koordinaten anders lesen, zum Beispiel blocks=EPSG:4647; mehrfach möglich")),
    }  # fmt: skip


def _check(blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    source = _source()

    @blocks.command(
        "check", help=_("Bausteine prüfen: Lücken, Überlappungen, Ränder, doppelte und falsche Koordinaten.")
    )
    def check(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path | None, source["file"]] = None,
        layer: Annotated[str, source["layer"]] = "blocks",
        read: Annotated[list[str] | None, source["read"]] = None,
        map_file: Annotated[
            Path | None, typer.Option("--map", help=_("Datei für die Stellen der Fehler (.gpkg)"), show_default=False)
        ] = None,
        every: Annotated[bool, typer.Option("--all", help=_("jeden Fehler nennen, nicht nur die ersten"))] = False,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(work: Any, project: Any, progress: Any) -> list[str]:
            from sozialraum.workflow.blocks_checking import fault_sentences, write_faults

            ground = _ground(project, file, layer, read)
            faults = ground.faults
            if map_file is not None:
                write_faults(ground, map_file)
            if not faults:
                return fault_sentences(faults)
            heads = len(fault_sentences(faults)) - len(faults)
            shown = faults if every else faults[:NAMED]
            said = [*fault_sentences(faults)[:heads], *[f"{fault.fault_id}  {fault.finding.what}" for fault in shown]]
            more = len(faults) - len(shown)
            return said if not more else [*said, _("… und {count} weitere Befunde.").format(count=more)]

        finish(folder, json, work)


def _repair(blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    source = _source()

    @blocks.command(
        "repair",
        help=_("Ausgewählte Fehler der Bausteine beheben; niemand geht verloren, ein Protokoll nennt jeden Schritt."),
    )
    def repair(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path | None, source["file"]] = None,
        layer: Annotated[str, source["layer"]] = "blocks",
        read: Annotated[list[str] | None, source["read"]] = None,
        kind: Annotated[
            list[str] | None,
            typer.Option("--kind", show_default=False,
                         help=_("Art der Fehler, die wie vorgeschlagen behoben werden, zum Beispiel sliver")),
        ] = None,
        fault: Annotated[
            list[str] | None,
            typer.Option("--fault", show_default=False,
                         help=_("einzelner Fehler mit dem Weg, zum Beispiel gap-0123456789=new")),
        ] = None,
        protocol: Annotated[
            Path | None, typer.Option("--protocol", help=_("Datei für das Protokoll (.xlsx)"), show_default=False)
        ] = None,
        look: Annotated[bool, typer.Option("--look", help=_("nur ansehen, nichts übernehmen"))] = False,
        why: Annotated[str, typer.Option("--why", help=_("Grund"), show_default=False)] = "",
        role: Annotated[str, typer.Option("--role", help=_("Stelle, die entscheidet"), show_default=False)] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:  # fmt: skip
        def work(work: Any, project: Any, progress: Any) -> list[str]:
            from sozialraum.base.whole_files import write_whole
            from sozialraum.workflow import blocks_checking as checking

            ground = _ground(project, file, layer, read)
            wishes = checking.wishes_for(ground, kind or ()) | _wishes(fault or ())
            if not wishes:
                raise UsageError(_("Es ist kein Fehler ausgewählt."))
            if look:
                done = checking.mend(ground, wishes)
            elif file is None:
                done = checking.mend_project(project, wishes, why, role)
            else:
                done = checking.take_mended(project, ground, wishes, why, role)
            said = checking.protocol_sentences(done.protocol)
            if protocol is not None:
                write_whole({protocol: checking.protocol_book(done.protocol)})
                said.append(_("Geschrieben: {file}").format(file=protocol))
            return [*said, _("Nur angesehen; es wurde nichts übernommen.")] if look else said

        finish(folder, json, work)


def _renew(blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    source = _source()

    @blocks.command("renew", help=_("Andere Bausteine aus einer Datei als neuen Stand übernehmen; Pläne bleiben."))
    def renew(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("Datei mit Kartenebenen"))],
        why: Annotated[str, typer.Option("--why", help=_("Grund"), show_default=False)],
        role: Annotated[str, typer.Option("--role", help=_("Stelle, die entscheidet"), show_default=False)],
        layer: Annotated[str, source["layer"]] = "blocks",
        read: Annotated[list[str] | None, source["read"]] = None,
        look: Annotated[bool, typer.Option("--look", help=_("nur ansehen, nichts übernehmen"))] = False,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(work: Any, project: Any, progress: Any) -> list[str]:
            from sozialraum.workflow import blocks_checking, blocks_renewing

            ground = blocks_checking.check_file(file, layer, pairs(read or (), "--read"))
            blocks_checking.refuse_misplaced(ground)
            said = blocks_renewing.look_at_renewal(project, ground.blocks, why, role).sentences()
            if look:
                return [*said, _("Nur angesehen; es wurde nichts übernommen.")]
            blocks_renewing.renew_blocks(project, ground.blocks, why, role)
            return said

        finish(folder, json, work)


def _follow(blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @blocks.command("follow", help=_("Den Plan auf den jüngsten Stand der Bausteine bringen."))
    def follow(
        folder: Annotated[Path, option["folder"]],
        role: Annotated[str, typer.Option("--role", help=_("Stelle, die entscheidet"), show_default=False)],
        plan: Annotated[
            str, typer.Option("--plan", help=_("Schlüssel des Plans; ohne Angabe der geltende"), show_default=False)
        ] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(work: Any, project: Any, progress: Any) -> list[str]:
            from sozialraum.workflow.blocks_renewing import bring_plan, brought_sentences

            brought, crossed = bring_plan(project, plan, role)
            return brought_sentences(project, brought, crossed)

        finish(folder, json, work)


def _ground(project: Any, file: Path | None, layer: str, read: Sequence[str] | None) -> Any:
    from sozialraum.workflow.blocks_checking import check_file, check_project

    readings = pairs(read or (), "--read")
    return check_project(project) if file is None else check_file(file, layer, readings)


def _wishes(texts: Sequence[str]) -> dict[str, str]:
    """'gap-0123456789' (as proposed) or 'gap-0123456789=new', 'gap-0123456789=give=<key>'."""
    found = {}
    for text in texts:
        fault, _sign, way = text.partition("=")
        found[fault.strip()] = way.strip()
    return found


def pairs(texts: Sequence[str], flag: str) -> dict[str, str]:
    """'name=value' texts. Raises UsageError for others."""
    found = {}
    for text in texts:
        left, _sign, right = text.partition("=")
        if not left.strip() or not right.strip():
            raise UsageError(_("Hinter {flag} steht ein Name mit Wert, zum Beispiel a=b.").format(flag=flag))
        found[left.strip()] = right.strip()
    return found
