"""Start the server on this computer and open the browser."""

from __future__ import annotations

import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

from sozialraum.base import UsageError, _
from sozialraum.web.app import create_app
from sozialraum.web.guard import LOOPBACK

USUAL_PORT = 8765


def serve(
    folder: Path | None = None,
    port: int = USUAL_PORT,
    open_browser: bool = True,
    *,
    host: str = "127.0.0.1",
    home: Path | None = None,
    announce: Callable[[str], object] | None = None,
) -> None:
    """Serve the pages until Ctrl-C.

    folder : project to open at once. port : 0 takes any free one; when the usual one is taken, a free one.
    home : folder below which projects are found. announce : told the address; by default it is
    said to the person. Raises UsageError for an address other than
    loopback or a port that is in use.
    """
    import uvicorn

    if host not in LOOPBACK:
        raise UsageError(
            _(
                "Die Adresse „{host}“ wird abgelehnt: Ohne Konten ist die Anwendung nur auf diesem Rechner erreichbar."
            ).format(host=host)
        )
    from sozialraum.delineation import warm

    warm.begin()
    application = create_app(home, folder)
    listening = listen(host, port)
    address = address_of(listening)
    (announce or say_address)(address)
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=2))
    if open_browser:
        threading.Thread(target=open_when_started, args=(server, address), daemon=True).start()
    with listening:
        server.run(sockets=[listening])


def say_address(address: str) -> None:
    """Where the application runs and how to end it."""
    print(_("Die Anwendung läuft unter {address} – beenden mit Strg+C.").format(address=address), file=sys.stderr)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on loopback; the usual port gives way to a free one when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP, so that asyncio sends short answers at once instead of waiting 40 ms for an acknowledgement
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
    except OSError:
        if port != USUAL_PORT:
            opened.close()
            raise UsageError(_("Der Anschluss {port} ist schon in Benutzung.").format(port=port)) from None
        opened.bind((host, 0))
    opened.listen(64)
    return opened


def address_of(opened: socket.socket) -> str:
    host, port = opened.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def open_when_started(server: object, address: str) -> None:
    """Open the browser as soon as the server answers."""
    for _attempt in range(200):
        if getattr(server, "started", False):
            webbrowser.open(address)
            return
        time.sleep(0.05)
