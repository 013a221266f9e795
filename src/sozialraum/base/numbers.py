"""Numbers and dates as people print them, in German and English.

The rules of the printed report: thousands by point, decimal comma, narrow no-break
space before %, a real minus, percentage points never called per cent.
"""

from __future__ import annotations

from datetime import date

from sozialraum.base.language import _, current_language, plural

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
EN_DASH = "\u2013"


def decimal(number: float, places: int = 1) -> str:
    """'1.234,5' in German, '1,234.5' in English; a real minus; never '−0,0'."""
    rounded = round(number, places)
    if rounded == 0:
        rounded = 0.0
    text = f"{abs(rounded):,.{places}f}"
    if current_language() == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return (MINUS if rounded < 0 else "") + text


def count(number: float) -> str:
    """A count of persons, places or areas: '1.234'."""
    return decimal(number, 0)


def signed(number: float, places: int = 1) -> str:
    """'+0,4', '−1,2', and '0,0' without a sign."""
    text = decimal(number, places)
    return f"+{text}" if round(number, places) > 0 else text


def percent(share: float, places: int = 1) -> str:
    """A share between 0 and 1 as '11,5 %' with a narrow no-break space."""
    return f"{decimal(100 * share, places)}{NARROW_SPACE}%"


def percentage_points(difference: float) -> str:
    """A difference of two shares (0.012 = 1.2 points) as '−1,2 Prozentpunkte'."""
    points = 100 * difference
    word = plural("Prozentpunkt", "Prozentpunkte", abs(round(points, 1)))
    return f"{signed(points)}\u00a0{word}"


def span(low: float, high: float, places: int = 1) -> str:
    """'31,1–37,2'; '−95 bis −67' as soon as one end is signed."""
    if low < 0 or high < 0:
        return _("{low} bis {high}").format(low=decimal(low, places), high=decimal(high, places))
    return f"{decimal(low, places)}{EN_DASH}{decimal(high, places)}"


def day(when: date | str) -> str:
    """'31.12.2025' in German, '31 December 2025' in English; an ISO text is accepted.

    A bare year ('2025', a sum over the year) stays a year, and any other text as it is: what was stored wrongly is
    shown, not a reason to stop.
    """
    if isinstance(when, str):
        if len(when) == 4:
            return when
        try:
            found = date.fromisoformat(when)
        except ValueError:
            return when
        when = found
    if current_language() == "de":
        return f"{when.day:02d}.{when.month:02d}.{when.year:04d}"
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def age_band(start: int | None, end: int | None) -> str:
    """Ages from `start` to under `end`: 'unter 3', '3 bis unter 6', '80 und älter'."""
    if not start:
        return _("unter {end}").format(end=end)
    if end is None:
        return _("{start} und älter").format(start=start)
    return _("{start} bis unter {end}").format(start=start, end=end)


def counted(number: float, one: str, many: str) -> str:
    """'1 Kind', '2 Kinder', '1.234 Kinder': the number with the right form of the noun."""
    return f"{count(number)}\u00a0{noun(one, many, number)}"


def noun(one: str, many: str, number: float) -> str:
    """The form of a noun inside a sentence.

    The catalogue writes nouns as they stand in headings; only German keeps their capital in sentences.
    """
    word = plural(one, many, number)
    return word if current_language() == "de" else word[:1].lower() + word[1:]
