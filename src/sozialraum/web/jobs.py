"""Long work: one job at a time in a thread of its own, told step by step, stopped on request."""

from __future__ import annotations

import asyncio
import contextvars
import json
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from sozialraum.base import Interrupted, Progress, SozialraumError, UsageError, _

log = logging.getLogger(__name__)
Work = Callable[[Progress], dict[str, Any]]
POLL_SECONDS = 0.15
KEPT_JOBS = 50


@dataclass
class Job:
    """What a page shows of running or finished work; state: running, done, stopped, refused or failed."""

    job_id: str
    title: str
    state: str = "running"
    stage: str = ""
    done: int = 0
    total: int = 0
    lines: list[str] = field(default_factory=list)
    result: dict[str, Any] = field(default_factory=dict)
    problem: dict[str, Any] | None = None
    version: int = 0
    started: float = field(default_factory=time.monotonic)
    stopping: threading.Event = field(default_factory=threading.Event)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.job_id,
            "title": self.title,
            "state": self.state,
            "stage": self.stage,
            "done": self.done,
            "total": self.total,
            "seconds": round(time.monotonic() - self.started, 1),
            "stopping": self.stopping.is_set() and self.state == "running",
            "lines": self.lines,
            "result": self.result,
            "problem": self.problem,
        }


class Reporting:
    """Progress that writes into a job and stops the work when asked."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def stage(self, text: str) -> None:
        self._tell(stage=text, done=0, total=0)

    def step(self, done: int, total: int) -> None:
        self._tell(done=done, total=total)

    def done(self, text: str) -> None:
        self.job.lines.append(text)
        self._tell()

    def _tell(self, **changes: Any) -> None:
        if self.job.stopping.is_set():
            raise Interrupted(_("Auf Ihren Wunsch abgebrochen. Der letzte vollständige Stand gilt weiter."))
        for name, value in changes.items():
            setattr(self.job, name, value)
        self.job.version += 1


class Jobs:
    """The table of jobs in memory; at most one runs."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._count = 0
        self._lock = threading.Lock()

    def start(self, title: str, work: Work, finished: Callable[[], None] = lambda: None) -> Job:
        """Start work in a thread; UsageError when other work is still running."""
        with self._lock:
            running = self.running()
            if running is not None:
                raise UsageError(
                    _("Es wird noch gerechnet: {title}. Warten Sie das Ende ab oder brechen Sie ab.").format(
                        title=running.title
                    )
                )
            self._count += 1
            job = Job(str(self._count), title)
            self._jobs[job.job_id] = job
            self._jobs.pop(str(self._count - KEPT_JOBS), None)
        context = contextvars.copy_context()
        thread = threading.Thread(target=context.run, args=(run, job, work, finished), name="job", daemon=True)
        thread.start()
        return job

    def get(self, job_id: str) -> Job | None:
        return self._jobs.get(job_id)

    def running(self) -> Job | None:
        """The job that runs now."""
        return next((job for job in self._jobs.values() if job.state == "running"), None)

    def forget_results(self) -> None:
        """Forget what ended jobs found, when something in it must not be told any more."""
        for job in self._jobs.values():
            if job.state != "running":
                job.result, job.lines, job.problem = {}, [], None

    def stop(self, job_id: str) -> None:
        """Ask a job to stop at its next step."""
        job = self.get(job_id)
        if job is not None:
            job.stopping.set()
            job.version += 1


def run(job: Job, work: Work, finished: Callable[[], None]) -> None:
    """Do the work and write down how it ended; `finished` runs before the page learns of it."""
    state, problem = "done", None
    try:
        job.result = work(Reporting(job))
    except Interrupted as stopped:
        state, problem = "stopped", problem_of(stopped)
    except SozialraumError as refused:
        state, problem = "refused", problem_of(refused)
    except Exception as error:
        log.exception("job failed: %s", job.title)
        state, problem = "failed", unexpected(error)
    finished()
    job.problem, job.state = problem, state
    job.version += 1


def problem_of(error: SozialraumError) -> dict[str, Any]:
    """What, where and what to do, for the page."""
    findings = getattr(error, "findings", ())
    return {
        "headline": getattr(error, "headline", str(error)),
        "findings": [finding_json(finding) for finding in findings],
        "todo": getattr(error, "todo", ""),
    }


def finding_json(finding: Any) -> dict[str, str]:
    return {"sentence": finding.sentence(), "severity": finding.severity}


def unexpected(error: Exception) -> dict[str, Any]:
    """A mistake of ours: say that the project is as it was and where the details are."""
    return {
        "headline": _("Das hat nicht funktioniert; die Ursache liegt in der Anwendung, nicht bei Ihnen."),
        "findings": [{"sentence": f"{type(error).__name__}: {error}", "severity": "error"}],
        "todo": _("Der letzte vollständige Stand gilt weiter. Näheres steht im Fenster, in dem die Anwendung läuft."),
    }


async def events(job: Job) -> AsyncIterator[str]:
    """The job as server-sent events: one at every change, the last one when it has ended."""
    seen, quiet = -1, 0.0
    while True:
        version, ended = job.version, job.state != "running"
        if version != seen:
            seen, quiet = version, 0.0
            yield f"data: {json.dumps(job.as_json(), ensure_ascii=False)}\n\n"
        if ended:
            return
        await asyncio.sleep(POLL_SECONDS)
        quiet += POLL_SECONDS
        if quiet > 10:
            quiet = 0.0
            yield ": still here\n\n"
