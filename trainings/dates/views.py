"""`/trainings.ics` and `/trainings.atom`, each with the filters of the catalogue behind the question mark."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from core.browsing.state import State
from core.languages import current_language
from core.pages.in_language import page_in_language
from core.text.dates import DAY_OF_WEEK, written
from core.web.feeds import AtomFeed, ConditionalFeed
from trainings.catalogue.listing import CATALOGUE
from trainings.dates.calendar import calendar_of
from trainings.dates.selectors import sessions_found
from trainings.models import CataloguePage, Session

AN_HOUR = "public, max-age=3600"


def _catalogue() -> CataloguePage:
    catalogue = page_in_language(CataloguePage.objects.live(), current_language())
    if catalogue is None:
        raise Http404("No catalogue is published.")
    return catalogue


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to: every meeting of the sessions found, without the sign-up link of anybody."""
    catalogue = _catalogue()
    now = clock.now()
    sessions = sessions_found(catalogue, State.from_query(request.GET, CATALOGUE), now=now)
    url = catalogue.get_full_url(request) or ""
    response = HttpResponse(calendar_of(sessions, catalogue_url=url, now=now), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = AN_HOUR
    response["Content-Disposition"] = 'inline; filename="smes.ics"'
    return response


class DatesFeed(ConditionalFeed):
    """Atom: one entry a session, the newest first."""

    feed_type = AtomFeed
    author_name = "Smes"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> CataloguePage:
        catalogue = _catalogue()
        self.sessions = sessions_found(catalogue, State.from_query(request.GET, CATALOGUE), now=clock.now())
        self.catalogue_url = catalogue.get_full_url(request) or ""
        return catalogue

    def title(self, obj: CataloguePage) -> str:
        return _("Smes: dates of training courses")

    def link(self, obj: CataloguePage) -> str:
        return self.catalogue_url

    def subtitle(self, obj: CataloguePage) -> str:
        return obj.search_description or obj.intro

    def items(self, obj: CataloguePage) -> list[Session]:
        return sorted(self.sessions, key=lambda session: session.created_at, reverse=True)

    def item_title(self, item: Session) -> str:
        return f"{item.entry.title}: {written(item.starts_at, DAY_OF_WEEK)}"

    def item_description(self, item: Session) -> str:
        return item.entry.summary

    def item_link(self, item: Session) -> str:
        return f"{self.catalogue_url}{item.entry.slug}/#sessions"

    def item_guid(self, item: Session) -> str:
        """The reference: a sheet that moves, or a date that changes, must not appear as new."""
        return f"urn:smes:session:{item.reference}"

    def item_pubdate(self, item: Session) -> datetime.datetime:
        return item.created_at

    def item_updateddate(self, item: Session) -> datetime.datetime:
        return item.created_at


def feed(request: HttpRequest) -> HttpResponse:
    """A feed of its own for each request: what it found is kept on it."""
    return DatesFeed()(request)
