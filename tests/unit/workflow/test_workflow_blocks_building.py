"""Blocks built for a project from files: read, looked at, taken over, renewed."""

from pathlib import Path

import geopandas as gpd
import pyogrio
import pyproj
import pytest

from drawn_town import CRS, EAST, NORTH, addresses, box, lines, towns
from sozialraum.addresses import House
from sozialraum.base import InputRefused, UsageError
from sozialraum.delineation import Plan
from sozialraum.project import Project
from sozialraum.workflow import create_project, propose
from sozialraum.workflow.blocks_building import look_at_blocks, take_blocks, write_doubtful
from sozialraum.workflow.blocks_built import last_building
from sozialraum.workflow.blocks_sources import BlockFiles, read_block_files

CROSS = (("street", "Querstraße", [(0, 500), (1000, 500)]), ("street", "Hochstraße", [(500, 0), (500, 1000)]))
DOORS = ((100, 100, 400), (900, 100, 600), (100, 900, 500), (900, 900, 700))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return create_project(tmp_path / "kreis", name="Kreis")


def written(folder: Path, name: str, frame: gpd.GeoDataFrame, layer: str = "") -> str:
    path = folder / name
    if not layer:
        path.unlink(missing_ok=True)
    pyogrio.write_dataframe(frame, path, layer=layer or path.stem, driver="GPKG", append=path.exists())
    return str(path)


def files(folder: Path, **more: object) -> BlockFiles:
    doors = addresses(*DOORS).assign(suffix="", postcode="05901")
    given = {
        "municipalities": written(folder, "gemeinden.gpkg", towns().rename(columns={"ags": "AGS", "name": "GEN"})),
        "lines": (written(folder, "strassen.gpkg", lines(*CROSS)),),
        "addresses": written(folder, "anschriften.gpkg", doors.rename(columns={"population": "EW"})),
    }
    return BlockFiles(**(given | more))  # type: ignore[arg-type]


def test_built_blocks_become_the_layers_of_an_empty_project(project: Project, tmp_path: Path) -> None:
    look = look_at_blocks(project, files(tmp_path))
    said = [sentence.replace("\u00a0", " ") for sentence in look.sentences()]
    assert said[0] == "Gebildet: 4 Bausteine in 1 Gemeinde."
    assert "In den Bausteinen: 2.200 Einwohner/-innen." in said
    assert project.blocks().empty  # looking keeps nothing
    assert take_blocks(project, look) == ["Die Bausteine sind übernommen."]
    kept = project.blocks()
    assert kept.set_index("block_id")["population"].to_dict() == {
        "05999001-B0001": 500, "05999001-B0002": 700, "05999001-B0003": 400, "05999001-B0004": 600,
    }  # fmt: skip
    assert project.municipalities()[["size_low", "size_high"]].to_numpy().tolist() == [[1000, 8500]]
    assert project.addresses()["block_id"].tolist() == [f"05999001-B000{n}" for n in (3, 4, 1, 2)]
    assert "population" not in project.addresses().columns
    assert Project.check(project.folder) == []


def test_blocks_in_use_get_a_new_version_with_reason_and_role(project: Project, tmp_path: Path) -> None:
    take_blocks(project, look_at_blocks(project, files(tmp_path)))
    plan = propose(project)
    more = (*CROSS, ("street", "Neue Straße", [(0, 750), (500, 750)]))
    look = look_at_blocks(project, files(tmp_path, lines=(written(tmp_path, "neu.gpkg", lines(*more)),)))
    with pytest.raises(UsageError, match="Rolle"):
        take_blocks(project, look, why="Neubaugebiet")
    assert "Stand 2" in take_blocks(project, look, why="Neubaugebiet", role="Sozialplanung")[0]
    assert (len(project.blocks(1)), len(project.blocks(2))) == (4, 5)
    kept = project.plan(plan.plan_id)
    assert isinstance(kept, Plan)
    assert len(kept.assignment) == 4


def test_without_files_the_layers_of_the_project_are_used_and_their_people_are_an_estimate(
    project: Project, tmp_path: Path
) -> None:
    take_blocks(project, look_at_blocks(project, files(tmp_path)))
    look = look_at_blocks(project, BlockFiles())
    assert look.built.people == "shared"
    assert look.built.blocks["population"].sum() == 2200
    assert any(sentence.startswith("Geschätzt") for sentence in look.sentences())


