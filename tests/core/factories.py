"""Rows of core for tests; those trainings needs most stand in tests/trainings/factories.py."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from core.models import Duty, OutgoingMail, SiteTexts


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


class SiteTextsFactory(DjangoModelFactory[SiteTexts]):
    """French, without menus. `language="nl"` for another one."""

    class Meta:
        model = SiteTexts

    class Params:
        language = "fr"

    locale = factory.LazyAttribute(lambda texts: Locale.objects.get_or_create(language_code=texts.language)[0])
    strapline = "Relier celles et ceux qui aident"
    address = "Rue de l’Exemple 1\n1000 Bruxelles"


class DutyFactory(DjangoModelFactory[Duty]):
    """One that is registered and had a good run a moment ago."""

    class Meta:
        model = Duty
        django_get_or_create = ("name",)

    name = "prune_mails"
    next_run_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(hours=5))
    last_run_at = factory.LazyFunction(timezone.now)
    last_success_at = factory.LazyFunction(timezone.now)
    last_outcome = factory.LazyFunction(lambda: {"mails": 3})
