"""Comments and groupings that could not be kept, shown or written later are refused where they are typed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sozialraum.base import UsageError
from sozialraum.plans import group_areas
from sozialraum.project import Project
from street_grid_town import area, town_plan, town_project

COMMENT = {"text": "Hier", "role": "Stadt"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with town_project(tmp_path / "p") as found:
        yield found


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"text": "a\ud800"}, "unlesbare Zeichen"),
        ({"text": "a\x00"}, "unlesbare Zeichen"),
        ({"role": "Stadt\udfff"}, "unlesbare Zeichen"),
        ({"role": "Stadt\nKreis"}, "unlesbare Zeichen"),
        ({"answer": "\ufffe"}, "unlesbare Zeichen"),
        ({"x": math.nan, "y": 1.0}, "kein Punkt der Karte"),
        ({"x": 1.0, "y": math.inf}, "kein Punkt der Karte"),
    ],
)
def test_a_comment_that_could_not_be_kept_is_refused(project: Project, more: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        project.save_comment(**COMMENT | more)
    assert project.comments().empty


def test_a_comment_may_have_lines_and_its_answer_is_looked_at_too(project: Project) -> None:
    key = project.save_comment(**COMMENT | {"text": "eins\n\tzwei 😀"})
    with pytest.raises(UsageError, match="unlesbare Zeichen"):
        project.resolve_comment(key, answer="Ja\ud800")
    project.resolve_comment(key, answer="Ja\nnein")
    assert project.comments()[["text", "answer"]].iloc[0].to_list() == ["eins\n\tzwei 😀", "Ja\nnein"]


def test_a_grouping_with_a_name_that_could_not_be_kept_is_refused(project: Project) -> None:
    for names, title in (({"G1": "Nord\ud800"}, "Gespräche"), ({"G1": "Nord"}, "Gespräche\x07")):
        made = group_areas(town_plan(), {area("A"): "G1"}, grouping_id="a", title=title, names=names)
        with pytest.raises(UsageError, match="unlesbare Zeichen"):
            project.save_grouping(made)
    assert project.groupings() == []
