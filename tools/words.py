"""Collect the German texts of the code and keep the English catalogue complete.

python -m tools.words            collect; new texts are added to the catalogue without translation
python -m tools.words --check    say which texts have no English yet; ends with 1 when there are any
python -m tools.words --fill F   take translations from F, a JSON object German -> English
                                 (a list of two forms for plurals)
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "src/sozialraum/locale/en/LC_MESSAGES/sozialraum.po"
KEYWORDS = {"_": None, "plural": (1, 2), "counted": (2, 3), "gettext": None, "ngettext": (1, 2)}
Message = str | tuple[str, str]

_QUOTED = r'("(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\$]|\\.)*`)'
_ONE = re.compile(r"\bt\(\s*" + _QUOTED)
_TWO = re.compile(r"\bplural\(\s*" + _QUOTED + r"\s*,\s*" + _QUOTED)


def collect() -> dict[Message, str]:
    """Every text with the file it first stands in, in the order of files."""
    found: dict[Message, str] = {}
    for place, message in _messages():
        found.setdefault(message, place)
    return found


def _messages() -> Iterator[tuple[str, Message]]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        yield from _with_babel(path, "python")
    for path in sorted(path for ending in ("*.html", "*.jinja", "*.j2") for path in (ROOT / "src").rglob(ending)):
        if "static" not in path.parts:
            yield from _with_babel(path, "jinja2.ext:babel_extract")
    for path in sorted((ROOT / "web/src").rglob("*.ts*")):
        if ".test." not in path.name:
            yield from _web(path)


def _with_babel(path: Path, method: str) -> Iterator[tuple[str, Message]]:
    with path.open("rb") as file:
        for _line, message, _comments, _context in extract(method, file, keywords=KEYWORDS):
            if isinstance(message, tuple):
                if all(message[:2]):
                    yield _place(path), (message[0], message[1])
            elif message:
                yield _place(path), message


def _web(path: Path) -> Iterator[tuple[str, Message]]:
    text = path.read_text(encoding="utf-8")
    for match in _ONE.finditer(text):
        yield _place(path), _unquoted(match[1])
    for match in _TWO.finditer(text):
        yield _place(path), (_unquoted(match[1]), _unquoted(match[2]))


def _unquoted(literal: str) -> str:
    body = literal[1:-1].replace("\\'", "'").replace("\\`", "`")
    if literal[0] != '"':
        body = body.replace('"', '\\"')
    return json.loads(f'"{body}"')


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def updated(old: Catalog, messages: dict[Message, str]) -> Catalog:
    """A catalogue with exactly these messages and the translations known so far."""
    new = Catalog(locale="en", project="sozialraum", charset="utf-8", fuzzy=False)
    new.creation_date = old.creation_date
    new.revision_date = old.revision_date
    for message, place in sorted(messages.items(), key=lambda item: (item[1], str(item[0]))):
        key = message[0] if isinstance(message, tuple) else message
        known = old.get(key)
        new.add(message, _translation(known, message), locations=[(place, None)])
    return new


def _translation(known: object, message: Message) -> str | tuple[str, ...]:
    text = getattr(known, "string", "")
    if isinstance(message, tuple):
        return tuple(text) if isinstance(text, tuple | list) else (text, text)
    return text[0] if isinstance(text, tuple | list) else text


def missing(catalogue: Catalog) -> list[str]:
    """Messages without English, or whose fields in braces differ from the German."""
    return [str(message.id) for message in catalogue if message.id and not _good(message.id, message.string)]


def _good(german: object, english: object) -> bool:
    texts = list(english) if isinstance(english, tuple | list) else [english]
    keys = list(german) if isinstance(german, tuple | list) else [german]
    return all(texts) and {_fields(str(text)) for text in texts} <= {_fields(str(key)) for key in keys}


def _fields(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w+)[^}]*\}", text))


def read() -> Catalog:
    if not CATALOGUE.is_file():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def write(catalogue: Catalog) -> None:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=False, include_lineno=False)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def main(arguments: list[str]) -> int:
    catalogue = updated(read(), collect())
    if arguments[:1] == ["--fill"]:
        _fill(catalogue, json.loads(Path(arguments[1]).read_text(encoding="utf-8")))
    without = missing(catalogue)
    if arguments[:1] == ["--check"]:
        print("\n".join(without[:50]))
        print(f"{len(catalogue)} texts, {len(without)} without English")
        return 1 if without else 0
    write(catalogue)
    print(f"{len(catalogue)} texts, {len(without)} without English")
    return 0


def _fill(catalogue: Catalog, english: dict[str, str | list[str]]) -> None:
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, tuple | list) else message.id
        if key in english:
            text = english[key]
            message.string = tuple(text) if isinstance(text, list) else text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
