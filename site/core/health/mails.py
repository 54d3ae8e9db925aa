"""The two mails about an incident, to whoever has the permission its check names."""

import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from core.health.registry import PERMISSION, get
from core.health.words import Words
from core.mail.message import queue_mail
from core.models import Incident, User
from core.web.absolute_urls import base_url


def told_about(incident: Incident) -> QuerySet[User]:
    """Those who may see it, administrators included; by permission, so that it follows the roles of the house."""
    check = get(incident.check_name)
    return User.objects.with_perm(check.permission if check else PERMISSION).exclude(email="").order_by("pk")


def tell_began(incident: Incident, *, now: datetime.datetime) -> None:
    """It lasts: what, why, since when, what to do."""
    _tell("core/mail/incident_began", incident, now=now)


def tell_over(incident: Incident, *, now: datetime.datetime) -> None:
    """It is over: from when to when."""
    _tell("core/mail/incident_over", incident, now=now)


def _tell(template: str, incident: Incident, *, now: datetime.datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        words = Words.of_incident(incident)
    context = {
        "incident": incident,
        "words": words,
        "admin_url": base_url() + reverse("wagtailadmin_home"),
    }
    for user in told_about(incident):
        queue_mail(
            template=template,
            to=user.email,
            language=settings.LANGUAGE_CODE,
            context=context,
            about=f"incident:{incident.pk}",
            now=now,
        )
