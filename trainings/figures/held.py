"""What took place in the days of a report, and who was there: every figure of the trainings begins here.

Rows with annotations are typed as Any: a checker knows columns only.
"""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from core import clock
from core.figures.period import Period
from trainings.enums import ATTENDED, EnrolmentStatus, SessionStatus
from trainings.models import Attendance, Enrolment, Meeting
from trainings.querysets.cycles import programme_of

# Whoever opens the rows of a figure sees names of people in any session.
PERMISSION = "trainings.view_any_session"
# A draft was never announced, and what is cancelled did not take place.
ANNOUNCED = (SessionStatus.PUBLISHED, SessionStatus.CLOSED)


def over_by(period: Period) -> datetime.datetime:
    """What begins later is still to come: of a year that runs, what was held so far is counted."""
    return min(period.ends, clock.now())


def held_meetings(period: Period) -> Any:
    """Meetings that began in these days. `counts_for`: the programme of their session."""
    meetings = Meeting.objects.filter(starts_at__gte=period.begins, starts_at__lt=over_by(period), session__status__in=ANNOUNCED)
    return meetings.annotate(counts_for=programme_of("session__"))


def with_first_of_day(meetings: QuerySet[Meeting]) -> Any:
    """Adds `is_first`: one meeting for each day of a session, whose mornings and afternoons are one day of training."""
    earlier = Meeting.objects.filter(session=OuterRef("session"), starts_at__lt=OuterRef("starts_at")).annotate(day=TruncDate("starts_at"))
    return meetings.annotate(day=TruncDate("starts_at")).annotate(is_first=~Exists(earlier.filter(day=OuterRef("day"))))


def attended_half_days(period: Period) -> Any:
    """Presences, whole or late, at those meetings."""
    held = {"meeting__starts_at__gte": period.begins, "meeting__starts_at__lt": over_by(period), "meeting__session__status__in": ANNOUNCED}
    return Attendance.objects.filter(status__in=ATTENDED, **held).annotate(counts_for=programme_of("meeting__session__"))


def participations(period: Period) -> Any:
    """Enrolments of people who were at one of those meetings at least. Of somebody forgotten since, the enrolment stays and counts."""
    attended = attended_half_days(period).values("enrolment")
    return Enrolment.objects.filter(pk__in=attended).annotate(counts_for=programme_of("session__"))


def registered(period: Period) -> QuerySet[Enrolment]:
    """People with a seat in a group, whether they came or not, who enrolled before those days were over."""
    seated = Enrolment.objects.filter(status=EnrolmentStatus.CONFIRMED, session__status__in=ANNOUNCED)
    return seated.filter(created_at__lt=period.ends)
