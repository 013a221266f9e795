import deliveries_specimens as specimens
import pytest

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, recipes
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.find import fitting


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: specimens.register(folder, "05999004-0001;0;3;w;D;5"), "register"),
        (lambda folder: specimens.households(folder, "05999004-0001;40;10;2"), "households"),
        (specimens.agency, "agency_unemployed"),
        (specimens.facilities, "facilities"),
        (lambda folder: specimens.census(folder, specimens.cell(50, 50, "12;8;75,5;")), "census_dwellings"),
        (specimens.youth, "youth_office"),
        (lambda folder: specimens.youth(folder, merged=False, aid="im Jahr 2025"), "youth_office"),
    ],
)
def test_each_source_is_recognised_by_its_content(tmp_path, make, code):
    path = make(tmp_path)
    renamed = path.rename(tmp_path / ("irgendein_name" + path.suffix))
    assert find_recipe(renamed).code == code


@pytest.mark.parametrize("delimiter", [";", ",", "|", "\t"])
def test_the_four_delimiters_are_recognised(tmp_path, delimiter):
    text = f"{specimens.HOUSEHOLD_HEAD}\n31.12.2025;05999004-0001;40;10;2\n".replace(";", delimiter)
    assert find_recipe(specimens.write(tmp_path, "liste.csv", text)).code == "households"


def test_an_unknown_file_is_refused_with_the_list_of_known_sources(tmp_path):
    path = specimens.write(tmp_path, "wetter.csv", "Tag;Regen\n1;2\n")
    with pytest.raises(InputRefused) as caught:
        find_recipe(path)
    said = [finding.what for finding in caught.value.findings]
    assert all(any(recipe.title in line for line in said) for recipe in recipes())
    assert "Es wurde nichts übernommen" in str(caught.value)


def test_a_nearly_known_file_is_told_which_columns_are_missing(tmp_path):
    path = specimens.write(tmp_path, "haushalte.csv", specimens.HOUSEHOLD_HEAD.replace("Baustein", "Block") + "\nx\n")
    with pytest.raises(InputRefused, match="Am nächsten kommt „Haushalte nach Bausteinen“; dafür fehlt: „Baustein“"):
        find_recipe(path)


def test_a_file_that_fits_two_recipes_fits_both(tmp_path):
    path = specimens.agency(tmp_path)
    twice = tuple(recipe for recipe in recipes() if recipe.code == "agency_unemployed") * 2
    assert len(fitting(open_file(path), twice)) == 2
