"""Files in which a person stands, by their name or their content: media, private files, those no row knows of any more."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from django.apps import apps
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import UploadedFile

from core.privacy.needles import Needles
from core.privacy.registry import registered

STORES = ("default", "private")
# Larger ones are films and scans, not letters.
LARGEST = 25 * 2**20
# Theirs is the file: without it the row has no sense.
REMOVED_WITH_ROW = (AbstractDocument, AbstractImage, AbstractRendition, UploadedFile)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A stored file, and the row that has it, if any."""

    store: str
    name: str
    row: models.Model | None = None
    column: str = ""

    @property
    def kind(self) -> str:
        """What it belongs to."""
        return str(self.row._meta.verbose_name) if self.row else ""


def files_with(needles: Needles) -> list[FoundFile]:
    """Those whose name, or whose text, holds the address or a name; without what the apps keep for a reason they declare."""
    owners = dict(_owned())
    kept = {label for data in registered() for label in data.keeps}
    found = []
    for store in STORES:
        for name in _names(storages[store]):
            row, column = owners.get((store, name), (None, ""))
            if row is not None and {row._meta.label, f"{row._meta.label}.{column}"} & kept:
                continue
            if needles.exact.search(name) or needles.exact.search(text_of(storages[store], name)):
                found.append(FoundFile(store, name, row, column))
    return found


def remove(found: list[FoundFile]) -> int:
    """Documents, images and uploads go with their row; another row loses its file. The files go once the erasure is committed."""
    for each in found:
        if each.row is None:
            pass
        elif isinstance(each.row, REMOVED_WITH_ROW):
            each.row.delete()
        else:
            type(each.row)._base_manager.filter(pk=each.row.pk).update(**{each.column: ""})
        transaction.on_commit(lambda each=each: storages[each.store].delete(each.name))  # type: ignore[misc]
    return len(found)


def text_of(storage: Storage, name: str) -> str:
    """The words in a file: plain text, the parts of an office document, the text of a PDF."""
    if storage.size(name) > LARGEST:
        return ""
    with storage.open(name) as file:
        content = file.read()
    if content.startswith(b"%PDF"):
        return _text_of_pdf(content)
    if content.startswith(b"PK"):
        return _text_of_zip(content)
    return str(content.decode("utf-8", "ignore"))


def _text_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [each for each in archive.infolist() if each.file_size <= LARGEST]
            return "\n".join(archive.read(each).decode("utf-8", "ignore") for each in parts)
    except (zipfile.BadZipFile, RuntimeError):
        return ""


def _text_of_pdf(content: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError:
        return ""


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        yield f"{folder}/{name}".lstrip("/")
    for each in folders:
        yield from _names(storage, f"{folder}/{each}".lstrip("/"))


def _owned() -> Iterator[tuple[tuple[str, str], tuple[models.Model, str]]]:
    """Each stored file and the row that names it."""
    private = storages["private"]
    for model in apps.get_models():
        columns: list[Any] = [each for each in model._meta.local_concrete_fields if isinstance(each, models.FileField)]
        for column in columns:
            store = "private" if column.storage == private else "default"
            for row in model._base_manager.exclude(**{column.name: ""}).exclude(**{column.name: None}).iterator():
                yield (store, str(getattr(row, column.name).name)), (row, column.name)
