"""What a sign in a cell means, source by source. Missing is not zero, suppressed is not missing."""

import pytest

from sozialraum.deliveries import UnknownMark, read_value, sign_profiles

# source        cell       low    high   status
TABLE = """
plain           0          0      0      observed
plain           1.234      1234   1234   observed
plain           12,5       12.5   12.5   observed
plain           ca._40     -      -      refused
plain           *          -      -      refused
plain           –          -      -      refused
agency          0          0      0      observed
agency          *          1      9      suppressed
agency          x          -      -      blocked
agency          .          -      -      refused
destatis        -          0      0      observed
destatis        .          0      inf    suppressed
destatis        ...        -      -      missing
destatis        x          -      -      blocked
destatis        /          0      inf    uncertain
destatis        (12)       12     12     uncertain
census2022      –          -      -      missing
census2022      36,75      36.75  36.75  observed
census2022      50,00      50     50     observed
census2022      -          -      -      refused
youth           *          1      2      suppressed
youth           7          7      7      observed
"""
LEGEND = ("* = Wert von 1 bis 9; keine weitere Geheimhaltung", "Ein Stern steht für 1 oder 2 Fälle.")


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_a_cell_is_read_as_its_source_means_it(line):
    source, cell, low, high, status = line.split()
    profile = sign_profiles()[source].under(LEGEND)
    if status == "refused":
        with pytest.raises(UnknownMark):
            read_value(cell.replace("_", " "), profile)
        return
    value = read_value(cell, profile)
    expected = (None, None) if low == "-" else (float(low), float(high))
    assert (value.low, value.high, value.status.value) == (*expected, status)
