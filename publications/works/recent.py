"""Recent publications for the home page and the newsletter."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from wagtail.models import Page

from core.pages.own_words import in_own_words
from publications.enums import EditionStatus
from publications.library.entries import language_of_title
from publications.models import Edition, PublicationPage, WorkPage, WorkPlace

NEWEST = ("-work__year", F("work__published_on").desc(nulls_last=True), F("work__number").desc(nulls_last=True), "-work__pk")


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """A publication in one language, ready to be shown elsewhere. `cover_url` is empty where the cover is drawn (see `code`)."""

    page: PublicationPage
    title: str
    title_language: str  # where it is not that of the page
    url: str
    summary: str
    published_on: datetime.date | None
    code: str
    programme: str
    series: str
    languages: tuple[str, ...]
    cover_url: str
    is_example: bool


def published_between(start: datetime.date, end: datetime.date, language: str) -> list[PublicationCard]:
    """Works published from `start` to `end`, both included, that have a public page in `language`; the latest first. Two queries."""
    pages = _pages(language).filter(work__published_on__range=(start, end))
    return _cards(pages.order_by("-work__published_on", "title"))


def about_page(page: Page, language: str) -> list[PublicationCard]:
    """Works tied to a page, whichever of its languages was chosen. One query, two when there are some; so do the next."""
    return _tied(WorkPage.objects.filter(page__translation_key=page.translation_key), language)


def about_place(place_id: int, language: str) -> list[PublicationCard]:
    """Works tied to a place of the map."""
    return _tied(WorkPlace.objects.filter(place=place_id), language)


def latest_publication(language: str) -> PublicationCard | None:
    """The work published last, as its page in `language` tells of it; examples are not news, nor is what cannot be had. Two queries."""
    available = Edition.objects.available().filter(work=OuterRef("work"))
    cards = _cards(_pages(language).filter(Exists(available), work__is_example=False).order_by(*NEWEST)[:1])
    return cards[0] if cards else None


def _tied(links: Any, language: str) -> list[PublicationCard]:
    return _cards(_pages(language).filter(work__in=links.values("work")).order_by(*NEWEST))


def _pages(language: str) -> Any:
    """Those of works that are not withdrawn, neither as a whole nor in each of their editions."""
    editions = Edition.objects.filter(work=OuterRef("work"))
    is_gone = Q(Exists(editions.filter(status=EditionStatus.WITHDRAWN)), ~Exists(editions.published()))
    pages = PublicationPage.objects.open_to_all().filter(in_own_words(), ~is_gone, locale__language_code=language, work__withdrawn_on=None)
    return pages.select_related("work__series", "locale")


def _cards(pages: Iterable[PublicationPage]) -> list[PublicationCard]:
    chosen = list(pages)
    # For no work Django asks nothing.
    editions = Edition.objects.published().filter(work__in=[page.work_id for page in chosen]).select_related("current_file").order_by("pk")
    of_work: dict[int, list[Edition]] = {}
    for edition in editions:
        of_work.setdefault(edition.work_id, []).append(edition)
    return [_card(page, of_work.get(page.work_id, [])) for page in chosen]


def _card(page: PublicationPage, editions: list[Edition]) -> PublicationCard:
    work = page.work
    covers = [(each.reference, each.current_file.number) for each in editions if each.current_file and each.current_file.cover]
    return PublicationCard(
        page=page,
        title=page.title,
        title_language=language_of_title(page.title, ((each.title, each.languages) for each in editions), page.locale.language_code),
        url=page.url or "",
        summary=page.summary,
        published_on=work.published_on,
        code=work.code,
        programme=work.programme,
        is_example=work.is_example,
        series=f"{work.series.name} {work.number}" if work.series and work.number else work.series.name if work.series else "",
        languages=tuple(dict.fromkeys(code for edition in editions for code in edition.languages)),
        cover_url=reverse("publications_files:cover", args=covers[0]) if covers else "",
    )
