"""Submissions: confirmed by mail, queued, and decided by a map editor."""

import datetime

from django.db import transaction

from cartography import mails
from cartography.enums import (
    SUBMISSION_TRANSITIONS,
    CheckedBy,
    PlaceStatus,
    Proposer,
    Provenance,
    ReportReason,
    SubmissionKind,
    SubmissionStatus,
)
from cartography.models import Place, Submission
from cartography.places.data import Notes, PlaceData
from cartography.places.services import change_place, confirm_place, create_place, publish_place, reopen_place
from core.lifecycle.transitions import next_status, record_transition
from core.models import User

# A sender's email is kept this long after the decision; an unconfirmed proposal is deleted.
KEEP_SENDER = datetime.timedelta(days=30)
KEEP_UNCONFIRMED = datetime.timedelta(days=7)


class CannotDecide(Exception):
    """It is decided already, or not confirmed yet."""


class NoAddress(Exception):
    """The place has no email to write to."""


@transaction.atomic
def propose_place(*, data: PlaceData, email: str, proposer: Proposer, comment: str, language: str, now: datetime.datetime) -> Submission:
    """Keeps the proposal and mails the link that confirms it. It enters the queue when the link was used."""
    submission = Submission.objects.create(
        kind=SubmissionKind.PROPOSAL,
        status=SubmissionStatus.UNCONFIRMED,
        values=data.as_json(),
        comment=comment,
        email=email,
        proposer=proposer,
        language=language,
        created_at=now,
    )
    record_transition(submission, "", now=now)
    mails.confirm_proposal(submission, now=now)
    return submission


@transaction.atomic
def confirm_submission(*, submission: Submission, now: datetime.datetime) -> Submission:
    """The mailed link was used: the proposal enters the queue. Idempotent."""
    current: Submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if current.status == SubmissionStatus.UNCONFIRMED:
        was, current.status = current.status, next_status(SUBMISSION_TRANSITIONS, current.status, SubmissionStatus.OPEN)
        current.confirmed_at = now
        current.save(update_fields=["status", "confirmed_at"])
        record_transition(current, was, now=now)
    return current


@transaction.atomic
def report_place(*, place: Place, reason: ReportReason, comment: str, email: str, language: str, now: datetime.datetime) -> Submission:
    """Something is wrong: into the queue at once, under a reference. Changes nothing by itself."""
    submission = Submission.objects.create(
        kind=SubmissionKind.REPORT,
        status=SubmissionStatus.OPEN,
        place=place,
        reason=reason,
        comment=comment,
        email=email,
        language=language,
        created_at=now,
    )
    record_transition(submission, "", now=now)
    return submission


@transaction.atomic
def send_edit_link(*, place: Place, language: str, now: datetime.datetime) -> None:
    """Mails the service the link to its own record. Raises NoAddress."""
    if not place.email:
        raise NoAddress
    mails.edit_link(place, language=language, now=now)


@transaction.atomic
def propose_edit(*, place: Place, data: PlaceData, comment: str, language: str, now: datetime.datetime) -> Submission:
    """The service changed its record through its mailed link: into the queue. An older edit that nobody decided is replaced."""
    Submission.objects.filter(place=place, kind=SubmissionKind.EDIT, status=SubmissionStatus.OPEN).delete()
    submission = Submission.objects.create(
        kind=SubmissionKind.EDIT,
        status=SubmissionStatus.OPEN,
        place=place,
        values=data.as_json(),
        comment=comment,
        email=place.email,
        language=language,
        created_at=now,
        confirmed_at=now,
    )
    record_transition(submission, "", now=now)
    return submission


@transaction.atomic
def accept_submission(*, submission: Submission, now: datetime.datetime, by: User, note: str = "", publish: bool = True) -> Place | None:
    """Says yes: a proposal becomes a place, an edit changes its place and brings a withdrawn one back, a report is dealt with.

    Raises CannotDecide, CannotPlace.
    """
    current = _open(submission)
    if current.kind == SubmissionKind.PROPOSAL:
        knows = current.is_from_service
        notes = Notes(provenance=Provenance.ORGANISATION if knows else Provenance.PROPOSAL)
        place = create_place(data=PlaceData.from_json(current.values), notes=notes, now=now, by=by)
        if publish:
            if knows:
                confirm_place(place=place, checked_by=CheckedBy.ORGANISATION, now=now, by=by)
            place = publish_place(place=place, now=now, by=by, reason=current.reference)
        current.place = place
    elif current.kind == SubmissionKind.EDIT and current.place:
        change_place(place=current.place, data=PlaceData.from_json(current.values))
        current.place = confirm_place(place=current.place, checked_by=CheckedBy.ORGANISATION, now=now, by=by)
        if current.place.status == PlaceStatus.WITHDRAWN:
            reopen_place(place=current.place, now=now, by=by)
            current.place = publish_place(place=current.place, now=now, by=by, reason=current.reference)
    _decide(current, SubmissionStatus.ACCEPTED, now=now, by=by, note=note)
    return current.place


@transaction.atomic
def refuse_submission(*, submission: Submission, now: datetime.datetime, by: User, note: str = "") -> None:
    """Says no; the sender is told, with the note. Raises CannotDecide."""
    _decide(_open(submission), SubmissionStatus.REFUSED, now=now, by=by, note=note)


def _open(submission: Submission) -> Submission:
    current = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if current.status != SubmissionStatus.OPEN:
        raise CannotDecide(current.status)
    return current


def _decide(current: Submission, status: SubmissionStatus, *, now: datetime.datetime, by: User, note: str) -> None:
    was, current.status = current.status, next_status(SUBMISSION_TRANSITIONS, current.status, status)
    current.decided_at, current.decided_by, current.decision_note = now, by, note
    current.save()
    record_transition(current, was, now=now, by=by, reason=note)
    if current.email:
        mails.decided(current, now=now)


@transaction.atomic
def forget_senders(*, now: datetime.datetime, dry_run: bool = False) -> tuple[int, int]:
    """Erases senders' addresses some time after the decision, and proposals nobody confirmed. Returns how many of each."""
    known = Submission.objects.filter(decided_at__lt=now - KEEP_SENDER).exclude(email="")
    stale = Submission.objects.filter(status=SubmissionStatus.UNCONFIRMED, created_at__lt=now - KEEP_UNCONFIRMED)
    if dry_run:
        return known.count(), stale.count()
    return known.update(email=""), stale.delete()[1].get(Submission._meta.label, 0)
