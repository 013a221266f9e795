"""`sozialraum recipe draft`: make a recipe ("Einleseregel") of a file that none reads; and the group it belongs to.

Annotations are evaluated while the commands are built, so that their help speaks the current language;
this file must not postpone them.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from sozialraum.base import UsageError, _, quoted
from sozialraum.cli.output import run_guarded, say

OPEN = 3  # exit code while questions are open: nothing was written


def add_recipe_group(app: typer.Typer) -> typer.Typer:
    """Register the group `recipe` with `draft`, and return it, so that its other commands can be added."""
    group = typer.Typer(help=_("Einleseregeln: wie eine Datei gelesen wird"), rich_markup_mode=None)
    app.add_typer(group, name="recipe")

    @group.command("draft", help=_("Eine Einleseregel für eine Datei entwerfen, die noch keine liest."))
    def draft(
        file: Annotated[Path, typer.Argument(help=_("gelieferte Datei"), show_default=False)],
        folder: Annotated[
            Path, typer.Option("--project", help=_("Projekt, dessen Schlüssel in der Datei stehen"))
        ] = Path(),
        answers: Annotated[
            list[str] | None,
            typer.Option("--answers", help=_("Antwort auf eine Frage: KENNUNG=WERT"), show_default=False),
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option("--out", help=_("Zieldatei (.toml); ohne Angabe wird sie gezeigt"), show_default=False),
        ] = None,
        json: Annotated[bool, typer.Option("--json", help=_("Ausgabe für Programme"))] = False,
        language: Annotated[str, typer.Option("--lang", help=_("Sprache: de oder en"), show_default=False)] = "",
    ) -> None:
        told: list[int] = []
        code = run_guarded(lambda: told.append(_draft(file, folder, answers or [], out, json)), json)
        raise typer.Exit(code or told[0])

    return group


def _draft(file: Path, folder: Path, answers: list[str], out: Path | None, as_json: bool) -> int:
    """Draft, print, and write when nothing is open; returns the exit code."""
    from sozialraum.base.whole_files import write_whole
    from sozialraum.deliveries.drafting import draft_recipe
    from sozialraum.deliveries.files import open_file
    from sozialraum.deliveries.recipe_writing import recipe_text
    from sozialraum.project import Project
    from sozialraum.workflow.looking import places_of

    with Project.open(folder, purpose=_("Befehl im Terminal")) as project:
        places = places_of(project)
    made = draft_recipe(open_file(file), places, dict(map(_answer, answers)))
    if made.unused:
        names = ", ".join(map(quoted, made.unused))
        raise UsageError(_("Danach wurde nicht gefragt: {names}.").format(names=names))
    text = None if made.recipe is None else recipe_text(made.recipe)
    lines = [*made.said, *(line for question in made.open for line in _asked(question))]
    if text is None:
        lines.append(_("Es wurde nichts geschrieben. Bitte die Fragen mit --answers KENNUNG=WERT beantworten."))
    elif out is None:
        lines += ["", text]
    else:
        write_whole({out: text.encode()})
        lines.append(_("Geschrieben: {file}").format(file=out))
    say({"questions": [_told(question) for question in made.questions], "said": list(made.said), "recipe": text,
         "file": out if text else None}, lines, as_json)  # fmt: skip
    return OPEN if text is None else 0


def _answer(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(_("„{text}“ ist keine Antwort; erwartet wird KENNUNG=WERT.").format(text=text))
    return name.strip(), value.strip()


def _asked(question: Any) -> list[str]:
    where = _(" (Zelle {cell})").format(cell=question.cell) if question.cell else ""
    lines = [_("Frage {name}{where}: {sentence}").format(name=question.id, where=where, sentence=question.sentence)]
    lines += [f"  {question.id}={option.value}: {option.title}" for option in question.options]
    if question.typed == "day":
        lines.append("  " + _("oder ein Datum, etwa {name}=31.12.2025").format(name=question.id))
    return lines


def _told(question: Any) -> dict[str, Any]:
    options = [{"value": option.value, "title": option.title} for option in question.options]
    return {
        "id": question.id, "sentence": question.sentence, "cell": question.cell, "default": question.default,
        "typed": question.typed, "options": options,
    }  # fmt: skip
