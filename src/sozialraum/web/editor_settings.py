"""Settings of the editor: an external map service (off by default) and whether names may be kept."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sozialraum.base import UsageError, _
from sozialraum.web.editor_models import Wms
from sozialraum.web.editor_wishes import EditorSettings
from sozialraum.web.session import Session

WMS, NAMES = "editor_wms", "names_allowed"
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


def parse_wms(address: str) -> Wms | None:
    """The service at an address; None for ''. Raises UsageError for what is no address of the web."""
    address = address.strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that are not closed or hold no number of a computer
        parts = urlsplit("")
    if (
        parts.scheme not in ("https", "http")
        or not HOST.fullmatch(parts.netloc.lower())
        or re.search(r"[\s\"'<>;,]", address)
    ):
        raise UsageError(
            _("Die Adresse des Kartendienstes beginnt mit https:// und nennt einen Rechner, ohne Kennwort.")
        )
    return Wms(address=address, host=parts.netloc.lower())


def wms_of(session: Session) -> Wms | None:
    """The map service of the open project, None when none was switched on."""
    if not session.is_open:
        return None
    return session.drawn(("editor-wms",), lambda: parse_wms(str(session.project.settings.get(WMS, "") or "")))


def map_host(session: Session) -> str:
    """What a page may contact besides this computer: 'https://host', '' = nothing."""
    found = wms_of(session)
    return "" if found is None else f"{urlsplit(found.address).scheme}://{found.host}"


def names_allowed(session: Session) -> bool:
    return bool(session.project.settings.get(NAMES, False))


def save(session: Session, given: EditorSettings) -> None:
    """Keep the settings in the project; None leaves one as it is. Raises UsageError for an address that is none."""
    found = None if given.wms is None else parse_wms(given.wms)
    settings: Any = session.project.settings
    if given.names_allowed is not None and given.names_allowed != names_allowed(session):
        settings[NAMES] = given.names_allowed
        allowed = given.names_allowed
        session.project.log(
            _("Namen bei Schritten erlaubt") if allowed else _("Namen bei Schritten nicht mehr erlaubt")
        )
    if given.wms is None:
        return
    settings[WMS] = "" if found is None else found.address
    session.forget("editor-wms")
    what = _("Kartendienst ausgeschaltet") if found is None else _("Kartendienst eingeschaltet: {host}")
    session.project.log(what.format(host="" if found is None else found.host))
