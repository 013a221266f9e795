"""Blocks built for a project: look at what comes out, then take it over, as first blocks or as a new version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from sozialraum.addresses import allowed
from sozialraum.base import Finding, InputRefused, Progress, Silent, UsageError, _
from sozialraum.base.numbers import count, counted
from sozialraum.blocks import check_blocks, complete_layers
from sozialraum.blocks.building import BuildingRule, Built, build_blocks, cells_as_blocks, units_as_blocks
from sozialraum.blocks.building.inhabitants import people_at_addresses
from sozialraum.blocks.layers import some
from sozialraum.project import Project
from sozialraum.workflow.blocks_built import keep_building
from sozialraum.workflow.blocks_checking import rests_on_blocks
from sozialraum.workflow.blocks_renewing import renew_blocks
from sozialraum.workflow.blocks_sources import BlockFiles, BlockSources, read_block_files

SIZES = (1_000.0, 8_500.0)
ADDRESS_PARTS = ("street", "number", "postcode")


@dataclass(frozen=True, eq=False)
class BlocksLook:
    """Blocks that were built and are not kept yet, and the layers they come from."""

    built: Built
    sources: BlockSources

    def sentences(self) -> list[str]:
        """What came out, for people."""
        blocks = self.built.blocks
        said = [
            _("Gebildet: {blocks} in {municipalities}.").format(
                blocks=counted(len(blocks), _("Baustein"), _("Bausteine")),
                municipalities=counted(blocks["municipality"].nunique(), _("Gemeinde"), _("Gemeinden")),
            ),
            self.built.rule,
        ]
        if not blocks["population"].isna().any():
            persons = counted(int(blocks["population"].sum()), _("Einwohner/-in"), _("Einwohner/-innen"))
            said.append(_("In den Bausteinen: {persons}.").format(persons=persons))
        said += [note.sentence() for note in (*self.sources.notes, *self.built.notes)]
        return [*said, *self._doubtful()]

    def _doubtful(self) -> list[str]:
        found = self.built.doubtful
        if not found:
            return [_("Keine zweifelhafte Stelle.")]
        number = counted(len(found), _("zweifelhafte Stelle"), _("zweifelhafte Stellen"))
        kinds = pd.Series([kind_word(one.kind) for one in found]).value_counts(sort=False)
        each = ", ".join(f"{word}: {count(size)}" for word, size in sorted(kinds.items()))
        return [_("{number} auf der Karte ({each}).").format(number=number, each=each)]


def kind_word(kind: str) -> str:
    """A kind of doubtful place as people call it."""
    return {
        "closed": _("geschlossene Lücken"),
        "open_end": _("Linien, die sich knapp verfehlen"),
        "barrier_ends": _("endende Trennlinien"),
        "on_line": _("Anschriften auf einer Grenze"),
        "outside": _("Anschriften außerhalb"),
        "uncounted": _("Anschriften ohne Einwohnerzahl"),
        "enclosed": _("eingeschlossene kleine Flächen"),
        "crowded": _("sehr volle Bausteine"),
        "overlap": _("Überlappungen"),
        "uncovered": _("Flächen ohne Einheit"),
        "crossing": _("Einheiten über Gemeindegrenzen"),
    }[kind]


def look_at_blocks(
    project: Project,
    files: BlockFiles,
    rule: BuildingRule | None = None,
    progress: Progress | None = None,
) -> BlocksLook:
    """Build blocks from files and what the project has; nothing is kept.

    Municipalities, lines, addresses and buildings that no file brings are those of the project. Protected addresses
    are left out before anything is counted or drawn. Without counted inhabitants those of the project's blocks are
    put at their addresses, an estimate. Raises InputRefused with all findings.
    """
    progress = progress or Silent()
    progress.stage(_("Dateien werden gelesen"))
    sources = _with_known(project, read_block_files(files, project.municipalities()))
    taken = _taken(files, sources, rule, progress)
    if taken is not None:
        return BlocksLook(taken, sources)
    addresses, estimated = _with_people(project, sources)
    built = build_blocks(
        sources.municipalities,
        sources.lines,
        addresses=addresses,
        buildings=sources.buildings,
        rule=rule,
        nesting=sources.units,
        progress=progress,
    )
    if estimated:
        text = _("Geschätzt: Die Einwohner der bisherigen Bausteine wurden auf deren Anschriften verteilt.")
        notes = (Finding(text, todo=_("Genauer sind Anschriften mit Einwohnerzahl."), severity="warning"), *built.notes)
        built = replace(built, people="shared", notes=notes)
    return BlocksLook(built, sources)


def _taken(files: BlockFiles, sources: BlockSources, rule: BuildingRule | None, progress: Progress) -> Built | None:
    """Units or cells as blocks, None when blocks are to be built."""
    if sources.cells is not None:
        middles = sources.cells[["x", "y"]].to_numpy() % 1_000
        size = 1_000 if len(middles) and (middles == 500).all() else 100
        return cells_as_blocks(sources.cells, sources.municipalities, size=size, progress=progress)
    if not files.units or sources.units is None:
        return None
    name = "name" if "name" in sources.units.columns else ""
    return units_as_blocks(
        sources.units, "unit", name, sources.municipalities, addresses=sources.addresses, rule=rule, progress=progress
    )


def take_blocks(
    project: Project,
    look: BlocksLook,
    *,
    why: str = "",
    role: str = "",
    sizes: tuple[float, float] = SIZES,
) -> list[str]:
    """Keep built blocks: as the first ones, or, when plans or deliveries rest on others, as a new version.

    why, role : needed for a new version. sizes : inhabitants of an area where the municipalities name none.
    Inhabitants of single addresses are not kept. Raises InputRefused when inhabitants are missing or blocks have
    faults, UsageError when a new version lacks reason or role.
    """
    blocks = look.built.blocks
    unknown = blocks.loc[blocks["population"].isna(), "block_id"]
    if len(unknown):
        what = _("Einwohnerzahlen fehlen für: {names}.").format(names=some(list(unknown)))
        todo = _("Ergänzen Sie Anschriften mit Einwohnerzahl oder die Einwohnerzahl je Gemeinde.")
        raise InputRefused(_("Die Bausteine können so nicht übernommen werden."), [Finding(what, todo=todo)])
    towns = _with_sizes(look.sources.municipalities, sizes)
    layers = complete_layers(towns, blocks, look.sources.lines, _places(look.sources))
    errors = [one for one in check_blocks(layers.blocks, layers.municipalities) if one.severity == "error"]
    if errors:
        raise InputRefused(_("Die Bausteine können so nicht übernommen werden."), errors)
    if not rests_on_blocks(project):
        project.save_layers(layers.municipalities, layers.blocks, layers.lines, layers.places)
        keep_building(project, look.built)
        return [_("Die Bausteine sind übernommen.")]
    version = renew_blocks(project, layers.blocks, why, role)
    keep_building(project, look.built)
    return [
        _("Die Bausteine sind als Stand {version} übernommen; Pläne bleiben auf ihrem Stand.").format(version=version)
    ]


def write_doubtful(built: Built, file: Path) -> None:
    """Doubtful places and merged remainders as two layers of points of a GeoPackage, for a map."""
    crs = built.blocks.crs
    rows = [(one.kind, one.sentence, one.todo, one.block_id) for one in built.doubtful]
    found = gpd.GeoDataFrame(
        pd.DataFrame(rows, columns=["kind", "sentence", "todo", "block_id"]),
        geometry=[one.point for one in built.doubtful],
        crs=crs,
    )
    at = gpd.points_from_xy(built.merged["x"], built.merged["y"])
    merged = gpd.GeoDataFrame(built.merged[["what", "into", "why"]], geometry=at, crs=crs)
    part = file.with_name(f".{file.stem}.part.gpkg")
    try:
        for layer, frame in (("doubtful", found), ("merged", merged)):
            frame.to_file(part, layer=layer, driver="GPKG", engine="pyogrio", append=part.exists())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _with_known(project: Project, sources: BlockSources) -> BlockSources:
    """What no file brings from the project; addresses without the protected ones."""
    lines = sources.lines if len(sources.lines) else project.lines()
    addresses = sources.addresses if sources.addresses is not None else project.addresses()
    buildings = sources.buildings if sources.buildings is not None else project.buildings()
    if len(addresses) and {"street", "number"} <= set(addresses.columns):
        whole = addresses if "suffix" in addresses.columns else addresses.assign(suffix="")
        addresses = addresses[allowed(project.address_protection(), whole)].reset_index(drop=True)
    return replace(
        sources,
        lines=lines,
        addresses=addresses if len(addresses) else None,
        buildings=buildings if len(buildings) else None,
    )


def _with_people(project: Project, sources: BlockSources) -> tuple[gpd.GeoDataFrame | None, bool]:
    """Addresses with inhabitants, and whether these come from the blocks there are."""
    addresses, old = sources.addresses, project.blocks()
    if addresses is None or "population" in addresses.columns or old.empty:
        return addresses, False
    if "population" in sources.municipalities.columns:
        return addresses, False
    return people_at_addresses(addresses, old), True


def _with_sizes(municipalities: gpd.GeoDataFrame, sizes: tuple[float, float]) -> gpd.GeoDataFrame:
    """Municipalities with the size of an area; keys as eight digits of text."""
    low, high = sizes
    if not 0 < low <= high:
        raise UsageError(_("Die Größe der Gebiete muss von einer kleineren zu einer größeren Zahl gehen."))
    named = {"size_low": low, "size_high": high}
    absent = {column: value for column, value in named.items() if column not in municipalities.columns}
    return municipalities.assign(**absent) if absent else municipalities


def _places(sources: BlockSources) -> dict[str, gpd.GeoDataFrame]:
    """Layers beside the blocks: addresses when they have street, number and postcode; buildings with their kind."""
    found = {}
    addresses, buildings = sources.addresses, sources.buildings
    if addresses is not None and set(ADDRESS_PARTS) <= set(addresses.columns):
        found["addresses"] = addresses.drop(columns=["population", "block_id"], errors="ignore")
    if buildings is not None:
        found["buildings"] = buildings if "kind" in buildings.columns else buildings.assign(kind="building")
    return found
