"""Routes of the page "Bausteine": build blocks from dropped files, look at them, take them over; versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
from fastapi import APIRouter, UploadFile

from sozialraum.base import InputRefused, Progress, UsageError, _, current_language
from sozialraum.base.numbers import count
from sozialraum.blocks.building import BuildingRule
from sozialraum.blocks.coordinates import Reading, read_as
from sozialraum.plans.block_renewal import BlockRenewal
from sozialraum.web import blocks_answers as answers
from sozialraum.web.acting import clearing, start
from sozialraum.web.blocks_desk import BlocksDesk, Desk
from sozialraum.web.blocks_map import ground_json, where_json
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.web.session import Session
from sozialraum.workflow import blocks_building, blocks_dropping, blocks_renewing
from sozialraum.workflow.blocks_building import BlocksLook
from sozialraum.workflow.blocks_built import last_building

router = APIRouter(prefix="/api/ground")
CHANGEABLE = ("smallest_area", "narrowest_width", "snapping", "row_of_ends", "behind_houses")


class PartWish(PlainModel):
    role: str
    key: str = ""
    name: str = ""
    reading: str = ""


class Rule(PlainModel):
    numbers: dict[str, float]


class Taking(PlainModel):
    why: str = ""
    role: str = ""
    low: float = blocks_building.SIZES[0]
    high: float = blocks_building.SIZES[1]


class Bringing(PlainModel):
    role: str


@router.get("")
def page(session: Open, desk: Desk) -> dict[str, Any]:
    """The blocks there are, the dropped files, what was built and what is checked."""
    project, language = session.project, current_language()
    return {
        "blocks": answers.blocks_json(project),
        "municipalities": len(project.municipalities()),
        "files": files_json(session, desk),
        "rule": rule_json(desk),
        "built": session.drawn(
            ("ground", "built", str(desk.look_number if desk.look else 0), language), lambda: answers.built_json(desk)
        ),
        "checked": session.drawn(
            ("ground", "checked", str(desk.checked.number if desk.checked else 0), language),
            lambda: answers.checked_json(desk.checked),
        ),
    }


def files_json(session: Session, desk: BlocksDesk) -> list[dict[str, Any]]:
    key = (current_language(), len(session.project.municipalities()))
    if desk.judged is None or desk.judged[:2] != (desk.parts, key):
        desk.judged = desk.parts, key, blocks_dropping.look_at_places(desk.parts, session.project.municipalities())
    pairs = zip(desk.parts, desk.judged[2], strict=True)
    return [answers.part_json(number, part, wrong) for number, (part, wrong) in enumerate(pairs)]


def rule_json(desk: BlocksDesk) -> dict[str, Any]:
    """The rule in one sentence, and the numbers that can be changed."""
    rule = BuildingRule(**desk.rule)
    return {"sentence": rule.sentence(), "numbers": {name: getattr(rule, name) for name in CHANGEABLE}}


@router.post("/files")
def files(session: Open, desk: Desk, files: list[UploadFile]) -> dict[str, Any]:
    """Look into dropped files; they come to those dropped before."""
    refuse_while_busy(session)
    paths = desk.keep(files)

    def work(progress: Progress) -> dict[str, Any]:
        progress.stage(_("Dateien werden angesehen"))
        # a file under the name of an earlier one takes its place
        names = {path.name for path in paths}
        found, refused = [part for part in desk.parts if part.path.name not in names], []
        for number, path in enumerate(paths):
            try:
                found += blocks_dropping.parts_of(path)
            except InputRefused as error:
                refused.append(error)
            progress.step(number + 1, len(paths))
        desk.parts = blocks_dropping.with_roles(found)
        desk.forget_built()
        if refused:
            findings = [finding for error in refused for finding in error.findings]
            heads = " ".join(error.headline for error in refused)
            raise InputRefused(heads, findings, refused[0].todo)
        return {"files": len(found)}

    return start(session, _("Dateien ansehen"), work)


@router.post("/files/{number}")
def change(session: Open, desk: Desk, number: int, wish: PartWish) -> list[dict[str, Any]]:
    """Say what a layer is, which columns name its units, or how its coordinates are read."""
    refuse_while_busy(session)
    part = _part(desk, number)
    if wish.role not in (*blocks_dropping.ROLES[part.shape], ""):
        raise UsageError(_("So lässt sich diese Datei nicht verwenden."))
    reading = Reading.of(wish.reading).code if wish.reading else ""
    parts = list(desk.parts)
    parts[number] = replace(part, role=wish.role, key=wish.key, name=wish.name, reading=reading)
    desk.parts = tuple(parts)
    desk.forget_built()
    return files_json(session, desk)


@router.get("/files/{number}/where")
def where(session: Open, desk: Desk, number: int, reading: str) -> dict[str, Any]:
    """The small map of where a layer would lie."""
    part = _part(desk, number)
    towns = session.project.municipalities()
    own = next((one for one in desk.parts if one.role == "municipalities"), None)
    if not len(towns) and own is not None and own is not part:
        shapes = blocks_dropping.shapes_of(own)
        towns = read_as(shapes, Reading.of(own.reading)) if own.reading else shapes
    return where_json(read_as(blocks_dropping.shapes_of(part), Reading.of(reading)), towns)


def _part(desk: BlocksDesk, number: int) -> blocks_dropping.Part:
    if not 0 <= number < len(desk.parts):
        raise UsageError(_("Diese Datei liegt hier nicht mehr."))
    return desk.parts[number]


@router.post("/clear")
def clear(session: Open, desk: Desk) -> dict[str, str]:
    """Put away what was dropped and built."""
    refuse_while_busy(session)
    desk.clear_building()
    return {}


@router.post("/rule")
def rule(session: Open, desk: Desk, wish: Rule) -> dict[str, Any]:
    """Change numbers of the rule for what is built here."""
    refuse_while_busy(session)
    unknown = sorted(set(wish.numbers) - set(CHANGEABLE))
    if unknown:
        raise UsageError(_("Die Regel kennt „{name}“ nicht.").format(name=unknown[0]))
    numbers: dict[str, Any] = dict(wish.numbers)
    BuildingRule(**numbers)
    desk.rule = numbers
    desk.forget_built()
    return rule_json(desk)


@router.post("/build")
def build(session: Open, desk: Desk) -> dict[str, Any]:
    """Build blocks from what was dropped and what the project has; nothing is kept."""
    refuse_while_busy(session)
    folder = desk.folder()
    given = blocks_dropping.as_block_files(desk.parts, folder)
    project, numbers = session.project, dict(desk.rule)

    def work(progress: Progress) -> dict[str, Any]:
        look = blocks_building.look_at_blocks(project, given, BuildingRule(**numbers), progress)
        outlook, obstacles = outlook_of(project, look)
        progress.done(_("Gebildet: {count} Bausteine.").format(count=count(len(look.built.blocks))))
        desk.lay(look, outlook, obstacles)
        return {"sentences": look.sentences()}

    desk.forget_built()
    return start(session, _("Bausteine bilden"), clearing(folder, work), folder)


def outlook_of(project: Any, look: BlocksLook) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a new version would do, and why the blocks cannot be taken over as they are."""
    if look.built.blocks["population"].isna().any():
        missing = _("Einwohnerzahlen fehlen.")
        todo = _("Ergänzen Sie Anschriften mit Einwohnerzahl oder die Einwohnerzahl je Gemeinde.")
        return (), (f"{missing} {todo}",)
    if not answers.rests_on(project):
        return (), ()
    try:
        return tuple(blocks_renewing.look_at_renewal(project, look.built).sentences()), ()
    except InputRefused as refused:
        return (), tuple(finding.sentence() for finding in refused.findings)


