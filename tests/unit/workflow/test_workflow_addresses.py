"""Lists placed, a register carried on, the street directory, and an address that must not be found."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest
from pypdf import PdfReader

from address_town import AGS, HIDDEN_NUMBER, HIDDEN_STREET, address_town, all_doors, doors, write_register
from sozialraum import workflow
from sozialraum.base import InputRefused, UsageError
from sozialraum.cli.commands import run
from sozialraum.project import Project
from sozialraum.workflow import addresses_placing as placing
from sozialraum.workflow import addresses_updating as updating
from sozialraum.workflow.address_registers import read_register
from sozialraum.workflow.address_tables import read_address_table
from sozialraum.workflow.street_directory import street_directory, write_street_directory
from street_grid_town import area

LIST = """Fälle 2025;;

Name;Straße;Haus-Nr.;PLZ
A;Altweg;3;52499
B;ALT WEG;4 a;52499
C;Sidlerweg;1;52499
D;Nirgends;1;52499
"""


@pytest.fixture
def project(tmp_path):
    with address_town(tmp_path / "p") as found:
        yield found


def cells(file, sheet=0):
    return [list(row) for row in openpyxl.load_workbook(file).worksheets[sheet].iter_rows(values_only=True)]


# Lists


def test_a_list_is_found_under_its_head_wherever_that_stands(tmp_path):
    (tmp_path / "liste.csv").write_text(LIST, encoding="cp1252")
    table = read_address_table(tmp_path / "liste.csv")
    assert table.columns == {"street": "Straße", "number": "Haus-Nr.", "postcode": "PLZ"}
    assert table.rows.index.tolist() == [4, 5, 6, 7]


def test_of_several_sheets_the_one_with_most_parts_of_an_address_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Hinweise zur Straße"])
    sheet = book.create_sheet("Fälle")
    for row in (
        ["Stand 2026"],
        [],
        ["Nr.", "STRASSE (Wohnung)", "Hausnr.", "Plz", "Wohnort"],
        [1, "Altweg", 3, 52499, ""],
    ):
        sheet.append(row)
    book.save(tmp_path / "liste.xlsx")
    table = read_address_table(tmp_path / "liste.xlsx")
    assert (table.sheet, table.first) == ("Fälle", 4)
    assert table.columns["street"] == "STRASSE (Wohnung)"
    assert table.columns["number"] == "Hausnr."
    assert table.parts().to_numpy().tolist() == [["Altweg", "3", "52499", ""]]


def test_a_file_without_streets_is_refused_with_the_heads_it_has(tmp_path):
    (tmp_path / "liste.csv").write_text("Name;PLZ\nA;52499\n")
    with pytest.raises(InputRefused, match="„Straße“ wurde nicht gefunden"):
        read_address_table(tmp_path / "liste.csv")


def test_the_same_list_comes_back_with_area_and_reason(project, tmp_path):
    (tmp_path / "liste.csv").write_text(LIST, encoding="cp1252")
    said = placing.complete_list(project, tmp_path / "liste.csv", tmp_path / "out.xlsx")
    assert said[1] == "4 Adressen: 1 sicher, 2 wahrscheinlich, 1 nicht zugeordnet."
    rows = cells(tmp_path / "out.xlsx")
    assert rows[0] == ["Name", "Straße", "Haus-Nr.", "PLZ", "Gebietsschlüssel", "Gebiet", "Zuordnung", "Grund",
                       "Adresse im Register"]  # fmt: skip
    assert [row[4] for row in rows[1:]] == [area("A"), area("A"), area("C"), None]
    assert rows[3][8] == "Siedlerweg 1, 52499 Musterdorf"


def test_rows_are_counted_by_area_and_those_without_one_are_a_row_of_their_own(project):
    rows = pd.DataFrame({"street": ["Altweg", "Altweg", "Dorfweg", "Sidlerweg", "Nirgends"], "number": list("12331")})
    plan = project.plan()
    placed = placing.place_list(project, rows)
    assert placing.count_by_area(placed, plan)["rows"].tolist() == [2, 0, 1, 1, 1]
    assert placing.count_by_area(placed, plan, accepted=[])["rows"].tolist() == [2, 0, 0, 1, 2]
    assert placing.count_by_area(placed, plan, accepted=[3])["rows"].tolist() == [2, 0, 1, 1, 1]


def test_a_confirmed_spelling_is_exact_from_then_on(project):
    rows = pd.DataFrame({"street": ["Sidlerweg"], "number": ["1"], "postcode": ["52499"]})
    placed = placing.place_list(project, rows)
    assert placed.to_confirm()["offer_street"].tolist() == ["Siedlerweg, 52499 Musterdorf"]
    assert placing.confirm_spellings(project, placed, placed.frame.index) == 1
    assert placing.place_list(project, rows).frame["state"].tolist() == ["exact"]
    assert placing.confirm_spellings(project, placing.place_list(project, rows), rows.index) == 0


def test_a_street_that_stands_several_times_teaches_nothing_without_its_postcode(project):
    rows = pd.DataFrame({"street": ["Altweg"], "number": ["4b"], "town": ["Nirgendwo"]})
    placed = placing.place_list(project, rows)
    assert placed.frame["reason"].tolist() == ["town_unknown;suffix_unknown"]
    assert placing.confirm_spellings(project, placed, rows.index) == 0


def test_without_a_register_lists_are_refused(tmp_path):
    with Project.create(tmp_path / "q", name="Leer") as empty, pytest.raises(InputRefused, match="Adressregister"):
        placing.place_list(empty, pd.DataFrame({"street": ["Altweg"]}))


# Registers


def test_a_register_is_read_from_a_table_with_coordinates(project, tmp_path):
    rows = [f"{street};{number};{x};{y};52499".replace(".", ",") for street, number, _s, x, y in doors("Altweg", "A")]
    (tmp_path / "hk.csv").write_text("STN;HNR;Ostwert;Nordwert;PLZ\n" + "\n".join(rows) + "\n")
    found, said = read_register(tmp_path / "hk.csv", project.blocks(), project.municipalities())
    assert set(found["block_id"]) == {f"{AGS}-A"}
    assert said == ()


def test_a_zone_number_before_the_easting_is_named_with_an_offer(project, tmp_path):
    rows = [f"{street};{number};{x + 32_000_000};{y};52499" for street, number, _s, x, y in doors("Altweg", "A")]
    (tmp_path / "hk.csv").write_text("STN;HNR;Ostwert;Nordwert;PLZ\n" + "\n".join(rows) + "\n")
    with pytest.raises(InputRefused) as caught:
        read_register(tmp_path / "hk.csv", project.blocks(), project.municipalities())
    offer = caught.value.findings[0].offer
    found, _said = read_register(
        tmp_path / "hk.csv", project.blocks(), project.municipalities(), read_coordinates=offer
    )
    assert set(found["block_id"]) == {f"{AGS}-A"}


def test_rows_without_coordinates_and_files_without_columns_are_refused(project, tmp_path):
    (tmp_path / "hk.csv").write_text("STN;HNR;Ostwert;Nordwert;PLZ\nAltweg;1;;5;52499\n")
    with pytest.raises(InputRefused, match="Zeile 2"):
        read_register(tmp_path / "hk.csv", project.blocks(), project.municipalities())
    (tmp_path / "hk.csv").write_text("STN;HNR;PLZ\nAltweg;1;52499\n")
    with pytest.raises(InputRefused, match="„Ostwert“"):
        read_register(tmp_path / "hk.csv", project.blocks(), project.municipalities())
    with pytest.raises(InputRefused, match="gibt es nicht"):
        read_register(tmp_path / "none.gpkg", project.blocks(), project.municipalities())


# The yearly update


def next_year():
    """Altweg has another name, Bahnweg 10 is gone, Siedlerweg goes on, Dorfweg has a house outside every block."""
    rows = [row for row in all_doors() if row[0] not in ("Altweg", "Bahnweg")]
    rows += doors("Anne-Frank-Weg", "A") + doors("Bahnweg", "B", range(1, 10)) + doors("Siedlerweg", "C", [11])
    return [*rows, ("Am Rand", 1, "", doors("Dorfweg", "D")[-1][3] + 100_000.0, 0.0)]


def test_an_update_is_decided_taken_over_and_the_street_grid_written_again(project, tmp_path):
    plan = project.plan()
    file = write_register(tmp_path / "neu.gpkg", next_year())
    changes, _said = updating.begin_update(project, file, title="Stand 2027")
    assert {kind: n for kind, n in changes.counts().items() if n} == {
        "new": 2, "gone": 1, "renamed": 10, "unchanged": 30, "doubtful": 1,
    }  # fmt: skip
    assert updating.accept_all_certain(project) == 12
    with pytest.raises(InputRefused, match="Am Rand 1"):
        updating.finish_update(project)
    group = changes.groups().query("street == 'Am Rand'")["group_id"].iloc[0]
    assert updating.decide_changes(project, [group], "accept", area_id=area("D")) == 1
    done = updating.finish_update(project, grid=tmp_path / "grid")
    assert done.version == 2
    assert done.findings == ()
    assert "10 Adressen mit neuem Straßennamen." in done.sentences
    assert "Anne-Frank-Weg" in (tmp_path / "grid" / "ra.csv").read_text(encoding="cp1252")
    assert project.plan().plan_id == plan.plan_id
    assert project.address_versions()["title"].tolist() == ["", "Stand 2027"]
    assert project.waiting_addresses() is None


def test_the_old_name_of_a_street_is_still_placed_after_an_update(project, tmp_path):
    updating.begin_update(project, write_register(tmp_path / "neu.gpkg", next_year()[:-1]))
    updating.accept_all_certain(project)
    updating.finish_update(project)
    rows = pd.DataFrame({"street": ["Altweg", "Anne-Frank-Weg"], "number": ["3", "3"], "postcode": ["52499", "52499"]})
    assert placing.place_list(project, rows).frame["reason"].tolist() == ["confirmed", "same"]


def test_decisions_are_taken_back_and_kept_between_two_sittings(project, tmp_path):
    updating.begin_update(project, write_register(tmp_path / "neu.gpkg", next_year()))
    changes = updating.waiting_changes(project)
    updating.accept_all_certain(project, changes=changes)
    renamed = changes.groups().query("kind == 'renamed'")["group_id"].iloc[0]
    updating.take_back(project, [renamed])
    assert len(updating.open_rows(project)) == 11
    updating.decide_changes(project, [renamed], "reject")
    assert len(updating.open_rows(project)) == 1
    with pytest.raises(UsageError, match="Das Gebiet"):
        updating.decide_changes(project, [renamed], "accept", area_id="05999001-99")


def test_without_a_waiting_register_there_is_nothing_to_decide(project):
    with pytest.raises(UsageError, match="Es wartet kein"):
        updating.waiting_changes(project)
    with pytest.raises(UsageError, match="Es wartet kein"):
        updating.finish_update(project)


# The street directory


def test_the_directory_names_whole_streets_and_both_sides(project):
    areas = street_directory(project).areas
    assert [entry.label for entry in areas] == ["1 Altstadt", "2 Bahnhof", "3 Siedlung", "4 Dorf"]
    assert [(line.street, line.whole) for line in areas[1].lines] == [("Bahnweg", True)]


def test_the_directory_is_printed_and_written_as_a_workbook(project, tmp_path):
    write_street_directory(project, tmp_path / "v.pdf", today="2026-11-28")
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "v.pdf").pages)
    assert "Straßenverzeichnis" in text
    assert "Dorfweg" in text
    write_street_directory(project, tmp_path / "v.xlsx", area_id=area("B"))
    rows = cells(tmp_path / "v.xlsx")
    assert rows[1] == ["Bahnweg", "52499", 1, "Ende", 2, "Ende", "ja", "Musterdorf", "2 Bahnhof", area("B")]
    assert len(rows) == 2


def test_the_same_directory_gives_the_same_bytes(project, tmp_path):
    for ending in (".pdf", ".xlsx"):
        one, other = (
            write_street_directory(project, tmp_path / f"{name}{ending}", today="2026-11-28").read_bytes()
            for name in ("a", "b")
        )
        assert one == other


def test_a_directory_of_what_is_not_there_is_refused(project, tmp_path):
    with pytest.raises(UsageError, match="05999001-99"):
        street_directory(project, area_id="05999001-99")
    with pytest.raises(UsageError, match="PDF"):
        write_street_directory(project, tmp_path / "v.docx")


# An address that nobody may find


def outputs(project, folder):
    """Everything that is written of addresses, as text."""
    workflow.write_street_grid(project, folder / "grid", confirm=True)
    write_street_directory(project, folder / "v.xlsx")
    write_street_directory(project, folder / "v.pdf")
    texts = [(folder / "grid" / name).read_text(encoding="cp1252") for name in ("zu.csv", "ra.csv")]
    texts += [str(cells(folder / "v.xlsx", sheet)) for sheet in (0, 1)]
    texts += [page.extract_text() for page in PdfReader(folder / "v.pdf").pages]
    rows = pd.DataFrame({"street": [HIDDEN_STREET, "Zinoberstiege"], "number": [str(HIDDEN_NUMBER)] * 2})
    placed = placing.place_list(project, rows, interpolate=True)
    texts += [placed.frame.to_string(), placed.to_confirm().drop(columns="written").to_string()]
    texts += project.events()["what"].tolist()
    texts += [project.addresses().to_string(), project.protected_addresses().to_string()]
    return [*texts, (project.folder / "project.gpkg").read_bytes().decode("latin-1")]


def test_a_protected_address_is_in_no_output(project, tmp_path):
    assert any("Zinnober" in text for text in outputs(project, tmp_path))
    placing.protect_address(project, f"{HIDDEN_STREET} {HIDDEN_NUMBER}, 52499 Musterdorf", "womens_shelter")
    assert not any("zinnober" in text.casefold() for text in outputs(project, tmp_path))


def test_who_lives_there_is_placed_nowhere_for_the_reason_of_every_unknown_address(project):
    rows = pd.DataFrame({"street": [HIDDEN_STREET, "Nirgends", "Altweg", "Altweg"], "number": ["5", "5", "4", "99"]})
    placing.protect_address(project, f"{HIDDEN_STREET} {HIDDEN_NUMBER}")
    placing.protect_address(project, "Altweg 4")
    frame = placing.place_list(project, rows, interpolate=True).frame
    assert frame["state"].tolist() == ["none"] * 4
    assert frame["why"].iloc[0] == frame["why"].iloc[1]
    assert frame["why"].iloc[2] == frame["why"].iloc[3]
    assert frame["x"].isna().all()


def test_a_protected_address_is_no_change_of_a_newer_register_and_no_name_of_it(project, tmp_path):
    placing.protect_address(project, f"{HIDDEN_STREET} {HIDDEN_NUMBER}")
    changes, _said = updating.begin_update(project, write_register(tmp_path / "neu.gpkg", all_doors()))
    assert changes.rows.empty
    updating.finish_update(project)
    assert HIDDEN_STREET not in set(project.addresses()["street"])


def test_a_protected_number_goes_on_with_its_renamed_street(project, tmp_path):
    placing.protect_address(project, "Altweg 4")
    rows = [row for row in all_doors() if row[0] != "Altweg"] + doors("Anne-Frank-Weg", "A")
    file = write_register(tmp_path / "neu.gpkg", rows)
    updating.begin_update(project, file)
    updating.accept_all_certain(project)
    updating.finish_update(project)
    assert 4 not in set(project.addresses().query("street == 'Anne-Frank-Weg'")["number"])
    updating.begin_update(project, file)
    assert updating.waiting_changes(project).rows.empty


def test_an_address_is_protected_by_the_old_name_of_its_street_too(project, tmp_path):
    rows = [row for row in all_doors() if row[0] != "Altweg"] + doors("Anne-Frank-Weg", "A")
    updating.begin_update(project, write_register(tmp_path / "neu.gpkg", rows))
    updating.accept_all_certain(project)
    updating.finish_update(project)
    placing.protect_address(project, "Altweg 4")
    assert 4 not in set(project.addresses().query("street == 'Anne-Frank-Weg'")["number"])
    listed = pd.DataFrame({"street": ["Altweg", "Anne-Frank-Weg"], "number": ["4", "4"]})
    assert placing.place_list(project, listed).frame["state"].tolist() == ["none", "none"]
    placing.unprotect_address(project, "Altweg 4")
    assert project.protected_addresses().empty


def test_only_an_address_can_be_protected_and_only_a_protected_one_freed(project):
    with pytest.raises(UsageError, match="Straße und Hausnummer"):
        placing.protect_address(project, "Altweg")
    with pytest.raises(UsageError, match="nicht geschützt"):
        placing.unprotect_address(project, "Altweg 4")


FACILITIES = """Nr.;Name;Art;Anschrift;Baustein;Plätze unter 6;Stand;Schutz
1;Haus;Frauenhaus;{address};;5;31.12.2025;ja
"""


@pytest.mark.parametrize(("address", "left"), [("Altweg 4, 52499 Musterdorf", 9), ("nicht mitgeteilt", 10)])
def test_the_address_a_list_names_of_a_shelter_is_protected_from_then_on(project, tmp_path, address, left):
    (tmp_path / "einrichtungen.csv").write_text(FACILITIES.format(address=address), encoding="cp1252")
    workflow.deliver(project, tmp_path / "einrichtungen.csv", "facilities")
    assert (project.addresses()["street"] == "Altweg").sum() == left
    assert project.protected_addresses()["kind"].tolist() == ["womens_shelter"] * (10 - left)
    assert not any("Altweg" in text for text in project.events()["what"])


# The commands


def test_the_commands_of_the_yearly_chore(project, tmp_path, capsys):
    folder = str(project.folder)
    project.close()
    file = write_register(tmp_path / "neu.gpkg", next_year())
    assert run(["addresses", "compare", folder, str(file), "--title", "Stand 2027"]) == 0
    assert "10 Adressen mit neuem Straßennamen." in capsys.readouterr().out
    assert run(["addresses", "update", folder]) == 3
    assert "13 Änderungen sind nicht entschieden" in capsys.readouterr().err
    assert run(["addresses", "decide", folder, "--certain"]) == 0
    key = f"new|{AGS}|52499|Am Rand 1"
    assert key in capsys.readouterr().out
    assert run(["addresses", "decide", folder, key, "--area", area("D")]) == 0
    assert run(["addresses", "update", folder, "--street-grid", str(tmp_path / "grid")]) == 0
    assert run(["addresses", "directory", folder, str(tmp_path / "v.pdf")]) == 0
    assert run(["addresses", "protect", folder, f"{HIDDEN_STREET} {HIDDEN_NUMBER}", "--kind", "womens_shelter"]) == 0
    said = capsys.readouterr().out
    assert "Stand 2027" in said
    assert HIDDEN_STREET not in said
    (tmp_path / "liste.csv").write_text(LIST, encoding="cp1252")
    assert run(["addresses", "place", folder, str(tmp_path / "liste.csv"), str(tmp_path / "out.xlsx")]) == 0
    assert "sicher" in capsys.readouterr().out
