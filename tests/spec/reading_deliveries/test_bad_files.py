"""Whatever is wrong with a file: one refusal with every reason and its place, and nothing taken over."""

import zipfile

import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery

NOTHING = "Es wurde nichts übernommen"


def empty(folder):
    return specimens.write(folder, "liste.csv", "")


def binary(folder):
    (folder / "liste.csv").write_bytes(bytes(range(256)))
    return folder / "liste.csv"


def wrong_columns(folder):
    return specimens.write(folder, "liste.csv", "Block;Leute\n1;2\n")


def doubled_head(folder):
    return specimens.write(folder, "liste.csv", f"{specimens.HOUSEHOLD_HEAD}\n" * 2)


def doubled_key(folder):
    return specimens.households(folder, "05999004-0001;4;1;0", "05999004-0001;4;1;0")


def no_workbook(folder):
    (folder / "amt.xlsx").write_text("kein Excel")
    return folder / "amt.xlsx"


def corrupt_archive(folder):
    path = specimens.census(folder, specimens.cell(50, 50, "12;8;75,5;"))
    path.write_bytes(path.read_bytes()[:-40])
    return path


def unknown_mark(folder):
    return specimens.households(folder, "05999004-0001;k. A.;1;0")


def wrong_date(folder):
    text = f"{specimens.HOUSEHOLD_HEAD}\n30.02.2025;05999004-0001;4;1;0\n"
    return specimens.write(folder, "liste.csv", text)


def two_tables(folder):
    with zipfile.ZipFile(folder / "zwei.zip", "w") as archive:
        archive.writestr("a.csv", "1")
        archive.writestr("b.csv", "2")
    return folder / "zwei.zip"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (empty, "Die Datei ist leer."),
        (binary, "Die Datei ist keine Textdatei."),
        (wrong_columns, "passt zu keiner bekannten Quelle"),
        (doubled_head, "Hier steht der Kopf der Tabelle ein zweites Mal."),
        (doubled_key, "Zeile 3, Spalte „Baustein“: „05999004-0001“ steht schon in Zeile 2."),
        (no_workbook, "Die Datei ist trotz ihrer Endung keine Excel-Datei."),
        (corrupt_archive, "Das ZIP-Archiv ist beschädigt."),
        (unknown_mark, "Zeile 2, Spalte „Haushalte“: „k. A.“ ist weder eine Zahl noch ein Zeichen dieser Quelle."),
        (wrong_date, "Zeile 2, Spalte „Stichtag“: „30.02.2025“ ist kein gültiges Datum."),
        (two_tables, "Im ZIP-Archiv wird genau eine Tabelle (.csv) erwartet, gefunden: a.csv, b.csv."),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_with_its_place(tmp_path, make, reason):
    path = make(tmp_path)
    with pytest.raises(InputRefused) as caught:
        read_delivery(path, find_recipe(path), specimens.places())
    assert reason in str(caught.value)
    assert path.name in str(caught.value)
    assert NOTHING in str(caught.value)
