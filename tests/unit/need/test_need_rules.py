from dataclasses import replace

import pytest

from sozialraum.base import in_language
from sozialraum.need import Target, rules
from sozialraum.need.rules import Rule


def test_five_rules_with_a_version_each():
    assert [(rule.field, rule.version) for rule in rules()] == [
        ("build_up", 1),
        ("improve", 1),
        ("keep", 1),
        ("watch", 1),
        ("review", 1),
    ]


def test_a_rule_speaks_of_a_reason_to_examine_and_never_commands():
    for rule in rules():
        assert "Anlass zur Prüfung" in rule.sentence("Am Bahnhof")
        with in_language("en"):
            assert "Reason to examine" in rule.sentence("Am Bahnhof")


@pytest.mark.parametrize("change", [{"field": "close"}, {"need": "huge"}, {"sentence_de": "Ohne Gebiet."}])
def test_a_rule_that_contradicts_itself_is_refused(change):
    assert isinstance(rules()[0], Rule)
    with pytest.raises(ValueError, match="daycare_build_up"):
        replace(rules()[0], **change)


@pytest.mark.parametrize("change", [{"rate": 0.0}, {"rate": -1.0}, {"margin": 1.0}])
def test_an_impossible_target_is_refused(change):
    with pytest.raises(ValueError, match=r"target|margin"):
        Target(**({"rate": 0.6, "source": "Beschluss", "date": "2025-03-01"} | change))
