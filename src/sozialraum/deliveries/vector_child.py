"""Reads the table of one map file or Parquet file in a process of its own; started by `vector_files` as a script.

Answers on standard output with marshalled values: ('table', [(name, rows of texts)]) or (reason, …).
"""

from __future__ import annotations

import marshal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from workbook_child import cell_text


def texts_of(values: Any) -> list[str]:
    """A column as texts; nothing where there is no value."""
    known: dict[tuple[type, str], str] = {}
    made = []
    for value in values:
        plain = value.tolist() if hasattr(value, "tolist") else value
        written = str(plain)
        if plain is None or written in ("nan", "NaT"):
            made.append("")
            continue
        key = (plain.__class__, written)
        if key not in known:
            known[key] = cell_text(plain)
        made.append(known[key])
    return made


class TooLarge(Exception):
    """More cells than are read."""


def table(name: str, columns: dict[str, Any]) -> tuple[str, list[list[str]]]:
    """A sheet: the heads, then the rows."""
    heads = list(columns)
    made = [texts_of(columns[head]) for head in heads]
    return name, [heads, *map(list, zip(*made, strict=True))]


def read_map(path: str, most_cells: int) -> list[tuple[str, list[list[str]]]]:
    """Every layer: its attributes, and a point inside each shape in the layer's own coordinates."""
    import pyogrio

    found, cells = [], 0
    for layer in map(str, pyogrio.list_layers(path)[:, 0]):
        about = pyogrio.read_info(path, layer=layer, force_feature_count=True)
        cells += about["features"] * (len(about["fields"]) + 2)
        if cells > most_cells:
            raise TooLarge(cells)
        found.append(table(layer, columns_of(path, layer)))
    return found


def columns_of(path: str, layer: str) -> dict[str, Any]:
    import pyogrio
    import shapely

    meta, _index, geometry, values = pyogrio.raw.read(path, layer=layer)
    columns = {str(name): column for name, column in zip(meta["fields"], values, strict=True)}
    if geometry is not None:
        points = shapely.point_on_surface(shapely.from_wkb(geometry, on_invalid="ignore"))
        columns[f"x ({meta['crs'] or '?'})"] = shapely.get_x(points)
        columns[f"y ({meta['crs'] or '?'})"] = shapely.get_y(points)
    return columns


def read_parquet(path: str, most_cells: int) -> list[tuple[str, list[list[str]]]]:
    from pyarrow import parquet

    file = parquet.ParquetFile(path)
    cells = file.metadata.num_rows * file.metadata.num_columns
    if cells > most_cells:
        raise TooLarge(cells)
    frame = file.read()
    return [table("", {name: frame.column(name).to_pylist() for name in frame.column_names})]


def answer(kind: str, path: str, most_cells: int) -> tuple[Any, ...]:
    try:
        return ("table", read_parquet(path, most_cells) if kind == "parquet" else read_map(path, most_cells))
    except TooLarge as large:
        return ("large", large.args[0])
    except ImportError:
        return ("no_parquet",)
    except Exception:  # the libraries raise whatever they like on a damaged file; here it is one thing
        return ("damaged",)


def main() -> None:
    kind, path, most_cells = sys.argv[1], sys.argv[2], int(sys.argv[3])
    sys.stdout.buffer.write(marshal.dumps(answer(kind, path, most_cells)))


if __name__ == "__main__":
    main()
