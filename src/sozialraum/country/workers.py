"""Who computes the tasks: processes of this machine, or an existing cluster. Nothing else knows of the cluster."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from sozialraum.base import SozialraumError, UsageError, _
from sozialraum.country.task import start_worker

SECONDS_TO_CONNECT = 15
# One thread per process: the tasks themselves are what runs side by side.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class WorkersGone(SozialraumError):
    """The computing processes ended from outside; finished municipalities are kept."""


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(number: int, effort: str) -> Iterator[tuple[Executor, int]]:
    """A pool of `number` fresh processes with the search loaded, and how many tasks it works on at once."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    # Fresh processes, not copies of this one: it has threads (Parquet, progress bar) that a copy would miss.
    pool = ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=start_worker, initargs=(effort,))
    try:
        with _undisturbed():
            pool.submit(os.getpid)  # the first task starts all processes
        yield pool, number
    finally:
        _end(pool)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C for a moment; processes started meanwhile never get one, this one gets it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes; one still busy is not waited for, its municipality is computed by the next run."""
    if getattr(pool, "_pending_work_items", None):
        for worker in list((getattr(pool, "_processes", None) or {}).values()):
            worker.terminate()
    pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a running dask scheduler as an executor, and how many tasks they work on at once."""
    try:
        import distributed
    except ImportError:
        text = _("Für einen Rechnerverbund fehlt ein Zusatzpaket. Installieren Sie es mit: pip install {extra}")
        raise UsageError(text.format(extra='"sozialraum[cluster]"')) from None
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        text = _("Unter „{address}“ antwortet kein Rechnerverbund. Prüfen Sie Adresse und Anschluss.")
        raise UsageError(text.format(address=address)) from error
    try:
        width = sum(client.nthreads().values())
        if not width:
            text = _("Der Rechnerverbund unter „{address}“ hat keine rechnenden Prozesse. Starten Sie dort welche.")
            raise UsageError(text.format(address=address))
        # pure=False: each task is computed once, not looked up by its content
        yield client.get_executor(pure=False), width
    finally:
        client.close()


def result_of(future: Future) -> Any:
    """The result of a finished task; WorkersGone when its process was ended from outside."""
    try:
        return future.result()
    except (BrokenProcessPool, CancelledError) as error:
        raise WorkersGone(_gone()) from error
    except Exception as error:
        if type(error).__name__ in ("KilledWorker", "FutureCancelledError", "CommClosedError"):
            raise WorkersGone(_gone()) from error
        raise


def _gone() -> str:
    return _(
        "Rechnende Prozesse wurden von außen beendet, vielleicht aus Mangel an Speicher. Was fertig ist, bleibt "
        "erhalten. Starten Sie denselben Befehl noch einmal, notfalls mit weniger Prozessen (--workers)."
    )
