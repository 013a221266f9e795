"""Build the report of the nine municipalities of the former Kreis Aachen from open data.

    python examples/staedteregion_aachen/build.py DATA_FOLDER OUT_FOLDER

DATA_FOLDER holds `aachen-gemeinden`, `aachen-zensus2011-grid` and `nrw-schulen-sozialindex`; OUT_FOLDER
becomes a project with its release, plus `eingabe/bausteine.gpkg`, `gebiete.csv` and a second computed plan in
`gebiete_zweiter_plan.csv`.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialraum import indicators, workflow
from sozialraum.base import InputRefused, SozialraumError
from sozialraum.blocks import neighbours, pieces, tessellate_cells
from sozialraum.delineation import Plan, propose
from sozialraum.project import Project

HERE = Path(__file__).parent
MUNICIPALITIES = Path("aachen-gemeinden") / "gemeinden_staedteregion_aachen.gpkg"
CELLS = Path("aachen-zensus2011-grid") / "bausteine_100m_abgeleitet.csv.gz"
SCHOOLS = Path("nrw-schulen-sozialindex") / "schulen_staedteregion_aachen.csv"
# Shares of a handful of estimated people are noise; such cells count as unknown when areas are cut.
FEWEST_PEOPLE, FEWEST_DWELLINGS = 10.0, 3.0


def build(data: Path, out: Path, only: frozenset[str] = frozenset()) -> Path:
    """The whole way from open data to the report; returns the folder of the release.

    only : AGS to build, default all of the definition (a test builds one).
    """
    definition = read_definition()
    refuse_missing(data)
    say = Said()
    with Project.create(
        out, name=definition["region"], notice=definition["notice"], settings=settings(definition)
    ) as project:
        layers = write_layers(data, definition, out / "eingabe" / "bausteine.gpkg", only)
        say.stage("Bausteine aus 100-Meter-Zellen", workflow.import_blocks(project, layers))
        say.stage("Zellen des Zensus 2011", workflow.deliver(project, data / CELLS))
        say.stage("Schulen", workflow.deliver(project, data / SCHOOLS))
        plan = workflow.propose(project)
        blocks = project.blocks()
        unmet = list(not_in_one_piece(plan, blocks, project.municipalities()))
        say.stage("Gebiete", [*workflow.plan_sentences(plan, project), *unmet])
        say.stage("Indikatoren, Index, Bedarf", workflow.compute(project))
        release = workflow.report(project)
        workflow.export_plan(project, out / "gebiete.csv")
        say.stage("Bericht", [str(release / "report.pdf")])
        wanted = {ags: number for ags, number in definition["second_plan"]["areas"].items() if not only or ags in only}
        if wanted:
            second = second_plan(project, plan, wanted, definition["second_plan"]["title"])
            workflow.export_plan(project, out / "gebiete_zweiter_plan.csv", second.plan_id)
            say.stage("Zweiter Plan", [f"{second.title}: {len(second.areas)} Gebiete"])
    return release


def read_definition() -> dict[str, Any]:
    """Texts, numbers of areas and sources of the example."""
    return tomllib.loads((HERE / "project.toml").read_text(encoding="utf-8"))


def refuse_missing(data: Path) -> None:
    """Name every file that is not where it should be."""
    absent = [str(file) for file in (MUNICIPALITIES, CELLS, SCHOOLS) if not (data / file).is_file()]
    if absent:
        raise InputRefused(f"In „{data}“ fehlt: {', '.join(absent)}.", (), "Geben Sie den Ordner mit den Daten an.")


def settings(definition: dict[str, Any]) -> dict[str, Any]:
    """The project's settings: texts, sources, target, and its own definitions as tables."""
    same = ("title", "language", "editions", "areas_are_proposals", "population_status", "map_source",
            "impulses_note", "limits", "supply_words", "licences", "sources")  # fmt: skip
    target = definition["target"]
    return {name: definition[name] for name in same} | {
        "method": [list(pair) for pair in definition["method"].items()],
        "missing": [list(pair) for pair in definition["missing"].items()],
        "target": {**target, "rate": None if target["rate"] == "none" else target["rate"]},
        "definitions": indicators.read_tables(HERE / "indicators"),
    }


def second_plan(project: Project, first: Plan, wanted: dict[str, int], title: str) -> Plan:
    """Store a version of the first plan with other numbers of areas in some municipalities; the first stays current.

    wanted : AGS -> number of areas. The areas of all other municipalities are those of the first plan.
    """
    blocks, municipalities, second = project.blocks(), project.municipalities(), first
    for ags in sorted(wanted):
        second = propose(
            blocks, municipalities, numbers={ags: wanted[ags]}, only=ags, keep=second, title=title,
            created=first.created,
        )  # fmt: skip
    second = second.with_(parent=first.plan_id)
    project.save_plan(second)
    project.make_current(first.plan_id)
    return second


