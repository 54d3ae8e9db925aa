"""The one lock every write that counts or changes seats takes first (docs/decisions/0004)."""

import time
from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects

from trainings.models import Session
from trainings.selectors import Seats, session_seats


def lock_session(session_id: int) -> Session:
    """The session with its meetings, its row locked until the transaction ends. Call inside `transaction.atomic()`, before counting."""
    session = _lockable().get(pk=session_id)
    prefetch_related_objects([session], "meetings")
    return session


def lock_sessions(session_ids: Iterable[int]) -> dict[int, Session]:
    """Several sessions, locked in the order of their ids so that two moves in opposite directions cannot block one another."""
    return {pk: lock_session(pk) for pk in sorted(set(session_ids))}


def count_seats(session: Session) -> Seats:
    """The seats of a locked session. The pause exists for the control test only: it widens the window the lock closes."""
    seats = session_seats(session)
    pause = getattr(settings, "SMES_TEST_PAUSE_AFTER_COUNT", 0)
    if pause:
        time.sleep(pause)
    return seats


def _lockable() -> "QuerySet[Session]":
    sessions: QuerySet[Session] = Session.objects.select_related("module", "venue")
    if getattr(settings, "SMES_TEST_SEAT_LOCK", True):
        # `of`: the module and the venue stay free; everybody edits those.
        return sessions.select_for_update(of=("self",))
    return sessions
