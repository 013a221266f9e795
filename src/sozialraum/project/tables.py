"""The plain tables of a project: one column here is one column of the contract in docs/architecture.md.

Layers are not here. Their columns follow the imported file, so `layers` makes their tables
when they are written. Everything else is versioned by the migrations beside this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Boolean, Column, Double, ForeignKey, Integer, MetaData, Table, Text, text
from sqlalchemy.types import TypeEngine, UserDefinedType

# Revisions this version of the program knows, oldest first; the last one is what it writes.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
METADATA = MetaData()

# Double, not Float: a GeoPackage reader takes FLOAT as a number of single precision.
KINDS: Mapping[str, type[TypeEngine]] = MappingProxyType(
    {"text": Text, "number": Double, "integer": Integer, "flag": Boolean}
)


class Declared(UserDefinedType):
    """A column declared with a type name the GeoPackage format prescribes and SQL does not know."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_options: object) -> str:
        return self.name


def columns(**names_by_kind: str) -> dict[str, str]:
    """Column name -> kind, in the order given: columns(text="unit feature", number="low high")."""
    return {name: kind.rstrip("_0123456789") for kind, names in names_by_kind.items() for name in names.split()}


# The frames that go in and out, column by column in the order of the contract.
OBSERVATIONS = columns(text="geography unit feature period", number="low high", text_2="status cell")
FACILITIES = columns(
    text="facility_id name kind block_id group", number="low high", text_2="status provenance period", flag="protected"
)
PLAN_AREAS = columns(text="area_id code name municipality origin")
_COUNTS = columns(text="level unit feature period", number="low high", text_2="status provenance scope note")
RESULTS: Mapping[str, dict[str, str]] = MappingProxyType(
    {
        "area_counts": _COUNTS,
        "released_counts": _COUNTS | columns(text="reason"),
        "indicator_values": columns(
            text="indicator level unit period",
            number="count_low count_high base_low base_high share_low share_high",
            text_2="status",
            number_2="ci_low ci_high",
            text_3="versus scope note",
        ),
        "index_values": columns(
            text="unit period",
            number="score_low score_high",
            integer="status_class",
            number_2="change_low change_high",
            text_2="dynamics",
            flag="certain",
            text_3="reason",
        ),
        "supply_values": columns(
            text="level unit period",
            number="children_low children_high places_low places_high",
            text_2="status",
            number_2="coverage_low coverage_high gap_low gap_high",
            text_3="need_class supply_class field scope",
        ),
        "impulses": columns(text="impulse_id area_id field rule rule_version figures state role decided_on reason"),
    }
)


def frame_table(name: str, kinds: Mapping[str, str], *extra: Column) -> Table:
    """A table for rows of a frame: a row number, columns of the table's own, the frame's columns."""
    made = [Column(column, KINDS[kind], nullable=kind == "number") for column, kind in kinds.items()]
    return Table(name, METADATA, Column("fid", Integer, primary_key=True), *extra, *made)


# What makes the file a GeoPackage (names and columns by OGC 12-128r18, tables 21 to 27).
spatial_ref_sys = Table(
    "gpkg_spatial_ref_sys",
    METADATA,
    Column("srs_name", Text, nullable=False),
    Column("srs_id", Integer, primary_key=True, autoincrement=False),
    Column("organization", Text, nullable=False),
    Column("organization_coordsys_id", Integer, nullable=False),
    Column("definition", Text, nullable=False),
    Column("description", Text),
)
contents = Table(
    "gpkg_contents",
    METADATA,
    Column("table_name", Text, primary_key=True, nullable=False),
    Column("data_type", Text, nullable=False),
    Column("identifier", Text, unique=True),
    Column("description", Text, server_default=""),
    Column(
        "last_change",
        Declared("DATETIME"),
        nullable=False,
        server_default=text("(strftime('%Y-%m-%dT%H:%M:%fZ','now'))"),
    ),
    Column("min_x", Double),
    Column("min_y", Double),
    Column("max_x", Double),
    Column("max_y", Double),
    Column("srs_id", Integer, ForeignKey("gpkg_spatial_ref_sys.srs_id")),
)
geometry_columns = Table(
    "gpkg_geometry_columns",
    METADATA,
    Column("table_name", Text, ForeignKey("gpkg_contents.table_name"), primary_key=True, unique=True),
    Column("column_name", Text, primary_key=True),
    Column("geometry_type_name", Text, nullable=False),
    Column("srs_id", Integer, ForeignKey("gpkg_spatial_ref_sys.srs_id"), nullable=False),
    Column("z", Declared("TINYINT"), nullable=False),
    Column("m", Declared("TINYINT"), nullable=False),
)

