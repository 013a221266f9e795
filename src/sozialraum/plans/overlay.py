"""Foreign areas laid onto our blocks: what is clear, which blocks lie across a border, what does not fit.

Nothing is taken over here. A block across a border has a proposal (most inhabitants; most ground where nobody
lives), and a person decides on each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, InputRefused, _, name_key, plural
from sozialraum.blocks.layers import some
from sozialraum.plans.exchange_in import Foreign
from sozialraum.plans.overlay_faults import drawing_faults, outside_everything, reaching_across, title_of

Basis = Literal["addresses", "ground", "nearest", "none"]
NOISE_WIDTH = 2.0  # metres: a strip narrower than this comes from drawing the same line twice
NOISE_SHARE = 0.01  # of a block
MOSTLY = 0.5  # a municipality is meant when the areas cover more than this part of it


@dataclass(frozen=True, slots=True)
class Share:
    """What of a block lies in one foreign area ('' = in none).

    ground : part of its ground, 0 to 1. people : part of its inhabitants; None where nobody lives or
    nothing tells where they live.
    """

    area: str
    ground: float
    people: float | None


@dataclass(frozen=True, slots=True)
class Across:
    """A block that a person has to decide on. proposal : an area, '' where nothing speaks for any."""

    block_id: str
    municipality: str
    population: int
    shares: tuple[Share, ...]
    proposal: str
    basis: Basis


@dataclass(frozen=True, eq=False)
class Overlay:
    """Foreign areas on our blocks.

    areas : DataFrame `area, code, name`. clear : Series block_id -> area, of blocks nobody has to decide on.
    municipalities : AGS that the plan is for. findings : what does not fit, none of them stops.
    """

    file: str
    areas: pd.DataFrame
    clear: pd.Series
    across: tuple[Across, ...]
    municipalities: tuple[str, ...]
    findings: tuple[Finding, ...]

    def proposals(self) -> dict[str, str]:
        """block_id -> proposed area, of the blocks that have one."""
        return {one.block_id: one.proposal for one in self.across if one.proposal}


def lay_over(
    foreign: Foreign,
    blocks: gpd.GeoDataFrame,
    municipalities: gpd.GeoDataFrame,
    addresses: gpd.GeoDataFrame | None = None,
) -> Overlay:
    """Lay foreign areas onto the blocks.

    blocks, municipalities : layers of the contract in one metric system, the foreign areas in the same.
    addresses : points with `block_id`; they tell where in a block its inhabitants live.
    Raises InputRefused when nothing fits: all areas elsewhere, blocks that are not known.
    """
    blocks = blocks.sort_values("block_id", ignore_index=True)
    if not foreign.is_drawn:
        return _from_table(foreign, blocks, municipalities)
    pieces = _pieces(foreign.areas, blocks)
    if pieces.empty:
        raise InputRefused(
            _("„{file}“: Kein Gebiet liegt in dieser Region.").format(file=foreign.file),
            [outside_everything(foreign.areas, blocks)],
            _("Es wurde nichts übernommen."),
        )
    towns = _meant(pieces, blocks)
    own = blocks[blocks["municipality"].isin(towns)].reset_index(drop=True)
    pieces = pieces[pieces["block_id"].isin(own["block_id"])]
    pieces = _with_people(pieces, foreign.areas, own, addresses)
    pieces = pieces[~pieces["noise"]]
    clear, across = _sorted_out(pieces, own)
    across = _with_nearest(across, clear, own)
    taken = pd.concat([clear, pd.Series({one.block_id: one.proposal for one in across}, dtype=object)])
    findings = [
        *foreign.notes,
        *drawing_faults(foreign.areas, own, municipalities, NOISE_WIDTH),
        *reaching_across(foreign.areas, taken, own, municipalities),
        *_left_out(foreign, blocks, municipalities, towns),
    ]
    areas = pd.DataFrame(foreign.areas[["area", "code", "name"]])
    return Overlay(foreign.file, areas, clear, across, tuple(towns), tuple(findings))


def _pieces(areas: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> pd.DataFrame:
    """Every pair of block and area with common ground: block_id, area, ground (part), width (metres)."""
    shapes, ground = blocks.geometry.to_numpy(), areas.geometry.to_numpy()
    area_row, block_row = shapely.STRtree(shapes).query(ground, predicate="intersects")
    shapely.prepare(ground)
    whole = shapely.covers(ground[area_row], shapes[block_row])
    common = shapes[block_row].copy()
    common[~whole] = shapely.intersection(shapes[block_row][~whole], ground[area_row][~whole])
    size, border = shapely.area(common), shapely.length(common)
    frame = pd.DataFrame(
        {
            "block_id": blocks["block_id"].to_numpy(dtype=object)[block_row],
            "area": areas["area"].to_numpy(dtype=object)[area_row],
            "ground": np.where(whole, 1.0, size / shapely.area(shapes[block_row])),
            "width": 2 * size / np.maximum(border, 1e-9),
        }
    )
    return frame[size > 0].sort_values(["block_id", "area"], ignore_index=True)


def _meant(pieces: pd.DataFrame, blocks: gpd.GeoDataFrame) -> list[str]:
    """The municipalities the areas cover for the most part; where there is none, the one covered most."""
    size = blocks.set_index("block_id").geometry.area
    town = blocks.set_index("block_id")["municipality"]
    covered = pieces.groupby("block_id")["ground"].sum().clip(upper=1.0)
    part = (covered * size.reindex(covered.index)).groupby(town.reindex(covered.index)).sum()
    part = part / size.groupby(town).sum().reindex(part.index)
    found = sorted(part.index[part > MOSTLY].astype(str))
    return found or [str(part.idxmax())]


def _with_people(
    pieces: pd.DataFrame, areas: gpd.GeoDataFrame, own: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame | None
) -> pd.DataFrame:
    """The pieces and the uncovered rest of blocks, with `people` (part) where addresses tell, and `noise`."""
    rest = 1.0 - pieces.groupby("block_id")["ground"].sum().reindex(own["block_id"]).fillna(0.0)
    rest = rest[rest > 0]
    size = own.set_index("block_id").geometry.area.reindex(rest.index)
    around = own.set_index("block_id").geometry.length.reindex(rest.index)
    bare = pd.DataFrame({"block_id": rest.index, "area": "", "ground": rest.to_numpy()})
    # the rest of a block is not cut out; a strip along half its border is the narrowest it can be
    bare["width"] = (rest * size / (around / 2)).to_numpy()
    pieces = pd.concat([pieces, bare], ignore_index=True).sort_values(["block_id", "area"], ignore_index=True)
    living = _living(pieces, areas, addresses)
    pieces["people"] = [living.get(pair, np.nan) for pair in zip(pieces["block_id"], pieces["area"], strict=True)]
    told = pieces.groupby("block_id")["people"].transform("count") > 0
    pieces["people"] = pieces["people"].where(~told, pieces["people"].fillna(0.0))
    thin = (pieces["ground"] < NOISE_SHARE) | (pieces["width"] < NOISE_WIDTH)
    largest = pieces.groupby("block_id")["ground"].transform("max") == pieces["ground"]
    pieces["noise"] = thin & ~largest & ~(pieces["people"] > 0)
    return pieces


def _living(
    pieces: pd.DataFrame, areas: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame | None
) -> dict[tuple[str, str], float]:
    """Part of a block's addresses in each area, of blocks with more than one piece."""
    if addresses is None or addresses.empty:
        return {}
    several = pieces["block_id"].value_counts()
    mine = addresses[addresses["block_id"].isin(several.index[several > 1])].reset_index(drop=True)
    if mine.empty:
        return {}
    address, area = shapely.STRtree(areas.geometry.to_numpy()).query(mine.geometry.to_numpy(), predicate="intersects")
    within = pd.Series("", index=mine.index, dtype=object)
    # an address on a common border or in an overlap belongs to the first area in order
    for place, found in sorted(zip(address.tolist(), area.tolist(), strict=True), reverse=True):
        within[place] = areas["area"].iat[found]
    counted = pd.DataFrame({"block_id": mine["block_id"], "area": within}).value_counts()
    total = counted.groupby(level="block_id").transform("sum")
    return {(str(pair[0]), str(pair[1])): float(part) for pair, part in (counted / total).items()}  # type: ignore[index]


