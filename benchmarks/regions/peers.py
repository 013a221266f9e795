"""Other programs for contiguous areas, each behind the same small interface.

A peer takes a Task, imports and converts what it needs, and returns a stream of label arrays: one plan for a
method without chance, one per seed or per step for the others. The stream's maker is not measured, the stream is.
None of these programs is a dependency: they come with the extra `peers`.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.regions.instances import Instance

Stream = Iterator[np.ndarray]
ATTEMPTS = 10_000  # of gerrychain to draw a tree with a balanced cut


@dataclass(frozen=True)
class Task:
    """What a method is given: the instance and the first seed."""

    instance: Instance
    seed: int = 1


def scikit_learn_ward(task: Task) -> Stream:
    from sklearn.cluster import AgglomerativeClustering

    model = AgglomerativeClustering(task.instance.areas, connectivity=contiguity(task.instance), linkage="ward")
    return (np.asarray(model.fit_predict(task.instance.values)) for _ in range(1))


def contiguity(instance: Instance) -> Any:
    """Symmetric sparse matrix of ones between neighbours."""
    from scipy.sparse import coo_matrix

    number, edges = len(instance.population), instance.edges
    half = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(number, number))
    return (half + half.T).tocsr()


# ---- spopt


def frame(instance: Instance) -> tuple[Any, Any, list[str]]:
    """Units with their attributes as `a0`, `a1`, ..., their neighbours, and the names of the attributes."""
    import geopandas
    from libpysal.weights import W

    names = [f"a{column}" for column in range(instance.values.shape[1])]
    units = geopandas.GeoDataFrame(
        {name: instance.values[:, column] for column, name in enumerate(names)},
        geometry=geopandas.points_from_xy(*instance.points.T),
    )
    units["persons"] = instance.population
    near: dict[int, list[int]] = {unit: [] for unit in range(len(units))}
    for a, b in instance.edges.tolist():
        near[a].append(b)
        near[b].append(a)
    return units, W(near, silence_warnings=True), names


def solved(model: Any) -> np.ndarray:
    model.solve()
    return np.asarray(model.labels_).astype(np.int64)


def spopt_ward(task: Task) -> Stream:
    from spopt.region import WardSpatial

    units, near, names = frame(task.instance)
    return (solved(WardSpatial(units, near, names, task.instance.areas)) for _ in range(1))


def spopt_skater(task: Task) -> Stream:
    from sklearn.metrics import pairwise
    from spopt.region import Skater

    units, near, names = frame(task.instance)
    keywords = {"dissimilarity": pairwise.euclidean_distances}
    return (solved(Skater(units, near, names, task.instance.areas, spanning_forest_kwds=keywords)) for _ in range(1))


def spopt_maxp(task: Task) -> Stream:
    from spopt.region import MaxPHeuristic

    units, near, names = frame(task.instance)

    def once(seed: int) -> np.ndarray:
        np.random.seed(seed)
        return solved(MaxPHeuristic(units, near, names, "persons", task.instance.low_maxp))

    return (once(seed) for seed in seeds(task))


def spopt_azp(task: Task) -> Stream:
    from spopt.region import AZP

    units, near, names = frame(task.instance)
    return (solved(AZP(units, near, names, task.instance.areas, random_state=seed)) for seed in seeds(task))


# ---- GeoDa


def geoda(task: Task) -> tuple[Any, list[list[float]]]:
    """Neighbours and columns as pygeoda takes them; it reads neighbours from a file only."""
    from pygeoda.weights import read_gal

    number = len(task.instance.population)
    near: list[list[str]] = [[] for _ in range(number)]
    for a, b in task.instance.edges.tolist():
        near[a].append(str(b))
        near[b].append(str(a))
    lines = [f"0 {number} blocks id"]
    for unit, others in enumerate(near):
        lines += [f"{unit} {len(others)}", " ".join(others)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blocks.gal"
        path.write_text("\n".join(lines) + "\n", encoding="ascii")
        weights = read_gal(str(path), [str(unit) for unit in range(number)])
    return weights, task.instance.values.T.tolist()


def floor(task: Task) -> dict[str, Any]:
    return {"bound_variable": task.instance.population.tolist(), "min_bound": task.instance.low}


def clusters(found: Any) -> np.ndarray:
    """Labels from 0; GeoDa counts from 1 and gives 0 to what it leaves out."""
    return np.asarray(found["Clusters"]) - 1


def geoda_skater(task: Task, bounded: bool = False) -> Stream:
    import pygeoda

    near, columns = geoda(task)
    more = floor(task) if bounded else {}
    return (
        clusters(pygeoda.skater(task.instance.areas, near, columns, scale_method="raw", cpu_threads=1, **more))
        for _ in range(1)
    )


def geoda_redcap(task: Task, bounded: bool = False) -> Stream:
    import pygeoda

    near, columns = geoda(task)
    more = floor(task) if bounded else {}
    method = "fullorder-wardlinkage"
    return (
        clusters(pygeoda.redcap(task.instance.areas, near, columns, method, scale_method="raw", cpu_threads=1, **more))
        for _ in range(1)
    )


def geoda_schc(task: Task) -> Stream:
    import pygeoda

    near, columns = geoda(task)
    return (clusters(pygeoda.schc(task.instance.areas, near, columns, "ward", scale_method="raw")) for _ in range(1))


def geoda_azp(task: Task) -> Stream:
    import pygeoda

    near, columns = geoda(task)
    return (
        clusters(
            pygeoda.azp_greedy(task.instance.areas, near, columns, scale_method="raw", random_seed=seed, **floor(task))
        )
        for seed in seeds(task)
    )


def geoda_maxp(task: Task) -> Stream:
    import pygeoda

    near, columns = geoda(task)
    persons, low = task.instance.population.tolist(), task.instance.low_maxp
    return (
        clusters(pygeoda.maxp_greedy(near, columns, persons, low, scale_method="raw", random_seed=seed, cpu_threads=1))
        for seed in seeds(task)
    )


# ---- gerrychain


def recom(task: Task) -> Stream:
    """ReCom (recombination along random trees), tilted: a worse plan is kept one time in fifty."""
    import networkx
    from gerrychain import Graph, MarkovChain, Partition, updaters
    from gerrychain.proposals import recom as recombine

    instance = task.instance
    graph = networkx.Graph(instance.edges.tolist())
    networkx.set_node_attributes(graph, dict(enumerate(instance.population.tolist())), "persons")
    districts = Graph.from_networkx(graph)
    mean = float(instance.population.sum()) / instance.areas
    room = min(1 - instance.low / mean, instance.high / mean - 1)  # its bounds lie symmetrically about the mean
    dice = random.Random(task.seed)
    worth = {"spread": lambda plan: spread(instance, labels_of(plan, len(instance.population)))}

    def stream() -> Stream:
        start = Partition.from_random_assignment(
            districts, instance.areas, room, "persons", {"persons": updaters.Tally("persons"), **worth}, rng=dice
        )

        def propose(plan: Any, *, rng: Any = None) -> Any:
            return recombine(plan, "persons", mean, room, rng=rng)

        def tilted(plan: Any, *, rng: Any = None) -> bool:
            return plan.parent is None or plan["spread"] <= plan.parent["spread"] or dice.random() < 0.02

        for plan in MarkovChain(propose, [], tilted, start, 10**9, rng=dice):
            yield labels_of(plan, len(instance.population))

    return stream()


def labels_of(plan: Any, number: int) -> np.ndarray:
    """Area of each unit, units by their number in the instance."""
    labels = np.full(number, -1)
    for unit, area in plan.assignment.items():
        labels[plan.graph.original_nx_node_id_for_internal_node_id(unit)] = area
    return labels


# ---- all of them


def seeds(task: Task) -> range:
    """Seeds of a method by chance: it begins again until its time is used up."""
    return range(task.seed, task.seed + 10**6)


def spread(instance: Instance, labels: np.ndarray) -> float:
    """Weighted sum of squared deviations from the area means, % of the total; only to choose among a peer's plans."""
    weights = instance.population
    mass = np.maximum(np.bincount(labels, weights), 1e-12)
    between = sum(float((np.bincount(labels, weights * column) ** 2 / mass).sum()) for column in instance.values.T)
    return 100.0 * (1.0 - between / float((weights[:, None] * instance.values**2).sum()))


