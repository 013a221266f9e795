"""What a project keeps of source geographies: their units, weights onto the blocks, and which weights are used.

A geography never changes: other borders are another geography, so values delivered for it keep their meaning.
"""

from __future__ import annotations

import json
import re

import geopandas as gpd
import pandas as pd
import pyproj
from sqlalchemy import Connection, Engine, delete, insert, inspect, select

from sozialraum.base import UsageError, _, quoted
from sozialraum.carrying import Geography, Matrix
from sozialraum.carrying.geography import check_sum
from sozialraum.project import geography_tables as tables
from sozialraum.project.frames import insert_rows, read_rows
from sozialraum.project.frames import quoted as quoted_name
from sozialraum.project.geopackage import drop_layer, read_layer, write_layer
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import now, reading, to_json, writing

KINDS = ("shapes", "grid", "keys")
PREFIX = "geo:"  # of the geography of observations
# Values by unit of a source geography, of deliveries that are neither withdrawn nor replaced.
IN_FORCE = (
    "observations JOIN deliveries USING (delivery_id) "
    "WHERE geography LIKE 'geo:%' AND withdrawn_on = '' AND replaced_by = ''"
)
UNIT_COLUMNS = ("unit", "name", "inhabitants", "dwellings")
_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")


class Geographies:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    def _srs(self) -> int:
        raise NotImplementedError

    def geographies(self) -> pd.DataFrame:
        """All source geographies, oldest first: code, title, kind, valid_on, created, role, check_number."""
        with reading(self._engine) as connection:
            return read_rows(connection, "geographies", tables.GEOGRAPHIES, order="created")

    def save_geography(
        self, code: str, title: str, units: pd.DataFrame, *, kind: str = "shapes", valid_on: str = "",
        role: str = DEFAULT_ROLE,
    ) -> None:  # fmt: skip
        """Keep a new geography.

        code : small letters, digits, '_'; observations name it as 'geo:<code>'. kind : 'shapes' or 'grid' with a
        GeoDataFrame `unit, name, inhabitants, dwellings` (numbers may be missing) and polygons; 'keys' with a frame
        `source, target, weight`, target = block_id or '' for outside. valid_on : ISO date or ''.
        Raises UsageError for a code that is taken or no code, InputRefused for shapes that cannot be used.
        """
        if kind not in KINDS or not _CODE.fullmatch(code):
            raise ValueError(f"no geography of kind {kind!r} and code {code!r}")
        srs = self._srs()
        number = _check_number(units, srs) if kind != "keys" else _check_number_of_keys(units)
        with writing(self._engine) as connection:
            _refuse_taken(connection, code, title)
            values = (code, title, kind, valid_on, now(), role, number)
            connection.execute(insert(tables.geographies).values(dict(zip(tables.GEOGRAPHIES, values, strict=True))))
            if kind == "keys":
                rows = units.sort_values(["source", "target"])
                insert_rows(connection, "geography_keys", tables.KEYS, rows[[*tables.KEYS]], {"geography": code})
            else:
                write_layer(connection, layer_name(code), _ready(units, srs), srs, title)
            log(connection, _("Gliederung {title} aufgenommen").format(title=quoted(title)), role)

    def geography_units(self, code: str) -> gpd.GeoDataFrame | None:
        """unit, name, inhabitants, dwellings, polygon, sorted by unit; None for one without shapes or unknown."""
        with reading(self._engine) as connection:
            return read_layer(connection, layer_name(code))

    def geography_keys(self, code: str) -> pd.DataFrame:
        """source, target (block_id, '' = outside), weight (NaN = whole); without rows for one with shapes."""
        with reading(self._engine) as connection:
            return read_rows(connection, "geography_keys", tables.KEYS, "geography = ?", (code,))

    def geography_names(self, code: str) -> dict[str, str]:
        """Unit -> name ('' = it has none), sorted; {} for a geography that is not known."""
        with reading(self._engine) as connection:
            if inspect(connection).has_table(layer_name(code)):
                rows = connection.exec_driver_sql(f"SELECT unit, name FROM {quoted_name(layer_name(code))}").all()
                return {str(unit): str(name) for unit, name in sorted(rows)}
            query = "SELECT DISTINCT source FROM geography_keys WHERE geography = ? ORDER BY source"
            return {str(row[0]): "" for row in connection.exec_driver_sql(query, (code,)).all()}

    def geography_features(self) -> dict[str, tuple[str, ...]]:
        """Code of a geography -> features that deliveries in force have values for, sorted."""
        query = f"SELECT DISTINCT geography, feature FROM {IN_FORCE} ORDER BY 1, 2"
        found: dict[str, tuple[str, ...]] = {}
        with reading(self._engine) as connection:
            for geography, feature in connection.exec_driver_sql(query).all():
                code = str(geography).removeprefix(PREFIX)
                found[code] = (*found.get(code, ()), str(feature))
        return found

    def remove_geography(self, code: str, role: str = DEFAULT_ROLE) -> None:
        """Take a geography away with its weights. Raises UsageError while deliveries in force rest on it."""
        with writing(self._engine) as connection:
            title = _title(connection, code)
            query = f"SELECT 1 FROM {IN_FORCE} AND geography = ? LIMIT 1"
            if connection.exec_driver_sql(query, (PREFIX + code,)).first() is not None:
                text = _("Zu der Gliederung {title} gibt es Lieferungen. Nehmen Sie zuerst diese zurück.")
                raise UsageError(text.format(title=quoted(title)))
            drop_layer(connection, layer_name(code))
            for table in (tables.geography_keys, tables.carrying_matrices, tables.carrying_choices):
                connection.execute(delete(table).where(table.c.geography == code))
            connection.execute(delete(tables.geographies).where(tables.geographies.c.code == code))
            log(connection, _("Gliederung {title} entfernt").format(title=quoted(title)), role)

    # Weights

    def save_matrices(self, code: str, blocks_version: int, matrices: tuple[Matrix, ...]) -> None:
        """Keep weights of a geography onto a version of the blocks; those that are kept already stay as they are."""
        table = tables.carrying_matrices
        with writing(self._engine) as connection:
            here = select(table.c.matrix_id).where(table.c.blocks_version == blocks_version)
            known = set(connection.execute(here).scalars())
            for name, matrix in {matrix.fingerprint(): matrix for matrix in matrices}.items():
                if name in known:
                    continue
                values = (name, code, blocks_version, matrix.kind, matrix.built_on, now(), to_json(matrix.content()))
                connection.execute(insert(table).values(dict(zip(tables.MATRICES, values, strict=True))))

    def matrices(self, code: str, blocks_version: int) -> tuple[Matrix, ...]:
        """The weights kept for a geography and a version of the blocks, oldest first."""
        where, values = "geography = ? AND blocks_version = ?", (code, blocks_version)
        with reading(self._engine) as connection:
            rows = read_rows(connection, "carrying_matrices", tables.MATRICES, where, values, order="created")
        return tuple(Matrix.from_content(json.loads(content)) for content in rows["content"])

    def kept_matrices(self) -> pd.DataFrame:
        """What is kept: matrix_id, geography, blocks_version, kind, built_on, created; oldest first."""
        kinds = {name: kind for name, kind in tables.MATRICES.items() if name != "content"}
        with reading(self._engine) as connection:
            return read_rows(connection, "carrying_matrices", kinds, order="created")

    def choose_weights(self, code: str, feature: str, kind: str, reason: str, role: str = DEFAULT_ROLE) -> None:
        """By what a feature of a geography is divided from now on; earlier choices stay in the record.

        feature : '' = all that have no choice of their own. kind : of the weights, '' = the best there is.
        """
        with writing(self._engine) as connection:
            title = _title(connection, code)
            values = (code, feature, kind, reason, role, now())
            connection.execute(insert(tables.carrying_choices).values(dict(zip(tables.CHOICES, values, strict=True))))
            log(connection, _("Gewichte der Gliederung {title} gewählt").format(title=quoted(title)), role)

    def weight_choices(self) -> pd.DataFrame:
        """All choices, oldest first: geography, feature, kind, reason, role, made; the last of a pair holds."""
        with reading(self._engine) as connection:
            return read_rows(connection, "carrying_choices", tables.CHOICES)


