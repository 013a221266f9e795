"""A file nobody knows: what can be read in two ways is asked, what its own texts settle is not.

Each line is one file with one column of numbers. Texts stand as in the file, '_' is a blank.
"""

import deliveries_specimens as given
import pytest

from sozialraum.deliveries.drafting import draft_recipe
from sozialraum.deliveries.files import Content

AREAS = (f"{given.TOWN}-01", f"{given.TOWN}-02", f"{given.TOWN}-03")
DATE = "Stichtag 31.12.2025"


def drafted(cells, *, head="Kinder", title=DATE, below="", name="tabelle.csv", column=None, answers=None):
    heads = f"Gebiet;{head}" + (f";{column[0]}" if column else "")
    rows = [f"{area};{cell}" + (f";{column[1]}" if column else "") for area, cell in zip(AREAS, cells, strict=True)]
    text = "\n".join([title, "", heads, *rows, "", below]) + "\n"
    return draft_recipe(Content("csv", name, text), given.places(), answers or {})


def asked(draft):
    return ",".join(question.id for question in draft.open) or "-"


# three cells                     question
NUMBERS = """
12      7        104              -
1.234   7        104              decimal:B
1.234   2.500    12.345           decimal:B
1.234   12,5     104              measure:B
1.234   1.234.567 104             -
1.234   12.5     104              measure:B
12,5    0,75     3,25             measure:B
12.5    0.75     3.25             measure:B
1,234   7        104              decimal:B,measure:B
1,234   12,5     104              measure:B
1.234   1,234    104              decimal:B,measure:B
12,5    12.5     104              decimal:B,measure:B
"""


@pytest.mark.parametrize("line", NUMBERS.strip().splitlines())
def test_a_point_may_be_thousands_or_decimals(line):
    *cells, question = line.split()
    assert asked(drafted(cells)) == question


def test_a_column_is_settled_by_its_own_cells_alone():
    heads, cells = "Kinder 31.12.2024;Kinder 31.12.2025", ("1.234.567;1.234", "7;8", "104;105")
    assert asked(drafted(cells, head=heads)) == "decimal:B"
    assert asked(drafted(("1.234.567;1.234.567", "7;8", "104;105"), head=heads)) == "-"


def test_the_answer_decides_what_is_read():
    cells = ("1.234", "7", "104")
    whole = drafted(cells, answers={"decimal:B": ","}).recipe
    assert (whole.values[0].decimal, whole.values[0].measure) == (",", False)
    fraction = drafted(cells, answers={"decimal:B": ".", "measure:B": "share"}).recipe
    assert fraction.values[0].decimal == "."
    assert fraction.features() == (), "shares are read and not carried"


# date in the title          question                reading without question, or first reading
DATES = """
Stichtag_31.12.2025          -                       2025-12-31
Stand_31.12.2025             -                       2025-12-31
Stand:_31._Dezember_2025     -                       2025-12-31
Stand_2025-12-31             -                       2025-12-31
Berichtsmonat_202512         -                       2025-12-31
IV._Quartal_2025             -                       2025-12-31
Hilfen_im_Jahr_2025          -                       2025
Hilfen_2025                  period_form             2025-12-31
Stand_31/12/2025             -                       2025-12-31
Stand_12/31/2025             -                       2025-12-31
Stand_03/04/2025             day_month               2025-04-03
Stand_04/04/2025             -                       2025-04-04
Stand_03/04                  month_or_school_year    2004-03-31
Stand_03/05                  -                       2005-03-31
ohne_Datum                   period                  -
"""


@pytest.mark.parametrize("line", DATES.strip().splitlines())
def test_a_date_may_be_read_in_two_ways(line):
    title, question, reading = line.split()
    draft = drafted(("12", "7", "104"), title=title.replace("_", " "))
    assert asked(draft) == question
    if reading != "-":
        rule = draft.likely.period
        found = rule.title.search(title.replace("_", " "))[1]
        from sozialraum.deliveries.periods import PARSERS

        assert (rule.days.get(found) or PARSERS[rule.form](found)) == reading


# dates in the column      question
COLUMNS = """
31.12.2025                 -
31/12/2025                 -
03/04/2025                 day_month
202512                     -
2025                       period_form
"""


