"""The fixed words of the report: marks, states, fields, and how sure a number is."""

from __future__ import annotations

from sozialraum.base import _

HIDDEN, NOT_DELIVERED, TOO_FEW, BLOCKED, ESTIMATED = "•", "n. g.", "/", "x", "s"
LIMITED = "( )"

MARK_OF_STATUS = {"suppressed": HIDDEN, "missing": NOT_DELIVERED, "blocked": BLOCKED}
MARK_ORDER = (HIDDEN, NOT_DELIVERED, TOO_FEW, LIMITED, ESTIMATED, BLOCKED)


def mark_text(mark: str) -> str:
    """The mark as it is printed: 'n. g.' is the only one made of words."""
    return _("n. g.") if mark == NOT_DELIVERED else mark


def mark_meaning(mark: str) -> str:
    """What a mark means, as it stands under the table in which it occurs."""
    return {
        "0": _("genau null"),
        HIDDEN: _("verborgen: Der Wert ist bekannt, wird aber zum Schutz von Personen nicht gezeigt"),
        NOT_DELIVERED: _("nicht geliefert"),
        TOO_FEW: _("zu wenige Fälle für einen Anteil"),
        LIMITED: _("eingeschränkt aussagekräftig; die Fußnote nennt den Grund"),
        ESTIMATED: _("geschätzt"),
        BLOCKED: _("gesperrt: Die Angabe ist hier nicht sinnvoll"),
    }[mark]


def mark_short(mark: str) -> str:
    """The meaning in one or two words, for notes and legends."""
    return {
        "0": _("genau null"),
        HIDDEN: _("verborgen"),
        NOT_DELIVERED: _("nicht geliefert"),
        TOO_FEW: _("zu wenige Fälle"),
        LIMITED: _("eingeschränkt aussagekräftig"),
        ESTIMATED: _("geschätzt"),
        BLOCKED: _("nicht sinnvoll oder gesperrt"),
    }[mark]


def need_for_action(status_class: int) -> str:
    """Handlungsbedarf in words; 1 = little burden, 4 = most; 0 = no class."""
    return {1: _("gering"), 2: _("mittel"), 3: _("hoch"), 4: _("sehr hoch")}.get(status_class, _("keine Aussage"))


def social_status(status_class: int) -> str:
    """The class in words that cannot be misread: never a bare 'Status hoch'."""
    return {
        1: _("sozialer Status hoch (geringe Belastung)"),
        2: _("sozialer Status mittel (mittlere Belastung)"),
        3: _("sozialer Status niedrig (hohe Belastung)"),
        4: _("sozialer Status sehr niedrig (sehr hohe Belastung)"),
    }.get(status_class, _("keine Aussage"))


def dynamics(sign: str) -> str:
    """The direction of change in words, told by what happens to the burden."""
    return {
        "+": _("positiv (Belastung nimmt ab)"),
        "=": _("stabil"),
        "-": _("negativ (Belastung nimmt zu)"),
    }.get(sign, _("keine Aussage"))


def versus_region(versus: str, certain: bool = True) -> str:
    """How an area stands to the region: the same four wordings everywhere."""
    if not certain:
        return _("Einstufung unsicher")
    return {
        "higher": _("erkennbar höher als im Kreis"),
        "lower": _("erkennbar niedriger als im Kreis"),
        "same": _("vom Kreis nicht unterscheidbar"),
    }.get(versus, _("keine Aussage"))


def impulse_field(field: str) -> str:
    """The wording of a recommendation; always something to examine, never an order."""
    return {
        "build_up": _("Ausbau prüfen"),
        "improve": _("verbessern"),
        "keep": _("erhalten, Qualität prüfen"),
        "watch": _("beobachten"),
        "review": _("Angebotsstruktur überprüfen"),
    }.get(field, _("keine Aussage"))


def need_class(value: str) -> str:
    """Need or supply class of a field in words."""
    return {"low": _("gering"), "medium": _("mittel"), "high": _("hoch")}.get(value, _("keine Aussage"))


def hidden_reason(reason: str) -> str:
    """Why a cell is hidden, for the count on the method page."""
    return {
        "source": _("von der liefernden Stelle verborgen"),
        "primary": _("zu kleine Fallzahl"),
        "secondary": _("damit verborgene Werte nicht errechnet werden können"),
    }.get(reason, reason)
