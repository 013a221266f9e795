"""Observations become counts of areas, municipalities and the region. Holes stay holes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from sozialraum.base import _
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST, Status
from sozialraum.carrying import PlanLike
from sozialraum.indicators.carried_notes import join_notes, without_carried, without_error
from sozialraum.indicators.carried_pieces import SourceWeights
from sozialraum.indicators.estimating import NOTE as ESTIMATED_BASE
from sozialraum.indicators.estimating import OF_BLOCKS, inhabitants_by_group, with_estimates
from sozialraum.indicators.pieces import TOTALS, facility_observations, pieces
from sozialraum.indicators.registry import features as all_features

DAYS_APART = 400
DIGITS = 9
COUNT = ["level", "unit", "feature", "period", "low", "high", "status", "provenance", "scope", "note"]
MISSING, BLOCKED = STRENGTH[Status.MISSING.value], STRENGTH[Status.BLOCKED.value]
SUPPRESSED = STRENGTH[Status.SUPPRESSED.value]
UNCERTAIN, OBSERVED = STRENGTH[Status.UNCERTAIN.value], STRENGTH[Status.OBSERVED.value]


def carry(
    observations: pd.DataFrame,
    facilities: pd.DataFrame | None,
    plan: PlanLike,
    blocks: pd.DataFrame,
    municipalities: pd.DataFrame,
    editions: Iterable[str],
    *,
    former: Sequence[PlanLike] = (),
    bases: Mapping[str, str] | None = None,
    others: Mapping[str, SourceWeights] | None = None,
) -> pd.DataFrame:
    """Counts of areas, municipalities and the region for every feature and edition.

    observations, facilities, blocks, municipalities : tables of docs/architecture.md. Besides the
        geographies named there, `municipality` and `region` (totals as delivered) are taken.
    editions : reference dates of the reports, ISO.
    former : earlier plans that observations may still belong to.
    bases : edition -> base population (register, official, blocks; see estimating), default register.
    others : source geography ('geo:<code>') -> its weights onto the areas.
    Returns the area counts, sorted, with rows of level `residual` (unit AGS or 'region') besides:
    the persons of a municipality that no area holds; only protection needs them.
    A feature that was not delivered is `missing`; one that came with another date within 400 days
    or as the sum of the year is `uncertain`, noted, and left out of the region, whose `scope` names
    the municipalities left out; so is a total that hidden parts leave unsure, while more than half
    of the municipalities remain. Order of rows is irrelevant; totals survive.
    Raises InputRefused for units or plans that are not known.
    """
    everything = pd.concat([observations, facility_observations(facilities)], ignore_index=True)
    found = pieces(everything, plan, blocks, former, others)
    members = sorted(municipalities["ags"].astype(str))
    dates = periods(found, members, sorted(set(editions)))
    areas = with_estimates(_areas(found, plan, dates), found, plan, blocks, bases or {}, date_for)
    residual, totals = _residual_beside(_residual(found, dates), areas), _totals_beside(found, areas)
    by_municipality = _municipalities(areas, residual, totals, dates)
    region = _region(by_municipality, residual, totals, dates)
    counts = pd.concat([areas, by_municipality, region, residual], ignore_index=True)
    return _finished(counts)


def periods(found: pd.DataFrame, members: list[str], editions: list[str]) -> pd.DataFrame:
    """Which delivered date stands for which edition, per municipality and feature.

    Returns columns municipality, feature, period (of the edition), used (delivered date, '' = hole),
    note (``other_date=...``, ``year_sum``), left_out (bool: not in the region), complete (bool:
    an absent row is an observed zero).
    """
    known = all_features()
    seen = set(found["feature"].unique())
    # What nobody declared and only ever came as totals of municipalities is for comparison, not for areas.
    of_areas = set(found.loc[~found["level"].isin(TOTALS), "feature"].unique())
    wanted = sorted(of_areas | {code for code, feature in known.items() if not feature.parts} | (seen & set(known)))
    delivered = _delivered(found, members, seen)
    rows = []
    for feature in wanted:
        source = known[feature].source if feature in known else None
        dates = {ags: delivered.get((ags, feature), set()) for ags in members}
        latest = source is not None and source.period == "latest"
        standing = source is not None and source.period == "standing"
        # A census that nobody delivered stands as a hole at the editions.
        targets = _latest(dates) or editions if latest else editions
        for edition in targets:
            find = _newest if standing else date_for
            chosen = {ags: find(edition, dates[ags]) for ags in members}
            mixed = any(used == edition for used, _note in chosen.values())
            for ags, (used, note) in chosen.items():
                odd = not standing and (note.startswith("other_date") or (note == "year_sum" and mixed))
                complete = source is not None and source.complete != "no"
                rows.append((ags, feature, edition, used, note, odd, complete))
    return pd.DataFrame(
        rows, columns=["municipality", "feature", "period", "used", "note", "left_out", "complete"]
    ).astype({"left_out": bool, "complete": bool})


def _delivered(found: pd.DataFrame, members: list[str], seen: set[str]) -> dict[tuple[str, str], set[str]]:
    """Dates by municipality and feature. A complete extract delivers all features of its source."""
    known = all_features()
    parts = {part for feature in known.values() for part in feature.parts}
    rows = found.loc[found["level"] == "area", ["municipality", "feature", "period"]].drop_duplicates()
    dates: dict[tuple[str, str], set[str]] = {}
    for ags, feature, period in rows.itertuples(index=False):
        source = known[feature].source if feature in known else None
        together = {feature}
        if source is not None and source.complete != "no":
            of_source = {code for code, other in known.items() if other.source is source and not other.parts}
            # A source that only ever gave totals did not deliver their parts.
            together |= {code for code in of_source if code in seen or (feature in parts and code in parts)}
        everywhere = members if source is not None and source.complete == "region" else [ags]
        for code in together:
            for member in everywhere:
                dates.setdefault((member, code), set()).add(period)
    return dates


def _latest(dates: dict[str, set[str]]) -> list[str]:
    full = sorted({period for periods in dates.values() for period in periods if len(period) > 4})
    return full[-1:]


def date_for(edition: str, dates: set[str]) -> tuple[str, str]:
    """The delivered date that stands for an edition, and its note."""
    if edition in dates:
        return edition, ""
    wanted = date.fromisoformat(edition)
    near = sorted((abs((date.fromisoformat(period) - wanted).days), period) for period in dates if len(period) > 4)
    if near and near[0][0] <= DAYS_APART:
        return near[0][1], f"other_date={near[0][1]}"
    if edition[:4] in dates:
        return edition[:4], "year_sum"
    return "", ""


def _newest(edition: str, dates: set[str]) -> tuple[str, str]:
    """The newest delivered date, whatever the edition; for sources that are known for one date only."""
    full = sorted(period for period in dates if len(period) > 4)
    if not full:
        return "", ""
    return full[-1], "" if full[-1] == edition else f"other_date={full[-1]}"


def _residual_beside(residual: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Residual rows without those of estimated inhabitants: the municipality's number holds everybody."""
    key = ["municipality", "feature", "period"]
    estimated = areas.loc[areas["note"].str.contains(ESTIMATED_BASE, regex=False), key].drop_duplicates()
    if estimated.empty or residual.empty:
        return residual
    inside = pd.MultiIndex.from_frame(residual[key]).isin(list(estimated.itertuples(index=False, name=None)))
    return residual[~inside]


