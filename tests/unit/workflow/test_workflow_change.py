"""Why values of the village changed: other areas, carried counts, corrections, definitions, hidden numbers."""

import json

import pytest

import changed_village as village
from changed_village import points
from sozialraum.base import UsageError
from sozialraum.workflow.change_splitting import change
from sozialraum.workflow.released_figures import FILE, read_figures
from village import AGS

OLD_TOWN, ESTATE, HAMLET = (f"{AGS}-{number}" for number in ("01", "02", "03"))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("change")
    with village.make_project(folder / "project", folder / "files") as made:
        yield made


@pytest.fixture(scope="module")
def without_report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("change_alone")
    with village.make_project(folder / "project", folder / "files", frozen=False) as made:
        yield made


def test_a_block_that_left_and_cases_that_came_are_told_apart(project):
    # 2023: A, B, C 42 of 200; A and B alone 22 of 100; 2025: A and B 32 of 100
    told = change(project, "single_parent_share", OLD_TOWN)
    assert points(told) == {"boundaries": 1.0, "population": 0.0, "cases": 10.0}
    assert told.sentence == (
        "Der Wert stieg von 21,0\u202f% (2023) auf 32,0\u202f% (2025), das sind +11,0\u00a0Prozentpunkte: "
        "andere Grenzen\u00a0+1,0; andere Zahl der Haushalte\u00a00,0; veränderte Fälle\u00a0+10,0."
    )  # fmt: skip
    assert told.notes == ("Der frühere Wert steht im Bericht vom 01.03.2024, in den damaligen Grenzen.",)


def test_households_that_came_are_the_population(project):
    # C, D, E, F: 92 of 400 in 2023, 112 of 410 in 2025; D, E, F alone 72 of 300
    told = change(project, "single_parent_share", ESTATE)
    cases = 100 * 20 * (1 / 400 + 1 / 410) / 2
    people = 100 * (92 + 112) / 2 * (1 / 410 - 1 / 400)
    assert points(told) == {"boundaries": -1.0, "population": round(people, 2), "cases": round(cases, 2)}
    assert told.as_record()["total"] == 3.3


def test_an_area_that_kept_its_ground_has_no_part_of_boundaries(project):
    told = change(project, "care_rate_03_06", HAMLET)
    assert set(points(told)) == {"population", "cases"}
    assert told.change.compared == ""


def test_a_total_of_a_municipality_is_not_touched_by_moved_areas(project):
    assert points(change(project, "care_rate_03_06", AGS)) == {"population": 0.0, "cases": 1.11}


def test_a_carried_count_keeps_its_bounds(project):
    # 30 of 60 children in care in the old town of 2023; on today's ground 22.5 of 40, give or take
    told = change(project, "care_rate_03_06", OLD_TOWN)
    low, high = points(told)["boundaries"]
    assert low < 6.25 < high
    assert any("Abweichung etwa" in note for note in told.notes)
    assert told.as_record()["total"] == 5.0


def test_without_an_earlier_report_a_carried_count_cannot_be_told_from_cases(without_report):
    told = change(without_report, "care_rate_03_06", OLD_TOWN)
    assert points(told) == {"boundaries+cases": -1.25, "population": 0.0}
    assert "andere Grenzen und veränderte Fälle, nicht trennbar" in told.sentence
    assert any("von anderen Grenzen übertragen" in note for note in told.notes)


def test_without_an_earlier_report_counts_of_blocks_are_on_todays_ground(without_report):
    assert points(change(without_report, "single_parent_share", OLD_TOWN)) == {"population": 0.0, "cases": 10.0}


def test_a_report_of_the_same_numbers_changes_nothing(without_report):
    before = change(without_report, "care_rate_03_06", OLD_TOWN)
    village.freeze(without_report, "2026-03-01")
    assert change(without_report, "care_rate_03_06", OLD_TOWN).as_record() == before.as_record()


def test_nothing_but_what_was_released_is_read(project, monkeypatch):
    results = project.results
    expected = change(project, "single_parent_share", OLD_TOWN).as_record()

    def only_released(name):
        assert name in ("released_counts", "indicator_values")
        return results(name)

    def never(*_wishes):
        raise AssertionError("counts that were not released")

    monkeypatch.setattr(project, "results", only_released)
    monkeypatch.setattr(project, "observations", never)
    monkeypatch.setattr(project, "area_values", never)
    assert change(project, "single_parent_share", OLD_TOWN).as_record() == expected


def test_what_does_not_exist_is_said(project):
    with pytest.raises(UsageError, match="gibt es nicht"):
        change(project, "shoe_size", OLD_TOWN)
    with pytest.raises(UsageError, match="gibt es nicht"):
        change(project, "share_foreign", "05999004-99")
    with pytest.raises(UsageError, match=r"es gibt 31\.12\.2023, 31\.12\.2025"):
        change(project, "share_foreign", OLD_TOWN, before="2020-12-31")
    with pytest.raises(UsageError, match="zwei Stichtage"):
        change(project, "share_foreign", OLD_TOWN, after=village.FIRST)


def test_the_figures_of_a_release_are_what_it_printed(project):
    (figures,) = read_figures(project)
    assert figures.editions == (village.FIRST,)
    assert figures.values["single_parent_share", "area", OLD_TOWN, village.FIRST][:2] == (42.0, 200.0)


def test_figures_that_are_not_whole_are_not_compared_with(project, edited):
    edited(lambda text: text[:40])
    assert read_figures(project) == ()
    assert set(points(change(project, "single_parent_share", OLD_TOWN))) == {"population", "cases"}


@pytest.fixture
def edited(project):
    """Change the figures of the release, for one test."""
    (release,) = project.releases()["release_id"]
    file = project.folder / "releases" / release / FILE
    text = file.read_text(encoding="utf-8")
    yield lambda edit: file.write_text(edit(text), encoding="utf-8")
    file.write_text(text, encoding="utf-8")


def per_household(text):
    """As if the report of 2023 had counted single parents per household: 42 of 750."""
    printed = json.loads(text)
    printed["definitions"]["single_parent_share"] |= {
        "denominator": "households", "denominator_features": ["households"]
    }  # fmt: skip
    for row in printed["values"]:
        if row[0] == "single_parent_share":
            row[5] = 750.0
    return json.dumps(printed)


def test_another_definition_is_told_apart_when_its_counts_are_released(project, edited):
    edited(per_household)
    # 42 of 750; on today's ground 22 of 500; as counted today 22 of 100
    assert points(change(project, "single_parent_share", OLD_TOWN)) == {
        "boundaries": -1.2, "definition": 17.6, "population": 0.0, "cases": 10.0
    }  # fmt: skip
