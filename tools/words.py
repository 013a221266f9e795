"""Collect the German texts of the code and keep the English catalogue complete.

python -m tools.words            collect; new texts are added to the catalogue without translation
python -m tools.words --check    say which texts have no English yet; ends with 1 when there are any
python -m tools.words --fill F   take translations from F, a JSON object German -> English
                                 (a list of two forms for plurals)
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "src/sozialraum/locale/en/LC_MESSAGES/sozialraum.po"
RECIPES = "src/sozialraum/deliveries/recipes"
SIGNS = "src/sozialraum/deliveries/signs.toml"
FIRST = {"_": 0, "plural": 0, "noun": 0, "counted": 1}
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
        yield from ((_place(path), message) for _line, message in of_python(path.read_text(encoding="utf-8")))
    for path in sorted(path for ending in ("*.html", "*.jinja", "*.j2") for path in (ROOT / "src").rglob(ending)):
        if "static" not in path.parts:
            yield from _template(path)
    for path in sorted((ROOT / RECIPES).glob("*.toml")):
        title = tomllib.loads(path.read_text(encoding="utf-8")).get("title")
        if title:
            yield _place(path), title
    for profile in tomllib.loads((ROOT / SIGNS).read_text(encoding="utf-8")).values():
        for sign in profile["signs"]:
            yield SIGNS, sign["meaning"]
    for path in sorted((ROOT / "web/src").rglob("*.ts*")):
        if ".test." not in path.name:
            yield from _web(path)


def of_python(code: str) -> Iterator[tuple[int, Message]]:
    """Line and text of every call of _(), plural() and counted() whose texts are literals.

    Babel's own reader of Python is not used: it takes the inner texts of counted(n, _("a"), _("b"))
    a second time as a plural of its own, which then hides the texts for themselves.
    """
    for call in sorted(calls(ast.parse(code)), key=lambda call: (call.lineno, call.col_offset)):
        texts = [literal(argument) for argument in words_of(call)]
        if len(texts) == 1 and texts[0]:
            yield call.lineno, texts[0]
        elif len(texts) == 2 and texts[0] and texts[1]:
            yield call.lineno, (texts[0], texts[1])


def calls(tree: ast.AST) -> list[ast.Call]:
    """Every call that asks for a text."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in FIRST]


def words_of(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are texts: one for _(), two for the others."""
    name = _name(call.func)
    first = FIRST[name]
    return call.args[first : first + (1 if name == "_" else 2)]


def literal(node: ast.expr) -> str | None:
    """The text of a plain string; None for everything else, f-strings included."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _template(path: Path) -> Iterator[tuple[str, Message]]:
    keywords = {"_": None, "plural": (1, 2)}
    for _line, message, _comments, _context in extract_from_file("jinja2.ext:babel_extract", path, keywords=keywords):
        yield _place(path), (message[0], message[1]) if isinstance(message, tuple) else message


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


def clashes(messages: Iterable[Message]) -> list[str]:
    """Singulars with two plurals: a catalogue can keep only one of them."""
    many: dict[str, set[str]] = {}
    for message in messages:
        if isinstance(message, tuple):
            many.setdefault(message[0], set()).add(message[1])
    return sorted(one for one, plurals in many.items() if len(plurals) > 1)


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
    part = CATALOGUE.with_suffix(".part")
    with part.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=False, include_lineno=False)
    part.replace(CATALOGUE)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def main(arguments: list[str]) -> int:
    messages = collect()
    catalogue = updated(read(), messages)
    if arguments[:1] == ["--fill"]:
        _fill(catalogue, json.loads(Path(arguments[1]).read_text(encoding="utf-8")))
    without, twice = missing(catalogue), clashes(messages)
    if arguments[:1] == ["--check"]:
        print("\n".join(without[:50]))
    else:
        write(catalogue)
    for one in twice:
        print(f"One singular with two plurals, word one of them differently: {one}")
    print(f"{len(catalogue)} texts, {len(without)} without English")
    return 1 if twice or (without and arguments[:1] == ["--check"]) else 0


def _fill(catalogue: Catalog, english: dict[str, str | list[str]]) -> None:
    for message in catalogue:
        many = isinstance(message.id, tuple | list)
        text = english.get(message.id[0] if many else message.id)
        if many and isinstance(text, list):
            message.string = tuple(text)
        elif not many and text:
            message.string = text[0] if isinstance(text, list) else text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