PEERS: dict[str, Callable[[Task], Stream]] = {
    "scikit-learn Ward": scikit_learn_ward,
    "spopt WardSpatial": spopt_ward,
    "spopt Skater": spopt_skater,
    "spopt AZP": spopt_azp,
    "spopt MaxP": spopt_maxp,
    "GeoDa skater": geoda_skater,
    "GeoDa skater, lower bound": lambda task: geoda_skater(task, bounded=True),
    "GeoDa redcap": geoda_redcap,
    "GeoDa redcap, lower bound": lambda task: geoda_redcap(task, bounded=True),
    "GeoDa schc": geoda_schc,
    "GeoDa azp_greedy": geoda_azp,
    "GeoDa maxp_greedy": geoda_maxp,
    "gerrychain ReCom": recom,
}
# Most units a slow peer is given: at the next larger size here it was not done after 20 s.
TREES = ("GeoDa skater", "GeoDa skater, lower bound", "GeoDa redcap", "GeoDa redcap, lower bound")
MOST_UNITS = {"spopt Skater": 100, "spopt AZP": 300, "spopt MaxP": 300, "GeoDa maxp_greedy": 1_100}
MOST_UNITS |= dict.fromkeys(TREES, 10_000)
PACKAGES = ("scikit-learn", "spopt", "pygeoda", "gerrychain", "libpysal")
