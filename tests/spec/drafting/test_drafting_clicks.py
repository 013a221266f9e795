"""A file nobody knows: the person clicks the head, the column of keys, what a column is, or the sheet.

Each line of a table is one click. A click that cannot be is refused in one sentence that says why.
"""

import deliveries_specimens as given
import pytest

from sozialraum.base import InputRefused, UsageError
from sozialraum.deliveries import read_delivery
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.drafting import draft_recipe
from sozialraum.deliveries.files import Content, Sheet
from sozialraum.deliveries.recipe_writing import recipe_text

AREAS = (f"{given.TOWN}-01", f"{given.TOWN}-02", f"{given.TOWN}-03")
# Row 3 looks like a row of the head and changes from year to year
TITLES = (["Jugendamt Altstadt"], ["Kinder am Stichtag 31.12.2025"])
MISLEADING = ["Abfrage 4711", "Bearbeitung FB 51", "Lauf 12", "Seite 1"]
HEAD = ["Gebiet", "früher", "Kinder", "Nummer"]
ROWS = [[AREAS[0], AREAS[1], "12", "1001"], [AREAS[1], AREAS[2], "7", "1002"], [AREAS[2], AREAS[0], "41", "1003"]]
FILE = Content(
    "xlsx", "kinder.xlsx", sheets=(Sheet("Tabelle1", [*TITLES, MISLEADING, HEAD, *ROWS, ["Summe", "", "60"]]),)
)


def drafted(content=FILE, **clicks):
    return draft_recipe(content, given.places(), {name.replace("_", ":"): value for name, value in clicks.items()})


def heads(draft):
    return {name: column.head for name, column in draft.likely.columns.items()}


def test_a_row_that_looks_like_a_head_is_taken_for_one_until_the_head_is_clicked():
    assert heads(drafted())["key"] == "Abfrage 4711 | Gebiet"
    clicked = drafted(head="4")
    assert heads(clicked)["key"] == "Gebiet"
    assert clicked.settled == {"head": "Der Kopf steht in Zeile 4"}
    assert [question.id for question in clicked.open] == ["key"], "two columns still name different areas"


def test_the_column_of_keys_is_clicked_and_nothing_is_left_to_ask():
    made = drafted(head="4", key="B")
    assert made.recipe.columns["key"].head == "früher"
    assert [(column.letter, column.use) for column in made.columns] == [
        ("A", ""), ("B", "key"), ("C", "value"), ("D", ""),
    ]  # fmt: skip


# click                          what row 4 and the columns below it are then
USES = """
-                                key=Gebiet kinder=Kinder
use:D=skip                       key=Gebiet kinder=Kinder
use:D=name                       key=Gebiet name=Nummer kinder=Kinder
use:B=name                       key=Gebiet name=früher kinder=Kinder
use:D=value                      key=Gebiet kinder=Kinder nummer=Nummer
"""


@pytest.mark.parametrize("line", USES.strip().splitlines())
def test_what_a_column_is(line):
    click, *columns = line.split()
    clicked = dict([click.split("=")]) if click != "-" else {}
    made = draft_recipe(FILE, given.places(), {"head": "4", "key": "A", **clicked})
    assert made.open == ()
    assert {f"{short}={column.head}" for short, column in made.recipe.columns.items()} == set(columns)


def test_a_name_says_what_a_head_does_not():
    rows = [["Gebiet", "Anzahl"], *([area, "12"] for area in AREAS)]
    content = Content("xlsx", "hunde_2025-12-31.xlsx", sheets=(Sheet("Tabelle1", rows),))
    made = draft_recipe(content, given.places(), {"name:B": "Hunde", "counts": "cases"})
    assert made.recipe.features() == ("own_hunde",), "another file with a column 'Anzahl' is another feature"
    column = made.recipe.columns["hunde"]
    assert (column.head, column.called) == ("Anzahl", "Hunde")
    assert made.settled["name:B"] == "Die Zahlen in Spalte B heißen „Hunde“"
    assert recipe_from(recipe_text(made.recipe), "own.toml", {}) == made.recipe
    with pytest.raises(UsageError, match="Der Name eines Merkmals braucht Buchstaben"):
        draft_recipe(content, given.places(), {"name:B": "2025"})


