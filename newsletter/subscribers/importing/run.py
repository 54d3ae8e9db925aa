"""Importing subscribers: read the file, validate every line without writing (dry run), then write, in steps that show how far it is.

Each step is one transaction that moves `done` along, so a worker killed in the middle goes on where it was, and nobody comes twice.
"""

import datetime
from collections.abc import Callable

from django.db import IntegrityError, transaction

from core.models import User
from core.worker.db_retry import retry_while_database_is_down
from newsletter.enums.subscribers import IMPORT_TRANSITIONS, ImportStatus, Standing
from newsletter.models import SubscriberImport, SubscriberImportLine
from newsletter.signals import import_begun, import_uploaded
from newsletter.subscribers.importing.questions import Answers
from newsletter.subscribers.importing.reading import line_standing, read_file
from newsletter.subscribers.importing.validation import LineValidator
from newsletter.subscribers.importing.writing import Step, write_step

STEP = 500
MOST_CLASHES = 3


class ImportRefused(Exception):
    """Not at this stage of an import."""

    def __init__(self, subscriber_import: SubscriberImport, to: ImportStatus) -> None:
        super().__init__(f"{subscriber_import.status} → {to}")


@transaction.atomic
def start_import(
    *,
    content: bytes,
    filename: str,
    source: str,
    agreed_on: datetime.date,
    language: str,
    by: User | None,
    now: datetime.datetime,
    in_background: bool = True,
) -> SubscriberImport:
    """Keeps the lines of a file and has the worker look at them, or asks what a column means. Nobody is written yet. Raises CannotRead."""
    file = read_file(content, filename)
    subscriber_import = SubscriberImport.objects.create(
        filename=filename[-120:],
        source=source.strip(),
        agreed_on=agreed_on,
        language=language,
        total=len(file.lines),
        notes=file.table.written_as,
        unused_columns=file.unused_columns,
        standing_of_all=file.standing_of_all or "",
        questions=file.questions,
        status=ImportStatus.ASKING if file.questions else ImportStatus.CHECKING,
        created_at=now,
        by=by,
    )
    rows = [SubscriberImportLine(subscriber_import=subscriber_import, **line) for line in file.lines]
    SubscriberImportLine.objects.bulk_create(rows, batch_size=1000)
    if in_background and not file.questions:
        import_uploaded.send(sender=SubscriberImport, import_id=subscriber_import.pk)
    return subscriber_import


@transaction.atomic
def answer_questions(*, import_id: int, answers: Answers, in_background: bool = True) -> SubscriberImport:
    """A person said what the columns mean; the dry run follows. Raises ImportRefused, also for an answer that is missing."""
    subscriber_import = _move(import_id, ImportStatus.CHECKING)
    for question in subscriber_import.questions:
        given = answers.get(question["column"], {})
        if any(given.get(value) not in {*Standing.values, ""} for value, _count in question["values"]):
            raise ImportRefused(subscriber_import, ImportStatus.CHECKING)
    subscriber_import.answers = {column: dict(given) for column, given in answers.items()}
    subscriber_import.save(update_fields=["answers"])
    lines = list(subscriber_import.lines.only("said", "standing"))
    for line in lines:
        line.standing = line_standing(line.said, answers, subscriber_import.standing_of_all)
    SubscriberImportLine.objects.bulk_update(lines, ["standing"], batch_size=1000)
    if in_background:
        import_uploaded.send(sender=SubscriberImport, import_id=subscriber_import.pk)
    return subscriber_import


def check_import(*, import_id: int, now: datetime.datetime) -> SubscriberImport:
    """The dry run: an outcome for every line, and no subscriber written."""
    return _walk(import_id, ImportStatus.CHECKING, ImportStatus.CHECKED, lambda subscriber_import, step: None, now)


@transaction.atomic
def begin_import(*, import_id: int, in_background: bool = True) -> SubscriberImport:
    """A person has seen the dry run and wants it. Raises ImportRefused at any other stage, so twice is once."""
    subscriber_import = _move(import_id, ImportStatus.RUNNING)
    SubscriberImport.objects.filter(pk=subscriber_import.pk).update(done=0)
    if in_background:
        import_begun.send(sender=SubscriberImport, import_id=subscriber_import.pk)
    return subscriber_import


def run_import(*, import_id: int, now: datetime.datetime) -> SubscriberImport:
    """Writes the new subscribers. Lines are validated again: whoever left since the dry run is not brought back."""
    return _walk(
        import_id,
        ImportStatus.RUNNING,
        ImportStatus.DONE,
        lambda subscriber_import, step: write_step(subscriber_import, step, now),
        now,
    )


@transaction.atomic
def cancel_import(*, import_id: int, now: datetime.datetime) -> SubscriberImport:
    """Drops an import that was only looked at, and its lines. Raises ImportRefused."""
    subscriber_import = _move(import_id, ImportStatus.CANCELLED)
    subscriber_import.lines.all().delete()
    SubscriberImport.objects.filter(pk=subscriber_import.pk).update(finished_at=now)
    return subscriber_import


def _move(import_id: int, to: ImportStatus) -> SubscriberImport:
    subscriber_import = SubscriberImport.objects.select_for_update().get(pk=import_id)
    if to not in IMPORT_TRANSITIONS[subscriber_import.status]:
        raise ImportRefused(subscriber_import, to)
    subscriber_import.status = to
    subscriber_import.save(update_fields=["status"])
    return subscriber_import


Write = Callable[[SubscriberImport, Step], None]


def _walk(import_id: int, during: ImportStatus, afterwards: ImportStatus, write: Write, now: datetime.datetime) -> SubscriberImport:
    """Step by step to the end, from wherever an earlier walk stopped."""
    clashes = 0
    while True:
        try:
            subscriber_import, is_over = retry_while_database_is_down(
                lambda: _step(import_id, during, afterwards, write, now), f"import {import_id}"
            )
        except IntegrityError:
            # Somebody subscribed between our look and our write: look again.
            clashes += 1
            if clashes == MOST_CLASHES:
                _fail(import_id, now)
                raise
            continue
        except Exception:
            _fail(import_id, now)
            raise
        if is_over:
            return subscriber_import


@transaction.atomic
def _fail(import_id: int, now: datetime.datetime) -> None:
    """The screen says so, and no longer looks again. What was written stays: the same file may be brought again, and nobody comes twice."""
    subscriber_import = _move(import_id, ImportStatus.FAILED)
    subscriber_import.finished_at = now
    subscriber_import.save(update_fields=["finished_at"])


@transaction.atomic
def _step(
    import_id: int, during: ImportStatus, afterwards: ImportStatus, write: Write, now: datetime.datetime
) -> tuple[SubscriberImport, bool]:
    subscriber_import = SubscriberImport.objects.select_for_update().get(pk=import_id)
    if subscriber_import.status != during:
        return subscriber_import, True
    lines = list(subscriber_import.lines.order_by("number")[subscriber_import.done : subscriber_import.done + STEP])
    results = LineValidator.of_import(subscriber_import).validate(lines)
    step = list(zip(lines, results, strict=True))
    write(subscriber_import, step)
    for line, result in step:
        line.outcome, line.note = result.outcome, result.note
    SubscriberImportLine.objects.bulk_update(lines, ["outcome", "note"])
    subscriber_import.done += len(lines)
    if subscriber_import.done >= subscriber_import.total:
        subscriber_import.status, subscriber_import.finished_at = afterwards, now
    subscriber_import.save(update_fields=["done", "status", "finished_at"])
    return subscriber_import, subscriber_import.status == afterwards
