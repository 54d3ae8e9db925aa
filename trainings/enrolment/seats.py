"""The lock that every write which counts or changes seats takes first (docs/decisions/0004)."""

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.db.models import Model, QuerySet, prefetch_related_objects

from trainings.models import Enrolment, Session


def lock_session(session_id: int) -> Session:
    """The session with its meetings, its row locked until the transaction ends. Call inside `transaction.atomic()`, before counting."""
    session = _locked(Session.objects.select_related("module", "venue", "cycle")).get(pk=session_id)
    prefetch_related_objects([session], "meetings")
    return session


def lock_sessions(session_ids: Iterable[int]) -> dict[int, Session]:
    """Several sessions, locked in the order of their ids so that two moves in opposite directions cannot block one another."""
    return {pk: lock_session(pk) for pk in sorted(set(session_ids))}


def lock_enrolment(enrolment_id: int) -> Enrolment:
    """The enrolment as it is now, with its session: first the row of the session is locked, then its own.

    Whoever was moved while we waited is now in a session we did not lock: that lock is given back and the right one taken.
    """
    while True:
        session_id = Enrolment.objects.values_list("session_id", flat=True).get(pk=enrolment_id)
        with suppress(_HasMoved), transaction.atomic():
            session = lock_session(session_id)
            current = _locked(Enrolment.objects.select_related("participant")).get(pk=enrolment_id)
            if current.session_id != session_id:
                raise _HasMoved
            current.session = session
            return current


class _HasMoved(Exception):
    """Rolls back to the savepoint, which gives the lock back."""


def _locked[M: Model](rows: QuerySet[M]) -> QuerySet[M]:
    # `of`: the rows joined to it stay free; everybody edits those.
    return rows.select_for_update(of=("self",))
