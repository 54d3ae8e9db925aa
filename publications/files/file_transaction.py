"""Bytes beside rows: the database rolls its rows back, and nobody the bytes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models.fields.files import FieldFile


@contextmanager
def rows_and_bytes() -> Iterator[list[FieldFile]]:
    """A transaction. The files named in the list it gives are deleted when it fails."""
    written: list[FieldFile] = []
    try:
        with transaction.atomic():
            yield written
    except BaseException:
        for each in written:
            if each.name:
                each.storage.delete(each.name)
        raise
