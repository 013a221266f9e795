"""Kinds of lines by the words of public map data (OpenStreetMap), so that its layers need no preparation."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np

OURS = ("river", "railway", "motorway", "street", "crossing", "bridge")
WORD_COLUMNS = ("kind", "fclass", "highway", "railway", "waterway")
_WORDS = {
    "motorway": ("motorway", "motorway_link", "trunk", "trunk_link"),
    "street": (
        "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link", "residential",
        "living_street", "unclassified", "pedestrian", "road", "street",
    ),
    "railway": ("rail", "railway", "light_rail", "narrow_gauge", "subway", "tram"),
    "river": ("river", "canal", "riverbank", "water"),
    # too many and too small to bound blocks: driveways, field tracks, footpaths, ditches
    "": (
        "service", "track", "track_grade1", "track_grade2", "track_grade3", "track_grade4", "track_grade5", "path",
        "footway", "cycleway", "bridleway", "steps", "stream", "drain", "ditch", "construction", "proposed",
        "abandoned", "disused", "platform",
    ),
}  # fmt: skip
KIND_OF_WORD = {word: kind for kind, words in _WORDS.items() for word in words} | {kind: kind for kind in OURS}


def with_kinds(frame: gpd.GeoDataFrame, fallback: str) -> tuple[gpd.GeoDataFrame, dict[str, int]]:
    """Lines with our `kind` and `name`, and how many were left out by their word.

    fallback : the kind of lines whose word is unknown or absent, as the whole layer is of that kind.
    """
    column = next((name for name in WORD_COLUMNS if name in frame.columns), "")
    words = frame[column].astype(object).where(frame[column].notna(), "").astype(str).str.strip() if column else None
    kinds = np.full(len(frame), fallback, dtype=object) if words is None else _kinds(words, fallback)
    name = frame["name"].fillna("").astype(str).str.strip() if "name" in frame.columns else ""
    kept = kinds != ""
    whole = gpd.GeoDataFrame({"kind": kinds, "name": name}, geometry=frame.geometry.to_numpy(), crs=frame.crs)
    if words is None:
        return whole, {}
    return whole[kept].reset_index(drop=True), dict(words[~kept].value_counts().sort_index())


def _kinds(words: Iterable[str], fallback: str) -> np.ndarray:
    return np.array([KIND_OF_WORD.get(word, fallback) for word in words], dtype=object)
