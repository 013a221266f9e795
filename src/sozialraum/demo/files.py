"""The first round of deliveries, in the shapes in which authorities hand them over."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj import Transformer

from sozialraum.demo.adopted import ADOPTED_TOWN
from sozialraum.demo.chance import Floats, stream
from sozialraum.demo.places import draw_places
from sozialraum.demo.region import CRS, EDITIONS, MEMBERS
from sozialraum.demo.world import World

AGE_FIELDS = ("0;3", "3;6", "6;15", "15;25", "25;45", "45;65", "65;80", "80;")
SEX_FIELDS = ("w", "m")
PASSPORT_FIELDS = ("D", "A")
EN_DASH = "\u2013"
KIND_WORDS = {"daycare": "Kindertageseinrichtung", "care_home": "Pflegeheim", "womens_shelter": "Frauenhaus"}
# In the grid, one cell in about three hundred is uncertain and a handful is secret.
UNCERTAIN_SHARE, SECRET_CELLS = 0.003, 3
POINTS_PER_BLOCK = 6


def german_day(edition: str) -> str:
    """'2025-12-31' as '31.12.2025'."""
    return ".".join(edition.split("-")[::-1])


def write_first_files(world: World, folder: Path) -> tuple[Path, ...]:
    """Write everything that is delivered before areas exist; returns the paths in a fixed order.

    Layers of blocks, inhabitants, households and facilities per edition, the grid of dwellings, the adopted plan.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [write_layers(world, folder / "bausteine.gpkg")]
    for number, edition in enumerate(EDITIONS):
        paths.append(_write_text(folder / f"einwohnerbestand_{edition}.csv", inhabitants_text(world, number), "cp1252"))
        paths.append(_write_text(folder / f"haushalte_{edition}.csv", households_text(world, number), "cp1252"))
    paths.append(write_grid(world, folder / "Zensus2022_Wohnungen_100m-Gitter.zip"))
    for number, edition in enumerate(EDITIONS):
        text = facilities_text(world, number)
        paths.append(_write_text(folder / f"Einrichtungen_{edition}.csv", text, "utf-8-sig"))
    return (*paths, *write_adopted(world, folder))


def _write_text(path: Path, text: str, encoding: str, line_end: str = "\r\n") -> Path:
    path.write_bytes(text.replace("\n", line_end).encode(encoding))
    return path


def write_layers(world: World, path: Path) -> Path:
    """The GeoPackage of municipalities, blocks and lines, with addresses, buildings and places."""
    path.unlink(missing_ok=True)
    more = draw_places(world)
    for name, frame, shape in (
        ("municipalities", world.municipalities, "Polygon"),
        ("blocks", world.blocks, "Polygon"),
        ("lines", world.lines, "MultiLineString"),
        ("addresses", more.addresses, "Point"),
        ("buildings", more.buildings, "Polygon"),
        ("places", more.places, "Point"),
    ):
        pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", append=path.exists(), geometry_type=shape)
    return path


def _in_edition(world: World, number: int) -> np.ndarray:
    members = world.members_of(EDITIONS[number])
    return world.blocks["municipality"].isin(members).to_numpy()


def inhabitants_text(world: World, number: int) -> str:
    """The register extract of an edition: one row per block and combination that occurs."""
    day = german_day(EDITIONS[number])
    combinations = [
        f";{age};{sex};{passport};" for age in AGE_FIELDS for sex in SEX_FIELDS for passport in PASSPORT_FIELDS
    ]
    counts = world.truth.persons[number].reshape(len(world.blocks), -1) * _in_edition(world, number)[:, None]
    block, combination = np.nonzero(counts)
    ids = world.blocks["block_id"].to_numpy()
    rows = [
        f"{day};{ids[b]}{combinations[c]}{n}"
        for b, c, n in zip(block.tolist(), combination.tolist(), counts[block, combination].tolist(), strict=True)
    ]
    for ags, persons in world.truth.homeless[number].items():
        flat = persons.reshape(-1).tolist()
        rows += [f"{day};{ags}-ohne{combinations[c]}{n}" for c, n in enumerate(flat) if n]
    head = "Stichtag;Baustein;Alter von;Alter unter;Geschlecht;Staatsangehörigkeit;Anzahl"
    return "\n".join([head, *rows, ""])


def households_text(world: World, number: int) -> str:
    """Households derived from the register, per block with at least one."""
    day = german_day(EDITIONS[number])
    fields = ["households", "hh_children", "hh_single_parent"]
    frame = world.truth.conditions[number][fields].assign(block_id=world.blocks["block_id"])
    frame = frame[_in_edition(world, number) & (frame["households"] > 0).to_numpy()]
    rows = [f"{day};{b};{h};{c};{s}" for b, h, c, s in frame[["block_id", *fields]].itertuples(index=False)]
    residual = world.truth.residual[number]
    rows += [f"{day};{ags}-ohne;{h};{c};{s}" for ags, h, c, s in residual[fields].itertuples() if h > 0]
    return "\n".join(["Stichtag;Baustein;Haushalte;mit Kindern unter 18;darunter Alleinerziehende", *rows, ""])


def facilities_text(world: World, number: int) -> str:
    """Facilities at an edition; the shelter stands without address and block."""
    day = german_day(EDITIONS[number])
    members = world.members_of(EDITIONS[number])
    ids, owner = world.blocks["block_id"].to_numpy(), world.blocks["municipality"].to_numpy()
    rows = ["Nr.;Name;Art;Anschrift;Baustein;Plätze unter 6;Stand;Schutz"]
    table = world.truth.facilities.table
    columns = ["number", "name", "kind", "address", "block", f"places_{number}", "protected"]
    for running, name, kind, address, at, places, hidden in zip(*(table[c].tolist() for c in columns), strict=True):
        placed = at >= 0
        if (placed and owner[at] not in members) or (kind == "daycare" and np.isnan(places)):
            continue
        block = ids[at] if placed else ""
        offered = f"{places:.0f}" if kind == "daycare" else ""
        protected = "ja" if hidden else ""
        rows.append(f"{running};{name};{KIND_WORDS[kind]};{address};{block};{offered};{day};{protected}")
    return "\n".join([*rows, ""])


