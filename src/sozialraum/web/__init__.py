"""The web application: one person, one project, on this computer only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sozialraum.web.app import create_app
    from sozialraum.web.serving import serve

__all__ = ["create_app", "serve"]


def __getattr__(name: str) -> Any:
    """Import the server only when somebody asks for it: FastAPI costs a second."""
    if name == "create_app":
        from sozialraum.web.app import create_app

        return create_app
    if name == "serve":
        from sozialraum.web.serving import serve

        return serve
    raise AttributeError(name)
