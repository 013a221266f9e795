"""Proven reasons why a task has no plan, as sentences; found before any search."""

from __future__ import annotations

import math

import numpy as np

from sozialraum.base import _, plural
from sozialraum.base.numbers import count
from sozialraum.blocks import pieces
from sozialraum.delineation.lock_reasons import lock_reasons
from sozialraum.delineation.problem import Problem, possible_numbers


def reasons_against(problem: Problem) -> tuple[str, ...]:
    """Every proven reason why no plan can exist, as German sentences; () when none is known."""
    total = float(problem.population.sum())
    head = f"{problem.name}: " if problem.name else ""
    if problem.low > problem.high:
        text = _("Die Untergrenze {low} liegt über der Obergrenze {high}.")
        return (head + text.format(low=count(problem.low), high=count(problem.high)),)
    if problem.areas < 1 or not len(problem.population):
        return (head + _("Es wird mindestens ein Gebiet und ein Baustein gebraucht."),)
    reasons = (
        _number_reasons(problem, total) + _block_reasons(problem) + _piece_reasons(problem) + lock_reasons(problem)
    )
    return tuple(head + reason for reason in reasons)


def _number_reasons(problem: Problem, total: float) -> list[str]:
    reasons = []
    fewest, most = possible_numbers(total, problem.low, problem.high)
    numbers = {"areas": problem.areas, "total": count(total), "fewest": fewest, "most": most}
    numbers |= {"low": count(problem.low), "high": count(problem.high)}
    if problem.areas < fewest:
        text = plural(
            "1 Gebiet mit höchstens {high} Einwohnerinnen und Einwohnern reicht für zusammen {total} nicht; "
            "es braucht mindestens {fewest}.",
            "{areas} Gebiete mit höchstens je {high} Einwohnerinnen und Einwohnern reichen für zusammen {total} nicht; "
            "es braucht mindestens {fewest}.",
            problem.areas,
        )
        reasons.append(text.format(**numbers))
    if most == 0:
        text = _(
            "Zusammen sind es {total} Einwohnerinnen und Einwohner, weniger als die Untergrenze {low} eines Gebiets."
        )
        reasons.append(text.format(**numbers))
    elif problem.areas > most:
        text = plural(
            "{areas} Gebiete mit mindestens je {low} Einwohnerinnen und Einwohnern sind bei zusammen {total} nicht "
            "möglich; es geht höchstens 1.",
            "{areas} Gebiete mit mindestens je {low} Einwohnerinnen und Einwohnern sind bei zusammen {total} nicht "
            "möglich; es gehen höchstens {most}.",
            most,
        )
        reasons.append(text.format(**numbers))
    inhabited = problem.low > problem.slack
    places = int((problem.population > 0).sum()) if inhabited else len(problem.population)
    if problem.areas > places:
        text = _("Aus {places} bewohnten Bausteinen lassen sich keine {areas} bilden.")
        if not inhabited:
            text = _("Aus {places} Bausteinen lassen sich keine {areas} bilden.")
        reasons.append(text.format(places=places, areas=_areas(problem.areas)))
    return reasons


def _areas(number: int) -> str:
    return plural("{number} Gebiet", "{number} Gebiete", number).format(number=number)


def _block_reasons(problem: Problem) -> list[str]:
    text = _("Baustein {block} hat {population} Einwohnerinnen und Einwohner, mehr als {high}.")
    too_big = np.flatnonzero(problem.population > problem.high + problem.slack)
    return [
        text.format(block=_block(problem, i), population=count(problem.population[i]), high=count(problem.high))
        for i in too_big.tolist()
    ]


def _block(problem: Problem, position: int) -> str:
    return str(problem.blocks[position]) if len(problem.blocks) else str(position + 1)


def _piece_reasons(problem: Problem) -> list[str]:
    """Pieces without connection: each needs its own areas, and these must add up."""
    piece = pieces(len(problem.population), problem.edges)
    number = int(piece.max()) + 1
    if number == 1:
        return []
    reasons, fewest, most = [], 0, 0
    for which in range(number):
        own = piece == which
        people = float(problem.population[own].sum())
        low, high = possible_numbers(people, problem.low, problem.high)
        high = min(high, int(own.sum()))
        fewest, most = fewest + low, most + high
        if low > high:
            reasons.append(_piece_sentence(problem, own, people, low))
    if not reasons and not fewest <= problem.areas <= most:
        text = _(
            "Die {number} Teile ohne Verbindung brauchen zusammen {fewest} bis {most} Gebiete, verlangt sind {areas}."
        )
        reasons.append(text.format(number=number, fewest=fewest, most=most, areas=problem.areas))
    return reasons


def _piece_sentence(problem: Problem, own: np.ndarray, people: float, fewest: int) -> str:
    where = _where(problem, own)
    inhabitants = plural("1 Einwohnerin oder Einwohner", "{people} Einwohnerinnen und Einwohner", people)
    inhabitants = inhabitants.format(people=count(people))
    if people < problem.low:
        text = _("{where} hat {inhabitants}, weniger als {low}, und keine Verbindung.")
        return text.format(where=where, inhabitants=inhabitants, low=count(problem.low))
    text = _("{where} hat {inhabitants} und keine Verbindung; {areas} dort wären zu groß, eines mehr zu klein.")
    return text.format(where=where, inhabitants=inhabitants, areas=_areas(max(fewest - 1, 1)))


def _where(problem: Problem, own: np.ndarray) -> str:
    """'der westliche Teil', or the part by its first block when there are no positions."""
    if problem.centres is None:
        first = _block(problem, int(np.flatnonzero(own)[0]))
        return _("der Teil um Baustein {block}").format(block=first)
    east, north = problem.centres[own].mean(axis=0) - problem.centres.mean(axis=0)
    words = (_("östliche"), _("nordöstliche"), _("nördliche"), _("nordwestliche"),
             _("westliche"), _("südwestliche"), _("südliche"), _("südöstliche"))  # fmt: skip
    word = words[round(math.atan2(north, east) / (math.pi / 4)) % 8]
    blocks = plural("1 Baustein", "{number} Bausteine", int(own.sum())).format(number=int(own.sum()))
    return _("der {word} Teil ({blocks})").format(word=word, blocks=blocks)


def no_plan_sentence(problem: Problem) -> str:
    """For a small problem whose every combination was tried."""
    head = f"{problem.name}: " if problem.name else ""
    text = _("Alle Möglichkeiten wurden durchgerechnet; keine ergibt {areas} mit {low} bis {high}.")
    return head + text.format(areas=_areas(problem.areas), low=count(problem.low), high=count(problem.high))


def out_of_bounds_sentences(problem: Problem, labels: np.ndarray, areas: list[int]) -> tuple[str, ...]:
    """What was wrong with the best try of a search that found no plan."""
    head = f"{problem.name}: " if problem.name else ""
    text = _(
        "In {areas} Gebieten bleiben beim besten Versuch {bad} außerhalb von {low} bis {high} "
        "Einwohnerinnen und Einwohnern ({sizes}). Bitte ändern Sie die Zahl der Gebiete oder die Grenzen."
    )
    people = np.bincount(labels, problem.population, problem.areas)
    sizes = ", ".join(count(people[area]) for area in areas)
    low, high = count(problem.low), count(problem.high)
    return (head + text.format(areas=problem.areas, bad=len(areas), low=low, high=high, sizes=sizes),)
