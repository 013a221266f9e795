"""Taking a register over: the first one of a project, or a decided newer one with the street grid written again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sozialraum.base import Finding, InputRefused, Interrupted, Progress, UsageError, _, plural
from sozialraum.base.numbers import count
from sozialraum.project import Project
from sozialraum.workflow.address_registers import read_register
from sozialraum.workflow.addresses_updating import ROLE, finish_update
from sozialraum.workflow.street_grid import (
    check_street_grid,
    street_grid_files,
    street_grid_format,
    street_grid_sentences,
)
from sozialraum.workflow.street_grid import street_grid_prospect as prospect


@dataclass(frozen=True)
class GridAgain:
    """The street grid after a new register.

    plan_id, plan : '' without a plan. files : name -> bytes, {} where something stops it. sentences : what it holds.
    findings : of the street grid, and of the check of what was written; errors are what stops it.
    """

    plan_id: str = ""
    plan: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def take_register(project: Project, progress: Progress, role: str = ROLE) -> tuple[tuple[str, ...], GridAgain]:
    """Make the decided register the newest version, then write and check the street grid of the present plan.

    Sentences say what was done. Raises InputRefused while a change is open; then nothing is taken over.
    """
    progress.stage(_("Adressregister übernehmen"))
    done = finish_update(project, role=role)
    with suppress(Interrupted):  # the register is taken over; who stops now still learns that
        progress.stage(_("Straßenraster prüfen"))
    return done.sentences, grid_again(project, role)


def grid_again(project: Project, role: str = ROLE) -> GridAgain:
    """Write the street grid of the present plan and check what was written; what stops it is among the findings."""
    plan = project.plan()
    if plan is None:
        return GridAgain()
    found = prospect(project)
    said = tuple(street_grid_sentences(found)[:1])
    try:
        files = street_grid_files(project, plan.plan_id, role)
    except InputRefused as refused:
        return GridAgain(plan.plan_id, plan.title, {}, said, tuple(refused.findings))
    checked = check_street_grid(dict(files), street_grid_format(project))
    return GridAgain(plan.plan_id, plan.title, files, said, (*found.findings, *checked))


def first_register(
    project: Project, file: Path, *, title: str = "", read_coordinates: str = "", role: str = ROLE
) -> tuple[list[str], tuple[Finding, ...]]:
    """Read the first address register of a project from a file of its own; sentences, and what is to be said of it.

    Raises UsageError where there is a register, InputRefused without blocks or as `address_registers.read_register`;
    then nothing is kept.
    """
    blocks = project.blocks()
    if blocks.empty:
        raise InputRefused(
            _("Es gibt noch keine Bausteine."), (), _("Lesen Sie zuerst auf der Seite „Gebiete“ die Bausteine ein.")
        )
    if not project.addresses().empty:
        raise UsageError(_("Es gibt schon ein Adressregister; schreiben Sie es fort."))
    register, said = read_register(Path(file), blocks, project.municipalities(), read_coordinates=read_coordinates)
    name = title.strip() or Path(file).stem
    project.save_address_version(register, title=name, summary={"new": len(register)}, role=role)
    kept = len(project.addresses())
    text = plural("1 Adresse eingelesen.", "{n} Adressen eingelesen.", kept).format(n=count(kept))
    return [text], said
