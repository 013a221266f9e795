"""The whole thread on the invented Kreis: from nothing to a release, then what a reader may rely on."""

import json
import zipfile
from pathlib import Path

import pytest
from tools.demo_facts import facts

from sozialraum import consultation, demo, workflow
from sozialraum.cli.commands import run
from sozialraum.consultation.people import span
from sozialraum.project import Project
from sozialraum.workflow import consulting


class Said:
    """Progress that remembers."""

    def __init__(self):
        self.stages, self.lines = [], []

    def stage(self, text):
        self.stages.append(text)

    def step(self, done, total):
        assert 0 <= done <= total

    def done(self, text):
        self.lines.append(text)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "beispiel"
    said = Said()
    workflow.demo(folder, progress=said)
    return folder, said


def test_every_stage_is_announced_in_order(finished):
    numbered = [stage for stage in finished[1].stages if " von 7: " in stage]
    assert [stage[0] for stage in numbered] == list("1234567")


def test_a_reader_finds_every_fact(finished):
    assert [text for text, holds in facts(finished[0], with_city=False) if not holds] == []


def test_the_project_is_whole(finished):
    assert Project.check(finished[0]) == []


def test_some_impulses_are_confirmed_one_is_rejected_and_some_are_open(finished):
    with Project.open(finished[0]) as project:
        impulses = project.results("impulses")
    states = impulses["state"].value_counts()
    assert states["confirmed"] > 1
    assert states["rejected"] == 1
    assert states["arisen"] > 1
    assert impulses.loc[impulses["state"] == "rejected", "reason"].str.len().gt(10).all()


def test_what_was_not_delivered_is_missing_and_the_region_says_without_whom(finished):
    with Project.open(finished[0]) as project:
        values = project.results("indicator_values")
        names = project.municipalities().set_index("ags")["name"]
    care = values[(values["indicator"] == "care_rate_03_06") & (values["period"] == "2025-12-31")]
    without = set(care.loc[care["level"] == "region", "scope"].iloc[0].split(","))
    assert {names[ags] for ags in without} == {"Ellenbrück", "Hallenfeld"}
    areas = care[care["level"] == "area"]
    missing = areas[areas["unit"].str.startswith(names[names == "Ellenbrück"].index[0])]
    assert set(missing["status"]) == {"missing"}
    late = areas[areas["unit"].str.startswith(names[names == "Hallenfeld"].index[0])]
    assert late["note"].str.contains("dates_differ=2024-12-31/2025-12-31").all()


def test_the_address_of_the_womens_shelter_is_nowhere(finished):
    address = demo.build_world().hidden_shelter_address.encode()
    found = [path for path in sorted(finished[0].rglob("*")) if path.is_file() and address in _unpacked(path)]
    assert found == []


def _unpacked(path: Path) -> bytes:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".pdf":
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(path).pages).encode()
    return path.read_bytes()


def test_the_demo_again_changes_nothing_but_adds_a_release(finished):
    folder = finished[0]
    with Project.open(folder) as project:
        before = (project.record("release"), len(project.deliveries()), len(project.plans()))
    assert run(["demo", str(folder), "--json"]) == 0
    with Project.open(folder) as project:
        assert (project.record("release"), len(project.deliveries()), len(project.plans())) == before


def test_all_steps_are_done_but_for_the_impulses_still_open(finished):
    with Project.open(finished[0]) as project:
        steps = workflow.state(project)
    assert [step.key for step in steps] == ["areas", "data", "indicators", "index", "need", "release", "report"]
    assert [step.key for step in steps if step.state != "done"] == ["need"]
    assert workflow.next_step(steps).action == "confirm"


def test_areas_of_about_the_same_size_need_no_word_about_it(finished):
    with Project.open(finished[0]) as project:
        assert not workflow.size_comparison(project).mixed


def test_the_plan_leaves_as_a_table_of_blocks_and_areas(finished, tmp_path):
    file = tmp_path / "plan.csv"
    assert run(["plan", "export", str(finished[0]), str(file)]) == 0
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "block_id;area_id"
    assert len(lines) == 8_978
    assert len({line.split(";")[1] for line in lines[1:]}) == 79


