"""Content in, report out: every number is formatted here once, and the three writers only set it."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache

from sozialraum.base import InputRefused, _, in_language, plural
from sozialraum.base.numbers import count, day
from sozialraum.publish import svg
from sozialraum.publish.content import ReportContent
from sozialraum.publish.document import Chapter, Page, Report
from sozialraum.publish.facts import Facts
from sozialraum.publish.pages_back import glossary_page, method_page, sources_page, status_page
from sozialraum.publish.pages_compare import compare_page
from sozialraum.publish.pages_front import areas_page, map_size, summary
from sozialraum.publish.pages_index import index_page
from sozialraum.publish.pages_indicator import MAP_HEIGHT, MAP_WIDTH, indicator_page
from sozialraum.publish.pages_need import need_page
from sozialraum.publish.pages_profile import profile
from sozialraum.publish.pages_reading import how_to_read
from sozialraum.publish.palette import COVER_TONES, HOUSE
from sozialraum.publish.svg_maps import Shapes, cover_map, prepare_shapes


@lru_cache(maxsize=2)
def prepare(content: ReportContent) -> Report:
    """The report of a content: pages of parts with finished cells, and the pictures they name.

    The same content object is prepared once, so writing three files costs one preparation.
    Raises InputRefused when neither an area nor the region has a number of inhabitants: every page rests on it.
    """
    with in_language(content.language):
        if content.region_population is None and content.areas["population"].isna().all():
            raise InputRefused(
                _("Der Bericht kann nicht geschrieben werden: Für kein Gebiet liegt eine Einwohnerzahl vor."),
                todo=_("Bitte lesen Sie zuerst die Einwohnerzahlen zum Stichtag ein und rechnen Sie neu."),
            )
        return _prepare(content)


def _prepare(content: ReportContent) -> Report:
    facts = Facts(content)
    areas, towns = content.areas, content.municipalities
    regional = prepare_shapes(areas, towns, MAP_WIDTH, MAP_HEIGHT, side=svg.points(11), ends=svg.points(4), names=True)
    pages = [summary(facts), how_to_read(facts), *_area_pages(facts)]
    pages += _indicator_pages(facts, regional)
    if content.index_values is not None:
        pages.append(index_page(facts, regional))
    if content.supply_words is not None and content.supply_values is not None:
        pages.append(need_page(facts, content.supply_words))
    pages += _profiles(facts)
    pages += [method_page(facts), glossary_page(facts), sources_page(facts)]
    if content.data_status is not None:
        pages.append(status_page(facts))
    cover = facts.draw(
        "cover", cover_map(prepare_shapes(areas, towns, svg.points(150), svg.points(142)), COVER_TONES, HOUSE)
    )
    return _bound(facts, tuple(pages), cover)


def _area_pages(facts: Facts) -> list[Page]:
    content = facts.content
    width, height = map_size()
    large = prepare_shapes(
        content.areas, content.municipalities, width, height, side=svg.points(14), ends=svg.points(6), names=True
    )
    pages = [areas_page(facts, large)]
    if content.comparison is not None:
        pages.append(compare_page(facts, content.comparison))
    return pages


def _indicator_pages(facts: Facts, shapes: Shapes) -> list[Page]:
    themes: Counter[str] = Counter()
    order: list[str] = []
    pages = []
    for definition in facts.content.definitions:
        if definition.theme not in order:
            order.append(definition.theme)
        themes[definition.theme] += 1
        place = f"{order.index(definition.theme) + 1}.{themes[definition.theme]}"
        pages.append(indicator_page(facts, definition, place, shapes))
    return pages


def _profiles(facts: Facts) -> list[Page]:
    frame = facts.content.areas

    @cache
    def shapes_of(ags: str) -> Shapes:
        """One set of paths per municipality, shared by the locator maps of all its areas."""
        mine = frame[frame["municipality"] == ags]
        return prepare_shapes(
            mine, facts.content.municipalities, svg.points(34), svg.points(46), side=2, ends=8, detail=0.5
        )

    return [profile(facts, area, shapes_of(area.town)) for area in facts.areas]


def _bound(facts: Facts, pages: tuple[Page, ...], cover: str) -> Report:
    content = facts.content
    used = {page.chapter for page in pages}
    towns = len({area.town for area in facts.areas})
    subtitle = _("Lebenslagen in {towns} und {areas}").format(
        towns=plural("1 Gemeinde", "{n} Gemeinden", towns).format(n=count(towns)),
        areas=facts.in_areas(len(facts.areas)),
    )
    check = _("Prüfnummer {number}").format(number=content.check_number)
    return Report(
        title=content.title,
        subtitle=subtitle,
        region=content.region_name,
        language=content.language,
        notice=content.notice,
        head=f"{content.title} · {content.region_name}",
        foot=" · ".join((_("Stichtag {day}, wenn nicht anders angegeben").format(day=day(content.edition)), check)),
        facts=cover_facts(facts),
        check_line=" · ".join((check, _("erstellt am {day}").format(day=day(content.created_on)))),
        created_on=content.created_on,
        cover=cover,
        state=content.state,
        chapters=tuple(chapter for chapter in chapters() if chapter.key in used),
        pages=pages,
        pictures=facts.pictures,
        labels=labels(),
    )


def cover_facts(facts: Facts) -> tuple[str, ...]:
    """The small lines on the cover."""
    content = facts.content
    lines = [_("Stichtag {day}").format(day=day(content.edition))]
    if content.notice:
        lines.append(content.notice)
    lines += list(content.limits[:1])
    return tuple(lines)


def chapters() -> tuple[Chapter, ...]:
    """The chapters in print order."""
    return (
        Chapter("vorweg", _("Vorweg")),
        Chapter("gebiete", _("Gebiete")),
        Chapter("indikatoren", _("Indikatoren")),
        Chapter("handlungsbedarf", _("Handlungsbedarf")),
        Chapter("bedarf", _("Bedarf und Angebot")),
        Chapter("profile", _("Gebietsprofile")),
        Chapter("anhang", _("Anhang")),
    )


def labels() -> dict[str, str]:
    """Words that the writers set around the parts."""
    return {
        "contents": _("Inhalt"),
        "page": _("Seite"),
        "skip": _("Zum Inhalt springen"),
        "navigation": _("Kapitel"),
        "marks": _("Zeichen"),
        "all_rows": _("Alle Zeilen anzeigen"),
        "rule_made": _("Satz aus einer Regel"),
        "done": _("geschehen"),
        "open": _("offen"),
        "sheet_contents": _("Inhalt"),
        "sheet_reading": _("Lesehilfe"),
        "from": _("von"),
        "to": _("bis"),
        "draft": _("Entwurf"),
        "table": _("Tabelle"),
        "area": _("Gebiet"),
        "previous": _("zurück"),
        "next": _("weiter"),
        "start": _("Übersicht"),
        "print": _("Gedruckte Fassung: die PDF-Datei dieser Ausgabe."),
        "status": _("Stand"),
    }
