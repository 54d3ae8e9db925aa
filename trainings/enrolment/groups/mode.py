"""How a group is served, and what ends its being served as one."""

import datetime

from django.db import transaction
from django.utils import timezone

from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_session
from trainings.models import Enrolment, EnrolmentGroup, Session
from trainings.seats.modes import GroupMode

# Seats are kept for a group for two weeks at most, and not in the last week: they must still find somebody else.
HELD = datetime.timedelta(days=14)
BEFORE_START = datetime.timedelta(days=7)


def held_together_until(session: Session, now: datetime.datetime) -> datetime.date | None:
    """The last day on which free seats are kept for a group that comes now; None where the session is too near. Reads the meetings."""
    if session.starts is None:
        return None
    today = timezone.localdate(now)
    day = min(today + HELD, timezone.localdate(session.starts) - BEFORE_START)
    return day if day >= today else None


@transaction.atomic
def serve_as_many_as_fit(*, group: EnrolmentGroup, now: datetime.datetime) -> EnrolmentGroup:
    """The contact no longer insists on all seats: each place is served in its turn from now on. Idempotent."""
    session = lock_session(group.session_id)
    current = EnrolmentGroup.objects.get(pk=group.pk)
    if current.is_together:
        _as_many_as_fit(current)
        settle_seats(session, now=now)
    return current


def split_group(enrolment: Enrolment) -> None:
    """A coordinator decides about one of its people: from then on the others are served one by one. Call under the lock of the session."""
    if enrolment.group is not None and enrolment.group.is_together:
        _as_many_as_fit(enrolment.group)


def _as_many_as_fit(group: EnrolmentGroup) -> None:
    group.mode = GroupMode.AS_MANY_AS_FIT
    group.held_together_until = None
    group.save(update_fields=["mode", "held_together_until"])
