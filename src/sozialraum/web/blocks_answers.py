"""What the page "Bausteine" is told: files, doubtful places, faults, versions, each as plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from sozialraum.base import _, plural
from sozialraum.base.numbers import count
from sozialraum.blocks import Fault, ways
from sozialraum.blocks.building import Doubtful
from sozialraum.blocks.coordinates import Coordinates, Reading
from sozialraum.plans.block_renewal import BlockRenewal
from sozialraum.web.blocks_desk import BlocksDesk, Checked
from sozialraum.workflow import blocks_checking, blocks_dropping
from sozialraum.workflow.blocks_building import kind_word
from sozialraum.workflow.blocks_built import last_building
from sozialraum.workflow.blocks_dropping import ROLES, Part

MOST_MERGED = 200
MOST_LINKS = 200
MOST_MENDED = 100
OPEN_DRAFTS = ("in_revision", "submitted")


def part_json(number: int, part: Part, found: Coordinates) -> dict[str, Any]:
    """One row of the table of dropped files."""
    return {
        "number": number,
        "file": part.path.name,
        "layer": part.layer,
        "size": size_words(part),
        "role": part.role,
        "roles": [{"value": role, "title": blocks_dropping.role_title(role)} for role in (*ROLES[part.shape], "")],
        "columns": list(part.columns) if part.role in ("units", "nesting") else [],
        "key": part.key,
        "name": part.name,
        "reading": part.reading,
        "reading_title": Reading.of(part.reading).title if part.reading else "",
        "wrong": coordinates_json(found),
    }


def size_words(part: Part) -> str:
    """How much a layer holds, in words."""
    told = {
        "area": plural("1 Fläche", "{count} Flächen", part.rows),
        "line": plural("1 Linie", "{count} Linien", part.rows),
        "point": plural("1 Punkt", "{count} Punkte", part.rows),
        "table": plural("1 Zeile", "{count} Zeilen", part.rows),
        "cells": plural("1 Gitterzelle", "{count} Gitterzellen", part.rows),
    }
    return told[part.shape].format(count=count(part.rows))


def coordinates_json(found: Coordinates) -> dict[str, Any] | None:
    """What is wrong with coordinates and how they could be read; None when nothing is."""
    fault = next((one for one in found.faults if one.finding.severity == "error"), None)
    if fault is None:
        return None
    return {
        "sentence": fault.finding.what,
        "todo": fault.finding.todo,
        "readings": [{"value": one.code, "title": one.title} for one in found.proposals],
    }


def built_json(desk: BlocksDesk) -> dict[str, Any] | None:
    """What was built and is not kept yet."""
    look = desk.look
    if look is None:
        return None
    built = look.built
    return {
        "number": desk.look_number,
        "sentences": [line for line in look.sentences() if line != built.rule],
        "rule": built.rule,
        "places": doubtful_json(built.doubtful, built.blocks.crs),
        "merged": merged_json(built.merged),
        "outlook": list(desk.outlook),
        "obstacles": list(desk.obstacles),
        "sized": {"size_low", "size_high"} <= set(look.sources.municipalities.columns),
    }


def doubtful_json(doubtful: Sequence[Doubtful], crs: Any) -> list[dict[str, Any]]:
    """The doubtful places by number, with their longitude and latitude."""
    at = degrees([one.point for one in doubtful], crs)
    return [
        {
            "number": number,
            "kind": one.kind,
            "kind_title": kind_word(one.kind),
            "severity": "warning",
            "sentence": one.sentence,
            "todo": one.todo,
            "block": one.block_id,
            "box": [x, y, x, y],
        }
        for number, (one, (x, y)) in enumerate(zip(doubtful, at, strict=True), start=1)
    ]


def degrees(points: Sequence[shapely.Point], crs: Any) -> list[tuple[float, float]]:
    """Longitude and latitude, to six decimals."""
    if not points:
        return []
    there = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
    x, y = there.transform(shapely.get_x(points), shapely.get_y(points))
    return list(zip(np.round(x, 6).tolist(), np.round(y, 6).tolist(), strict=True))


def merged_json(merged: pd.DataFrame) -> dict[str, Any]:
    """The first merged remainders, and how many there are."""
    rows = merged.head(MOST_MERGED)[["what", "into", "why"]]
    return {"count": len(merged), "rows": [list(map(str, row)) for row in rows.itertuples(index=False)]}


def checked_json(checked: Checked | None) -> dict[str, Any] | None:
    """The blocks that are checked: their faults with the ways to mend each, and what was mended."""
    if checked is None:
        return None
    ground, protocol = checked.ground, checked.protocol
    table = None if protocol is None else blocks_checking.protocol_table(protocol)
    return {
        "number": checked.number,
        "file": "" if checked.path is None else checked.path.name,
        "misplaced": ground.misplaced,
        "faults": [] if ground.misplaced else faults_json(ground.faults, ground.blocks),
        "readings": [
            {"layer": layer, "title": Reading.of(code).title} for layer, code in sorted(ground.readings.items())
        ],
        "protocol": None
        if table is None
        else {
            "head": [str(name) for name in table.columns],
            "rows": [list(map(_cell, row)) for row in table.head(MOST_MENDED).itertuples(index=False)],
            "count": len(table),
            "sentence": blocks_checking.protocol_sentences(protocol, 0)[0] if protocol is not None else "",
        },
    }


def _cell(value: object) -> str | int:
    return value if isinstance(value, str) else int(value)  # type: ignore[call-overload]


def faults_json(faults: Sequence[Fault], blocks: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """The faults by number, each with its box in degrees (None where no place can be shown) and its ways."""
    boxes = gpd.GeoSeries([one.geometry for one in faults], crs=blocks.crs).to_crs(4326).bounds.round(6)
    there = [ways(one, blocks) for one in faults]
    return [
        {
            "number": number,
            "kind": one.kind,
            "kind_title": blocks_checking.kind_title(one.kind),
            "severity": one.finding.severity,
            "sentence": one.finding.what,
            # where it can be mended here, nobody needs to be sent to the map program
            "todo": "" if mending else one.finding.todo,
            "block": ", ".join(one.blocks),
            "box": None if np.isnan(box).any() else [float(side) for side in box],
            "fault_id": one.fault_id,
            "ways": [{"value": way.code, "title": way.sentence} for way in mending],
        }
        for number, (one, box, mending) in enumerate(zip(faults, boxes.to_numpy(), there, strict=True), start=1)
    ]


def blocks_json(project: Any) -> dict[str, Any] | None:
    """The newest blocks in figures, and what rests on them; None before the first."""
    version = project.blocks_version()
    blocks = project.blocks(version)
    if blocks.empty:
        return None
    return {
        "count": len(blocks),
        "municipalities": int(blocks["municipality"].nunique()),
        "people": int(blocks["population"].sum()),
        "version": version,
        "rests": rests_on(project),
    }


def rests_on(project: Any) -> list[str]:
    """What rests on the blocks there are, in words: plans, open drafts, deliveries; [] when nothing does."""
    plans, deliveries = len(project.plans()), len(project.deliveries())
    drafts = sum(one.status in OPEN_DRAFTS for one in project.drafts())
    named = [
        (plans, plural("1 Plan", "{count} Pläne", plans)),
        (drafts, plural("1 offene Fassung", "{count} offene Fassungen", drafts)),
        (deliveries, plural("1 Lieferung", "{count} Lieferungen", deliveries)),
    ]
    return [words.format(count=count(number)) for number, words in named if number]


def links_json(renewal: BlockRenewal, words: str) -> dict[str, Any]:
    """What became what: old block, new block, share of the old one. words : part of a key that is looked for."""
    links = renewal.links[renewal.links["weight"] > 0]
    wanted = words.strip().casefold()
    if wanted:
        near = links["old"].str.casefold().str.contains(wanted, regex=False)
        near |= links["new"].str.casefold().str.contains(wanted, regex=False)
        links = links[near]
    rows = links.head(MOST_LINKS)
    basis = basis_words()
    return {
        "count": len(links),
        "rows": [
            {"old": str(old), "new": str(new), "share": float(weight), "basis": basis.get(str(how), str(how))}
            for old, new, weight, how in rows[["old", "new", "weight", "basis"]].itertuples(index=False)
        ],
    }


def basis_words() -> Mapping[str, str]:
    """What a share rests on, for people."""
    return {
        "addresses": _("nach Anschriften"),
        "ground": _("nach Fläche"),
        "nearest": _("nächster Baustein"),
    }


def building_json(project: Any) -> dict[str, Any] | None:
    """How the present blocks were built: rule, doubtful places, protocol; None when they came otherwise.

    Of doubtful addresses only the number is known: one of them may be protected by now.
    """
    last = last_building(project)
    if last is None:
        return None
    return {
        "when": last.when,
        "version": last.version,
        "rule": last.rule,
        "sentences": list(last.notes),
        "places": doubtful_json(last.doubtful, project.blocks(project.blocks_version()).crs),
        "addresses": last.addresses,
        "merged": merged_json(last.merged),
    }


def history_json(history: pd.DataFrame) -> list[dict[str, Any]]:
    """The versions of the blocks, the newest first."""
    names = ["version", "kind", "what", "why", "role", "when"]
    rows = [dict(zip(names, row, strict=True)) for row in history[names].itertuples(index=False)]
    return [row | {"version": int(row["version"])} for row in reversed(rows)]
