"""Rules for tests, and the hours they speak of."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.trainings.factories import SessionFactory
from trainings.models import MailRule, Session
from trainings.models.mailings import Audience, MailKind, Moment


class MailRuleFactory(DjangoModelFactory[MailRule]):
    """A reminder two days before, at ten, on for a year."""

    class Meta:
        model = MailRule

    name = "Rappel"
    kind = MailKind.REMINDER
    days = 2
    moment = Moment.BEFORE_FIRST
    hour = 10
    audience = Audience.SEATED
    subject_fr = "Bientôt : {title}"
    subject_nl = "Binnenkort: {title}"
    subject_en = "Soon: {title}"
    body_fr = "Bonjour {name},\n\n{dates}\n\n{practical}\n\nÀ bientôt\n{manage}"
    body_nl = "Dag {name},\n\n{dates}\n\n{practical}\n\nTot dan\n{manage}"
    body_en = "Hello {name},\n\n{dates}\n\n{practical}\n\nSee you\n{manage}"
    active_since = factory.LazyFunction(lambda: at(1, 1, year=2026))


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
