"""What a project keeps beside its address register."""

import geopandas as gpd
import pandas as pd
import shapely
from project_world import new_project

from sozialraum.addresses import read_house
from sozialraum.blocks import Places, no_buildings, no_places


def aliases(*rows):
    columns = ["written", "postcode", "street", "street_postcode", "municipality"]
    return pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])


def test_a_confirmed_spelling_is_kept_and_replaced(tmp_path):
    with new_project(tmp_path / "p") as project:
        project.save_street_aliases(aliases(("hauptstrase", "", "Hauptstraße", "05901", "05999001")))
        project.save_street_aliases(aliases(("hauptstrase", "", "Hauptweg", "05901", "05999001")), role="Planung")
        kept = project.street_aliases()
        assert kept["street"].tolist() == ["Hauptweg"]
        assert kept["role"].tolist() == ["Planung"]


def test_the_same_spelling_may_stand_for_two_streets_by_postcode(tmp_path):
    with new_project(tmp_path / "p") as project:
        project.save_street_aliases(
            aliases(
                ("ring", "05901", "Nordring", "05901", "05999001"), ("ring", "05902", "Südring", "05902", "05999002")
            )
        )
        assert project.street_aliases()["street"].tolist() == ["Nordring", "Südring"]
        project.forget_street_aliases(["ring"])
        assert project.street_aliases().empty


def register(*rows):
    """Addresses of the village at the points given: street, number, suffix, x, y."""
    frame = pd.DataFrame(
        [(street, number, suffix, "05904", "05999004-A") for street, number, suffix, _x, _y in rows],
        columns=["street", "number", "suffix", "postcode", "block_id"],
    )
    points = shapely.points([(x, y) for *_address, x, y in rows])
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:25832")


ROWS = (("Verborgene Gasse", 5, "", 1, 1), ("Dorfstraße", 1, "", 2, 2), ("Dorfstraße", 3, "", 3, 3))


def with_register(folder, rows=ROWS):
    project = new_project(folder)
    save(project, rows)
    return project


def save(project, rows=ROWS):
    layers = (project.municipalities(), project.blocks(), project.lines())
    project.save_layers(*layers, Places(register(*rows), no_buildings("EPSG:25832"), no_places("EPSG:25832")))


def streets(frame):
    return frame["street"].tolist()


def test_a_protected_address_leaves_the_register_and_every_version_of_it(tmp_path):
    with with_register(tmp_path / "p") as project:
        project.save_address_version(register(*ROWS), title="2026", summary={"new": 0})
        project.begin_address_update(register(*ROWS), "2027")
        project.protect_address("Verborgene Gasse", read_house("5"), "womens_shelter")
        assert streets(project.addresses()) == ["Dorfstraße", "Dorfstraße"]
        assert streets(project.addresses_of(1)) == ["Dorfstraße", "Dorfstraße"]
        assert streets(project.waiting_addresses()[0]) == ["Dorfstraße", "Dorfstraße"]
        assert project.protected_addresses()["kind"].tolist() == ["womens_shelter"]


def test_a_protected_address_stands_nowhere_in_the_project_file(tmp_path):
    with with_register(tmp_path / "p") as project:
        assert b"Verborgene" in (tmp_path / "p" / "project.gpkg").read_bytes()
        project.protect_address("Verborgene Gasse", read_house("5"), "womens_shelter")
    held = (tmp_path / "p" / "project.gpkg").read_bytes()
    assert b"Verborgene" not in held
    assert b"verborgenegasse" not in held


def test_a_protected_address_never_comes_back_with_layers_a_newer_register_or_an_update(tmp_path):
    with with_register(tmp_path / "p") as project:
        project.protect_address("Verborgene Gasse", read_house("5"))
        save(project)
        assert streets(project.addresses()) == ["Dorfstraße", "Dorfstraße"]
        project.begin_address_update(register(*ROWS), "2027")
        assert streets(project.waiting_addresses()[0]) == ["Dorfstraße", "Dorfstraße"]
        project.save_address_version(register(*ROWS), title="2027", summary={})
        assert streets(project.addresses()) == ["Dorfstraße", "Dorfstraße"]


def test_the_end_of_a_protection_lets_the_next_register_bring_the_address_back(tmp_path):
    with with_register(tmp_path / "p") as project:
        project.protect_address("Verborgene Gasse", read_house("5"))
        assert not project.unprotect_address("Dorfstraße", read_house("1"))
        assert project.unprotect_address("Verborgene Gasse", read_house("5"))
        assert project.protected_addresses().empty
        save(project)
        assert len(project.addresses()) == 3


def test_versions_keep_the_registers_before(tmp_path):
    with with_register(tmp_path / "p") as project:
        later = register(*ROWS[1:], ("Neuer Weg", 1, "", 4, 4))
        assert project.save_address_version(later, title="Stand 2027", summary={"new": 1}) == 2
        assert streets(project.addresses_of(1)) == [row[0] for row in ROWS]
        assert streets(project.addresses()) == ["Dorfstraße", "Dorfstraße", "Neuer Weg"]
        assert project.address_versions()["title"].tolist() == ["", "Stand 2027"]


def test_decisions_wait_with_the_register_and_go_with_it(tmp_path):
    with with_register(tmp_path / "p") as project:
        project.begin_address_update(register(*ROWS), "2027")
        decided = pd.DataFrame(
            [("a", "accept", ""), ("b", "reject", "")], columns=["change_id", "decision", "block_id"]
        )
        project.save_address_decisions(decided)
        project.save_address_decisions(pd.DataFrame([("a", "", "")], columns=decided.columns))
        assert project.address_decisions()["change_id"].tolist() == ["b"]
        project.end_address_update()
        assert project.address_decisions().empty
        assert project.waiting_addresses() is None
