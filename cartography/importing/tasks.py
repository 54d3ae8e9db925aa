"""Tasks of the map: ids in, one service called. Each waits for a fact; it is queued in the transaction that tells it."""

from typing import Any

from django.dispatch import receiver
from django.tasks import task

from cartography.importing import run
from cartography.signals import import_begun, import_uploaded
from core import clock


@task
def check_import(import_id: int) -> str:
    """Looks at every row of a file; writes no place."""
    return run.check_import(import_id=import_id, now=clock.now()).status


@task
def run_import(import_id: int) -> str:
    """Writes the places of a file; safe to run again after a worker was killed."""
    return run.run_import(import_id=import_id, now=clock.now()).status


@receiver(import_uploaded, dispatch_uid="cartography.check_import")
def queue_check(*, import_id: int, **kwargs: Any) -> None:
    check_import.enqueue(import_id)


@receiver(import_begun, dispatch_uid="cartography.run_import")
def queue_import(*, import_id: int, **kwargs: Any) -> None:
    run_import.enqueue(import_id)
