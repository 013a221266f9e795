"""What a command prints: lines for people, or one JSON object with --json; and how errors end it."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from sozialraum.base import InputRefused, Interrupted, SozialraumError, _


class Stop:
    """Whether the person asked to stop.

    The first request is remembered and heeded between two steps of the work: an exception
    raised at any moment can fall into a place that swallows it. The second one stops at once.
    """

    def __init__(self) -> None:
        self.asked = False

    def ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def heed(self) -> None:
        if self.asked:
            raise KeyboardInterrupt


STOP = Stop()


class Lines:
    """Progress on the terminal: a line per stage and result, with the seconds since the start."""

    def __init__(self, quiet: bool) -> None:
        self.quiet, self.start = quiet, time.monotonic()
        self.said: list[str] = []

    def stage(self, text: str) -> None:
        STOP.heed()
        if not self.quiet:
            print(f"[{time.monotonic() - self.start:5.1f} s] {text}", file=sys.stderr, flush=True)

    def step(self, done: int, total: int) -> None:
        STOP.heed()
        if not self.quiet and sys.stderr.isatty():
            end = "\n" if done >= total else ""
            print(f"\r          {done} / {total}", end=end, file=sys.stderr, flush=True)

    def done(self, text: str) -> None:
        STOP.heed()
        self.said.append(text)
        if not self.quiet:
            print(f"          {text}", file=sys.stderr, flush=True)


def say(result: dict[str, Any], lines: list[str], as_json: bool) -> None:
    """Print a result: the lines for people, or the object for programs."""
    if as_json:
        print(json.dumps(result | {"ok": True, "lines": lines}, ensure_ascii=False, default=_plain), flush=True)
    else:
        print("\n".join(lines), flush=True)


def run_guarded(work: Callable[[], None], as_json: bool) -> int:
    """Run `work`; every foreseeable error becomes one clear text and its exit code."""
    try:
        with _interruptible():
            work()
    except BrokenPipeError:  # who reads the output has read enough, as `head` does
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (SozialraumError, OSError, KeyboardInterrupt) as error:
        return _report(_as_ours(error), as_json)
    return 0


def _as_ours(error: BaseException) -> SozialraumError:
    if isinstance(error, SozialraumError):
        return error
    if isinstance(error, OSError):
        return InputRefused(_os_sentence(error), (), _("Der letzte vollständige Stand ist erhalten."))
    return Interrupted(_("Abgebrochen. Der letzte vollständige Stand ist erhalten."))


def _os_sentence(error: OSError) -> str:
    import errno

    place = error.filename or ""
    sentences = {
        errno.ENOSPC: _("Der Datenträger ist voll: „{place}“ konnte nicht geschrieben werden. Schaffen Sie Platz."),
        errno.EFBIG: _("Der Datenträger ist voll: „{place}“ konnte nicht geschrieben werden. Schaffen Sie Platz."),
        errno.EACCES: _("„{place}“ darf nicht geöffnet oder geschrieben werden. Prüfen Sie die Rechte des Ordners."),
        errno.EROFS: _("„{place}“ liegt auf einem schreibgeschützten Datenträger. Wählen Sie einen anderen Ordner."),
        errno.ENOENT: _("„{place}“ gibt es nicht. Prüfen Sie Ordner und Namen."),
        errno.EISDIR: _("„{place}“ ist ein Ordner; erwartet wird eine Datei."),
        errno.ENOTDIR: _("„{place}“ liegt nicht in einem Ordner. Prüfen Sie den Namen."),
        errno.EADDRINUSE: _("Die Adresse ist belegt. Wählen Sie mit --port eine andere Nummer."),
    }
    general = _("„{place}“ konnte nicht gelesen oder geschrieben werden: {cause}.")
    return sentences.get(error.errno or 0, general).format(place=place, cause=error.strerror or error)


def _report(error: SozialraumError, as_json: bool) -> int:
    if as_json:
        findings = [finding.sentence() for finding in getattr(error, "findings", ())]
        body = {"ok": False, "exit_code": error.exit_code, "error": str(error), "findings": findings}
        print(json.dumps(body, ensure_ascii=False))
    else:
        print(str(error), file=sys.stderr)
    return error.exit_code


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C and a request to end the process are remembered; see Stop."""
    STOP.asked = False
    before = {number: signal.signal(number, STOP.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    # Writing past a file-size limit shall be an error that we can tell, not a silent end.
    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else repr(value)
