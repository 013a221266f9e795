"""Is a project whole? Looks at everything that has to fit together and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import shapely
from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import DBAPIError

from sozialraum.base import Finding, ProjectRefused, _, plural
from sozialraum.delineation import Plan
from sozialraum.project import (
    block_versions,
    delivered,
    files,
    geopackage,
    migrate,
    opening,
    plans,
    released,
    review_rows,
    tables,
)
from sozialraum.project.checking_revisions import check_drafts, check_groupings, check_validity, unreadable_steps
from sozialraum.project.geographies import unknown_geographies
from sozialraum.project.geopackage import srs_id
from sozialraum.project.settings import read_setting
from sozialraum.project.store import FILE, copy_database, damaged, open_engine, reading, writing

REQUIRED_SETTINGS = ("name", "crs", "language")


def check(folder: Path | str) -> list[Finding]:
    """Everything in a project that does not fit together, each with what to do; empty when it is whole.

    Looked at: the file itself, references between tables, the layers, that every plan gives every
    block exactly one area and is drawn as it is stored, delivered files and releases with their
    check numbers. Leftovers of interrupted work are no finding: the next opener removes them.
    Reads a consistent state also while somebody works in the project. Raises ProjectRefused when
    there is no project or it comes from a newer version.
    """
    folder = Path(folder)
    opening.refuse_no_project(folder)
    try:
        with opening.without_changing(folder) as engine, reading(engine) as connection:
            findings = _whole_file(connection)
            if findings:
                return findings
            opening.refuse_foreign(connection)
            if migrate.is_newest(migrate.revision_of(connection)):
                return _look(connection, folder)
        return _look_at_older(folder)
    except ProjectRefused as refusal:
        if str(refusal) != damaged():
            raise
        return [_damage()]


def _look(connection: Connection, folder: Path) -> list[Finding]:
    findings = _tables(connection) or unreadable_steps(connection)
    if findings:
        return findings
    for look in CHECKS:
        findings += look(connection, folder)
    return findings


def _look_at_older(folder: Path) -> list[Finding]:
    """A project of an earlier version, brought to the present one in a copy: opening would do the same."""
    with opening.without_changing(folder) as source, TemporaryDirectory() as elsewhere:
        copy = Path(elsewhere) / FILE
        copy_database(source, copy)
        engine = open_engine(copy)
        with writing(engine) as connection:
            migrate.upgrade(connection)
        with reading(engine) as connection:
            return _look(connection, folder)


def _damage() -> Finding:
    what, _dot, todo = damaged().partition(". ")
    return Finding(f"{what}.", todo=todo)


def _whole_file(connection: Connection) -> list[Finding]:
    answers = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)").all()]
    return [] if answers == ["ok"] else [_damage()]


def _tables(connection: Connection) -> list[Finding]:
    lost = sorted(set(tables.METADATA.tables) - set(inspect(connection).get_table_names()))
    if not lost:
        return []
    return [
        Finding(_("In der Projektdatei fehlen Tabellen: {tables}.").format(tables=", ".join(lost)), todo=_restore())
    ]


def _references(connection: Connection, folder: Path) -> list[Finding]:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    names = sorted({str(row[0]) for row in broken})
    if not names:
        return []
    what = _("Zeilen ohne das, worauf sie verweisen, in: {tables}.").format(tables=", ".join(names))
    return [Finding(what, todo=_restore())]


def _settings(connection: Connection, folder: Path) -> list[Finding]:
    findings = []
    for key in REQUIRED_SETTINGS:
        try:
            read_setting(connection, key)
        except (KeyError, ValueError):
            findings.append(Finding(_("Die Einstellung „{key}“ fehlt.").format(key=key), todo=_restore()))
    return findings


def _structure(connection: Connection, folder: Path) -> list[Finding]:
    """Every registered layer is there and its geometries can be read."""
    there = set(inspect(connection).get_table_names())
    listed = set(connection.execute(select(tables.contents.c.table_name)).scalars())
    registered = set(connection.execute(select(tables.geometry_columns.c.table_name)).scalars())
    findings = [
        Finding(_("Die Ebene „{layer}“ ist verzeichnet, aber nicht vorhanden.").format(layer=name), todo=_restore())
        for name in sorted((listed | registered) - there)
    ]
    for name in sorted(registered & there):
        frame = _readable_layer(connection, name)
        unreadable = frame is None or bool(shapely.is_missing(frame.geometry.to_numpy()).any())
        if unreadable:
            what = _("Die Ebene „{layer}“ enthält Formen, die nicht gelesen werden können.").format(layer=name)
            findings.append(Finding(what, todo=_restore()))
    return findings


def _plans(connection: Connection, folder: Path) -> list[Finding]:
    findings: list[Finding] = []
    if not inspect(connection).has_table("blocks"):
        return findings
    lost = block_versions.lost_layers(connection)
    if lost:
        text = _("Frühere Bausteine fehlen: {layers}.").format(layers=", ".join(lost))
        return [Finding(text, todo=_restore())]
    for plan_id, title, layer in plans.read_plans(connection)[["plan_id", "title", "layer"]].itertuples(index=False):
        plan = plans.read_plan(connection, plan_id)
        if plan is not None:
            findings += _one_plan(connection, plan, layer, title, _population(connection, plan))
    return findings


def _population(connection: Connection, plan: Plan) -> dict[str, int]:
    """block_id -> inhabitants, of the version of the blocks the plan rests on."""
    if block_versions.newest(connection) == 1:
        rows = connection.exec_driver_sql("SELECT block_id, population FROM blocks").all()
        return {str(row[0]): int(row[1]) for row in rows}
    srs = srs_id(read_setting(connection, "crs"))
    blocks = block_versions.blocks_of(connection, srs, plan)
    return dict(zip(blocks["block_id"], blocks["population"].astype(int), strict=True))


def _one_plan(connection: Connection, plan: Plan, layer: str, title: str, population: dict[str, int]) -> list[Finding]:
    where = _("Planstand „{title}“").format(title=title)
    assigned, known = set(plan.assignment.index), set(population)
    described, used = set(plan.areas["area_id"]), set(plan.assignment)
    findings = []
    without, unknown = len(known - assigned), len(assigned - known)
    if without:
        text = plural("{count} Baustein ohne Gebiet.", "{count} Bausteine ohne Gebiet.", without)
        findings.append(Finding(f"{where}: {text.format(count=without)}", todo=_restore()))
    if unknown:
        text = plural("{count} unbekannter Baustein.", "{count} unbekannte Bausteine.", unknown)
        findings.append(Finding(f"{where}: {text.format(count=unknown)}", todo=_restore()))
    if described != used:
        names = ", ".join(sorted(described ^ used)[:5])
        text = _("Gebiete ohne Bausteine oder ohne Beschreibung: {names}.").format(names=names)
        findings.append(Finding(f"{where}: {text}", todo=_restore()))
    if not findings and not _drawn_as_stored(connection, plan, layer, population):
        text = _("Die gezeichneten Gebiete passen nicht zum Planstand.")
        todo = _("Speichern Sie den Planstand erneut; die Gebiete werden dabei neu gezeichnet.")
        findings.append(Finding(f"{where}: {text}", todo=todo))
    return findings


def _drawn_as_stored(connection: Connection, plan: Plan, layer: str, population: dict[str, int]) -> bool:
    drawn = _readable_layer(connection, layer)
    if drawn is None or not {"area_id", "name", "municipality", "population"} <= set(drawn.columns):
        return False
    stored = plan.assignment.index.map(population).to_series(index=plan.assignment.index)
    expected = stored.groupby(plan.assignment).sum()
    rows = zip(drawn["area_id"], drawn["name"], drawn["municipality"], drawn["population"], strict=True)
    areas = plan.areas[["area_id", "name", "municipality"]].itertuples(index=False)
    return sorted(rows) == sorted((*area, expected[area[0]]) for area in areas)


def _readable_layer(connection: Connection, name: str) -> gpd.GeoDataFrame | None:
    try:
        return geopackage.read_layer(connection, name)
    except (DBAPIError, shapely.errors.GEOSException, TypeError, IndexError, ValueError):
        return None


def _observations(connection: Connection, folder: Path) -> list[Finding]:
    """Values delivered for the areas of a plan need that plan, those of a source geography need that one."""
    found = connection.exec_driver_sql(
        "SELECT DISTINCT geography FROM observations WHERE geography LIKE 'plan:%'"
    ).all()
    known = set(connection.execute(select(tables.plans.c.plan_id)).scalars())
    lost = sorted({str(row[0]).removeprefix("plan:") for row in found} - known)
    text = _("Gelieferte Werte beziehen sich auf den unbekannten Planstand „{plan}“.")
    findings = [Finding(text.format(plan=plan), todo=_restore()) for plan in lost]
    text = _("Gelieferte Werte beziehen sich auf die unbekannte Gliederung „{code}“.")
    return findings + [Finding(text.format(code=code), todo=_restore()) for code in unknown_geographies(connection)]


def _deliveries(connection: Connection, folder: Path) -> list[Finding]:
    """Every file that has to be there is there and unchanged; personal and deleted ones are not, and that is right."""
    rows = delivered.read_deliveries(connection)
    kept = rows[rows["kept"] == "kept"].drop_duplicates("stored_name")
    named = list(kept[["file_name", "stored_name", "sha256"]].itertuples(index=False, name=None))
    there = {stored for _name, stored, _sha256 in named}
    waiting = [row for row in review_rows.read_all(connection) if row.stored_name and row.stored_name not in there]
    named += [(row.file_name, row.stored_name, row.sha256) for row in waiting]
    findings = []
    for name, stored, sha256 in named:
        findings += _file_as_kept(folder / files.DELIVERIES / stored, sha256, _("Lieferung „{name}“").format(name=name))
    return findings


def _releases(connection: Connection, folder: Path) -> list[Finding]:
    findings = []
    for release_id, kept in released.read_releases(connection)[["release_id", "files"]].itertuples(index=False):
        place = folder / files.RELEASES / release_id
        if not place.is_dir():
            what = _("Bericht {release}: Der Ordner fehlt.").format(release=release_id)
            findings.append(Finding(what, file=str(place), todo=_restore()))
            continue
        for path, sha256 in kept.items():
            title = _("Bericht {release}, „{file}“").format(release=release_id, file=path)
            findings += _file_as_kept(place / path, sha256, title)
    return findings


def _file_as_kept(path: Path, sha256: str, title: str) -> list[Finding]:
    if not path.is_file():
        return [Finding(_("{title}: Die Datei fehlt.").format(title=title), file=str(path), todo=_restore())]
    if files.sha256_of(path) != sha256:
        what = _("{title}: Die Datei wurde verändert, die Prüfnummer stimmt nicht.").format(title=title)
        return [Finding(what, file=str(path), todo=_restore())]
    return []


def _restore() -> str:
    return _("Stellen Sie das Projekt aus einer Sicherung wieder her.")


CHECKS: tuple[Callable[[Connection, Path], list[Finding]], ...] = (
    _references,
    _settings,
    _structure,
    _plans,
    check_validity,
    check_drafts,
    check_groupings,
    _observations,
    _deliveries,
    _releases,
)
