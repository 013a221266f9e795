"""Every cell of the official tables at hand, read by the profile of its source: which signs really occur."""

import csv
from collections import Counter
from pathlib import Path

import pytest
import python_calamine

from sozialraum.base import Status
from sozialraum.deliveries import read_value, sign_profiles
from sozialraum.deliveries.workbook_child import number_text

DATA = Path(__file__).parents[2].parent / "shared" / "data"
TABLES = DATA / "amtliche-rohtabellen"
CENSUS = DATA / "aachen-zensus2011-grid" / "zensus2011_1km.csv"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not TABLES.is_dir(), reason="the official tables are not there"),
]


def statuses(texts, source, **options):
    """How many cells have which status; each distinct text is read once, an unknown one raises."""
    profile = sign_profiles()[source]
    counted = Counter(texts)
    found: Counter[str] = Counter()
    for text, number in counted.items():
        found[read_value(text, profile, **options).status.value] += number
    return dict(found)


def inkar(name):
    rows = python_calamine.CalamineWorkbook.from_path(TABLES / name).get_sheet_by_name("Daten").to_python()
    return [number_text(cell) if isinstance(cell, (int, float)) else cell for row in rows[2:] for cell in row[3:]]


@pytest.mark.parametrize(
    ("name", "measure", "missing"),
    [
        ("inkar_arbeitslose_gemeinden_1998_2021.xls", False, 408),  # areas without a municipality, from 2020 on
        ("inkar_erwerbsfaehige_gemeinden.xls", False, 0),
        ("inkar_schulabgaenger_ohne_abschluss_kreise.xls", True, 18),  # districts of today, in 2001
        ("inkar_haushaltseinkommen_kreise.xls", True, 0),
        ("inkar_beschaeftigte_akad_kreise.xls", True, 0),
    ],
)
def test_inkar_has_no_sign_but_the_empty_cell(name, measure, missing):
    texts = inkar(name)
    assert statuses(texts, "inkar", measure=measure) == {
        "observed": len(texts) - missing, **({"missing": missing} if missing else {})
    }  # fmt: skip


def test_the_census_of_2011_has_its_two_signs_beside_real_zeros():
    with CENSUS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    inhabitants = statuses([row["continuous_Einwohner"] for row in rows], "census2011", decimal=".")
    assert inhabitants == {"missing": 248, "observed": 593}
    foreign = statuses([row["continuous_Auslaender_A"] for row in rows], "census2011", decimal=".", measure=True)
    assert foreign == {"missing": 248, "suppressed": 32, "observed": 561}
    zeros = [read_value(row["continuous_Auslaender_A"], "census2011", decimal=".", measure=True) for row in rows]
    assert sum(value.status is Status.OBSERVED and value.low == 0 for value in zeros) == 136


def test_a_dash_of_the_land_office_is_nothing_there():
    lines = (TABLES / "itnrw_33111-02ir.csv").read_text(encoding="latin-1").splitlines()
    cells = [cell for line in lines if line[:3] in ("31.",) for cell in line.split(";")[1:]]
    assert cells.count("-") == 16
    found = statuses(cells, "destatis")
    assert found == {"observed": len(cells)}
    assert read_value("-", "destatis").low == 0
