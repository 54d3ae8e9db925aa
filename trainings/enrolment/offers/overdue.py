"""Sessions where something is due: an offer was not answered in time, or a rule ended and seats are free for those who wait."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from trainings.enrolment.offers.settle import passed_over, settle_seats
from trainings.enrolment.seats import lock_session
from trainings.enums import EnrolmentStatus, FreedSeats
from trainings.models import Enrolment, Session
from trainings.sessions.offer_plan import plan_for


def sessions_to_settle(now: datetime.datetime) -> list[int]:
    """Two queries. A free seat that a coordinator gives is not looked at again and again."""
    overdue = Enrolment.objects.offered().filter(session=OuterRef("pk"), answer_by__lt=now)
    in_line = Enrolment.objects.filter(session=OuterRef("pk"), status=EnrolmentStatus.WAITING, is_held_back=False)
    to_tell = passed_over(now).filter(session=OuterRef("pk"))
    rows = Session.objects.visible().with_seats().annotate(is_overdue=Exists(overdue), has_group_to_tell=Exists(to_tell))
    rows = rows.filter(Q(Exists(in_line), free_seats__gt=0) | Q(is_overdue=True) | Q(has_group_to_tell=True))
    found = rows.prefetch_related("meetings").order_by("pk")
    return [
        session.pk
        for session in found
        if session.is_overdue or session.has_group_to_tell or plan_for(session, now).way != FreedSeats.BY_HAND
    ]


@transaction.atomic
def settle_session(*, session_id: int, now: datetime.datetime) -> int:
    """Returns how many people were given or offered a seat. Two workers at once: the second finds nothing to do."""
    return len(settle_seats(lock_session(session_id), now=now))


def pass_on_offers(*, now: datetime.datetime) -> int:
    """The timed duty: one transaction a session. Returns how many people were given or offered a seat."""
    return sum(settle_session(session_id=pk, now=now) for pk in sessions_to_settle(now))