@router.post("/take")
def take(session: Open, desk: Desk, wish: Taking) -> dict[str, Any]:
    """Take over what was built: as the first blocks, or as a new version."""
    refuse_while_busy(session)
    look, project = desk.built(), session.project

    def work(progress: Progress) -> dict[str, Any]:
        progress.stage(_("Bausteine werden übernommen"))
        said = blocks_building.take_blocks(
            project, look, why=wish.why, role=wish.role.strip(), sizes=(wish.low, wish.high)
        )
        desk.clear_building()
        return {"sentences": said}

    return start(session, _("Bausteine übernehmen"), work)


@router.get("/map/built/{number}")
def built_map(desk: Desk, number: int) -> dict[str, Any]:
    """The shapes of what was built. number : of the state, so that no older picture is shown."""
    look = desk.built()
    built = look.built
    places = [one.point for one in built.doubtful]
    lines = look.sources.lines
    return ground_json(built.blocks, look.sources.municipalities, _as(lines, built.blocks.crs), places=places)


def _as(lines: gpd.GeoDataFrame, crs: Any) -> gpd.GeoDataFrame:
    return lines.to_crs(crs) if lines.crs is not None and lines.crs != crs else lines


@router.get("/map/checked/{number}")
def checked_map(desk: Desk, number: int) -> dict[str, Any]:
    """The shapes of what is checked, with the places of its faults."""
    ground = desk.on_check().ground
    if ground.misplaced:
        raise UsageError(_("Die Koordinaten sind noch nicht geklärt."))
    return ground_json(ground.blocks, ground.municipalities, ground.lines, ground.faults)


@router.get("/map/kept")
def kept_map(session: Open) -> dict[str, Any]:
    """The shapes of the newest blocks of the project."""
    project = session.project
    blocks = project.blocks(project.blocks_version())
    last = last_building(project)
    places = [] if last is None else [one.point for one in last.doubtful]
    towns, lines = project.municipalities(), project.lines()
    return session.drawn(("blocks_kept",), lambda: ground_json(blocks, towns, lines, places=places))


@router.get("/versions")
def versions(session: Open) -> dict[str, Any]:
    """All versions of the blocks, and the plan that could be brought onto the newest."""
    project = session.project
    plan = project.plan()
    behind = plan is not None and project.blocks_version(plan) != project.blocks_version()
    crossed = blocks_renewing.crossed_sentences(project.crossed_blocks(plan)) if behind else []
    return {
        "building": answers.building_json(project),
        "versions": answers.history_json(blocks_renewing.block_history(project)),
        "blocks": answers.blocks_json(project),
        "plan": {"title": plan.title, "version": project.blocks_version(plan), "crossed": crossed} if behind else None,
    }


@router.get("/versions/{version}/links")
def links(session: Open, version: int, words: str = "") -> dict[str, Any]:
    """What became what with a version."""
    steps = session.project.block_steps()
    step = steps[version - 2] if 2 <= version <= len(steps) + 1 else None
    if not isinstance(step, BlockRenewal):
        raise UsageError(_("Zu diesem Stand der Bausteine gibt es keine Übersicht."))
    return answers.links_json(step, words)


@router.post("/plan")
def bring(session: Open, wish: Bringing) -> dict[str, Any]:
    """Bring the current plan onto the newest blocks."""
    project = session.project

    def work(progress: Progress) -> dict[str, Any]:
        progress.stage(_("Der Plan wird auf die neuen Bausteine gebracht"))
        plan, _crossed = blocks_renewing.bring_plan(project, role=wish.role.strip())
        return {"sentences": [_("Der Plan „{title}“ ruht jetzt auf den neuen Bausteinen.").format(title=plan.title)]}

    return start(session, _("Plan auf neue Bausteine bringen"), work)