def _totals_beside(found: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Delivered totals without those of inhabitants that were estimated from the inhabitants of blocks."""
    editions = set(areas.loc[areas["used"] == OF_BLOCKS, "period"])
    if not editions:
        return found
    return found[~(found["feature"].isin(inhabitants_by_group()) & found["period"].isin(editions))]


def _areas(found: pd.DataFrame, plan: PlanLike, dates: pd.DataFrame) -> pd.DataFrame:
    units = plan.areas[["area_id", "municipality"]].rename(columns={"area_id": "unit"})
    grid = units.merge(dates, on="municipality", how="inner")
    own = found[found["level"] == "area"].rename(columns={"period": "used"})
    own = own[["unit", "feature", "used", "low", "high", "rank", "town_rank", "carried", "provenance"]]
    rows = grid.merge(own, on=["unit", "feature", "used"], how="left")
    absent = rows["rank"].isna()
    zero = absent & rows["complete"] & (rows["used"] != "")
    rows.loc[zero, ["low", "high"]] = 0.0
    for name in ("rank", "town_rank"):
        rows[name] = rows[name].where(~absent, np.where(zero, OBSERVED, MISSING)).astype(int)
    rows["provenance"] = rows["provenance"].fillna("").astype(str)
    rows.loc[zero, "provenance"] = _("in der vollständigen Lieferung nicht genannt")
    rows.loc[rows["used"] == "", "provenance"] = _("nicht geliefert")
    rows["carried"] = rows["carried"].fillna("").astype(str)
    return _noted(rows.assign(level="area"))


def _residual(found: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    own = found[found["level"] == "residual"].rename(columns={"period": "used"})
    own = own[["unit", "feature", "used", "low", "high", "rank", "town_rank", "carried", "provenance"]]
    in_municipality = dates.merge(own.rename(columns={"unit": "municipality"}), on=["municipality", "feature", "used"])
    in_municipality["unit"] = in_municipality["municipality"]
    at_edition = dates[["feature", "period"]].drop_duplicates().assign(used=lambda rows: rows["period"])
    in_region = at_edition.merge(own[own["unit"] == "region"], on=["feature", "used"])
    in_region = in_region.assign(municipality="region", note="", left_out=False, complete=True)
    rows = pd.concat([in_municipality, in_region], ignore_index=True) if len(in_region) else in_municipality
    return _noted(rows.assign(level="residual"))


def _noted(rows: pd.DataFrame) -> pd.DataFrame:
    """Values of another date or kind of count are uncertain; the carried ones are noted."""
    odd = rows["left_out"].astype(bool)
    for name in ("rank", "town_rank"):
        rows[name] = np.where(odd, np.minimum(rows[name], UNCERTAIN), rows[name])
    both = (rows["carried"] != "") & (rows["note"] != "")
    rows["note"] = rows["note"] + np.where(both, ";", "") + rows["carried"].astype(str)
    rows["scope"] = ""
    return rows


def _municipalities(
    areas: pd.DataFrame, residual: pd.DataFrame, found: pd.DataFrame, dates: pd.DataFrame
) -> pd.DataFrame:
    parts = pd.concat([areas, residual[residual["municipality"] != "region"]], ignore_index=True)
    summed = _sum_of(_as_wholes(parts), ["municipality", "feature", "period", "used", "left_out"])
    summed["unit"] = summed["municipality"]
    summed["provenance"] = np.where(summed["used"] == "", _("nicht geliefert"), _("Summe der Gebiete"))
    summed = _with_delivered_totals(summed, found, "municipality")
    return summed.assign(level="municipality", scope="")


def _as_wholes(parts: pd.DataFrame) -> pd.DataFrame:
    """Parts as they count in the sum of their municipality: what was only divided within it is not carried there."""
    whole = (parts["town_rank"] > parts["rank"]) & ~parts["note"].str.contains(ESTIMATED_BASE, regex=False)
    rank = np.where(whole, parts["town_rank"], parts["rank"])
    return parts.assign(rank=rank, note=np.where(whole, parts["note"].map(without_carried), parts["note"]))


def _region(
    by_municipality: pd.DataFrame, residual: pd.DataFrame, found: pd.DataFrame, dates: pd.DataFrame
) -> pd.DataFrame:
    """Municipalities that delivered for the reference date, and the region's own residual."""
    key = ["feature", "period"]
    out = _out_of_region(by_municipality, key)
    scope = by_municipality[out].groupby(key)["municipality"].agg(lambda names: ",".join(sorted(names)))
    parts = pd.concat([by_municipality[~out], residual[residual["municipality"] == "region"]], ignore_index=True)
    summed = _sum_of(parts, key)
    everything = dates[key].drop_duplicates().merge(summed, on=key, how="left")
    nothing = everything["rank"].isna()
    everything["rank"] = everything["rank"].fillna(MISSING).astype(int)
    everything["note"] = everything["note"].astype(object).where(~nothing, "").astype(str)
    everything["scope"] = pd.MultiIndex.from_frame(everything[key]).map(scope.to_dict().get).fillna("").astype(str)
    everything["provenance"] = np.where(nothing, _("nicht geliefert"), _("Summe der Gemeinden"))
    everything["unit"] = "region"
    everything["used"] = everything["period"]
    complete = everything["scope"] == ""
    delivered = _with_delivered_totals(everything, found, "region")
    # A delivered total covers everybody; it would contradict a region without some members.
    chosen = delivered.where(complete, everything)
    return chosen.assign(level="region", rank=chosen["rank"].astype(int))


def _out_of_region(by_municipality: pd.DataFrame, key: list[str]) -> pd.Series:
    """Who is left out: other dates, no number, and a few totals that hidden parts leave unsure.

    One unsure total would make the region's number unsure as well, so it is left out as long as
    more than half of the municipalities remain.
    """
    out = by_municipality["left_out"].astype(bool) | (by_municipality["rank"] <= BLOCKED)
    unsure = ~out & (by_municipality["rank"] == SUPPRESSED)
    groups = [by_municipality[column] for column in key]
    remaining = (~(out | unsure)).groupby(groups).transform("sum")
    members = out.groupby(groups).transform("size")
    return out | (unsure & (remaining > members / 2))


def _sum_of(parts: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    parts = parts.sort_values(["unit", *key], kind="stable")
    groups = parts.groupby(key, sort=True, observed=True)
    summed = groups.agg(low=("low", "sum"), high=("high", "sum"), rank=("rank", "min")).reset_index()
    for end in ("low", "high"):  # parts of divided units add up again without the noise of the division
        summed[end] = summed[end].round(DIGITS)
    no_number = summed["rank"] <= BLOCKED
    summed.loc[no_number, ["low", "high"]] = np.nan
    notes = parts.loc[parts["note"] != "", [*key, "note"]]
    joined = notes.groupby(key)["note"].agg(join_notes)
    index = pd.MultiIndex.from_frame(summed[key])
    several = groups.size().to_numpy() > 1
    said = [joined.get(entry, "") for entry in index]
    summed["note"] = [without_error(note) if more else note for note, more in zip(said, several.tolist(), strict=True)]
    return summed


def _with_delivered_totals(summed: pd.DataFrame, found: pd.DataFrame, level: str) -> pd.DataFrame:
    """A total that the holder delivered is better known than the sum of hidden parts."""
    exact = found["low"] == found["high"]
    own = found[(found["level"] == level) & exact].rename(columns={"period": "used"})
    if not len(own):
        return summed
    own = own[["unit", "feature", "used", "low", "high", "rank", "provenance"]]
    rows = summed.merge(own, on=["unit", "feature", "used"], how="left", suffixes=("", "_total"))
    better = rows["rank_total"].notna() & (rows["rank"] < OBSERVED)
    odd = rows["left_out"].astype(bool) if "left_out" in rows else pd.Series(False, index=rows.index)
    total_rank = rows["rank_total"].where(~odd, np.minimum(rows["rank_total"], UNCERTAIN))
    rows["rank"] = rows["rank"].where(~better, total_rank).astype(int)
    for column in ("low", "high", "provenance"):
        rows[column] = rows[column].where(~better, rows[f"{column}_total"])
    return rows[list(summed.columns)]


def _finished(counts: pd.DataFrame) -> pd.DataFrame:
    names = np.array([status.value for status in WEAKEST_FIRST])
    counts["status"] = names[counts["rank"].to_numpy(int)]
    order = {"area": 0, "municipality": 1, "region": 2, "residual": 3}
    ordered = counts.assign(place=counts["level"].map(order)).sort_values(
        ["place", "unit", "feature", "period"], kind="stable", ignore_index=True
    )
    return ordered[COUNT]
