"""A seat is given back, given on, taken back, or changed for one in another session."""

import datetime

import pytest
from django.utils import timezone, translation

from core.lifecycle.transitions import TransitionNotAllowed
from core.models import OutgoingMail
from tests.core.factories import UserFactory
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, ModuleFactory, SessionFactory, make_sheets
from tests.trainings.mail import files_of, kinds_to, latest_mail
from trainings.enrolment.cancel import CannotCancel, cancel_enrolment
from trainings.enrolment.confirm import SessionFull, confirm_enrolment, move_to_waiting
from trainings.enrolment.move import CannotMove, MoveRefusal, move_enrolment
from trainings.enrolment.resend import resend_mail
from trainings.enrolment.status import change_status
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import Session
from trainings.sessions.seat_counts import can_be_changed, session_seats, waiting_rank

pytestmark = pytest.mark.django_db


def statuses(session: Session) -> list[str]:
    return list(session.enrolments.order_by("pk").values_list("status", flat=True))


def test_cancelling_frees_the_seat_once_however_often_it_is_pressed() -> None:
    session = SessionFactory(capacity=2)
    enrolment = EnrolmentFactory(session=session, access_needs="ramp", announced=True)
    assert session_seats(session).free == 1

    for _press in range(3):
        cancel_enrolment(enrolment=enrolment, now=timezone.now())

    assert session_seats(session).free == 2
    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.CANCELLED
    assert enrolment.access_needs == "", "nobody needs to know them any more"
    assert [row.to_status for row in enrolment.transitions.all()] == ["confirmed", "cancelled"]
    assert kinds_to(enrolment.participant.email) == ["enrolment_cancelled"]
    assert b"METHOD:CANCEL" in files_of(latest_mail(enrolment))["smes-cancelled-1.ics"]


def test_leaving_the_list_moves_the_others_up() -> None:
    session = SessionFactory(capacity=0)
    now = timezone.now()
    first, second, third = (
        EnrolmentFactory(session=session, is_waiting=True, created_at=now + datetime.timedelta(seconds=n)) for n in range(3)
    )
    cancel_enrolment(enrolment=second, now=now)
    assert [waiting_rank(first), waiting_rank(third)] == [1, 2]
    second.refresh_from_db()
    assert waiting_rank(second) == 0
    assert latest_mail(second).attachments == [], "who waited has no dates in the calendar"


def test_a_participant_cannot_cancel_what_is_over_but_the_coordinator_can() -> None:
    session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(days=3))
    enrolment = EnrolmentFactory(session=session)
    assert not can_be_changed(enrolment, timezone.now())
    with pytest.raises(CannotCancel):
        cancel_enrolment(enrolment=enrolment, now=timezone.now())
    coordinator = UserFactory()
    cancel_enrolment(enrolment=enrolment, now=timezone.now(), by=coordinator, reason="entered twice")
    row = enrolment.transitions.last()
    assert (row.to_status, row.by, row.reason) == ("cancelled", coordinator, "entered twice")


def test_the_coordinator_gives_a_freed_seat_to_somebody_who_waits() -> None:
    session = SessionFactory(capacity=1)
    waiting = EnrolmentFactory(session=session, is_waiting=True)
    coordinator = UserFactory()

    confirm_enrolment(enrolment=waiting, now=timezone.now(), by=coordinator)

    waiting.refresh_from_db()
    assert waiting.status == EnrolmentStatus.CONFIRMED
    assert waiting.transitions.last().by == coordinator
    assert kinds_to(waiting.participant.email) == ["enrolment_confirmed"]
    confirm_enrolment(enrolment=waiting, now=timezone.now(), by=coordinator)
    assert len(kinds_to(waiting.participant.email)) == 1


def test_a_full_session_takes_one_more_only_when_the_coordinator_says_so() -> None:
    session = SessionFactory(capacity=1)
    EnrolmentFactory(session=session)
    waiting = EnrolmentFactory(session=session, is_waiting=True)
    with pytest.raises(SessionFull):
        confirm_enrolment(enrolment=waiting, now=timezone.now(), by=UserFactory())
    assert statuses(session) == ["confirmed", "waiting"]

    confirm_enrolment(enrolment=waiting, now=timezone.now(), by=UserFactory(), over_capacity=True)

    assert statuses(session) == ["confirmed", "confirmed"]
    with translation.override("nl"):
        assert waiting.transitions.last().reason_label == "Boven de capaciteit."
    assert session_seats(session).free == 0


