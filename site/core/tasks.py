"""Tasks of core: ids in, one service called."""

from django.tasks import task

from core.mail import deliver


@task()
def deliver_mail(mail_id: int) -> str:
    """Delivers one mail; safe to run twice."""
    return deliver.deliver(mail_id)
