"""What a project keeps beside its address register."""

import pandas as pd
from project_world import new_project


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
