"""Rows of core for tests; those trainings needs most stand in tests/trainings/factories.py."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.models import OutgoingMail


class OutgoingMailFactory(DjangoModelFactory[OutgoingMail]):
    """Queued, never tried; no task delivers it (tests/core/mailing.py writes one that a worker would take)."""

    class Meta:
        model = OutgoingMail

    kind = "home/mail/contact_message"
    to = "reader@example.org"
    language = "fr"
    subject = "Une question"
    text = "Bonjour"
    html = "<p>Bonjour</p>"
    created_at = factory.LazyFunction(timezone.now)
