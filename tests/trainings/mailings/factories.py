"""Rules of mails, and what coordinators write."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.trainings.factories import SessionFactory
from trainings.models import (
    MailRule,
    SessionMessage,
)
from trainings.models.mailings import Audience, MailKind, Moment


class MailRuleFactory(DjangoModelFactory[MailRule]):
    """A reminder two days before, at ten, on since 2026."""

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
    active_since = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


class SessionMessageFactory(DjangoModelFactory[SessionMessage]):
    """Written this moment to everybody who has a seat; nobody has a copy."""

    class Meta:
        model = SessionMessage

    session = factory.SubFactory(SessionFactory)
    audience = Audience.SEATED
    subject = "La salle"
    body = "Bonjour {name},\n\nNous sommes au premier étage."
    written_at = factory.LazyFunction(timezone.now)
    leaves_at = factory.LazyFunction(timezone.now)
