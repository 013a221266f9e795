"""Results are replaced together; what people decided stays."""

import numpy as np
import pandas as pd
import pytest
from project_world import WHEN, full_project, new_project, some_counts, some_impulses, some_reading, write_delivery

from sozialraum.base import UsageError
from sozialraum.project import tables


def one_row(name):
    made = {"text": "x", "number": 1.5, "integer": 2, "flag": True}
    row = {column: made[kind] for column, kind in tables.RESULTS[name].items()}
    return pd.DataFrame([row | ({"status": "observed"} if "status" in row else {})])


@pytest.mark.parametrize("name", list(tables.RESULTS))
def test_every_result_of_the_contract_comes_back(tmp_path, name):
    with new_project(tmp_path / "p") as project:
        assert project.results(name).empty
        assert list(project.results(name).columns) == list(tables.RESULTS[name])
        project.save_results({name: one_row(name)})
        pd.testing.assert_frame_equal(project.results(name), one_row(name), check_dtype=False)


def test_infinity_and_nothing_stay_what_they_are(tmp_path):
    counts = some_counts().assign(low=[np.nan, 1.0], high=[np.nan, np.inf], status=["missing", "suppressed"])
    with new_project(tmp_path / "p") as project:
        project.save_results({"released_counts": counts})
        assert project.results("released_counts")["high"].tolist()[1] == np.inf
        assert project.results("released_counts")["low"].isna().tolist() == [True, False]


def test_results_are_replaced_all_or_none(tmp_path):
    with full_project(tmp_path / "p") as project:
        with pytest.raises(ValueError, match="columns missing"):
            project.save_results(
                {"released_counts": some_counts(8), "area_counts": some_counts(8).drop(columns="note")}
            )
        assert project.results("released_counts")["low"].tolist() == [5.0, 1.0]
        with pytest.raises(TypeError, match="cannot be kept"):
            project.save_results({"released_counts": some_counts(8)}, {"index": object()})
        assert project.results("released_counts")["low"].tolist() == [5.0, 1.0]
        project.save_results({"released_counts": some_counts(8)})
        assert project.results("released_counts")["low"].tolist() == [8.0, 1.0]


def test_records_hold_numbers_of_numpy_and_german_text(tmp_path):
    record = {"mean": np.float64(1.5), "units": np.array([1, 2]), "text": "Größe", "sequence": (1, 2)}
    with new_project(tmp_path / "p") as project:
        project.save_results({}, {"index": record})
        assert project.record("index") == {"mean": 1.5, "units": [1, 2], "text": "Größe", "sequence": [1, 2]}
        assert project.record("nothing") is None


def test_a_decision_survives_the_next_computation(tmp_path):
    with full_project(tmp_path / "p") as project:
        project.save_impulse_decision("i1", state="confirmed", role="Planungskonferenz", decided_on="2026-02-01")
        project.save_results({"impulses": some_impulses("i1", "i3")})
        impulses = project.results("impulses").set_index("impulse_id")
        assert impulses.loc["i1", ["state", "role", "decided_on"]].tolist() == [
            "confirmed",
            "Planungskonferenz",
            "2026-02-01",
        ]
        assert impulses.loc["i3", "state"] == "arisen"
        project.save_results({"impulses": some_impulses("i3")})
        project.save_results({"impulses": some_impulses("i1")})
        assert project.results("impulses")["state"].tolist() == ["confirmed"]


def test_a_decision_can_be_taken_back(tmp_path):
    with full_project(tmp_path / "p") as project:
        project.save_impulse_decision("i1", state="rejected", role="Planung", reason="schon beschlossen")
        project.save_impulse_decision("i1", state="arisen", role="Planung")
        assert project.results("impulses")["state"].tolist() == ["arisen", "arisen"]


def test_only_impulses_that_exist_can_be_decided(tmp_path):
    with full_project(tmp_path / "p") as project:
        with pytest.raises(UsageError, match="gibt es nicht"):
            project.save_impulse_decision("i9", state="confirmed")
        with pytest.raises(UsageError, match="entstanden, bestätigt oder verworfen"):
            project.save_impulse_decision("i1", state="perhaps")


def test_results_grow_stale_when_what_they_rest_on_changes(tmp_path):
    with full_project(tmp_path / "p") as project:
        assert not project.results_are_stale()
        project.settings["target"] = {"share": 0.4}
        assert project.results_are_stale()
        project.save_results({"released_counts": some_counts()})
        assert not project.results_are_stale()
        project.add_delivery(write_delivery(tmp_path, "neu"), some_reading(), WHEN)
        assert project.results_are_stale()


def test_a_project_without_results_is_not_stale(tmp_path):
    with new_project(tmp_path / "p") as project:
        assert not project.results_are_stale()
        assert project.last_change_of_results() == ""


def test_the_last_change_counts_decisions_too(tmp_path):
    with full_project(tmp_path / "p") as project:
        computed = project.last_change_of_results()
        project.save_impulse_decision("i1", state="confirmed")
        assert project.last_change_of_results() > computed


def test_settings_are_a_mapping_of_json_values(tmp_path):
    with new_project(tmp_path / "p", editions=["2025-12-31"]) as project:
        project.settings.update({"target": {"share": 0.4}, "language": "en"})
        assert project.settings["target"] == {"share": 0.4}
        assert project.settings.get("unknown", "default") == "default"
        assert {"name", "crs", "notice", "editions"} <= set(project.settings)
        del project.settings["target"]
        assert "target" not in project.settings
        with pytest.raises(TypeError):
            project.settings.update({"language": "de", "bad": object()})
        assert project.settings["language"] == "en"


def test_the_log_names_what_and_role(tmp_path):
    with full_project(tmp_path / "p") as project:
        project.log("Abgestimmt", role="Fall 12/2026")
        events = project.events()
    assert events["role"].tolist()[-2:] == ["Planung", "Fall 12/2026"]
    assert events["when"].is_monotonic_increasing
    assert "Lieferung „Haushalte 2025.csv“ übernommen" in events["what"].tolist()
