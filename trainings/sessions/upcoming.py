"""Upcoming sessions, as the public sees them."""

import datetime

from trainings.models import ModulePage, Session
from trainings.querysets.places import note_places


def next_sessions(*, language: str, now: datetime.datetime, limit: int = 4) -> list[Session]:
    """The next sessions of the catalogue one can enrol in, whatever language they are given in, soonest first.

    Each carries `sheet` (its page in `language`), `starts_at`, `ends_at`, `places` and its venue. Four queries at most. A
    session whose module has no page in `language` is left out.
    """
    soonest = list(Session.objects.in_catalogue().open_for_enrolment(now).with_seats_left().select_related("venue")[: limit * 3])
    pages = ModulePage.objects.filter(locale__language_code=language).for_modules([session.module_id for session in soonest])
    sheets = {page.module_id: page for page in pages}
    for session in soonest:
        session.sheet = sheets.get(session.module_id)
    shown = [session for session in soonest if session.sheet][:limit]
    note_places(shown, now=now)
    return shown


def other_dates(session: Session, *, now: datetime.datetime, limit: int = 3) -> list[Session]:
    """The next sessions of the same module one can enrol in, with their meetings and venue. Two queries; none without a module."""
    if session.module_id is None:
        return []
    others = Session.objects.in_catalogue().open_for_enrolment(now).filter(module=session.module_id).exclude(pk=session.pk)
    return list(others.select_related("venue").prefetch_related("meetings")[:limit])


def session_of_form(reference: str) -> Session | None:
    """What `session_to_enrol` finds, as lightly as a form that is sent needs it: its service reads the session under the lock."""
    return Session.objects.visible().select_related("cycle").filter(reference=reference).first()


def session_to_enrol(reference: str, *, now: datetime.datetime) -> Session | None:
    """The session of a public reference with its dates, meetings, venue and `places`; None for an unknown or a draft one."""
    session = (
        Session.objects.visible()
        .with_dates()
        .with_seats_left()
        .select_related("venue", "module", "cycle")
        .prefetch_related("meetings")
        .filter(reference=reference)
        .first()
    )
    if session is not None:
        note_places([session], now=now)
    return session
