"""A project to print from: Musterstadt with six areas, a draft with released and internal reasons, and a village.

`strokes` measures a printed sheet: every stroked path of a page in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pypdf
from pypdf.generic import ContentStream

import village
import workshop_town as town
from sozialraum.blocks import Places, no_addresses, no_buildings
from sozialraum.delineation import Decision, Edit, Plan, make_plan
from sozialraum.plans import drafts
from sozialraum.project import Project

SECRET_REASON = "GEHEIMGRUND Beschwerde aus Haus 7"
SECRET_COMMENT = "GEHEIMWORT Frau Muster meint"
RELEASED = "Die Schulwege führen nach Am Markt."
WHEN = "2026-05-04T10:00:00+00:00"
BODY, DECIDED = "Rat der Stadt Musterstadt", "2026-03-12"


@dataclass(frozen=True)
class Printed:
    """The project, and the keys of an adopted plan, of the proposal before it and of a draft upon it."""

    project: Project
    proposal: str
    adopted: str
    draft: str


def areas_of_town() -> pd.DataFrame:
    names = [name for row in town.QUARTERS for name in row]
    return pd.DataFrame(
        {
            "area_id": [f"{town.AGS}-0{place}" for place in range(1, 7)],
            "code": [str(place) for place in range(1, 7)],
            "name": names,
            "municipality": town.AGS,
            "origin": "proposal",
        }
    )


def village_areas() -> tuple[dict[str, str], pd.DataFrame]:
    groups = {"1": "ABC", "2": "DEFghi", "3": "JKL"}
    assignment = {f"{village.AGS}-{block}": f"{village.AGS}-0{code}" for code, own in groups.items() for block in own}
    rows = [(f"{village.AGS}-0{code}", code, f"Dorf {code}", village.AGS, "proposal") for code in groups]
    return assignment, pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])


def block(column: int, row: int) -> str:
    """The key of a block of the town."""
    return f"{town.AGS}-{row * town.COLUMNS + column + 1:04d}"


def make_project(folder: Path, people: Mapping[str, int] | None = None) -> Printed:
    """Two municipalities, two plans, one draft with three steps, one comment. people : other inhabitants of blocks."""
    frame = town.blocks()
    frame["population"] = frame["block_id"].map(people or {}).fillna(frame["population"]).astype("int64")
    both = gpd.GeoDataFrame(pd.concat([frame, village.village_blocks()], ignore_index=True), crs=town.CRS)
    towns = gpd.GeoDataFrame(
        pd.concat([town.municipality(frame), village.draw_municipality()], ignore_index=True), crs=town.CRS
    )
    project = Project.create(folder, name="Kreis Muster", language="de", notice="Beispielzahlen")
    project.save_layers(
        towns, both, town.lines(), Places(no_addresses(town.CRS), no_buildings(town.CRS), town.places(frame))
    )
    proposal = propose(frame)
    split = split_village(proposal)
    project.save_plan(proposal)
    project.save_plan(split)
    draft = begin_draft(split)
    project.save_draft(draft)
    project.save_comment(draft_id=draft.draft_id, ags=town.AGS, text=SECRET_COMMENT, role="Rathaus", when=WHEN)
    return Printed(project, proposal.plan_id, split.plan_id, draft.draft_id)


def propose(frame: gpd.GeoDataFrame) -> Plan:
    key = {name: f"{town.AGS}-0{place}" for place, name in enumerate(areas_of_town()["name"], 1)}
    assignment, rows = village_areas()
    assignment = assignment | dict(zip(frame["block_id"], frame["quarter"].map(key), strict=True))
    areas = pd.concat([areas_of_town(), rows], ignore_index=True)
    return make_plan(assignment, areas, title="Vorschlag", created="2026-01-19T09:00:00+00:00")


def split_village(plan: Plan) -> Plan:
    """The village's second area in two, decided; in the town everything stays."""
    assignment = plan.assignment.to_dict()
    assignment |= {f"{village.AGS}-{name}": f"{village.AGS}-02b" for name in "EFi"}
    assignment |= {f"{village.AGS}-{name}": f"{village.AGS}-02a" for name in "Dgh"}
    kept = plan.areas[plan.areas["area_id"] != f"{village.AGS}-02"]
    new = pd.DataFrame(
        {
            "area_id": [f"{village.AGS}-02a", f"{village.AGS}-02b"],
            "code": ["2a", "2b"],
            "name": ["Dorf West", "Dorf Ost"],
            "municipality": village.AGS,
            "origin": "revised",
        }
    )
    step = Edit(
        "split", area=f"{village.AGS}-02", into=f"{village.AGS}-02b", code="2b", name="Dorf Ost", rest_code="2a",
        rest_name="Dorf West", blocks=tuple(f"{village.AGS}-{name}" for name in "EFi"),
        why=SECRET_REASON, role="Sozialplanung", when=WHEN,
    )  # fmt: skip
    decisions = {ags: Decision(BODY, DECIDED) for ags in (town.AGS, village.AGS)}
    return make_plan(
        assignment, pd.concat([kept, new], ignore_index=True), title="Beschlossener Plan", status="adopted",
        created="2026-03-12T09:00:00+00:00", parent=plan.plan_id, edits=[step], decisions=decisions,
        valid_from=DECIDED,
    )  # fmt: skip


