"""Sentences about results, for the terminal and the pages."""

from __future__ import annotations

from collections.abc import Iterator

from sozialraum.base import _
from sozialraum.base.numbers import count, counted
from sozialraum.delineation import Plan
from sozialraum.project import Project


def plan_sentences(plan: Plan, project: Project) -> Iterator[str]:
    """How many areas each municipality has, and how large the smallest and largest are."""
    sizes = project.blocks().set_index("block_id")["population"].groupby(plan.assignment).sum()
    names = dict(zip(project.municipalities()["ags"], project.municipalities()["name"], strict=True))
    for ags, areas in plan.areas.groupby("municipality", sort=True):
        own = sizes.reindex(areas["area_id"]).fillna(0)
        yield _("{name}: {areas} mit {low} bis {high} Einwohnerinnen und Einwohnern").format(
            name=names.get(ags, ags),
            areas=counted(len(areas), _("Gebiet"), _("Gebiete")),
            low=count(own.min()),
            high=count(own.max()),
        )
    yield from plan.parameters.get("notes", ())
