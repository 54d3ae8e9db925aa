"""Sources from the apps below the newsletter: trainings, publications, places. Apps above it register their own."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cartography.places.selectors import latest_places
from core.pages.own_words import in_own_words
from core.web.absolute_urls import base_url
from newsletter.compose.richtext import absolute
from newsletter.enums.issues import SectionKind
from newsletter.issues.sources import Period, Proposal, ProposalText, page_proposals, register_source
from publications.works.recent import published_between
from trainings.models import ModulePage, Session

SESSIONS = 12
PLACES = 6
AHEAD = datetime.timedelta(days=75)


@register_source
def trainings_with_free_seats(period: Period) -> Iterable[Proposal]:
    """The next sessions of the catalogue that still have a seat for a newcomer. Two queries."""
    rows = Session.objects.in_catalogue().open_for_enrolment(period.end).with_seats_left().filter(seats_left__gt=0)
    sessions = list(rows.filter(starts_at__lt=period.end + AHEAD)[:SESSIONS])
    texts_of_module: dict[int, dict[str, ProposalText]] = {}
    pages = ModulePage.objects.live().filter(in_own_words(), module__in=[session.module_id for session in sessions])
    for page in pages.select_related("locale"):
        texts_of_module.setdefault(page.module_id, {})[page.locale.language_code] = ProposalText(page.title, "", page.pk)
    for session in sessions:
        texts = texts_of_module.get(session.module_id or 0)
        if texts:
            day = timezone.localdate(session.starts_at)
            yield Proposal(f"session-{session.pk}", SectionKind.TRAININGS, day, texts, session_id=session.pk)


@register_source
def publications(period: Period) -> Iterable[Proposal]:
    """Works published since the latest issue. Two queries a language."""
    start, end = timezone.localdate(period.start), timezone.localdate(period.end)
    cards = [card for language, _name in settings.LANGUAGES for card in published_between(start, end, language)]
    days = {card.page.pk: card.published_on or end for card in cards}
    return page_proposals((card.page for card in cards), SectionKind.PUBLICATIONS, lambda page: days[page.pk])


@register_source
def places_new_on_the_map(period: Period) -> Iterable[Proposal]:
    """New places on the map, as news of the sector. One query."""
    for place in latest_places(limit=PLACES, since=period.start):
        texts, note = {}, {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                url = absolute(place.get_absolute_url(), base_url())
                texts[language] = ProposalText(place.name, getattr(place, f"summary_{language}"), url=url)
                note[language] = _("New on the peer-support map · %(where)s") % {"where": place.municipality}
        yield Proposal(f"place-{place.pk}", SectionKind.SECTOR, timezone.localdate(place.published_at), texts, note)
