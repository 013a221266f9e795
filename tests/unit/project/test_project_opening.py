"""Whoever opens a project that cannot be opened reads one sentence, and nothing has changed."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from project_world import fingerprint, full_project, new_project, some_reading, write_delivery, write_report

from sozialraum.base import ProjectRefused
from sozialraum.project import Project

HERE = str(Path(__file__).parent)
TESTS = str(Path(__file__).parents[2])


def run(code: str, folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in another process, with the project folder as `folder`."""
    head = (
        f"import sys; sys.path[:0] = [{HERE!r}, {TESTS!r}]\nfrom pathlib import Path\nfolder = Path({str(folder)!r})\n"
    )
    command = [*before, sys.executable, "-c", head + textwrap.dedent(code)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


OPEN_AND_WAIT = """
from sozialraum.project import Project
project = Project.open(folder, purpose="Arbeitsstand")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """Another process that has the project open."""
    new_project(tmp_path / "p").close()
    head = f"import sys; from pathlib import Path; folder = Path({str(tmp_path / 'p')!r})\n"
    process = subprocess.Popen(
        [sys.executable, "-c", head + OPEN_AND_WAIT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.wait()


def test_a_second_opener_is_told_who_has_the_project_open(tmp_path, other):
    with pytest.raises(ProjectRefused) as refused:
        Project.open(tmp_path / "p")
    sentence = str(refused.value)
    assert re.search(rf"geöffnet: von \S+@\S+, Prozess {other.pid}, seit \d\d\.\d\d\.\d{{4}}, \d\d:\d\d Uhr", sentence)
    assert "(Arbeitsstand)" in sentence
    assert "Schließen Sie es dort" in sentence


def test_others_may_check_and_back_up_meanwhile(tmp_path, other):
    assert Project.check(tmp_path / "p") == []
    assert Project.backup(tmp_path / "p", tmp_path / "b.zip").is_file()


def test_the_lock_ends_with_the_process(tmp_path, other):
    other.kill()
    other.wait()
    with Project.open(tmp_path / "p") as project:
        assert project.settings["name"] == "Musterkreis"


def test_one_process_may_open_a_project_twice(tmp_path):
    with new_project(tmp_path / "p") as first:
        with Project.open(tmp_path / "p") as second:
            second.settings["name"] = "Neu"
        assert first.settings["name"] == "Neu"
        told = run("from sozialraum.project import Project\nProject.open(folder)", tmp_path / "p")
        assert "bereits geöffnet" in told.stderr
    assert not (tmp_path / "p" / "project.lock.json").exists()


def test_a_new_project_is_only_put_into_an_empty_folder(tmp_path):
    with new_project(tmp_path / "p"), pytest.raises(ProjectRefused, match="liegt schon ein Projekt"):
        Project.create(tmp_path / "p", name="x")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "notes.txt").write_text("x")
    with pytest.raises(ProjectRefused, match="kein leerer Ordner"):
        Project.create(tmp_path / "notes", name="x")
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["notes.txt"]


def test_the_rest_of_an_interrupted_creation_is_no_hindrance(tmp_path):
    folder = tmp_path / "p"
    (folder / "deliveries").mkdir(parents=True)
    for name in ("project.lock", "project.lock.json", ".part-project.gpkg", ".part-project.gpkg-journal"):
        (folder / name).write_bytes(b"half")
    assert Project.is_free(folder)
    assert not Project.exists(folder)
    with new_project(folder) as project:
        assert len(project.blocks()) == 12
    assert sorted(path.name for path in folder.iterdir()) == ["deliveries", "project.gpkg", "project.lock", "releases"]


def test_no_folder_and_no_project_are_said(tmp_path):
    with pytest.raises(ProjectRefused, match="gibt es nicht"):
        Project.open(tmp_path / "nothing")
    with pytest.raises(ProjectRefused, match="ist kein Projekt"):
        Project.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def change_file(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "project.gpkg")
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "neueren Version"),
        ("DROP TABLE alembic_version", "beschädigt oder keine Projektdatei"),
        ("PRAGMA application_id = 1", "beschädigt oder keine Projektdatei"),
    ],
)
def test_newer_and_foreign_files_are_refused(tmp_path, statement, says):
    new_project(tmp_path / "p").close()
    change_file(tmp_path / "p", statement)
    with pytest.raises(ProjectRefused, match=says):
        Project.open(tmp_path / "p")
    new_project(tmp_path / "q").close()
    assert not (tmp_path / "p" / "project.lock.json").exists(), "the lock is given back"


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100], ids=["empty", "other"])
def test_a_damaged_file_is_said(tmp_path, content):
    full_project(tmp_path / "p").close()
    (tmp_path / "p" / "project.gpkg").write_bytes(content)
    with pytest.raises(ProjectRefused, match="beschädigt oder keine Projektdatei"):
        Project.open(tmp_path / "p")


def test_damage_found_while_reading_is_said(tmp_path):
    full_project(tmp_path / "p").close()
    file = tmp_path / "p" / "project.gpkg"
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)
    with pytest.raises(ProjectRefused, match="beschädigt"):
        Project.open(tmp_path / "p").blocks()


def without_rights(*command: str) -> tuple[str, ...]:
    """Words before a command that take from the administrator the right to write where others may not."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv, because the tests run as administrator")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")


