"""Issues and revokes certificates of the hours attended. Frozen when issued."""

import datetime
import math
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.fields import public_code
from core.files.pdf import can_be_printed
from core.models import User
from trainings.enrolment import notices
from trainings.enums import ATTENDED, EnrolmentStatus, Phase
from trainings.models import AttendanceMark, Certificate, Enrolment, MarkOutcome, Session
from trainings.sessions.titles import session_title


class NotAttended(Exception):
    """Not a minute was attended (or the enrolment is not confirmed): there is nothing to attest."""


class BelowThreshold(NotAttended):
    """Less was attended than the session asks for a certificate."""


class UndecidedMarks(Exception):
    """Two people noted the person differently at a meeting, and nobody has decided yet."""


class SessionNotOver(Exception):
    """A meeting is still to come: what will have been attended is not known."""


class NotPrintable(Exception):
    """No font of ours has every character of the name or the title: the paper would show empty boxes."""


@transaction.atomic
def issue_certificate(*, enrolment: Enrolment, now: datetime.datetime, by: User | None = None) -> Certificate:
    """Attests the minutes attended so far and mails the link. A valid certificate stays as it is.

    Raises NotAttended, BelowThreshold, UndecidedMarks, NotPrintable.

    To correct one: revoke it, then issue again. The new paper has a new code, the old code attests nothing.
    """
    # The row of the enrolment is the lock: two clicks must not make two certificates.
    current = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("participant", "session__module", "session__venue")
        .get(pk=enrolment.pk)
    )
    existing = Certificate.objects.filter(enrolment=current).first()
    if existing is not None and existing.revoked_at is None:
        return existing
    _refuse_too_early(current.session, now)
    if current.marks.filter(outcome=MarkOutcome.CONFLICT).exists():
        raise UndecidedMarks
    facts = _facts(current)
    if not can_be_printed(str(facts["name"]), str(facts["title"])):
        raise NotPrintable
    if existing is None:
        certificate = Certificate.objects.create(enrolment=current, issued_at=now, **facts)
    else:
        certificate = existing
        for name, value in (facts | {"issued_at": now, "revoked_at": None, "code": public_code()}).items():
            setattr(certificate, name, value)
        certificate.save()
    notices.notify_certificate(certificate, now=now)
    return certificate


@transaction.atomic
def issue_for_session(*, session: Session, now: datetime.datetime, by: User | None) -> list[Certificate]:
    """Certificates for everybody confirmed who attended and has none yet. Returns the new ones; a revoked one stays revoked.

    Who has a name that cannot be printed gets none and no mail: see `unprintable_names`.
    """
    _refuse_too_early(session, now)
    issued = []
    for enrolment in entitled_enrolments(session):
        with suppress(NotPrintable):
            issued.append(issue_certificate(enrolment=enrolment, now=now, by=by))
    return issued


def unprintable_names(session: Session) -> list[Enrolment]:
    """Those entitled to a certificate whose name our fonts lack. All names are tried at once: nearly always they are fine."""
    people = list(entitled_enrolments(session))
    if can_be_printed(*(each.name for each in people)):
        return []
    return [each for each in people if not can_be_printed(each.name)]


def entitled_enrolments(session: Session) -> QuerySet[Enrolment]:
    """Everybody confirmed who attended enough, of whom nothing is to decide, and who never had a certificate."""
    confirmed: Any = session.enrolments.confirmed().known().filter(certificate__isnull=True).exclude(pk__in=_undecided(session))
    entitled: QuerySet[Enrolment] = confirmed.with_attendance().filter(minutes_attended__gte=minutes_asked(session))
    return entitled


def minutes_asked(session: Session) -> int:
    """How many minutes a certificate asks for: the share the session sets, rounded up; a single one where it sets none."""
    planned = sum(meeting.minutes for meeting in session.meetings.all())
    return max(1, math.ceil(planned * (session.certificate_percent or 0) / 100))


def undecided_enrolments(session: Session) -> QuerySet[Enrolment]:
    """Those who get no certificate before somebody decides what is true."""
    undecided: QuerySet[Enrolment] = session.enrolments.confirmed().known().filter(pk__in=_undecided(session))
    return undecided


def enrolments_below(session: Session) -> QuerySet[Enrolment]:
    """Those who came, but for less than a certificate asks."""
    confirmed: Any = session.enrolments.confirmed().known().filter(certificate__isnull=True)
    below: QuerySet[Enrolment] = confirmed.with_attendance().filter(minutes_attended__range=(1, minutes_asked(session) - 1))
    return below


def _undecided(session: Session) -> Any:
    return AttendanceMark.objects.filter(meeting__session=session, outcome=MarkOutcome.CONFLICT).values("enrolment")


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, now: datetime.datetime, by: User) -> Certificate:
    """Revokes the certificate; its code then says so. Idempotent."""
    Certificate.objects.filter(pk=certificate.pk, revoked_at=None).update(revoked_at=now)
    certificate.refresh_from_db()
    return certificate


def _refuse_too_early(session: Session, now: datetime.datetime) -> None:
    if session.phase(now) != Phase.OVER:
        raise SessionNotOver


def _facts(enrolment: Enrolment) -> dict[str, object]:
    """The columns of the certificate, as they are today."""
    marks = enrolment.attendances.filter(status__in=ATTENDED)
    minutes = sum(marks.values_list("minutes", flat=True))
    if enrolment.status != EnrolmentStatus.CONFIRMED or not minutes:
        raise NotAttended
    if minutes < minutes_asked(enrolment.session):
        raise BelowThreshold
    meetings = list(enrolment.session.meetings.order_by("starts_at"))
    return {
        "name": enrolment.name,
        "title": session_title(enrolment.session, enrolment.language)[:200],
        "language": enrolment.language,
        "starts_on": timezone.localtime(meetings[0].starts_at).date(),
        "ends_on": timezone.localtime(meetings[-1].ends_at).date(),
        "minutes": minutes,
        "minutes_planned": sum(meeting.minutes for meeting in meetings),
    }
