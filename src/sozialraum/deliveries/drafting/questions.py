"""What a draft asks and what it takes for certain: nothing is assumed without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from sozialraum.base import UsageError, _
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.texts import NotADay, parse_day, parse_year


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its value for programs and its title for people."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something in the file that can be read in two ways.

    cell : 'E12', the cell (or first cell) it is about, '' for the whole file. default : the answer that holds
    unless another is given; a question with a default is optional. typed : 'day' where a day, or a year that
    the numbers are summed over, may be typed instead of choosing (options may then be empty).
    """

    id: str
    sentence: str
    options: tuple[Option, ...]
    cell: str = ""
    default: str = ""
    typed: Literal["", "day"] = ""


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column of the table and what it is read as: key, town, day, value, name; skip where a person
    left it out, '' where it is not read."""

    letter: str
    head: str
    use: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A recipe made of a file that no recipe knows.

    recipe : None while a question without default is open. questions : those still open, then the optional ones.
    said : sentences on what was found and taken for certain. likely : the recipe if each open question got its
    first answer; for showing the file only, never for reading it. unused : answers that nothing asked for.
    settled : answers given so far -> question and answer, or click, as a sentence. columns : how each column is read
    now. sheet : name of the sheet, '' of a text.
    """

    recipe: Recipe | None
    questions: tuple[Question, ...]
    said: tuple[str, ...]
    likely: Recipe | None = None
    unused: tuple[str, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[ColumnRead, ...] = ()
    sheet: str = ""

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that must be answered before there is a recipe."""
        return tuple(question for question in self.questions if not question.default)


class Asking:
    """Answers given so far, questions still open, and sentences on what was settled."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers, self.used = dict(answers), set[str]()
        self.open, self.optional, self.said = list[Question](), list[Question](), list[str]()
        self.settled = dict[str, str]()

    def say(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)

    def ask(
        self,
        name: str,
        sentence: str,
        options: Iterable[Option],
        cell: str = "",
        *,
        default: str = "",
        typed: Literal["", "day"] = "",
    ) -> str:
        """The answer, or, while there is none, the default or first option (then the question stands).

        Raises UsageError when the answer given is none of the options.
        """
        question = Question(name, sentence, tuple(options), cell, default, typed)
        answer = self.answers.get(name, "")
        self.used.add(name)
        if answer:
            answer = _checked(question, answer)
            self.settled[name] = _settled(question, answer)
        if default:
            question = replace(question, default=answer or default)
            self.optional.append(question)
        elif not answer and all(each.id != name for each in self.open):
            self.open.append(question)
        first = question.options[0].value if question.options else ""
        return answer or default or first

    def said_freely(self, name: str) -> str:
        """An answer that a person may give without being asked, '' while there is none."""
        answer = self.answers.get(name, "")
        if answer:
            self.used.add(name)
        return answer

    def unused(self) -> tuple[str, ...]:
        """Answers that no question of this file asked for, or no longer."""
        return tuple(sorted(set(self.answers) - self.used))


def _settled(question: Question, answer: str) -> str:
    title = next((option.title for option in question.options if option.value == answer), answer)
    return f"{question.sentence} – {title}"


def _checked(question: Question, answer: str) -> str:
    if any(option.value == answer for option in question.options):
        return answer
    if question.typed == "day":
        for parse in (parse_day, parse_year):
            with suppress(NotADay):
                return parse(answer.strip())
        raise UsageError(_("„{answer}“ ist kein Datum (Beispiel: 31.12.2025).").format(answer=answer))
    raise UsageError(
        _("„{answer}“ ist keine Antwort auf „{name}“; möglich sind: {options}.").format(
            answer=answer, name=question.id, options=", ".join(option.value for option in question.options)
        )
    )