@pytest.mark.skipif(sys.platform == "win32", reason="rights of folders are set otherwise on Windows")
def test_a_write_protected_folder_is_said(tmp_path):
    new_project(tmp_path / "p").close()
    for path in (tmp_path / "p").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (tmp_path / "p").chmod(0o555)
    before = fingerprint(tmp_path / "p")
    told = run("from sozialraum.project import Project\nProject.open(folder)", tmp_path / "p", *without_rights())
    (tmp_path / "p").chmod(0o755)
    assert "ProjectRefused" in told.stderr
    assert "schreibgeschützt" in told.stderr
    assert fingerprint(tmp_path / "p") == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of file size")
@pytest.mark.parametrize("work", ["deliver", "save_plan", "create"])
def test_a_full_disk_is_said_and_the_earlier_state_stands(tmp_path, work):
    """The limit of file size stands for the full disk: the file cannot grow past what it is."""
    folder = tmp_path / "p"
    new_project(folder).close()
    write_delivery(tmp_path)
    before = (folder / "project.gpkg").read_bytes()
    code = f"""
        import resource
        from project_world import *
        opened = Project.open(folder)
        resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before)} + 4096, resource.RLIM_INFINITY))
        if {work!r} == "deliver":
            opened.add_delivery(folder.parent / "Haushalte 2025.csv", some_reading(200_000), WHEN)
        if {work!r} == "save_plan":
            many = village_plan()
            object.__setattr__(many, "title", "x" * 200_000)
            opened.save_plan(many)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))
        Project.create(folder.parent / "new", name="x")
    """
    told = run(code, folder)
    assert "ProjectRefused" in told.stderr
    assert "Datenträger ist voll oder die erlaubte Dateigröße ist erreicht" in told.stderr
    assert Project.check(folder) == []
    with Project.open(folder) as project:
        assert project.observations().empty
        assert project.plan() is None
        assert list((folder / "deliveries").iterdir()) == []
        assert project.add_delivery(tmp_path / "Haushalte 2025.csv", some_reading()) != ""
    assert not (tmp_path / "new" / "project.gpkg").exists()


def test_leftovers_of_interrupted_work_are_no_finding_and_are_cleared(tmp_path):
    folder = tmp_path / "p"
    full_project(folder).close()
    orphan = folder / "deliveries" / "0123456789abcdef_halb.csv"
    orphan.write_text("announced, but its row was never written")
    (folder / "releases" / ".part-2026-01-31-2").mkdir()
    write_report(folder / "releases" / ".part-2026-01-31-2")
    (folder / "releases" / "2026-01-31-2").mkdir()
    (folder / "deliveries" / ".part-x.csv").write_text("half")
    for path in ("deliveries/0123456789abcdef_halb.csv", "releases/2026-01-31-2"):
        change_file(folder, f"INSERT INTO pending VALUES ('{path}')")
    assert Project.check(folder) == []
    Project.open(folder).close()
    assert [path.name[16:] for path in (folder / "deliveries").iterdir()] == ["_Haushalte 2025.csv"]
    assert [path.name for path in (folder / "releases").iterdir()] == ["2026-01-31-1"]


def test_files_of_other_people_are_never_cleared(tmp_path):
    folder = tmp_path / "p"
    full_project(folder).close()
    (folder / "deliveries" / "0123456789abcdef_meine.csv").write_text("put here by hand")
    (folder / "releases" / "Entwürfe").mkdir()
    (folder / "notes.txt").write_text("x")
    assert Project.check(folder) == []
    Project.open(folder).close()
    assert (folder / "deliveries" / "0123456789abcdef_meine.csv").exists()
    assert (folder / "releases" / "Entwürfe").exists()
    assert (folder / "notes.txt").exists()
