"""Checks an uploaded file in the worker: the first one becomes the current version of its edition; a bad one is refused."""

import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction

from core.text.comparison import folded
from publications.enums import GOOD, EditionStatus, FileState
from publications.files.file_transaction import file_transaction
from publications.files.pdf.inspect import Reading, inspect_pdf
from publications.models import Edition, EditionFile, PageText


def read_file(*, file_id: int) -> str:
    """Called by the worker; safe to run twice. Returns the state the file is in now."""
    file = EditionFile.objects.get(pk=file_id)
    if file.state != FileState.WAITING:
        return file.state
    with tempfile.TemporaryDirectory(prefix="smes-pdf-") as folder:
        copy, cover = Path(folder) / "file.pdf", Path(folder) / "cover.webp"
        with file.file.open("rb") as source:
            copy.write_bytes(source.read())
        reading = inspect_pdf(copy, cover=cover)
        if reading.refusal:
            _refuse(file_id, reading)
            return FileState.REFUSED
        accept_reading(file_id=file_id, reading=reading, cover=cover.read_bytes())
    file.refresh_from_db(fields=["state"])
    return file.state


def accept_reading(*, file_id: int, reading: Reading, cover: bytes) -> None:
    """Writes what was read. The file is the current version from now on, unless readers have another: then somebody looks at it first."""
    with file_transaction() as written:
        file = EditionFile.objects.select_for_update().get(pk=file_id)
        if file.state != FileState.WAITING:
            return
        file.page_count = reading.page_count
        file.pdf_title, file.pdf_language, file.is_tagged = reading.title, reading.language, reading.is_tagged
        edition = Edition.objects.select_for_update(of=("self",)).get(pk=file.edition_id)
        is_read_now = edition.status == EditionStatus.PUBLISHED and edition.current_file_id is not None
        file.state = FileState.CHECKED if is_read_now else FileState.READY
        written.append(file.cover)
        file.cover.save("cover.webp", ContentFile(cover), save=False)
        file.save()
        PageText.objects.bulk_create(_texts(file, reading))
        newer = EditionFile.objects.filter(edition=edition, state__in=GOOD, number__gt=file.number)
        if not is_read_now and not newer.exists():
            Edition.objects.filter(pk=file.edition_id).update(current_file=file)


@transaction.atomic
def search_in_its_languages(*, edition: Edition) -> None:
    """The files of the edition are searched under the languages it has now, whatever it had when they were read."""
    texts = PageText.objects.filter(file__edition=edition)
    pages = {(text.file_id, text.page): text for text in texts}
    for language in edition.languages:
        known = set(texts.filter(language=language).values_list("file", "page"))
        missing = [text for place, text in pages.items() if place not in known]
        PageText.objects.bulk_create(
            PageText(file_id=text.file_id, page=text.page, language=language, text=text.text, folded=text.folded) for text in missing
        )
    texts.exclude(language__in=edition.languages).delete()


@transaction.atomic
def _refuse(file_id: int, reading: Reading) -> None:
    """Keeps the reason and nothing of the file."""
    file = EditionFile.objects.select_for_update().get(pk=file_id)
    name = file.file.name
    file.state, file.refusal, file.refusal_detail, file.file = FileState.REFUSED, reading.refusal, reading.detail, ""
    file.save()
    if name:
        storage = file.file.storage
        transaction.on_commit(lambda: storage.delete(name))


def _texts(file: EditionFile, reading: Reading) -> list[PageText]:
    """A page of a bilingual file is searched under both its languages."""
    pages = [(number, _readable(text)) for number, text in enumerate(reading.texts, start=1)]
    return [
        PageText(file=file, page=number, language=language, text=text, folded=folded(text))
        for number, text in pages
        if text
        for language in file.edition.languages
    ]


def _readable(text: str) -> str:
    """Lines joined, hyphenation at line ends undone, no control character the database or a page could choke on."""
    joined = text.replace("\ufffe", "").replace("\u00ad", "").replace("\r\n", "\n").replace("-\n", "-")
    return " ".join("".join(char if char.isprintable() else " " for char in joined).split())
