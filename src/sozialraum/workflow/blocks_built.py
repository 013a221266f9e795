"""What was said when the blocks of a project were built, to be looked at later: doubtful places and the protocol."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from sozialraum.blocks.building import Built, Doubtful
from sozialraum.blocks.building.faces import inside
from sozialraum.blocks.building.result import MERGED_COLUMNS
from sozialraum.project import Project

# An address that is doubtful today may be a protected one tomorrow: neither its name nor its place is kept.
OF_ADDRESSES = ("on_line", "outside", "uncounted")


@dataclass(frozen=True, eq=False)
class Building:
    """How the present blocks were built.

    when : ISO time. version : of the blocks. rule : the rule in one sentence. people : see Built. notes : sentences.
    doubtful : without addresses, with the keys of the newest blocks. addresses : how many doubtful addresses there
    were. merged : protocol, `what, into, why, x, y`.
    """

    when: str
    version: int
    rule: str
    people: str
    notes: tuple[str, ...]
    doubtful: tuple[Doubtful, ...]
    addresses: int
    merged: pd.DataFrame


def keep_building(project: Project, built: Built) -> None:
    """Keep what was said of blocks that have just been taken over."""
    kept = [one for one in built.doubtful if one.kind not in OF_ADDRESSES]
    version = project.blocks_version()
    project.save_block_building(
        {
            "version": version,
            "blocks": _check_number(project.blocks(version)),
            "rule": built.rule,
            "people": built.people,
            "notes": [note.sentence() for note in built.notes],
            "doubtful": [[one.kind, one.sentence, one.todo, one.point.x, one.point.y] for one in kept],
            "addresses": len(built.doubtful) - len(kept),
            "merged": built.merged.drop(columns="into").to_numpy(dtype=object).tolist(),
        }
    )


def last_building(project: Project) -> Building | None:
    """What was said when the blocks were built; None when they came otherwise, or others were imported since."""
    found = project.block_building()
    version = project.blocks_version()
    if found is None or found["version"] > version:
        return None
    if found["blocks"] != _check_number(project.blocks(found["version"])):
        return None
    blocks = project.blocks(version)
    columns = [name for name in MERGED_COLUMNS if name != "into"]
    merged = pd.DataFrame(found["merged"], columns=columns)
    shapes, keys = blocks.geometry.to_numpy(), blocks["block_id"].to_numpy(dtype=object)
    spots = np.array([[row[3], row[4]] for row in found["doubtful"]]).reshape(-1, 2)
    at = _keys(shapely.points(spots), shapes, keys)
    merged.insert(1, "into", _keys(shapely.points(merged[["x", "y"]].to_numpy(dtype=float)), shapes, keys))
    doubtful = tuple(
        Doubtful(kind, sentence, todo, shapely.Point(x, y), key)
        for (kind, sentence, todo, x, y), key in zip(found["doubtful"], at.tolist(), strict=True)
    )
    return Building(
        found["when"], found["version"], found["rule"], found["people"], tuple(found["notes"]), doubtful,
        found["addresses"], merged,
    )  # fmt: skip


def _check_number(blocks: pd.DataFrame) -> str:
    return hashlib.sha256("\n".join(sorted(blocks["block_id"].astype(str))).encode()).hexdigest()


def _keys(points: np.ndarray, shapes: np.ndarray, keys: np.ndarray) -> np.ndarray:
    place = inside(points, shapes)
    return np.where(place >= 0, keys[place], "")
