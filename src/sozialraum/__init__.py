"""Integrated social planning: areas, indicators, need and supply, protected and published.

The public names, loaded when first used:

- `Value`, `Status` - a number as it is known: bounds, status, provenance
- `Project` - a project folder
- `Plan`, `propose`, `partition` - areas made of blocks
- `read_delivery` - observations from a delivered file
- `release` - the one door through which counts leave
- `workflow` - one short function per command
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Plan": "sozialraum.delineation",
    "Project": "sozialraum.project",
    "Status": "sozialraum.base",
    "Value": "sozialraum.base",
    "partition": "sozialraum.delineation",
    "propose": "sozialraum.delineation",
    "read_delivery": "sozialraum.deliveries",
    "release": "sozialraum.protection",
}

__all__ = [*sorted(_PUBLIC), "__version__", "workflow"]


def __getattr__(name: str) -> Any:
    if name == "workflow":
        return import_module("sozialraum.workflow")
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'sozialraum' has no attribute '{name}'")
