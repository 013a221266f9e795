"""`sozialraum blocks build`: blocks from borders, lines and addresses, or from given units.

Annotations are evaluated while the commands are built, so that their help speaks the current language; this file must
not postpone them.
"""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _
from sozialraum.cli.blocks_checking import add_checking, pairs

Finish = Callable[[Path, bool, Callable[[Any, Any, Any], list[str]]], None]
NAMED = 20


def add_blocks(blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    """Register the commands. finish : opens the project, does the work, prints its lines."""
    _build(blocks, finish, option)
    add_checking(blocks, finish, option)


def _files(flag: str, text: str, metavar: str | None = None) -> Any:
    return typer.Option(flag, help=text, show_default=False, metavar=metavar)


def _build(blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @blocks.command(
        "build",
        help=_(
            "Bausteine bilden: aus Gemeindegrenzen, Linien und Anschriften, oder aus vorhandenen Einheiten. "
            "Eine Ebene einer Datei mit mehreren Ebenen steht hinter „#“: netz.gpkg#strassen."
        ),
    )
    def build(
        folder: Annotated[Path, option["folder"]],
        municipalities: Annotated[
            str, _files("--municipalities", _("Gemeindegrenzen; ohne Angabe die des Projekts"), _("DATEI"))
        ] = "",
        lines: Annotated[
            list[str] | None, _files("--lines", _("Straßen oder Linien mit einer Spalte „kind“"), _("DATEI"))
        ] = None,
        rails: Annotated[list[str] | None, _files("--rails", _("Bahnlinien"), _("DATEI"))] = None,
        water: Annotated[list[str] | None, _files("--water", _("Flüsse und Gewässer"), _("DATEI"))] = None,
        motorways: Annotated[list[str] | None, _files("--motorways", _("Autobahnen"), _("DATEI"))] = None,
        addresses: Annotated[
            str,
            _files("--addresses", _("Anschriften als Punkte oder Tabelle, möglichst mit Einwohnerzahl"), _("DATEI")),
        ] = "",
        buildings: Annotated[str, _files("--buildings", _("Umrisse der Gebäude"), _("DATEI"))] = "",
        nesting: Annotated[
            str, _files("--nesting", _("Einheiten, deren Grenzen kein Baustein überschreitet"), _("DATEI"))
        ] = "",
        units: Annotated[
            str, _files("--units", _("vorhandene Einheiten, die selbst die Bausteine sind"), _("DATEI"))
        ] = "",
        cells: Annotated[
            str, _files("--cells", _("Tabelle bewohnter Gitterzellen, die die Bausteine sind"), _("DATEI"))
        ] = "",
        key: Annotated[str, _files("--key", _("Spalte mit dem Schlüssel der Einheiten"))] = "",
        name: Annotated[str, _files("--name", _("Spalte mit dem Namen der Einheiten"))] = "",
        rule: Annotated[
            list[str] | None,
            _files("--rule", _("Zahl der Regel, zum Beispiel smallest_area=2000; mehrfach möglich"), _("NAME=ZAHL")),
        ] = None,
        read: Annotated[
            list[str] | None,
            _files(
                "--read",
                _("Koordinaten anders lesen, zum Beispiel addresses=EPSG:4647; mehrfach möglich"),
                _("NAME=EPSG:ZAHL"),
            ),
        ] = None,
        sizes: Annotated[
            str, _files("--sizes", _("Einwohner je Gebiet, wenn die Gemeinden keine Größe nennen, wie 1000-8500"))
        ] = "",
        doubtful: Annotated[Path | None, _files("--doubtful", _("Datei für die zweifelhaften Stellen (.gpkg)"))] = None,
        look: Annotated[bool, typer.Option("--look", help=_("nur ansehen, nichts übernehmen"))] = False,
        why: Annotated[str, _files("--why", _("Grund, wenn Pläne oder Lieferungen auf anderen Bausteinen ruhen"))] = "",
        role: Annotated[str, _files("--role", _("Stelle, die entscheidet"))] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        given: dict[str, Any] = {
            "municipalities": municipalities, "lines": tuple(lines or ()), "rails": tuple(rails or ()),
            "water": tuple(water or ()), "motorways": tuple(motorways or ()), "addresses": addresses,
            "buildings": buildings, "nesting": nesting, "units": units, "cells": cells, "key": key, "name": name,
        }  # fmt: skip

        def work(work: Any, project: Any, progress: Any) -> list[str]:
            from sozialraum.workflow import blocks_building, blocks_sources
            from sozialraum.workflow.blocks_checking import rests_on_blocks

            if not look and not (why.strip() and role.strip()) and rests_on_blocks(project):
                raise UsageError(
                    _("Auf den Bausteinen ruhen Pläne oder Lieferungen. Nennen Sie Grund (--why) und Stelle (--role).")
                )
            files = blocks_sources.BlockFiles(**given, readings=pairs(read or (), "--read"))
            found = blocks_building.look_at_blocks(project, files, _rule(rule or ()), progress)
            said = [*found.sentences(), *_named(found.built)]
            if doubtful is not None:
                blocks_building.write_doubtful(found.built, doubtful)
                said.append(_("Geschrieben: {file}").format(file=doubtful))
            if look:
                return [*said, _("Nur angesehen; es wurde nichts übernommen.")]
            return [*said, *blocks_building.take_blocks(project, found, why=why, role=role, sizes=_sizes(sizes))]

        finish(folder, json, work)


def _named(built: Any) -> list[str]:
    """The first doubtful places, from north-west."""
    said = [f"{one.sentence} {one.todo} ({one.point.x:.0f}, {one.point.y:.0f})" for one in built.doubtful[:NAMED]]
    more = len(built.doubtful) - NAMED
    return said if more <= 0 else [*said, _("… und {count} weitere Befunde.").format(count=more)]


def _rule(texts: Any) -> Any:
    """The rule with some numbers changed. Raises UsageError for unknown names and what is no number."""
    from sozialraum.blocks.building import BuildingRule

    known = [field.name for field in fields(BuildingRule)]
    values: dict[str, Any] = {}
    for name, text in pairs(texts, "--rule").items():
        if name not in known:
            names = ", ".join(known)
            raise UsageError(_("Die Regel kennt „{name}“ nicht. Es gibt: {names}.").format(name=name, names=names))
        if name == "barriers":
            values[name] = tuple(part.strip() for part in text.split(",") if part.strip() not in ("", "none"))
            continue
        try:
            values[name] = float(text.replace(",", "."))
        except ValueError:
            raise UsageError(_("„{text}“ ist keine Zahl.").format(text=text)) from None
    return BuildingRule(**values)


def _sizes(text: str) -> tuple[float, float]:
    """'1000-8500' as two numbers. Raises UsageError for anything else."""
    from sozialraum.workflow.blocks_building import SIZES

    if not text.strip():
        return SIZES
    low, _sign, high = text.replace(".", "").partition("-")
    if not low.strip().isdecimal() or not high.strip().isdecimal():
        raise UsageError(_("„{text}“ ist keine Spanne wie 1000-8500.").format(text=text))
    return float(low), float(high)
