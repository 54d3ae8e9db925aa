"""From when until when an evaluation is answered."""

import datetime
from dataclasses import dataclass

from django.db.models import Max

from trainings.models import EvaluationRound, Meeting, Session
from trainings.models.questionnaires import Purpose

DAY = datetime.timedelta(days=1)
# Counted from the end of the latest meeting. At the end: from the last half hour, when people still sit together.
HALF_AN_HOUR = datetime.timedelta(minutes=30)
OPENS = {Purpose.HOT: -HALF_AN_HOUR, Purpose.COLD: 91 * DAY, Purpose.LEAD: 91 * DAY}
CLOSES = {Purpose.HOT: 21 * DAY, Purpose.COLD: 197 * DAY, Purpose.LEAD: 197 * DAY}


@dataclass(frozen=True, slots=True)
class Window:
    """Both moments; none where a session has no meeting."""

    opens_at: datetime.datetime
    closes_at: datetime.datetime

    def holds(self, now: datetime.datetime) -> bool:
        return self.opens_at <= now < self.closes_at


def window_of(session: Session, kind: str) -> Window | None:
    """From the end of its latest meeting. One query."""
    ends_at = Meeting.objects.filter(session=session).aggregate(last=Max("ends_at"))["last"]
    return Window(ends_at + OPENS[Purpose(kind)], ends_at + CLOSES[Purpose(kind)]) if ends_at else None


def is_closed(session: Session, kind: str) -> bool:
    """Whether it is counted already."""
    return EvaluationRound.objects.filter(session=session, kind=kind).exists()


def is_open(session: Session, kind: str, now: datetime.datetime) -> bool:
    """Whether it can be answered now: within its time, and not closed by a coordinator before."""
    window = window_of(session, kind)
    return bool(window and window.holds(now)) and not is_closed(session, kind)
