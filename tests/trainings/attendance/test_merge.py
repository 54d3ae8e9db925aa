"""Two trainers note who is there, one of them off line: both rolls become one, and nobody's mark is lost in silence."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from core.models import User
from tests.concurrency import run_concurrently
from tests.core.factories import UserFactory
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.attendance import merge
from trainings.attendance.certificates import UndecidedMarks, issue_certificate, issue_for_session
from trainings.attendance.mark import CannotMark, MarkRefusal, close_roll, mark_attendance, mark_rest_present
from trainings.attendance.merge import SentMark, Standing, decide_conflict, open_conflicts, receive_mark
from trainings.enums import AttendanceStatus, EnrolmentStatus
from trainings.models import Attendance, AttendanceMark, Enrolment, MarkOutcome, MarkSource, Meeting
from trainings.privacy import erase_person

pytestmark = pytest.mark.django_db

NOW = timezone.now()
NOTHING = Standing()


@pytest.fixture
def enrolment() -> Enrolment:
    """Somebody expected at a meeting that began an hour ago."""
    made: Enrolment = EnrolmentFactory(session=SessionFactory(first_meeting_at=NOW - datetime.timedelta(hours=1)))
    return made


@pytest.fixture
def ana() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def bob() -> User:
    made: User = UserFactory()
    return made


def meeting_of(enrolment: Enrolment) -> Meeting:
    meeting: Meeting = enrolment.session.meetings.get()
    return meeting


def sent(status: str, seen: Standing | None = NOTHING, **more: Any) -> SentMark:
    return SentMark(**({"client_id": uuid.uuid4(), "status": status, "seen": seen, "made_at": NOW} | more))


def receive(mark: SentMark, enrolment: Enrolment, by: User | None) -> AttendanceMark:
    return receive_mark(mark=mark, enrolment=enrolment, meeting=meeting_of(enrolment), now=NOW, by=by)


def stands(enrolment: Enrolment) -> str:
    found = Attendance.objects.filter(enrolment=enrolment).first()
    return found.status if found else ""


def test_marks_for_different_people_merge_whoever_comes_first(ana: User, bob: User) -> None:
    session = SessionFactory(first_meeting_at=NOW - datetime.timedelta(hours=1))
    first, second = EnrolmentFactory.create_batch(2, session=session)
    receive(sent("present"), first, ana)
    receive(sent("excused"), second, bob)
    assert (stands(first), stands(second)) == ("present", "excused")
    assert not open_conflicts(session.meetings.get())


def test_the_moment_of_the_mark_is_kept_not_that_of_its_arrival(enrolment: Enrolment, ana: User) -> None:
    ticked = NOW - datetime.timedelta(minutes=50)
    mark = receive(sent("present", made_at=ticked), enrolment, ana)
    assert Attendance.objects.get().marked_at == ticked
    assert (mark.marked_at, mark.received_at) == (ticked, NOW)


@pytest.mark.parametrize("wrong", [datetime.timedelta(days=400), datetime.timedelta(days=-400)], ids=["ahead", "behind"])
def test_a_device_whose_clock_is_wrong_marks_within_the_meeting(enrolment: Enrolment, ana: User, wrong: datetime.timedelta) -> None:
    mark = receive(sent("present", made_at=NOW + wrong), enrolment, ana)
    assert meeting_of(enrolment).starts_at - datetime.timedelta(hours=1) < mark.marked_at <= NOW


def test_the_same_person_noted_differently_by_two_is_kept_twice_until_somebody_decides(enrolment: Enrolment, ana: User, bob: User) -> None:
    receive(sent("present"), enrolment, ana)
    waiting = receive(sent("absent"), enrolment, bob)
    assert waiting.outcome == MarkOutcome.CONFLICT
    assert stands(enrolment) == "present"
    assert list(open_conflicts(meeting_of(enrolment))) == [waiting]


@pytest.mark.control
def test_without_comparing_what_was_seen_a_mark_is_lost_in_silence(
    enrolment: Enrolment, ana: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "_outcome", lambda *args: MarkOutcome.KEPT)
    receive(sent("present"), enrolment, ana)
    receive(sent("absent"), enrolment, bob)
    assert stands(enrolment) == "absent"
    assert not open_conflicts(meeting_of(enrolment))


def test_whoever_saw_the_other_mark_corrects_it(enrolment: Enrolment, ana: User, bob: User) -> None:
    receive(sent("present"), enrolment, ana)
    assert receive(sent("late", Standing("present", 180), minutes=60), enrolment, bob).outcome == MarkOutcome.KEPT
    assert receive(sent("late", Standing("late", 90), minutes=120), enrolment, ana).outcome == MarkOutcome.CONFLICT, "saw other minutes"
    assert (stands(enrolment), Attendance.objects.get().minutes) == ("late", 60)


def test_two_who_note_the_same_agree(enrolment: Enrolment, ana: User, bob: User) -> None:
    receive(sent("present"), enrolment, ana)
    assert receive(sent("present"), enrolment, bob).outcome == MarkOutcome.SAME
    assert Attendance.objects.get().marked_by == ana


def test_a_mark_taken_away_by_one_and_changed_by_the_other_is_a_conflict_too(enrolment: Enrolment, ana: User, bob: User) -> None:
    receive(sent("present"), enrolment, ana)
    receive(sent("", Standing("present")), enrolment, ana)
    waiting = receive(sent("excused", Standing("present")), enrolment, bob)
    assert (waiting.outcome, stands(enrolment)) == (MarkOutcome.CONFLICT, "")


def test_absent_by_closing_gives_way_to_whoever_saw_the_person(enrolment: Enrolment, ana: User, bob: User) -> None:
    close_roll(meeting=meeting_of(enrolment), now=NOW, by=ana)
    assert receive(sent("late", minutes=120), enrolment, bob).outcome == MarkOutcome.KEPT
    assert stands(enrolment) == "late"


def test_all_present_was_said_by_somebody_and_does_not_give_way(enrolment: Enrolment, ana: User, bob: User) -> None:
    mark_rest_present(meeting=meeting_of(enrolment), now=NOW, by=ana)
    assert receive(sent("absent"), enrolment, bob).outcome == MarkOutcome.CONFLICT
    assert stands(enrolment) == "present"


class TestSentAgain:
    def test_the_same_mark_twice_counts_once(self, enrolment: Enrolment, ana: User, bob: User) -> None:
        mark = sent("present")
        receive(mark, enrolment, ana)
        receive(sent("excused", Standing("present")), enrolment, bob)
        assert receive(mark, enrolment, ana).outcome == MarkOutcome.KEPT, "the answer that got lost"
        assert stands(enrolment) == "excused"
        assert AttendanceMark.objects.count() == 2

    @pytest.mark.control
    def test_without_its_key_it_is_a_second_mark(self, enrolment: Enrolment, ana: User, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(merge, "known_mark", lambda client_id: None)
        mark = sent("present")
        receive(mark, enrolment, ana)
        with pytest.raises(IntegrityError):
            receive(mark, enrolment, ana)

    def test_the_key_of_another_persons_mark_is_refused(self, enrolment: Enrolment, ana: User) -> None:
        mark = sent("present")
        receive(mark, enrolment, ana)
        with pytest.raises(CannotMark) as refusal:
            receive(mark, EnrolmentFactory(session=enrolment.session), ana)
        assert refusal.value.reason == MarkRefusal.OTHER_SESSION

    def test_a_conflict_that_is_decided_stays_decided(self, enrolment: Enrolment, ana: User, bob: User) -> None:
        receive(sent("present"), enrolment, ana)
        mark = sent("absent")
        waiting = receive(mark, enrolment, bob)
        decide_conflict(mark=waiting, takes_it=False, now=NOW, by=ana)
        assert receive(mark, enrolment, bob).outcome == MarkOutcome.SET_ASIDE
        assert not open_conflicts(meeting_of(enrolment))


@pytest.mark.usefixtures("committed")
def test_four_devices_send_one_mark_at_once() -> None:
    enrolment = EnrolmentFactory(session=SessionFactory(first_meeting_at=NOW - datetime.timedelta(hours=1)))
    mark = sent("present")
    outcomes = run_concurrently(*[lambda: receive(mark, enrolment, None).pk] * 4)
    assert len(set(outcomes)) == 1
    assert AttendanceMark.objects.count() == 1


class TestDeciding:
    @pytest.fixture
    def waiting(self, enrolment: Enrolment, ana: User, bob: User) -> AttendanceMark:
        receive(sent("absent"), enrolment, ana)
        return receive(sent("late", minutes=60), enrolment, bob)

    def test_the_mark_that_waits_is_taken_as_its_sender_made_it(self, waiting: AttendanceMark, enrolment: Enrolment, ana: User) -> None:
        decided = decide_conflict(mark=waiting, takes_it=True, now=NOW, by=ana)
        assert (decided.outcome, decided.decided_by) == (MarkOutcome.TAKEN, ana)
        row = Attendance.objects.get()
        assert (row.status, row.minutes, row.marked_by) == ("late", 60, waiting.marked_by)

    def test_the_second_of_two_who_decide_changes_nothing(
        self, waiting: AttendanceMark, enrolment: Enrolment, ana: User, bob: User
    ) -> None:
        decide_conflict(mark=waiting, takes_it=False, now=NOW, by=ana)
        assert decide_conflict(mark=waiting, takes_it=True, now=NOW, by=bob).decided_by == ana
        assert stands(enrolment) == "absent"

    def test_a_sender_who_notes_the_person_again_means_the_later_mark(
        self, waiting: AttendanceMark, enrolment: Enrolment, bob: User
    ) -> None:
        receive(sent("absent", Standing("late", 60)), enrolment, bob)
        assert not open_conflicts(meeting_of(enrolment))
        waiting.refresh_from_db()
        assert waiting.outcome == MarkOutcome.REPLACED

    def test_no_certificate_before(self, enrolment: Enrolment, ana: User, bob: User) -> None:
        receive(sent("present"), enrolment, ana)
        waiting = receive(sent("absent"), enrolment, bob)
        afterwards = NOW + datetime.timedelta(days=1)
        assert issue_for_session(session=enrolment.session, now=afterwards, by=ana) == []
        with pytest.raises(UndecidedMarks):
            issue_certificate(enrolment=enrolment, now=afterwards)
        decide_conflict(mark=waiting, takes_it=False, now=NOW, by=ana)
        assert issue_certificate(enrolment=enrolment, now=afterwards).minutes == 180


def test_who_is_not_confirmed_any_more_is_refused_whatever_was_seen(enrolment: Enrolment, ana: User) -> None:
    enrolment.status = EnrolmentStatus.CANCELLED
    enrolment.save()
    with pytest.raises(CannotMark):
        receive(sent("present"), enrolment, ana)
    assert not AttendanceMark.objects.exists()


def test_a_sender_who_tells_not_what_she_saw_has_the_latest_word(enrolment: Enrolment, ana: User, bob: User) -> None:
    mark_attendance(enrolment=enrolment, meeting=meeting_of(enrolment), status=AttendanceStatus.PRESENT, now=NOW, by=ana)
    assert receive(sent("absent", None), enrolment, bob).outcome == MarkOutcome.KEPT
    assert Attendance.objects.get().source == MarkSource.ROLL


def test_who_noted_a_person_and_when_is_forgotten_with_her_what_is_counted_stays(enrolment: Enrolment, ana: User) -> None:
    receive(sent("present"), enrolment, ana)
    erase_person(enrolment.email, now=NOW)
    assert not AttendanceMark.objects.exists()
    assert stands(enrolment) == "present"