def test_a_table_with_every_column_of_numbers_left_out_is_refused():
    with pytest.raises(InputRefused, match="keine Spalte mit Zahlen"):
        draft_recipe(FILE, given.places(), {"head": "4", "key": "A", "use:C": "skip"})


def test_a_clicked_column_of_dates_settles_the_date():
    rows = [["Gebiet", "geprüft", "Stand", "Kinder"], *([area, "01.03.2026", "31.12.2025", "5"] for area in AREAS)]
    content = Content("xlsx", "kinder.xlsx", sheets=(Sheet("Tabelle1", rows),))
    assert [question.id for question in drafted(content).open] == ["period"]
    made = drafted(content, use_C="day")
    assert made.open == ()
    assert made.recipe.columns[made.recipe.period.column].head == "Stand"


# click           why it cannot be
WRONG = """
head=1            In Zeile 1 stehen keine Überschriften der Spalten.
head=3            steht Zeile 4. Gehört sie zum Kopf, hat er mehr Zeilen; sonst steht er tiefer.
head=6            Zeile 6 nennt selbst ein Gebiet („05999004-02“); der Kopf steht darüber.
head=3-6          Zeile 5 nennt selbst ein Gebiet („05999004-01“); der Kopf steht darüber.
head=8            Unter Zeile 8 nennt keine Zeile ein Gebiet, das das Projekt kennt.
head=vier         „vier“ nennt keine Kopfzeilen (Beispiel: 4 oder 4-5).
head=0            „0“ nennt keine Kopfzeilen (Beispiel: 4 oder 4-5).
key=C             In Spalte C nennt keine Zelle ein Gebiet, das das Projekt kennt.
key=4             „4“ ist keine Spalte (Beispiel: C).
use:C=day         In Spalte C steht nicht überall ein Datum.
use:B=value       In Spalte B steht keine Zahl.
use:A=skip        Spalte A nennt das Gebiet; wählen Sie dafür zuerst eine andere Spalte.
use:Q=skip        Eine Spalte Q hat die Tabelle nicht.
use:C=sum         „sum“ kann eine Spalte nicht sein
sheet=Blatt2      Das Blatt „Blatt2“ gibt es in der Datei nicht.
"""


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_a_click_that_cannot_be_says_why(line):
    click, sentence = line.split(maxsplit=1)
    name, answer = click.split("=")
    with pytest.raises(UsageError) as refused:
        draft_recipe(FILE, given.places(), {name: answer})
    assert sentence in str(refused.value)


def test_a_head_without_a_word_over_the_keys_is_clicked_where_none_was_found():
    rows = [["Kinder am Stichtag 31.12.2025"], ["", "Kinder"], *([area, "12"] for area in AREAS)]
    content = Content("xlsx", "kinder.xlsx", sheets=(Sheet("Tabelle1", rows),))
    with pytest.raises(InputRefused, match="steht kein Kopf"):
        drafted(content)
    made = drafted(content, head="2").recipe
    assert (made.columns["key"].letter, made.columns["kinder"].head) == ("A", "Kinder")


def test_a_column_of_keys_that_the_project_does_not_know_stays_none():
    content = Content("xlsx", "fremd.xlsx", sheets=(Sheet("Tabelle1", [["Ort", "Kinder"], ["x", "1"], ["y", "2"]]),))
    with pytest.raises(UsageError, match="In Spalte A nennt keine Zelle ein Gebiet"):
        drafted(content, key="A")


def test_an_empty_row_between_head_and_table_is_named():
    rows = [["Gebiet", "Kinder"], ["", ""], [AREAS[0], "12"], [AREAS[1], "7"]]
    content = Content("xlsx", "kinder.xlsx", sheets=(Sheet("Tabelle1", rows),))
    with pytest.raises(UsageError, match="Zeile 1 und dem ersten Gebiet in Zeile 3 ist Zeile 2 leer"):
        drafted(content, head="1")


