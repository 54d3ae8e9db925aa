"""Deletes old mails: they contain names and personal links."""

import datetime

from core.models.mail import MailStatus, OutgoingMail

KEPT = datetime.timedelta(days=90)


def prune_mails(*, now: datetime.datetime, kept: datetime.timedelta = KEPT, dry_run: bool = False) -> int:
    """Deletes the mails written longer ago than `kept`, sent or given up; returns how many (that it would delete, in a dry run)."""
    old = OutgoingMail.objects.filter(created_at__lt=now - kept).exclude(status=MailStatus.QUEUED)
    if dry_run:
        return old.count()
    deleted, _by_model = old.delete()
    return deleted