def layer_name(code: str) -> str:
    """The layer of the project file with the units."""
    return f"geo_{code}"


def basis_of(connection: Connection) -> list[list[str]]:
    """What results rest on besides deliveries: the choices of weights that hold, sorted."""
    rows = read_rows(connection, "carrying_choices", tables.CHOICES)
    held = rows.drop_duplicates(["geography", "feature"], keep="last").sort_values(["geography", "feature"])
    return [list(row) for row in held[["geography", "feature", "kind"]].itertuples(index=False, name=None)]


def unknown_geographies(connection: Connection) -> list[str]:
    """Codes that values in force name and the project does not know, or whose units are gone; sorted."""
    found = connection.exec_driver_sql(f"SELECT DISTINCT geography FROM {IN_FORCE}").all()
    used = {str(row[0]).removeprefix(PREFIX) for row in found}
    if not used:
        return []
    rows = read_rows(connection, "geographies", tables.GEOGRAPHIES, order="created")
    there = set(inspect(connection).get_table_names())
    pairs = zip(rows["code"], rows["kind"], strict=True)
    return sorted(used - {code for code, kind in pairs if kind == "keys" or layer_name(code) in there})


def _title(connection: Connection, code: str) -> str:
    table = tables.geographies
    title = connection.execute(select(table.c.title).where(table.c.code == code)).scalar()
    if title is None:
        raise UsageError(_("Die Gliederung {code} gibt es nicht.").format(code=quoted(code)))
    return str(title)


def _refuse_taken(connection: Connection, code: str, title: str) -> None:
    table = tables.geographies
    taken = connection.execute(select(table.c.code).where((table.c.code == code) | (table.c.title == title))).first()
    if taken is not None:
        text = _("Eine Gliederung {title} gibt es schon. Ein neuer Stand ist eine neue Gliederung mit eigenem Namen.")
        raise UsageError(text.format(title=quoted(title)))


def _ready(units: pd.DataFrame, srs: int) -> gpd.GeoDataFrame:
    """In the project's coordinates, sorted, with exactly the columns of the layer."""
    frame = gpd.GeoDataFrame(units).to_crs(srs)
    kept = {
        "unit": frame["unit"].astype(str),
        "name": frame["name"].fillna("").astype(str) if "name" in frame else "",
        **{name: frame[name].astype(float) if name in frame else float("nan") for name in UNIT_COLUMNS[2:]},
    }
    ready = gpd.GeoDataFrame(pd.DataFrame(kept, index=frame.index), geometry=frame.geometry.to_numpy(), crs=srs)
    return ready.sort_values("unit", kind="stable", ignore_index=True)


def _check_number(units: pd.DataFrame, srs: int) -> str:
    ready = _ready(units, srs)
    ground = Geography.of(ready, "unit", "units").in_crs(pyproj.CRS.from_epsg(srs))
    counted = ready[list(UNIT_COLUMNS[2:])].to_numpy(dtype=float)
    return check_sum([ground.check_sum(), *map(repr, counted.ravel().tolist())])


def _check_number_of_keys(keys: pd.DataFrame) -> str:
    rows = sorted(keys[[*tables.KEYS]].itertuples(index=False, name=None), key=lambda row: row[:2])
    return check_sum(map(repr, rows))
