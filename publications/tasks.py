"""Background tasks: ids in, one service called. Queued in the transaction of the event they follow."""

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
