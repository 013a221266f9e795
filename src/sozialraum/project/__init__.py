"""A project folder: one GeoPackage, the delivered files unchanged, the releases frozen."""

from sozialraum.project.archive import backup, restore
from sozialraum.project.checking import check
from sozialraum.project.project import Project

__all__ = ["Project", "backup", "check", "restore"]
