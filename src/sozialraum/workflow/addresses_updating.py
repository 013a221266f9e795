"""The yearly chore "Adressen fortschreiben": a newer register is compared, decided on, taken over, and the street grid
written again. The plan stays as it is; the register gets a new version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from sozialraum.addresses import (
    ACCEPT,
    Changes,
    Decision,
    Protection,
    accept_certain,
    apply_changes,
    carried_aliases,
    carried_on,
    compare_registers,
    decide,
    still_open,
)
from sozialraum.addresses.protection import doubtful
from sozialraum.base import Finding, InputRefused, UsageError, _, plural
from sozialraum.base.numbers import count
from sozialraum.project import Project
from sozialraum.workflow.address_registers import read_register
from sozialraum.workflow.street_grid import (
    check_street_grid,
    street_grid_format,
    street_grid_prospect,
    street_grid_sentences,
    street_grid_to_check,
    write_street_grid,
)

ROLE = "Planung"
SUMMED = ("unchanged", "new", "gone", "renamed", "renumbered", "moved", "postcode", "doubtful", "rejected")


@dataclass(frozen=True)
class Updated:
    """What an update made. version : number of the new register. sentences : what was done, for people.

    grid : sentences on the street grid, () where there is no plan. findings : what stops it from being written, or
    what the check of the written files found.
    """

    version: int
    sentences: tuple[str, ...]
    grid: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def begin_update(
    project: Project, file: Path, *, title: str = "", read_coordinates: str = "", role: str = ROLE
) -> tuple[Changes, tuple[Finding, ...]]:
    """Read a newer register and keep it beside the present one; returns what it changes and what is to be said of it.

    title : what people call it, by default the name of the file. Addresses that are protected are left out before
    anything is compared. Raises InputRefused; then nothing is kept.
    """
    if project.addresses().empty:
        raise InputRefused(
            _("Im Projekt gibt es kein Adressregister."), (), _("Lesen Sie es zuerst mit den Bausteinen ein.")
        )
    register, said = read_register(
        Path(file), project.blocks(), project.municipalities(), read_coordinates=read_coordinates
    )
    project.begin_address_update(register, title.strip() or Path(file).stem, role)
    return waiting_changes(project), said


def waiting_changes(project: Project) -> Changes:
    """What the waiting register changes, with the area of the present plan in view. Raises UsageError without one."""
    waiting = project.waiting_addresses()
    if waiting is None:
        raise UsageError(_("Es wartet kein neues Adressregister."))
    plan = project.plan()
    areas = {} if plan is None else {str(block): str(area) for block, area in plan.assignment.items()}
    last, blocks = project.addresses(), _blocks(project)
    changes = compare_registers(last, waiting[0].to_crs(last.crs), blocks, areas)
    return _near_protected(changes, project.address_protection())


def _near_protected(changes: Changes, protection: Protection) -> Changes:
    """Doubt addresses that appear at the number of a protected one, with another suffix or elsewhere."""
    rows = changes.rows
    near = rows["kind"].isin(("new", "renamed", "renumbered")).to_numpy().copy()
    near[near] = doubtful(protection, rows["street"][near].tolist(), rows["number"][near].tolist())
    return replace(changes, rows=rows.assign(doubt=rows["doubt"].mask(near & (rows["doubt"] == ""), "look_at")))


def _blocks(project: Project) -> gpd.GeoDataFrame:
    plan = project.plan()
    return project.blocks() if plan is None else project.blocks_of(plan)


def decisions(project: Project) -> tuple[Decision, ...]:
    """The decisions made so far."""
    rows = project.address_decisions()[["change_id", "decision", "block_id"]]
    return tuple(Decision(*row) for row in rows.itertuples(index=False, name=None))


def decide_changes(
    project: Project, ids: Iterable[str], decision: str, *, area_id: str = "", changes: Changes | None = None,
    role: str = ROLE,
) -> int:  # fmt: skip
    """Decide on changes or whole groups; returns how many addresses that were.

    decision : 'accept', 'reject'. area_id : the area new addresses belong to, where not the proposed one: each gets
    the nearest block of it. changes : as last looked at, to compare only once. Raises UsageError.
    """
    changes = changes or waiting_changes(project)
    wanted = tuple(ids)
    if decision != ACCEPT or not area_id:
        made = decide(changes, wanted, decision)
    else:
        made = _into_area(project, changes, wanted, area_id)
    _keep(project, made, role)
    return len(made)


def _into_area(project: Project, changes: Changes, ids: tuple[str, ...], area_id: str) -> tuple[Decision, ...]:
    plan = project.plan()
    own = [] if plan is None else [str(block) for block in plan.assignment.index[plan.assignment == area_id]]
    blocks = _blocks(project)
    blocks = blocks[blocks["block_id"].isin(own)]
    if blocks.empty:
        raise UsageError(_("Das Gebiet „{name}“ gibt es nicht.").format(name=area_id))
    made = decide(changes, ids, ACCEPT, str(blocks["block_id"].iloc[0]))
    points = changes.rows.set_index("change_id")[["x", "y"]]
    tree = shapely.STRtree(blocks.geometry.to_numpy())
    nearest = tree.nearest(shapely.points(points.loc[[one.change_id for one in made]].to_numpy(dtype=float)))
    names = blocks["block_id"].to_numpy(dtype=object)[nearest]
    return tuple(Decision(one.change_id, ACCEPT, str(block)) for one, block in zip(made, names, strict=True))


def accept_all_certain(project: Project, *, changes: Changes | None = None, role: str = ROLE) -> int:
    """Accept everything that raises no doubt and is not decided; returns how many addresses that were."""
    made = accept_certain(changes or waiting_changes(project), decisions(project))
    _keep(project, made, role)
    return len(made)


def take_back(project: Project, ids: Iterable[str], *, changes: Changes | None = None, role: str = ROLE) -> None:
    """Take decisions back, on changes or whole groups."""
    made = decide(changes or waiting_changes(project), ids, "reject")
    _keep(project, tuple(Decision(one.change_id, "") for one in made), role)


def _keep(project: Project, made: tuple[Decision, ...], role: str) -> None:
    frame = pd.DataFrame(
        [(one.change_id, one.decision, one.block_id) for one in made], columns=["change_id", "decision", "block_id"]
    )
    project.save_address_decisions(frame, role)


def finish_update(project: Project, *, grid: Path | None = None, role: str = ROLE) -> Updated:
    """Make the decided register the newest version, then check the street grid and write it again.

    grid : folder for the two files of the agency; None = only check. The plan keeps its version. Protected numbers
    go on with streets that were renamed, old names of streets stay known spellings.
    Raises InputRefused while a change is not decided; then nothing is taken over.
    """
    waiting = project.waiting_addresses()
    if waiting is None:
        raise UsageError(_("Es wartet kein neues Adressregister."))
    changes = waiting_changes(project)
    applied = apply_changes(changes, decisions(project))
    before = project.address_protection()
    protection = carried_on(before, applied.renamed)
    aliases = pd.concat([carried_aliases(project.street_aliases(), applied.aliases), applied.aliases])
    version = project.save_address_version(
        applied.addresses, title=waiting[1], summary=dict(applied.summary), aliases=aliases,
        protection=None if protection == before else protection, role=role,
    )  # fmt: skip
    lines = (_("Adressregister fortgeschrieben: {title}").format(title=waiting[1]), *summary_sentences(applied.summary))
    return _with_grid(project, Updated(version, lines), grid, role)


def _with_grid(project: Project, done: Updated, grid: Path | None, role: str) -> Updated:
    """The street grid of the present plan on the new register; what stops it is said, the register stands."""
    if project.plan() is None:
        return done
    prospect = street_grid_prospect(project)
    said = tuple(street_grid_sentences(prospect))
    if grid is None:
        return Updated(done.version, done.sentences, said, prospect.findings)
    try:
        written = tuple(write_street_grid(project, grid, role=role))
    except InputRefused as error:
        return Updated(done.version, done.sentences, said, error.findings)
    form = street_grid_format(project)
    found = check_street_grid(street_grid_to_check([grid], form), form)
    return Updated(done.version, done.sentences, written, tuple(found))


def summary_sentences(summary: Mapping[str, int]) -> list[str]:
    """Numbers of addresses by what was done with them, as sentences; what did not occur is left out."""
    n = {kind: int(summary.get(kind, 0)) for kind in SUMMED}
    texts = {
        "unchanged": plural("1 Adresse unverändert.", "{n} Adressen unverändert.", n["unchanged"]),
        "new": plural("1 neue Adresse.", "{n} neue Adressen.", n["new"]),
        "gone": plural("1 Adresse weggefallen.", "{n} Adressen weggefallen.", n["gone"]),
        "renamed": plural("1 Adresse mit neuem Straßennamen.", "{n} Adressen mit neuem Straßennamen.", n["renamed"]),
        "renumbered": plural("1 Adresse mit neuer Hausnummer.", "{n} Adressen mit neuer Hausnummer.", n["renumbered"]),
        "moved": plural("1 Adresse an anderer Stelle.", "{n} Adressen an anderer Stelle.", n["moved"]),
        "postcode": plural("1 Adresse mit neuer Postleitzahl.", "{n} Adressen mit neuer Postleitzahl.", n["postcode"]),
        "doubtful": plural("1 Änderung ist unklar.", "{n} Änderungen sind unklar.", n["doubtful"]),
        "rejected": plural("1 Änderung nicht übernommen.", "{n} Änderungen nicht übernommen.", n["rejected"]),
    }
    return [text.format(n=count(n[kind])) for kind, text in texts.items() if n[kind]]


def open_rows(project: Project, changes: Changes | None = None) -> pd.DataFrame:
    """The changes nobody decided yet."""
    return still_open(changes or waiting_changes(project), decisions(project))
