"""The street grid of a project: groups, files, the way back when the agency answers, the command."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from sozialraum import workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.blocks import Places, no_buildings, no_places
from sozialraum.cli.commands import run
from sozialraum.delineation import Plan
from sozialraum.indicators import carry
from sozialraum.plans import group_areas
from sozialraum.project import Project
from sozialraum.street_grid import format_from, read_form
from sozialraum.workflow.street_grid import agency_units
from street_grid_town import area, town_plan, town_project


def delivered(folder, name, head, rows):
    """A delivered table as authorities write it."""
    path = folder / name
    path.write_bytes("\r\n".join([head, *rows, ""]).encode("cp1252"))
    return path


@pytest.fixture
def project(tmp_path):
    with town_project(tmp_path / "p") as found:
        yield found


def test_the_small_area_gets_a_proposed_group_and_nothing_is_written_before_it_is_confirmed(project, tmp_path):
    found = workflow.street_grid_prospect(project)
    assert found.proposed == ((area("C"), area("D")),)
    with pytest.raises(InputRefused) as caught:
        workflow.write_street_grid(project, tmp_path / "out")
    assert "Liefergruppe noch nicht bestätigt: 3 Siedlung, 4 Dorf" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_confirmed_group_is_kept_written_and_its_way_back_recorded(project, tmp_path):
    workflow.confirm_delivery_groups(project, [(area("C"), area("B"))], role="Statistikstelle")
    found = workflow.street_grid_prospect(project)
    assert (found.confirmed, found.proposed) == (((area("B"), area("C")),), ())
    lines = workflow.write_street_grid(project, tmp_path / "out")
    assert any("Liefergruppe 101100901: 2 Bahnhof, 3 Siedlung." in line for line in lines)
    kept = project.settings["street_grid"]["written"][town_plan().plan_id]["keys"]
    assert kept["101100901"] == f"{area('B')}+{area('C')}"
    assert "Liefergruppen des Straßenrasters bestätigt" in project.events()["what"].to_list()
    files = workflow.street_grid_to_check([tmp_path / "out"])
    assert workflow.check_street_grid(files) == []


def test_what_the_agency_answers_for_a_group_stays_with_the_group(project, tmp_path):
    workflow.write_street_grid(project, tmp_path / "out", confirm=True)
    rows = [
        "05999004;101100101;Altstadt;120;10", "05999004;101100102;Bahnhof;80;*", "05999004;101100901;Gruppe;70;12",
        "05999004;101100SUM;;270;25", "05999004;keine Angabe;;5;0", "05999004;101SUMSUM;;275;25",
    ]  # fmt: skip
    head = "Berichtsmonat;Gemeinde;Schlüssel;Name;ALO_INSG;ALO_U25"
    table = delivered(tmp_path, "AkG_A_Arbeitslose_202512.csv", head, [f"202512;{row}" for row in rows])
    workflow.deliver(project, table)
    seen = project.observations()
    group = seen[seen["unit"] == f"{area('C')}+{area('D')}"]
    assert group.set_index("feature")["low"].to_dict() == {"unemployed": 70.0, "unemployed_15_25": 12.0}
    counts = carry(
        seen, None, town_plan(), project.blocks(), project.municipalities(), ["2025-12-31"]
    ).set_index(["feature", "unit", "level"])  # fmt: skip
    for letter in "CD":
        row = counts.loc[("unemployed", area(letter), "area")]
        assert (row["status"], np.isnan(row["low"])) == ("missing", True)
        assert "nur für die Liefergruppe bekannt" in row["provenance"]
    assert counts.loc[("unemployed", area("A"), "area"), "low"] == 120
    assert counts.loc[("unemployed", "05999004", "municipality"), "low"] == 275


def test_without_a_street_grid_the_keys_are_those_of_the_plan(project):
    units = agency_units(project, town_plan())
    assert units == {f"10110010{place}": area(letter) for place, letter in enumerate("ABCD", 1)}


def test_inhabitants_come_from_the_register_at_the_last_day_of_a_year(project, tmp_path):
    assert workflow.street_grid_prospect(project).day == ""
    head = "Stichtag;Baustein;Alter von;Alter unter;Geschlecht;Staatsangehörigkeit;Anzahl"
    rows = ["31.12.2025;05999004-A;25;45;w;D;1200", "31.12.2025;05999004-C;25;45;m;A;1001"]
    workflow.deliver(project, delivered(tmp_path, "einwohnerbestand_2025-12-31.csv", head, rows))
    found = workflow.street_grid_prospect(project)
    assert found.day == "2025-12-31"
    assert [found.people[area(letter)] for letter in "ABCD"] == [1200, 0, 1001, 0]


def test_an_area_that_cannot_reach_1000_is_said_and_stops_the_writing(tmp_path):
    with town_project(tmp_path / "p", dict.fromkeys("ABCD", 200)) as project:
        with pytest.raises(InputRefused) as caught:
            workflow.write_street_grid(project, tmp_path / "out", confirm=True)
        assert "1 Altstadt: 200 Einwohnerinnen und Einwohner statt 1.000" in str(caught.value)


def test_without_a_register_or_a_plan_it_is_said_what_is_missing(tmp_path):
    empty = Project.create(tmp_path / "p", name="Leer")
    with empty as project, pytest.raises(InputRefused, match="noch keine Gebiete"):
        workflow.street_grid_prospect(project)
    with town_project(tmp_path / "q", rows=()) as project, pytest.raises(InputRefused, match="kein Adressregister"):
        workflow.street_grid_prospect(project)


def test_the_form_of_the_files_is_kept_and_taken_back(project):
    workflow.set_street_grid_format(project, {"separator": "tab", "encoding": "utf-8"})
    assert workflow.street_grid_format(project).separator == "tab"
    with pytest.raises(InputRefused):
        workflow.set_street_grid_format(project, {"separator": "x"})
    assert workflow.street_grid_format(project).separator == "tab"
    workflow.set_street_grid_format(project, None)
    assert workflow.street_grid_format(project).separator == ";"


def test_addresses_of_a_block_that_was_divided_find_their_new_block_by_their_place(project):
    blocks = project.blocks()
    moved = project.addresses().assign(block_id="05999004-gone")
    east = blocks.geometry.iloc[3].representative_point()
    moved["geometry"] = [east] * len(moved)
    project.save_layers(
        project.municipalities(), blocks, project.lines(), Places(moved, no_buildings(25832), no_places(25832))
    )
    found = workflow.street_grid_prospect(project)
    assert {record.key for record in found.grid.records} == {found.grid.keys[area("D")]}


def test_a_grouping_of_whole_areas_gives_the_middle_level(project):
    units = {area("A"): "west", area("B"): "west", area("C"): "ost", area("D"): "ost"}
    names = {"west": "Weststadt", "ost": "Oststadt"}
    project.save_grouping(group_areas(town_plan(), units, grouping_id="g1", title="Bezirke", names=names))
    workflow.set_street_grid_levels(project, "g1")
    named = {unit.key: unit.name for unit in workflow.street_grid_prospect(project).grid.units}
    assert (named["101101000"], named["101102000"]) == ("Weststadt", "Oststadt")
    assert named["101101101"] == "1 Altstadt"


def test_a_grouping_that_cuts_areas_is_refused_with_the_areas(project):
    halves = group_areas(town_plan(), {area("A"): "west"}, grouping_id="g2", title="Quartiere")
    project.save_grouping(replace(halves, relation="free"))
    with pytest.raises(InputRefused, match="kann keine Stadtbezirke bilden"):
        workflow.set_street_grid_levels(project, "g2")
    with pytest.raises(UsageError, match="gibt es nicht"):
        workflow.set_street_grid_levels(project, "g3")


# The command


def test_export_and_check_on_the_command_line(project, tmp_path, capsys):
    folder, out = project.folder, tmp_path / "out"
    assert run(["street-grid", "export", str(folder), str(out)]) == 3
    assert "Liefergruppe noch nicht bestätigt" in capsys.readouterr().err
    assert run(["street-grid", "export", str(folder), str(out), "--confirm-groups"]) == 0
    assert "Geschrieben" in capsys.readouterr().out
    assert sorted(path.name for path in out.iterdir()) == ["ra.csv", "zu.csv"]
    for what in ([str(out)], [str(out / "zu.csv"), str(out / "ra.csv")], [str(folder)]):
        assert run(["street-grid", "check", *what]) == 0
        assert "Ohne Befund" in capsys.readouterr().out


def test_checking_a_project_remembers_no_handing_over(project, capsys):
    workflow.confirm_delivery_groups(project, [(area("C"), area("D"))])
    assert run(["street-grid", "check", str(project.folder)]) == 0
    assert "written" not in project.settings["street_grid"]


def test_check_names_file_and_line_and_ends_with_3(project, tmp_path, capsys):
    out = tmp_path / "out"
    run(["street-grid", "export", str(project.folder), str(out), "--confirm-groups"])
    text = (out / "ra.csv").read_text(encoding="cp1252")
    (out / "ra.csv").write_text(text.replace("Altweg;52499;1;;997", "Altweg;52499;1;;998"), encoding="cp1252")
    capsys.readouterr()
    assert run(["street-grid", "check", str(out)]) == 3
    said = capsys.readouterr().err
    assert "1 Befund im Straßenraster." in said
    assert "ra.csv, Zeile 2, Spalte „HNR_ungerade_bis“: Altweg: 998 steht im falschen Feld." in said
    assert run(["street-grid", "check", str(out), "--json"]) == 3
    body = json.loads(capsys.readouterr().out)
    assert len(body["findings"]) == 1
    assert run(["street-grid", "check", str(tmp_path / "nix.csv")]) == 3
    assert "gibt es nicht" in capsys.readouterr().err


def test_the_settings_of_a_project_count_for_files_of_others(project, tmp_path, capsys):
    workflow.set_street_grid_format(project, {"separator": "tab"})
    out = tmp_path / "out"
    run(["street-grid", "export", str(project.folder), str(out), "--confirm-groups"])
    capsys.readouterr()
    assert run(["street-grid", "check", str(out)]) == 3
    assert "vermutlich durch „tab“" in capsys.readouterr().err
    assert run(["street-grid", "check", str(out), "--project", str(project.folder)]) == 0


def test_a_plan_can_be_named(project, tmp_path):
    later = _with_other_title(town_plan())
    project.save_plan(later)
    workflow.confirm_delivery_groups(project, [(area("C"), area("D"))], plan_id=town_plan().plan_id)
    assert workflow.street_grid_prospect(project, town_plan().plan_id).proposed == ()
    assert workflow.street_grid_prospect(project, later.plan_id).proposed == ((area("C"), area("D")),)


def _with_other_title(plan: Plan) -> Plan:
    return plan.with_(title="Später")


def test_a_form_is_handed_on_as_a_file(project, tmp_path, capsys):
    folder, file, out = str(project.folder), tmp_path / "form.toml", tmp_path / "out"
    workflow.set_street_grid_format(project, {"separator": "tab", "encoding": "utf-8", "header": False})
    assert run(["street-grid", "form", folder, str(file)]) == 0
    assert read_form(file) == workflow.street_grid_format(project)
    workflow.set_street_grid_format(project, None)
    text = file.read_text(encoding="utf-8").replace('"ra.csv"', '"strassen.txt"')
    file.write_text(text, encoding="utf-8")
    assert run(["street-grid", "export", folder, str(out), "--confirm-groups", "--form", str(file)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["strassen.txt", "zu.csv"]
    assert (out / "zu.csv").read_bytes().startswith(b"05999004\t101000000\t")
    # the form of the project stays
    assert workflow.street_grid_format(project) == format_from(None)
    capsys.readouterr()
    assert run(["street-grid", "check", str(out), "--form", str(file)]) == 0
    assert "Ohne Befund: zu.csv, strassen.txt." in capsys.readouterr().out
    assert run(["street-grid", "check", folder, "--form", str(file)]) == 0


def test_one_file_alone_is_without_finding_but_said_to_be_alone(project, tmp_path, capsys):
    out = tmp_path / "out"
    run(["street-grid", "export", str(project.folder), str(out), "--confirm-groups"])
    capsys.readouterr()
    assert run(["street-grid", "check", str(out / "zu.csv")]) == 0
    assert "zu.csv: Nur „zu“ geprüft, „ra“ fehlt." in capsys.readouterr().out
    assert run(["street-grid", "check", str(out / "zu.csv"), str(out / "zu.csv")]) == 3
    assert "zu.csv (2), Der Inhalt ist derselbe wie in „zu.csv“." in capsys.readouterr().err


def test_what_cannot_be_written_is_named_as_it_was_meant(project, tmp_path, capsys):
    out = tmp_path / "out"
    (out / "ra.csv").mkdir(parents=True)
    command = ["street-grid", "export", str(project.folder), str(out), "--confirm-groups"]
    assert run(command) == 3
    said = capsys.readouterr().err
    assert f"„{out / 'ra.csv'}“ ist ein Ordner" in said
    assert ".part" not in said
    assert not list(out.glob(".*"))
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run([*command[:3], str(tmp_path / "file")]) == 3
    assert "ist eine Datei, kein Ordner" in capsys.readouterr().err


# what stands in a file that shall be a form -> what is said
NO_FORMS = {
    "not there": (None, "gibt es nicht"),
    "bytes": (bytes(range(256)), "keine Textdatei in utf-8"),
    "no settings": (b"separator: ;\nencoding", "Zeile 1 ist nicht als Angabe"),
    "a number of thousands of digits": (b"header = " + b"9" * 5000, "nicht als Liste von Angaben"),
    "too deep": (b"zu = " + b"[" * 5000, "nicht als Liste von Angaben"),
    "another type": (b"header = 1", "nicht „true“ oder „false“"),
    "another setting": (b'trenner = ";"', "Die Angabe „trenner“ gibt es nicht."),
    "three columns": (b'[[zu]]\nfield = "key"\ntitle = "S"\n', "angegeben sind 1"),
    "a date for a title": (b'[[zu]]\nfield = "key"\ntitle = 2026-01-01\n', "braucht zwei Texte"),
    "huge": (b"#" * 100_001, "dafür zu groß"),
}


@pytest.mark.parametrize("name", NO_FORMS)
def test_a_file_that_is_no_form_is_refused_with_the_reason(tmp_path, name):
    raw, said = NO_FORMS[name]
    file = tmp_path / "form.toml"
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(InputRefused) as refused:
        read_form(file)
    assert said in str(refused.value)
