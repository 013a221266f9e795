"""The check number of what a proposal was computed from: the same inputs give the same number."""

from __future__ import annotations

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, _
from sozialraum.blocks import attribute_columns
from sozialraum.delineation.barriers import near_lines
from sozialraum.delineation.plan import Plan


def blocks_number(blocks: gpd.GeoDataFrame, municipality: pd.Series) -> str:
    """Check number of the blocks of one municipality: keys, inhabitants, attributes, shapes, and its limits of size.

    blocks : of the municipality, in any order. Independent of the order of rows and of where a polygon begins.
    """
    own = blocks.sort_values("block_id", ignore_index=True)
    digest = hashlib.sha256()
    for text in own["block_id"].astype(str):
        digest.update(text.encode() + b"\n")
    digest.update(own["population"].to_numpy(dtype="<i8").tobytes())
    for column in sorted(attribute_columns(own)):
        values = own[column].to_numpy(dtype="<f8").copy()
        values[np.isnan(values)] = np.nan  # one bit pattern for every unknown value
        digest.update(column.encode() + values.tobytes())
    _add_shapes(digest, own)
    limits = [municipality["size_low"], municipality["size_high"]]
    digest.update(np.array(limits, dtype="<f8").tobytes())
    return digest.hexdigest()[:16]


def lines_number(blocks: gpd.GeoDataFrame, lines: gpd.GeoDataFrame | None) -> str:
    """Check number of the barriers and crossings near the blocks; '' when there are none."""
    if lines is None or lines.empty:
        return ""
    near = near_lines(lines, blocks)
    if near.empty:
        return ""
    rows = sorted(
        f"{kind};{name};{shape.wkb_hex}"
        for kind, name, shape in zip(near["kind"], near["name"], shapely.normalize(near.geometry), strict=True)
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _add_shapes(digest: hashlib._Hash, blocks: gpd.GeoDataFrame) -> None:
    for wkb in shapely.to_wkb(shapely.normalize(blocks.geometry.to_numpy()), byte_order=1, output_dimension=2):
        digest.update(wkb)


def input_numbers(blocks: gpd.GeoDataFrame, municipality: pd.Series, lines: gpd.GeoDataFrame | None) -> dict[str, str]:
    """Check numbers of the blocks and lines of one municipality, as a plan stores them."""
    own = blocks[blocks["municipality"] == municipality["ags"]]
    return {"inputs": blocks_number(own, municipality), "lines": lines_number(own, lines)}


def changed_inputs(
    plan: Plan, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, lines: gpd.GeoDataFrame | None = None
) -> tuple[Finding, ...]:
    """A warning per municipality whose blocks, limits or, where given, lines are not those the proposal was made from.

    Adopted areas and plans without check numbers are passed over.
    """
    findings = []
    rows = municipalities.set_index("ags", drop=False)
    for ags, rule in sorted(plan.parameters.get("municipalities", {}).items()):
        if "inputs" not in rule or ags not in rows.index:
            continue
        now = input_numbers(blocks, rows.loc[ags], lines)
        if now["inputs"] != rule["inputs"] or (lines is not None and now["lines"] != rule.get("lines", "")):
            what = _("{name}: Die Angaben haben sich seit dem Vorschlag geändert.").format(name=rows.at[ags, "name"])
            todo = _("Rechnen Sie den Vorschlag neu, wenn die Gebiete den neuen Angaben folgen sollen.")
            findings.append(Finding(what, todo=todo, severity="warning"))
    return tuple(findings)
