"""The command-line library speaks English only; its few fixed phrases are said in our language here."""

from __future__ import annotations

import re

from sozialraum.base import _, current_language


def translate_help(text: str) -> str:
    """The help page with its headings in the current language."""
    if current_language() == "en":
        return text
    headings = {
        "Usage:": "Aufruf:",
        "[OPTIONS]": "[OPTIONEN]",
        "COMMAND [ARGS]...": "BEFEHL [ANGABEN]...",
        "Options:": "Optionen:",
        "Arguments:": "Angaben:",
        "Commands:": "Befehle:",
        "Show this message and exit.": "Diese Hilfe zeigen.",
        "[default: ": "[ohne Angabe: ",
        "[required]": "[nötig]",
    }
    for english, german in headings.items():
        text = text.replace(english, german)
    return text


def translate_usage_error(message: str) -> str:
    """One sentence about a wrong call."""
    for pattern, sentence in _usage_sentences():
        found = re.match(pattern, message)
        if found:
            return sentence.format(*found.groups())
    return _("Falscher Aufruf: {message}").format(message=message)


def _usage_sentences() -> list[tuple[str, str]]:
    return [
        (r"No such command '(.*?)'", _("Den Befehl „{0}“ gibt es nicht.")),
        (r"No such option: ([^ ]*)", _("Die Option „{0}“ gibt es nicht.")),
        (r"Missing argument '(.*?)'", _("Es fehlt eine Angabe: {0}.")),
        (r"Missing option '(.*?)'", _("Es fehlt die Option {0}.")),
        (r"Missing command", _("Es fehlt ein Befehl.")),
        (r"Option '(.*?)' requires an argument", _("Die Option „{0}“ braucht eine Angabe.")),
        (r"Got unexpected extra arguments? \((.*?)\)", _("Zu viele Angaben: {0}.")),
        (r"Invalid value for '(.*?)': (.*)", _("Die Angabe für {0} ist nicht brauchbar ({1}).")),
    ]
