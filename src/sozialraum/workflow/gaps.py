"""What is there, late, missing or not to be had: data set by municipality by year, with who cares and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sozialraum.base import UsageError, _, name_key
from sozialraum.base.text import line_fault, shown
from sozialraum.deliveries.catalogue_records import DataSet
from sozialraum.deliveries.forms import FORM_CODE
from sozialraum.project import Project
from sozialraum.project.requesting import Expectation
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.catalogue_search import known_data_sets, same_data
from sozialraum.workflow.rhythm import Rhythm, editions_due, rhythm_of

GapState = Literal["there", "late", "missing", "coming", "unavailable"]
LONGEST_LINE = 300
SHOWN_YEARS = 6


@dataclass(frozen=True, slots=True)
class GapCell:
    """One data set of one municipality for one year.

    state : 'there' (a delivery in force covers it), 'late' (expected, the due date is over), 'missing',
    'coming' (its reference date has not come yet), 'unavailable' (known not to be had). due : ISO date, '' = none.
    deliveries : keys of those that cover it. days_late : days since the due date, 0 when not late.
    """

    data_set: str
    ags: str
    year: str
    state: GapState
    owner: str = ""
    due: str = ""
    note: str = ""
    deliveries: tuple[str, ...] = ()
    days_late: int = 0


@dataclass(frozen=True)
class GapMatrix:
    """Data sets by theme, municipalities by name, years, and the cells that are not outside of the rhythm.

    municipalities : AGS and name. entered : keys of the data sets that stand in the catalogue.
    """

    today: str
    rhythm: Rhythm
    data_sets: tuple[DataSet, ...]
    municipalities: tuple[tuple[str, str], ...]
    years: tuple[str, ...]
    cells: tuple[GapCell, ...]
    entered: frozenset[str]

    def cell(self, data_set: str, ags: str, year: str) -> GapCell | None:
        """One cell; None when nothing is expected there."""
        return next((one for one in self.cells if (one.data_set, one.ags, one.year) == (data_set, ags, year)), None)

    def count(self, state: GapState) -> int:
        """How many cells have this state."""
        return sum(cell.state == state for cell in self.cells)


def gap_matrix(project: Project, today: str) -> GapMatrix:
    """The whole matrix on a day (ISO date).

    Data sets that only deliveries speak of are in it too. A year outside the rhythm of a data set has a cell only
    where something was delivered or is expected.
    """
    _sources, data_sets = known_data_sets(project)
    towns = project.municipalities()
    named = sorted(zip(towns["ags"], towns["name"], strict=True), key=lambda row: name_key(str(row[1])))
    there = _delivered(project, data_sets)
    expected = {(one.data_set, one.ags, one.year): one for one in project.expectations()}
    rhythm = rhythm_of(project)
    years = _years(rhythm, today, [key[2] for key in (*there, *expected)], _editions(project))
    cells = []
    for data_set in data_sets:
        for ags, _name in named:
            for year in years:
                key = (data_set.data_set_id, str(ags), year)
                if key in there or key in expected or _in_rhythm(data_set, rhythm, year, there, str(ags)):
                    cells.append(_cell(key, there.get(key, ()), expected.get(key), today, rhythm))
    return GapMatrix(
        today,
        rhythm,
        tuple(sorted(data_sets, key=lambda one: (one.theme == "", name_key(one.theme), name_key(one.title)))),
        tuple((str(ags), str(name)) for ags, name in named),
        years,
        tuple(cells),
        frozenset(one.data_set_id for one in project.data_sets()),
    )


def expect(
    project: Project,
    data_set: str,
    ags: Iterable[str],
    years: Iterable[str],
    due: str = "",
    owner: str = "",
    note: str = "",
    role: str = DEFAULT_ROLE,
) -> list[Expectation]:
    """Say that a data set is expected from municipalities for years, by when, and who cares for it.

    due : ISO date, '' = as the rhythm of editions says. owner : a function, never a person's name.
    Raises UsageError: unknown data set or municipality, a year or date that is none.
    """
    rhythm = rhythm_of(project)
    made = [
        Expectation(data_set, one, year, "expected", owner.strip(), due or rhythm.due_date(int(year)), note.strip())
        for one, year in _checked(project, data_set, ags, years, due, owner, note)
    ]
    project.save_expectations(made, role)
    return made


def unavailable(
    project: Project,
    data_set: str,
    ags: Iterable[str],
    years: Iterable[str],
    note: str = "",
    owner: str = "",
    role: str = DEFAULT_ROLE,
) -> list[Expectation]:
    """Say that a data set is not to be had, and why. Raises UsageError as `expect`, and without a reason."""
    if not note.strip():
        raise UsageError(_("Geben Sie an, warum die Daten nicht zu haben sind."))
    pairs = _checked(project, data_set, ags, years, "", owner, note)
    made = [Expectation(data_set, one, year, "unavailable", owner.strip(), "", note.strip()) for one, year in pairs]
    project.save_expectations(made, role)
    return made


def forget(project: Project, data_set: str, ags: Iterable[str], years: Iterable[str], role: str = DEFAULT_ROLE) -> None:
    """Take back what was said about cells."""
    project.forget_expectations([Expectation(data_set, one, year) for one in ags for year in years], role)


def state_words() -> dict[GapState, str]:
    """State of a cell -> how it is called."""
    return {
        "there": _("da"),
        "late": _("verspätet"),
        "missing": _("fehlt"),
        "coming": _("noch nicht fällig"),
        "unavailable": _("nicht zu haben"),
    }


def _delivered(project: Project, data_sets: Sequence[DataSet]) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """(data set, AGS, year) -> keys of the deliveries in force that cover it."""
    frame = project.deliveries()
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    in_force = frame[(frame["withdrawn_on"] == "") & (frame["replaced_by"] == "")]
    forms = same_data(project.recipes())
    everywhere = tuple(map(str, project.municipalities()["ags"]))
    placed = _towns_of_facilities(project)
    for row in in_force.to_dict("records"):
        towns = row["municipalities"] or placed.get(str(row["delivery_id"])) or everywhere
        for data_set in data_sets:
            if not _is_of(data_set, str(row["data_set"]), str(row["recipe"]), forms):
                continue
            for ags in towns:
                for year in dict.fromkeys(str(period)[:4] for period in row["periods"]):
                    key = (data_set.data_set_id, str(ags), year)
                    found[key] = (*found.get(key, ()), str(row["delivery_id"]))
    return found


def _towns_of_facilities(project: Project) -> dict[str, tuple[str, ...]]:
    """Key of a delivery -> AGS of the municipalities it has facilities in; protected ones are nowhere."""
    facilities = project.facilities()
    if facilities.empty:
        return {}
    blocks = project.blocks()
    town = dict(zip(blocks["block_id"].astype(str), blocks["municipality"].astype(str), strict=True))
    facilities = facilities.assign(town=facilities["block_id"].map(town)).dropna(subset="town")
    return {str(key): tuple(sorted(set(own))) for key, own in facilities.groupby("delivery_id")["town"]}


def _is_of(data_set: DataSet, named: str, recipe: str, forms: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a delivery is of this data set: as it says itself, else by its recipe or another form of the same data.

    forms : recipe -> recipes for the same data.
    """
    if named:  # a data set that is only proposed may have been named after another form
        return named == data_set.data_set_id or named in forms.get(data_set.recipe, ())
    return bool(recipe) and (
        recipe in (data_set.recipe, FORM_CODE + data_set.data_set_id) or recipe in forms.get(data_set.recipe, ())
    )


