"""Where files lie that only our own views hand out."""

from django.core.files.storage import FileSystemStorage


class PrivateFileStorage(FileSystemStorage):
    """Files without an address: Django's own storage would name one below MEDIA_URL."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file has no address of its own; ask the view that hands it out.")