def _sorted_out(pieces: pd.DataFrame, own: gpd.GeoDataFrame) -> tuple[pd.Series, tuple[Across, ...]]:
    """Blocks with one area, and blocks that a person decides on."""
    number = pieces.groupby("block_id")["area"].transform("size")
    alone = pieces[(number == 1) & (pieces["area"] != "")]
    clear = by_block(dict(zip(alone["block_id"], alone["area"], strict=True)))
    about = own.set_index("block_id")[["municipality", "population"]]
    open_ones = pieces[~pieces["block_id"].isin(clear.index)]
    across = [_across(str(block), rows, about.loc[block]) for block, rows in open_ones.groupby("block_id", sort=True)]
    return clear, tuple(across)


def by_block(area_of: Mapping[str, str]) -> pd.Series:
    """Series block_id -> area, sorted by block."""
    blocks = sorted(area_of)
    index = pd.Index(blocks, name="block_id", dtype=object)
    return pd.Series([area_of[block] for block in blocks], index=index, name="area", dtype=object)


def _across(block: str, rows: pd.DataFrame, about: pd.Series) -> Across:
    lived_in = int(about["population"]) > 0
    told = lived_in and bool(rows["people"].notna().any())
    shares = [
        Share(str(area), round(float(ground), 4), round(float(people), 4) if told else None)
        for area, ground, people in rows[["area", "ground", "people"]].itertuples(index=False)
    ]
    shares.sort(key=lambda one: (-(one.people or 0.0), -one.ground, one.area))
    named = [one for one in shares if one.area]
    basis: Basis = ("addresses" if told else "ground") if named else "none"
    proposal = named[0].area if named else ""
    return Across(block, str(about["municipality"]), int(about["population"]), tuple(shares), proposal, basis)


