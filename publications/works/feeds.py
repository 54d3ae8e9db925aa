"""The latest publications, as RSS and Atom, in the reader's language."""

import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import current_language
from core.pages.own_words import in_own_words
from core.web.feeds import AtomFeed, ConditionalFeed
from publications.models import Edition, LibraryPage, PublicationPage

MOST = 30


class LatestPublications(ConditionalFeed):
    """RSS. One instance a request (see below): what it found is kept on it."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> LibraryPage:
        self.request = request
        return LibraryPage.objects.live().select_related("locale").get(locale__language_code=current_language())

    author_name = "Smes"  # Atom requires one

    def title(self, obj: LibraryPage) -> str:
        return _("Smes: publications")

    def link(self, obj: LibraryPage) -> str:
        return obj.get_url(self.request) or "/"

    def description(self, obj: LibraryPage) -> str:
        return obj.search_description or obj.intro

    def subtitle(self, obj: LibraryPage) -> str:
        return self.description(obj)

    def items(self, obj: LibraryPage) -> list[PublicationPage]:
        pages = PublicationPage.objects.open_to_all().filter(in_own_words(), locale=obj.locale, work__withdrawn_on=None)
        chosen = list(pages.select_related("work").order_by("-work__year", F("work__published_on").desc(nulls_last=True), "title")[:MOST])
        files = Edition.objects.published().filter(work__in=[page.work_id for page in chosen], current_file__isnull=False)
        self.files: dict[int, Edition] = {}
        for edition in files.select_related("work", "current_file").order_by("pk"):
            best = self.files.get(edition.work_id)
            if best is None or (obj.locale.language_code in edition.languages and obj.locale.language_code not in best.languages):
                self.files[edition.work_id] = edition
        return chosen

    def item_title(self, item: PublicationPage) -> str:
        return item.title

    def item_description(self, item: PublicationPage) -> str:
        return item.summary

    def item_link(self, item: PublicationPage) -> str:
        return item.get_url(self.request) or "/"

    def item_guid(self, item: PublicationPage) -> str:
        """The code as id: a page that moves must not appear as new."""
        return self.request.build_absolute_uri(reverse("publications:by_code", args=[item.work.code]))

    def item_pubdate(self, item: PublicationPage) -> datetime.datetime:
        """The day of the work; when its page came, where the day is unknown; else the year."""
        day = item.work.published_on
        if day:
            return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
        return item.first_published_at or timezone.make_aware(datetime.datetime(item.work.year, 1, 1))

    def item_updateddate(self, item: PublicationPage) -> datetime.datetime:
        """Atom requires one: a page that was imported, not published, has the day of its work."""
        return item.last_published_at or self.item_pubdate(item)

    def item_enclosure_url(self, item: PublicationPage) -> str | None:
        edition = self.files.get(item.work_id)
        return self.request.build_absolute_uri(edition.file_url()) if edition else None

    def item_enclosure_length(self, item: PublicationPage) -> int:
        edition = self.files[item.work_id]
        return edition.current_file.size if edition.current_file else 0

    item_enclosure_mime_type = "application/pdf"


class LatestPublicationsAtom(LatestPublications):
    """Atom."""

    feed_type = AtomFeed


def rss(request: HttpRequest) -> HttpResponse:
    """A new instance, because it keeps what it found."""
    return LatestPublications()(request)


def atom(request: HttpRequest) -> HttpResponse:
    """As above."""
    return LatestPublicationsAtom()(request)