def test_a_head_of_two_rows_is_clicked_with_its_number_of_rows():
    rows = [["Gebiet", "Kinder", "Kinder"], ["", "Anzahl", "darunter neu"], *([area, "12", "3"] for area in AREAS)]
    content = Content("xlsx", "kinder_2025-12-31.xlsx", sheets=(Sheet("Tabelle1", rows),))
    assert sorted(heads(drafted(content, head="1-2")).values()) == [
        "Gebiet", "Kinder | Anzahl", "Kinder | darunter neu",
    ]  # fmt: skip


def test_next_year_the_head_is_found_although_the_misleading_row_reads_otherwise(tmp_path):
    recipe = drafted(head="4", key="A", use_D="skip").recipe
    titles = (
        ["Jugendamt Altstadt"],
        ["Kinder am Stichtag 31.12.2026"],
        ["Abfrage 5822", "Bearbeitung FB 40", "Lauf 3"],
    )
    content = Content("xlsx", "neu.xlsx", sheets=(Sheet("Tabelle1", [*titles, HEAD, *ROWS]),))
    reading = read_delivery(tmp_path / "neu.xlsx", recipe, given.places(), content=content)
    assert reading.periods == ("2026-12-31",)
    assert sorted(reading.observations["low"]) == [7, 12, 41]


# Sheets

TABLE = [["Gebiet", "Fälle"], *([area, str(n)] for n, area in enumerate(AREAS, 5))]
OTHER = [["Gebiet", "Personen"], *([area, str(n)] for n, area in enumerate(AREAS, 50))]
NOTES = Sheet("Hinweise", [["Gebiet", "ist bewohnt"]])


def book(*sheets, name="drei_2025-12-31.xlsx"):
    return Content("xlsx", name, sheets=(*sheets, NOTES))


# sheets with                 question
@pytest.mark.parametrize(
    ("second", "question"), [(TABLE, "open"), (OTHER, "answered beforehand"), ([["nur Text"]], "none")]
)
def test_a_second_sheet_with_such_a_table_is_a_question(second, question):
    draft = drafted(book(Sheet("Grundsicherung", TABLE), Sheet("Wohngeld", second)))
    found = [each for each in draft.questions if each.id == "sheet"]
    assert [("open" if not each.default else "answered beforehand") for each in found] == (
        [] if question == "none" else [question]
    )
    for each in found:
        assert [option.value for option in each.options] == ["Grundsicherung", "Wohngeld"]


def test_the_chosen_sheet_is_read_this_year_and_next(tmp_path):
    others = [[head, *cells] for head, *cells in TABLE]
    others[1][1] = "99"
    recipe = drafted(
        book(Sheet("Grundsicherung 2025", TABLE), Sheet("Wohngeld 2025", others)), sheet="Wohngeld 2025"
    ).recipe
    assert recipe.sheet == "Wohngeld 2025"

    def read(*names):
        content = book(*(Sheet(name, others if "Wohn" in name else TABLE) for name in names))
        return read_delivery(tmp_path / content.name, recipe, given.places(), content=content)

    assert 99 in set(read("Grundsicherung 2025", "Wohngeld 2025").observations["low"])
    assert 99 in set(read("Grundsicherung 2026", "Wohngeld 2026").observations["low"])
    assert read("Wohngeld 2025").findings == ()


def test_another_sheet_than_the_chosen_one_is_never_read_without_a_word(tmp_path):
    recipe = drafted(book(Sheet("Grundsicherung", TABLE), Sheet("Wohngeld", TABLE)), sheet="Wohngeld").recipe
    content = book(Sheet("Grundsicherung", TABLE))
    (finding,) = read_delivery(tmp_path / content.name, recipe, given.places(), content=content).findings
    assert (finding.severity, finding.what) == (
        "warning", "Das Blatt „Wohngeld“ gibt es nicht; gelesen wurde „Grundsicherung“.",
    )  # fmt: skip
    renamed = [["Gebiet", "Anträge"], *TABLE[1:]]
    content = book(Sheet("Grundsicherung", TABLE), Sheet("Wohngeld", renamed))
    with pytest.raises(InputRefused) as refused:
        read_delivery(tmp_path / content.name, recipe, given.places(), content=content)
    assert [each.sheet for each in refused.value.findings] == ["Wohngeld"]
