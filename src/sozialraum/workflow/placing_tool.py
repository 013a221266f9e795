"""The Zuordnungswerkzeug of a region: one HTML file that places address lists and counts them, without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.addresses import AddressRegister, spelling_rules
from sozialraum.base import InputRefused, UsageError, _
from sozialraum.base.order import code_key
from sozialraum.base.whole_files import write_whole
from sozialraum.consultation.page import english_catalogue, filled, page_template, words_in
from sozialraum.delineation import Plan
from sozialraum.deliveries.catalogue_records import DataSet, Source
from sozialraum.project import Project
from sozialraum.protection import default_rules
from sozialraum.workflow.addresses_placing import project_register
from sozialraum.workflow.main import current_plan, now
from sozialraum.workflow.query_files import project_mark
from sozialraum.workflow.request_forms import form_for

TEMPLATE = "placing_tool.html"
FILE_NAME = "zuordnungswerkzeug.html"
FORMAT, VERSION = "sozialraum-placing", 1
# Tables of areas can come back as counts; cells, blocks and the agency's keys have their own ways.
COUNTABLE = ("area",)
ANY_DAY = "2000-12-31"  # the columns of a form are the same on every day


def write_placing_tool(project: Project, file: Path) -> Path:
    """Write the tool for the addresses and the plan in force; `file` is a folder or a file name.

    The file appears whole or not at all. Raises InputRefused: no addresses, no plan. ProjectRefused: the page was not
    built in. OSError.
    """
    name, page = placing_tool(project)
    target = file / name if file.is_dir() or not file.suffix else file
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole({target: page.encode()})
    return target


def placing_tool(project: Project, when: str = "") -> tuple[str, str]:
    """File name and content of the tool. when : ISO date-time, '' = now; else the same project gives the same text.

    In it are addresses with the area they lie in, areas and the rules of spelling; of protected addresses only the
    small marks of addresses/spelling.toml. Raises as `write_placing_tool`.
    """
    template = page_template(TEMPLATE)
    data = tool_data(project, when or now())
    page = filled(template, "data", _json(data))
    page = filled(page, "words", _json(words_in(template, english_catalogue())))
    title = _("Adressen zuordnen: {name}").format(name=data["project"])
    title = title.replace("&", "&amp;").replace("<", "&lt;")
    return FILE_NAME, page.replace("<title></title>", f"<title>{title}</title>", 1)


def tool_data(project: Project, when: str) -> dict[str, Any]:
    """What the tool knows, as plain data; see web/src/placing_tool/data.ts. Raises InputRefused as above."""
    plan = current_plan(project)
    register = project_register(project, plan)
    _refuse_other_blocks(register, plan)
    towns = project.municipalities().sort_values("name")
    areas = _areas(plan, towns["ags"].tolist())
    blocks, block_areas = _blocks(register, plan, [area["key"] for area in areas])
    return {
        "format": FORMAT, "version": VERSION,
        "project": str(project.settings.get("name", "")), "notice": str(project.settings.get("notice", "")),
        "mark": project_mark(project), "plan": plan.title, "written": when,
        "below": default_rules().profile_of("").minimum,
        "municipalities": [{"ags": ags, "name": name} for ags, name in zip(towns["ags"], towns["name"], strict=True)],
        "areas": areas, "blockAreas": block_areas,
        "streets": _streets(register, blocks, towns["ags"].tolist()),
        "spelling": spelling_rules(),
        "aliases": [asdict(alias) for alias in register.aliases.values()],
        "salt": register.salt, "marks": sorted(register.marks),
        "sets": _sets(project, towns["ags"].tolist()),
    }  # fmt: skip


def _refuse_other_blocks(register: AddressRegister, plan: Plan) -> None:
    """A plan on an earlier version of the blocks has no area for the blocks of the addresses."""
    known, towns = set(plan.assignment.index), set(plan.areas["municipality"])
    home = zip(register.frame["block_id"], register.frame["municipality"], strict=True)
    if any(block not in known for block, town in set(home) if town in towns):
        raise InputRefused(
            _("Der geltende Plan gehört zu einer früheren Fassung der Bausteine."),
            (),
            _("Bringen Sie den Plan zuerst auf die neuen Bausteine."),
        )


def _sets(project: Project, towns: Sequence[str]) -> list[dict[str, Any]]:
    """Data sets that a count of areas can be a delivery of: key, title, and the columns their recipe reads.

    columns : head and feature, none where the data set has no recipe; then each counted group is a feature of its own.
    """
    sources = {source.source_id: source for source in project.sources()}
    recipes = {recipe.code for recipe in project.recipes()}
    found = []
    for one in project.data_sets():
        columns: list[dict[str, str]] | None = []
        if one.recipe in recipes:
            columns = _columns(project, one, sources[one.source_id], towns)
        if one.geography in COUNTABLE and columns is not None:
            found.append({"id": one.data_set_id, "title": one.title, "columns": columns})
    return found


def _columns(project: Project, one: DataSet, source: Source, towns: Sequence[str]) -> list[dict[str, str]] | None:
    """The counts that a recipe reads, as an empty form asks for them; None where there is nothing to count."""
    with suppress(UsageError):  # a form of too many columns
        form = form_for(project, one, source, towns, ANY_DAY)
        columns = () if form is None or form.kind == "list" else form.columns
        counts = [column for column in columns if column.feature and not column.measure]
        return [{"head": column.head, "feature": column.feature} for column in counts] or None
    return None


def _areas(plan: Plan, towns: Sequence[str]) -> list[dict[str, str]]:
    """The areas by municipality and code."""
    place = {ags: position for position, ags in enumerate(towns)}
    rows = plan.areas[["area_id", "code", "name", "municipality"]].itertuples(index=False, name=None)
    ordered = sorted(rows, key=lambda row: (place.get(row[3], len(place)), code_key(row[1])))
    return [{"key": key, "name": name or code, "ags": ags} for key, code, name, ags in ordered]


def _blocks(register: AddressRegister, plan: Plan, keys: Sequence[str]) -> tuple[np.ndarray, list[int]]:
    """For each address the number of its block, and for each number the position of its area, -1 = none."""
    numbers, names = pd.factorize(register.block, sort=True)
    place = {key: position for position, key in enumerate(keys)}
    return numbers, [place.get(str(plan.assignment.get(name, "")), -1) for name in names]


def _streets(register: AddressRegister, blocks: np.ndarray, towns: Sequence[str]) -> list[dict[str, Any]]:
    """The addresses street by street, in the order of the register within each; each street in its usual spelling."""
    place = {ags: position for position, ags in enumerate(towns)}
    order = np.argsort(register.street_of, kind="stable")
    ends = np.searchsorted(register.street_of[order], np.arange(1, len(register.streets) + 1))
    found = []
    for street, rows in zip(register.streets, np.split(order, ends[:-1]), strict=True):
        houses = zip(register.number[rows].tolist(), register.suffix[rows].tolist(), strict=True)
        found.append(
            {
                "street": street.name, "town": place.get(street.municipality, -1), "postcode": street.postcode,
                "numbers": " ".join(_house(number, suffix) for number, suffix in houses),
                "blocks": [part for run in _runs(blocks[rows].tolist()) for part in run],
            }
        )  # fmt: skip
    return found


def _house(number: int, suffix: str) -> str:
    """Number and suffix as one word: '3a', '1.1/2', '5a_1'."""
    written = "_".join(str(suffix).split())
    return f"{number}{'.' if written[:1].isdigit() or written[:1] == '.' else ''}{written}"


def _runs(values: Sequence[int]) -> list[tuple[int, int]]:
    return [(len(list(same)), value) for value, same in groupby(values)]


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
