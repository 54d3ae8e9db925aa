"""Reminders of requests that are not paid: each level once, by a duty."""

import datetime

from django.db import transaction
from django.utils import timezone

from trainings.models import PaymentReminder, PaymentRequest, PaymentSettings
from trainings.payment import mails


def reminders_due(now: datetime.datetime) -> list[PaymentRequest]:
    """Overdue requests whose next reminder is due."""
    settings, today = PaymentSettings.current(), timezone.localtime(now).date()
    rows = PaymentRequest.objects.overdue(today).exclude(email="").prefetch_related("reminders")
    return [each for each in rows.order_by("pk") if _next_level(each, settings, today)]


def send_reminders(*, now: datetime.datetime) -> int:
    """One mail a request at most; the number sent."""
    return sum(1 for request in reminders_due(now) if _remind(request, now=now))


@transaction.atomic
def _remind(request: PaymentRequest, *, now: datetime.datetime) -> bool:
    """The row of the level and its mail in one transaction, under the lock of the request: a payment noted meanwhile stops it."""
    PaymentRequest.objects.select_for_update().get(pk=request.pk)
    current = PaymentRequest.objects.with_balance().get(pk=request.pk)
    level = _next_level(current, PaymentSettings.current(), timezone.localtime(now).date())
    if not level or current.balance <= 0:
        return False
    PaymentReminder.objects.create(request=current, level=level, sent_at=now)
    mails.payment_reminder(current, cents=current.balance, level=level, now=now)
    return True


def _next_level(request: PaymentRequest, settings: PaymentSettings, today: datetime.date) -> int:
    """The level to send today; 0 for none. After a pause of the worker the second waits as long after the first as it should."""
    delays = (settings.first_reminder, settings.second_reminder)
    sent = list(request.reminders.all())
    if len(sent) >= len(delays):
        return 0
    due = request.due_on + datetime.timedelta(days=delays[len(sent)])
    if sent:
        apart = datetime.timedelta(days=delays[1] - delays[0])
        due = max(due, timezone.localtime(sent[-1].sent_at).date() + apart)
    return len(sent) + 1 if today >= due else 0
