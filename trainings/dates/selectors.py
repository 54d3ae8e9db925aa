"""The sessions behind a filtered catalogue."""

import datetime

from core.browsing.state import State
from trainings.catalogue.listing import CatalogueBrowser
from trainings.models import CataloguePage, Session


def sessions_found(catalogue: CataloguePage, state: State, *, now: datetime.datetime) -> list[Session]:
    """The dates the catalogue shows under the filters of `state`, soonest first, not page by page.

    Each has its meetings, its venue, and as `entry` its module as the catalogue shows it. Four queries, five with words to look for.
    """
    entries, best = catalogue.entries(state, now=now)
    within = entries if best is None else [entry for entry in entries if entry.page_id in set(best)]
    found = {
        offer.session_id: entry for entry in CatalogueBrowser().apply(within, state).entries for offer in entry.matching if offer.session_id
    }
    rows = Session.objects.filter(pk__in=found).with_dates().select_related("venue").prefetch_related("meetings")
    sessions = list(rows.order_by("starts_at", "pk"))
    for session in sessions:
        session.entry = found[session.pk]
    return sessions
