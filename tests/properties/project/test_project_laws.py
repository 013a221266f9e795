"""Laws of a project: what goes in comes out, and names never leave their folder."""

import json
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from project_world import WHEN, village_plan
from sqlalchemy import create_engine

from sozialraum.base import Status
from sozialraum.delineation import make_plan
from sozialraum.project.files import LONGEST_NAME, clean_name
from sozialraum.project.frames import insert_rows, read_rows
from sozialraum.project.geopackage import decode, encode
from sozialraum.project.plans import read_plan, write_plan
from sozialraum.project.settings import read_setting, write_setting
from sozialraum.project.store import open_engine, reading, writing
from sozialraum.project.tables import METADATA, RESULTS

numbers = st.floats(width=64, allow_nan=True)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
KINDS = {"text": texts, "number": numbers, "integer": st.integers(-(2**53), 2**53), "flag": st.booleans()}


@st.composite
def frames(draw):
    """A frame of one of the results, with any content its columns may have."""
    name = draw(st.sampled_from(sorted(RESULTS)))
    rows = draw(st.integers(1, 6))
    columns = {
        column: draw(st.lists(KINDS[kind], min_size=rows, max_size=rows)) for column, kind in RESULTS[name].items()
    }
    if "status" in columns:
        columns["status"] = draw(st.lists(st.sampled_from([*Status]), min_size=rows, max_size=rows))
    return name, pd.DataFrame(columns)


@settings(max_examples=60, deadline=None)
@given(frames())
def test_every_frame_comes_back_as_it_went_in(given_frame):
    name, frame = given_frame
    with create_engine("sqlite://").begin() as connection:
        METADATA.create_all(connection)
        insert_rows(connection, name, RESULTS[name], frame)
        back = read_rows(connection, name, RESULTS[name])
    for column, kind in RESULTS[name].items():
        if kind == "number":
            np.testing.assert_array_equal(back[column].to_numpy(), frame[column].to_numpy(dtype=float))
        else:
            assert back[column].tolist() == [str(value) if kind == "text" else value for value in frame[column]]


shapes = st.one_of(
    st.tuples(*[st.floats(-1e6, 1e6)] * 2, *[st.floats(0.5, 1e4)] * 2).map(
        lambda box: shapely.box(box[0], box[1], box[0] + box[2], box[1] + box[3])
    ),
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=2, max_size=9).map(shapely.LineString),
    st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)).map(shapely.Point),
)


@given(st.lists(shapes, min_size=1, max_size=5), st.sampled_from([25832, 25833, 31467]))
def test_geometries_come_back_to_the_last_bit(drawn, srs):
    array = np.array(drawn, dtype=object)
    binaries = encode(array, srs)
    assert all(binary[:2] == b"GP" and int.from_bytes(binary[4:8], "little") == srs for binary in binaries)
    assert shapely.to_wkb(decode(binaries)).tolist() == shapely.to_wkb(array).tolist()


@given(st.text(max_size=300))
def test_a_clean_name_is_one_part_of_a_path(name):
    clean = clean_name(name)
    assert 0 < len(clean) <= LONGEST_NAME
    assert Path(clean).name == clean
    assert not set(clean) & set('/\\:*?"<>|\x00')
    assert clean == clean_name(clean), "cleaning twice changes nothing"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(texts, json_values)
def test_a_setting_comes_back(key, value):
    with create_engine("sqlite://").begin() as connection:
        METADATA.create_all(connection)
        write_setting(connection, key, value)
        assert read_setting(connection, key) == json.loads(json.dumps(value))


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDEFghiJKL"), st.integers(1, 4), min_size=12, max_size=12))
def test_every_assignment_of_blocks_comes_back(areas):
    keys = {letter: f"05999004-{number:02d}" for letter, number in areas.items()}
    plan = village_plan(assignment=keys)
    with create_engine("sqlite://").begin() as connection:
        METADATA.create_all(connection)
        write_plan(connection, plan)
        back = read_plan(connection, None)
    assert back is not None
    assert back.assignment.to_dict() == plan.assignment.to_dict()
    again = make_plan(back.assignment, back.areas, title=back.title, created=WHEN)
    assert again.plan_id == plan.plan_id, "the key follows from the content, so the content is the same"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["set", "fail"]), st.integers()), max_size=6))
def test_after_any_mix_of_done_and_failed_work_the_last_done_state_stands(steps):
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "a.db", "rwc")
        with writing(engine) as connection:
            METADATA.create_all(connection)
            write_setting(connection, "n", 0)
        expected = 0
        for step, number in steps:
            try:
                with writing(engine) as connection:
                    write_setting(connection, "n", number)
                    connection.exec_driver_sql(f"CREATE TABLE t{abs(number)}_{step} (a)")
                    if step == "fail":
                        raise KeyError
                    connection.exec_driver_sql(f"DROP TABLE t{abs(number)}_{step}")
                expected = number
            except KeyError:
                pass
            with reading(engine) as connection:
                assert read_setting(connection, "n") == expected
                tables = connection.exec_driver_sql(
                    "SELECT count(*) FROM sqlite_master WHERE name LIKE 't%\\_%' ESCAPE '\\'"
                )
                assert tables.scalar() == 0