def test_protected_addresses_are_neither_counted_nor_named(project: Project, tmp_path: Path) -> None:
    project.protect_address("Hofweg", House(5), "womens_shelter")
    doors = addresses(*DOORS, (500, 100, 12)).assign(suffix="", postcode="05901")
    look = look_at_blocks(project, files(tmp_path, addresses=written(tmp_path, "mit.gpkg", doors)))
    assert look.built.blocks["population"].sum() == 2200
    assert look.built.doubtful == ()


def test_missing_inhabitants_are_not_taken_over_as_zero(project: Project, tmp_path: Path) -> None:
    look = look_at_blocks(project, files(tmp_path, addresses=""))
    assert look.built.people == "missing"
    with pytest.raises(InputRefused, match="Einwohnerzahlen fehlen"):
        take_blocks(project, look)
    assert project.blocks().empty


def test_given_units_are_blocks(project: Project, tmp_path: Path) -> None:
    units = gpd.GeoDataFrame(
        {"Stimmbez": ["002", "001"], "Titel": ["Süd", "Nord"]},
        geometry=[box(0, 0, 1000, 500), box(0, 500, 1000, 1000)],
        crs=CRS,
    )
    given = files(tmp_path, units=written(tmp_path, "wahl.gpkg", units), key="Stimmbez", name="Titel")
    take_blocks(project, look_at_blocks(project, given))
    assert project.blocks()[["block_id", "quarter", "population"]].to_numpy().tolist() == [
        ["001", "Nord", 1200], ["002", "Süd", 1000],
    ]  # fmt: skip


