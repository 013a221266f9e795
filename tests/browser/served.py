"""The application in a thread of the test, on a free port of this computer."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# The built pages; another folder while they are worked on.
STATIC = Path(os.environ.get("SOZIALRAUM_STATIC", ROOT / "src" / "sozialraum" / "web" / "static"))


@contextmanager
def served(home: Path, project: Path | None = None, work: Any = None) -> Iterator[str]:
    """Serve with this home folder, and a project at once where one is named; gives the address.

    work : stands in for sozialraum.workflow, None = the real one.
    """
    import uvicorn

    from sozialraum.web import create_app
    from sozialraum.web.serving import address_of, listen

    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(home, project, work=work, static=STATIC), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield address_of(listening)
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()
