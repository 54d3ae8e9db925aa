"""Offers on real connections at the same moment: nobody twice, nobody passed over, no seat too many or too few."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from core.lifecycle.transitions import TransitionNotAllowed
from core.models import OutgoingMail
from tests.concurrency import run_concurrently, slowly
from tests.trainings.enrolment.groups import group_of
from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY, at, full_session, status_of
from tests.trainings.factories import SessionFactory
from tests.trainings.mail import kinds_to
from trainings.enrolment import seats
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.enrolment.groups.enrol import enrol_group
from trainings.enrolment.groups.people import Colleague, NotReplaceable
from trainings.enrolment.groups.places import give_place
from trainings.enrolment.offers import settle
from trainings.enrolment.offers.answer import accept_offer, refuse_offer
from trainings.enrolment.offers.overdue import settle_session
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentGroup, Session
from trainings.sessions.seat_counts import session_seats
from trainings.sessions.seat_rules import allotment_of

JUST_AFTER = at("2027-01-15 00:01")


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of the session is read without its lock, and time passes between counting the seats and giving them."""
    monkeypatch.setattr(seats, "_locked", lambda rows: rows)
    monkeypatch.setattr(settle, "allotment_of", slowly(allotment_of, 0.3))


def test_two_workers_and_a_newcomer_pass_a_seat_on_once(committed: None) -> None:
    session, [leaving], [first, second, third] = full_session(waiting=3)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    newcomer = EnrolmentData(name="Alex", email="alex@example.org")

    run_concurrently(
        *[partial(settle_session, session_id=session.pk, now=JUST_AFTER)] * 4,
        partial(enrol_participant, session_id=session.pk, person=newcomer, now=JUST_AFTER),
    )

    assert [status_of(each) for each in (first, second, third)] == ["lapsed", "offered", "waiting"]
    assert kinds_to(first.email) == ["seat_offered", "offer_lapsed"]
    assert kinds_to(second.email) == ["seat_offered"]
    assert Enrolment.objects.get(participant__email="alex@example.org").status == EnrolmentStatus.WAITING


def test_pressing_accept_and_refuse_many_times_at_once_is_one_answer(committed: None) -> None:
    session, [leaving], [first, second] = full_session(waiting=2)
    cancel_enrolment(enrolment=leaving, now=MONDAY)

    run_concurrently(*[partial(accept_offer, enrolment=first, now=MONDAY)] * 4, *[partial(refuse_offer, enrolment=first, now=MONDAY)] * 4)

    answers = first.transitions.exclude(to_status__in=(EnrolmentStatus.WAITING, EnrolmentStatus.OFFERED))
    assert answers.count() == 1
    assert len(kinds_to(first.email)) == 2
    took = status_of(first) == EnrolmentStatus.CONFIRMED
    assert status_of(second) == (EnrolmentStatus.WAITING if took else EnrolmentStatus.OFFERED)
    assert session_seats(session).taken == 1


def test_accept_in_the_last_second_against_the_worker(committed: None) -> None:
    """Her clock was read in time, the worker's after: whoever gets the lock first decides, and there is one seat."""
    session, [leaving], [first, second] = full_session(waiting=2)
    cancel_enrolment(enrolment=leaving, now=MONDAY)
    run_concurrently(
        partial(accept_offer, enrolment=first, now=at("2027-01-14 23:59")), partial(settle_session, session_id=session.pk, now=JUST_AFTER)
    )
    assert session_seats(session).taken == 1
    assert {status_of(first), status_of(second)} in ({"confirmed", "waiting"}, {"waiting", "offered"})


def a_rush(session: Session, leaving: list[Enrolment]) -> list[Callable[[], Any]]:
    """Everybody who has a seat cancels, twice, while as many newcomers send the form."""
    cancels = [partial(cancel_enrolment, enrolment=enrolment, now=MONDAY) for enrolment in leaving for _press in range(2)]
    people = [EnrolmentData(name="Alex", email=f"new{number}@example.org") for number in range(len(leaving))]
    return cancels + [partial(enrol_participant, session_id=session.pk, person=person, now=MONDAY) for person in people]