def write_adopted(world: World, folder: Path) -> tuple[Path, Path]:
    """The adopted plan of one town and the names of its areas."""
    town = next(one.name for one in MEMBERS if one.ags == ADOPTED_TOWN)
    rows = [f"{block_id};{area_id}" for block_id, area_id in world.adopted.items()]
    names = [f"{a};{c};{n}" for a, c, n in world.adopted_names[["area_id", "code", "name"]].itertuples(index=False)]
    plan = "\n".join(["block_id;area_id", *rows, ""])
    return (
        _write_text(folder / f"Gebiete_{town}_beschlossen.csv", plan, "utf-8", "\n"),
        _write_text(folder / f"Gebiete_{town}_Namen.csv", "\n".join(["area_id;code;name", *names, ""]), "utf-8", "\n"),
    )


def write_grid(world: World, path: Path) -> Path:
    """The census-style grid of dwellings as a ZIP with one CSV."""
    head = (
        "GITTER_ID_100m;x_mp_100m;y_mp_100m;Wohnungen_insgesamt;Wohnungen_in_Mehrfamilienhaeusern;"
        "Durchschn_Wohnflaeche;werterlaeuternde_Zeichen"
    )
    text = "\n".join([head, *_grid_rows(world.seed, grid_cells(world)), ""])
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("Zensus2022_Wohnungen_100m-Gitter.csv", date_time=(2024, 6, 25, 8, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, text.encode("utf-8"))
    path.write_bytes(stored.getvalue())
    return path


def grid_cells(world: World) -> pd.DataFrame:
    """Dwellings summed to cells of 100 m in EPSG:3035: x, y (midpoints), dwellings, multi, square_metres."""
    frame = world.truth.conditions[0]
    homes = np.flatnonzero(frame["dwellings"].to_numpy() > 0)
    total, multi = frame["dwellings"].to_numpy()[homes], frame["dwellings_multi"].to_numpy()[homes]
    points = _points_in(world, homes)
    x, y = Transformer.from_crs(CRS, "EPSG:3035", always_xy=True).transform(points[..., 0], points[..., 1])
    cells = pd.DataFrame(
        {
            "x": (np.floor(x.ravel() / 100) * 100 + 50).astype(np.int64),
            "y": (np.floor(y.ravel() / 100) * 100 + 50).astype(np.int64),
            "dwellings": _shared_out(total).ravel(),
            "multi": _shared_out(multi).ravel(),
        }
    )
    cells["square_metres"] = cells["dwellings"] * 112.0 - cells["multi"] * 41.0
    cells = cells.groupby(["y", "x"], as_index=False).sum()
    return cells[cells["dwellings"] > 0].reset_index(drop=True)


def _points_in(world: World, homes: np.ndarray) -> Floats:
    """Some points in every block, half way from its middle to its corners: (n, POINTS_PER_BLOCK, 2)."""
    shapes = world.blocks.geometry.to_numpy()[homes]
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    rings = shapely.get_exterior_ring(shapes)
    sizes = shapely.get_num_points(rings) - 1
    at = (np.arange(POINTS_PER_BLOCK)[None, :] * sizes[:, None]) // POINTS_PER_BLOCK
    first = np.r_[0, np.cumsum(sizes + 1)[:-1]]
    corners = shapely.get_coordinates(rings)[first[:, None] + at]
    return middle[:, None, :] + 0.5 * (corners - middle[:, None, :])


def _shared_out(counts: np.ndarray) -> np.ndarray:
    """Counts shared out evenly over the points of a block, whole numbers with the same sum."""
    steps = np.arange(POINTS_PER_BLOCK + 1)[None, :]
    return np.diff(counts[:, None] * steps // POINTS_PER_BLOCK, axis=1)


def _grid_rows(seed: int, cells: pd.DataFrame) -> list[str]:
    """Rows with small random errors (zero stays zero), decimal comma, en dash for secret, KLAMMERN for uncertain."""
    chance = stream(seed, "grid")
    size = len(cells)
    error = chance.integers(-1, 2, (2, size))
    dwellings, multi = cells["dwellings"].to_numpy(), cells["multi"].to_numpy()
    total = np.where(dwellings > 0, np.maximum(dwellings + error[0], 1), 0)
    several = np.where(multi > 0, np.clip(multi + error[1], 0, total), 0)
    mean = cells["square_metres"].to_numpy() / dwellings + chance.normal(0, 4, size)
    uncertain = chance.uniform(size=size) < UNCERTAIN_SHARE
    secret = np.zeros(size, dtype=bool)
    secret[chance.choice(np.flatnonzero(dwellings <= 4), SECRET_CELLS, replace=False)] = True
    rows = []
    for k, (x, y) in enumerate(zip(cells["x"].tolist(), cells["y"].tolist(), strict=True)):
        average = EN_DASH if total[k] < 4 else f"{mean[k]:.2f}".replace(".", ",")
        houses = EN_DASH if secret[k] else str(several[k])
        mark = "KLAMMERN" if uncertain[k] and not secret[k] else ""
        rows.append(f"CRS3035RES100mN{y - 50}E{x - 50};{x};{y};{total[k]};{houses};{average};{mark}")
    return rows
