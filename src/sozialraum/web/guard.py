"""Only this computer and only our own page may talk to the server."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sozialraum.base import _, in_language

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
OWN_HEADER = "x-sozialraum"
SAFE = frozenset({"GET", "HEAD"})
PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A report is a finished document of its own: it carries its styles and pictures inside.
REPORT_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Guard:
    """Refuse foreign hosts and foreign pages, set the language, and add the headers of a closed page.

    A page of another site can make the browser call 127.0.0.1, also under a name of its own
    (DNS rebinding). So the Host must be a loopback name, and whatever changes something must
    carry a header that only our own page can set.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with in_language(language_of(scope, headers)):
            reason = refusal(scope["method"], headers)
            if reason:
                answer = JSONResponse({"headline": reason, "findings": [], "todo": ""}, status_code=403)
                await answer(scope, receive, send)
            else:
                await self.app(scope, receive, closing(scope["path"], send, also_allowed(scope)))


def refusal(method: str, headers: Headers) -> str:
    """Why a request is refused, '' when it is not."""
    host = headers.get("host", "")
    if host_name(host) not in LOOPBACK:
        return _("Diese Anwendung antwortet nur auf diesem Rechner.")
    if method in SAFE:
        return ""
    origin = headers.get("origin")
    if headers.get(OWN_HEADER) is None or (origin is not None and origin.partition("://")[2] != host):
        return _("Änderungen nimmt die Anwendung nur von ihrer eigenen Seite an.")
    return ""


def host_name(host: str) -> str:
    """The name in a Host header, without port: '[::1]:8765' gives '::1'."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def language_of(scope: Scope, headers: Headers) -> str:
    """'en' when the page asks for it, otherwise German."""
    query = scope.get("query_string", b"").decode("latin-1")
    asked = "lang=en" in query.split("&") or headers.get("x-sozialraum-language") == "en"
    return "en" if asked else "de"


def also_allowed(scope: Scope) -> str:
    """The one map service a planner switched on in the open project ('https://host'), else ''."""
    application = scope.get("app")
    session = getattr(getattr(application, "state", None), "session", None)
    if session is None or scope["path"].startswith("/api/"):
        return ""
    from sozialraum.web.editor_settings import map_host

    return map_host(session)


def page_policy(host: str) -> str:
    """What our pages may load; pictures also from the map service, where there is one."""
    if not host:
        return PAGE_POLICY
    parts = PAGE_POLICY.replace("img-src 'self'", f"img-src 'self' {host}")
    return parts.replace("connect-src 'self'", f"connect-src 'self' {host}")


def closing(path: str, send: Send, host: str = "") -> Send:
    """Add security headers to the answer. host : map service that pages may contact besides, '' = none."""

    async def send_closed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = REPORT_POLICY if "/report/" in path else page_policy(host)
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "no-referrer"
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
            if path.startswith("/api/"):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return send_closed