def _with_nearest(across: tuple[Across, ...], clear: pd.Series, own: gpd.GeoDataFrame) -> tuple[Across, ...]:
    """Blocks in no area at all are proposed for the nearest one of their municipality."""
    lonely = [one for one in across if not one.proposal]
    if not lonely or clear.empty:
        return across
    shapes = own.set_index("block_id")
    found = {}
    for one in lonely:
        there = shapes[(shapes["municipality"] == one.municipality) & shapes.index.isin(clear.index)]
        if there.empty:
            continue
        away = there.geometry.distance(shapes.geometry[one.block_id])
        found[one.block_id] = str(clear[min(there.index, key=lambda block: (round(away[block], 3), block))])
    return tuple(
        Across(one.block_id, one.municipality, one.population, one.shares, found[one.block_id], "nearest")
        if one.block_id in found
        else one
        for one in across
    )


def _left_out(
    foreign: Foreign, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame, towns: list[str]
) -> list[Finding]:
    """Municipalities that the areas only reach into; nothing changes there."""
    names = dict(zip(municipalities["ags"], municipalities["name"], strict=True))
    pieces = _pieces(foreign.areas, blocks[~blocks["municipality"].isin(towns)].reset_index(drop=True))
    pieces = pieces[(pieces["ground"] >= NOISE_SHARE) & (pieces["width"] >= NOISE_WIDTH)]
    town = pieces["block_id"].map(blocks.set_index("block_id")["municipality"])
    what = _("Die Gebiete ragen nach {name} hinein: {areas}. Dort wird nichts geändert.")
    findings = []
    for ags in sorted(set(town), key=lambda ags: (name_key(str(names.get(ags, ags))), ags)):
        areas = [title_of(foreign.areas, area) for area in sorted(set(pieces["area"][town == ags]))]
        findings.append(Finding(what.format(name=names.get(ags, ags), areas=some(areas)), severity="warning"))
    return findings


def _from_table(foreign: Foreign, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> Overlay:
    """A table says for each block where it belongs; blocks it leaves out are decided by a person."""
    known = set(blocks["block_id"])
    strange = sorted(set(foreign.table.index) - known)
    if strange:
        text = plural("Unbekannter Baustein: {names}.", "Unbekannte Bausteine: {names}.", len(strange))
        raise InputRefused(
            _("Der Plan in „{file}“ kann nicht übernommen werden.").format(file=foreign.file),
            [Finding(text.format(names=some(strange)), todo=_("Die Tabelle gehört zu anderen Bausteinen."))],
            _("Es wurde nichts übernommen."),
        )
    town = blocks.set_index("block_id")["municipality"]
    towns = sorted(set(town.reindex(foreign.table.index)))
    own = blocks[blocks["municipality"].isin(towns)].reset_index(drop=True)
    clear = by_block({str(block): str(area) for block, area in foreign.table.items()})
    absent = own[~own["block_id"].isin(clear.index)]
    rows = absent[["block_id", "municipality", "population"]].itertuples(index=False)
    across = tuple(Across(str(block), str(ags), int(people), (), "", "none") for block, ags, people in rows)
    across = _with_nearest(across, clear, own)
    keys = sorted(set(clear))
    areas = pd.DataFrame({"area": keys, "code": "", "name": ""})
    drawn = gpd.GeoDataFrame(areas, geometry=[None] * len(areas), crs=blocks.crs)
    taken = pd.concat([clear, pd.Series({one.block_id: one.proposal for one in across}, dtype=object)])
    findings = [*foreign.notes, *reaching_across(drawn, taken, own, municipalities)]
    return Overlay(foreign.file, areas, clear, across, tuple(towns), tuple(findings))
