"""Approving a report: what is counted now is kept for ever, and goes to the pages of the site."""

import datetime
import hashlib

from django.db import IntegrityError, transaction

from core.figures.period import Period, Scope
from core.models import User
from core.models.vocabulary import Programme
from figures.approval.publish import publish
from figures.models import Snapshot
from figures.report.canonical import to_bytes
from figures.report.reading import read_report


class ReportMoved(Exception):
    """Something was counted since the report was read: whoever approves must see what she approves."""


class NothingChanged(Exception):
    """The version that stands says the same."""


class ReasonMissing(Exception):
    """A correction says why."""


def scope_of(year: int, programme: str = "") -> Scope:
    """A whole year of one programme, or of all together."""
    return Scope(Period.of_year(year), frozenset((Programme(programme),)) if programme else frozenset(Programme))


@transaction.atomic
def approve_report(*, year: int, programme: str = "", seen: str, note: str, by: User | None, now: datetime.datetime) -> Snapshot:
    """Freezes the report as the next version and writes the store of figures. `seen`: the digest of what the reader approved.

    Raises ReportMoved, NothingChanged, ReasonMissing. Two at once: the second waits and is told that nothing changed.
    """
    standing = _lock(year, programme)
    report = read_report(scope_of(year, programme))
    content = to_bytes(report)
    digest = hashlib.sha256(content).hexdigest()
    if standing and standing.sha256 == digest:
        raise NothingChanged
    if seen != digest:
        raise ReportMoved
    if standing and not note.strip():
        raise ReasonMissing
    snapshot = Snapshot(
        year=year,
        programme=programme,
        version=standing.version + 1 if standing else 1,
        content=content,
        sha256=digest,
        approved_by=by,
        approved_at=now,
        note=note.strip(),
    )
    try:
        with transaction.atomic():
            snapshot.save()
    except IntegrityError as other:
        raise ReportMoved from other
    publish(snapshot=snapshot, report=report)
    return snapshot


def _lock(year: int, programme: str) -> Snapshot | None:
    """The version that stands. The first approval of a year has no row to wait for: the constraint refuses the second."""
    return Snapshot.objects.select_for_update().filter(year=year, programme=programme).order_by("-version").first()
