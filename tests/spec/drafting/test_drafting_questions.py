"""A file nobody knows: what can be read in two ways is asked, what its own texts settle is not.

Each line is one file with one column of numbers. Texts stand as in the file, '_' is a blank.
"""

import deliveries_specimens as given
import pytest

from sozialraum.deliveries.drafting import draft_recipe
from sozialraum.deliveries.files import Content, Sheet

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


@pytest.mark.parametrize(
    ("cells", "total", "question"),
    [
        (("1.234", "987", "876"), "3.097", "-"),
        (("1.234", "987", "876"), "3.096", "decimal:B"),  # adds up in no way
        (("1.234", "987", "*"), "3.097", "decimal:B"),  # a hidden part proves nothing
        (("1.234", "1.111", "1.000"), "3.345", "decimal:B"),  # adds up in both ways
        (("1.234", "987", "876"), "", "decimal:B"),
    ],
)
def test_a_total_that_adds_up_settles_what_a_point_is(cells, total, question):
    lines = [f"{area};{cell}" for area, cell in zip(AREAS, cells, strict=True)]
    lines += [f"Summe;{total}"] if total else []
    text = "\n".join(("Stichtag 31.12.2025", "", "Gebiet;Kinder", *lines)) + "\n"
    draft = draft_recipe(Content("csv", "tabelle.csv", text), given.places())
    assert asked(draft) == question
    assert question != "-" or draft.recipe.values[0].decimal == ","


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


# sign  explained in the file                        question    profile    of this file
SIGNS = """
*       -                                            -           plain      *_=_hidden
*       *_=_1_oder_2_Fälle                           -           plain      *_=_1-2_stated:_*_=_1_oder_2_Fälle
*       *_Werte_unter_3                              -           plain      *_=_0-2_stated:_*_Werte_unter_3
*       Zahlen_unter_5_werden_nicht_ausgewiesen      -           plain      *_=_0-4_stated:_=
*       Sterne_=_Werte_kleiner_100                   -           plain      *_=_0-99_stated:_=
*       *_=_verdeckt                                 -           plain      *_=_hidden:_*_=_verdeckt
*       *_vorläufig                                  signs:B     plain      *_=_hidden
*       *_=_keine_Angabe                             signs:B     plain      *_=_missing:_*_=_keine_Angabe
*       Quelle:_Bundesagentur_für_Arbeit             -           agency     -
-       -                                            signs:B     plain      -_=_hidden
-       -_=_nichts_vorhanden                         -           destatis   -
-       -_=_keine_Angabe                             signs:B     plain      -_=_missing:_-_=_keine_Angabe
.       -                                            signs:B     plain      ._=_hidden
.       ._=_Zahlenwert_unbekannt_oder_geheim         -           destatis   -
.       Quelle:_Statistisches_Landesamt              -           destatis   -
x       -                                            signs:B     plain      x_=_hidden
x       x_=_gesperrt                                 -           agency     -
x       x_=_Wert_unter_5                             signs:B     plain      x_=_0-4_stated:_x_=_Wert_unter_5
"""


@pytest.mark.parametrize("line", SIGNS.strip().splitlines())
def test_a_sign_without_explanation_is_asked(line):
    sign, legend, question, profile, own = line.split()
    legend, own = legend.replace("_", " "), own.replace("_", " ")
    draft = drafted((sign, "7", "104"), below="" if legend == "-" else legend)
    assert asked(draft) == question
    rule = draft.likely.values[0]
    assert rule.signs == profile
    assert rule.own_signs == (() if own == "-" else (own.removesuffix("=") + legend if own.endswith(": =") else own,))


@pytest.mark.parametrize("sign", ["*", "-", "x", "."])
def test_a_person_can_say_what_a_sign_means(sign):
    cells, below = (sign, "7", "104"), "* vorläufig" if sign == "*" else ""
    (question,) = (each for each in drafted(cells, below=below).open if each.id == "signs:B")
    values = [option.value for option in question.options]
    assert {"hidden", "zero", "1-2", "0-2", "0-4", "0-9", "missing", "blocked", "skip"} == set(values)
    for value in ("zero", "1-2", "0-9", "missing", "blocked"):
        rule = drafted(cells, below=below, answers={"signs:B": value}).recipe.values[0]
        assert rule.own_signs == (f"{sign} = {value}",)


def test_each_sign_of_a_column_is_a_question_of_its_own():
    draft = drafted(("-", "x", "104"))
    assert [question.id for question in draft.open] == ["signs:B:-", "signs:B:x"]
    rule = drafted(("-", "x", "104"), answers={"signs:B:-": "zero", "signs:B:x": "0-4"}).recipe.values[0]
    assert rule.own_signs == ("- = zero", "x = 0-4")


def test_the_legend_of_the_file_is_offered_with_its_words_and_can_be_overruled():
    cells, below = ("*", "7", "104"), "* Zahlen unter 5 werden nicht ausgewiesen"
    (question,) = (each for each in drafted(cells, below=below).questions if each.id == "signs:B")
    assert question.default == "0-4 stated"
    assert below in question.options[0].title
    assert drafted(cells, below=below, answers={"signs:B": "hidden"}).recipe.values[0].own_signs == ("* = hidden",)


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


def test_dates_of_some_rows_are_proposed_with_their_cell():
    lines = [
        f"{area};{n};{day}"
        for n, (area, day) in enumerate(zip(AREAS, ("03/04/2025", "05/04/2025", ""), strict=True), 5)
    ]
    text = "\n".join(("Auswertung vom 15.01.2026", "", "Gebiet;Kinder;Stand", *lines, "Summe;18;")) + "\n"
    content = Content("csv", "kinder_2025.csv", text)
    draft = draft_recipe(content, given.places())
    assert asked(draft) == "day_month,period"
    draft = draft_recipe(content, given.places(), {"day_month": "day"})
    (question,) = draft.open
    assert [option.value for option in question.options] == ["2025-04-03", "2025-04-05", "2026-01-15", "2025"]
    assert (question.cell, question.typed) == ("C4", "day")
    assert "C5" in question.options[1].title
    answers = {"day_month": "day", "period": "2025-04-05"}
    assert draft_recipe(content, given.places(), answers).recipe.period.fixed == "2025-04-05"


def test_the_date_of_a_sheet_of_notes_is_proposed():
    table = Sheet("Daten", [["Gebiet", "Kinder"], *([area, str(n)] for n, area in enumerate(AREAS, 5))])
    notes = Sheet("Hinweise", [["Jugendamt"], ["Stand: 31.12.2025"], ["erstellt am 12.02.2026"]])
    content = Content("xlsx", "tabelle.xlsx", sheets=(notes, table))
    (question,) = draft_recipe(content, given.places()).open
    assert question.id == "period"
    assert [option.value for option in question.options] == ["2025-12-31"]
    assert "Hinweise" in question.options[0].title


def test_a_year_in_the_name_does_not_settle_the_day_of_a_column():
    draft = drafted(("12", "7", "104"), title="Kinder", column=("Stand", "03/04/2025"), name="kinder_2025.csv")
    assert asked(draft) == "day_month"
