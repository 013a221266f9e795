"""Whatever people fill in: a recipe that was accepted comes back the same, and nothing else than a refusal happens."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.base import InputRefused
from sozialraum.deliveries import recipes
from sozialraum.deliveries.recipe_sheets import recipe_differences
from sozialraum.deliveries.recipe_tables import form_place, recipe_of_tables, tables_of
from sozialraum.deliveries.recipe_words import sections
from sozialraum.deliveries.sign_profiles import profile_from, sign_profiles
from sozialraum.deliveries.sign_sheets import profile_of_tables, profile_text, sign_sections, tables_of_profile

RECIPES = {recipe.code: recipe for recipe in recipes()}
TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=12) | st.sampled_from(
    ["", '""', "\\", "\\n", "a\nb", " ", "(", "x = y", "true", "3", "area", "Komma", "inf", "ohne Grenze"]
)


@st.composite
def edited(draw, all_sections, tables):
    """A filled-in form with some entries overwritten, rows taken away or doubled."""
    changed = {part: [dict(row) for row in rows] for part, rows in tables.items()}
    for _edit in range(draw(st.integers(1, 4))):
        section = draw(st.sampled_from(all_sections))
        rows = changed.setdefault(section.part, [])
        what = draw(st.sampled_from(["write", "write", "write", "drop", "double", "empty"]))
        if what == "empty":
            rows.append({})
        elif rows:
            place = draw(st.integers(0, len(rows) - 1))
            if what == "drop":
                rows.pop(place)
            elif what == "double":
                rows.append(dict(rows[place]))
            else:
                rows[place][draw(st.sampled_from(section.fields)).name] = draw(TEXTS)
    return changed


def accepted(make):
    """What was made; None where it was refused, which always says why."""
    try:
        return make()
    except InputRefused as refused:
        reasons = [finding.what for finding in refused.findings]
    assert reasons
    assert all(reasons)
    return None


@settings(deadline=None)
@given(st.data(), st.sampled_from(sorted(RECIPES)))
def test_a_filled_in_recipe_is_refused_with_reasons_or_comes_back_the_same(data, code):
    tables = data.draw(edited(sections(), tables_of(RECIPES[code])))
    made = accepted(lambda: recipe_of_tables(tables, code, form_place))
    if made is None:
        return
    assert recipe_of_tables(tables_of(made), code) == made
    assert (recipe_differences(RECIPES[code], made) == ()) == (
        tables_of(made) | {"": [tables_of(made)[""][0] | {"version": ""}]}
        == tables_of(RECIPES[code]) | {"": [tables_of(RECIPES[code])[""][0] | {"version": ""}]}
    )


@settings(deadline=None)
@given(st.data(), st.sampled_from(sorted(sign_profiles())))
def test_a_filled_in_explanation_of_signs_is_refused_or_comes_back_the_same(data, code):
    tables = data.draw(edited(sign_sections(), tables_of_profile(sign_profiles()[code])))
    made = accepted(lambda: profile_of_tables(tables, code, form_place))
    if made is None:
        return
    assert profile_of_tables(tables_of_profile(made), code) == made
    assert profile_from(profile_text(made), made.code) == made
