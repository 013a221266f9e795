"""A new source needs a declaration, not a program: here dogs by block, with titles and German signs."""

import deliveries_specimens as specimens

from sozialraum.deliveries import find_recipe, read_delivery, read_recipe, recipes

DECLARATION = """
code = "dogs"
version = 1
title = "Angemeldete Hunde nach Bausteinen"
source = "Steueramt"
formats = ["csv"]
head_rows = 2
legend = ["Quelle:"]

[columns]
block = "Baublock"
small = "Hunde | kleine"
large = "Hunde | große"

[key]
column = "block"
kind = "block"
residual = '()nicht zuzuordnen'
unique = ["block"]

[period]
title = 'Stand (\\S+)'

[[value]]
column = "small"
feature = "dogs_small"
signs = "destatis"

[[value]]
column = "large"
feature = "dogs_large"
signs = "destatis"

[[sum]]
key = '()Insgesamt'
severity = "warning"
"""

FILE = """Steueramt der Stadt Altstadt;;
Stand 30.06.2025;;
;;
Baublock;Hunde 1);
;kleine;große
05999004-0001;12;-
05999004-0002;.;3
nicht zuzuordnen;1;/
Insgesamt;20;9
Quelle: Hundesteuer;;
"""


def test_a_declared_source_is_found_and_read(tmp_path):
    (tmp_path / "dogs.toml").write_text(DECLARATION, encoding="utf-8")
    dogs = read_recipe(tmp_path / "dogs.toml")
    path = specimens.write(tmp_path, "hunde.csv", FILE)
    assert find_recipe(path, (*recipes(), dogs)) is dogs
    reading = read_delivery(path, dogs, specimens.places())
    inf = float("inf")
    assert reading.observations[["unit", "feature", "low", "high", "status"]].to_numpy().tolist() == [
        ["05999004-0001", "dogs_large", 0, 0, "observed"],
        ["05999004-0001", "dogs_small", 12, 12, "observed"],
        ["05999004-0002", "dogs_large", 3, 3, "observed"],
        ["05999004-0002", "dogs_small", 7, 7, "suppressed"],  # 20 in all, 12 and 1 known: it can be worked out
        ["05999004", "dogs_large", 0, inf, "uncertain"],
        ["05999004", "dogs_small", 1, 1, "observed"],
    ]
    assert reading.periods == ("2025-06-30",)
    assert reading.remarks == ("Quelle: Hundesteuer",)
