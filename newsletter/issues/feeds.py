"""The archive as RSS, one feed a language."""

import datetime

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from core.web.absolute_urls import base_url
from core.web.feeds import ConditionalFeed
from newsletter.compose.richtext import absolute
from newsletter.models import IssuePage, NewsletterIndexPage

LATEST = 24


class IssuesFeed(ConditionalFeed):
    """The latest issues in the language of the URL."""

    def title(self) -> str:
        return _("Smes newsletter")

    def link(self) -> str:
        page = NewsletterIndexPage.in_language(translation.get_language() or "fr")
        return absolute((page.get_url() if page else "") or "/", base_url())

    def description(self) -> str:
        return _("What is moving in health, housing and social work in Brussels, once a month.")

    def items(self) -> QuerySet[IssuePage]:
        pages: QuerySet[IssuePage] = IssuePage.objects.live().filter(locale__language_code=translation.get_language())
        return pages.select_related("issue", "locale").order_by("-issue__number")[:LATEST]

    def item_title(self, item: IssuePage) -> str:
        return f"{item.title} – {item.subject}"

    def item_description(self, item: IssuePage) -> str:
        return item.summary or item.preheader

    def item_link(self, item: IssuePage) -> str:
        return absolute(item.get_url() or "", base_url())

    def item_pubdate(self, item: IssuePage) -> datetime.datetime | None:
        return item.issue.started_at or item.first_published_at

    def item_updateddate(self, item: IssuePage) -> datetime.datetime | None:
        """RSS shows none, but the feed is as new as its latest correction."""
        return item.last_published_at
