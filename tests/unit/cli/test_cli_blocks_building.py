"""`sozialraum blocks build` in a terminal."""

from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from drawn_town import addresses, lines, towns
from sozialraum.cli.commands import run
from sozialraum.project import Project

CROSS = (("street", "Querstraße", [(0, 500), (1000, 500)]), ("street", "Hochstraße", [(500, 0), (500, 1000)]))


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    """A new project and the files of a small town as arguments."""
    assert run(["new", str(tmp_path / "p"), "--name", "Kreis"]) == 0
    doors = addresses((100, 100, 4), (900, 900, 6), (1200, 0, 1)).assign(suffix="", postcode="05901")
    for name, frame in (("gemeinden", towns()), ("strassen", lines(*CROSS)), ("anschriften", doors)):
        _write(tmp_path / f"{name}.gpkg", frame)
    return [
        "blocks", "build", str(tmp_path / "p"), "--municipalities", str(tmp_path / "gemeinden.gpkg"),
        "--lines", str(tmp_path / "strassen.gpkg"), "--addresses", str(tmp_path / "anschriften.gpkg"),
    ]  # fmt: skip


def _write(path: Path, frame: gpd.GeoDataFrame) -> None:
    pyogrio.write_dataframe(frame, path, layer=path.stem, driver="GPKG")


def blocks(folder: Path) -> int:
    with Project.open(folder) as project:
        return len(project.blocks())


def test_blocks_are_built_and_what_is_doubtful_is_named(
    given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*given, "--sizes", "2-8", "--doubtful", str(tmp_path / "d.gpkg")]) == 0
    said = capsys.readouterr().out
    assert "Gebildet: 4\u00a0Bausteine" in said
    assert "Hofweg 3 liegt in keiner Gemeinde. Prüfen Sie die Koordinaten der Anschrift. (401200, 5700000)" in said
    assert "Die Bausteine sind übernommen." in said
    assert len(pyogrio.read_dataframe(tmp_path / "d.gpkg", layer="doubtful")) == 1
    assert blocks(tmp_path / "p") == 4
    with Project.open(tmp_path / "p") as project:
        assert project.municipalities()[["size_low", "size_high"]].to_numpy().tolist() == [[2, 8]]


def test_looking_keeps_nothing(given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*given, "--look", "--rule", "smallest_area=300000"]) == 0
    said = capsys.readouterr().out
    assert "Gebildet: 1\u00a0Baustein in" in said
    assert "unter 300.000 m²" in said
    assert "es wurde nichts übernommen" in said
    assert blocks(tmp_path / "p") == 0


@pytest.mark.parametrize(
    ("wrong", "said", "code"),
    [
        (["--rule", "hedges=1"], "Die Regel kennt „hedges“ nicht. Es gibt: smallest_area", 2),
        (["--rule", "snapping=viel"], "„viel“ ist keine Zahl.", 2),
        (["--rule", "snapping"], "Hinter --rule steht ein Name mit Wert", 2),
        (["--rule", "snapping=-1"], "Die Zahl darf nicht kleiner als 0 sein.", 3),
        (["--sizes", "viele"], "„viele“ ist keine Spanne wie 1000-8500.", 2),
        (["--read", "lines=EPSG:1"], "Das Koordinatensystem „EPSG:1“ ist nicht bekannt.", 2),
        (["--nesting", "nirgends.gpkg"], "Die Datei „nirgends.gpkg“ gibt es nicht.", 3),
    ],
)
def test_mistakes_end_in_a_sentence_and_keep_nothing(
    wrong: list[str], said: str, code: int, given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*given, *wrong]) == code
    assert said in capsys.readouterr().err
    assert blocks(tmp_path / "p") == 0


def test_a_new_version_needs_reason_and_role_before_anything_is_built(
    given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*given, "--sizes", "1-20"]) == 0
    assert run(["propose", str(tmp_path / "p")]) == 0
    capsys.readouterr()
    drawn = ["--rule", "smallest_area=300000"]
    assert run([*given, *drawn]) == 2
    assert "Nennen Sie Grund (--why) und Stelle (--role)." in capsys.readouterr().err
    assert run([*given, *drawn, "--why", "Probe", "--role", "Sozialplanung"]) == 0
    assert "als Stand 2 übernommen" in capsys.readouterr().out
    with Project.open(tmp_path / "p") as project:
        assert len(project.blocks(project.blocks_version())) == 1
        assert len(project.blocks(1)) == 4
