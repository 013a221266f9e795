"""Start one process per run, score its labels with the independent checker, collect the outcomes."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.regions.child import ENGINE, Request

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "benchmarks" / "regionalisation"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
PATIENCE = 600  # seconds of waiting beyond the budget: other work may share the machine


@dataclass(frozen=True)
class Outcome:
    """One run. cpu : processor seconds of the search. mib : memory beyond the process before it.
    scores : what the checker says of the best plan ('any') and of the best within bounds ('kept'), by kind.
    facts : what the process itself reported. fault : why there is no plan, '' otherwise.
    """

    instance: str
    units: int
    method: str
    kind: str
    cpu: float = float("nan")
    mib: float = float("nan")
    scores: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    labels: str = ""
    fault: str = ""

    @property
    def ours(self) -> bool:
        return self.method.startswith(ENGINE)


def checker(folder: Path = SHARED) -> Any:
    """The checker that comes with the shared instances; it shares no code with any solver."""
    spec = importlib.util.spec_from_file_location("regionalisation_checker", folder / "checker.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "checker.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(request: Request, python: str = sys.executable, extra: dict[str, str] | None = None) -> Outcome:
    """Run one request in a fresh process and score what it leaves; never raises for a method that fails."""
    with tempfile.TemporaryDirectory(prefix="regions-") as place:
        folder = Path(place)
        (folder / "request.json").write_text(json.dumps(asdict(request)), encoding="utf-8")
        command = [python, "-m", "benchmarks.regions.child", str(folder / "request.json"), str(folder)]
        environment = {**os.environ, **ONE_THREAD, **(extra or {})}
        try:
            ended = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=request.budget + PATIENCE
            )
        except subprocess.TimeoutExpired:
            return outcome(request, folder, "not done in time")
        return outcome(request, folder, fault_of(ended.returncode, ended.stderr, request.budget))


def fault_of(code: int, said: str, budget: float) -> str:
    if code == 0:
        return ""
    if code < 0 and code in (-24, -9):  # SIGXCPU, SIGKILL
        return f"not done in {budget:g} s"
    last = said.strip().splitlines()[-1:] or [f"exit code {code}"]
    return last[0][:160]


def outcome(request: Request, folder: Path, fault: str) -> Outcome:
    """What a run left behind: a plan found before the end of the process counts."""
    judge = checker()
    instance = judge.load(request.instance)
    bare = Outcome(Path(request.instance).stem, len(instance["pop"]), request.method, request.kind, fault=fault)
    if not (folder / "result.json").is_file():
        return bare
    facts = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    bounds = {} if request.kind == "bounds" else {"lo": 0.0, "hi": float("inf")}
    scores, text = {}, ""
    for kind in ("any", "kept"):
        if (folder / f"{kind}.npy").is_file():
            labels = np.load(folder / f"{kind}.npy")
            scores[kind] = judge.score(instance, labels, **bounds)
            text = text or fingerprint(labels)
    return Outcome(
        bare.instance, bare.units, request.method, request.kind, facts.pop("cpu"), facts.pop("mib"), scores, facts, text
    )


def fingerprint(labels: np.ndarray) -> str:
    import hashlib

    return hashlib.sha256(labels.astype("<i8").tobytes()).hexdigest()[:16]


def packages_of(python: str, names: tuple[str, ...]) -> dict[str, str]:
    """Versions of the named packages an interpreter has; those missing are left out."""
    code = "import json, sys; from importlib.metadata import distributions as all; "
    code += "print(json.dumps({one.metadata['Name'].lower(): one.version for one in all()}))"
    said = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    installed = json.loads(said.stdout)
    return {name: installed[name] for name in names if name in installed}
