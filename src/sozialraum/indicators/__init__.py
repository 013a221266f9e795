"""Indicators: definitions as data, counts of areas, values with intervals, the index."""

from sozialraum.indicators.carrying import carry
from sozialraum.indicators.combining import combine
from sozialraum.indicators.computing import compute, note_sentences, populations
from sozialraum.indicators.indexing import Index, index
from sozialraum.indicators.registry import (
    BadDefinition,
    Catalogue,
    Definition,
    Feature,
    Source,
    Theme,
    base_features,
    catalogue_from,
    current_catalogue,
    definitions,
    features,
    fingerprint,
    in_catalogue,
    read_tables,
    sources,
    themes,
)
from sozialraum.indicators.scoring import NotComparable
from sozialraum.indicators.size_classes import class_titles, index_within, is_mixed, mixed_sentence, size_class

__all__ = [
    "BadDefinition",
    "Catalogue",
    "Definition",
    "Feature",
    "Index",
    "NotComparable",
    "Source",
    "Theme",
    "base_features",
    "carry",
    "catalogue_from",
    "class_titles",
    "combine",
    "compute",
    "current_catalogue",
    "definitions",
    "features",
    "fingerprint",
    "in_catalogue",
    "index",
    "index_within",
    "is_mixed",
    "mixed_sentence",
    "note_sentences",
    "populations",
    "read_tables",
    "size_class",
    "sources",
    "themes",
]
