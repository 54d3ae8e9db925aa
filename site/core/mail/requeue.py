"""Requeues mails: at a user's request, or because the task that should deliver them failed."""

import datetime
import logging

from django.db import transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.mail.tasks import deliver_mail
from core.models.mail import MailStatus, OutgoingMail

logger = logging.getLogger(__name__)

# A mail this old without a task is stranded; younger ones may be between two statements of their own transaction.
STRANDED_AFTER = datetime.timedelta(minutes=10)
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class CannotRequeue(Exception):
    """Only a failed mail is sent again: a sent one arrived, a queued one is on its way."""


@transaction.atomic
def requeue_mail(*, mail_id: int) -> OutgoingMail:
    """Gives a failed mail all its tries again, from now on. Raises CannotRequeue for any other."""
    mail = OutgoingMail.objects.select_for_update().get(pk=mail_id)
    if mail.status != MailStatus.FAILED:
        raise CannotRequeue(mail.get_status_display())
    mail.status = MailStatus.QUEUED
    mail.attempts = 0
    mail.save(update_fields=["status", "attempts"])
    deliver_mail.enqueue(mail.pk)
    return mail


@transaction.atomic
def queue_stranded_mails(*, now: datetime.datetime) -> int:
    """Enqueues queued mails that no task will deliver, for instance because the database failed in the middle; returns how many."""
    waiting = OutgoingMail.objects.filter(status=MailStatus.QUEUED, created_at__lt=now - STRANDED_AFTER)
    old = list(waiting.select_for_update(skip_locked=True).only("pk"))
    if not old:
        return 0
    unfinished = DBTaskResult.objects.filter(task_path=deliver_mail.module_path, status__in=UNFINISHED)
    expected = {arguments["args"][0] for arguments in unfinished.values_list("args_kwargs", flat=True)}
    stranded = [mail for mail in old if mail.pk not in expected]
    for mail in stranded:
        logger.warning("Mail %s had no task left and is queued again.", mail.pk)
        deliver_mail.enqueue(mail.pk)
    return len(stranded)
