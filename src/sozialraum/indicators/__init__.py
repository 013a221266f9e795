"""Indicators: definitions as data, counts of areas, values with intervals, the index."""

from sozialraum.indicators.carrying import carry
from sozialraum.indicators.combining import combine
from sozialraum.indicators.computing import compute, note_sentences, populations
from sozialraum.indicators.indexing import Index, index
from sozialraum.indicators.registry import (
    BadDefinition,
    Definition,
    Feature,
    Source,
    Theme,
    base_features,
    definitions,
    features,
    fingerprint,
    sources,
    themes,
)
from sozialraum.indicators.scoring import NotComparable

__all__ = [
    "BadDefinition",
    "Definition",
    "Feature",
    "Index",
    "NotComparable",
    "Source",
    "Theme",
    "base_features",
    "carry",
    "combine",
    "compute",
    "definitions",
    "features",
    "fingerprint",
    "index",
    "note_sentences",
    "populations",
    "sources",
    "themes",
]
