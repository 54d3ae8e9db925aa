"""What a merge of two people does with their enrolments: both may sit in the same session, and one person has one seat."""

from itertools import groupby
from typing import Any

from django.db.models import Model, QuerySet

from core.lifecycle.transitions import record_transition
from core.merging.ledger import Entry
from core.merging.registry import Merging, Undoing
from trainings.enrolment import notices
from trainings.enrolment.groups.mode import split_group
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_enrolment, lock_sessions
from trainings.enums import ACTIVE, ATTENDED, EnrolmentStatus, Phase, SystemNote
from trainings.models import AccreditationNumber, Attendance, Certificate, Enrolment, TeamLead
from trainings.sessions.seat_counts import session_seats

DROPPED, NEEDS = "trainings.dropped", "trainings.access_needs"
# Of which an enrolment has one.
ONE_EACH: tuple[type[Model], ...] = (Certificate, AccreditationNumber, TeamLead)
# The better place first.
PLACES = (EnrolmentStatus.CONFIRMED, EnrolmentStatus.OFFERED, EnrolmentStatus.WAITING, EnrolmentStatus.LAPSED)


def move_enrolments(merging: Merging) -> None:
    """Sessions are locked after the people, as when somebody enrols. Where both are in one, the worse place becomes free."""
    both = Enrolment.objects.active().filter(participant__in=(merging.kept, merging.removed))
    sessions = lock_sessions(both.values_list("session_id", flat=True))
    rows = both.select_for_update(of=("self",)).prefetch_related("attendances").order_by("session", "pk")
    doubled = []
    for session_id, group in groupby(rows, key=lambda row: row.session_id):
        stays, *others = sorted(group, key=_place)
        for goes in others:
            _keep_marks(goes, stays, merging)
            _drop(goes, stays, merging)
            doubled.append(session_id)
    ids = {"was": merging.removed.pk, "to": merging.kept.pk}
    merging.ledger.repoint(Enrolment.objects.filter(participant=merging.removed), "participant_id", **ids)
    for session_id in doubled:
        settle_seats(sessions[session_id], now=merging.now)


def _place(enrolment: Enrolment) -> tuple[Any, ...]:
    attended = sum(mark.status in ATTENDED for mark in enrolment.attendances.all())
    return PLACES.index(EnrolmentStatus(enrolment.status)), -attended, enrolment.queued_at or enrolment.created_at, enrolment.pk


def _keep_marks(goes: Enrolment, stays: Enrolment, merging: Merging) -> None:
    """What the enrolment that goes has and the other lacks. What was paid or asked stays with each."""
    marked = {mark.meeting_id: mark for mark in stays.attendances.all()}
    for mark in goes.attendances.all():
        own = marked.get(mark.meeting_id)
        if own is None:
            merging.ledger.change(mark, enrolment_id=stays.pk)
        elif mark.status in ATTENDED and own.status not in ATTENDED:
            seen = {name: getattr(mark, name) for name in ("status", "minutes", "source", "marked_at", "marked_by_id")}
            merging.ledger.change(own, **seen)
    for model in ONE_EACH:
        rows: QuerySet[Any] = model._default_manager.all()
        for row in rows.filter(enrolment=goes):
            if not rows.filter(enrolment=stays).exists():
                merging.ledger.change(row, enrolment_id=stays.pk)
    if goes.access_needs and not stays.access_needs:
        # Not through the ledger: what a person needs is written nowhere else.
        Enrolment.objects.filter(pk=stays.pk).update(access_needs=goes.access_needs)
        merging.ledger.note(NEEDS, key=stays.pk, of=goes.pk)


def _drop(goes: Enrolment, stays: Enrolment, merging: Merging) -> None:
    """Cancelled without a mail: the person still has her other place. Its access needs stay for an undo, until the duty erases them."""
    was = goes.status
    merging.ledger.note(DROPPED, key=goes.pk, session=goes.session_id, status=was, is_held_back=goes.is_held_back)
    goes.status, goes.answer_by, goes.is_held_back = EnrolmentStatus.CANCELLED, None, False
    goes.save(update_fields=["status", "answer_by", "is_held_back"])
    record_transition(goes, was, now=merging.now, by=merging.by, reason=SystemNote.SAME_PERSON)


def lock_for_undo(undoing: Undoing) -> None:
    """Sessions before enrolments, as everywhere."""
    moved = [key for each in undoing.entries if each.get("model") == Enrolment._meta.label for key in each.get("keys", ())]
    dropped = [each["key"] for each in undoing.entries if each.get("what") == DROPPED]
    lock_sessions(Enrolment.objects.filter(pk__in=(*moved, *dropped)).values_list("session_id", flat=True))


def put_enrolments_back(undoing: Undoing) -> None:
    """The people are two again: so are their places."""
    for entry in undoing.entries:
        if entry.get("what") == NEEDS:
            _take_needs_back(entry)
        if entry.get("what") == DROPPED:
            _give_place_back(entry, undoing)


def _take_needs_back(entry: Entry) -> None:
    copied = Enrolment.objects.filter(pk=entry["of"]).values_list("access_needs", flat=True).first()
    Enrolment.objects.filter(pk=entry["key"], access_needs=copied or "").update(access_needs="")


def _give_place_back(entry: Entry, undoing: Undoing) -> None:
    """As it was. A seat that somebody else has by now is not taken away: the person waits where the day of her enrolment puts her."""
    if not Enrolment.objects.known().filter(pk=entry["key"]).exists():
        return
    enrolment = lock_enrolment(entry["key"])
    session = enrolment.session
    has_another = session.enrolments.active().filter(participant=enrolment.participant_id).exists()
    if enrolment.status in ACTIVE or has_another or session.pk != entry["session"]:
        return
    to = EnrolmentStatus(entry["status"])
    is_over = session.phase(undoing.now) == Phase.OVER
    is_seat_gone = to == EnrolmentStatus.CONFIRMED and not is_over and session_seats(session).free == 0
    if is_seat_gone or to == EnrolmentStatus.OFFERED:
        to = EnrolmentStatus.WAITING
    split_group(enrolment)  # her colleagues may stand elsewhere by now
    was, enrolment.status, enrolment.is_held_back = enrolment.status, to, entry["is_held_back"]
    if to == EnrolmentStatus.WAITING:
        enrolment.queued_at = enrolment.queued_at or enrolment.created_at
    enrolment.save(update_fields=["status", "is_held_back", "queued_at"])
    record_transition(enrolment, was, now=undoing.now, by=undoing.by, reason=SystemNote.MERGE_UNDONE)
    if is_seat_gone:
        notices.notify_status(enrolment, now=undoing.now)
    settle_seats(session, now=undoing.now)


def marks_of(person: Any) -> Any:
    """The presences of a person, for the page that compares two."""
    return Attendance.objects.filter(enrolment__participant=person).select_related("meeting")
