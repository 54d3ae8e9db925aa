"""A file of places: read, checked row by row without writing (dry run), decided on, then written, in steps that show how far it is.

Each step is one transaction that moves `done` along: a worker killed in the middle goes on where it was, and nothing is written twice.
"""

import datetime
from collections.abc import Mapping

from django.db import transaction

from cartography.enums import IMPORT_TRANSITIONS, ImportStatus, RowDecision, RowOutcome
from cartography.importing.reading import read_file
from cartography.importing.rows import RowTaker
from cartography.models import PlaceImport, PlaceImportRow
from cartography.signals import import_begun, import_uploaded
from core.models import User

STEP = 250
KEPT = datetime.timedelta(days=30)


class ImportRefused(Exception):
    """Not at this stage of an import."""

    def __init__(self, place_import: PlaceImport, to: str) -> None:
        super().__init__(f"{place_import.status} → {to}")


@transaction.atomic
def start_import(*, content: bytes, filename: str, by: User | None, now: datetime.datetime, in_background: bool = True) -> PlaceImport:
    """Keeps the rows of a file and has the worker look at them. No place is written yet. Raises CannotRead."""
    file = read_file(content)
    PlaceImportRow.objects.filter(place_import__created_at__lt=now - KEPT).delete()
    place_import = PlaceImport.objects.create(
        filename=filename[-120:],
        total=len(file.rows),
        written_as=file.written_as[:80],
        headings=file.headings,
        unused_columns=file.unused_columns,
        created_at=now,
        by=by,
    )
    rows = [PlaceImportRow(place_import=place_import, number=row.number, values=row.values) for row in file.rows]
    PlaceImportRow.objects.bulk_create(rows, batch_size=1000)
    if in_background:
        import_uploaded.send(sender=PlaceImport, import_id=place_import.pk)
    return place_import


def check_import(*, import_id: int, now: datetime.datetime) -> PlaceImport:
    """The dry run: an outcome for every row, and no place written."""
    return _walk(import_id, ImportStatus.CHECKING, ImportStatus.CHECKED, now)


@transaction.atomic
def decide_rows(*, import_id: int, decisions: Mapping[int, RowDecision]) -> None:
    """What a person says of rows that may be places of the map, by number of the row. Raises ImportRefused."""
    place_import = PlaceImport.objects.select_for_update().get(pk=import_id)
    if place_import.status != ImportStatus.CHECKED:
        raise ImportRefused(place_import, "decided")
    rows = list(place_import.rows.filter(outcome=RowOutcome.LIKELY, number__in=decisions))
    for row in rows:
        row.decision = decisions[row.number]
    PlaceImportRow.objects.bulk_update(rows, ["decision"])


@transaction.atomic
def begin_import(*, import_id: int, in_background: bool = True) -> PlaceImport:
    """A person has seen the dry run and wants it. Raises ImportRefused at any other stage, so twice is once."""
    place_import = _move(import_id, ImportStatus.RUNNING)
    PlaceImport.objects.filter(pk=import_id).update(done=0)
    if in_background:
        import_begun.send(sender=PlaceImport, import_id=import_id)
    return place_import


def run_import(*, import_id: int, now: datetime.datetime) -> PlaceImport:
    """Writes the places. Rows are checked again: the map may have changed since the dry run."""
    return _walk(import_id, ImportStatus.RUNNING, ImportStatus.DONE, now)


@transaction.atomic
def cancel_import(*, import_id: int, now: datetime.datetime) -> PlaceImport:
    """Drops an import that was only looked at, and its rows. Raises ImportRefused."""
    place_import = _move(import_id, ImportStatus.CANCELLED)
    place_import.rows.all().delete()
    PlaceImport.objects.filter(pk=import_id).update(finished_at=now)
    return place_import


def _move(import_id: int, to: ImportStatus) -> PlaceImport:
    place_import = PlaceImport.objects.select_for_update().get(pk=import_id)
    if to not in IMPORT_TRANSITIONS[place_import.status]:
        raise ImportRefused(place_import, to)
    place_import.status = to
    place_import.save(update_fields=["status"])
    return place_import


def _walk(import_id: int, during: ImportStatus, afterwards: ImportStatus, now: datetime.datetime) -> PlaceImport:
    """Step by step to the end, from wherever an earlier walk stopped."""
    while True:
        try:
            place_import, is_over = _step(import_id, during, afterwards, now)
        except Exception:
            _fail(import_id, now)
            raise
        if is_over:
            return place_import


@transaction.atomic
def _fail(import_id: int, now: datetime.datetime) -> None:
    """The screen says so. What was written stays: brought again, the same file changes nothing twice."""
    _move(import_id, ImportStatus.FAILED)
    PlaceImport.objects.filter(pk=import_id).update(finished_at=now)


@transaction.atomic
def _step(import_id: int, during: ImportStatus, afterwards: ImportStatus, now: datetime.datetime) -> tuple[PlaceImport, bool]:
    place_import = PlaceImport.objects.select_for_update(of=("self",)).select_related("by").get(pk=import_id)
    if place_import.status != during:
        return place_import, True
    rows = list(place_import.rows.order_by("number")[place_import.done : place_import.done + STEP])
    taker = RowTaker(place_import, now=now, writes=during == ImportStatus.RUNNING)
    for row in rows:
        taker.take(row)
    PlaceImportRow.objects.bulk_update(rows, ["name", "key", "outcome", "messages", "place"])
    place_import.done += len(rows)
    if place_import.done >= place_import.total:
        place_import.status, place_import.finished_at = afterwards, now
    place_import.save(update_fields=["done", "status", "finished_at"])
    return place_import, place_import.status == afterwards
