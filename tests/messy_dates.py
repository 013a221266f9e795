"""The dates of the messy files: where they stand, how they are written, and what nobody can know of them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

DATE_STYLES = (
    *["title"] * 8, *["column"] * 6, *["name"] * 4, "head_day", "head_days", "head_years", "title_year", "name_year",
    "bare_year", "slash_clear", "slash", "title_slash", "none", "two_titles", "made_on", "two_parts", "long_day",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateStyle:
    """A date in a file.

    periods : what the numbers hold for, one per column where it stands in the heads. titles : lines above the
    table. in_column : the text in each row, head : of that column. in_name : part of the file's name. in_heads :
    heads of the columns. asks : the question it must raise. form : of a bare year.
    """

    periods: tuple[str, ...]
    titles: tuple[str, ...] = ()
    in_column: str = ""
    head: str = ""
    in_name: str = ""
    in_heads: tuple[str, ...] = ()
    asks: str = ""
    form: str = ""


def dated(style: str, chance: Random) -> DateStyle:
    """A date written in this style."""
    year = chance.choice((2023, 2024, 2025))
    month, day = chance.choice(((12, 31), (12, 31), (6, 30), (3, 31), (9, 30)))
    iso, german = f"{year}-{month:02d}-{day:02d}", f"{day:02d}.{month:02d}.{year}"
    numbered = f"{year}{month:02d}"
    if style == "title":
        word = chance.choice(("Stichtag: ", "Stichtag ", "Stand: ", "Stand ", "am ", "Berichtsmonat: "))
        return DateStyle((iso,), (word + (numbered if word.startswith("Bericht") else german),))
    if style == "column":
        head, text = chance.choice(
            (("Stichtag", german), ("Datum", iso), ("Berichtsmonat", numbered), ("Stand", german))
        )
        return DateStyle((iso,), in_column=text, head=head)
    if style == "name":
        return DateStyle((iso,), in_name=chance.choice((f"_{iso}", f"_{numbered}", f" {german}")))
    if style == "head_day":
        return DateStyle((iso,), in_heads=(f"am {german}",))
    if style == "head_days":
        years = (year - 1, year)
        periods = tuple(f"{each}-{month:02d}-{day:02d}" for each in years)
        return DateStyle(periods, in_heads=tuple(f"{day:02d}.{month:02d}.{each}" for each in years))
    return _of_years(style, chance, year, iso, german) or _odd(style, chance, year, iso, german)


def _of_years(style: str, chance: Random, year: int, iso: str, german: str) -> DateStyle | None:
    del iso, german
    form = chance.choice(("year", "year_end"))
    period = f"{year}-12-31" if form == "year_end" else str(year)
    if style == "title_year":
        return DateStyle((str(year),), (f"Fälle im Jahr {year}",))
    if style == "head_years":
        before = f"{year - 1}-12-31" if form == "year_end" else str(year - 1)
        return DateStyle((before, period), in_heads=(str(year - 1), str(year)), asks="period_form", form=form)
    if style == "name_year":
        return DateStyle((period,), in_name=f"_{year}", asks="period_form", form=form)
    if style == "bare_year":
        return DateStyle((period,), (f"Auswertung {year}",), asks="period_form", form=form)
    return None


def _odd(style: str, chance: Random, year: int, iso: str, german: str) -> DateStyle:
    early = f"{chance.randint(1, 12):02d}/{chance.randint(1, 12):02d}/{year}"
    first, second = early[:2], early[3:5]
    by_day = chance.random() < 0.5
    early_iso = f"{year}-{second}-{first}" if by_day else f"{year}-{first}-{second}"
    asks = "day_month" if first != second else ""
    slashed = "/".join((german[:2], german[3:5], german[6:]))
    months = {"12": "Dezember", "06": "Juni", "03": "März", "09": "September"}
    made = f"{chance.randint(1, 28):02d}.02.{year + 1}"
    return {
        "slash_clear": DateStyle((iso,), in_column=slashed, head="Stichtag"),
        "slash": DateStyle((early_iso,), in_column=early, head="Stichtag", asks=asks),
        "title_slash": DateStyle((early_iso,), (f"Stand {early}",), asks=asks),
        "none": DateStyle((iso,), asks="period"),
        "two_titles": DateStyle((iso,), (f"Stand {german}", f"Daten vom 01.02.{year - 1}"), asks="period"),
        "made_on": DateStyle((iso,), (f"Stichtag {german}", f"erstellt am {made}")),
        "two_parts": DateStyle((f"{2000 + 4}-03-31",), ("Stand 03/04",), asks="month_or_school_year"),
        "long_day": DateStyle((iso,), (f"Stand: {int(german[:2])}. {months[german[3:5]]} {year}",)),
    }[style]
