"""A backup is one file that brings the whole project back; anything else is refused."""

import json
import sqlite3
import zipfile

import pandas as pd
import pytest
from project_world import fingerprint, full_project

from sozialraum.base import ProjectRefused
from sozialraum.project import Project, backup, restore
from sozialraum.project.archive import MANIFEST

NOT_WHOLE = "keine vollständige Sicherung"


@pytest.fixture
def folder(tmp_path):
    full_project(tmp_path / "p").close()
    return tmp_path / "p"


@pytest.fixture
def saved(tmp_path, folder):
    return backup(folder, tmp_path / "backup.zip", restricted=True)


def test_a_project_comes_back_whole(tmp_path, folder, saved):
    before = fingerprint(folder)
    restore(saved, tmp_path / "q")
    assert Project.check(tmp_path / "q") == []
    assert fingerprint(folder) == before
    with Project.open(folder) as there, Project.open(tmp_path / "q") as back:
        assert dict(back.settings) == dict(there.settings)
        pd.testing.assert_frame_equal(back.observations(), there.observations())
        pd.testing.assert_frame_equal(back.events(), there.events())
        pd.testing.assert_frame_equal(back.releases(), there.releases())
        assert back.plan().assignment.equals(there.plan().assignment)
        assert back.blocks().equals(there.blocks())
    for kind in ("deliveries", "releases"):
        here = {path.relative_to(folder): path.read_bytes() for path in (folder / kind).rglob("*") if path.is_file()}
        assert here == {path: (tmp_path / "q" / path).read_bytes() for path in here}


def test_only_what_belongs_to_the_project_is_saved(tmp_path, folder):
    (folder / "notes.txt").write_text("x")
    (folder / "deliveries" / ".part-half.csv").write_text("x")
    with Project.open(folder):
        saved = backup(folder, tmp_path / "backup.zip", restricted=True)
    names = zipfile.ZipFile(saved).namelist()
    assert sorted(name.split("/")[0] for name in names) == [
        MANIFEST,
        "deliveries",
        "project.gpkg",
        "releases",
        "releases",
    ]


def test_a_backup_replaces_no_file(folder, saved):
    before = saved.read_bytes()
    with pytest.raises(ProjectRefused, match="gibt es schon"):
        backup(folder, saved)
    assert saved.read_bytes() == before


def test_a_backup_needs_a_project_and_a_folder(tmp_path, folder):
    with pytest.raises(ProjectRefused, match="ist kein Projekt"):
        backup(tmp_path, tmp_path / "b.zip")
    with pytest.raises(ProjectRefused, match=r"Den Ordner .* gibt es nicht"):
        backup(folder, tmp_path / "nowhere" / "b.zip")


def test_a_project_with_a_lost_file_is_not_saved_as_if_whole(tmp_path, folder):
    next(folder.glob("deliveries/*.csv")).unlink()
    with pytest.raises(ProjectRefused, match="fehlt im Projekt"):
        backup(folder, tmp_path / "b.zip", restricted=True)
    assert [path.name for path in tmp_path.iterdir() if "b.zip" in path.name] == []


def test_nothing_is_restored_over_something(tmp_path, folder, saved):
    with pytest.raises(ProjectRefused, match="kein leerer Ordner"):
        restore(saved, folder)
    (tmp_path / "empty").mkdir()
    restore(saved, tmp_path / "empty")
    assert Project.check(tmp_path / "empty") == []
    with pytest.raises(ProjectRefused, match="gibt es nicht"):
        restore(tmp_path / "nothing.zip", tmp_path / "r")


def repacked(saved, change):
    """The backup with its entries and its list changed by `change(entries, hashes)`."""
    with zipfile.ZipFile(saved) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(entries[MANIFEST])
    change(entries, manifest["files"])
    if MANIFEST in entries:
        entries[MANIFEST] = json.dumps(manifest).encode()
    path = saved.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def smuggle(name):
    def change(entries, hashes):
        entries[name] = b"evil"
        hashes[name] = "4fd19cd9b8a0eeb0c4f7cd9ec0a4cc1ed0ffd6aa6a7a7ef0e0d8dd2f5b4fca9d"

    return change


def other_content(entries, hashes):
    delivery = next(name for name in entries if name.startswith("deliveries/"))
    entries[delivery] = b"changed"


CHANGES = {
    "up and away": smuggle("../evil.txt"),
    "up within": smuggle("deliveries/../../evil.txt"),
    "absolute": smuggle("/evil.txt"),
    "drive": smuggle("deliveries/C:evil.txt"),
    "backslash": smuggle("deliveries\\..\\..\\evil.txt"),
    "elsewhere": smuggle("evil.txt"),
    "not in the list": lambda entries, hashes: entries.update({"deliveries/more.txt": b"x"}),
    "list is missing": lambda entries, hashes: entries.pop(MANIFEST),
    "project is missing": lambda entries, hashes: (entries.pop("project.gpkg"), hashes.pop("project.gpkg")),
    "file is missing": lambda entries, hashes: entries.pop(next(n for n in entries if n.startswith("releases/"))),
    "other content": other_content,
}


@pytest.mark.parametrize("fault", CHANGES)
def test_a_backup_that_is_not_what_it_says_is_refused(tmp_path, saved, fault):
    bad = repacked(saved, CHANGES[fault])
    before = {path.name for path in tmp_path.rglob("*")}
    with pytest.raises(ProjectRefused, match=NOT_WHOLE):
        restore(bad, tmp_path / "q")
    assert {path.name for path in tmp_path.rglob("*")} == before


def test_a_backup_cut_off_or_flipped_is_refused(tmp_path, saved):
    content = saved.read_bytes()
    middle = bytearray(content)
    middle[len(content) // 2] ^= 0xFF
    for number, bad in enumerate((b"", content[: len(content) // 2], bytes(middle), b"no archive")):
        file = tmp_path / f"bad{number}.zip"
        file.write_bytes(bad)
        with pytest.raises(ProjectRefused, match=NOT_WHOLE):
            restore(file, tmp_path / "q")
        assert not (tmp_path / "q").exists()


def test_a_backup_of_a_broken_project_is_refused(tmp_path, folder):
    connection = sqlite3.connect(folder / "project.gpkg")
    connection.execute("DELETE FROM plan_blocks WHERE block_id = '05999004-A'")
    connection.commit()
    connection.close()
    saved = backup(folder, tmp_path / "b.zip")
    with pytest.raises(ProjectRefused, match="1 Baustein ohne Gebiet"):
        restore(saved, tmp_path / "q")
    assert not (tmp_path / "q").exists()


def test_a_backup_of_a_newer_program_is_refused(tmp_path, saved):
    with zipfile.ZipFile(saved) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries[MANIFEST] = json.dumps(json.loads(entries[MANIFEST]) | {"format": 99}).encode()
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(newer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    with pytest.raises(ProjectRefused, match="neueren Version"):
        restore(newer, tmp_path / "q")
