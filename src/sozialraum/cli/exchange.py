"""`sozialraum plan export|import` and `sozialraum blocks split`: plans out and in, blocks divided.

Annotations are evaluated while the commands are built, so that their help speaks the current
language; this file must not postpone them.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import InputRefused, UsageError, _
from sozialraum.base.numbers import counted

Finish = Callable[[Path, bool, Callable[[Any, Any, Any], list[str]]], None]


def add_exchange(plan: typer.Typer, blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    """Register the commands. finish : opens the project, does the work, prints its lines."""
    _export(plan, finish, option)
    _import(plan, finish, option)
    _split(blocks, finish, option)


def _export(plan: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @plan.command(
        "export", help=_("Einen Plan schreiben: GeoPackage, GeoJSON, Shapefile oder Tabelle block_id;area_id.")
    )
    def export(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[Path, typer.Argument(help=_("Zieldatei"), show_default=False)],
        format: Annotated[
            str,
            typer.Option(
                "--format", help=_("gpkg, geojson, csv oder shp; ohne Angabe nach der Endung"), show_default=False
            ),
        ] = "",
        plan_id: Annotated[
            str, typer.Option("--plan", help=_("Schlüssel des Plans oder der Fassung"), show_default=False)
        ] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(work: Any, project: Any, progress: Any) -> list[str]:
            wanted = format or ("" if file.suffix else "csv")
            written = work.export_plan_file(project, file, plan_id, wanted)
            return [_("Geschrieben: {file}").format(file=written.file), *written.notes]

        finish(folder, json, work)


def _import(plan: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @plan.command("import", help=_("Einen bestehenden Plan auf die Bausteine legen und übernehmen."))
    def import_plan(
        folder: Annotated[Path, option["folder"]],
        file: Annotated[
            Path, typer.Argument(help=_("GeoPackage, GeoJSON, Shapefile oder Tabelle"), show_default=False)
        ],
        role: Annotated[str, typer.Option("--role", help=_("Stelle, die entscheidet"), show_default=False)] = "",
        majority: Annotated[
            bool, typer.Option("--majority", help=_("bei Bausteinen auf einer Grenze dem Vorschlag folgen"))
        ] = False,
        decisions: Annotated[
            Path | None, typer.Option("--decisions", help=_("Tabelle block_id;area_id mit Entscheidungen"))
        ] = None,
        title: Annotated[str, typer.Option("--title", help=_("Name des Plans"), show_default=False)] = "",
        body: Annotated[str, typer.Option("--body", help=_("wer den Plan beschlossen hat"), show_default=False)] = "",
        decided_on: Annotated[
            str, typer.Option("--decided-on", help=_("Tag des Beschlusses, JJJJ-MM-TT"), show_default=False)
        ] = "",
        layer: Annotated[str, typer.Option("--layer", help=_("Ebene der Gebiete"), show_default=False)] = "",
        key: Annotated[str, typer.Option("--key", help=_("Spalte mit dem Schlüssel"), show_default=False)] = "",
        name: Annotated[str, typer.Option("--name", help=_("Spalte mit dem Namen"), show_default=False)] = "",
        crs: Annotated[
            str, typer.Option("--crs", help=_("Koordinatensystem, wenn die Datei keines nennt"), show_default=False)
        ] = "",
        format: Annotated[
            str, typer.Option("--format", help=_("gpkg, geojson, csv oder shp"), show_default=False)
        ] = "",
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(work: Any, project: Any, progress: Any) -> list[str]:
            _refuse_no_role(role)
            chosen = _decisions(decisions) if decisions is not None else {}
            import_id, overlay = work.read_foreign_plan(
                project, file, wanted=format, layer=layer, key=key, name=name, crs=crs
            )
            try:
                if decisions is not None:
                    work.decide_blocks(project, import_id, chosen, role)
                if majority:
                    work.decide_by_majority(project, import_id, role)
                plan = work.take_foreign_plan(project, import_id, role, title=title, body=body, decided_on=decided_on)
            except BaseException as stopped:  # whatever stops it: in a terminal nobody comes back to decide
                project.drop_plan_import(import_id)
                if isinstance(stopped, InputRefused):
                    raise InputRefused(stopped.headline, stopped.findings, _todo(stopped)) from stopped
                raise
            return [
                *[finding.sentence() for finding in overlay.findings],
                _("Übernommen: {areas}, {decided} auf Grenzen entschieden.").format(
                    areas=counted(len(plan.areas), _("Gebiet"), _("Gebiete")),
                    decided=counted(len(overlay.across), _("Baustein"), _("Bausteine")),
                ),
                *_beside(project, plan),
            ]

        finish(folder, json, work)


def _beside(project: Any, plan: Any) -> list[str]:
    """What a person should know when the plan did not become the current one."""
    current = project.plan()
    if current is None or current.plan_id == plan.plan_id:
        return []
    text = _(
        "Beschlossene Gebiete bleiben in Kraft: „{plan}“ liegt als Vorschlag daneben, "
        "gerechnet wird weiter mit „{current}“."
    )
    todo = _("Ist der Plan beschlossen, lesen Sie ihn mit --body und --decided-on ein.")
    return [text.format(plan=plan.title, current=current.title), todo]


def _refuse_no_role(role: str) -> None:
    if not role.strip():
        raise UsageError(_("Geben Sie mit --role an, welche Stelle den Plan übernimmt."))


def _todo(refused: InputRefused) -> str:
    return " ".join([refused.todo, _("Im Terminal: --majority oder --decisions. Es wurde nichts übernommen.")]).strip()


def _decisions(file: Path) -> dict[str, str]:
    """block_id;area_id, as `plan export` writes it."""
    rows = _rows(file)
    if not rows or rows[0][:2] != ["block_id", "area_id"] or any(len(row) < 2 for row in rows):
        raise InputRefused(
            _("Die Entscheidungen in „{file}“ sind nicht lesbar.").format(file=file.name),
            (),
            _("Erwartet wird die Kopfzeile {head}. Es wurde nichts übernommen.").format(head="block_id;area_id"),
        )
    return {row[0]: row[1] for row in rows[1:]}


def _rows(file: Path) -> list[list[str]]:
    """The rows of a table in UTF-8 or as Windows writes it; [] when it is no table."""
    if not file.is_file():
        raise InputRefused(
            _("Die Datei „{file}“ gibt es nicht.").format(file=file),
            (),
            _("Prüfen Sie Ordner und Namen. Es wurde nichts übernommen."),
        )
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error:
        return []
    return [[cell.strip() for cell in row] for row in rows if any(row)]


def _split(blocks: typer.Typer, finish: Finish, option: dict[str, Any]) -> None:
    @blocks.command("split", help=_("Einen Baustein durch eine Linie in zwei teilen."))
    def split(
        folder: Annotated[Path, option["folder"]],
        block: Annotated[str, typer.Argument(help=_("Schlüssel des Bausteins"), show_default=False)],
        line: Annotated[
            str,
            typer.Option("--line", help=_("Punkte „x y, x y“ im Koordinatensystem des Projekts"), show_default=False),
        ] = "",
        role: Annotated[str, typer.Option("--role", help=_("Stelle, die entscheidet"), show_default=False)] = "",
        why: Annotated[str, typer.Option("--why", help=_("Grund"), show_default=False)] = "",
        facility: Annotated[
            list[str] | None,
            typer.Option("--facility", help=_("Einrichtung und Teil, „12=1“; 1 = nördlicher Teil"), show_default=False),
        ] = None,
        share: Annotated[
            list[str] | None,
            typer.Option(
                "--share",
                help=_("Anteil des nördlichen Teils, „population=0.6“; „*“ = alle übrigen Anzahlen"),
                show_default=False,
            ),
        ] = None,
        look: Annotated[bool, typer.Option("--look", help=_("nur zeigen, was entstünde"))] = False,
        json: Annotated[bool, option["json"]] = False,
        language: Annotated[str, option["lang"]] = "",
    ) -> None:
        def work(work: Any, project: Any, progress: Any) -> list[str]:
            places = {name: _part(block, part) for name, part in _pairs(facility, "12=1").items()}
            shares = {name: _number(text) for name, text in _pairs(share, "population=0.6").items()}
            _record, said = work.divide_block(
                project, block, line_of(line), role, why=why, only_look=look, facilities=places, shares=shares
            )
            return list(said)

        finish(folder, json, work)


def _pairs(given: list[str] | None, example: str) -> dict[str, str]:
    """'name=value' options. Raises UsageError."""
    pairs = [text.rpartition("=") for text in given or []]
    if any(not name.strip() or not value.strip() for name, _sign, value in pairs):
        raise UsageError(_("Erwartet wird Name=Wert, zum Beispiel {example}.").format(example=example))
    return {name.strip(): value.strip() for name, _sign, value in pairs}


def _part(block: str, text: str) -> str:
    return f"{block}.{text}" if text in ("1", "2") else text


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise UsageError(_("„{text}“ ist keine Zahl.").format(text=text)) from None


def line_of(text: str) -> Any:
    """'x y, x y' as a line. Raises UsageError."""
    import shapely

    try:
        points = [tuple(float(number) for number in point.split()) for point in text.split(",")]
        if len(points) < 2 or any(len(point) != 2 for point in points):
            raise ValueError
    except ValueError:
        raise UsageError(
            _("Die Linie braucht mindestens zwei Punkte, zum Beispiel „400000 5620000, 400100 5620050“.")
        ) from None
    return shapely.LineString(points)