def begin_draft(base: Plan) -> drafts.Draft:
    """Area 1 gives four blocks to area 2 (released reason), area 2 two to area 3, area 4 one to area 5 (internal)."""
    draft = drafts.begin(base, town.AGS, title="Schulwege", role="Sozialplanung", when=WHEN)
    steps = (
        ("02", [block(8, row) for row in range(4)], RELEASED, True),
        ("03", [block(17, 0), block(17, 1)], SECRET_REASON, False),
        ("05", [block(8, 10)], SECRET_REASON, False),
    )
    for area, blocks, why, public in steps:
        step = Edit(
            "move", area=f"{town.AGS}-{area}", blocks=tuple(blocks), why=why, role="Sozialplanung", when=WHEN,
            public=public,
        )  # fmt: skip
        draft = drafts.add(draft, step)
    return draft


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> list[str]:
    """The text of every page, white space as single spaces."""
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def everything(pdf: bytes) -> str:
    """All that a reader could dig out: raw bytes, every stream unpacked, text, titles, alternative texts."""
    found = [pdf.decode("latin-1"), *words(pdf)]
    source = reader(pdf)
    found.append(str(source.metadata))
    for number in range(1, len(source.xref_objStm) + len(source.xref.get(0, {})) + 1):
        thing = source.get_object(number)
        found.append(str(thing))
        if hasattr(thing, "get_data"):
            found.append(thing.get_data().decode("latin-1"))
    return "\n".join(found)


@dataclass(frozen=True)
class Stroke:
    """A stroked path: its points in mm from the lower left corner of the page, dash pattern, width in points."""

    points: np.ndarray
    dash: tuple[float, ...]
    width: float

    @property
    def size(self) -> np.ndarray:
        """Width and height in mm."""
        return self.points.max(axis=0) - self.points.min(axis=0)


def strokes(page: pypdf.PageObject) -> Iterator[Stroke]:
    """Every stroked path of straight lines of a page."""
    matrix, stack = np.eye(3), []
    dash: tuple[float, ...] = ()
    width, points = 1.0, []
    for operands, name in ContentStream(page["/Contents"].get_object(), page.pdf).operations:
        numbers = [float(value) for value in operands] if name in (b"cm", b"m", b"l", b"w") else []
        if name == b"q":
            stack.append((matrix, dash, width))
        elif name == b"Q":
            matrix, dash, width = stack.pop()
        elif name == b"cm":
            a, b, c, d, e, f = numbers
            matrix = np.array([[a, b, 0], [c, d, 0], [e, f, 1]]) @ matrix
        elif name == b"d":
            dash = tuple(float(value) for value in operands[0])
        elif name == b"w":
            width = numbers[0]
        elif name in (b"m", b"l"):
            points.append((np.array([*numbers, 1.0]) @ matrix)[:2] * 25.4 / 72)
        elif name in (b"S", b"s", b"B", b"B*", b"f", b"f*", b"n", b"W"):
            if name in (b"S", b"B") and points:
                yield Stroke(np.array(points), dash, width)
            if name != b"W":
                points = []
