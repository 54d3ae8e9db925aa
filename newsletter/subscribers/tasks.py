"""Tasks of subscribers: ids in, one service called. Each is queued by a signal, in the transaction that caused it."""

from typing import Any

from django.dispatch import receiver
from django.tasks import task

from core import clock
from newsletter.signals import import_begun, import_uploaded, subscription_requested
from newsletter.subscribers import subscribe
from newsletter.subscribers.importing import run as imports


# Before all else, as any mail a person waits for.
@task(priority=50)
def send_confirmation(request_id: int) -> str:
    """Mails the confirmation link of one subscription request."""
    mail = subscribe.send_confirmation(request_id=request_id, now=clock.now())
    return "mailed" if mail else "nothing to say"


@task
def check_import(import_id: int) -> str:
    """Looks at every line of an import; writes no subscriber."""
    return imports.check_import(import_id=import_id, now=clock.now()).status


@task
def run_import(import_id: int) -> str:
    """Writes the subscribers of an import; safe to run again after a worker was killed."""
    return imports.run_import(import_id=import_id, now=clock.now()).status


@receiver(subscription_requested, dispatch_uid="newsletter.send_confirmation")
def queue_confirmation(*, request_id: int, **kwargs: Any) -> None:
    send_confirmation.enqueue(request_id)


@receiver(import_uploaded, dispatch_uid="newsletter.check_import")
def queue_check(*, import_id: int, **kwargs: Any) -> None:
    check_import.enqueue(import_id)


@receiver(import_begun, dispatch_uid="newsletter.run_import")
def queue_import(*, import_id: int, **kwargs: Any) -> None:
    run_import.enqueue(import_id)
