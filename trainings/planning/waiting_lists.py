"""A waiting list ends when its session has begun: nobody is left waiting for a seat that cannot come any more."""

import datetime

from django.db import transaction
from django.db.models import Min

from trainings.enrolment import notices
from trainings.enrolment.seats import lock_session
from trainings.enrolment.status import change_status
from trainings.enums import HOPING, EnrolmentStatus, SessionStatus, SystemNote
from trainings.models import Session

# On the day itself the coordinator may still give the seat of somebody who does not come.
GRACE = datetime.timedelta(hours=4)


def sessions_with_stale_queues(now: datetime.datetime) -> list[int]:
    """The sessions whose first meeting began a while ago and for which somebody still waits."""
    begun = Session.objects.filter(status__in=(SessionStatus.PUBLISHED, SessionStatus.CLOSED)).alias(first=Min("meetings__starts_at"))
    waiting = begun.filter(first__lt=now - GRACE, enrolments__status__in=HOPING)
    return list(waiting.order_by("pk").values_list("pk", flat=True).distinct())


@transaction.atomic
def end_waiting(*, session_id: int, now: datetime.datetime) -> int:
    """Tells everybody who still hopes for a seat that it is over, and frees them of the list. Idempotent. Returns how many were told."""
    session = lock_session(session_id)
    hoping = session.enrolments.filter(status__in=HOPING).known()
    waiting = list(hoping.select_related("participant").order_by("queued_at", "pk"))
    for enrolment in waiting:
        enrolment.session = session
        change_status(enrolment, EnrolmentStatus.CANCELLED, now=now, reason=SystemNote.SESSION_BEGUN)
        notices.notify_waiting_over(enrolment, now=now)
    return len(waiting)


def end_stale_waiting_lists(*, now: datetime.datetime) -> int:
    """The timed duty: one transaction a session. Returns how many people were told."""
    return sum(end_waiting(session_id=pk, now=now) for pk in sessions_with_stale_queues(now))