def test_cancellations_against_enrolments_on_a_full_session_are_exact(committed: None) -> None:
    session, leaving, waiting = full_session(capacity=6, waiting=4)

    run_concurrently(*a_rush(session, leaving))

    assert session_seats(session).taken == 6
    assert [status_of(each) for each in waiting] == ["offered"] * 4, "those who waited come before every newcomer"
    # They come one after the other, as the lock lets them in. The two seats that are left are the first two's: offered to whoever waited
    # when a seat was freed, confirmed to whoever came when one was free and nobody waited.
    newcomers = session.enrolments.filter(participant__email__startswith="new").order_by("pk")
    came = list(newcomers.values_list("status", flat=True))
    assert set(came[:2]) <= {"offered", "confirmed"}
    assert came[2:] == ["waiting"] * 4
    assert OutgoingMail.objects.filter(kind="trainings/mail/seat_offered").count() == 4 + came.count("offered")
    for newcomer in newcomers[:2]:
        joined = {"offered": ["enrolment_waiting", "seat_offered"], "confirmed": ["enrolment_confirmed"]}
        assert kinds_to(newcomer.participant.email) == joined[newcomer.status]
    assert OutgoingMail.objects.filter(kind="trainings/mail/enrolment_cancelled").count() == 6


@pytest.mark.control
def test_without_the_lock_two_cancellations_offer_their_seats_to_one_person(committed: None, without_lock: None) -> None:
    _session, leaving, waiting = full_session(capacity=2, waiting=2)
    try:
        run_concurrently(*(partial(cancel_enrolment, enrolment=enrolment, now=MONDAY) for enrolment in leaving))
    except TransitionNotAllowed:
        return  # one of the two was thrown away: her cancellation is lost
    assert [status_of(each) for each in waiting] != ["offered", "offered"]


def test_with_the_lock_two_cancellations_offer_their_seats_to_two_people(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "allotment_of", slowly(allotment_of, 0.3))
    session, leaving, waiting = full_session(capacity=2, waiting=2)
    run_concurrently(*(partial(cancel_enrolment, enrolment=enrolment, now=MONDAY) for enrolment in leaving))
    assert [status_of(each) for each in waiting] == ["offered", "offered"]
    assert session_seats(session).taken == 2


def test_groups_and_newcomers_at_once_fill_the_session_exactly_and_split_nobody(committed: None) -> None:
    session = SessionFactory(capacity=7, first_meeting_at=IN_FIVE_WEEKS)
    groups = [group_of(3, together=True, email=f"contact{number}@example.org", prefix=f"group{number}-") for number in range(3)]
    people = [EnrolmentData(name="Alex", email=f"new{number}@example.org") for number in range(3)]

    run_concurrently(
        *(partial(enrol_group, session_id=session.pk, group=group, now=MONDAY) for group in groups),
        *(partial(enrol_participant, session_id=session.pk, person=person, now=MONDAY) for person in people),
    )

    assert session_seats(session).taken <= 7
    for group in EnrolmentGroup.objects.all():
        assert len(set(group.enrolments.values_list("status", flat=True))) == 1, "all or none"
        assert OutgoingMail.objects.filter(about=f"enrolmentgroup:{group.pk}").count() == 1
    ranks = list(session.enrolments.waiting().values_list("queued_at", flat=True))
    assert len(ranks) == len(set(ranks)), "one place in the queue each"
    assert session.enrolments.count() == 12


def test_the_same_place_given_to_two_colleagues_at_once_goes_to_one(committed: None) -> None:
    _session, [one], [] = full_session(waiting=0)
    to = [Colleague(name=f"Noa {number}", email=f"noa{number}@example.org") for number in range(4)]

    def give(colleague: Colleague) -> None:
        with suppress(NotReplaceable):
            give_place(enrolment=one, to=colleague, now=MONDAY)

    run_concurrently(*(partial(give, colleague) for colleague in to))
    assert Enrolment.objects.confirmed().count() == 1
    assert OutgoingMail.objects.filter(kind="trainings/mail/enrolment_confirmed").count() == 1
    assert kinds_to(one.email) == ["enrolment_cancelled"]
