"""Storage for files that only our own views serve."""

from django.core.files.storage import FileSystemStorage


class PrivateFileStorage(FileSystemStorage):
    """Files without a URL: Django's own storage would give one below MEDIA_URL."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file has no URL of its own; use the view that serves it.")
