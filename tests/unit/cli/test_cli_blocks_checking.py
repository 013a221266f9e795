"""Blocks checked, mended and followed by a plan, as a person calls it."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from sozialraum.cli.commands import run
from sozialraum.delineation import make_plan
from sozialraum.project import Project
from sozialraum.workflow.blocks_renewing import block_history, renew_blocks
from village import AGS, draw_blocks, draw_municipality, village_blocks


@pytest.fixture
def folder(tmp_path):
    """A project whose block A ends 30 cm before its neighbours, with a plan of one area."""
    blocks = village_blocks()
    west, south, east, north = blocks.geometry.iloc[0].bounds
    blocks.loc[[0], "geometry"] = shapely.box(west, south, east - 0.3, north)
    with Project.create(tmp_path / "p", name="Musterkreis") as project:
        nothing = gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs=25832)
        project.save_layers(draw_municipality(), blocks, nothing)
        areas = [{"area_id": f"{AGS}-01", "code": "1", "name": "Eins", "municipality": AGS, "origin": "proposal"}]
        assignment = dict.fromkeys(blocks["block_id"], f"{AGS}-01")
        project.save_plan(make_plan(assignment, pd.DataFrame(areas), title="Vorschlag", created="2026-01-31"))
    return tmp_path / "p"


def called(capsys, *arguments, code=0) -> str:
    assert run([str(one) for one in arguments]) == code
    written = capsys.readouterr()
    return written.out + written.err


def test_check_names_each_fault_with_its_key(folder, capsys):
    said = called(capsys, "blocks", "check", folder)
    assert "1 Fehler gefunden." in said
    assert "Schmale Lücken und Überlappungen: 1" in said
    assert "sliver-" in said


def test_repair_makes_a_new_version_with_a_protocol(folder, tmp_path, capsys):
    look = called(capsys, "blocks", "repair", folder, "--kind", "sliver", "--look")
    assert "Nur angesehen" in look
    assert f"Die Lücke kommt zu Baustein {AGS}-" in look
    protocol = tmp_path / "protokoll.xlsx"
    call = ["blocks", "repair", folder, "--kind", "sliver", "--protocol", protocol]
    assert "warum" in called(capsys, *call, "--role", "Vermessung", code=2)
    assert not protocol.exists()
    called(capsys, *call, "--role", "Vermessung", "--why", "Lücke geschlossen")
    assert protocol.read_bytes()[:2] == b"PK"
    assert "ohne Lücke" in called(capsys, "blocks", "check", folder)
    assert "kein Fehler ausgewählt" in called(capsys, "blocks", "repair", folder, code=2)


def test_a_single_fault_is_mended_in_the_way_somebody_names(folder, capsys):
    line = next(row for row in called(capsys, "blocks", "check", folder).splitlines() if "sliver-" in row)
    fault = line[line.index("sliver-") :].split()[0]
    said = called(capsys, "blocks", "repair", folder, "--fault", f"{fault}=new", "--look")
    assert f"Neuer Baustein {AGS}-L1" in said


def test_a_file_is_checked_with_other_coordinates(folder, tmp_path, capsys):
    file = tmp_path / "kreis.gpkg"
    draw_municipality().to_file(file, layer="municipalities", engine="pyogrio")
    moved = village_blocks().to_crs(4647).set_crs(25832, allow_override=True)
    moved.to_file(file, layer="blocks", engine="pyogrio")
    assert "Zonennummer 32" in called(capsys, "blocks", "check", folder, "--file", file)
    assert "ohne Lücke" in called(capsys, "blocks", "check", folder, "--file", file, "--read", "blocks=EPSG:4647")
    assert "Name mit Wert" in called(capsys, "blocks", "check", folder, "--file", file, "--read", "x", code=2)


DRAWN_ANEW = "PPPPPP\nPPPPPP\nPPPPPP\nPPPPPP\ngghhii\nJJKKLL"
PEOPLE = {"P": 2700, "J": 300, "K": 400, "L": 200}


def test_other_blocks_become_a_new_version(folder, tmp_path, capsys):
    file = tmp_path / "kreis.gpkg"
    draw_municipality().to_file(file, layer="municipalities", engine="pyogrio")
    draw_blocks(DRAWN_ANEW, PEOPLE).to_file(file, layer="blocks", engine="pyogrio")
    call = ["blocks", "renew", folder, file, "--why", "Neue Baublöcke", "--role", "Vermessung"]
    assert "6 enden, 1 beginnen" in called(capsys, *call, "--look")
    called(capsys, *call)
    with Project.open(folder) as project:
        assert project.blocks_version() == 2
        history = block_history(project)
        assert history[["version", "kind", "why", "role"]].to_numpy().tolist() == [
            [2, "renewal", "Neue Baublöcke", "Vermessung"]
        ]
    assert "dieselben Bausteine" in called(capsys, *call, code=3)


def test_a_plan_follows_onto_the_newest_blocks(folder, capsys):
    drawn = draw_blocks(DRAWN_ANEW, PEOPLE)
    with Project.open(folder) as project:
        renew_blocks(project, drawn, "Neu", "Vermessung")
    said = called(capsys, "blocks", "follow", folder, "--role", "Sozialplanung")
    assert "Plan „Vorschlag“ auf den jüngsten Stand der Bausteine gebracht." in said
    assert "schon zum jüngsten" in called(capsys, "blocks", "follow", folder, "--role", "Sozialplanung", code=2)
