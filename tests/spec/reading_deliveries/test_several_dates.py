"""Several reference dates in one sheet: each column keeps its own."""

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import read_delivery
from sozialraum.deliveries.declare import recipe_from

RECIPE = """
code = "profile"
version = 1
title = "Stadtteilprofile"
source = "Statistikamt"
formats = ["csv"]

[columns]
area = "Gebiet"
people = { like = 'Bevölkerung am \\d.*' }
jobless = { like = 'Arbeitslose am \\d.*' }

[key]
column = "area"
kind = "area"
residual = '(?i)ohne angabe'
names = true

[period]
title = 'Stand (\\S+)'

[[value]]
column = "people"
feature = "people"
signs = "destatis"
day_in_head = 'am (\\S+)'

[[value]]
column = "jobless"
feature = "jobless"
signs = "destatis"
day_in_head = 'am (\\S+)'

[[sum]]
key = '()Gesamt'
"""


def places():
    known = specimens.places()
    names = {"05999004-01": "Mitte", "05999004-02": "Nord", "05999008-01": "Nord", "05999004-03": "Am Hof"}
    return type(known)(known.blocks, known.municipalities, known.plan_id, known.area_ids, area_names=names)


def read(folder, head="Arbeitslose am 30.06.2025", rows=("Mitte;120;14", "am  hof;35;.", "Gesamt;155;20")):
    lines = ["Stadtteilprofile, Stand 01.03.2025;;", f"Gebiet;Bevölkerung am 31.12.2024 1);{head}", *rows]
    path = specimens.write(folder, "profile.csv", "\n".join(lines) + "\n")
    return read_delivery(path, recipe_from(RECIPE, "profile.toml", {}), places())


def test_each_column_has_the_date_its_head_names(tmp_path):
    told = {(row.unit, row.feature): (row.period, row.low) for row in read(tmp_path).observations.itertuples()}
    assert told == {
        ("05999004-01", "people"): ("2024-12-31", 120),
        ("05999004-01", "jobless"): ("2025-06-30", 14),
        ("05999004-03", "people"): ("2024-12-31", 35),
        ("05999004-03", "jobless"): ("2025-06-30", 6),
    }
    assert [each.code for each in read(tmp_path).findings if each.severity != "note"] == ["incomplete"]
    assert read(tmp_path).periods == ("2024-12-31", "2025-06-30")


def test_a_date_the_calendar_does_not_have_is_refused(tmp_path):
    with pytest.raises(InputRefused, match=r"„31\.06\.2025“ im Kopf der Spalte"):
        read(tmp_path, "Arbeitslose am 31.06.2025")


def test_a_name_two_areas_have_is_a_question(tmp_path):
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, rows=("Nord;120;14",))
    (finding,) = caught.value.findings
    assert (finding.code, finding.cell, finding.found) == ("ambiguous", "A3", "Nord")


def test_a_name_nobody_knows_offers_the_area_most_like_it(tmp_path):
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, rows=("Mite;120;14",))
    (finding,) = caught.value.findings
    assert (finding.code, finding.found, finding.offer) == ("unknown_key", "Mite", "05999004-01")
    assert finding.todo == "Am ähnlichsten ist „Mitte (05999004-01)“."
