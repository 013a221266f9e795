"""One base population per edition: numbers side by side with reasons, chosen once, and what the choice does."""

from __future__ import annotations

import pandas as pd
import pytest

import traced_village as village
from sozialraum import workflow
from sozialraum.base import UsageError
from sozialraum.indicators.estimating import inhabitants_by_group
from sozialraum.workflow import base_population
from sozialraum.workflow.base_population import choose_base_population, populations_side_by_side
from village import AGS


@pytest.fixture
def project(tmp_path):
    with village.make_project(tmp_path / "project", tmp_path / "files") as made:
        yield made


@pytest.fixture
def with_official(project, monkeypatch):
    """The same project with numbers of the municipality: in all, and of every group of age and sex."""
    own = base_population.observations_for

    def more(of, plan):
        observations, facilities = own(of, plan)
        rows = [("population_official", 1500.0), *[(group, 90.0) for group in inhabitants_by_group()]]
        told = pd.DataFrame(rows, columns=["feature", "low"]).assign(geography="municipality", unit=AGS)
        told = told.assign(high=told["low"], period=village.END, status="observed", cell="Zeile 5", delivery_id="")
        return pd.concat([observations, told], ignore_index=True), facilities

    for module in ("base_population", "computing"):
        monkeypatch.setattr(f"sozialraum.workflow.{module}.observations_for", more)
    return project


def numbers_of(project):
    (edition,) = populations_side_by_side(project).editions
    ((ags, name, numbers),) = edition.rows
    assert (ags, name) == (AGS, "Musterdorf")
    return edition, {one.source: one for one in numbers}


def test_register_blocks_and_what_was_not_delivered(project):
    """Nine blocks of 160 persons in the register; 3,600 inhabitants on the blocks."""
    edition, numbers = numbers_of(project)
    assert (edition.base, edition.chosen, edition.dates) == ("register", False, (village.END,))
    assert (numbers["register"].number, numbers["register"].period) == (1440, village.END)
    assert (numbers["blocks"].number, numbers["blocks"].difference) == (3600, 2160)
    assert "die Bausteine haben einen eigenen Stand" in numbers["blocks"].reasons
    assert (numbers["official"].number, numbers["official"].reasons) == (None, ("nicht geliefert",))
    assert numbers["census"].number is None


def test_the_official_number_stands_with_its_difference_and_reason(with_official):
    _edition, numbers = numbers_of(with_official)
    assert (numbers["official"].number, numbers["official"].difference) == (1500, 60)
    assert any("Nebenwohnungen" in reason for reason in numbers["official"].reasons)


def test_a_base_without_numbers_by_age_cannot_be_chosen(project):
    edition, _numbers = numbers_of(project)
    assert [choice.base for choice in edition.choices if not choice.why_not] == ["register"]
    with pytest.raises(UsageError, match="Für keine Gemeinde liegt zu diesem Stichtag eine Zahl nach Alter vor"):
        choose_base_population(project, village.END, "official")


def test_a_chosen_base_makes_results_old_and_then_estimates(with_official):
    assert not with_official.results_are_stale()
    choose_base_population(with_official, village.END, "official")
    assert with_official.results_are_stale()
    workflow.compute(with_official)
    counts = with_official.results("area_counts")
    own = counts[(counts["feature"] == inhabitants_by_group()[0]) & (counts["unit"] == f"{AGS}-01")].iloc[0]
    # Area 01 has 1,200 of 3,600 inhabitants of blocks: a third of 90.
    assert (own["low"], own["status"], own["note"]) == (30, "estimated", "estimated_base")
    values = with_official.results("indicator_values")
    share = values[(values["indicator"] == "share_under_6") & (values["unit"] == f"{AGS}-01")].iloc[0]
    assert (share["status"], share["note"]) == ("estimated", "estimated_base")
    assert with_official.events()["what"].str.contains("Einwohnerbasis für 31.12.2025: amtliche Einwohnerzahl").any()


def test_unknown_editions_and_bases_are_refused(project):
    with pytest.raises(UsageError, match="Die Ausgabe „1999-12-31“ gibt es nicht"):
        choose_base_population(project, "1999-12-31", "register")
    with pytest.raises(UsageError, match="keine Einwohnerbasis"):
        choose_base_population(project, village.END, "rumour")
