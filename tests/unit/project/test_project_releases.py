"""A release appears complete or not at all, and never changes."""

import errno

import pytest
from project_world import WHEN, full_project, new_project, write_report

from sozialraum.base import ProjectRefused
from sozialraum.project import Project


def test_a_release_is_a_folder_with_its_check_numbers(tmp_path):
    with new_project(tmp_path / "p") as project:
        release_id = project.add_release(write_report, plan_id="p1", check_number="abc", created=WHEN)
        row = project.releases().iloc[0]
    assert release_id == "2026-01-31-1"
    assert sorted(row["files"]) == ["report.pdf", "report/index.html"]
    assert (row["plan_id"], row["check_number"], row["created"]) == ("p1", "abc", WHEN)
    assert (tmp_path / "p" / "releases" / release_id / "report.pdf").read_bytes() == b"%PDF-1.7"


def test_releases_of_one_day_are_numbered(tmp_path):
    with new_project(tmp_path / "p") as project:
        made = [project.add_release(write_report, created=WHEN) for _ in range(11)]
        assert made[:2] == ["2026-01-31-1", "2026-01-31-2"]
        assert project.releases()["release_id"].tolist() == made


@pytest.mark.parametrize("error", [KeyError("x"), KeyboardInterrupt()])
def test_a_writer_that_fails_leaves_nothing(tmp_path, error):
    def fails(folder):
        write_report(folder)
        raise error

    with full_project(tmp_path / "p") as project:
        with pytest.raises(type(error)):
            project.add_release(fails)
        assert len(project.releases()) == 1
        assert [path.name for path in (tmp_path / "p" / "releases").iterdir()] == ["2026-01-31-1"]
    assert Project.check(tmp_path / "p") == []


def test_a_full_disk_while_writing_is_said_in_one_sentence(tmp_path):
    def full(folder):
        raise OSError(errno.ENOSPC, "No space left on device")

    with full_project(tmp_path / "p") as project:
        with pytest.raises(ProjectRefused, match="Datenträger ist voll"):
            project.add_release(full)
        assert len(project.releases()) == 1
