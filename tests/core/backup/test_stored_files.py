"""Files go to whatever storage the site has."""

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from core.backup.stored_files import names_in, store


def test_a_storage_without_a_folder_on_any_disk_is_filled_and_listed() -> None:
    storage = InMemoryStorage()
    store(storage, "images/face.png", ContentFile(b"content"))
    store(storage, "a.txt", ContentFile(b"words"))
    assert list(names_in(storage)) == ["a.txt", "images/face.png"]
