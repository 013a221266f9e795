"""The figures frozen with a release: what was printed, and nothing that was hidden."""

import json

import invented_report
from sozialraum.publish.words import MARK_OF_STATUS
from sozialraum.workflow.released_figures import COLUMNS, write_figures


def test_hidden_and_missing_numbers_are_not_in_the_file(tmp_path):
    content = invented_report.small()
    write_figures(content, "p1", tmp_path / "figures.json")
    written = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert tuple(written["columns"]) == COLUMNS
    kept = {tuple(row[:4]): row[4:6] for row in written["values"]}
    values = content.indicator_values
    withheld = values[values["status"].isin(MARK_OF_STATUS)]
    assert len(withheld) > 10
    for row in withheld.itertuples():
        assert (row.indicator, row.level, row.unit, row.period) not in kept
    whole = values[(values["status"] == "observed") & (values["share_low"] == values["share_high"])]
    for row in whole.itertuples():
        assert kept[row.indicator, row.level, row.unit, row.period] == [row.count_low, row.base_low]


def test_the_same_content_gives_the_same_file(tmp_path):
    texts = []
    for name in ("a", "b"):
        write_figures(invented_report.small(), "p1", tmp_path / name)
        texts.append((tmp_path / name).read_bytes())
    assert texts[0] == texts[1]
