"""What changes results is documented: every indicator, status, threshold and rule."""

from pathlib import Path

import pytest

from sozialraum.base import Status
from sozialraum.indicators import definitions
from sozialraum.need import rules
from sozialraum.protection import default_rules

DOCS = Path(__file__).parents[3] / "docs"


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("definition", definitions(), ids=lambda one: one.id)
def test_every_indicator_is_documented_as_it_is(definition):
    line = next(line for line in page("indicators.md").splitlines() if line.startswith(f"| `{definition.id}` "))
    for text in (definition.title_de, f"`{definition.numerator}` / `{definition.denominator}`"):
        assert text in line
    assert ("| yes |" in line) == definition.in_index


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_documented(status):
    assert f"`{status}`" in page("indicators.md")


@pytest.mark.parametrize("profile", default_rules().profiles, ids=lambda one: one.name)
def test_every_threshold_is_documented_as_it_is(profile):
    assert f"| `{profile.name}` | {profile.minimum} | {profile.width} |" in page("protection.md")


def test_every_rule_is_documented():
    for rule in rules():
        assert f"`{rule.field}`" in page("need.md")
