"""A database transaction that also removes the files written in it when it fails."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models.fields.files import FieldFile


@contextmanager
def file_transaction() -> Iterator[list[FieldFile]]:
    """Opens a transaction and yields a list; the files appended to it are deleted when the transaction fails."""
    written: list[FieldFile] = []
    try:
        with transaction.atomic():
            yield written
    except BaseException:
        for each in written:
            if each.name:
                each.storage.delete(each.name)
        raise
