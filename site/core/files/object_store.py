"""Files in a bucket of an S3-compatible object store, for sites on several machines (docs/scaling.md).

The bucket is closed to strangers as a whole. No URL leads to it, signed or not: our views check access and stream.
Needs the packages of the group `machines`; imported only where the settings name a bucket.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.crypto import get_random_string
from storages.backends.s3 import S3Storage

from core.files.storage import Stream

NOT_THERE = {"404", "NoSuchKey", "NotFound"}


class ObjectStoreError(OSError):
    """The object store is away or refuses us: to callers what a broken disk is."""


@contextmanager
def _errors_of_files(name: str) -> Iterator[None]:
    """What callers know from files on a disk: FileNotFoundError and OSError."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in NOT_THERE:
            raise FileNotFoundError(name) from error
        raise ObjectStoreError(f"The object store refused {name}.") from error
    except BotoCoreError as error:
        raise ObjectStoreError(f"The object store did not answer about {name}.") from error


class ObjectStorage(S3Storage):
    """A part of the bucket, named by `location`."""

    def stream(self, name: str, *, start: int = 0, length: int | None = None) -> Stream:
        """As it comes from the store, and no more of it than is asked for. Raises FileNotFoundError."""
        part = {} if length is None and not start else {"Range": f"bytes={start}-{'' if length is None else start + length - 1}"}
        with _errors_of_files(name):
            found = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=self._key(name), **part)
        body: Stream = found["Body"]
        return body

    def _key(self, name: str) -> str:
        key: str = self._normalize_name(str(PurePosixPath(name)))
        return key

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _errors_of_files(name):
            return super()._open(name, mode)

    def _save(self, name: str, content: Any) -> str:
        with _errors_of_files(name):
            saved: str = super()._save(name, content)
        return saved

    def exists(self, name: str) -> bool:
        with _errors_of_files(name):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _errors_of_files(name):
            super().delete(name)


class PrivateObjectStorage(ObjectStorage):
    """Files without a URL, as PrivateFileStorage on a disk."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        raise ValueError("This file has no URL of its own; use the view that serves it.")

    def save_whole(self, name: str, content: bytes) -> None:
        """Under this very name. A store shows an object when all of it is there."""
        self._save(name, io.BytesIO(content))


class MediaObjectStorage(ObjectStorage):
    """Pictures and documents of the site. What is public of them is served by `core.views.media`."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{name}"

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """In a folder of its own: two machines that store a photo.jpg at the same moment cannot both be told that the name is free."""
        path = PurePosixPath(name)
        available: str = super().get_available_name(str(path.parent / get_random_string(10) / path.name), max_length)
        return available
