"""Sends a person the current status again."""

import datetime

from django.db import transaction

from core.models import OutgoingMail, User
from trainings.enrolment import notices
from trainings.models import Enrolment


@transaction.atomic
def resend_mail(*, enrolment: Enrolment, now: datetime.datetime, by: User | None = None) -> OutgoingMail:
    """The mail that tells where the person stands today (confirmed, waiting or cancelled), with the manage link."""
    current = Enrolment.objects.select_related("participant", "session__module", "session__venue").get(pk=enrolment.pk)
    return notices.notify_status(current, now=now)
