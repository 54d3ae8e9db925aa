"""Importing readers: read the file, look at every line without writing (dry run), then write, in steps that show how far it is.

Each step is one transaction that moves `done` along, so a worker killed in the middle goes on where it was, and nobody comes twice.
"""

import datetime
from collections.abc import Callable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import User
from core.worker.db_retry import retry_while_database_is_down
from newsletter.addresses import address_key
from newsletter.enums.subscribers import IMPORT_TRANSITIONS, Channel, ConsentAction, ImportStatus, LineOutcome, SubscriberStatus
from newsletter.models import Consent, ReaderImport, ReaderImportLine, Subscriber, SubscriberTransition
from newsletter.signals import import_begun, import_uploaded
from newsletter.subscribers.importing.csv_file import read_file
from newsletter.subscribers.importing.validation import Judge, Verdict

STEP = 500
MOST_CLASHES = 3


class ImportRefused(Exception):
    """Not at this stage of an import."""

    def __init__(self, of: ReaderImport, to: ImportStatus) -> None:
        super().__init__(f"{of.status} → {to}")


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
) -> ReaderImport:
    """Keeps the lines of a file and has the worker look at them. Nobody is written yet. Raises CannotRead."""
    file = read_file(content)
    of = ReaderImport.objects.create(
        filename=filename[-120:],
        source=source.strip(),
        agreed_on=agreed_on,
        language=language,
        total=len(file.lines),
        notes=f"{file.encoding} {file.separator!r}",
        created_at=now,
        by=by,
    )
    rows = [
        ReaderImportLine(of=of, number=line.number, email=line.email, language=line.language, themes=line.themes) for line in file.lines
    ]
    ReaderImportLine.objects.bulk_create(rows, batch_size=1000)
    if in_background:
        import_uploaded.send(sender=ReaderImport, import_id=of.pk)
    return of


def check_import(*, import_id: int, now: datetime.datetime) -> ReaderImport:
    """The dry run: an outcome for every line, and no reader written."""
    return _walk(import_id, ImportStatus.CHECKING, ImportStatus.CHECKED, lambda of, lines, verdicts: None, now)


@transaction.atomic
def begin_import(*, import_id: int, in_background: bool = True) -> ReaderImport:
    """A person has seen the dry run and wants it. Raises ImportRefused at any other stage, so twice is once."""
    of = _move(import_id, ImportStatus.RUNNING)
    ReaderImport.objects.filter(pk=of.pk).update(done=0)
    if in_background:
        import_begun.send(sender=ReaderImport, import_id=of.pk)
    return of


def run_import(*, import_id: int, now: datetime.datetime) -> ReaderImport:
    """Writes the new readers. Lines are judged again: whoever left since the dry run is not brought back."""
    return _walk(import_id, ImportStatus.RUNNING, ImportStatus.DONE, lambda of, lines, verdicts: _write_readers(of, verdicts, now), now)


@transaction.atomic
def cancel_import(*, import_id: int, now: datetime.datetime) -> ReaderImport:
    """Drops an import that was only looked at, and its lines. Raises ImportRefused."""
    of = _move(import_id, ImportStatus.CANCELLED)
    of.lines.all().delete()
    ReaderImport.objects.filter(pk=of.pk).update(finished_at=now)
    return of


def _move(import_id: int, to: ImportStatus) -> ReaderImport:
    of = ReaderImport.objects.select_for_update().get(pk=import_id)
    if to not in IMPORT_TRANSITIONS[of.status]:
        raise ImportRefused(of, to)
    of.status = to
    of.save(update_fields=["status"])
    return of


Write = Callable[[ReaderImport, Sequence[ReaderImportLine], Sequence[Verdict]], None]


def _walk(import_id: int, during: ImportStatus, afterwards: ImportStatus, write: Write, now: datetime.datetime) -> ReaderImport:
    """Step by step to the end, from wherever an earlier walk stopped."""
    clashes = 0
    while True:
        try:
            of, is_over = retry_while_database_is_down(lambda: _step(import_id, during, afterwards, write, now), f"import {import_id}")
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
            return of


@transaction.atomic
def _fail(import_id: int, now: datetime.datetime) -> None:
    """The screen says so, and no longer looks again. What was written stays: the same file may be brought again, and nobody comes twice."""
    of = _move(import_id, ImportStatus.FAILED)
    of.finished_at = now
    of.save(update_fields=["finished_at"])


@transaction.atomic
def _step(
    import_id: int, during: ImportStatus, afterwards: ImportStatus, write: Write, now: datetime.datetime
) -> tuple[ReaderImport, bool]:
    of = ReaderImport.objects.select_for_update().get(pk=import_id)
    if of.status != during:
        return of, True
    lines = list(of.lines.order_by("number")[of.done : of.done + STEP])
    verdicts = Judge.of_import(of).judge(lines)
    write(of, lines, verdicts)
    for line, verdict in zip(lines, verdicts, strict=True):
        line.outcome, line.note = verdict.outcome, verdict.note
    ReaderImportLine.objects.bulk_update(lines, ["outcome", "note"])
    of.done += len(lines)
    if of.done >= of.total:
        of.status, of.finished_at = afterwards, now
    of.save(update_fields=["done", "status", "finished_at"])
    return of, of.status == afterwards


def _write_readers(of: ReaderImport, verdicts: Sequence[Verdict], now: datetime.datetime) -> None:
    """The new readers of a step with their themes, their proof and their first transition: four statements."""
    new = [verdict for verdict in verdicts if verdict.outcome == LineOutcome.NEW]
    agreed_at = min(timezone.make_aware(datetime.datetime.combine(of.agreed_on, datetime.time(12))), now)
    readers = Subscriber.objects.bulk_create(
        Subscriber(email=each.email, language=each.language, status=SubscriberStatus.SUBSCRIBED, created_at=now, confirmed_at=agreed_at)
        for each in new
    )
    through = Subscriber.themes.through
    through.objects.bulk_create(
        through(subscriber_id=reader.pk, theme_id=theme) for reader, each in zip(readers, new, strict=True) for theme in each.themes
    )
    SubscriberTransition.objects.bulk_create(
        SubscriberTransition(
            subscriber=reader, language=reader.language, to_status=reader.status, at=now, by=of.by, reason=f"import {of.pk}"
        )
        for reader in readers
    )
    Consent.objects.bulk_create(
        Consent(
            address_key=address_key(each.email),
            action=ConsentAction.IMPORTED,
            channel=Channel.IMPORT,
            language=each.language,
            evidence=f"{of.agreed_on:%Y-%m-%d}: {of.source}"[:300],
            recorded_by=str(of.by or "")[:150],
            at=now,
        )
        for each in new
    )
