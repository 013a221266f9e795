"""What every sign of every source means: a table a planner can check against the legends of the files.

The star of the agency stands twice: as the file's own legend allows it, and where the legend is silent.
"""

import pytest

from sozialraum.base import Status
from sozialraum.deliveries import UnknownMark, read_value, sign_profiles

NOTHING_ELSE_HIDDEN = "Eine weitere Geheimhaltung wurde nicht vorgenommen."
ONE_OR_TWO = "Ein Stern steht für 1 oder 2 Fälle."

# source | sign or number in the cell | legend of the file | low | high | status | what it means
TABLE = f"""
agency     | *     | {NOTHING_ELSE_HIDDEN} | 0    | 9    | suppressed | fewer than 10; a true zero may be starred too
agency     | *     |                       | 0    | inf  | suppressed | hidden to protect another number: may be large
agency     | 0     |                       | 0    | 0    | observed   | none
agency     | x     |                       |      |      | blocked    | no number for this area
agency     | 1.234 |                       | 1234 | 1234 | observed   | a number
youth      | *     | {ONE_OR_TWO}          | 1    | 2    | suppressed | one or two
youth      | *     |                       | 0    | inf  | suppressed | the file does not say what its star means
youth      |       |                       |      |      | missing    | not delivered, which is not zero
destatis   | -     |                       | 0    | 0    | observed   | nothing there
destatis   | –     |                       | 0    | 0    | observed   | nothing there
destatis   | 0     |                       | 0    | 0    | observed   | less than half of one: for persons none
destatis   | .     |                       | 0    | inf  | suppressed | unknown or secret
destatis   | •     |                       | 0    | inf  | suppressed | unknown or secret
destatis   | <3    |                       | 0    | 2    | suppressed | fewer than three
destatis   | ...   |                       |      |      | missing    | comes later
destatis   | …     |                       |      |      | missing    | comes later
destatis   | x     |                       |      |      | blocked    | no number makes sense here
destatis   | X     |                       |      |      | blocked    | no number makes sense here
destatis   | /     |                       | 0    | inf  | uncertain  | too few in the sample to print
destatis   | (12)  |                       | 12   | 12   | uncertain  | few in the sample
destatis   | 12p   |                       | 12   | 12   | uncertain  | provisional
destatis   | 12 p  |                       | 12   | 12   | uncertain  | provisional
destatis   | 12r   |                       | 12   | 12   | observed   | corrected by the office
destatis   | 12s   |                       | 12   | 12   | estimated  | estimated by the office
destatis   |       |                       |      |      | missing    | the legend does not explain empty cells
rounded5   | 0     |                       | 0    | 2    | rounded    | none, one or two
rounded5   | -     |                       | 0    | 2    | rounded    | nothing after rounding
rounded5   | 5     |                       | 3    | 7    | rounded    | rounded to a multiple of five
rounded5   | 1.235 |                       | 1233 | 1237 | rounded    | totals are rounded too
rounded5   | .     |                       | 0    | inf  | suppressed | unknown or secret
rounded5   | x     |                       |      |      | blocked    | no number makes sense here
census2011 | -1    |                       |      |      | missing    | nobody lives there, or secret
census2011 | -1,0  |                       |      |      | missing    | the same in a column of averages
census2011 | -9    |                       | 0    | inf  | suppressed | secret; the real zero stands as 0
census2011 | 0     |                       | 0    | 0    | observed   | none
census2011 | 3     |                       | 3    | 3    | observed   | smallest number there is
census2011 | 1,5   |                       | 1.5  | 1.5  | observed   | an average or a share may be small
census2022 | –     |                       |      |      | missing    | secret or nothing there: not zero
census2022 | .     |                       | 0    | inf  | suppressed | blocked because it would give someone away
census2022 | 0     |                       | 0    | 0    | observed   | the noise leaves zeros alone
census2022 | 36,75 |                       | 36.75| 36.75| observed   | an average
census2022 | 50,00 |                       | 50   | 50   | observed   | fifty, not five thousand
inkar      |       |                       |      |      | missing    | no number for this area in this year
inkar      | 0     |                       | 0    | 0    | observed   | none
inkar      | 9,85  |                       | 9.85 | 9.85 | observed   | a share in per cent
places     |       |                       |      |      | missing    | no number of places given
"""

# Texts that become a question instead of a value, and why nobody should guess.
REFUSED = """
agency     | .     | the agency has no such sign
agency     |       | zero or not delivered?
agency     | (12)  | the agency puts nothing in brackets
agency     | k. A. | a sign nobody explained
rounded5   | 7     | a number that is not rounded is not of this source
rounded5   | 12,5  | neither whole nor rounded
rounded5   | -5    | no count is negative
census2011 | 1     | the source altered all ones
census2011 | 2     | the source altered all twos
census2011 | -     | another sign than -1 and -9
census2022 | -     | a hyphen is not the dash of this source
census2022 | â€“   | the dash read in the wrong encoding
destatis   | p     | a letter without a number
destatis   | (12)p | two marks at once
destatis   | <0    | fewer than none
inkar      | .     | never seen in these workbooks
plain      | *     | a column of numbers alone
plain      |       | zero or not delivered?
"""


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize("row", _rows(TABLE), ids=lambda row: " ".join(row[:3]))
def test_a_cell_means_what_its_source_says(row):
    source, cell, legend, low, high, status, _meaning = row
    value = read_value(cell, sign_profiles()[source].under((legend,) if legend else ()))
    expected = (float(low), float(high)) if low else (None, None)
    assert (value.low, value.high, value.status) == (*expected, Status(status))


@pytest.mark.parametrize("row", _rows(REFUSED), ids=lambda row: " ".join(row[:2]))
def test_an_unknown_mark_is_never_guessed(row):
    source, cell, _why = row
    with pytest.raises(UnknownMark) as caught:
        read_value(cell, source)
    assert caught.value.text == cell


def test_the_mark_stays_as_it_stood():
    marks = {"*": "agency", "–": "census2022", "<3": "destatis", "-9": "census2011"}
    assert {cell: read_value(cell, source).mark for cell, source in marks.items()} == {cell: cell for cell in marks}
    assert [read_value(cell, "destatis").mark for cell in ("12", "12 p", "(12)")] == ["", "p", "()"]


def test_every_sign_quotes_its_source():
    silent = [(code, sign.text) for code, profile in sign_profiles().items() for sign in profile.signs.values()
              if not sign.legend]  # fmt: skip
    assert silent == []
    assert all(profile.legend for profile in sign_profiles().values() if profile.rounded_to > 1 or profile.brackets)
