"""No kernel reads or writes outside its arrays, and none is given more areas than it has room for."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from brute_force import Task, all_plans
from sozialraum.base import UsageError
from sozialraum.delineation import NoPlanFound, NoPlanPossible, make_problem, partition
from sozialraum.delineation.first_plan import first_areas
from sozialraum.delineation.flat import flat_graph
from sozialraum.delineation.kernels.chance import seeded, waiting_times
from sozialraum.delineation.reasons import reasons_against

ROOT = Path(__file__).resolve().parents[3]
FIVE = {"population": np.full(5, 100), "values": np.arange(5.0)[:, None], "bounds": (0, np.inf)}
STAR = np.array([[0, 4], [1, 4], [2, 4], [3, 4]])

# in each of them more than two pieces are left that nothing can join
UNJOINABLE = {
    "two groups want the same free block": Task(STAR, locks=np.array([0, 0, 1, 1, -1]), **FIVE),
    "two groups in one part beside a free part": Task(
        np.array([[0, 1], [2, 3], [3, 4]]), locks=np.array([0, 1, -1, -1, -1]), **FIVE
    ),
    "a start plan whose pieces are groups": Task(
        STAR, locks=np.array([0, 0, 1, 1, -1]), start=np.array([2, 3, 3, 2, -1]), change_cost=0.01, **FIVE
    ),
}


@pytest.mark.parametrize("task", UNJOINABLE.values(), ids=UNJOINABLE.keys())
def test_pieces_that_nothing_joins_never_reach_the_kernels(task):
    problem = make_problem(areas=2, **task.arguments)
    assert reasons_against(problem) == ()  # nothing is known against it before the search
    with pytest.raises(NoPlanFound):
        first_areas(problem, flat_graph(problem), 0.0, np.inf, seeded(0), waiting_times())


@pytest.mark.parametrize("effort", ["draft", "standard", "exact"])
@pytest.mark.parametrize("task", UNJOINABLE.values(), ids=UNJOINABLE.keys())
def test_they_are_called_impossible(task, effort):
    assert all_plans(task, 2) == []
    with pytest.raises(NoPlanPossible):
        partition(areas=2, effort=effort, **task.arguments)


@pytest.mark.parametrize("price", [np.inf, np.nan, -1.0])
def test_a_price_of_change_that_is_no_price_is_refused(price):
    task = Task(STAR, start=np.array([2, 2, 3, 3, 3]), change_cost=price, **FIVE)
    with pytest.raises(UsageError, match="change_cost"):
        partition(areas=2, effort="exact", **task.arguments)


def test_numbers_whose_products_are_too_large_are_refused():
    task = Task(STAR, **FIVE)
    for name, numbers in [
        ("values", np.array([[1e154], [0], [1], [2], [3]])),
        ("weights", np.array([1e-300, 1, 1, 1, 1])),
        ("population", np.array([1e150, 1, 1, 1, 1])),
        ("edge_costs", np.array([-1.7e308, 0, 0, 0])),
        ("change_cost", 1e300),
    ]:
        with pytest.raises(UsageError, match=name):
            partition(areas=2, effort="exact", **(task.arguments | {name: numbers}))


def test_weights_far_apart_leave_the_exact_cut_inside_its_arrays():
    """Light blocks are lost beside a heavy one: a bound of the cut is no number, yet one of the blocks is chosen."""
    code = (
        "import delineation_strict as d; d.watch()\n"
        "import numpy as np\n"
        "from sozialraum.delineation import make_problem\n"
        "from sozialraum.delineation.exact import improve_pairs\n"
        "given = make_problem(\n"
        "    np.array([[0, 1], [0, 2], [1, 2]]), np.full(3, 100), np.array([[0.0], [0], [1]]), areas=2,\n"
        "    bounds=(0, np.inf), weights=np.array([1e-30, 1e-30, 1e20]), edge_costs=np.array([3.0, 1, 5]))\n"
        "print(improve_pairs(given, np.array([0, 1, 1]))[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "tests")
    assert done.stdout == "[0 0 1]\n", done.stderr


def test_tasks_of_every_kind_stay_inside_all_arrays():
    """Without the compiler, in a process of its own; the compiled check of very many tasks is run by hand."""
    command = [sys.executable, ROOT / "benchmarks" / "fuzz_partition.py", "--plain", "--tasks", "150"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, "150 tasks, 0 faults\n", "")


def test_a_place_outside_is_noticed():
    """The watched arrays do refuse."""
    code = (
        "import delineation_strict as d; d.watch()\n"
        "from sozialraum.delineation.kernels.ward import root\n"
        "import numpy as np\n"
        "for place in (-1, 3):\n"
        "    try: root(np.arange(3), place)\n"
        "    except IndexError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "tests")
    assert done.stdout == "refused\nrefused\n", done.stderr