settings = Table(
    "settings", METADATA, Column("key", Text, primary_key=True, nullable=False), Column("value", Text, nullable=False)
)
events = Table(
    "events",
    METADATA,
    Column("event_id", Integer, primary_key=True),
    Column("when", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("role", Text, nullable=False),
)
# Files announced before they are put in place; what stands here after a crash is removed again.
pending = Table("pending", METADATA, Column("path", Text, primary_key=True, nullable=False))

# Delivered files. The same bytes may stand in several rows: taken over again after a withdrawal.
DELIVERIES = columns(
    text="delivery_id", integer="position", text_2="file_name stored_name sha256", integer_2="size",
    text_3="recipe received_at periods", integer_3="rows_read rows_skipped",
    text_4="municipalities assumed remarks sentences findings",
)  # fmt: skip
# How a delivery may be used, whether it holds, and what is left of its file; with what an older project begins.
STANDING: Mapping[str, str] = MappingProxyType(
    {
        "recipe_version": "1", "protection": "restricted", "purpose": "", "legal_basis": "", "delete_on": "",
        "deleted_on": "", "kept": "kept", "withdrawn_on": "", "withdrawn_why": "", "withdrawn_by": "",
        "replaced_by": "", "data_set": "", "shape": "{}", "control": "{}", "corrections": "{}", "decisions": "[]",
    }
)  # fmt: skip
STANDING_KINDS = {name: "integer" if name == "recipe_version" else "text" for name in STANDING}

deliveries = Table(
    "deliveries",
    METADATA,
    *[
        Column(name, KINDS[kind], primary_key=name == "delivery_id", unique=name == "position" or None, nullable=False)
        for name, kind in DELIVERIES.items()
    ],
    *[
        Column(name, KINDS[STANDING_KINDS[name]], nullable=False, server_default=usual)
        for name, usual in STANDING.items()
    ],
)


def _delivery() -> Column:
    return Column("delivery_id", Text, ForeignKey("deliveries.delivery_id"), nullable=False)


observations = frame_table("observations", OBSERVATIONS, _delivery())
facilities = frame_table("facilities", FACILITIES, _delivery())

plans = Table(
    "plans",
    METADATA,
    Column("plan_id", Text, primary_key=True, nullable=False),
    Column("position", Integer, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("parent", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("layer", Text, nullable=False, unique=True),
    Column("parameters", Text, nullable=False),
    Column("valid_from", Text, nullable=False, server_default=""),
    Column("valid_to", Text, nullable=False, server_default=""),
    Column("decisions", Text, nullable=False, server_default="{}"),
    Column("locks", Text, nullable=False, server_default="[]"),
)


def _plan() -> Column:
    return Column("plan_id", Text, ForeignKey("plans.plan_id"), nullable=False)


plan_areas = frame_table("plan_areas", PLAN_AREAS, _plan())
plan_blocks = Table(
    "plan_blocks",
    METADATA,
    Column("plan_id", Text, ForeignKey("plans.plan_id"), primary_key=True, nullable=False),
    Column("block_id", Text, primary_key=True, nullable=False),
    Column("area_id", Text, nullable=False),
    sqlite_with_rowid=False,
)
# An edit is kept as the JSON it is everywhere else; its order counts, and it is read as a whole.
plan_edits = Table(
    "plan_edits",
    METADATA,
    Column("plan_id", Text, ForeignKey("plans.plan_id"), primary_key=True, nullable=False),
    Column("number", Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("edit", Text, nullable=False),
    sqlite_with_rowid=False,
)

block_versions = Table(
    "block_versions",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("created", Text, nullable=False),
    Column("check_number", Text, nullable=False),
    Column("split", Text, nullable=False),
)
plan_imports = Table(
    "plan_imports",
    METADATA,
    Column("import_id", Text, primary_key=True, nullable=False),
    Column("rank", Integer, nullable=False, unique=True),
    Column("file_name", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("plan_id", Text, nullable=False),
    Column("overlay", Text, nullable=False),
    Column("shapes", Text, nullable=False),
    Column("choices", Text, nullable=False),
)

# Files that were received and wait until they are taken over or put back, and recipes and signs of the project's own.
REVIEWS = columns(
    text="review_id", integer="rank", text_2="file_name stored_name sha256", integer_2="size",
    text_3="received_at role state delivery_id recipe answers corrections decisions about",
)  # fmt: skip
reviews = Table(
    "reviews",
    METADATA,
    *[
        Column(name, KINDS[kind], primary_key=name == "review_id", unique=name == "rank" or None, nullable=False)
        for name, kind in REVIEWS.items()
    ],
)
OWN_RECIPES = columns(text="kind code", integer="version", text_2="text role why created")
own_recipes = Table(
    "own_recipes",
    METADATA,
    *[
        Column(name, KINDS[kind], primary_key=name in ("kind", "code", "version"), autoincrement=False, nullable=False)
        for name, kind in OWN_RECIPES.items()
    ],
)

results = {name: frame_table(name, kinds) for name, kinds in RESULTS.items()}
impulse_decisions = Table(
    "impulse_decisions",
    METADATA,
    Column("impulse_id", Text, primary_key=True, nullable=False),
    Column("state", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("decided_on", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
records = Table(
    "records", METADATA, Column("name", Text, primary_key=True, nullable=False), Column("content", Text, nullable=False)
)
releases = Table(
    "releases",
    METADATA,
    Column("release_id", Text, primary_key=True, nullable=False),
    Column("position", Integer, nullable=False, unique=True),
    Column("created", Text, nullable=False),
    Column("plan_id", Text, nullable=False),
    Column("check_number", Text, nullable=False),
    Column("files", Text, nullable=False),
)

# Plain tables that QGIS and pyogrio list beside the layers, with the description shown there.
LISTED = MappingProxyType(
    {
        "plan_areas": "Sozialräume aller Planstände",
        "facilities": "Einrichtungen",
        "released_counts": "Freigegebene Anzahlen",
        "indicator_values": "Indikatorwerte",
        "index_values": "Indexwerte",
        "supply_values": "Bedarf und Angebot",
        "impulses": "Impulse",
    }
)