def write_layers(data: Path, definition: dict[str, Any], target: Path, only: frozenset[str]) -> Path:
    """Write municipalities and their blocks as the GeoPackage that the product takes in."""
    municipalities, blocks = read_layers(data, definition, only)
    target.parent.mkdir(exist_ok=True)
    municipalities.to_file(target, layer="municipalities", driver="GPKG")
    blocks.to_file(target, layer="blocks", driver="GPKG")
    return target


def read_layers(
    data: Path, definition: dict[str, Any], only: frozenset[str] = frozenset()
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Municipalities and their blocks in the columns of the contract; only : AGS, default all of the definition."""
    agreed = pd.DataFrame(definition["municipality"]).set_index("ags")
    agreed = agreed.loc[sorted(only)] if only else agreed
    borders = gpd.read_file(data / MUNICIPALITIES, layer="gemeinden").set_index("AGS").loc[agreed.index]
    municipalities = gpd.GeoDataFrame(
        {"ags": agreed.index, "name": borders["GEN"].to_numpy(), "kind": agreed["kind"].to_numpy(),
         "size_low": float(definition["size"]["low"]), "size_high": float(definition["size"]["high"]),
         "areas": agreed["areas"].to_numpy()},
        geometry=borders.geometry.to_numpy(), crs=borders.crs,
    )  # fmt: skip
    cells = cells_with_attributes(pd.read_csv(data / CELLS, sep=";", dtype={"AGS": str}))
    blocks = [
        tessellate_cells(cells[cells["ags"] == ags].drop(columns="ags"), border, ags=ags)
        for ags, border in zip(municipalities["ags"], municipalities.geometry, strict=True)
    ]
    return municipalities, gpd.GeoDataFrame(pd.concat(blocks, ignore_index=True), crs=borders.crs)


def cells_with_attributes(table: pd.DataFrame) -> pd.DataFrame:
    """Cells with inhabitants and the attributes of three families by which areas are made similar inside.

    Shares are NaN where the cell has too few people or dwellings for one.
    """
    people = table["einwohner_geschaetzt"].where(table["einwohner_geschaetzt"] >= FEWEST_PEOPLE)
    dwellings = table["wohnungen_summe"].where(table["wohnungen_summe"] >= FEWEST_DWELLINGS).astype(float)

    def share(columns: list[str], base: pd.Series) -> pd.Series:
        return (table[columns].sum(axis=1) / base).clip(upper=1.0)

    return pd.DataFrame(
        {
            "cell_id": table["GITTER_ID_100m"],
            "ags": table["AGS"],
            "x": table["x"],
            "y": table["y"],
            "population": table["einwohner_geschaetzt"],
            "social_under_10": share(["unter10"], people),
            "social_80_up": share(["ab80"], people),
            "social_foreign": share(["auslaender"], people),
            "social_single_parents": share(["alleinerz_hh"], dwellings),
            "building_density": np.log1p(table["wohnungen_summe"].astype(float)),
            "building_large_houses": share(["wohnungen_3bis6", "wohnungen_7bis12", "wohnungen_13plus"], dwellings),
            "building_before_1919": share(["wohnungen_baujahr_vor1919"], dwellings),
            "housing_vacancy": share(["wohnungen_leer"], dwellings),
            "housing_floor_space": table["wohnflaeche_m2_geschaetzt"] / dwellings,
        }
    )


def not_in_one_piece(plan: Plan, blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> Iterator[str]:
    """A sentence for each area that lies in several parts because its municipality does."""
    town_names = municipalities.set_index("ags")["name"]
    area_names = plan.areas.set_index("area_id")["name"]
    for ags, own in blocks.groupby("municipality", sort=True):
        # a speck where the border touches itself is no part of the municipality
        own = own[own.area > 1.0].reset_index(drop=True)
        part = pd.Series(pieces(len(own), neighbours(own).edges))
        spread = part.groupby(own["block_id"].map(plan.assignment)).nunique()
        for area in spread.index[spread > 1]:
            yield (
                f"Nicht einhaltbar: {town_names[ags]}, {area_names[area]} besteht aus {spread[area]} Teilen, weil die "
                "Gemeinde selbst aus getrennten Teilen besteht."
            )


class Said:
    """Prints each stage with the seconds it took, and its sentences below."""

    def __init__(self) -> None:
        self.since = time.perf_counter()

    def stage(self, name: str, sentences: list[str]) -> None:
        now = time.perf_counter()
        print(f"{name} ({now - self.since:.1f} s)", *(f"  {sentence}" for sentence in sentences), sep="\n", flush=True)
        self.since = now


def main() -> int:
    """Read the arguments, build, and turn refusals into a sentence and an exit code."""
    parser = argparse.ArgumentParser(description="Bericht für neun Gemeinden des früheren Kreises Aachen bauen.")
    parser.add_argument("data", type=Path, help="Ordner mit den offenen Daten")
    parser.add_argument("out", type=Path, help="Ordner für Projekt und Bericht; noch nicht da oder leer")
    arguments = parser.parse_args()
    try:
        build(arguments.data, arguments.out)
    except SozialraumError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
