"""The example of the former Kreis Aachen for one of its municipalities, and its checker."""

import importlib.util
import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from sozialraum import workflow
from sozialraum.base import InputRefused
from sozialraum.project import Project

DATA = Path(__file__).parents[2].parent / "shared" / "data"
EXAMPLE = Path(__file__).parents[2] / "examples" / "staedteregion_aachen"
ROETGEN = "05334024"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (DATA / "aachen-zensus2011-grid").is_dir(), reason="the open data of Aachen are not there"),
]


def load(name):
    """A script of the example as a module; the example is no package."""
    spec = importlib.util.spec_from_file_location(f"aachen_{name}", EXAMPLE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The project and report of Roetgen, which consists of two parts; the folder."""
    folder = tmp_path_factory.mktemp("aachen") / "out"
    load("build").build(DATA, folder, frozenset({ROETGEN}))
    return folder


@pytest.fixture
def checker(monkeypatch):
    """The checker told that there is one municipality."""
    module = load("check_facts")
    monkeypatch.setattr(module, "AREAS", {ROETGEN: 2})
    monkeypatch.setattr(module, "SECOND", {})
    return module


def said(checker, out, holds):
    return [text for held, text in checker.facts(checker.read(DATA, out)) if held is holds]


def test_every_fact_holds_and_what_cannot_be_met_is_said(checker, out):
    assert said(checker, out, False) == []
    (sentence,) = said(checker, out, None)
    assert re.fullmatch(
        f"Gebiet {ROETGEN}-0[12] besteht aus 2 Teilen, weil seine Gemeinde selbst aus getrennten Teilen besteht; "
        "in jedem Teil hängt es zusammen",
        sentence,
    )


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda plan: plan.iloc[1:], "steht genau einmal im Plan"),
        (lambda plan: plan.assign(area_id=f"{ROETGEN}-01"), "1 Gebiete (2)"),
        (lambda plan: plan.assign(area_id=plan["area_id"].where(plan.index % 2 == 0, f"{ROETGEN}-02")), "zerrissen"),
        (
            lambda plan: plan.assign(area_id=plan["area_id"].replace(f"{ROETGEN}-01", "05334028-01")),
            "in einer Gemeinde",
        ),
    ],
)
def test_a_changed_plan_is_noticed(checker, out, monkeypatch, change, wrong):
    plan = pd.read_csv(out / "gebiete.csv", sep=";", dtype=str)
    built = checker.read(DATA, out)
    changed = checker.Built(**{**vars(built), "plan": change(plan).set_index("block_id")["area_id"]})
    found = []
    for check in (checker.numbers, checker.places):
        try:
            found += [text for holds, text in check(changed) if holds is False]
        except KeyError as error:
            found.append(str(error))
    assert any(wrong in text for text in found), found


@pytest.fixture(scope="module")
def with_second(out, tmp_path_factory):
    """The same project with a second computed plan of three areas; the folder."""
    folder = tmp_path_factory.mktemp("aachen_second") / "out"
    shutil.copytree(out, folder)
    build = load("build")
    with Project.open(folder) as project:
        title = build.read_definition()["second_plan"]["title"]
        second = build.second_plan(project, project.plan(), {ROETGEN: 3}, title)
        workflow.export_plan(project, folder / "gebiete_zweiter_plan.csv", second.plan_id)
    return folder


@pytest.fixture
def told_of_second(checker, monkeypatch):
    monkeypatch.setattr(checker, "SECOND", {ROETGEN: 3})
    return checker


def test_the_definition_asks_for_77_and_79_areas():
    definition = load("build").read_definition()
    first = {row["ags"]: row["areas"] for row in definition["municipality"]}
    checker = load("check_facts")
    assert first == checker.AREAS
    assert definition["second_plan"]["areas"] == checker.SECOND
    assert (sum(first.values()), sum((first | checker.SECOND).values())) == (77, 79)


def test_a_second_plan_stands_beside_the_first_and_is_called_computed(told_of_second, with_second):
    assert said(told_of_second, with_second, False) == []
    assert "zweiter Plan: 3 Gebiete (3; 05334024 3)" in said(told_of_second, with_second, True)
    with Project.open(with_second) as project:
        plans = project.plans().set_index("current")
    assert plans.loc[True, "areas"] == 2
    assert plans.loc[False, "areas"] == 3
    assert "gerechnet, nicht beschlossen" in plans.loc[False, "title"]
    assert plans.loc[False, "parent"] == plans.loc[True, "plan_id"]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda plan: plan.replace(f"{ROETGEN}-03", f"{ROETGEN}-02"), "2 Gebiete (3"),
        (lambda plan: plan.where(plan.index % 2 == 0, f"{ROETGEN}-02"), "zerrissen"),
    ],
)
def test_a_changed_second_plan_is_noticed(told_of_second, with_second, change, wrong):
    plan = pd.read_csv(with_second / "gebiete_zweiter_plan.csv", sep=";", dtype=str)
    second = plan.assign(area_id=change(plan["area_id"])).set_index("block_id")["area_id"]
    built = told_of_second.Built(**{**vars(told_of_second.read(DATA, with_second)), "second": second})
    found = [text for holds, text in told_of_second.second_plan(built) if holds is False]
    assert any(wrong in text for text in found), found


@pytest.fixture
def beside(monkeypatch):
    """Loads scripts that import their neighbour `build`."""
    monkeypatch.syspath_prepend(str(EXAMPLE))
    monkeypatch.delitem(sys.modules, "build", raising=False)
    yield load
    monkeypatch.delitem(sys.modules, "build", raising=False)


def test_the_picture_shows_every_alternative_with_its_sentence_inhabitants_and_source(beside):
    script = beside("alternatives_picture")
    municipalities, blocks = load("build").read_layers(DATA, load("build").read_definition(), frozenset({ROETGEN}))
    wishes = script.usual_wishes(municipalities.iloc[0], effort="draft")
    found = script.propose_alternatives(blocks, municipalities.iloc[0], wishes)
    words = " ".join(ElementTree.fromstring(script.picture(blocks, municipalities.iloc[0], found)).itertext())
    for one in found:
        assert one.title in words
        assert all(part in words for part in one.sentence.split())
        assert all(script.count(people) in words for people in one.areas["population"])
    assert "Datenbasis: © GeoBasis-DE / BKG 2017" in words
    assert "gerechnet, nicht beschlossen" in words


def test_a_bound_is_proven_for_a_municipality(beside):
    script = beside("bounds")
    municipalities, blocks = load("build").read_layers(DATA, load("build").read_definition(), frozenset({ROETGEN}))
    (row,) = script.proven(municipalities, blocks, "exact")
    assert row.areas == 2
    assert 0 < row.found.lower_bound <= row.found.objective
    assert 0 <= row.found.gap < 1
    assert row.why


def test_estimated_and_uncertain_values_keep_their_status(out):
    with Project.open(out) as project:
        values = project.results("indicator_values")
        supply = project.results("supply_values")
        released = project.results("released_counts")
    status = values.groupby("indicator")["status"].unique().map(sorted).map(",".join)
    assert status["share_under_10"] == "estimated"
    assert status["single_parents_rate"] == "uncertain"
    assert set(released["reason"]) == {""}
    assert supply["gap_low"].isna().all()
    assert set(supply["field"]) == {"none"}


def test_there_is_a_level_and_no_dynamics(out):
    with Project.open(out) as project:
        index = project.results("index_values")
    assert set(index["dynamics"]) == {""}
    assert index["status_class"].gt(0).all()


def test_a_folder_without_the_data_is_refused_with_the_names(tmp_path):
    with pytest.raises(InputRefused, match=r"gemeinden_staedteregion_aachen\.gpkg.*bausteine_100m"):
        load("build").build(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
