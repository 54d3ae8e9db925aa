"""Background tasks of core: ids in, one service called."""

from django.db import transaction
from django.tasks import task

from core import clock
from core.mail import deliver, outage


# Before all else: a person waits for it, the search index does not.
@task(priority=50)
def deliver_mail(mail_id: int) -> str:
    """Delivers one mail, or plans the next try in the same transaction; safe to run twice."""
    now = clock.now()
    if back_at := outage.wait_for_server(now=now):
        deliver_mail.using(run_after=back_at).enqueue(mail_id)
        return "waits for the server"
    deliver.count_try(mail_id=mail_id)
    with transaction.atomic():
        outcome = deliver.deliver(mail_id=mail_id, now=now)
        if outcome.retry_in:
            deliver_mail.using(run_after=now + outcome.retry_in).enqueue(mail_id)
    return outcome.status
