"""The mail server is away: mails wait for it together, and one of them looks now and then whether it is back.

Without this each mail would speak to a dead server by itself, keep the worker for half a minute each time, and use up its tries: after
a weekend they would all be given up.
"""

import datetime
import re
import smtplib

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core.models.mail import MailServerOutage

MAILER = "default"
EMAIL = re.compile(r"\S+@\S+")
TASK = "core.mail.tasks.deliver_mail"


class MailServerAway(Exception):
    """The server could not be reached, or does not let us in: nothing was said about any mail."""


def is_of_the_server(error: Exception) -> bool:
    """Whether an error in the middle of a mail says that the server is in trouble, whatever the mail."""
    code = getattr(error, "smtp_code", 0)
    return isinstance(error, smtplib.SMTPServerDisconnected | TimeoutError | ConnectionError | smtplib.SMTPSenderRefused) or code == 421


@transaction.atomic
def wait_for_server(*, now: datetime.datetime) -> datetime.datetime | None:
    """When to come back; None when the server is well, or when it is this mail's turn to find out."""
    outage = MailServerOutage.objects.select_for_update(skip_locked=True).filter(pk=MAILER).first()
    if outage is None:
        # None at all, or another worker finds out at this moment.
        return now + _pause(0) if MailServerOutage.objects.filter(pk=MAILER).exists() else None
    # A moment further away than the longest pause was set by a clock that was ahead.
    if now < outage.next_try_at <= now + _pause(None):
        return outage.next_try_at
    _postpone(outage, now=now)
    return None


@transaction.atomic
def note_outage(*, reason: str, now: datetime.datetime) -> datetime.datetime:
    """The server is away, or still away; returns when the next mail tries."""
    reason = EMAIL.sub("…", reason)[:300]
    MailServerOutage.objects.bulk_create(
        [MailServerOutage(mailer=MAILER, began_at=now, next_try_at=now, reason=reason)], ignore_conflicts=True
    )
    outage = MailServerOutage.objects.select_for_update().get(pk=MAILER)
    outage.reason = reason
    # Whoever probed has set the next moment before; only the first failure has none yet.
    if outage.next_try_at <= now:
        _postpone(outage, now=now)
    else:
        outage.save(update_fields=["reason"])
    return outage.next_try_at


@transaction.atomic
def end_outage() -> int:
    """The server took a mail: those that waited for it leave now. Returns how many."""
    outage = MailServerOutage.objects.select_for_update().filter(pk=MAILER).first()
    if outage is None:
        return 0
    outage.delete()
    return _waiting().filter(run_after=outage.next_try_at).update(run_after=get_date_max())


def _postpone(outage: MailServerOutage, *, now: datetime.datetime) -> None:
    """The next moment, and every mail whose turn comes before waits for it."""
    outage.next_try_at = now + _pause(outage.tries)
    outage.tries += 1
    outage.save(update_fields=["next_try_at", "tries", "reason"])
    at_once = _waiting().filter(run_after=get_date_max())
    (at_once | _waiting().filter(run_after__lt=outage.next_try_at)).update(run_after=outage.next_try_at)


def _waiting() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=TASK, status=TaskResultStatus.READY)


def _pause(tries: int | None) -> datetime.timedelta:
    """The pause after so many tries; with None the longest."""
    pauses: tuple[float, ...] = settings.MAIL_SERVER_PAUSES
    return datetime.timedelta(seconds=pauses[-1] if tries is None else pauses[min(tries, len(pauses) - 1)])
