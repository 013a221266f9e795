"""An invented region for tests of the report: shapes, values with every status, impulses, an edit."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.indicators.registry import definitions
from sozialraum.publish.content import Comparison, ReportContent, SupplyWords

EDITIONS = ("2021-12-31", "2023-12-31", "2025-12-31")
NAMES = (
    "Ährenfeld",
    "Birkenau",
    "Cronberg",
    "Dornbach",
    "Ehrlingen",
    "Fahrenhorst",
    "Grünwinkel",
    "Hollerbach",
    "Isenmoor",
)
BANDS = ("00_03", "03_06", "06_15", "15_25", "25_45", "45_65", "65_80", "80_up")
PLACES = (
    "Bahnhofsviertel",
    "Altstadt",
    "Am Kanal",
    "Nordend",
    "Ostfeld",
    "Auental",
    "Heidesiedlung",
    "Weststadt",
    "Innenstadt",
)


def shapes(
    towns: int, areas: int, blocks: int, seed: int
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Blocks as a Voronoi coverage of a round region, areas and municipalities as groups of them."""
    random = np.random.default_rng(seed)
    points = random.uniform(-1.5, 1.5, (blocks * 2, 2)) * 12_000
    cells = gpd.GeoSeries(shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points))))
    middle = np.column_stack([cells.centroid.x, cells.centroid.y])
    reach = 9_000 + 3_500 * np.sin(3 * np.arctan2(middle[:, 1], middle[:, 0]) + 1)
    cells, middle = cells[np.hypot(*middle.T) < reach].reset_index(drop=True), middle[np.hypot(*middle.T) < reach]
    heads = middle[random.choice(len(middle), areas, replace=False)]
    capitals = heads[random.choice(areas, towns, replace=False)]
    town_of_head = np.hypot(*(heads[:, None] - capitals).T).T.argmin(axis=1)
    head = np.hypot(*(middle[:, None] - heads).T).T.argmin(axis=1)
    frame = gpd.GeoDataFrame(
        {"head": head, "town": town_of_head[head]}, geometry=cells.translate(310_000, 5_640_000), crs="EPSG:25832"
    )
    keys, codes = _keys(town_of_head)
    frame["area_id"], frame["municipality"] = (
        [keys[h] for h in head],
        [f"05999{4 * (t + 1):03d}" for t in frame["town"]],
    )
    frame["block_id"] = [f"{ags}-{row:04d}" for row, ags in enumerate(frame["municipality"], start=1)]
    frame["population"] = random.integers(20, 400, len(frame))
    dissolved = frame.dissolve(
        "area_id", aggfunc={"municipality": "first", "population": "sum", "head": "first"}, method="coverage"
    ).reset_index()
    dissolved["code"] = [codes[h] for h in dissolved["head"]]
    dissolved["name"] = [f"{PLACES[row % len(PLACES)]}" for row in range(len(dissolved))]
    dissolved["institutions"] = ""
    dissolved.loc[0, "institutions"] = "Pflegeheim mit 120 Plätzen"
    found = (
        frame.dissolve("municipality", method="coverage")
        .reset_index()[["municipality", "geometry"]]
        .rename(columns={"municipality": "ags"})
    )
    found["name"] = [NAMES[int(ags[-3:]) // 4 - 1] for ags in found["ags"]]
    return frame, dissolved, found


def _keys(town_of_head: np.ndarray) -> tuple[list[str], list[str]]:
    numbers: dict[int, int] = {}
    keys, codes = [], []
    for town in town_of_head:
        numbers[town] = numbers.get(town, 0) + 1
        codes.append(str(numbers[town]))
        keys.append(f"05999{4 * (town + 1):03d}-{numbers[town]:02d}")
    return keys, codes


def wilson(count: float, base: float) -> tuple[float, float]:
    z, p = 1.959964, count / base
    centre, half = p + z * z / 2 / base, z * np.sqrt(p * (1 - p) / base + z * z / 4 / base**2)
    return (centre - half) / (1 + z * z / base), min((centre + half) / (1 + z * z / base), 1.0)


def indicator_values(areas: gpd.GeoDataFrame, missing_town: str, seed: int) -> pd.DataFrame:
    """All indicators, levels and editions, with hidden, missing, few, limited and estimated values."""
    random = np.random.default_rng(seed)
    rows = []
    strain = random.normal(0, 0.6, len(areas))
    for definition in definitions():
        periods = EDITIONS if definition.period != "latest" else ("2022-05-15",)
        middle = np.mean(definition.breaks[1:3])
        for step, period in enumerate(periods):
            odds = (
                np.log(middle / (1 - middle))
                + definition.direction * strain
                + 0.05 * step
                + random.normal(0, 0.05, len(areas))
            )
            base = np.maximum((areas["population"] * random.uniform(0.1, 0.5)).to_numpy().astype(int), 25)
            count = random.binomial(base, 1 / (1 + np.exp(-odds)))
            rows += _rows(definition, period, areas, base, count, missing_town)
    return pd.DataFrame(rows)


def _rows(definition, period, areas, base, count, missing_town) -> list[dict]:
    frame = pd.DataFrame({"unit": areas["area_id"], "town": areas["municipality"], "base": base, "count": count})
    gone = (frame["town"] == missing_town) & (definition.source == "agency")
    region = frame[~gone]
    share = region["count"].sum() / region["base"].sum()
    rows = []
    for row, absent in zip(frame.itertuples(), gone, strict=True):
        status = (
            "missing"
            if absent
            else "suppressed"
            if 0 < row.count < 10 and definition.source != "census"
            else "observed"
        )
        if status == "observed" and row.base < 60:
            status = "uncertain"
        rows.append(_value(definition.id, "area", row.unit, period, row.count, row.base, status, share))
    for town, group in frame.groupby("town"):
        absent = town == missing_town and definition.source == "agency"
        rows.append(
            _value(
                definition.id,
                "municipality",
                town,
                period,
                group["count"].sum(),
                group["base"].sum(),
                "missing" if absent else "observed",
                share,
            )
        )
    scope = missing_town if definition.source == "agency" else ""
    rows.append(
        _value(
            definition.id, "region", "region", period, region["count"].sum(), region["base"].sum(), "observed", share
        )
        | {"scope": scope, "versus": "none"}
    )
    return rows


def _value(
    indicator: str, level: str, unit: str, period: str, count: float, base: float, status: str, region: float
) -> dict:
    row = {
        "indicator": indicator,
        "level": level,
        "unit": unit,
        "period": period,
        "status": status,
        "scope": "",
        "note": "",
    }
    nothing = float("nan")
    if status == "missing":
        return (
            row
            | dict.fromkeys(
                ("count_low", "count_high", "base_low", "base_high", "share_low", "share_high", "ci_low", "ci_high"),
                nothing,
            )
            | {"versus": "none"}
        )
    if status == "suppressed":
        return row | {
            "count_low": 1.0,
            "count_high": 9.0,
            "base_low": float(base),
            "base_high": float(base),
            "share_low": 1 / base,
            "share_high": 9 / base,
            "ci_low": nothing,
            "ci_high": nothing,
            "versus": "none",
        }
    low, high = wilson(count, base)
    versus = "higher" if low > region else "lower" if high < region else "same"
    note = "small_base" if status == "uncertain" else ""
    return row | {
        "count_low": float(count),
        "count_high": float(count),
        "base_low": float(base),
        "base_high": float(base),
        "share_low": count / base,
        "share_high": count / base,
        "ci_low": low,
        "ci_high": high,
        "versus": versus,
        "note": note,
    }


def index_values(values: pd.DataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Classes from the rank of one share; some uncertain, one without."""
    shares = (
        values[
            (values["indicator"] == "single_parent_share")
            & (values["level"] == "area")
            & (values["period"] == EDITIONS[-1])
        ]
        .set_index("unit")["share_low"]
        .reindex(areas["area_id"])
    )
    z = ((shares - shares.mean()) / shares.std()).to_numpy()
    rows = []
    for place, (unit, score) in enumerate(zip(areas["area_id"], z, strict=True)):
        level = 0 if place == 3 else 1 if score < -1 else 2 if score <= 1 else 3 if score <= 1.5 else 4
        rows.append(
            {
                "unit": unit,
                "period": EDITIONS[-1],
                "score_low": score,
                "score_high": score,
                "status_class": level,
                "change_low": 0.0,
                "change_high": 0.0,
                "dynamics": ("=", "+", "-", "=")[place % 4],
                "certain": bool(level) and place % 7 != 0,
                "reason": "Weniger als zwei Drittel der Merkmale liegen vor." if not level else "",
            }
        )
    return pd.DataFrame(rows)


def supply_values(values: pd.DataFrame, areas: gpd.GeoDataFrame, seed: int) -> pd.DataFrame:
    """Children, places and fields; one municipality hidden."""
    random = np.random.default_rng(seed)
    shares = values[
        (values["indicator"] == "child_benefit_share")
        & (values["level"] == "area")
        & (values["period"] == EDITIONS[-1])
    ].set_index("unit")
    children = (areas["population"].to_numpy() * 0.055).round()
    places = (children * random.uniform(0.55, 1.2, len(areas))).round()
    rows = []
    for unit, town, child, place in zip(areas["area_id"], areas["municipality"], children, places, strict=True):
        row = shares.loc[unit]
        need = (
            "none"
            if row["status"] in ("missing", "suppressed")
            else "high"
            if row["ci_low"] > 0.18
            else "low"
            if row["ci_high"] < 0.12
            else "medium"
        )
        rows.append(_supply("area", unit, child, place, need) | {"town": town})
    frame = pd.DataFrame(rows)
    for town, group in frame.groupby("town"):
        rows.append(_supply("municipality", town, group["children_low"].sum(), group["places_low"].sum(), "none"))
    rows.append(_supply("region", "region", frame["children_low"].sum(), frame["places_low"].sum(), "none"))
    return pd.DataFrame(rows).drop(columns="town")


def _supply(level: str, unit: str, children: float, places: float, need: str) -> dict:
    coverage, gap = places / children, round(0.9 * children - places)
    supply = "low" if coverage < 0.8 else "high" if coverage > 1 else "medium"
    field = {
        ("high", "low"): "build_up",
        ("high", "medium"): "improve",
        ("high", "high"): "keep",
        ("low", "low"): "watch",
        ("medium", "low"): "improve",
        ("low", "high"): "review",
    }.get((need, supply), "none")
    return {
        "level": level,
        "unit": unit,
        "period": EDITIONS[-1],
        "children_low": children,
        "children_high": children,
        "places_low": places,
        "places_high": places,
        "status": "observed",
        "coverage_low": coverage,
        "coverage_high": coverage,
        "gap_low": gap,
        "gap_high": gap,
        "need_class": need,
        "supply_class": supply,
        "field": field,
        "scope": "",
    }


def pyramid(areas: gpd.GeoDataFrame, seed: int) -> pd.DataFrame:
    """Released counts by age and sex; the smallest are hidden."""
    random = np.random.default_rng(seed)
    weights = np.array([3, 3, 9, 11, 26, 28, 14, 6]) / 200
    rows, whole, towns = [], np.zeros((8, 2)), {}
    for unit, town, population in zip(areas["area_id"], areas["municipality"], areas["population"], strict=True):
        counts = random.poisson(population * weights[:, None] * random.uniform(0.7, 1.3, (8, 2)))
        whole += counts
        towns[town] = towns.get(town, 0) + counts
        rows += _ages("area", unit, counts)
    for town, counts in towns.items():
        rows += _ages("municipality", town, counts)
    return pd.DataFrame(rows + _ages("region", "region", whole))


def _ages(level: str, unit: str, counts: np.ndarray) -> list[dict]:
    return [
        {
            "level": level,
            "unit": unit,
            "feature": f"pop_{band}_{sex}",
            "period": EDITIONS[-1],
            "low": float(number if number >= 3 else 1),
            "high": float(number if number >= 3 else 2),
            "status": "observed" if number >= 3 else "suppressed",
            "scope": "",
            "note": "",
            "reason": "",
        }
        for band, pair in zip(BANDS, counts, strict=True)
        for sex, number in zip("fm", pair, strict=True)
    ]


def comparison(blocks: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, town: str) -> Comparison:
    """Two moves in one municipality, one of them into a new area."""
    mine = blocks[blocks["municipality"] == town].reset_index(drop=True)
    codes = dict(zip(areas["area_id"], areas["code"], strict=True))
    mine["before"] = mine["area_id"].map(codes)
    mine["after"] = mine["before"]
    first = mine.index[mine["before"] == "1"]
    west = mine.loc[first].geometry.centroid.x.sort_values().index[: max(len(first) // 3, 1)]
    mine.loc[west, "after"] = "1a"
    names = dict(
        zip(
            areas.loc[areas["municipality"] == town, "code"],
            areas.loc[areas["municipality"] == town, "name"],
            strict=True,
        )
    ) | {"1a": "Auental"}
    changes = pd.DataFrame(
        [
            {
                "from_area": "1",
                "to_area": "1a",
                "blocks": len(west),
                "population": float(mine.loc[west, "population"].sum()),
                "why": "Alter Dorfkern mit eigener Schule; die Bundesstraße trennt ihn von der Heide.",
                "role": "Sozialplanung",
                "when": "2026-02-03",
            }
        ]
    )
    before = mine.groupby("before")["population"].sum()
    after = mine.groupby("after")["population"].sum()
    populations = pd.DataFrame({"before": before, "after": after}).rename_axis("code").reset_index()
    return Comparison(
        "Ehrlingen",
        "Vorschlag vom 13.09.2025",
        "Beschlossen am 03.02.2026",
        mine[["block_id", "population", "before", "after", "geometry"]],
        names,
        "Fachleute der Stadt haben den Vorschlag geändert: Das Auental wird ein eigener Sozialraum.",
        changes,
        populations,
    )


def content(towns: int = 9, areas: int = 77, blocks: int = 2000, seed: int = 7, language: str = "de") -> ReportContent:
    """A whole invented content."""
    block_frame, area_frame, town_frame = shapes(towns, areas, blocks, seed)
    missing = "05999024" if towns >= 6 else ""
    values = indicator_values(area_frame, missing, seed)
    supply = supply_values(values, area_frame, seed)
    chosen = supply[(supply["level"] == "area") & (supply["field"] != "none")].head(6)
    impulses = pd.DataFrame(
        {
            "impulse_id": [f"i{n}" for n in range(len(chosen))],
            "area_id": chosen["unit"].to_numpy(),
            "field": chosen["field"].to_numpy(),
            "rule": "places",
            "rule_version": 1,
            "figures": "{}",
            "state": "confirmed",
            "role": "Sozialplanung des Kreises",
            "decided_on": "2026-03-20",
            "reason": "",
        }
    )
    status = pd.DataFrame(
        [
            {"Thema": "Arbeit und Einkommen"}
            | {
                name: "geliefert" if f"05999{4 * (row + 1):03d}" != missing else "nicht geliefert"
                for row, name in enumerate(NAMES[:towns])
            },
            {"Thema": "Kinder, Jugendliche und Familien"}
            | {name: "geliefert" if row else "anderer Stichtag 31.12.2024" for row, name in enumerate(NAMES[:towns])},
        ]
    )
    words = SupplyWords(
        "Kinder unter 6 Jahren",
        "Plätze in Kindertageseinrichtungen",
        "Plätze je 100 Kinder",
        "child_benefit_share",
        0.9,
        (0.12, 0.18),
        (0.8, 1.0),
        {"places": "Der Bedarf ist hoch, und es gibt weniger als 80 Plätze je 100 Kinder."},
    )
    return ReportContent(
        region_name="Musterkreis",
        title="Sozialbericht 2026",
        notice="Beispielzahlen – erfundener Kreis",
        language=language,
        edition=EDITIONS[-1],
        editions=EDITIONS,
        municipalities=town_frame,
        areas=area_frame,
        definitions=definitions(),
        indicator_values=values,
        index_values=index_values(values, area_frame),
        index_record={"ddof": 0, "fewest_inhabitants": 300},
        supply_values=supply,
        impulses=impulses,
        pyramid=pyramid(area_frame, seed),
        comparison=comparison(block_frame, area_frame, "05999020") if towns >= 5 else None,
        sources=(
            {
                "title": "Einwohnerbestand",
                "holder": "Gemeinden",
                "file": "einwohnerbestand_2025-12-31.csv",
                "period": "31.12.2025",
                "licence": "intern",
            },
        ),
        data_status=status,
        hidden_cells={"primary": 12, "secondary": 7},
        check_number="7K2M-94QD",
        created_on="2026-03-02",
        limits=(
            "Dieser Bericht zeigt, wo es sich lohnt, genauer hinzusehen.",
            "Er nennt keine Ursachen und ersetzt keine Ortskenntnis.",
        ),
        supply_words=words,
        map_source="Gebiete: Musterkreis",
    )


def with_areas(base: ReportContent, **columns: object) -> ReportContent:
    """The content with other columns of areas."""
    return replace(base, areas=base.areas.assign(**columns))


def small() -> ReportContent:
    """Three municipalities, twelve areas; codes 2, 2a, 2b, 10 in one of them, and a name that begins with Ä."""
    base = content(towns=3, areas=12, blocks=240, seed=11)
    towns = base.areas["municipality"].value_counts()
    codes = base.areas["code"].astype(str).to_list()
    largest = towns.index[0]
    mine = base.areas.index[base.areas["municipality"] == largest][:4]
    for row, code in zip(mine, ("10", "2b", "2a", "2"), strict=True):
        codes[row] = code
    others = [ags for ags in base.municipalities["ags"] if ags != largest]
    names = {largest: "Zell", others[0]: "Auental", others[1]: "Ährenfeld"}
    renamed = base.municipalities.assign(name=[names[ags] for ags in base.municipalities["ags"]])
    return replace(
        base,
        areas=base.areas.assign(code=codes),
        municipalities=renamed,
        impulses=base.impulses.head(1),
        data_status=pd.DataFrame([{"Thema": "Arbeit", "Ährenfeld": "geliefert", "Auental": "nicht geliefert"}]),
    )
