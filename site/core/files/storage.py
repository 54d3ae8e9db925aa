"""Storage for files that only our own views serve."""

from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile


class Stream(Protocol):
    """What a `FileResponse` sends."""

    def read(self, size: int = -1, /) -> bytes: ...

    def close(self) -> None: ...


def stream_of(file: FieldFile, *, start: int = 0, length: int | None = None) -> Stream:
    """What is stored in the field, or `length` bytes of it from `start` on; from a disk or an object store. Raises FileNotFoundError."""
    storage: Any = file.storage
    stream: Stream = storage.stream(file.name, start=start, length=length)
    return stream


class PrivateFileStorage(FileSystemStorage):
    """Files without a URL: Django's own storage would give one below MEDIA_URL."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file has no URL of its own; use the view that serves it.")

    def stream(self, name: str, *, start: int = 0, length: int | None = None) -> Stream:
        """The file, or `length` bytes from `start` on. Raises FileNotFoundError."""
        handle: Any = self.open(name, "rb")
        handle.seek(start)
        return handle if length is None else _Slice(handle, length)

    def save_whole(self, name: str, content: bytes) -> None:
        """Under this very name: written beside and moved into its place, so nobody is ever handed half a file."""
        unfinished = self.save(f"{name}.unfinished", ContentFile(content))
        Path(self.path(unfinished)).replace(self.path(name))


class _Slice:
    """A part of an open file, read in blocks."""

    def __init__(self, handle: Stream, length: int) -> None:
        self.handle, self.left = handle, length

    def read(self, size: int = -1, /) -> bytes:
        block = self.handle.read(min(size, self.left) if size >= 0 else self.left)
        self.left -= len(block)
        return block

    def close(self) -> None:
        self.handle.close()