def test_inhabited_cells_of_a_table_are_blocks(project: Project, tmp_path: Path) -> None:
    x, y = pyproj.Transformer.from_crs(CRS, "EPSG:3035", always_xy=True).transform(EAST + 500, NORTH + 500)
    x, y = int(x // 100 * 100 + 50), int(y // 100 * 100 + 50)
    table = tmp_path / "gitter.csv"
    rows = [f"C1;{x};{y};7", f"C2;{x + 100};{y};–", f"C3;{x};{y + 200};12"]
    table.write_text("\n".join(["GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner", *rows, ""]), "utf-8")
    look = look_at_blocks(project, files(tmp_path, cells=str(table), addresses=""))
    assert "Bei 1 Gitterzelle ist die Einwohnerzahl unbekannt; sie gilt als offenes Land." in look.sentences()
    take_blocks(project, look)
    kept = project.blocks().set_index("block_id")["population"]
    assert (kept["C1"], kept["C3"], kept.sum()) == (7, 12, 19)


def test_addresses_may_come_as_a_table(project: Project, tmp_path: Path) -> None:
    rows = [f"Hofweg;{n};05901;{EAST + x:.1f};{NORTH + y:.1f};{p}" for n, (x, y, p) in enumerate(DOORS, start=1)]
    table = tmp_path / "adressen.csv"
    table.write_text("\n".join(["Straße;Hausnummer;PLZ;Ostwert;Nordwert;Einwohner", *rows, ""]), "utf-8")
    look = look_at_blocks(project, files(tmp_path, addresses=str(table)))
    assert (look.built.people, int(look.built.blocks["population"].sum())) == ("counted", 2200)
    table.write_text("\n".join(["Straße;Hausnummer;PLZ;Ostwert;Nordwert;Einwohner", rows[0], "Hofweg;2;05901;;;4", ""]))
    with pytest.raises(InputRefused, match=r"keine Zahl: Zeile 3\."):
        look_at_blocks(project, files(tmp_path, addresses=str(table)))


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    several = written(tmp_path, "viele.gpkg", lines(CROSS[0]), "eins")
    written(tmp_path, "viele.gpkg", lines(CROSS[1]), "zwei")
    given = BlockFiles(
        municipalities=written(tmp_path, "ohne.gpkg", towns().drop(columns="ags")),
        lines=(several, str(tmp_path / "fehlt.gpkg")),
        buildings=str(tmp_path / "auch.gpkg"),
    )
    with pytest.raises(InputRefused) as refused:
        read_block_files(given)
    said = [finding.sentence() for finding in refused.value.findings]
    assert [
        word for word in ("„ags“ fehlt", "#Ebene", "fehlt.gpkg", "auch.gpkg") if not any(word in s for s in said)
    ] == []
    assert len(said) == 4


def test_a_layer_is_named_behind_the_file(tmp_path: Path) -> None:
    several = written(tmp_path, "viele.gpkg", lines(CROSS[0]), "eins")
    written(tmp_path, "viele.gpkg", lines(*CROSS), "zwei")
    assert len(read_block_files(files(tmp_path, lines=(f"{several}#zwei",))).lines) == 2


def test_lines_that_lie_elsewhere_are_named_and_not_drawn_in_the_sea(tmp_path: Path) -> None:
    away = lines(*CROSS)
    away.geometry = away.translate(32_000_000, 0)
    given = files(tmp_path, lines=(written(tmp_path, "vorn.gpkg", away),))
    with pytest.raises(InputRefused, match="Zonennummer") as refused:
        read_block_files(given)
    assert refused.value.findings[0].offer == "EPSG:4647"
    read = read_block_files(BlockFiles(given.municipalities, given.lines, readings={"lines": "EPSG:4647"}))
    assert read.lines.to_crs(CRS).total_bounds == pytest.approx((EAST, NORTH, EAST + 1000, NORTH + 1000), abs=0.1)


def test_kinds_of_lines_are_read_from_public_map_data(tmp_path: Path) -> None:
    osm = lines(*CROSS, *CROSS).assign(fclass=["residential", "motorway", "footway", "drain"]).drop(columns="kind")
    water = lines(("", "Lohe", [(0, 10), (1000, 10)])).drop(columns="kind")
    given = files(tmp_path, lines=(written(tmp_path, "osm.gpkg", osm),), water=(written(tmp_path, "fl.gpkg", water),))
    sources = read_block_files(given)
    assert sources.lines["kind"].tolist() == ["street", "motorway", "river"]
    assert sources.notes[0].what == "Nicht als Grenzen verwendet: drain (1), footway (1)."


def test_doubtful_places_are_written_for_the_map(project: Project, tmp_path: Path) -> None:
    drawn = (*CROSS, ("river", "Lohe", [(0, 200), (300, 200)]), ("street", "", [(0, 506), (1000, 506)]))
    look = look_at_blocks(project, files(tmp_path, lines=(written(tmp_path, "l.gpkg", lines(*drawn)),)))
    target = tmp_path / "stellen.gpkg"
    write_doubtful(look.built, target)
    found = pyogrio.read_dataframe(target, layer="doubtful")
    assert found["sentence"].tolist() == ["„Lohe“ endet mitten in einem Baustein."]
    assert len(pyogrio.read_dataframe(target, layer="merged")) == len(look.built.merged) > 0
    assert sorted(path.name for path in tmp_path.glob("*part*")) == []


def test_sizes_must_be_a_span(project: Project, tmp_path: Path) -> None:
    look = look_at_blocks(project, files(tmp_path))
    with pytest.raises(UsageError, match="kleineren zu einer größeren"):
        take_blocks(project, look, sizes=(5000, 1000))


def test_what_was_doubtful_can_be_looked_at_later_without_addresses(project: Project, tmp_path: Path) -> None:
    assert last_building(project) is None
    drawn = (*CROSS, ("river", "Lohe", [(0, 200), (300, 200)]), ("street", "", [(0, 506), (1000, 506)]))
    doors = addresses(*DOORS, (500.1, 100, 3)).assign(suffix="", postcode="05901")
    given = files(
        tmp_path,
        lines=(written(tmp_path, "l.gpkg", lines(*drawn)),),
        addresses=written(tmp_path, "a.gpkg", doors),
    )
    look = look_at_blocks(project, given)
    assert {one.kind for one in look.built.doubtful} == {"barrier_ends", "on_line"}
    take_blocks(project, look)
    kept = last_building(project)
    assert kept is not None
    assert (kept.version, kept.people, kept.addresses, kept.rule) == (1, "counted", 1, look.built.rule)
    assert kept.doubtful == tuple(one for one in look.built.doubtful if one.kind == "barrier_ends")
    assert kept.merged.equals(look.built.merged)
    assert "Hofweg" not in str(project.block_building())
    fresh = read_block_files(files(tmp_path))
    others = project.blocks().assign(block_id=lambda frame: "x" + frame["block_id"])
    project.save_layers(project.municipalities(), others, fresh.lines)
    assert last_building(project) is None  # blocks that came otherwise were not built so


def test_blocks_with_an_address_of_unknown_inhabitants_are_looked_at_and_not_taken(
    project: Project, tmp_path: Path
) -> None:
    doors = addresses(*DOORS[:3], (900, 900, None)).rename(columns={"population": "EW"})
    look = look_at_blocks(project, files(tmp_path, addresses=written(tmp_path, "ohne.gpkg", doors)))
    said = [sentence.replace("\u00a0", " ") for sentence in look.sentences()]
    assert "1 zweifelhafte Stelle auf der Karte (Anschriften ohne Einwohnerzahl: 1)." in said
    with pytest.raises(InputRefused, match="05999001-B0002"):
        take_blocks(project, look)
    assert project.blocks().empty