def test_taken_back_to_the_list_one_stands_where_the_day_of_enrolment_puts_one() -> None:
    session = SessionFactory(capacity=1)
    now = timezone.now()
    early = EnrolmentFactory(session=session, created_at=now - datetime.timedelta(days=5))
    late = EnrolmentFactory(session=session, is_waiting=True, created_at=now)

    move_to_waiting(enrolment=early, now=now, by=UserFactory(), reason="asked for it")

    early.refresh_from_db()
    assert [waiting_rank(early), waiting_rank(late)] == [1, 2]
    assert kinds_to(early.participant.email) == ["enrolment_waiting"]


def test_a_cancelled_enrolment_stays_cancelled() -> None:
    cancelled = EnrolmentFactory(is_cancelled=True)
    with pytest.raises(TransitionNotAllowed):
        confirm_enrolment(enrolment=cancelled, now=timezone.now(), by=UserFactory())
    with pytest.raises(TransitionNotAllowed):
        change_status(cancelled, EnrolmentStatus.WAITING, now=timezone.now())


def test_moving_to_a_session_with_room_keeps_the_link_and_replaces_the_dates() -> None:
    module = ModuleFactory()
    make_sheets(module)
    old, new = SessionFactory(module=module), SessionFactory(module=module)
    enrolment = EnrolmentFactory(session=old, announced=True)
    token = enrolment.token

    move_enrolment(enrolment=enrolment, to_session=new, now=timezone.now(), by=UserFactory())

    enrolment.refresh_from_db()
    assert (enrolment.session, enrolment.status, enrolment.token) == (new, EnrolmentStatus.CONFIRMED, token)
    assert session_seats(old).confirmed == 0
    mail = latest_mail(enrolment)
    assert mail.kind == "trainings/mail/enrolment_moved"
    files = files_of(mail)
    assert b"METHOD:CANCEL" in files["smes-cancelled-1.ics"]
    assert b"METHOD:PUBLISH" in files["smes.ics"]
    assert f"{old.reference} → {new.reference}" in enrolment.transitions.last().reason


def test_moving_to_a_full_session_puts_one_at_the_end_of_its_list() -> None:
    full = SessionFactory(capacity=1)
    EnrolmentFactory(session=full)
    before = EnrolmentFactory(session=full, is_waiting=True, created_at=timezone.now() + datetime.timedelta(seconds=1))
    enrolment = EnrolmentFactory(announced=True)

    move_enrolment(enrolment=enrolment, to_session=full, now=timezone.now(), by=UserFactory())

    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.WAITING
    assert [waiting_rank(before), waiting_rank(enrolment)] == [1, 2]
    assert session_seats(full).confirmed == 1
    assert list(files_of(latest_mail(enrolment))) == ["smes-cancelled-1.ics"]


def test_from_the_list_of_one_session_to_a_free_seat_in_another() -> None:
    enrolment = EnrolmentFactory(is_waiting=True, announced=True)
    move_enrolment(enrolment=enrolment, to_session=SessionFactory(), now=timezone.now(), by=UserFactory())
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.queued_at) == (EnrolmentStatus.CONFIRMED, None)
    assert list(files_of(latest_mail(enrolment))) == ["smes.ics"], "nothing to take out of the calendar"


def test_moves_that_make_no_sense_are_refused_and_change_nothing() -> None:
    enrolment = EnrolmentFactory()
    there_already = EnrolmentFactory(participant=enrolment.participant)
    attended = EnrolmentFactory()
    AttendanceFactory(enrolment=attended)
    cases = [
        (enrolment, enrolment.session, MoveRefusal.SAME_SESSION),
        (enrolment, SessionFactory(status=SessionStatus.DRAFT), MoveRefusal.NOT_PUBLISHED),
        (enrolment, there_already.session, MoveRefusal.ALREADY_THERE),
        (EnrolmentFactory(is_cancelled=True), SessionFactory(), MoveRefusal.NOT_ACTIVE),
        (attended, SessionFactory(), MoveRefusal.HAS_ATTENDED),
    ]
    for who, to, reason in cases:
        with pytest.raises(CannotMove) as refusal:
            move_enrolment(enrolment=who, to_session=to, now=timezone.now(), by=UserFactory())
        assert refusal.value.reason == reason
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("state", "kind"),
    [({}, "enrolment_confirmed"), ({"is_waiting": True}, "enrolment_waiting"), ({"is_cancelled": True}, "enrolment_cancelled")],
)
def test_the_latest_word_can_be_sent_again(state: dict[str, bool], kind: str) -> None:
    enrolment = EnrolmentFactory(**state)
    resend_mail(enrolment=enrolment, now=timezone.now(), by=UserFactory())
    assert kinds_to(enrolment.participant.email) == [kind]
