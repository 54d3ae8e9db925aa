"""News and upcoming events, proposed as items for the newsletter."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from core.pages.own_words import in_own_words
from home.models.news import EventPage, NewsPage
from newsletter.enums.issues import SectionKind
from newsletter.issues.sources import Period, Proposal, page_proposals


def news(period: Period) -> Iterable[Proposal]:
    """News dated or first published in the period. One query."""
    in_period = Q(date__range=(timezone.localdate(period.start), timezone.localdate(period.end))) | Q(
        first_published_at__range=(period.start, period.end)
    )
    pages = NewsPage.objects.live().filter(in_own_words(), in_period).select_related("locale").order_by("-date", "locale__pk")
    return page_proposals(pages, SectionKind.SMES, lambda page: page.date)


def events(period: Period) -> Iterable[Proposal]:
    """Events that are still to come. One query."""
    pages = (
        EventPage.objects.live()
        .filter(in_own_words(), starts_at__gt=period.end)
        .select_related("locale")
        .order_by("starts_at", "locale__pk")
    )
    return page_proposals(pages, SectionKind.EVENTS, lambda page: timezone.localdate(page.starts_at))
