"""The village as a town hall sees it, and answers to it in a short writing.

AABBCC   1 Altstadt (A, B, C)
AABBCC
DDEEFF   2 Nordfeld (D, E, F and the open land g, h, i)
DDEEFF
gghhii
JJKKLL   3 Mühlweiler (J, K, L)
"""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd

from sozialraum.consultation import Answer, Base, Comment
from sozialraum.delineation import Edit, Plan, make_plan
from sozialraum.project import Project
from village import AGS, draw_municipality, village_blocks

AREAS = {"ABC": ("1", "Altstadt"), "DEFghi": ("2", "Nordfeld"), "JKL": ("3", "Mühlweiler")}
WRITTEN = "2026-11-28T09:00:00Z"


def area(code: str) -> str:
    """'1' -> '05999004-01'; '~1' -> '05999004~1', an area an expert made."""
    return f"{AGS}{code}" if code.startswith("~") else f"{AGS}-0{code}"


def block(letter: str) -> str:
    return f"{AGS}-{letter}"


def village_base(locked: str = "") -> Base:
    return Base(
        AGS,
        tuple((area(code), code, name) for code, name in AREAS.values()),
        {block(letter): area(code) for letters, (code, _name) in AREAS.items() for letter in letters},
        frozenset(map(block, locked)),
    )


def village_plan() -> Plan:
    plan = village_base().plan
    return make_plan(plan.assignment, plan.areas, title="Vorschlag", created="2026-11-01T09:00:00+00:00")


def step(text: str, why: str = "", role: str = "r") -> Edit:
    """'AB > 2' move; 'EF | 2' split off as a new area of the expert's own; '3 + 2' merge; '1 = Markt' rename."""
    left, sign, right = text.split(" ", 2)
    if sign == ">":
        return Edit("move", area=area(right), blocks=tuple(map(block, left)), why=why, role=role)
    if sign == "+":
        return Edit("merge", area=area(left), into=area(right), why=why, role=role)
    if sign == "=":
        return Edit("rename", area=area(left), name=right, why=why, role=role)
    code, _bar, key = right.partition(" as ")
    own = key or "~1"
    return Edit(
        "split", area=area(code), into=area(own), blocks=tuple(map(block, left)), code=f"{code[-1]}b",
        name="Neu", rest_code=f"{code[-1]}a", why=why, role=role,
    )  # fmt: skip


def answer(role: str, *steps: str | Edit, comments: tuple[Comment, ...] = (), package: str = "a1") -> Answer:
    """The answer of an office; its key is the role, so that tests can be read."""
    edits = tuple(one if isinstance(one, Edit) else step(one, role=role) for one in steps)
    return Answer(role, package, "p1", "p1", AGS, role, WRITTEN, edits, comments)


def village_project(folder: Path) -> Project:
    """A project with the village and its plan, nothing computed yet."""
    project = Project.create(folder / "project", name="Musterkreis")
    lines = gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs="EPSG:25832")
    project.save_layers(draw_municipality(low=200), village_blocks(), lines)
    project.save_plan(village_plan())
    return project


def write_answer(folder: Path, given: Answer, name: str = "") -> Path:
    """The answer as the file that the package saves."""
    file = folder / (name or f"antwort-{given.ags}-{given.role.lower()}.json")
    file.write_text(json.dumps(given.to_json(), ensure_ascii=False), encoding="utf-8")
    return file
