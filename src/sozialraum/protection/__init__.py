"""Protection of small counts: thresholds per source and the one door to any output."""

from sozialraum.protection.door import Release, release
from sozialraum.protection.rules import Profile, Rules, default_rules

__all__ = ["Profile", "Release", "Rules", "default_rules", "release"]
