"""Tells the administrators, once, of a duty that failed or did not run."""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from core.duties.registry import get
from core.duties.status import troubled
from core.mail.message import queue_mail
from core.models import Duty, User
from core.web.absolute_urls import base_url

logger = logging.getLogger(__name__)


@transaction.atomic
def alert_administrators(*, now: datetime.datetime) -> int:
    """Mails every administrator about each trouble nobody was told of yet; returns how many duties."""
    untold = list(troubled(now).filter(reported_at=None).select_for_update(skip_locked=True))
    for duty in untold:
        logger.error("The duty %s failed or did not run: %s", duty.name, duty.last_error or f"due since {duty.next_run_at:%Y-%m-%d %H:%M}")
        _mail(duty, now=now)
        duty.reported_at = now
        duty.save(update_fields=["reported_at"])
    return len(untold)


def _mail(duty: Duty, *, now: datetime.datetime) -> None:
    spec = get(duty.name)
    context = {
        "duty": duty,
        "label": spec.label if spec else duty.name,
        "duties_url": base_url() + reverse("core_duties:index"),
    }
    for user in User.objects.filter(is_superuser=True, is_active=True).exclude(email=""):
        queue_mail(
            template="core/mail/duty_in_trouble",
            to=user.email,
            language=settings.LANGUAGE_CODE,
            context=context,
            about=f"duty:{duty.name}",
            now=now,
        )
