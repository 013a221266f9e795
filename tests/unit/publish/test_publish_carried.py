"""Carried values in the report: lines over the map, a legend, a column with method and error, a line of words."""

from __future__ import annotations

from dataclasses import replace

import pytest

import invented_report
from sozialraum.indicators.registry import definitions
from sozialraum.publish.carried_words import carried_cell, carried_lines
from sozialraum.publish.content import ReportContent
from sozialraum.publish.document import Legend, Table, walk
from sozialraum.publish.facts import Facts
from sozialraum.publish.indicator_tables import all_areas_table
from sozialraum.publish.model import prepare
from sozialraum.publish.value_cells import measure

CODES = ("carried=inhabitants/B/3", "carried=inhabitants/B/14", "carried=area/C/45")


def with_carried(number: int) -> tuple[ReportContent, list[str]]:
    """The small report with the first printed areas of the first indicator carried; and their keys."""
    base = invented_report.small()
    definition = definitions()[0]
    values = base.indicator_values.copy()
    own = (values["indicator"] == definition.id) & (values["level"] == "area") & (values["period"] == base.edition)
    shown = values[own & (values["status"] == "observed")].index[:number]
    for code, row in zip(CODES, shown, strict=False):
        values.loc[row, ["note", "status"]] = [code, "estimated"]
    return replace(base, indicator_values=values), values.loc[shown, "unit"].tolist()


@pytest.fixture(scope="module")
def carried() -> tuple[ReportContent, list[str]]:
    return with_carried(3)


def test_words_by_kind_with_the_span_of_errors(carried: tuple[ReportContent, list[str]]) -> None:
    facts = Facts(carried[0])
    assert carried_lines(facts, definitions()[0]) == [
        "1 Gebiet ist nach Fläche übertragen, Abweichung etwa 45\u202f%.",
        "2 Gebiete sind nach Einwohnerzahl übertragen, Abweichung etwa 3 bis 14\u202f%.",
    ]
    assert carried_lines(facts, definitions()[1]) == []


def test_every_area_says_how_it_was_carried(carried: tuple[ReportContent, list[str]]) -> None:
    content, units = carried
    facts, definition = Facts(content), definitions()[0]
    table = all_areas_table(facts, definition, measure(definition))
    assert table.columns[-1].title == "Übertragen"
    said = {area.id: row.cells[-1].text for area, row in zip(facts.areas, table.rows, strict=True)}
    assert said[units[0]] == "nach Einwohnerzahl, etwa 3\u202f%"
    assert sum(1 for text in said.values() if text) == 3
    plain = all_areas_table(facts, definitions()[1], measure(definitions()[1]))
    assert plain.columns[-1].title != "Übertragen"


def test_a_hidden_value_says_nothing() -> None:
    base = invented_report.small()
    values = base.indicator_values
    own = values[(values["status"] == "suppressed") & (values["level"] == "area")]
    (hidden,) = own.head(1).assign(note=CODES[0]).itertuples(index=False)
    assert carried_cell(hidden).text == ""


def test_the_map_has_lines_and_a_legend_for_them(carried: tuple[ReportContent, list[str]]) -> None:
    report, before = prepare(carried[0]), prepare(with_carried(0)[0])
    definition = definitions()[0]
    (page,) = [page for page in report.pages if page.key == f"indikator-{definition.id}"]
    (legend,) = [part for part in walk(page.parts) if isinstance(part, Legend)]
    assert [entry.count for entry in legend.entries if entry.label == "von anderen Grenzen übertragen"] == ["3"]
    assert report.pictures[f"map-{definition.id}"] != before.pictures[f"map-{definition.id}"]
    tables = [part for part in walk(page.parts) if isinstance(part, Table)]
    assert any(column.title == "Übertragen" for table in tables for column in table.columns)
