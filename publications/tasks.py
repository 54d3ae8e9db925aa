"""Tasks of publications: ids in, one service called. Each waits for a fact; it is queued in the transaction that tells it."""

from typing import Any

from django.dispatch import receiver
from django.tasks import task

from publications.files.reading import read_file
from publications.signals import file_uploaded


@task
def inspect_file(file_id: int) -> str:
    """Reads an uploaded file. Safe to run twice."""
    return read_file(file_id=file_id)


@receiver(file_uploaded, dispatch_uid="publications.inspect_file")
def queue_inspection(*, file_id: int, **kwargs: Any) -> None:
    inspect_file.enqueue(file_id)
