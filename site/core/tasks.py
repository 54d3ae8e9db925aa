"""Tasks of core: ids in, one service called."""

from django.db import transaction
from django.tasks import task

from core import clock
from core.mail import deliver


@task()
def deliver_mail(mail_id: int) -> str:
    """Delivers one mail, or plans the next try in the same transaction; safe to run twice."""
    now = clock.now()
    with transaction.atomic():
        outcome = deliver.deliver(mail_id=mail_id, now=now)
        if outcome.retry_in:
            deliver_mail.using(run_after=now + outcome.retry_in).enqueue(mail_id)
    return outcome.status
