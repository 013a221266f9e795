"""Tables of source geographies: units that values come in, the weights kept for them, and which weights are used."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from sozialraum.project.tables import METADATA, columns, frame_table

# What a geography is; it never changes: other borders are another geography.
GEOGRAPHIES = columns(text="code title kind valid_on created role check_number")
# Units that name their block, for geographies without shapes.
KEYS = columns(text="source target", number="weight")
MATRICES = columns(text="matrix_id geography", integer="blocks_version", text_2="kind built_on created content")
# By geography and feature ('' = every other one) the kind of weights somebody asked for; the newest row holds.
CHOICES = columns(text="geography feature kind reason role made")

geographies = Table(
    "geographies", METADATA, *[Column(name, Text, primary_key=name == "code", nullable=False) for name in GEOGRAPHIES]
)
geography_keys = frame_table("geography_keys", KEYS, Column("geography", Text, nullable=False))
carrying_matrices = Table(
    "carrying_matrices",
    METADATA,
    *[
        Column(
            name,
            Integer if kind == "integer" else Text,
            primary_key=name in ("matrix_id", "blocks_version"),
            autoincrement=False,
            nullable=False,
        )
        for name, kind in MATRICES.items()
    ],
)
carrying_choices = frame_table("carrying_choices", CHOICES)
