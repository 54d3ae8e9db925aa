"""Seats and ranks on the waiting list, always counted from the rows."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from core.lifecycle.waiting_list import count_ahead
from trainings.enums import ACTIVE, HOPING, EnrolmentStatus
from trainings.models import Enrolment, Session


@dataclass(frozen=True, slots=True)
class Seats:
    """How full a session is now."""

    capacity: int
    confirmed: int
    waiting: int
    offered: int = 0
    held_back: int = 0
    latest_in_queue: datetime.datetime | None = None
    first_deadline: datetime.datetime | None = None

    @property
    def taken(self) -> int:
        """Seats somebody has, or is offered."""
        return self.confirmed + self.offered

    @property
    def free(self) -> int:
        """Seats nobody holds; people on the waiting list come first."""
        return max(self.capacity - self.taken, 0)

    def has_overdue_offer(self, now: datetime.datetime) -> bool:
        return self.first_deadline is not None and self.first_deadline < now

    @property
    def has_room_for_newcomer(self) -> bool:
        """Whether somebody who enrols now is confirmed. While anybody waits for the seat, a newcomer waits too."""
        return self.free > 0 and self.waiting == self.held_back


def session_seats(session: Session) -> Seats:
    """The seats of one session: one query, a line for each status."""
    rows = session.enrolments.order_by().values_list("status", "is_held_back")
    counts: Counter[str] = Counter()
    held_back, latest, deadlines = 0, [], []
    for status, is_held_back, count, queued_at, answer_by in rows.annotate(Count("pk"), Max("queued_at"), Min("answer_by")):
        counts[status] += count
        if status == EnrolmentStatus.WAITING and is_held_back:
            held_back = count
        if status in HOPING and queued_at is not None:
            latest.append(queued_at)
        if answer_by is not None:
            deadlines.append(answer_by)
    return Seats(
        capacity=session.capacity,
        confirmed=counts[EnrolmentStatus.CONFIRMED],
        waiting=counts[EnrolmentStatus.WAITING],
        offered=counts[EnrolmentStatus.OFFERED],
        held_back=held_back,
        latest_in_queue=max(latest, default=None),
        first_deadline=min(deadlines, default=None),
    )


def waiting_rank(enrolment: Enrolment) -> int:
    """The rank on the waiting list, 1 is next; 0 for an enrolment that does not wait."""
    if enrolment.status != EnrolmentStatus.WAITING or enrolment.queued_at is None:
        return 0
    return count_ahead(Enrolment.objects.waiting().filter(session_id=enrolment.session_id), enrolment) + 1


def can_be_changed(enrolment: Enrolment, now: datetime.datetime) -> bool:
    """Whether the person may still change or cancel by the mailed link: until the latest meeting is over."""
    if enrolment.status not in ACTIVE:
        return False
    ends_at = max((meeting.ends_at for meeting in enrolment.session.meetings.all()), default=None)
    return ends_at is None or ends_at > now