def test_backup_and_restore_bring_everything_back(finished, tmp_path):
    file, back = tmp_path / "sicherung.zip", tmp_path / "zurueck"
    assert run(["backup", str(finished[0]), str(file)]) == 0
    assert run(["restore", str(file), str(back)]) == 0
    assert Project.check(back) == []
    with Project.open(finished[0]) as old, Project.open(back) as new:
        assert old.results("released_counts").equals(new.results("released_counts"))


def test_the_packages_for_town_halls_hold_nothing_that_was_not_released(finished):
    """Every number in a package is rounded or was let out by the release; what was hidden is a word."""
    with Project.open(finished[0]) as project:
        released = project.results("indicator_values").set_index(["indicator", "unit", "period"])
        blocks, plan = project.blocks(), project.plan()
        facilities = {name for name in project.facilities()["name"] if name} - set(project.places()["name"])
        for ags in project.municipalities()["ags"]:
            own = blocks[blocks["municipality"] == ags].sort_values("block_id")
            content = package_of(project, ags)
            people, areas = own["population"].to_numpy(), plan.assignment.reindex(own["block_id"]).to_numpy()
            low, high = span(people, areas, content["step"])
            assert (high - low >= 2)[people > 0].all()
            assert all(number % content["step"] == 0 for number in content["blocks"]["people"])
            rows = content["figures"]["rows"]
            assert {row["unit"] for row in rows} == {*areas, ags, "region"}
            periods = {one["key"]: one["period"] for one in content["figures"]["indicators"]}
            for row in rows:
                known = released.loc[(row["indicator"], row["unit"], periods[row["indicator"]])]
                told = {name: row[name] for name in ("share_low", "count_low", "base_low") if row[name] is not None}
                assert row["status"] == known["status"]
                assert told == {name: round(float(known[name]), 6) for name in told}
                assert not told or row["status"] not in ("suppressed", "missing", "blocked")
            text = json.dumps(content, ensure_ascii=False)
            assert [word for word in ("social_", "housing_", "building_", "shelter") if word in text] == []
            assert [name for name in facilities if f'"{name}"' in text] == []


def package_of(project, ags):
    """The content of a package, with a page of nothing but the places for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            consultation,
            "page_template",
            lambda: '<title></title><script id="data">{}</script><script id="words">{}</script>',
        )
        return json.loads(consulting.make_package(project, ags)[0].to_json())


@pytest.mark.slow
def test_with_the_city_there_are_93_areas(tmp_path):
    folder = tmp_path / "mit-stadt"
    workflow.demo(folder, with_city=True)
    assert [text for text, holds in facts(folder, with_city=True) if not holds] == []
    with Project.open(folder) as project:
        plan = project.plan()
    assert plan is not None
    assert (plan.areas["municipality"] == demo.CITY).sum() == 14
    the_city_has_a_gap_before_it_joined(folder)
    areas_of_different_size_are_said_and_compared_within_their_size(folder)


def the_city_has_a_gap_before_it_joined(folder):
    with Project.open(folder) as project:
        values, index, plan = project.results("indicator_values"), project.results("index_values"), project.plan()
    own = set(plan.areas["area_id"][plan.areas["municipality"] == demo.CITY])
    first = min(demo.EDITIONS)
    before = values[(values["period"] == first) & values["unit"].isin(own)]
    assert set(before["status"]) == {"missing"}
    region = values[(values["level"] == "region") & values["indicator"].eq("share_65_up")].set_index("period")["scope"]
    assert [demo.CITY in region[edition].split(",") for edition in sorted(demo.EDITIONS)] == [True, False, False]
    city = index[index["unit"].isin(own)]
    assert set(city["status_class"][city["period"] == first]) == {0}
    assert set(city["dynamics"][city["period"] == sorted(demo.EDITIONS)[1]]) == {""}


def areas_of_different_size_are_said_and_compared_within_their_size(folder):
    with Project.open(folder) as project:
        sizes = workflow.size_comparison(project)
        own = set(project.plan().areas.query("municipality == @demo.CITY")["area_id"])
    assert sizes.mixed
    assert sizes.sentence.startswith("Die Gebiete sind verschieden groß, von ")
    large = sizes.within[sizes.within["size_class"] == 3]
    assert set(large["unit"]) <= own
    assert set(large["status_class"][large["period"] == max(demo.EDITIONS)]) >= {1, 2, 3}
