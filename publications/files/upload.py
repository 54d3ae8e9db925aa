"""Uploads a file of an edition after a quick check (`publications.files.reading` does the full one). Offers and withdraws versions."""

import datetime
import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from core.models import User
from publications.enums import GOOD, EditionStatus, FileState, Refusal, Withdrawal
from publications.files.file_transaction import file_transaction
from publications.models import Edition, EditionFile
from publications.signals import file_uploaded

LARGEST = 40 * 1024 * 1024  # the proxies of site/config/deploy let a little more pass


class FileRefused(Exception):
    """The quick check failed; nothing is stored."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class CannotWithdraw(Exception):
    """The version is the current one, or has no file left to remove."""


class CannotOffer(Exception):
    """The version is the current one already, or has no good file."""


def quick_check(upload: File) -> None:
    """Checks size and file type without parsing the file. Raises FileRefused."""
    if (upload.size or 0) > LARGEST:
        raise FileRefused(Refusal.TOO_LARGE)
    upload.seek(0)
    if b"%PDF-" not in upload.read(1024):
        raise FileRefused(Refusal.NOT_PDF)
    upload.seek(0)


def upload_file(*, edition: Edition, upload: File, now: datetime.datetime, by: User | None = None) -> EditionFile:
    """Stores the file as the next version and queues the full check. Raises FileRefused. The current version stays until then."""
    quick_check(upload)
    with file_transaction() as written:
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
    return file.state in GOOD and not is_offered


def can_offer(file: EditionFile, edition: Edition) -> bool:
    """A version that was checked, or an earlier one to be brought back."""
    return file.state in GOOD and file.pk != edition.current_file_id


@transaction.atomic
def offer_file(*, file: EditionFile) -> EditionFile:
    """Readers get this version from now on; the one before keeps its URL and can be brought back. Raises CannotOffer."""
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=file.edition_id)
    current = EditionFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if not can_offer(current, edition):
        raise CannotOffer
    current.state = FileState.READY
    current.save(update_fields=["state"])
    edition.current_file = current
    edition.save(update_fields=["current_file"])
    return current


@transaction.atomic
def withdraw_file(*, file: EditionFile, reason: Withdrawal) -> EditionFile:
    """Deletes the file, cover and texts of one version; its URL says so. Raises CannotWithdraw."""
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
