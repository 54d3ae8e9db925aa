"""Tasks of the newsletter: ids in, one service called. Each waits for a fact; it is queued in the transaction that tells it."""

from typing import Any

from django.dispatch import receiver
from django.tasks import task

from core import clock
from newsletter.signals import import_begun, import_uploaded, wished
from newsletter.subscribers import subscribe
from newsletter.subscribers.importing import run as imports


# Before all else, as any mail a person waits for.
@task(priority=50)
def answer_wish(wish_id: int) -> str:
    """Answers one wish for the newsletter by mail."""
    mail = subscribe.answer_wish(wish_id=wish_id, now=clock.now())
    return "mailed" if mail else "nothing to say"


@task
def check_import(import_id: int) -> str:
    """Looks at every line of an import; writes no reader."""
    return imports.check_import(import_id=import_id, now=clock.now()).status


@task
def run_import(import_id: int) -> str:
    """Writes the readers of an import; safe to run again after a worker was killed."""
    return imports.run_import(import_id=import_id, now=clock.now()).status


@receiver(wished, dispatch_uid="newsletter.answer_wish")
def queue_answer(*, wish_id: int, **kwargs: Any) -> None:
    answer_wish.enqueue(wish_id)


@receiver(import_uploaded, dispatch_uid="newsletter.check_import")
def queue_check(*, import_id: int, **kwargs: Any) -> None:
    check_import.enqueue(import_id)


@receiver(import_begun, dispatch_uid="newsletter.run_import")
def queue_import(*, import_id: int, **kwargs: Any) -> None:
    run_import.enqueue(import_id)