def _cell(
    key: tuple[str, str, str], deliveries: tuple[str, ...], expected: Expectation | None, today: str, rhythm: Rhythm
) -> GapCell:
    owner, due, note = (expected.owner, expected.due, expected.note) if expected else ("", "", "")
    state: GapState = "coming" if rhythm.reference_date(int(key[2])) > today else "missing"
    late = 0
    if deliveries:
        state = "there"
    elif expected is not None and expected.state == "unavailable":
        state = "unavailable"
    elif due and due < today:
        state, late = "late", (date.fromisoformat(today) - date.fromisoformat(due)).days
    return GapCell(*key, state, owner, due, note, deliveries, late)


def _in_rhythm(
    data_set: DataSet, rhythm: Rhythm, year: str, there: dict[tuple[str, str, str], tuple[str, ...]], ags: str
) -> bool:
    """Whether a data set comes for this year: every year, or counted on from the last one delivered."""
    if not rhythm.is_edition(int(year)):
        return False
    if data_set.rhythm <= 12:
        return True
    last = [int(key[2]) for key in there if key[0] == data_set.data_set_id and key[1] == ags]
    start = max(last) if last else rhythm.first
    return (int(year) - start) * 12 % data_set.rhythm == 0


def _years(rhythm: Rhythm, today: str, named: Iterable[str], editions: Iterable[str]) -> tuple[str, ...]:
    """The years that are spoken of and the next edition, newest first."""
    years = {*named, *editions, str(editions_due(rhythm, today, 1)[0].year)}
    return tuple(sorted(years, reverse=True)[:SHOWN_YEARS])


def _editions(project: Project) -> list[str]:
    return [str(period)[:4] for period in project.settings.get("editions") or ()]


def _checked(
    project: Project,
    data_set: str,
    ags: Iterable[str],
    years: Iterable[str],
    due: str,
    owner: str,
    note: str,
) -> list[tuple[str, str]]:
    """Pairs of municipality and year. Raises UsageError with everything wrong."""
    towns, wanted = list(dict.fromkeys(ags)), list(dict.fromkeys(years))
    faults = []
    if data_set not in {one.data_set_id for one in known_data_sets(project)[1]}:
        faults.append(_("Den Datensatz „{key}“ gibt es nicht.").format(key=shown(data_set)))
    lost = [one for one in towns if one not in set(project.municipalities()["ags"])]
    if lost or not towns:
        faults.append(_("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht.").format(ags=shown("".join(lost[:1]))))
    faults += [
        _("„{year}“ ist kein Jahr.").format(year=shown(year))
        for year in wanted
        if not (year.isascii() and year.isdecimal() and 1990 <= int(year) <= 2100)
    ]
    if not wanted:
        faults.append(_("Das Jahr fehlt."))
    if due and not _is_day(due):
        faults.append(_("„{due}“ ist kein Datum.").format(due=shown(due)))
    for name, text in ((_("Zuständig"), owner), (_("Bemerkung"), note)):
        fault = line_fault(text, LONGEST_LINE)
        faults += [f"{name} {fault}"] if fault else []
    if faults:
        raise UsageError(" ".join(faults))
    return [(one, year) for one in towns for year in wanted]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
