"""A file is uploaded: what can be seen at once is refused at once, the rest is the worker's (`services.reading`). And it may go."""

import datetime
import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from core.models import User
from publications.enums import EditionStatus, FileState, Refusal, Withdrawal
from publications.files.file_transaction import rows_and_bytes
from publications.models import Edition, EditionFile
from publications.signals import file_uploaded

LARGEST = 40 * 1024 * 1024


class FileRefused(Exception):
    """What can be seen at once: nothing is kept."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class CannotWithdraw(Exception):
    """It is what readers have now, or holds nothing that could go."""


def look_at(upload: File) -> None:
    """What can be said without reading the file. Raises FileRefused."""
    if (upload.size or 0) > LARGEST:
        raise FileRefused(Refusal.TOO_LARGE)
    upload.seek(0)
    if b"%PDF-" not in upload.read(1024):
        raise FileRefused(Refusal.NOT_PDF)
    upload.seek(0)


def upload_file(*, edition: Edition, upload: File, now: datetime.datetime, by: User | None = None) -> EditionFile:
    """Keeps the file as the next version and has the worker read it. Raises FileRefused; the current version stays until then."""
    look_at(upload)
    with rows_and_bytes() as written:
        locked = Edition.objects.select_for_update().get(pk=edition.pk)
        number = (locked.files.aggregate(latest=Max("number"))["latest"] or 0) + 1
        digest, size = _digest(upload)
        saved = EditionFile(
            edition=locked,
            number=number,
            uploaded_name=Path(upload.name or "").name[:200],
            uploaded_at=now,
            uploaded_by=by,
            size=size,
            sha256=digest,
        )
        written.append(saved.file)
        saved.file.save("upload.pdf", upload, save=False)
        saved.save()
        file_uploaded.send(sender=EditionFile, file_id=saved.pk)
    return saved


def can_withdraw(file: EditionFile, edition: Edition) -> bool:
    """What readers have now is not taken away under them: first comes a better version, or the edition is withdrawn."""
    is_offered = file.pk == edition.current_file_id and edition.status != EditionStatus.WITHDRAWN
    return file.state == FileState.READY and not is_offered


@transaction.atomic
def withdraw_file(*, file: EditionFile, reason: Withdrawal) -> EditionFile:
    """One version goes, with its bytes, its cover and its words; its address says so. Raises CannotWithdraw."""
    edition = Edition.objects.select_for_update().get(pk=file.edition_id)
    current = EditionFile.objects.select_for_update().get(pk=file.pk)
    if not can_withdraw(current, edition):
        raise CannotWithdraw
    if edition.current_file_id == current.pk:
        edition.current_file = None
        edition.save(update_fields=["current_file"])
    kept = [(each.storage, each.name) for each in (current.file, current.cover) if each.name]
    current.state, current.withdrawal, current.file, current.cover = FileState.WITHDRAWN, reason, "", ""
    current.save(update_fields=["state", "withdrawal", "file", "cover"])
    current.texts.all().delete()
    for storage, name in kept:
        transaction.on_commit(partial(storage.delete, name))
    return current


def _digest(upload: Any) -> tuple[str, int]:
    upload.seek(0)
    digest, size = hashlib.sha256(), 0
    for block in upload.chunks():
        digest.update(block)
        size += len(block)
    upload.seek(0)
    return digest.hexdigest(), size