@pytest.mark.parametrize("line", COLUMNS.strip().splitlines())
def test_a_column_of_dates(line):
    text, question = line.split()
    draft = drafted(("12", "7", "104"), title="Kinder", column=("Stand", text))
    assert asked(draft) == question


def test_two_dates_are_asked_and_the_day_of_printing_is_not_one_of_them():
    cells = ("12", "7", "104")
    assert asked(drafted(cells, title="Stand 31.12.2025\nDaten vom 30.06.2025")) == "period"
    assert asked(drafted(cells, title="Stand 31.12.2025\nerstellt am 12.02.2026")) == "-"
    assert asked(drafted(cells, title="Stand 31.12.2025", name="kita_2025.csv")) == "-"
    assert asked(drafted(cells, title="Stand 31.12.2025", name="kita_2026.csv")) == "period"


# sign  explained in the file                        question    profile
SIGNS = """
*       -                                            -           agency
*       *_=_1_oder_2_Fälle                           -           youth
-       -                                            signs:B     destatis
-       -_=_nichts_vorhanden                         -           destatis
-       -_=_keine_Angabe                             signs:B     -
.       -                                            signs:B     destatis
.       ._=_Zahlenwert_unbekannt_oder_geheim         -           destatis
.       Quelle:_Statistisches_Landesamt              -           destatis
x       -                                            signs:B     agency
x       x_=_gesperrt                                 -           agency
x       x_=_Wert_unter_5                             signs:B     -
"""


@pytest.mark.parametrize("line", SIGNS.strip().splitlines())
def test_a_sign_without_explanation_is_asked(line):
    sign, legend, question, profile = line.split()
    draft = drafted((sign, "7", "104"), below="" if legend == "-" else legend.replace("_", " "))
    assert asked(draft) == question
    if profile != "-":
        assert draft.likely.values[0].signs == profile


# head                     question
HEADS = """
Kinder_unter_3             -
Haushalte                  -
Hilfen_zur_Erziehung       -
Genehmigte_Plätze          -
Anteil_in_%                -
Wert                       counts
Mitte                      counts
"""


@pytest.mark.parametrize("line", HEADS.strip().splitlines())
def test_what_is_counted(line):
    head, question = line.split()
    draft = drafted(("12", "7", "41"), head=head.replace("_", " "))
    assert asked(draft) == question


def test_percentages_under_the_name_of_persons_are_noticed():
    assert asked(drafted(("12,5", "7,0", "41,3"), head="Kinder")) == "measure:B"


def test_rows_that_are_no_place():
    def rows(word):
        text = f"{DATE}\n\nGebiet;Kinder\n" + "".join(f"{area};12\n" for area in AREAS) + f"{word};36\n"
        return asked(draft_recipe(Content("csv", "t.csv", text), given.places()))

    assert [rows(word) for word in ("Summe", "Insgesamt", "keine Angabe", "Auswärtige")] == ["-", "-", "-", "row:A7"]
    assert rows(f"{given.TOWN}-09") == "-", "written like a key: the reading names it"


def test_multiples_of_five_may_be_rounded():
    text = f"{DATE}\n\nBaustein;Kinder\n"
    blocks = [f"{ags}-{n:04d}" for ags in (given.TOWN, given.VILLAGE, given.HAMLET) for n in (1, 2, 3)]
    text += "".join(f"{block};{5 * (i + 1)}\n" for i, block in enumerate(blocks))
    assert asked(draft_recipe(Content("csv", "t.csv", text), given.places())) == "rounding"
    said = text.replace("Kinder\n", "Kinder\n", 1).replace(DATE, f"{DATE}; gerundet auf ein Vielfaches von 5")
    draft = draft_recipe(Content("csv", "t.csv", said.replace("; ", ", ")), given.places())
    assert draft.recipe.values[0].signs == "rounded5"


def test_two_columns_that_name_different_areas():
    lines = [f"{area};{other};12" for area, other in zip(AREAS, (AREAS[1], AREAS[0], AREAS[2]), strict=True)]
    text = "\n".join([DATE, "", "Gebiet;Gebiet alt;Kinder", *lines]) + "\n"
    draft = draft_recipe(Content("csv", "t.csv", text), given.places())
    assert asked(draft) == "key"
    answer = draft_recipe(Content("csv", "t.csv", text), given.places(), {"key": "B"})
    assert answer.recipe.columns["key"].head == "Gebiet alt"
