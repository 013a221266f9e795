"""An auditor that shares no code with the release and tries to recompute every hidden count.

It sees what a reader sees: printed numbers, marks, and that tables add up. The sums are written down
here once more, and each hidden count's smallest and largest possible value is found by linear programs.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_array

BANDS = ["00_03", "03_06", "06_15", "15_25", "25_45", "45_65", "65_80", "80_up"]
SUMS = {
    "population": BANDS,
    "pop_00_06": BANDS[:2],
    "pop_03_06": BANDS[1:2],
    "pop_00_15": BANDS[:3],
    "pop_15_25": BANDS[3:4],
    "pop_15_65": BANDS[3:6],
    "pop_00_65": BANDS[:6],
    "pop_65_up": BANDS[6:],
    "pop_80_up": BANDS[7:],
}
WITHIN = {"unemployed_15_25": "unemployed", "benefit_children": "benefit_persons", "hh_single_parent": "hh_children"}
# The agency says what its mark means: 1 to 9. Who knows that knows more than the plain reader.
AGENCY = ("unemployed", "unemployed_15_25", "employees", "benefit_persons", "benefit_children")


def relations(cells, towns):
    """Every sum a reader can form, as (total, parts); parts that nobody prints are left open."""
    found = []
    for unit in sorted({unit for unit, _feature in cells}):
        for total, bands in SUMS.items():
            found.append(((unit, total), [(unit, f"pop_{band}_{sex}") for band in bands for sex in "fm"]))
    for feature in sorted({feature for _unit, feature in cells}):
        found += [((town, feature), [(area, feature) for area in areas]) for town, areas in towns.items()]
        found.append((("region", feature), [(town, feature) for town in towns]))
    return [(total, parts) for total, parts in found if {total, *parts} <= cells]


def audit(values, towns):
    """Width of the possible values of each hidden count, for a reader of the released values."""
    rows = values[~values["status"].isin(["missing", "blocked"])].set_index(["unit", "feature"])
    cells = list(rows.index)
    place = {cell: number for number, cell in enumerate(cells)}
    hidden = (rows["status"] == "suppressed").to_numpy()
    bounds = [
        ((1, 9) if reason == "source" and cell[1] in AGENCY and cell[0] not in (*towns, "region") else (0, None))
        if dark
        else (low, low)
        for cell, dark, low, reason in zip(cells, hidden, rows["low"], rows["reason"], strict=True)
    ]
    sums = relations(set(cells), towns)
    matrix, within = lil_array((len(sums), len(cells))), lil_array((len(cells), len(cells)))
    for number, (total, parts) in enumerate(sums):
        matrix[number, place[total]] = 1
        for part in parts:
            matrix[number, place[part]] = -1
    for cell in cells:
        whole = (cell[0], WITHIN.get(cell[1], ""))
        if whole in place:
            within[place[cell], place[cell]], within[place[cell], place[whole]] = 1, -1
    equal, less = matrix.tocsr(), within.tocsr()
    return {cells[number]: _width(number, equal, less, bounds, len(cells)) for number in np.flatnonzero(hidden)}


def _width(number, equal, less, bounds, size):
    ends = []
    for sign in (1, -1):
        target = np.zeros(size)
        target[number] = sign
        end = linprog(target, A_eq=equal, b_eq=np.zeros(equal.shape[0]), A_ub=less, b_ub=np.zeros(size), bounds=bounds)
        assert end.status in (0, 3)
        ends.append(-np.inf if end.status == 3 else end.fun)
    return -ends[1] - ends[0]
