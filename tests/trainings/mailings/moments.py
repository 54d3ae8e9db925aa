"""The hours and sessions that tests of mails by rule speak of."""

import datetime
from typing import Any

from django.utils import timezone

from tests.trainings.factories import SessionFactory
from trainings.models import Session


def at(month: int, day: int, hour: int = 12, minute: int = 0, year: int = 2027) -> datetime.datetime:
    """That moment in Brussels."""
    return timezone.make_aware(datetime.datetime(year, month, day, hour, minute))


def session_on(month: int, day: int, **facts: Any) -> Session:
    """Its first meeting begins at 9.30 that day of 2027 and takes three hours."""
    session: Session = SessionFactory(first_meeting_at=at(month, day, 9, 30), **facts)
    return session


def move(session: Session, to: datetime.datetime) -> None:
    """Its only meeting is another day."""
    meeting = session.meetings.get()
    meeting.starts_at, meeting.ends_at = to, to + datetime.timedelta(hours=3)
    meeting.save()
